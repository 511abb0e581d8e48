"""Headings that may be misplaced, told by what the paths of the columns beside them say."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from feebook.guides.extents import Extent
from feebook.guides.misplaced import of_two_units, under_other_years, without_their_site
from tests.guides.placed import cells_of, page, right_rows, rows, said

COLUMNS: Final = [Extent(100.0 * n, 100.0 * n + 100, 100.0 * n + 20, 100.0 * n + 60) for n in range(5)]

FIRST: Final = [
    ("Study", "36901", "$160", "$671", "$51"),
    ("Repair", "36902", "$227", "$990", "$52"),
    ("Removal", "36903", "$298", "$4,990", "$53"),
]


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


def test_a_heading_of_two_kinds_of_units_puts_its_group_in_doubt() -> None:
    paths = [("CPT",), ("RVUs", "Work"), ("RVUs", "Non-facility"), ("RVUs", "Non-facility", "PE MP"), ("Payment",)]
    assert of_two_units(paths, 1) == {1, 2, 3}
    assert of_two_units([("CPT",), ("RVUs", "Total (work, PE, MP)"), ("RVUs", "Work")], 1) == frozenset()


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


def test_a_second_table_whose_heading_of_codes_stands_aside_of_them_has_columns_of_its_own(tmp_path: Path) -> None:
    xs = (40, 120, 220, 320, 420)
    first = rows(xs, 80, ("Service", "CPT", "List price", "OPPS payment", "ASC payment"), *FIRST)
    heads = rows((40, 162, 220, 320, 420), 166, ("Service", "HCPCS", "OPPS payment", "ASC payment", "List price"))
    later = rows(xs, 182, ("Open", "20610", "$310", "$151", "$24"), ("Closed", "20611", "$320", "$162", "$25"))
    cells = cells_of(tmp_path, page([(40.0, 60.0, "Payment CY 2024"), *first, *heads, *later]))
    assert [line for line in said(cells) if line[0].startswith("206")] == [
        ("20610", "opps_payment", "310"),
        ("20610", "asc_payment", "151"),
        ("20611", "opps_payment", "320"),
        ("20611", "asc_payment", "162"),
    ]


def test_a_note_under_a_table_that_begins_with_a_code_gives_it_no_row(tmp_path: Path) -> None:
    lines = [(code, name, *amounts) for name, code, *amounts in FIRST]
    heads = ("CPT", "Service", "List price", "OPPS payment", "ASC payment")
    first = rows((40, 100, 300, 400, 500), 80, heads, *lines, step=11)
    note = [(38.0, 124.0, "*37252 is reported with 37253 only; $1,250 is no rate.", 7.0)]
    cells = cells_of(tmp_path, page([(40.0, 60.0, "Payment CY 2024"), *first, *note]))
    assert {c.code for c in cells} == {"36901", "36902", "36903"}


def test_indicators_that_hold_dollars_put_the_other_columns_of_their_table_in_doubt(tmp_path: Path) -> None:
    heads = rows((40, 120, 200, 300), 80, ("CPT", "APC", "Payment", "ASC payment indicator"))
    lines = rows((40, 120, 200, 300), 96, ("36901", "5192", "$160", "G2 $90"), ("36902", "5193", "$227", "J8 $120"))
    cells = cells_of(tmp_path, page([(40.0, 60.0, "Payment CY 2024"), *heads, *lines]))
    assert [c.code for c in cells if not c.flag] == []
    assert {c.code for c in cells} == {"36901", "36902"}


def test_a_column_whose_cells_hold_two_figures_is_in_doubt_where_one_holds_a_single_figure(tmp_path: Path) -> None:
    heads = rows((40, 120, 220), 80, ("CPT", "Work RVU", "Facility payment"))
    lines = rows(
        (40, 120, 220), 96, ("36901", "1.5", "$160 1.4"), ("36902", "2.5", "$227 4.2"), ("36903", "3.5", "3.0")
    )
    cells = cells_of(tmp_path, page([(40.0, 60.0, "Payment CY 2024"), *heads, *lines]))
    assert [c.code for c in cells if not c.flag and c.measure == "facility_payment"] == []
