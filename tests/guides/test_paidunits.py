"""A payment and its total units in one cell, under a heading that names both."""

from __future__ import annotations

from pathlib import Path

import pytest

from feebook.guides.paidunits import UNPARTED, UNPROVEN
from tests.guides.placed import Placed, cells_of, page, rows

TITLE: Placed = (40.0, 60.0, "Medicare physician fees of 2023")
OFFICE = ("$1,338 (39.49)", "$1,445 (42.63)", "$117 (3.46)", "NA (NA)")


def read_of(folder: Path, heading: str, *cells: str) -> list[tuple[str, str, str, str]]:
    """Code, measure, value or status, and flag of a column beside an office's."""
    body = list(zip(("36465", "36466", "36470", "37700"), cells, OFFICE, strict=True))
    items = [TITLE, *rows((40, 140, 280), 100, ("CPT", heading, "Office payment (RVU)"), *body, step=20)]
    return [(c.code, c.measure, c.value or c.status, c.flag) for c in cells_of(folder, page(items))]


@pytest.mark.parametrize("heading", ["Facility payment (RVU)", "Facility payment (total RVUs)"])
def test_a_cell_gives_the_payment_and_the_units_that_its_heading_names(tmp_path: Path, heading: str) -> None:
    assert read_of(tmp_path, heading, "$118 (3.48)", "$152 (4.49)", "$39 (1.14)", "$245 (7.24)") == [
        (code, measure, value, "")
        for code, *values in (
            ("36465", "118", "3.48", "1338", "39.49"),
            ("36466", "152", "4.49", "1445", "42.63"),
            ("36470", "39", "1.14", "117", "3.46"),
            ("37700", "245", "7.24", "not_applicable", "not_applicable"),
        )
        for measure, value in zip(
            ("facility_payment", "facility_total_rvu", "nonfacility_payment", "nonfacility_total_rvu"),
            values,
            strict=True,
        )
    ]


def _doubts(found: list[tuple[str, str, str, str]], measure: str) -> list[str]:
    return [flag for _, name, _, flag in found if name == measure]


def test_units_that_do_not_make_the_payments_may_be_no_totals(tmp_path: Path) -> None:
    found = read_of(tmp_path, "Facility payment (RVU)", "$118 (2.35)", "$152 (3.00)", "$39 (0.75)", "$245 (3.79)")
    assert all(UNPROVEN in flag for flag in _doubts(found, "facility_total_rvu"))


def test_a_cell_of_one_amount_is_not_parted(tmp_path: Path) -> None:
    found = read_of(tmp_path, "Facility payment (RVU)", "$118 (3.48)", "$152 (4.49)", "$39 (1.14)", "$245")
    assert [UNPARTED in flag for flag in _doubts(found, "facility_payment")] == [False, False, False, True]


def test_a_bracket_that_the_heading_does_not_name_is_in_doubt(tmp_path: Path) -> None:
    found = read_of(tmp_path, "Facility payment", "$118 (3.48)", "$152 (4.49)", "$39 (1.14)", "$245 (7.24)")
    assert all(_doubts(found, "facility_payment"))
