"""Lines between headings and rows, and between rows: names of groups, titles of what follows, and wide phrases."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.guides.placed import cells_of, flags, page, right_rows, rows, said

TITLE: Final = [(40.0, 60.0, "Rates CY 2024")]
HEADS: Final = rows((40, 120, 260), 90, ("CPT", "Facility payment", "Office payment"))
DUE: Final = [
    ("36901", "facility_payment", "160"),
    ("36901", "nonfacility_payment", "671"),
    ("36902", "facility_payment", "227"),
    ("36902", "nonfacility_payment", "990"),
]


def test_a_group_named_over_the_last_column_is_no_heading_beneath_a_rule(tmp_path: Path) -> None:
    first = [*right_rows((320,), 106, ("Scenario A",)), *rows((40, 120, 295), 120, ("36901", "$160", "$671"))]
    second = [*right_rows((320,), 136, ("Scenario B",)), *rows((40, 120, 295), 150, ("36902", "$227", "$990"))]
    cells = cells_of(tmp_path, page([*TITLE, *HEADS, *first, *second], rules=[(36, 95, 330, 95)]))
    assert said(cells) == DUE
    assert flags(cells) == {""}


def test_words_that_tell_a_column_apart_are_no_group_beneath_a_rule(tmp_path: Path) -> None:
    words = [(260.0, 106.0, "Lowest")]
    lines = rows((40, 120, 260), 120, ("36901", "$160", "$671"), ("36902", "$227", "$990"))
    cells = cells_of(tmp_path, page([*TITLE, *HEADS, *words, *lines], rules=[(36, 95, 330, 95)]))
    assert said(cells) == [("36901", "facility_payment", "160"), ("36902", "facility_payment", "227")]


def test_the_title_of_the_next_table_is_no_part_of_the_last_row(tmp_path: Path) -> None:
    lines = rows((40, 120, 260), 106, ("36901", "$160", "$671"), ("36902", "$227", "$990"))
    title = [(40.0, 134.0, "Adjusted rates of pairs of codes")]
    assert said(cells_of(tmp_path, page([*TITLE, *HEADS, *lines, *title]))) == DUE


def test_a_phrase_on_two_lines_that_is_wider_than_the_figures_of_its_column(tmp_path: Path) -> None:
    heads = rows((40, 110, 240), 90, ("CPT", "OPPS payment", "ASC payment"))
    figures = right_rows((62, 150, 300), 110, ("22551", "$12,867", "$9,069")) + right_rows(
        (62, 150), 131, ("22630", "$18,390")
    )
    phrase = right_rows((300,), 126, ("Not payable in the",), ("ASC setting",), step=10)
    rules = [(36, y, 310, y) for y in (96, 116, 142)]
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *figures, *phrase], rules=rules))) == [
        ("22551", "opps_payment", "12867"),
        ("22551", "asc_payment", "9069"),
        ("22630", "opps_payment", "18390"),
        ("22630", "asc_payment", "not_on_asc_list"),
    ]


def test_upper_headings_that_no_space_parts_are_no_sentence(tmp_path: Path) -> None:
    upper = rows((40, 84, 165, 247), 76, ("CPT", "Physician in office", "Physician in facility", "Hospital outpatient"))
    heads = rows((84, 125, 165, 206, 247, 290), 92, ("RVU", "Payment", "RVU", "Payment", "APC", "Payment"))
    lines = rows(
        (40, 84, 125, 165, 206, 247, 290),
        108,
        ("43197", "5.77", "$187", "2.45", "$79", "5301", "$938"),
        ("43200", "7.79", "$252", "2.62", "$85", "5301", "$938"),
    )
    cells = cells_of(tmp_path, page([(40.0, 50.0, "Rates CY 2025"), *upper, *heads, *lines]))
    assert said(cells)[:6] == [
        ("43197", "nonfacility_total_rvu", "5.77"),
        ("43197", "nonfacility_payment", "187"),
        ("43197", "facility_total_rvu", "2.45"),
        ("43197", "facility_payment", "79"),
        ("43197", "apc", "5301"),
        ("43197", "opps_payment", "938"),
    ]
