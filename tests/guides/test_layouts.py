"""Layouts that guides are set in, each a few placed words on a page; labelled facsimiles with invented wording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.guides.placed import SIZE, cells_of, flags, page, right_rows, rows, said

TITLE: Final = [(40.0, 60.0, "Rates CY 2024")]
XS: Final = (40, 120, 320, 420, 520)


def test_codes_may_stand_last_under_two_lines_of_headings(tmp_path: Path) -> None:
    upper = [(40.0, 100.0, "APC"), (120.0, 100.0, "Hospital outpatient"), (320.0, 100.0, "ASC"), (520.0, 100.0, "CPT")]
    lower = rows((120, 220, 320, 420), 116, ("SI", "Rate", "PI", "Rate"))
    body = rows(
        (40, 120, 220, 320, 420, 520),
        140,
        ("5223", "J1", "$10,329", "J8", "$7,557", "33206"),
        ("5222", "J1", "$8,163", "J8", "$6,563", "33212"),
        ("5224", "J1", "$18,672", "J8", "$11,580", "33221"),
    )
    measures = ["apc", "opps_status_indicator", "opps_payment", "asc_indicator", "asc_payment"]
    values = [
        ("5223", "J1", "10329", "J8", "7557"),
        ("5222", "J1", "8163", "J8", "6563"),
        ("5224", "J1", "18672", "J8", "11580"),
    ]
    due = [
        (c, m, v)
        for c, line in zip(("33206", "33212", "33221"), values, strict=True)
        for m, v in zip(measures, line, strict=True)
    ]
    assert said(cells_of(tmp_path, page([*TITLE, *upper, *lower, *body]))) == due


def test_words_that_stand_under_each_other_by_chance_make_no_column(tmp_path: Path) -> None:
    body = rows(
        (40, 120, 170, 420, 520),
        116,
        ("33206", "Inner", "work", "$456", "$512"),
        ("33207", "Outer", "work", "$479", "$530"),
        ("33208", "Upper", "care", "$519", "$598"),
    )
    heads = [
        (40.0, 100.0, "CPT"),
        (120.0, 100.0, "Wording"),
        (420.0, 100.0, "In-facility"),
        (520.0, 100.0, "In-office"),
    ]
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body])))
    assert [v for _, m, v in given if m == "facility_payment"] == ["456", "479", "519"]
    assert [v for _, m, v in given if m == "nonfacility_payment"] == ["512", "530", "598"]


def test_headings_that_run_up_the_page(tmp_path: Path) -> None:
    heads = [
        (x + 12, 190, t)
        for x, t in zip(XS, ("Code", "Modifier", "Work RVU", "Facility payment", "Office payment"), strict=True)
    ]
    body = rows(
        XS,
        210,
        ("93306", "26", "1.46", "$65", "$65"),
        ("93308", "26", "0.53", "$24", "$24"),
        ("93880", "26", "0.80", "$36", "$36"),
    )
    given = said(cells_of(tmp_path, page([*TITLE, *body], turned=heads)))
    assert given[:3] == [
        ("93306-26", "work_rvu", "1.46"),
        ("93306-26", "facility_payment", "65"),
        ("93306-26", "nonfacility_payment", "65"),
    ]
    assert len(given) == 9


def test_letterspaced_headings(tmp_path: Path) -> None:
    spaced, x = [], 120.0
    for letter in "HOSPITAL OUTPATIENT":
        spaced += [(x, 100.0, letter)] if letter.strip() else []
        x += stringWidth(letter, "Helvetica", SIZE) + 3
    heads = rows((40, 120, 220), 116, ("Code", "APC", "Payment"))
    body = rows(
        (40, 120, 220), 132, ("33206", "5223", "$10,329"), ("33212", "5222", "$8,163"), ("33221", "5224", "$18,672")
    )
    given = said(cells_of(tmp_path, page([*TITLE, *spaced, *heads, *body])))
    assert [(m, v) for _, m, v in given[:2]] == [("apc", "5223"), ("opps_payment", "10329")]


ACROSS: Final = (
    ("Code", "27130", "27447", "29881"),
    ("Work RVU", "19.60", "19.60", "7.03"),
    ("Physician payment, facility", "$1,286", "$1,284", "$549"),
    ("ASC payment", "$9,238", "$9,048", "$1,519"),
)
ACROSS_DUE: Final = [
    (code, measure, ACROSS[n][k].strip("$").replace(",", ""))
    for k, code in enumerate(("27130", "27447", "29881"), 1)
    for n, measure in enumerate(("work_rvu", "facility_payment", "asc_payment"), 1)
]


@pytest.mark.parametrize("ruled", [False, True])
def test_codes_across_the_top(tmp_path: Path, ruled: bool) -> None:
    body = rows((40, 240, 340, 440), 100, *ACROSS)
    level = [(36, 88 + 16 * n, 530, 88 + 16 * n) for n in range(5)]
    upright = [(x, 88, x, 152) for x in (36, 236, 336, 436, 530)]
    data = page([*TITLE, *body], rules=[*level, *upright] if ruled else ())
    assert said(cells_of(tmp_path, data)) == ACROSS_DUE


def test_a_text_between_codes_across_the_top_is_doubted(tmp_path: Path) -> None:
    body = rows((40, 240, 340, 440), 100, *ACROSS[:3])
    cells = cells_of(
        tmp_path,
        page([*TITLE, *body, (40.0, 148.0, "ASC payment"), (290.0, 148.0, "$9,238"), (440.0, 148.0, "$1,519")]),
    )
    assert {c.flag for c in cells if c.measure == "asc_payment"} == {"'$9,238' does not stand under one code"}


HEADS: Final = ("CPT codes", "Wording", "SI", "APC", "OPPS payment")


def test_a_stacked_code_is_lent_the_values_beside_another_of_its_stack_in_doubt(tmp_path: Path) -> None:
    heads = rows(XS, 100, HEADS)
    first = rows(XS, 120, ("37241", "Closing work", "J1", "5193", "$11,341"), ("37242", "", "", "", ""), step=11)
    second = rows(XS, 156, ("36901", "Circuit work", "J1", "5182", "$1,553"), ("36902", "", "", "", ""), step=11)
    third = rows(XS, 192, ("75710", "Picture work", "Q2", "5183", "$3,148"))
    cells = cells_of(tmp_path, page([*TITLE, *heads, *first, *second, *third]))
    payments = [(c.code, c.value, bool(c.flag)) for c in cells if c.measure == "opps_payment"]
    assert payments == [
        ("37241", "11341", False),
        ("37242", "11341", True),
        ("36901", "1553", False),
        ("36902", "1553", True),
        ("75710", "3148", False),
    ]


@pytest.mark.parametrize("heading", ["Facility CY 26", "Facility CY '26", "'26 Facility", "Facility 2026"])
def test_a_year_of_two_digits_is_no_modifier(tmp_path: Path, heading: str) -> None:
    heads = [(40.0, 100.0, "CPT"), (150.0, 100.0, "Physician facility CY 25"), (330.0, 100.0, f"Physician {heading}")]
    body = rows((40, 150, 330), 120, ("37252", "$84", "$79"), ("37253", "$67", "$63"))
    cells = cells_of(tmp_path, page([*TITLE, *heads, *body]))
    found = [(c.code, c.modifier, c.year, c.value) for c in cells]
    assert found == [
        ("37252", "", "2025", "84"),
        ("37252", "", "2026", "79"),
        ("37253", "", "2025", "67"),
        ("37253", "", "2026", "63"),
    ]


def test_a_bare_26_without_the_technical_part_beside_it_is_doubted(tmp_path: Path) -> None:
    heads = [(40.0, 100.0, "CPT"), (150.0, 100.0, "Physician facility 26")]
    body = rows((40, 150), 120, ("93458", "$284"), ("93459", "$310"))
    cells = cells_of(tmp_path, page([*TITLE, *heads, *body]))
    assert {(c.modifier, c.flag) for c in cells} == {("", "26 may be the modifier or a year")}


def test_a_facility_payment_beside_an_apc_may_be_the_hospitals(tmp_path: Path) -> None:
    heads = [(40.0, 100.0, "CPT"), (150.0, 100.0, "Facility payment"), (300.0, 100.0, "APC")]
    body = rows((40, 150, 300), 120, ("37241", "$11,341", "5193"), ("36901", "$1,553", "5182"))
    cells = cells_of(tmp_path, page([*TITLE, *heads, *body]))
    flags = {(c.measure, bool(c.flag)) for c in cells}
    assert flags == {("facility_payment", True), ("apc", False)}


def test_bare_codes_at_an_even_pitch_share_nothing(tmp_path: Path) -> None:
    lines = [
        ("37241", "Closing work", "J1", "5193", "$11,341"),
        ("37242", "", "", "", ""),
        ("36901", "Circuit work", "J1", "5182", "$1,553"),
        ("36902", "", "", "", ""),
    ]
    given = said(cells_of(tmp_path, page([*TITLE, *rows(XS, 100, HEADS, *lines, step=12)])))
    assert {code for code, _, _ in given} == {"37241", "36901"}


def test_changes_in_dollars_are_read_past_and_unsaid_ones_doubted(tmp_path: Path) -> None:
    xs = (40, 120, 220, 320, 420)
    top = [(120.0, 90.0, "Facility payment")]
    body = [
        ("33206", "$461", "$456", "$5", "1.1%"),
        ("33207", "$484", "$479", "$5", "1.0%"),
        ("33208", "$524", "$519", "$5", "0.9%"),
    ]
    named = rows(xs, 106, ("CPT", "2023", "2024", "$ change", "% change"), *body)
    given = said(cells_of(tmp_path, page([*TITLE, *top, *named])))
    assert [(m, v) for _, m, v in given[:3]] == [
        ("facility_payment", "461"),
        ("facility_payment", "456"),
        ("change_percent", "1.1"),
    ]
    bare = rows(xs[:4], 106, ("CPT", "2023", "2024", "Change"), *((*line[:3], "5") for line in body))
    doubted = [c for c in cells_of(tmp_path, page([*TITLE, *top, *bare])) if c.measure == "change_percent"]
    assert flags(doubted) == {"no heading says whether the changes are per cent or dollars"}


def test_columns_of_the_parts_of_a_service_give_modifiers(tmp_path: Path) -> None:
    xs = (40, 140, 260, 400)
    body = rows(
        xs,
        100,
        ("CPT", "Global", "Professional (-26)", "Technical (-TC)"),
        ("93306", "$188", "$65", "$123"),
        ("93308", "$94", "$24", "$71"),
        ("93880", "$182", "$36", "$146"),
    )
    top = [(40.0, 60.0, "Rates CY 2024"), (140.0, 84.0, "Non-facility payment")]
    given = said(cells_of(tmp_path, page([*top, *body], rules=[(136, 88, 480, 88)])))
    assert given[:3] == [
        ("93306", "nonfacility_payment", "188"),
        ("93306-26", "nonfacility_payment", "65"),
        ("93306-TC", "nonfacility_payment", "123"),
    ]


@pytest.mark.parametrize(
    ("heads", "lines", "flag"),
    [
        (
            ("Primary code", "Secondary code", "APC", "OPPS payment"),
            (
                ("37220", "37221", "5193", "$10,493"),
                ("37224", "37225", "5193", "$10,493"),
                ("36902", "36903", "5194", "$17,957"),
            ),
            "two columns hold codes, and no heading says whose the figures are",
        ),
        (
            ("Code", "Setting", "Wording", "Office payment"),
            (
                ("43235", "Office", "First work", "$276"),
                ("43239", "Facility", "Next work", "$133"),
                ("43249", "Office", "Last work", "$991"),
            ),
            "each row names a setting of its own",
        ),
    ],
)
def test_tables_whose_rows_say_more_than_their_headings_are_doubted(
    tmp_path: Path, heads: Sequence[str], lines: Sequence[Sequence[str]], flag: str
) -> None:
    assert flags(cells_of(tmp_path, page([*TITLE, *rows((40, 140, 260, 420), 100, heads, *lines)]))) == {flag}


PAYMENTS: Final = ("CPT", "Wording", "Facility payment", "Office payment")
PAIN: Final = (
    ("62321", "First work", "$104", "$251"),
    ("62323", "Next work", "$96", "$247"),
    ("64483", "Last work", "$108", "$236"),
)


def test_codes_after_running_text_do_not_borrow_headings_unseen(tmp_path: Path) -> None:
    xs = (40, 120, 320, 460)
    first = rows(xs, 100, PAYMENTS, *PAIN)
    prose = (40.0, 180.0, "Claims of one state and the mean charge that was billed by the hospitals in it, by code:")
    later = rows(xs, 200, ("20610", "Other work", "$1,200", "$3,100"), ("20611", "Other work", "$1,237", "$3,311"))
    cells = cells_of(tmp_path, page([*TITLE, *first, prose, *later]))
    assert {c.code for c in cells if not c.flag} == {"62321", "62323", "64483"}


def test_the_same_headings_at_other_places_have_columns_of_their_own(tmp_path: Path) -> None:
    heads = ("CPT", "Units", "Facility payment")
    first = rows((40, 300, 460), 100, heads, ("36901", "1", "$160"), ("36902", "1", "$227"), ("36903", "1", "$298"))
    second = rows((40, 180, 300), 200, heads, ("36904", "1", "$348"), ("36905", "1", "$419"))
    given = said(cells_of(tmp_path, page([*TITLE, *first, *second])))
    assert [v for _, _, v in given] == ["160", "227", "298", "348", "419"]


def test_headings_left_of_figures_that_are_set_to_the_right(tmp_path: Path) -> None:
    heads = rows((40, 250, 350), 100, ("CPT", "Units", "Facility payment"))
    body = rows((40, 322, 500), 116, ("36901", "1", "$160"), ("36902", "1", "$227"), ("36903", "1", "$298"))
    assert [v for _, _, v in said(cells_of(tmp_path, page([*TITLE, *heads, *body])))] == ["160", "227", "298"]


@pytest.mark.parametrize(
    ("heads", "line", "flag"),
    [
        (PAYMENTS, ("62321", "First work", "$251", "$104"), "facility payment is larger than nonfacility payment"),
        (
            ("CPT", "Wording", "OPPS SI", "OPPS payment"),
            ("62321", "First work", "N", "$104"),
            "N is packaged and has no amount",
        ),
        (
            ("CPT", "Wording", "Work RVU", "Facility payment"),
            ("62321", "First work", "Packaged", "$104"),
            "units are neither packaged nor listed",
        ),
    ],
)
def test_what_contradicts_its_row_is_flagged(
    tmp_path: Path, heads: Sequence[str], line: Sequence[str], flag: str
) -> None:
    cells = cells_of(
        tmp_path, page([*TITLE, *rows((40, 120, 320, 460), 100, heads, line, ("62323", "Next work", "NA", "NA"))])
    )
    assert flag in {c.flag for c in cells if c.code == "62321"}


def test_a_quarter_in_a_heading_gives_its_days(tmp_path: Path) -> None:
    body = rows(
        (40, 200, 360),
        100,
        ("CPT", "ASC Q1 2024", "ASC Q2 2024"),
        *((c, a, b) for c, a, b in (("62321", "$345", "$346"), ("62323", "$335", "$336"))),
    )
    cells = cells_of(tmp_path, page([*TITLE, *body]))
    assert [(c.effective_from, c.effective_through, c.value, c.flag) for c in cells[:2]] == [
        ("2024-01-01", "2024-03-31", "345", ""),
        ("2024-04-01", "2024-06-30", "346", ""),
    ]


def test_a_comma_before_cents_and_a_row_of_totals(tmp_path: Path) -> None:
    lines = (
        ("62321", "First work", "$1.104,25", "$1.251,50"),
        ("62323", "Next work", "$96,07", "$246,80"),
        ("", "Total", "$1.200,32", "$1.498,30"),
    )
    given = said(cells_of(tmp_path, page([*TITLE, *rows((40, 120, 320, 460), 100, PAYMENTS, *lines)])))
    assert [v for _, _, v in given] == ["1104.25", "1251.50", "96.07", "246.80"]


@pytest.mark.parametrize(
    ("titles", "measure"),
    [
        (("Rates CY 2024", "Physician payment in the office"), "nonfacility_payment"),
        (("Rates CY 2024", "Physician payment in a facility"), "facility_payment"),
        (("ASC rates CY 2024", "Surgeon fee"), ""),
        (("Office rates CY 2024", "Ambulatory surgery center"), "asc_payment"),
    ],
)
def test_the_nearest_line_that_names_a_site_gives_it_to_a_bare_heading(
    tmp_path: Path, titles: Sequence[str], measure: str
) -> None:
    above = [(40.0, 60.0 + 14 * n, text) for n, text in enumerate(titles)]
    body = rows((40, 120, 420), 104, ("CPT", "Wording", "Payment"), *((c, w, a) for c, w, a, _ in PAIN))
    given = {c.measure for c in cells_of(tmp_path, page([*above, *body]))} if measure else set()
    assert given == ({measure} if measure else set())


def test_drgs_named_in_their_cells(tmp_path: Path) -> None:
    lines = (("MS-DRG 266", "First work", "6.6012", "$45,187"), ("MS-DRG 267", "Next work", "5.2216", "$35,744"))
    body = rows((40, 140, 320, 420), 100, ("MS-DRG", "Wording", "Relative weight", "Payment"), *lines)
    given = said(cells_of(tmp_path, page([(40.0, 60.0, "Inpatient payment FY 2024"), *body])))
    assert given[:2] == [("266", "drg_weight", "6.6012"), ("266", "drg_payment", "45187")]


def test_blocks_whose_headings_stand_left_of_their_figures(tmp_path: Path) -> None:
    xs = (40, 120, 220, 340, 440)
    heads = [(120.0, 90.0, "Facility payment"), (340.0, 90.0, "Office payment")]
    heads += rows(xs, 108, ("CPT", "2023", "2024", "2023", "2024"))
    body = right_rows(
        (66, 212, 312, 432, 532),
        128,
        ("36901", "$161", "$163", "$690", "$702"),
        ("36902", "$229", "$233", "$990", "$1,010"),
        ("36903", "$301", "$306", "$4,990", "$5,010"),
    )
    cells = cells_of(tmp_path, page([*TITLE, *heads, *body]))
    assert [(c.measure, c.year, c.value, c.flag) for c in cells[:4]] == [
        ("facility_payment", "2023", "161", ""),
        ("facility_payment", "2024", "163", ""),
        ("nonfacility_payment", "2023", "690", ""),
        ("nonfacility_payment", "2024", "702", ""),
    ]


def test_each_table_has_the_year_over_it_and_one_without_is_doubted(tmp_path: Path) -> None:
    xs = (40, 120, 320, 460)
    later = [(code, *rest) for code, (_, *rest) in zip(("64490", "64493", "64633"), PAIN, strict=True)]
    last = [(code, *rest) for code, (_, *rest) in zip(("20610", "20611", "27096"), PAIN, strict=True)]
    first = [(40.0, 80.0, "First list, CY 2023"), *rows(xs, 100, PAYMENTS, *PAIN)]
    second = [(40.0, 230.0, "Second list, CY 2024"), *rows(xs, 250, PAYMENTS, *later)]
    other = ("HCPCS", "Wording", "Facility payment", "Office payment")
    third = [(40.0, 390.0, "Third list"), *rows(xs, 410, other, *last)]
    cells = cells_of(tmp_path, page([*first, *second, *third]))
    years = {(c.table, c.year, c.flag) for c in cells if c.table != "3"}
    assert years == {("1", "2023", ""), ("2", "2024", "")}
    assert flags(c for c in cells if c.table == "3") == {
        "the guide has tables of several years, and this one prints none"
    }


def test_the_years_of_tables_are_parted_by_a_code_heading_set_between_the_lines_of_the_others(tmp_path: Path) -> None:
    first = [(40.0, 60.0, "Open work, CY 2025"), *rows((40, 120, 320, 460), 80, PAYMENTS, *PAIN)]
    heads = [(120.0, 160.0, "Physician"), (40.0, 165.0, "CPT"), (120.0, 170.0, "Facility"), (200.0, 170.0, "Office")]
    later = rows((40, 120, 200), 184, ("20610", "$41", "$61"), ("20611", "$57", "$97"))
    cells = cells_of(tmp_path, page([*first, (40.0, 144.0, "Other work, CY 2024"), *heads, *later]))
    assert {(c.table, c.year) for c in cells if not c.flag} == {("1", "2025"), ("2", "2024")}
    assert [c.value for c in cells if c.table == "2" and c.measure == "facility_payment"] == ["41", "57"]


def test_a_phrase_wider_than_the_figures_of_its_column_makes_no_column_of_its_first_word(tmp_path: Path) -> None:
    heads = rows((40, 120, 200, 330, 430), 100, ("CPT", "ASC PI", "ASC payment", "Facility PE RVU", "Work RVU"))
    usual = [(str(36901 + n), "G2", f"$6,1{n}2", f"{n}.57", f"{n}.11") for n in range(1, 12)]
    body = rows((40, 140, 251, 372, 470), 116, *usual)
    body += rows((40, 140, 217, 372, 470), 292, ("37244", "—", "Not on ASC list", "3.92", "4.07"))
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body])))
    assert given[:4] == [
        ("36902", "asc_indicator", "G2"),
        ("36902", "asc_payment", "6112"),
        ("36902", "facility_pe_rvu", "1.57"),
        ("36902", "work_rvu", "1.11"),
    ]
    assert ("37244", "asc_payment", "not_on_asc_list") in given


def test_headings_beside_their_figures_are_doubted_where_a_column_has_none(tmp_path: Path) -> None:
    heads = rows((40, 90, 200, 330), 100, ("CPT", "Office payment", "Facility payment", "Units"))
    body = rows(
        (40, 160, 270, 375, 480),
        116,
        ("36901", "$671", "$160", "$41", "1"),
        ("36902", "$990", "$227", "$57", "2"),
        ("36903", "$4,990", "$298", "$62", "1"),
    )
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == []


def test_an_indicator_of_a_column_with_dollars_is_doubted(tmp_path: Path) -> None:
    heads = rows((40, 200, 350), 100, ("CPT", "OPPS status indicator", "Work RVU"))
    body = rows(
        (40, 210, 350), 116, ("36901", "$671", "3.57"), ("36902", "$990", "4.07"), ("36903", "Packaged", "2.63")
    )
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body])))
    assert {measure for _, measure, _ in given} == {"work_rvu"}


def test_a_figure_that_runs_to_the_edge_of_the_page_is_doubted(tmp_path: Path) -> None:
    heads = rows((40, 300, 560), 100, ("CPT", "Facility PE RVU", "Work RVU"))
    body = rows((40, 320, 593), 116, ("36901", "3.57", "26.80"), ("36902", "4.07", "17.86"), ("36903", "2.63", "12.75"))
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body])))
    assert {measure for _, measure, _ in given} == {"facility_pe_rvu"}


def test_a_heading_that_reaches_over_a_column_without_one_is_doubted(tmp_path: Path) -> None:
    heads = rows((40, 120, 215), 100, ("CPT", "Office payment", "Malpractice RVU Work RVU"))
    body = rows((40, 140, 250, 310), 116, ("36901", "$671", "3.57", "1"), ("36902", "$990", "4.07", "2"))
    given = said(cells_of(tmp_path, page([*TITLE, *heads, *body])))
    assert {measure for _, measure, _ in given} == {"nonfacility_payment"}


def test_letterspaced_headings_whose_pairs_are_set_closer(tmp_path: Path) -> None:
    spaced, x = [], 220.0
    for letters in ("O", "U", "T", "PAT", "IENT"):
        spaced.append((x, 112.0, letters))
        x += stringWidth(letters, "Helvetica", SIZE) + 1.6
    heads = [(40.0, 112.0, "Code"), (120.0, 112.0, "APC"), (220.0, 100.0, "HOSPITAL"), *spaced]
    body = rows((40, 120, 220), 128, ("33206", "5223", "$10,329"), ("33212", "5222", "$8,163"))
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == [
        ("33206", "apc", "5223"),
        ("33206", "opps_payment", "10329"),
        ("33212", "apc", "5222"),
        ("33212", "opps_payment", "8163"),
    ]


def test_a_heading_over_headings_that_run_up_the_page(tmp_path: Path) -> None:
    heads = [
        (x + 12, 190, t) for x, t in zip(XS[2:], ("Work RVU", "National average", "Status indicator"), strict=True)
    ]
    level = [(40.0, 186.0, "Code"), (120.0, 186.0, "Wording"), (440.0, 112.0, "Hospital outpatient")]
    body = rows(XS, 210, ("33206", "Inner", "7.14", "$10,329", "J1"), ("33212", "Outer", "5.01", "$8,163", "J1"))
    given = said(cells_of(tmp_path, page([*TITLE, *level, *body], turned=heads, rules=[(420, 116, 545, 116)])))
    assert given == [
        ("33206", "work_rvu", "7.14"),
        ("33206", "opps_payment", "10329"),
        ("33206", "opps_status_indicator", "J1"),
        ("33212", "work_rvu", "5.01"),
        ("33212", "opps_payment", "8163"),
        ("33212", "opps_status_indicator", "J1"),
    ]


def test_the_words_for_the_parts_of_a_service_beside_their_modifiers(tmp_path: Path) -> None:
    upper = [(200.0, 92.0, "Physician fee schedule (non-facility)")]
    heads = rows((40, 120, 220, 340), 108, ("Code", "Global", "Professional (26)", "Technical (TC)"))
    body = rows(
        (40, 120, 220, 340), 124, ("77280", "$289.36", "$36.95", "$252.41"), ("77290", "$462.09", "$82.16", "$379.93")
    )
    given = said(cells_of(tmp_path, page([*TITLE, *upper, *heads, *body], rules=[(120, 96, 400, 96)])))
    assert given == [
        ("77280", "nonfacility_payment", "289.36"),
        ("77280-26", "nonfacility_payment", "36.95"),
        ("77280-TC", "nonfacility_payment", "252.41"),
        ("77290", "nonfacility_payment", "462.09"),
        ("77290-26", "nonfacility_payment", "82.16"),
        ("77290-TC", "nonfacility_payment", "379.93"),
    ]


CATALOG: Final = [
    ("10432", "Stent", "C1876", "N", "Packaged"),
    ("10877", "Longer stent", "C1877", "N", "Packaged"),
    ("33410", "Closure", "C1760", "N", "Packaged"),
]


@pytest.mark.parametrize("ruled", [False, True])
def test_numbers_of_a_catalog_before_the_codes(tmp_path: Path, ruled: bool) -> None:
    heads = ("Catalog no.", "Product", "C-code", "OPPS status indicator", "OPPS payment")
    body = rows(XS, 100, heads, *CATALOG)
    sides = (36, 116, 316, 400, 516, 600)
    upright = [(x, 88, x, 152) for x in sides]
    rules = [*upright, *((36, 88 + 16 * n, 600, 88 + 16 * n) for n in range(5))] if ruled else []
    given = said(cells_of(tmp_path, page([*TITLE, *body], rules=rules)))
    assert given == [
        item
        for code in ("C1876", "C1877", "C1760")
        for item in ((code, "opps_status_indicator", "N"), (code, "opps_payment", "packaged"))
    ]


@pytest.mark.parametrize("dot", [".", ". "])
def test_rows_of_dots_between_a_code_and_its_figures_are_no_text(tmp_path: Path, dot: str) -> None:
    heads = rows((40, 220, 400), 100, ("Code", "Facility payment", "Office payment"))
    lines = [("43235", "$118", "$276"), ("43239", "$133", "$357"), ("43247", "$169", "$366")]
    body = rows((40, 220, 400), 116, *lines)
    wide = stringWidth(dot, "Helvetica", SIZE)
    dots = [
        (x, 116.0 + 16 * n, (dot * int(room / wide)).strip())
        for n in range(3)
        for x, room in ((70, 146.0), (250, 146.0))
    ]
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body, *dots]))) == [
        (line[0], m, v.strip("$"))
        for line in lines
        for m, v in zip(("facility_payment", "nonfacility_payment"), line[1:], strict=True)
    ]


def test_columns_that_only_the_lines_of_a_part_of_the_service_fill(tmp_path: Path) -> None:
    heads = rows(XS, 100, ("Code", "Component", "Office payment", "APC", "Hospital payment"))
    body = rows(
        XS,
        116,
        ("71250", "Global", "$136.15", "", ""),
        ("", "26", "$50.60", "", ""),
        ("", "TC", "$85.55", "5522", "$104.75"),
        ("71260", "Global", "$171.10", "", ""),
        ("", "26", "$54.59", "", ""),
        ("", "TC", "$116.51", "5571", "$175.06"),
    )
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body]))) == [
        ("71250", "nonfacility_payment", "136.15"),
        ("71250-26", "nonfacility_payment", "50.60"),
        ("71250-TC", "nonfacility_payment", "85.55"),
        ("71250-TC", "apc", "5522"),
        ("71250-TC", "opps_payment", "104.75"),
        ("71260", "nonfacility_payment", "171.10"),
        ("71260-26", "nonfacility_payment", "54.59"),
        ("71260-TC", "nonfacility_payment", "116.51"),
        ("71260-TC", "apc", "5571"),
        ("71260-TC", "opps_payment", "175.06"),
    ]


def test_a_sentence_over_tables_side_by_side_is_no_heading_of_the_second(tmp_path: Path) -> None:
    prose = [
        (40.0, 80.0, "These are national rates for the work of the whole of the year 2024. A facsimile for tests.")
    ]
    heads = [(40.0, 96.0, "Physician"), (362.0, 96.0, "Hospital outpatient")]
    body = rows(
        (40, 120, 200, 300, 400, 480),
        112,
        ("CPT", "Facility", "Office", "CPT", "APC", "Rate"),
        ("63650", "$404", "$2,127", "63650", "5462", "$6,563"),
        ("63655", "$835", "NA", "63655", "5464", "$21,444"),
        ("63663", "$439", "$860", "63663", "5462", "$6,563"),
    )
    fences = [(36, 100, 240, 100), (296, 100, 520, 100)]
    given = said(cells_of(tmp_path, page([*TITLE, *prose, *heads, *body], rules=fences)))
    assert [item for item in given if item[1] in ("apc", "opps_payment")] == [
        ("63650", "apc", "5462"),
        ("63650", "opps_payment", "6563"),
        ("63655", "apc", "5464"),
        ("63655", "opps_payment", "21444"),
        ("63663", "apc", "5462"),
        ("63663", "opps_payment", "6563"),
    ]


def test_an_apc_with_its_rate_and_an_indicator_whose_form_names_its_schedule(tmp_path: Path) -> None:
    heads = rows(XS, 100, ("Code", "Facility payment", "APC and rate", "Status", "ASC rate"))
    body = rows(
        XS,
        124,
        ("33206", "$456", "5223", "J1", "$7,557"),
        ("33212", "$337", "5222", "J1", "$6,563"),
        ("33225", "$470", "Packaged", "N", "Packaged"),
        step=26,
    )
    rates = [(320.0, 135.0, "$10,329"), (320.0, 161.0, "$8,163")]
    level = [(36, y, 600, y) for y in (88, 106, 140, 166, 192)]
    rules = [*level, *((x, 88, x, 192) for x in (36, 116, 316, 416, 516, 600))]
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *body, *rates], rules=rules))) == [
        ("33206", "facility_payment", "456"),
        ("33206", "apc", "5223"),
        ("33206", "opps_payment", "10329"),
        ("33206", "opps_status_indicator", "J1"),
        ("33206", "asc_payment", "7557"),
        ("33212", "facility_payment", "337"),
        ("33212", "apc", "5222"),
        ("33212", "opps_payment", "8163"),
        ("33212", "opps_status_indicator", "J1"),
        ("33212", "asc_payment", "6563"),
        ("33225", "facility_payment", "470"),
        ("33225", "opps_payment", "packaged"),
        ("33225", "opps_status_indicator", "N"),
        ("33225", "asc_payment", "packaged"),
    ]


def test_indicators_in_brackets_after_amounts_are_no_dollars_among_indicators(tmp_path: Path) -> None:
    heads = rows((40, 140, 260, 420), 100, ("Code", "APC (status)", "Hospital payment", "ASC payment (indicator)"))
    lines = [("19081", "5072 (J1)", "$1,620", "$708 (G2)"), ("19082", "— (N)", "Packaged", "Packaged (N1)")]
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *rows((40, 140, 260, 420), 116, *lines)]))) == [
        ("19081", "apc", "5072"),
        ("19081", "opps_status_indicator", "J1"),
        ("19081", "opps_payment", "1620"),
        ("19081", "asc_payment", "708"),
        ("19081", "asc_indicator", "G2"),
        ("19082", "apc", "not_applicable"),
        ("19082", "opps_status_indicator", "N"),
        ("19082", "opps_payment", "packaged"),
        ("19082", "asc_payment", "packaged"),
        ("19082", "asc_indicator", "N1"),
    ]


def test_running_text_beside_the_headings_of_a_table_leaves_them_their_words(tmp_path: Path) -> None:
    text = "The work of the year in all of the centers of the land"
    prose = [(20.0, 100.0 + 12 * n, text) for n in range(4)]
    body = rows((300, 380, 460), 100, ("CPT", "Facility payment", "Office payment"))
    body += rows((300, 380, 460), 116, ("63650", "$404", "$2,127"), ("63655", "$835", "NA"), ("63663", "$439", "$860"))
    assert said(cells_of(tmp_path, page([*TITLE, *prose, *body]))) == [
        ("63650", "facility_payment", "404"),
        ("63650", "nonfacility_payment", "2127"),
        ("63655", "facility_payment", "835"),
        ("63655", "nonfacility_payment", "not_applicable"),
        ("63663", "facility_payment", "439"),
        ("63663", "nonfacility_payment", "860"),
    ]


def test_a_hospital_payment_does_not_depend_on_the_list_of_surgery_centers(tmp_path: Path) -> None:
    heads = rows((40, 140, 320), 100, ("Code", "Hospital payment", "ASC payment"))
    body = rows((40, 140, 320), 116, ("22551", "$12,867", "$9,069"), ("63048", "Not payable in ASC", "Packaged"))
    cells = cells_of(tmp_path, page([*TITLE, *heads, *body]))
    assert [c.flag for c in cells] == ["", "", "hospital payments do not depend on the ASC list", ""]


def test_a_space_that_leaves_no_room_between_letters_is_none(tmp_path: Path) -> None:
    """Some writers put a space into a word and step back over it."""
    back = 140 + stringWidth("Wor", "Helvetica", SIZE)
    heads = [*rows((40, 140, 300), 100, ("CPT", "Wor ", "Office payment")), (back, 100.0, "k RVU")]
    lines = rows((40, 140, 300), 116, ("64561", "5.44", "$693"), ("64590", "5.10", "$402"))
    found = cells_of(tmp_path, page([*heads, *lines]))
    assert [c.measure for c in found] == ["work_rvu", "nonfacility_payment"] * 2


def test_headings_of_several_columns_that_no_rule_parts(tmp_path: Path) -> None:
    """Uprights part the figures and not the lowest headings, which lie in one box with the heading over them."""
    items = [*TITLE, (200.0, 96.0, "Physician payment")]
    items += rows((40, 160, 300), 110, ("CPT", "Facility", "Office"))
    items += rows((40, 160, 300), 128, ("64561", "$294", "$693"), ("64590", "$287", "$402"))
    level = [(36, y, 400, y) for y in (84, 116, 132, 148)]
    upright = [(36, 84, 36, 148), (150, 84, 150, 148), (400, 84, 400, 148), (290, 116, 290, 148)]
    assert said(cells_of(tmp_path, page(items, rules=[*level, *upright]))) == [
        ("64561", "facility_payment", "294"),
        ("64561", "nonfacility_payment", "693"),
        ("64590", "facility_payment", "287"),
        ("64590", "nonfacility_payment", "402"),
    ]


def test_a_table_titled_for_qualifying_participants_has_their_variant(tmp_path: Path) -> None:
    items: list[tuple[float, float, str]] = [(40.0, 60.0, "Rates CY 2026")]
    tables = [
        ("Clinicians who are not qualifying APM participants", "$86.51"),
        ("Qualifying APM participants", "$86.94"),
    ]
    for n, (title, paid) in enumerate(tables):
        items.append((40.0, 100.0 + 100 * n, title))
        lines = [("CPT", "Facility RVU", "Facility payment"), ("37252", "2.59", paid), ("37253", "2.59", paid)]
        items += rows((40, 180, 320), 120 + 100 * n, *lines)
    found = cells_of(tmp_path, page(items))
    assert [(c.variant, c.value, c.flag) for c in found if c.measure == "facility_payment"] == [
        ("nonqp", "86.51", ""),
        ("nonqp", "86.51", ""),
        ("qp", "86.94", ""),
        ("qp", "86.94", ""),
    ]
    assert {c.variant for c in found if c.measure == "facility_total_rvu"} == {""}


@pytest.mark.parametrize("on", [-5.0, 0.0, 5.0])
def test_a_modifier_that_its_column_parts_from_its_code(tmp_path: Path, on: float) -> None:
    """Its other cells may stand on the line of the code, of the modifier or between them; -26 is then no range."""
    items = [*TITLE, *rows((40, 140, 300), 100, ("CPT", "Work RVU", "Office payment"))]
    for n, (modifier, *line) in enumerate((("26", "1.46", "$67.93"), ("TC", "0.00", "$122.59"))):
        y = 120.0 + 28 * n
        items += [(40.0, y - 5, "93306-"), (40.0, y + 5, modifier), *rows((140, 300), y + on, line)]
    assert said(cells_of(tmp_path, page(items))) == [
        ("93306-26", "work_rvu", "1.46"),
        ("93306-26", "nonfacility_payment", "67.93"),
        ("93306-TC", "work_rvu", "0.00"),
        ("93306-TC", "nonfacility_payment", "122.59"),
    ]


def test_a_code_with_a_technical_part_beside_it_is_no_range(tmp_path: Path) -> None:
    lines = [("93306", "$190.52"), ("93306-26", "$67.93"), ("93306-TC", "$122.59")]
    items = [*TITLE, *rows((40, 200), 100, ("CPT", "Office payment"), *lines, ("93320-26", "$18.44"))]
    found = cells_of(tmp_path, page(items))
    assert [(c.code, c.modifier, c.flag) for c in found] == [
        ("93306", "", ""),
        ("93306", "26", ""),
        ("93306", "TC", ""),
        ("93320", "26", "-26 may be a modifier or a range"),
    ]


def test_amounts_of_places_beside_the_national_ones_are_read_past(tmp_path: Path) -> None:
    items = [*TITLE, *rows((150, 330), 96, ("National", "Rest of Texas"))]
    items += rows((40, 140, 220, 320, 400), 112, ("CPT", "Facility", "Office", "Facility", "Office"))
    body = [("64561", "$294", "$693", "$285", "$658"), ("64590", "$287", "$402", "$278", "$382")]
    items += rows((40, 140, 220, 320, 400), 130, *body)
    rules = [(140, 101, 290, 101), (320, 101, 460, 101)]
    assert said(cells_of(tmp_path, page(items, rules=rules))) == [
        ("64561", "facility_payment", "294"),
        ("64561", "nonfacility_payment", "693"),
        ("64590", "facility_payment", "287"),
        ("64590", "nonfacility_payment", "402"),
    ]


@pytest.mark.parametrize(("title", "sure"), [("Copayment of patients", False), ("Payment and copay", True)])
def test_a_title_that_names_other_amounts_puts_its_table_in_doubt(tmp_path: Path, title: str, sure: bool) -> None:
    lines = [("CPT", "HOPD", "ASC"), ("64561", "$1,312", "$1,044"), ("64590", "$1,676", "$3,934")]
    found = cells_of(tmp_path, page([*TITLE, (40.0, 90.0, title), *rows((40, 140, 240), 110, *lines)]))
    assert [not c.flag for c in found] == [sure] * 4
