"""Which lines over a table are its headings and which its title or wording, and which column each heading is of."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pypdfium2 import PdfDocument
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.guides.placed import SIZE, cells_of, page, right_rows, rows, said

TITLE: Final = [(40.0, 60.0, "Rates CY 2024")]
LISTED: Final = [("36901", "$160", "$671"), ("36902", "$227", "$990"), ("36903", "$298", "$4,990")]
DUE: Final = [
    ("36901", "facility_payment", "160"),
    ("36901", "nonfacility_payment", "671"),
    ("36902", "facility_payment", "227"),
    ("36902", "nonfacility_payment", "990"),
    ("36903", "facility_payment", "298"),
    ("36903", "nonfacility_payment", "4990"),
]


def test_a_title_taken_as_heading_of_wording_before_the_codes_gives_its_table_the_year(tmp_path: Path) -> None:
    first = rows((40, 120, 220), 80, ("CPT", "Facility payment", "Office payment"), *LISTED)
    heads = rows((200, 280, 400), 192, ("CPT", "Facility payment", "Office payment"))
    later = rows((40, 200, 280, 400), 208, ("Open work", "20610", "$41", "$61"), ("Closed work", "20611", "$57", "$97"))
    title = [(40.0, 178.0, "Joints"), (90.0, 178.0, "CY 2025")]
    cells = cells_of(tmp_path, page([*TITLE, *first, *title, *heads, *later]))
    assert [(c.code, c.year, c.value) for c in cells if c.table == "2" and not c.flag] == [
        ("20610", "2025", "41"),
        ("20610", "2025", "61"),
        ("20611", "2025", "57"),
        ("20611", "2025", "97"),
    ]


def test_a_title_over_wording_without_a_heading_is_none(tmp_path: Path) -> None:
    heads = rows((200, 280, 400), 192, ("CPT", "Facility payment", "Office payment"))
    later = rows((40, 200, 280, 400), 208, *[("Open work", *line) for line in LISTED])
    assert said(cells_of(tmp_path, page([*TITLE, (40.0, 178.0, "Work on the joints, CY 2025"), *heads, *later]))) == DUE


def test_headings_close_together_part_a_table_from_the_one_above(tmp_path: Path) -> None:
    first = rows((40, 150, 300), 80, ("CPT", "Facility payment", "Office payment"), *LISTED)
    heads = rows((40, 86, 168), 166, ("CPT Code", "Physician office", "OPPS status indicator"))
    later = rows((48, 120, 200), 182, ("20610", "$61", "T"), ("20611", "$97", "J1"))
    cells = cells_of(tmp_path, page([*TITLE, *first, (40.0, 150.0, "Joints, CY 2023"), *heads, *later]))
    assert [(c.code, c.year, c.measure, c.value) for c in cells if c.table == "2" and not c.flag] == [
        ("20610", "2023", "nonfacility_payment", "61"),
        ("20610", "2023", "opps_status_indicator", "T"),
        ("20611", "2023", "nonfacility_payment", "97"),
        ("20611", "2023", "opps_status_indicator", "J1"),
    ]


FIGURES: Final = [("43264", "$3,805", "6.63", "35.17"), ("23412", "$7,144", "11.93", "NA")]
FIGURES_DUE: Final = [
    ("43264", "opps_payment", "3805"),
    ("43264", "work_rvu", "6.63"),
    ("43264", "nonfacility_pe_rvu", "35.17"),
    ("23412", "opps_payment", "7144"),
    ("23412", "work_rvu", "11.93"),
    ("23412", "nonfacility_pe_rvu", "not_applicable"),
]


def test_headings_right_of_their_figures_are_not_taken_for_the_next_columns(tmp_path: Path) -> None:
    heads = rows((100, 260, 420, 540), 100, ("CPT Code", "OPPS payment", "Work RVU", "NF PE RVU"))
    body = rows((40, 180, 360, 500), 116, *FIGURES)
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == FIGURES_DUE


def test_a_code_heading_right_of_its_codes_parts_tables(tmp_path: Path) -> None:
    first = rows((40, 180, 360), 80, ("CPT", "Facility payment", "Office payment"), *LISTED)
    heads = rows((100, 250, 400, 540), 166, ("CPT Code", "OPPS payment", "Work RVU", "NF PE RVU"))
    body = rows((40, 180, 360, 500), 182, *FIGURES)
    given = said(cells_of(tmp_path, page([*TITLE, *first, (40.0, 150.0, "Joints, CY 2024"), *heads, *body])))
    assert given == [*DUE, *FIGURES_DUE]


def test_a_heading_over_two_columns_that_fits_between_theirs_stands_over_both(tmp_path: Path) -> None:
    heads = [(40.0, 90.0, "CPT/"), (40.0, 101.0, "HCPCS"), (40.0, 112.0, "Code"), (160.0, 90.0, "OPPS")]
    heads += [(120.0, 104.0, "APC"), (120.0, 114.0, "number"), (190.0, 110.0, "Rate")]
    body = rows((40, 122, 185), 128, ("43264", "5303", "$3,805"), ("23412", "5115", "$12,144"))
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == [
        ("43264", "apc", "5303"),
        ("43264", "opps_payment", "3805"),
        ("23412", "apc", "5115"),
        ("23412", "opps_payment", "12144"),
    ]


def test_wording_over_the_line_of_its_code_is_no_heading(tmp_path: Path) -> None:
    heads = rows((40, 120, 320, 420), 90, ("CPT", "Wording", "Facility", "Office"))
    body = [(120.0, 101.0, "Access, with all the work of"), *rows((40, 120), 111, ("36901", "its later parts"))]
    body += rows((40, 120), 127, ("36902", "Access"), ("36903", "More work"))
    body += rows((320, 420), 111, *[line[1:] for line in LISTED])
    assert said(cells_of(tmp_path, page([*TITLE, (320.0, 78.0, "Physician payment"), *heads, *body]))) == DUE


def test_a_group_line_over_a_title_is_no_heading_of_the_table_beneath(tmp_path: Path) -> None:
    first = rows((44, 120, 220), 80, ("CPT", "Facility payment", "Office payment"), *LISTED)
    group = [(44.0, 144.0, "Other work"), (36.0, 158.0, "Table 2: joints and payment, CY 2024")]
    heads = rows((60, 120, 220), 172, ("CPT", "Facility payment", "Office payment"))
    later = rows((48, 120, 220), 188, ("20610", "$41", "$61"), ("20611", "$57", "$97"))
    given = said(cells_of(tmp_path, page([*TITLE, *first, *group, *heads, *later])))
    assert given == [
        *DUE,
        ("20610", "facility_payment", "41"),
        ("20610", "nonfacility_payment", "61"),
        ("20611", "facility_payment", "57"),
        ("20611", "nonfacility_payment", "97"),
    ]


def test_the_heading_of_wording_may_stand_between_the_wording_and_the_figures(tmp_path: Path) -> None:
    upper = [(330.0, 90.0, "2024"), (430.0, 90.0, "2024"), (230.0, 95.0, "Service")]
    heads = rows((330, 430), 100, ("In-facility", "Office"))
    body = rows((40, 100, 330, 430), 116, *[(code, "Access", *rest) for code, *rest in LISTED])
    assert said(cells_of(tmp_path, page([*TITLE, *upper, (52.0, 95.0, "CPT"), *heads, *body]))) == DUE


def test_a_hyphen_at_the_end_of_a_line_of_a_heading(tmp_path: Path) -> None:
    heads = [(300.0, 90.0, "In-"), (400.0, 90.0, "In-")]
    heads += rows((40, 300, 400), 100, ("CPT", "facility", "office"))
    body = rows((40, 300, 400), 116, *LISTED)
    assert said(cells_of(tmp_path, page([*TITLE, (320.0, 76.0, "Physician payment"), *heads, *body]))) == DUE


def test_a_block_without_figures_is_bounded_by_the_years_that_come_again(tmp_path: Path) -> None:
    upper = [(167.0, 90.0, "Facility payment"), (402.0, 90.0, "Office payment")]
    heads = rows((40, 130, 250, 360, 480), 104, ("CPT", "2023", "2024", "2023", "2024"))
    body = rows(
        (40, 130, 250, 366, 486), 120, ("33206", "$461", "$456", "NA", "NA"), ("33207", "$484", "$479", "NA", "NA")
    )
    given = cells_of(tmp_path, page([*TITLE, *upper, *heads, *body]))
    assert [(c.measure, c.year, c.value or c.status) for c in given if c.code == "33206" and not c.flag] == [
        ("facility_payment", "2023", "461"),
        ("facility_payment", "2024", "456"),
        ("nonfacility_payment", "2023", "not_applicable"),
        ("nonfacility_payment", "2024", "not_applicable"),
    ]


def test_totals_without_dollar_signs_beside_dollars_are_units(tmp_path: Path) -> None:
    heads = rows((40, 120, 260), 100, ("CPT", "Facility Total", "Physician payment (facility)"))
    signed = rows((40, 130, 270), 116, ("36901", "4.90", "$160"), ("36902", "6.99", "$227"))
    bare = rows((40, 130, 270), 116, ("36901", "4.90", "160"), ("36902", "6.99", "227"))
    measures = [
        {measure for _, measure, _ in said(cells_of(tmp_path, page([*TITLE, *heads, *body])))}
        for body in (signed, bare)
    ]
    assert measures == [{"facility_total_rvu", "facility_payment"}, {"facility_payment"}]


def test_a_payment_in_cents_and_again_in_the_dollars_it_rounds_to_is_no_contradiction(tmp_path: Path) -> None:
    heads = ("CPT", "Facility payment", "Office payment")
    first = rows((40, 120, 260), 90, heads, ("36901", "$160.49", "$671"), ("36902", "$227.50", "$990"))
    second = rows((40, 120, 260), 160, heads, ("36901", "$160", "$671.49"), ("36902", "$227", "$990.00"))
    cells = cells_of(tmp_path, page([*TITLE, *first, *second]))
    assert [(c.code, c.value) for c in cells if c.flag] == [("36902", "227.50"), ("36902", "227")]


def test_a_heading_beside_an_upper_one_is_not_under_it(tmp_path: Path) -> None:
    heads = rows((272, 386, 524), 88, ("Relative Value Units", "HOPD", "ASC"))
    heads += [(45.0, 94.0, "CPT"), (449.0, 94.0, "Facility payment")]
    heads += rows((272, 323, 386, 524), 100, ("Facility PE", "Total (facility)", "APC payment", "National rate"))
    xs = (45, 285, 341, 403, 482, 531)
    body = rows(xs, 116, ("29827", "13.85", "32.47", "$7,143.73", "$1,050.29", "$3,510.84"))
    body += rows(xs, 132, ("29881", "8.22", "16.64", "$3,244.61", "$538.25", "$1,579.16"))
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body])))
    assert given[:5] == [
        ("29827", "facility_pe_rvu", "13.85"),
        ("29827", "facility_total_rvu", "32.47"),
        ("29827", "opps_payment", "7143.73"),
        ("29827", "facility_payment", "1050.29"),
        ("29827", "asc_payment", "3510.84"),
    ]


def test_headings_set_closer_than_columns_are_parted_by_their_wider_spaces(tmp_path: Path) -> None:
    x, heads, ends = 40.0, [], []
    for heading in ("CPT Code", "Work RVU", "Facility PE RVU", "Office payment"):
        heads.append((x, 100.0, heading))
        x += stringWidth(heading, "Helvetica", SIZE) + 6
        ends.append(x - 6)
    body = [(40.0, 116.0, "36901"), (40.0, 132.0, "36902")]
    for line, top in ((("3.36", "1.03", "$671"), 116.0), (("4.83", "1.47", "$990"), 132.0)):
        body += [(end - stringWidth(f, "Helvetica", SIZE), top, f) for end, f in zip(ends[1:], line, strict=True)]
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == [
        ("36901", "work_rvu", "3.36"),
        ("36901", "facility_pe_rvu", "1.03"),
        ("36901", "nonfacility_payment", "671"),
        ("36902", "work_rvu", "4.83"),
        ("36902", "facility_pe_rvu", "1.47"),
        ("36902", "nonfacility_payment", "990"),
    ]


def test_cells_that_end_on_the_line_of_their_code(tmp_path: Path) -> None:
    heads = rows((40, 120, 300), 90, ("CPT", "Wording", "ASC payment"))
    body = [(120.0, 106.0, "Access, and"), *rows((40, 120, 300), 116, ("29827", "more of it", "$3,511"))]
    body += [(120.0, 129.0, "Work on"), (300.0, 129.0, "Not on ASC")]
    body += rows((40, 120, 300), 139, ("22633", "more of it", "list"))
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == [
        ("29827", "asc_payment", "3511"),
        ("22633", "asc_payment", "not_on_asc_list"),
    ]


def test_a_per_cent_sign_of_the_next_heading_is_not_the_years(tmp_path: Path) -> None:
    heads = [(120.0, 86.0, "Facility payment"), *rows((40, 120, 156, 185), 100, ("CPT", "2024", "2025", "% change"))]
    body = rows((40, 116, 152, 195), 116, ("33206", "$461", "$456", "-1.1%"), ("33207", "$484", "$479", "-1.0%"))
    given = [
        (c.code, c.measure, c.year, c.value) for c in cells_of(tmp_path, page([*TITLE, *heads, *body])) if not c.flag
    ]
    assert given == [
        ("33206", "facility_payment", "2024", "461"),
        ("33206", "facility_payment", "2025", "456"),
        ("33206", "change_percent", "2025", "-1.1"),
        ("33207", "facility_payment", "2024", "484"),
        ("33207", "facility_payment", "2025", "479"),
        ("33207", "change_percent", "2025", "-1.0"),
    ]


def test_units_over_a_facility_and_an_office_are_of_both(tmp_path: Path) -> None:
    width = stringWidth("Non-facility", "Helvetica", SIZE)  # each of the upper headings ends with its second column
    ends = [(200 + width, "PE RVU"), (433 + width, "Total RVU")]
    heads = [(end - stringWidth(text, "Helvetica", SIZE), 90.0, text) for end, text in ends]
    heads += [(40.0, 90.0, "CPT"), (320.0, 90.0, "MP RVU")]
    heads += rows((120, 200, 400, 433), 103, ("Facility", "Non-facility", "Facility", "Non-facility"))
    body = rows((40, 122, 202, 322, 402, 440), 119, ("43262", "3.26", "N/A", "0.76", "10.52", "N/A"))
    body += rows((40, 122, 202, 322, 402, 440), 135, ("37244", "4.07", "170.05", "1.47", "19.29", "185.27"))
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == [
        ("43262", "facility_pe_rvu", "3.26"),
        ("43262", "nonfacility_pe_rvu", "not_applicable"),
        ("43262", "malpractice_rvu", "0.76"),
        ("43262", "facility_total_rvu", "10.52"),
        ("43262", "nonfacility_total_rvu", "not_applicable"),
        ("37244", "facility_pe_rvu", "4.07"),
        ("37244", "nonfacility_pe_rvu", "170.05"),
        ("37244", "malpractice_rvu", "1.47"),
        ("37244", "facility_total_rvu", "19.29"),
        ("37244", "nonfacility_total_rvu", "185.27"),
    ]


def test_a_facility_beside_an_office_that_alone_is_under_units_is_doubted(tmp_path: Path) -> None:
    heads = rows((40, 200, 290), 103, ("CPT", "Facility", "Non-facility Total RVU"))
    body = rows((40, 202, 300), 119, ("43262", "10.52", "N/A"), ("37244", "19.29", "185.27"))
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body])))
    assert {measure for _, measure, _ in given} == {"nonfacility_total_rvu"}


def test_a_sign_beneath_the_headings_is_no_heading_of_its_own(tmp_path: Path) -> None:
    heads = rows((40, 120, 220), 90, ("CPT", "HOPD", "ASC"))
    heads += rows((40, 125, 225), 103, ("", "($)", "($)"))
    body = rows((40, 120, 220), 119, ("43262", "3,805", "1,876"), ("22612", "18,390", "14,037"))
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == [
        ("43262", "opps_payment", "3805"),
        ("43262", "asc_payment", "1876"),
        ("22612", "opps_payment", "18390"),
        ("22612", "asc_payment", "14037"),
    ]


def test_a_column_without_the_year_that_its_like_has_is_doubted(tmp_path: Path) -> None:
    heads = [(150.0, 90.0, "2025 payment"), (330.0, 90.0, "2024 payment")]
    heads += rows((40, 120, 200, 300, 380, 480), 103, ("CPT", "ASC", "HOPD", "ASC", "Facility", "HOPD"))
    xs = (40, 120, 200, 300, 380, 480)
    body = rows(
        xs,
        119,
        ("45378", "$489", "$912", "$474", "$181", "$871"),
        ("45388", "$633", "$1,179", "$612", "$265", "$1,124"),
    )
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == []


def test_a_dollar_sign_at_the_left_of_its_cell(tmp_path: Path) -> None:
    heads = rows((40, 120, 240), 100, ("CPT", "Facility payment", "Office payment"))
    body = rows((40, 120, 180, 240, 300), 116, *[(code, "$", a[1:], "$", b[1:]) for code, a, b in LISTED])
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == DUE


def test_headings_of_groups_may_stand_wide_over_the_lower_ones(tmp_path: Path) -> None:
    heads = [(125.0, 80.0, "Total RVU"), (325.0, 80.0, "Payment")]
    heads += rows((40, 100, 160, 300, 360), 106, ("CPT", "Facility", "Office", "Facility", "Office"))
    xs = (40, 105, 165, 302, 362)
    body = rows(xs, 132, ("43262", "10.52", "31.25", "$340", "$1,011"), ("37244", "19.29", "185.27", "$624", "$5,993"))
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body])))
    assert given[:4] == [
        ("43262", "facility_total_rvu", "10.52"),
        ("43262", "nonfacility_total_rvu", "31.25"),
        ("43262", "facility_payment", "340"),
        ("43262", "nonfacility_payment", "1011"),
    ]


def test_a_hospital_or_facility_under_the_physician_is_where_the_physician_works(tmp_path: Path) -> None:
    heads = [(120.0, 90.0, "Physician services"), *rows((40, 120, 220), 103, ("CPT", "Hospital/Facility", "NF"))]
    body = rows((40, 120, 220), 119, *LISTED)
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == DUE


def test_years_between_the_codes_of_two_tables_head_the_second(tmp_path: Path) -> None:
    upper = [(120.0, 166.0, "Office"), (260.0, 166.0, "ASC"), (40.0, 174.0, "HCPCS Code")]
    heads = rows((120, 190, 260, 330), 182, ("2023 rate", "2025 rate", "2023 rate", "2025 rate"))
    first = rows((40, 120, 260), 80, ("CPT", "Facility payment", "Office payment"), *LISTED)
    body = rows((40, 120, 190, 260, 330), 198, ("45380", "$442", "$415", "$564", "$633"))
    body += rows((40, 120, 190, 260, 330), 214, ("45385", "$464", "$435", "$565", "$634"))
    cells = cells_of(tmp_path, page([*TITLE, *first, (40.0, 150.0, "Rates, 2025"), *upper, *heads, *body]))
    assert [(c.measure, c.year, c.value) for c in cells if c.code == "45380" and not c.flag] == [
        ("nonfacility_payment", "2023", "442"),
        ("nonfacility_payment", "2025", "415"),
        ("asc_payment", "2023", "564"),
        ("asc_payment", "2025", "633"),
    ]


def test_a_code_heading_aside_between_the_lines_of_the_others_parts_tables(tmp_path: Path) -> None:
    first = rows((40, 180, 360), 80, ("CPT", "OPPS payment", "ASC payment"), ("43262", "$3,805", "$1,876"))
    first += rows((40, 180, 360), 112, ("22612", "$18,390", "$14,037"))
    heads = [(250.0, 166.0, "Physician"), (120.0, 170.0, "HCPCS Code")]
    heads += rows((200, 340), 176, ("Facility", "Office"))
    body = rows((40, 200, 340), 192, *LISTED)
    cells = cells_of(tmp_path, page([*TITLE, *first, (40.0, 150.0, "Rates, 2024"), *heads, *body]))
    assert said(c for c in cells if c.code.startswith("369")) == DUE


def test_a_dollar_sign_in_the_first_row_is_the_columns(tmp_path: Path) -> None:
    heads = rows((40, 120, 260, 400), 100, ("CPT", "Facility payment", "ASC payment", "Office payment"))
    body = rows((40, 120, 260, 400), 116, ("36901", "$160", "$563", "671"), ("36902", "227", "$2,630", "990"))
    body += rows((40, 120, 260, 400), 148, ("36903", "298", "$6,926", "NA"), ("36904", "351", "$3,221", "1,741"))
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body])))
    assert {measure for _, measure, _ in given} == {"facility_payment", "asc_payment"}


def test_headings_of_groups_close_to_each_other_are_neither_prose_nor_a_title(tmp_path: Path) -> None:
    groups = [
        (130.0, 90.0, "Physician in office"),
        (220.0, 90.0, "Physician in facility"),
        (320.0, 90.0, "Hospital outpatient"),
    ]
    xs = (40, 130, 175, 225, 270, 320, 365)
    heads = rows(xs, 108, ("CPT", "RVU", "Payment", "RVU", "Payment", "APC", "Payment"))
    body = rows(
        xs,
        124,
        ("43235", "8.53", "$276", "3.65", "$118", "5301", "$938"),
        ("43239", "11.04", "$357", "4.10", "$133", "5301", "$938"),
    )
    rules = [(130, 94, 210, 94), (220, 94, 305, 94), (320, 94, 400, 94)]
    assert said(cells_of(tmp_path, page([*TITLE, *groups, *heads, *body], rules=rules)))[:6] == [
        ("43235", "nonfacility_total_rvu", "8.53"),
        ("43235", "nonfacility_payment", "276"),
        ("43235", "facility_total_rvu", "3.65"),
        ("43235", "facility_payment", "118"),
        ("43235", "apc", "5301"),
        ("43235", "opps_payment", "938"),
    ]


def test_rates_of_those_who_do_not_participate_are_read_past(tmp_path: Path) -> None:
    heads = rows((40, 120, 320), 100, ("CPT", "Participating, non-facility payment", "Non-participating payment"))
    body = rows((40, 120, 320), 116, ("99202", "$69.87", "$66.38"), ("99203", "$109.01", "$103.56"))
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == [
        ("99202", "nonfacility_payment", "69.87"),
        ("99203", "nonfacility_payment", "109.01"),
    ]


def test_a_limit_per_unit_is_no_column_of_units(tmp_path: Path) -> None:
    heads = rows(
        (40, 120, 220, 400), 100, ("HCPCS", "Usual dose", "ASP payment limit per unit", "Payment for usual dose")
    )
    body = rows((40, 120, 220, 400), 116, ("J0585", "100", "$6.47", "$647.00"), ("J0586", "100", "$8.53", "$853.00"))
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == [
        ("J0585", "drug_payment", "6.47"),
        ("J0586", "drug_payment", "8.53"),
    ]


def test_headings_set_left_over_figures_set_right_stand_over_what_their_own_shade_holds(tmp_path: Path) -> None:
    """Each heading begins nearer to the figures before its own."""
    sides = (36, 100, 190, 290, 370, 450, 540)
    heads = [
        (40.0, 112.0, "Code"),
        (104.0, 105.0, "Work RVU"),
        (194.0, 100.0, "Practice expense RVU"),
        (194.0, 116.0, "Non-fac"),
        (294.0, 116.0, "Fac"),
        (374.0, 105.0, "MP RVU"),
        (454.0, 105.0, "Facility total RVU"),
    ]
    shades = [(a, 90, b, 122) for a, b in ((36, 100), (100, 190), (370, 450), (450, 540))]
    shades += [(190, 90, 370, 106), (190, 106, 290, 122), (290, 106, 370, 122)]
    lines = [("36475", "5.30", "24.15", "1.71", "1.15", "8.16"), ("43239", "2.39", "8.36", "1.42", "0.29", "4.10")]
    body = [
        (side - 6 - stringWidth(text, "Helvetica", SIZE), 138.0 + 16 * n, text)
        for n, line in enumerate(lines)
        for side, text in zip(sides[1:], line, strict=True)
    ]
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body], shades=shades)))
    measures = ("work_rvu", "nonfacility_pe_rvu", "facility_pe_rvu", "malpractice_rvu", "facility_total_rvu")
    assert given == [(line[0], m, v) for line in lines for m, v in zip(measures, line[1:], strict=True)]


def test_headings_that_stand_beside_their_columns_are_in_doubt(tmp_path: Path) -> None:
    """Set right over codes and figures set left, each heading stands nearer to the next column."""
    heads = rows((96, 200, 420, 560), 100, ("HCPCS", "Wording", "Facility payment", "Office"))
    body = rows((40, 130, 290, 470), 116, *[(line[0], "Access", *line[1:]) for line in LISTED])
    cells = cells_of(tmp_path, page([*TITLE, *heads, *body]))
    assert not said(cells)
    first = rows((200, 300, 420), 100, ("Work RVU", "Facility payment", "Office payment"))
    body = rows((200, 300, 420), 116, *LISTED)
    cells = cells_of(tmp_path, page([*TITLE, *first, *body]))
    assert {c.flag for c in cells} == {"the headings stand beside their columns: the codes lack their own"}


def test_groups_flush_with_the_first_of_their_headings_over_figures_at_the_right(tmp_path: Path) -> None:
    heads = [(40.0, 90.0, "CPT"), (120.0, 90.0, "Facility"), (360.0, 90.0, "Non-Fac")]
    heads += rows((120, 240, 360, 480), 102, ("Non-QP", "QP", "Non-QP", "QP"))
    lines = ("36909", "$176", "$177", "$1,817", "$1,826"), ("45380", "$178", "$1,179", "$480", "$482")
    body = right_rows((66, 142, 350, 468, 588), 118, *lines)
    given = [c for c in cells_of(tmp_path, page([*TITLE, *heads, *body])) if c.code == "36909" and not c.flag]
    assert [(c.measure, c.variant, c.value) for c in given] == [
        ("facility_payment", "nonqp", "176"),
        ("facility_payment", "qp", "177"),
        ("nonfacility_payment", "nonqp", "1817"),
        ("nonfacility_payment", "qp", "1826"),
    ]


def _grid(xs: Sequence[float], top: float, count: int) -> list[tuple[float, float, float, float]]:
    """The rules of a table of some rows, 16 points high, between upright ones."""
    level = [(xs[0], top + 16 * n, xs[-1], top + 16 * n) for n in range(count + 1)]
    return level + [(x, top, x, top + 16 * count) for x in xs]


def test_ruled_rows_without_headings_whose_columns_stand_otherwise_are_doubted(tmp_path: Path) -> None:
    first = rows((44, 124, 264), 91, ("CPT", "Facility payment", "Office payment"), *LISTED)
    later = rows((44, 204, 304), 91, ("29827", "$511", "$1,050"), ("22633", "$812", "$1,781"))
    both = PdfDocument.new()
    for items, xs, count in (([*TITLE, *first], [40, 120, 260, 400], 4), (later, [40, 200, 300, 400], 2)):
        both.import_pages(PdfDocument(page(items, rules=_grid(xs, 80, count))))
    data = io.BytesIO()
    both.save(data)
    cells = cells_of(tmp_path, data.getvalue())
    assert said(cells) == DUE
    assert {c.flag for c in cells if c.code == "29827"} == {
        "these codes have no headings, and their figures stand otherwise than those of the table before"
    }


def test_a_year_without_the_site_that_its_like_has_is_doubted(tmp_path: Path) -> None:
    heads = [(330.0, 90.0, "Physician in facility")]
    xs = (40, 120, 200, 320, 400)
    heads += rows(xs, 103, ("CPT", "CY 2024", "CY 2025", "CY 2024", "CY 2025"))
    body = rows(xs, 119, ("45378", "$489", "$912", "$474", "$181"), ("45388", "$633", "$179", "$612", "$265"))
    title = [(40.0, 60.0, "ASC rates 2025")]
    assert said(cells_of(tmp_path, page([*title, *heads, *body]))) == []


def test_a_title_over_close_headings_is_none_of_them(tmp_path: Path) -> None:
    heads = rows((40, 73, 158), 100, ("CPT", "Facility payment", "Office payment"))
    body = rows((40, 90, 180), 116, *LISTED)
    cells = cells_of(tmp_path, page([*TITLE, (40.0, 86.0, "Procedures of these, CY 2025"), *heads, *body]))
    assert {c.year for c in cells if not c.flag} == {"2025"}


def test_a_title_in_the_middle_of_a_rule_over_all_columns_is_over_all_of_them(tmp_path: Path) -> None:
    xs = (40, 100, 160, 220, 280, 340)
    heads = ("CPT", "Work RVU", "MP RVU", "Total RVU", "Office", "Facility")
    lines = [("43194", "3.51", "0.53", "5.59", "$221", "$195"), ("43195", "3.07", "0.43", "5.33", "$212", "$186")]
    title = "2021 Medicare physician fee schedule payments"
    middle = 208 - stringWidth(title, "Helvetica", SIZE) / 2
    rules = [(36, 70, 380, 70), (36, 84, 380, 84)]
    cells = cells_of(tmp_path, page([(middle, 80.0, title), *rows(xs, 96, heads), *rows(xs, 114, *lines)], rules=rules))
    assert {c.flag for c in cells} == {""}
    assert [c.measure for c in cells if c.code == "43194"] == [
        "work_rvu",
        "malpractice_rvu",
        "facility_total_rvu",
        "nonfacility_payment",
        "facility_payment",
    ]
