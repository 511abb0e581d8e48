"""Headings on several levels: turned beside upright ones, fenced by rules, and over the first phrases of cells."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.guides.placed import SIZE, cells_of, flags, page, right_rows, rows, said

TITLE: Final = [(40.0, 60.0, "Rates CY 2025")]
SITED: Final = [("36901", "$160", "$654"), ("36902", "$224", "$968"), ("36903", "$295", "$4,850")]


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


YEARLY: Final = ("facility_payment", "nonfacility_payment", "asc_payment", "opps_payment")


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


ENDOSCOPY: Final = [
    ("43197", "5.77", "$187", "2.45", "$79", "5301", "$938", "P3", "$130"),
    ("43200", "7.79", "$252", "2.62", "$85", "5301", "$938", "A2", "$503"),
    ("43202", "10.40", "$336", "3.06", "$99", "5302", "$1,897", "A2", "$864"),
]
LOWER: Final = ("RVU", "Payment", "RVU", "Payment", "APC", "Payment", "PI", "Payment")
UPPER: Final = ("Physician in office", "Physician in facility", "Hospital outpatient", "Surgery center")
MEASURES: Final = (
    "nonfacility_total_rvu",
    "nonfacility_payment",
    "facility_total_rvu",
    "facility_payment",
    "apc",
    "opps_payment",
    "asc_indicator",
    "asc_payment",
)
ENDOSCOPY_DUE: Final = [
    (code, measure, value.strip("$").replace(",", ""))
    for code, *values in ENDOSCOPY
    for measure, value in zip(MEASURES, values, strict=True)
]


def centred(middle: float, top: float, text: str) -> tuple[float, float, str]:
    return middle - stringWidth(text, "Helvetica", SIZE) / 2, top, text


SHORT: Final = ("Office", "Facility", "OPPS", "ASC")
SIDES: Final = (20, 76, 131, 201, 259, 333, 390, 469, 504, 590)
MIDDLES: Final = [
    *[centred((a + b) / 2, 90, text) for a, b, text in zip(SIDES[1::2], SIDES[3::2], SHORT, strict=False)],
    *[centred((a + b) / 2, 104, text) for a, b, text in zip(SIDES[1:], SIDES[2:], LOWER, strict=False)],
]
"""Headings in the middle of cells, and of two cells, between those sides."""


@pytest.mark.parametrize("padding", [2, 4])
def test_groups_in_the_middle_of_two_cells_over_figures_set_left(tmp_path: Path, padding: float) -> None:
    lines = rows([side + padding for side in SIDES[:-1]], 120, *ENDOSCOPY)
    assert said(cells_of(tmp_path, page([*TITLE, (20 + padding, 104.0, "Code"), *MIDDLES, *lines]))) == ENDOSCOPY_DUE


@pytest.mark.parametrize("padding", [2, 4])
def test_groups_in_the_middle_of_two_cells_over_figures_set_right(tmp_path: Path, padding: float) -> None:
    lines = right_rows([side - padding for side in SIDES[1:]], 120, *ENDOSCOPY)
    codes = right_rows((76 - padding,), 104, ("Code",))
    assert said(cells_of(tmp_path, page([*TITLE, *codes, *MIDDLES, *lines]))) == ENDOSCOPY_DUE


def test_groups_close_to_each_other_with_small_words_in_them_are_no_prose(tmp_path: Path) -> None:
    starts = [84.0]
    for text in UPPER[:-1]:  # 0.6 sizes apart
        starts.append(starts[-1] + stringWidth(text, "Helvetica", SIZE) + 0.6 * SIZE)
    xs = [40, *(x for start in starts for x in (start, start + 33))]
    lines = rows(xs, 120, *ENDOSCOPY)
    heads = [*rows(starts, 90, UPPER), *rows(xs, 104, ("Code", *LOWER))]
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *lines]))) == ENDOSCOPY_DUE


UNITS: Final = [
    ("22551", "25.00", "18.00", "8.13", "51.13", "$1,732.65"),
    ("22552", "6.50", "3.22", "2.08", "11.80", "$399.87"),
]
UNITS_DUE: Final = [
    (code, measure, value.strip("$").replace(",", ""))
    for code, *values in UNITS
    for measure, value in zip(
        ("work_rvu", "facility_pe_rvu", "malpractice_rvu", "facility_total_rvu", "facility_payment"),
        values,
        strict=True,
    )
]


def test_a_heading_between_rules_as_wide_as_the_table_is_over_all_of_it(tmp_path: Path) -> None:
    ends = (76, 130, 200, 260, 340, 420)
    heads = right_rows(ends, 118, ("CPT", "RVU", "Facility", "RVU", "Facility", "Facility"))
    groups = [centred(x, 106, text) for x, text in ((119, "Work"), (185, "PE RVU"), (249, "MP"), (323, "Total RVU"))]
    over = [centred(235, 90, "2023 physician fee schedule"), centred(402, 106, "Payment")]
    lines = right_rows(ends, 138, *UNITS)
    rules = [(40, y, 424, y) for y in (80, 94, 123, 160)]
    cells = cells_of(tmp_path, page([(40.0, 60.0, "Rates"), *over, *groups, *heads, *lines], rules=rules))
    assert said(cells) == UNITS_DUE
    assert {c.year for c in cells} == {"2023"}


def test_a_heading_that_reaches_over_a_neighbours_heading_is_not_of_one_column(tmp_path: Path) -> None:
    ends = (80, 306, 363, 405, 473, 541, 603)
    heads = right_rows(ends, 114, ("CPT", "Work", "PE (office)", "MP", "Total office", "Office", "Facility"))
    over = [centred(384, 103, "Relative value units"), centred(572, 103, "Payment")]
    lines = right_rows(ends, 134, ("64633", "3.32", "9.48", "0.30", "13.10", "$423.73", "$182.59"))
    lines += right_rows(ends, 150, ("22514", "7.99", "163.48", "1.48", "172.95", "$5,594.29", "$457.06"))
    cells = cells_of(tmp_path, page([*TITLE, *over, *heads, *lines]))
    assert [(c.measure, c.value, c.flag) for c in cells if c.code == "22514"] == [
        ("work_rvu", "7.99", ""),
        ("nonfacility_pe_rvu", "163.48", ""),
        ("malpractice_rvu", "1.48", ""),
        ("nonfacility_total_rvu", "172.95", ""),
        ("nonfacility_payment", "5594.29", ""),
        ("facility_payment", "457.06", ""),
    ]
