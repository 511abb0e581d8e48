"""Headings on several levels: turned beside upright ones, fenced by rules, and over the first phrases of cells."""

from __future__ import annotations

from pathlib import Path

from tests.guides.placed import SIZE, cells_of, flags, page, right_rows, rows, said

TITLE = [(40.0, 60.0, "Rates CY 2025")]
SITED = [("36901", "$160", "$654"), ("36902", "$224", "$968"), ("36903", "$295", "$4,850")]


def test_turned_headings_in_the_middle_of_cells_as_tall_as_a_longer_one(tmp_path: Path) -> None:
    turned = [(166.0, 140.0, "Facility"), (226.0, 144.0, "Office"), (286.0, 176.0, "Patient share of 20 %")]
    upright = [(40.0, 130.0, "HCPCS code"), (150.0, 84.0, "Physician payment")]
    lines = right_rows((76, 170, 230, 290), 192, *[(*line, "$84") for line in SITED])
    assert said(cells_of(tmp_path, page([*TITLE, *upright, *lines], turned))) == [
        ("36901", "facility_payment", "160"),
        ("36901", "nonfacility_payment", "654"),
        ("36902", "facility_payment", "224"),
        ("36902", "nonfacility_payment", "968"),
        ("36903", "facility_payment", "295"),
        ("36903", "nonfacility_payment", "4850"),
    ]


YEARLY = ("facility_payment", "nonfacility_payment", "asc_payment", "opps_payment")


def test_a_group_ruled_within_each_of_two_years_parts_neither(tmp_path: Path) -> None:
    xs = (40, 100, 160, 220, 280, 340, 400, 460, 520)
    heads = rows(xs, 126, ("Code", *2 * ("Facility", "Office", "ASC", "OPPS")))
    groups = [*right_rows((190,), 106, ("Physician fee schedule",)), *right_rows((430,), 95, ("Physician fee",))]
    groups += [*right_rows((430,), 106, ("schedule",)), *right_rows((310, 550), 84, ("2024", "2025"))]
    rules = [(94, 109, 190, 109), (334, 109, 430, 109), (100, 87, 310, 87), (340, 87, 550, 87)]
    values = ("228", "1094", "2604", "5241", "224", "968", "2651", "5702")
    lines = rows(xs, 144, *[(code, *(f"${value}" for value in values)) for code in ("36902", "36903")])
    cells = cells_of(tmp_path, page([*TITLE, *heads, *groups, *lines], rules=rules))
    due = [(year, measure) for year in ("2024", "2025") for measure in YEARLY]
    assert [(c.code, c.year, c.measure, c.value) for c in cells if not c.flag] == [
        (code, *column, value) for code in ("36902", "36903") for column, value in zip(due, values, strict=True)
    ]


def test_a_group_over_part_of_one_year_only_is_still_doubted(tmp_path: Path) -> None:
    xs = (40, 120, 180, 240, 310, 370, 430)
    heads = rows(xs, 126, ("Code", "Facility", "Office", "ASC payment", "Facility", "Office", "ASC payment"))
    groups = [(150.0, 106.0, "Physician"), (262.0, 86.0, "2024"), (452.0, 86.0, "2025")]
    rules = [(120, 109, 210, 109), (120, 89, 290, 89), (310, 89, 480, 89)]
    lines = rows(xs, 144, ("36902", "$228", "$1,094", "$2,604", "$224", "$968", "$2,651"))
    lines += rows(xs, 160, ("36903", "$299", "$5,056", "$8,300", "$295", "$4,850", "$8,460"))
    cells = cells_of(tmp_path, page([*TITLE, *heads, *groups, *lines], rules=rules))
    assert flags(c for c in cells if c.year == "2024") == {
        "a heading stands over part of a set of columns that comes again under the others"
    }


def test_the_first_words_of_a_phrase_over_the_line_of_the_first_code_are_no_heading(tmp_path: Path) -> None:
    xs = (40, 120, 200)
    heads = rows(xs, 90, ("Code", "ASC payment", "OPPS payment"))
    begin = [(120.0, 108.0, "Not on ASC")]
    lines = rows(xs, 108 + 1.2 * SIZE, ("37244", "list", "$11,341"), ("43276", "$3,541", "$5,953"), step=20)
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *begin, *lines]))) == [
        ("37244", "asc_payment", "not_on_asc_list"),
        ("37244", "opps_payment", "11341"),
        ("43276", "asc_payment", "3541"),
        ("43276", "opps_payment", "5953"),
    ]
