"""Headings that may be misplaced, told by what the paths of the columns beside them say."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from feebook.guides.extents import Extent
from feebook.guides.misplaced import under_other_years, without_their_site
from tests.guides.placed import cells_of, page, right_rows, said

COLUMNS: Final = [Extent(100.0 * n, 100.0 * n + 100, 100.0 * n + 20, 100.0 * n + 60) for n in range(5)]


def test_a_year_over_several_columns_is_in_doubt_where_one_of_them_prints_a_later_year() -> None:
    paths = [("CPT",), ("ASC 2023", "Payment"), ("ASC 2023", "2024"), ("ASC 2023", "% change")]
    assert under_other_years(paths, 1) == {1, 3}


def test_a_year_over_several_columns_stands_where_another_prints_an_earlier_one() -> None:
    paths = [("CPT",), ("ASC 2024", "Payment"), ("ASC 2024", "2023"), ("ASC 2024", "% change")]
    assert under_other_years(paths, 1) == frozenset()


def test_a_payment_of_nobody_beside_its_like_puts_the_upper_headings_in_doubt() -> None:
    paths = [("CPT",), ("HOPD", "APC"), ("ASC", "Rate"), ("ASC", "Payment indicator"), ("Rate",)]
    assert without_their_site(paths, COLUMNS, 1) == {2, 3, 4}


def test_a_payment_of_nobody_without_its_like_puts_nothing_in_doubt() -> None:
    paths = [("CPT",), ("HOPD", "APC"), ("HOPD", "Rate"), ("Payment",), ("Work RVU",)]
    assert without_their_site(paths, COLUMNS, 1) == frozenset()


def test_the_first_line_of_two_close_headings_right_of_the_codes_is_no_title(tmp_path: Path) -> None:
    upper = right_rows((127, 230), 84, ("Physician fee,", "Facility practice expense"))
    lower = right_rows((66, 127, 230, 310), 95, ("CPT", "POS 22", "RVU", "ASC payment"))
    figures = (("36908", "$196", "1.11", "$890"), ("37243", "$530", "3.42", "$6,530"))
    lines = right_rows((66, 127, 230, 310), 111, *figures, step=13)
    cells = cells_of(tmp_path, page([(40.0, 60.0, "Payment guide 2025"), *upper, *lower, *lines]))
    assert [line for line in said(cells) if line[1].endswith("_rvu")] == [
        ("36908", "facility_pe_rvu", "1.11"),
        ("37243", "facility_pe_rvu", "3.42"),
    ]
