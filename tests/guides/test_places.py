"""A hospital or surgery center in a heading may be where the physician works: its own payment only where that shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from feebook.guides.guards import WHERE
from tests.guides.placed import cells_of, page, rows

TITLE = [(40.0, 60.0, "Medicare payment 2025")]
XS = (40, 110, 230, 390)
LESS = [
    ("36140", "Lead A", "$84", "$468"),
    ("36217", "Lead B", "$322", "$1,876"),
    ("36226", "Lead C", "$354", "$1,543"),
]
MORE = [("36140", "Lead A", "$950", "$468"), ("36217", "Lead B", "$5,702", "$1,876")]


def read_as(folder: Path, there: str, lines: list[tuple[str, str, str, str]]) -> set[tuple[str, str]]:
    heads = rows(XS, 100, ("CPT", "Service", there, "Office"))
    found = cells_of(folder, page([*TITLE, *heads, *rows(XS, 116, *lines)]))
    return {(c.measure, c.flag) for c in found if c.measure != "nonfacility_payment"}


@pytest.mark.parametrize("there", ["Hospital", "HOPD", "Hospital (POS 19, 21, 22)"])
def test_a_hospital_paid_less_than_the_office_beside_it_is_in_doubt(tmp_path: Path, there: str) -> None:
    assert read_as(tmp_path, there, LESS) == {("opps_payment", WHERE)}


def test_a_hospital_paid_more_than_the_office_is_not(tmp_path: Path) -> None:
    assert read_as(tmp_path, "Hospital", MORE) == {("opps_payment", "")}
