"""Cells that print what their heading does not: the site of each amount, an APC's title, an indicator or APC beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from feebook.guides.apcpairs import holds_apcs
from feebook.guides.printed import Value, value_of
from feebook.guides.sitecells import sites_in
from tests.guides.placed import Placed, cells_of, page, rows, said

TITLE: Placed = (40.0, 60.0, "Medicare rates of 2025")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Office: $860 Facility: $84", {"nonfacility": "$860", "facility": "$84"}),
        ("Non-Facility $860; Facility NA", {"nonfacility": "$860", "facility": "NA"}),
        ("$860 (office) $84 (facility)", {"nonfacility": "$860", "facility": "$84"}),
        ("HOPD: $5,702.30 ASC: —", {"opps": "$5,702.30", "asc": "—"}),
        ("Office: $860", {"nonfacility": "$860"}),
        ("Office: $860 Office: $84", {}),
        ("Office: $860 Commercial: $84", {}),
        ("Office or facility: $860", {}),
        ("Office: $860 plus the device", {}),
        ("$860", {}),
    ],
)
def test_a_cell_names_the_site_of_each_amount(text: str, due: dict[str, str]) -> None:
    assert sites_in(text) == due


def _table(folder: Path, heading: str, *cells: str) -> list[tuple[str, str, str]]:
    body = list(zip(("37224", "37225", "37226"), cells, strict=True))
    return said(cells_of(folder, page([TITLE, *rows((40, 140), 100, ("CPT", heading), *body, step=20)])))


def test_the_physicians_sites_are_those_that_the_cells_name(tmp_path: Path) -> None:
    named = ("Office: $2,653  Facility: $419", "Office: $7,901  Facility: $563", "Office: NA  Facility: $489")
    assert _table(tmp_path, "Physician fee", *named) == [
        ("37224", "facility_payment", "419"),
        ("37224", "nonfacility_payment", "2653"),
        ("37225", "facility_payment", "563"),
        ("37225", "nonfacility_payment", "7901"),
        ("37226", "facility_payment", "489"),
        ("37226", "nonfacility_payment", "not_applicable"),
    ]


def test_a_hospital_under_the_physicians_heading_is_not_taken_for_the_hospitals_rate(tmp_path: Path) -> None:
    assert _table(tmp_path, "Physician fee", *["HOPD: $5,702, ASC: $3,640"] * 3) == []


@pytest.mark.parametrize("heading", ["Facility payment", "Payment"])
def test_facilities_are_those_that_the_cells_name(tmp_path: Path, heading: str) -> None:
    assert set(_table(tmp_path, heading, *["HOPD: $5,702, ASC: $3,640"] * 3)) == {
        (code, measure, value)
        for code in ("37224", "37225", "37226")
        for measure, value in (("opps_payment", "5702"), ("asc_payment", "3640"))
    }


def test_an_apc_may_stand_with_its_title(tmp_path: Path) -> None:
    named = ("5192 Level 2 Vessel", "5194 Level 4 Vessel", "5193 Level 3 Vessel")
    due = [("37224", "apc", "5192"), ("37225", "apc", "5194"), ("37226", "apc", "5193")]
    assert _table(tmp_path, "APC and APC title", *named) == due
    assert _table(tmp_path, "APC", *named) == due


def test_an_apc_may_stand_with_its_indicator_under_both(tmp_path: Path) -> None:
    found = _table(tmp_path, "APC / status", "5192 / J1", "5194 / J1", "— / N")
    assert found == [
        ("37224", "apc", "5192"),
        ("37224", "opps_status_indicator", "J1"),
        ("37225", "apc", "5194"),
        ("37225", "opps_status_indicator", "J1"),
        ("37226", "apc", "not_applicable"),
        ("37226", "opps_status_indicator", "N"),
    ]


@pytest.mark.parametrize("physician", [True, False])
def test_a_facility_named_as_hospital_or_center_is_sure_beside_the_physicians_own(
    tmp_path: Path, physician: bool
) -> None:
    heads = ("CPT", "Physician (facility)" if physician else "Office", "Facility: Hospital", "Facility: ASC")
    body = [("31622", "$126", "$1,724", "$792"), ("31623", "$126", "$1,725", "$793")]
    cells = cells_of(tmp_path, page([TITLE, *rows((40, 140, 280, 420), 100, heads, *body)]))
    measures = ("opps_payment", "asc_payment")
    due = [
        (code, m, v.strip("$").replace(",", "")) for code, _, *paid in body for m, v in zip(measures, paid, strict=True)
    ]
    assert [c for c in said(cells) if c[1] in measures] == (due if physician else [])
    assert [(c.code, c.measure, c.value) for c in cells if c.measure in measures] == due


@pytest.mark.parametrize(
    ("heading", "text"),
    [("Title", "5192 Level 2 Vessel"), ("APC title", "Level 2 Vessel, once 5192"), ("APC title", "5192 $5,702")],
)
def test_other_titles_hold_no_apcs(heading: str, text: str) -> None:
    assert not holds_apcs(heading, [text])


@pytest.mark.parametrize(
    ("text", "measure", "due"),
    [
        ("$5,702 APC 5192 (J1)", "opps_payment", Value("5702", also="J1", apc="5192")),
        ("$5,702 (APC 5192)", "opps_payment", Value("5702", apc="5192")),
        ("$3,640 Indicator J8", "asc_payment", Value("3640", also="J8")),
        ("$3,640 PI: J8", "asc_payment", Value("3640", also="J8")),
        ("J8 / $3,426", "asc_payment", Value("3426", also="J8")),
        ("N1 / Packaged", "asc_payment", Value(status="packaged", also="N1")),
        ("N/A, inpatient only", "opps_payment", Value(status="inpatient_only")),
        ("(N)", "apc", Value(also="N")),
        ("1565 New Technology - Level 28 ($5000-$5500)", "apc", Value("1565")),
    ],
)
def test_what_stands_beside_a_figure(text: str, measure: str, due: Value) -> None:
    assert value_of(text, measure) == due


@pytest.mark.parametrize(
    ("text", "measure"),
    [("5192 or 5193", "apc"), ("5192 $5,702", "apc"), ("(Z)", "apc"), ("$3,640 APC 5192", "asc_payment")],
)
def test_what_is_not_plainly_so_is_in_doubt(text: str, measure: str) -> None:
    assert value_of(text, measure).doubt


def test_a_sentence_over_columns_may_print_the_indicator(tmp_path: Path) -> None:
    heads = ("CPT", "APC", "SI", "Hospital payment")
    body = (("33206", "5223", "J1", "$10,465"), ("33340", "", "", ""), ("33207", "5223", "J1", "$10,465"))
    ruled = [(40, 88 + 16 * n, 400, 88 + 16 * n) for n in range(5)]
    upright = [
        (x, top, x, top + 16)
        for x in (40, 120, 200, 280, 400)
        for top in (88, 104, 120, 136)
        if top != 120 or x not in (200, 280)
    ]
    items = [TITLE, *rows((44, 124, 204, 284), 100, heads, *body), (210.0, 132.0, "Inpatient only (C)")]
    found = said(cells_of(tmp_path, page(items, rules=[*ruled, *upright])))
    assert [c for c in found if c[0] == "33340"] == [
        ("33340", "opps_status_indicator", "C"),
        ("33340", "opps_payment", "inpatient_only"),
    ]


def test_columns_headed_by_the_part_of_the_service_alone_are_of_the_titles_site(tmp_path: Path) -> None:
    heads = ("CPT", "Global", "Professional (26)", "Technical (TC)")
    table = rows((40, 140, 240, 360), 100, heads, ("88305", "$69.54", "$34.93", "$34.61"))
    title = (40.0, 80.0, "Physician fee schedule, non-facility, 2025")
    assert said(cells_of(tmp_path, page([title, *table, (40.0, 116 + 16.0, "88307"), (140.0, 132.0, "$278.18")]))) == [
        ("88305", "nonfacility_payment", "69.54"),
        ("88305-26", "nonfacility_payment", "34.93"),
        ("88305-TC", "nonfacility_payment", "34.61"),
        ("88307", "nonfacility_payment", "278.18"),
    ]


def test_words_under_work_are_no_units(tmp_path: Path) -> None:
    heads = ("CPT", "Work", "wRVU", "Facility payment")
    table = rows(
        (40, 140, 300, 400), 100, heads, ("37224", "Balloon", "8.75", "$419"), ("37226", "Mesh tube", "9.88", "$489")
    )
    assert said(cells_of(tmp_path, page([TITLE, *table]))) == [
        ("37224", "work_rvu", "8.75"),
        ("37224", "facility_payment", "419"),
        ("37226", "work_rvu", "9.88"),
        ("37226", "facility_payment", "489"),
    ]


def test_a_26_beside_others_that_can_end_no_range_is_the_modifier(tmp_path: Path) -> None:
    heads = ("CPT", "Facility payment")
    body = [("93312-26", "$101"), ("93458-26", "$278")]
    found = said(cells_of(tmp_path, page([TITLE, *rows((40, 140), 100, heads, *body)])))
    assert found == [("93312-26", "facility_payment", "101"), ("93458-26", "facility_payment", "278")]
    assert said(cells_of(tmp_path, page([TITLE, *rows((40, 140), 100, heads, body[0], ("93458", "$278"))]))) == [
        ("93458", "facility_payment", "278")
    ]
