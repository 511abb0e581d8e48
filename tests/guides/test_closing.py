"""A group line may close a page, its own codes at the top of the next."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from feebook.guides.closing import UNLIKE
from tests.draw import Style, Table
from tests.draw import document as drawn
from tests.guides.placed import Placed, cells_of, document, flags, rows, said

XS = (50, 110, 330, 430)
HEAD = [(50.0, 100.0, "CPT"), (110.0, 100.0, "Service"), (330.0, 100.0, "Weight"), (430.0, 100.0, "OPPS payment")]
TITLE = (50.0, 70.0, "Hospital outpatient 2025")
FIRST: list[Placed] = [
    TITLE,
    *HEAD,
    (50, 122, "APC 5223"),
    *rows(
        XS,
        138,
        ("33206", "Device service A", "117.3651", "$10,465"),
        ("33207", "Device service B", "117.3651", "$10,465"),
        ("33208", "Device service C", "117.3651", "$10,465"),
    ),
]
NEXT = [
    TITLE,
    *HEAD,
    *rows(
        XS,
        122,
        ("33221", "Device service D", "213.8728", "$19,071"),
        ("33229", "Device service E", "213.8728", "$19,071"),
        ("33274", "Device service F", "213.8728", "$19,071"),
    ),
]


def apcs(folder: Path, last: tuple[float, float, str]) -> tuple[list[tuple[str, str, str]], set[str]]:
    cells = [c for c in cells_of(folder, document([*FIRST, last], NEXT)) if c.measure == "apc"]
    return [x for x in said(cells) if x[0] > "33208"], flags(cells) - {""}


def test_codes_at_the_top_of_a_page_are_of_the_group_line_that_closed_the_page_before(tmp_path: Path) -> None:
    due = [(code, "apc", "5224") for code in ("33221", "33229", "33274")]
    assert apcs(tmp_path, (50, 190, "APC 5224")) == (due, set())


@pytest.mark.parametrize("last", [(250, 200, "APC 5224"), (50, 200, "APC 5224: new in 2025")])
def test_a_closing_line_set_otherwise_than_the_group_lines_leaves_a_doubt(
    tmp_path: Path, last: tuple[float, float, str]
) -> None:
    assert apcs(tmp_path, last) == ([], {UNLIKE})


@pytest.mark.parametrize("rules", ["all", "across", "none"])
def test_a_group_line_closes_a_ruled_page_too(tmp_path: Path, rules: Literal["all", "across", "none"]) -> None:
    heading = (("CPT", "Service", "Weight", "OPPS payment"),)
    first = (
        ("APC 5223", "", "", ""),
        ("33206", "Device service A", "117.3651", "$10,465"),
        ("33207", "Device service B", "117.3651", "$10,465"),
        ("APC 5224", "", "", ""),
    )
    after = (("33221", "Device service D", "213.8728", "$19,071"), ("33229", "Device service E", "213.8728", "$19,071"))
    pages = [[Table("Hospital outpatient 2025", heading, some)] for some in (first, after)]
    given = said(cells_of(tmp_path, drawn(pages, Style(rules=rules))))
    due = {"33206": "5223", "33207": "5223", "33221": "5224", "33229": "5224"}
    assert {code: value for code, measure, value in given if measure == "apc"} == due
