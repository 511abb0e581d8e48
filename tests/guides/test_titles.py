"""Which lines around a table are its title, over the end of a page and beside columns of running text."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.guides.placed import Sized, cells_of, document, flags, rows, said

HEADS: Final = ("CPT", "CY 2025 payment")
FIRST: Final = rows((40, 200), 100, HEADS, ("36901", "$160"), ("36902", "$227"))
LATER: Final = rows((40, 200), 40, HEADS, ("20610", "$41"), ("20611", "$57"))


def test_a_title_parted_from_its_table_by_the_end_of_the_page_is_its_title(tmp_path: Path) -> None:
    over: list[Sized] = [(40.0, 84.0, "Hospital outpatient", 12.0), *FIRST, (40.0, 760.0, "Surgery center", 12.0)]
    assert said(cells_of(tmp_path, document(over, LATER))) == [
        ("36901", "opps_payment", "160"),
        ("36902", "opps_payment", "227"),
        ("20610", "asc_payment", "41"),
        ("20611", "asc_payment", "57"),
    ]


def test_a_small_line_at_the_end_of_a_page_that_speaks_of_another_schedule_is_doubted(tmp_path: Path) -> None:
    over: list[Sized] = [(40.0, 84.0, "Hospital outpatient", 12.0), *FIRST, (40.0, 760.0, "Surgery center")]
    later = [cell for cell in cells_of(tmp_path, document(over, LATER)) if cell.page == "2"]
    assert flags(later) == {
        "a line at the end of the page before speaks of other measures than the table that goes on here"
    }


@pytest.mark.parametrize("foot", ["Surgery center", "Reimbursement guide 2025"])
def test_a_line_at_the_foot_of_every_page_is_no_title(tmp_path: Path, foot: str) -> None:
    over: list[Sized] = [(40.0, 84.0, "Hospital outpatient", 12.0), *FIRST, (40.0, 760.0, foot)]
    cells = cells_of(tmp_path, document(over, [*LATER, (40.0, 760.0, foot)]))
    assert said(cells)[2:] == [("20610", "opps_payment", "41"), ("20611", "opps_payment", "57")]


def test_headings_of_the_table_beside_are_no_title(tmp_path: Path) -> None:
    left = rows((40, 120), 140, ("CPT", "Facility payment"), ("36475", "$264"), ("36478", "$265"))
    right = rows((330, 420), 124, ("CPT", "Facility 2024"), ("36465", "$118"), ("36466", "$149"))
    said_over: list[Sized] = [(40.0, 50.0, "Rates of 2025", 14.0), (40.0, 124.0, "Heat in the vein")]
    cells = cells_of(tmp_path, document([*said_over, *left, *right]))
    assert [(c.code, c.year, c.value) for c in cells if c.table == "1"] == [
        ("36465", "2024", "118"),
        ("36466", "2024", "149"),
    ]
    assert [(c.code, c.year, c.value, c.flag) for c in cells if c.table == "2"] == [
        ("36475", "2025", "264", ""),
        ("36478", "2025", "265", ""),
    ]


def test_running_text_in_a_narrow_column_gives_no_year(tmp_path: Path) -> None:
    over = [(40.0, 98.0, "Foam follows the same rule. In 2018 new codes"), (40.0, 109.0, "took the place of older")]
    more = [(40.0, 120.0, "ones for the work of glue.")]
    table = rows((40, 140), 140, ("CPT", "Facility payment"), ("36475", "$264"), ("36478", "$265"))
    cells = cells_of(tmp_path, document([(40.0, 50.0, "Medicare rates of 2025", 14.0), *over, *more, *table]))
    assert {(c.year, c.flag) for c in cells} == {("2025", "")}


def test_a_change_since_a_year_is_not_of_that_year(tmp_path: Path) -> None:
    heads = ("CPT", "Facility payment", "Facility % change since 2024")
    table = rows((40, 140, 300), 100, heads, ("36475", "$264", "-4.1%"), ("36478", "$265", "-3.9%"))
    cells = cells_of(tmp_path, document([(40.0, 50.0, "Rates of 2025", 14.0), *table]))
    assert [(c.code, c.year, c.measure, c.value) for c in cells if not c.flag] == [
        ("36475", "2025", "facility_payment", "264"),
        ("36475", "2025", "change_percent", "-4.1"),
        ("36478", "2025", "facility_payment", "265"),
        ("36478", "2025", "change_percent", "-3.9"),
    ]


def test_a_title_over_the_first_of_two_tables_side_by_side_is_that_of_both(tmp_path: Path) -> None:
    left = rows((40, 120), 120, ("CPT", "Weight"), ("36475", "28.7670"), ("36478", "12.1234"))
    right = rows((330, 420), 120, ("CPT", "Weight"), ("36465", "63.9555"), ("36466", "9.1700"))
    cells = cells_of(
        tmp_path, document([(40.0, 88.0, "ASC payments of 2025", 14.0), (420.0, 88.0, "Facsimile"), *left, *right])
    )
    assert {(c.code, c.measure) for c in cells} == {
        (code, "asc_weight") for code in ("36475", "36478", "36465", "36466")
    }


def test_a_fiscal_year_is_not_the_year_in_which_it_begins(tmp_path: Path) -> None:
    title = (40.0, 60.0, "Fiscal year 2025 (October 1, 2024 – September 30, 2025)", 8.0)
    table = rows((40, 140), 100, ("CPT", "Facility payment"), ("33340", "$740"), ("33418", "$1,712"))
    assert {(c.year, c.flag) for c in cells_of(tmp_path, document([title, *table]))} == {("2025", "")}


def test_letters_set_a_little_apart_print_a_year(tmp_path: Path) -> None:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(612, 792), invariant=True)
    at = 40.0
    for letter in "January 2025 · Facsimile for testing":
        if letter != " ":
            canvas.setFont("Helvetica", 7.5)
            canvas.drawString(at, 732, letter)
        at += stringWidth(letter, "Helvetica", 7.5) + 0.93
    canvas.setFont("Helvetica", 9)
    for x, y, text in rows((40, 140), 100, ("CPT", "Facility payment"), ("33340", "$740"), ("33418", "$1,712")):
        canvas.drawString(x, 792 - y, text)
    canvas.save()
    assert {(c.year, c.flag) for c in cells_of(tmp_path, data.getvalue())} == {("2025", "")}


def test_large_titles_over_tables_side_by_side_are_each_its_own_tables(tmp_path: Path) -> None:
    heads = ("CPT", "ASC payment")
    left = rows((40, 120), 120, heads, ("36475", "$1,444"), ("36478", "$1,445"))
    right = rows((330, 420), 120, heads, ("36475", "$1,589"), ("36478", "$1,590"))
    titles: list[Sized] = [(40.0, 88.0, "Calendar year 2024", 14.0), (330.0, 88.0, "Calendar year 2025", 14.0)]
    cells = cells_of(tmp_path, document([*titles, *left, *right]))
    assert [(c.code, c.year, c.value, c.flag) for c in cells] == [
        ("36475", "2024", "1444", ""),
        ("36478", "2024", "1445", ""),
        ("36475", "2025", "1589", ""),
        ("36478", "2025", "1590", ""),
    ]


def test_another_year_in_the_heading_over_the_codes_puts_the_table_in_doubt(tmp_path: Path) -> None:
    xs = (40, 180, 300)
    first = rows(xs, 100, ("Code", "Facility payment", "Office payment"), ("36901", "$160", "$671"))
    second = rows(xs, 200, ("CY 2024 Code", "Facility payment", "Office payment"), ("36902", "$227", "$990"))
    given = cells_of(tmp_path, document([(40, 60, "Facsimile, CY 2026"), *first, *second]))
    reason = "the heading over the codes prints 2024, the guide 2026"
    assert [(c.code, c.flag) for c in given] == [("36901", "")] * 2 + [("36902", reason)] * 2
