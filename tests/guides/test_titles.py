"""Which lines around a table are its title, over the end of a page and beside columns of running text."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.guides.placed import cells_of, document, flags, rows, said

HEADS: Final = ("CPT", "CY 2025 payment")
FIRST: Final = rows((40, 200), 100, HEADS, ("36901", "$160"), ("36902", "$227"))
LATER: Final = rows((40, 200), 40, HEADS, ("20610", "$41"), ("20611", "$57"))


def test_a_title_parted_from_its_table_by_the_end_of_the_page_is_its_title(tmp_path: Path) -> None:
    over = [(40.0, 84.0, "Hospital outpatient", 12.0), *FIRST, (40.0, 760.0, "Surgery center", 12.0)]
    assert said(cells_of(tmp_path, document(over, LATER))) == [
        ("36901", "opps_payment", "160"),
        ("36902", "opps_payment", "227"),
        ("20610", "asc_payment", "41"),
        ("20611", "asc_payment", "57"),
    ]


def test_a_small_line_at_the_end_of_a_page_that_speaks_of_another_schedule_is_doubted(tmp_path: Path) -> None:
    over = [(40.0, 84.0, "Hospital outpatient", 12.0), *FIRST, (40.0, 760.0, "Surgery center")]
    later = [cell for cell in cells_of(tmp_path, document(over, LATER)) if cell.page == "2"]
    assert flags(later) == {
        "a line at the end of the page before speaks of other measures than the table that goes on here"
    }


@pytest.mark.parametrize("foot", ["Surgery center", "Reimbursement guide 2025"])
def test_a_line_at_the_foot_of_every_page_is_no_title(tmp_path: Path, foot: str) -> None:
    over = [(40.0, 84.0, "Hospital outpatient", 12.0), *FIRST, (40.0, 760.0, foot)]
    cells = cells_of(tmp_path, document(over, [*LATER, (40.0, 760.0, foot)]))
    assert said(cells)[2:] == [("20610", "opps_payment", "41"), ("20611", "opps_payment", "57")]
