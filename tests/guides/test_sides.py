"""Tables without rules whose headings and figures are set to different sides, or stand closer than a space apart."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportlab.pdfbase.pdfmetrics import stringWidth

from feebook.guides.box import Box
from feebook.guides.cells import FIELDS, Cell
from feebook.guides.extents import Extent, Piece
from feebook.guides.guards import guarded
from feebook.guides.misplaced import REACHING, nested
from feebook.guides.proof import proven
from tests.guides.placed import SIZE, Placed, cells_of, page, rows, said

TITLE: Final = [(40.0, 60.0, "Rates CY 2024")]


def test_a_title_over_a_heading_that_ends_left_of_its_figures_is_no_heading(tmp_path: Path) -> None:
    title = (36.0, 100.0, "Physician payment when performed in a facility")
    heads = [
        (40.0, 130.0, "CPT"),
        (110.0, 130.0, "Description"),
        (230.0, 125.0, "2023 National"),
        (230.0, 134.0, "Average"),
    ]
    lines = rows((40, 110), 150, ("20610", "Open work"), ("23412", "Closed work, first part"), step=16)
    figures = [(300.0, 150.0, "$45.41"), (295.0, 166.0, "$850.11")]
    assert said(cells_of(tmp_path, page([title, *heads, *lines, *figures]))) == [
        ("20610", "facility_payment", "45.41"),
        ("23412", "facility_payment", "850.11"),
    ]


def test_wording_over_the_line_of_its_code_may_be_wider_than_that_of_the_other_lines(tmp_path: Path) -> None:
    heads = rows((40, 90, 400, 480), 100, ("CPT", "Service", "Facility payment", "Office payment"))
    wording = [
        (90.0, 114.0, "Vessel work, first segment, with a report of the first of its parts"),
        (90.0, 124.0, "study"),
    ]
    lines = rows((40, 410, 490), 119, ("20610", "$41", "$61"), ("23412", "$97", "$850"), step=24)
    cells = cells_of(tmp_path, page([*TITLE, *heads, *wording, (90.0, 143.0, "Open work"), *lines]))
    assert said(cells) == [
        ("20610", "facility_payment", "41"),
        ("20610", "nonfacility_payment", "61"),
        ("23412", "facility_payment", "97"),
        ("23412", "nonfacility_payment", "850"),
    ]


def _ended(right: float, base: float, text: str) -> Placed:
    """A text that ends at a place."""
    return right - stringWidth(text, "Helvetica", SIZE), base, text


def test_headings_less_than_twice_a_space_apart_over_figures_at_the_right(tmp_path: Path) -> None:
    space = 1.9 * stringWidth(" ", "Helvetica", SIZE)
    left = stringWidth("Physician payment", "Helvetica", SIZE)
    heads = [(40.0, 105.0, "CPT"), _ended(250 - left - space, 100, "Fac."), _ended(250, 100, "Physician payment")]
    heads += [_ended(250 - left - space, 110, "Total RVU"), _ended(250, 110, "(office)")]
    figures = [
        item
        for base, units, paid in ((124, "33.85", "$1,144"), (140, "9.51", "$2,087"))
        for item in (_ended(250 - left - space, base, units), _ended(250, base, paid))
    ]
    codes = [(40.0, 124.0, "63047"), (40.0, 140.0, "43260")]
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *codes, *figures]))) == [
        ("63047", "facility_total_rvu", "33.85"),
        ("63047", "nonfacility_payment", "1144"),
        ("43260", "facility_total_rvu", "9.51"),
        ("43260", "nonfacility_payment", "2087"),
    ]


def test_a_heading_that_reaches_over_the_figures_of_the_next_column_is_in_doubt(tmp_path: Path) -> None:
    heads = rows((40, 100, 220), 100, ("HCPCS", "Facility PE APC", "HOPD"))
    body = rows((40, 100, 150, 220), 124, ("33249", "8.64", "5232", "$32,062"), ("45378", "1.79", "5311", "$912"))
    cells = cells_of(tmp_path, page([*TITLE, *heads, (112.0, 110.0, "RVU"), *body]))
    assert said(cells) == [("33249", "opps_payment", "32062"), ("45378", "opps_payment", "912")]
    assert all(c.flag.startswith(REACHING) for c in cells if c.measure != "opps_payment")


def test_a_heading_beside_an_upper_one_is_not_over_what_lies_beyond_it() -> None:
    columns = [Extent(x - 10.0, x + 40.0, float(x), x + 30.0) for x in (60, 110, 160)]
    upper = Piece("ASC", Box(110, 91, 130, 102), 100, SIZE, frozenset({1}))
    lower = Piece("OPPS", Box(60, 99, 84, 110), 108, SIZE, frozenset({0, 1, 2}))
    levels, beyond = nested([[lower], [upper]], columns)
    assert [[(p.text, p.span) for p in level] for level in levels] == [
        [("OPPS", frozenset({0}))],
        [("ASC", frozenset({1}))],
    ]
    assert beyond == {2}


def _payments(year: str, values: tuple[str, ...], table: str = "1") -> list[Cell]:
    said = dict.fromkeys(FIELDS, "") | {"table": table, "measure": "facility_payment", "year": year}
    codes = ("36901", "36902", "36903")
    return [
        Cell(**{**said, "code": code, "value": value, "printed": f"${value}", "place": f"{year} {code}"})
        for code, value in zip(codes, values, strict=True)
    ]


def test_two_columns_read_as_the_same_put_their_neighbours_of_that_measure_in_doubt() -> None:
    last, other = _payments("2024", ("160", "227", "298")), _payments("2024", ("671", "990", "4990"))
    found = guarded(proven([*last, *other, *_payments("2025", ("158", "221", "290"))], ()))
    reason = "two columns of this table are read as the same and print different figures"
    assert [cell.flag for cell in found[6:]] == [reason] * 3


def test_the_same_payment_otherwise_in_another_table_is_no_second_column() -> None:
    last, other = _payments("2024", ("160", "227", "298")), _payments("2024", ("671", "990", "4990"), table="2")
    found = guarded(proven([*last, *other, *_payments("2025", ("158", "221", "290"))], ()))
    assert [cell.flag for cell in found[6:]] == [""] * 3
