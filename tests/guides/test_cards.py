"""Cards: a code as the title of labels with their values; labelled facsimiles with invented wording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feebook.guides.cardlines import STRAY
from feebook.guides.read import Refused
from tests.guides.placed import Placed, cells_of, flags, page, rows, said

TITLE: list[Placed] = [(40.0, 60.0, "Rates CY 2025")]
LABELS = ("Work RVU", "Facility payment", "Office payment", "ASC status")
ONE = ("1.80", "$86", "$927", "N1")
OTHER = ("1.44", "$69", "$147", "N1")


def card(x: float, top: float, title: str, values: Sequence[str], labels: Sequence[str] = LABELS) -> list[Placed]:
    """A title and under it a line for each label, its value 110 points further right."""
    return [(x, top, title), *rows((x + 4, x + 114), top + 14, *zip(labels, values, strict=True), step=12)]


def due(code: str, values: Sequence[str]) -> list[tuple[str, str, str]]:
    measures = ("work_rvu", "facility_payment", "nonfacility_payment", "asc_indicator")
    return [(code, m, v.replace("$", "").replace(",", "")) for m, v in zip(measures, values, strict=True)]


def test_cards_one_under_the_other(tmp_path: Path) -> None:
    items = [*card(40, 90, "CPT 37252", ONE), *card(40, 160, "CPT 37253", OTHER)]
    assert said(cells_of(tmp_path, page([*TITLE, *items]))) == due("37252", ONE) + due("37253", OTHER)


def test_cards_side_by_side_under_codes_alone(tmp_path: Path) -> None:
    items = [*card(40, 90, "37252", ONE), *card(300, 90, "37253", OTHER)]
    assert said(cells_of(tmp_path, page([*TITLE, *items]))) == due("37252", ONE) + due("37253", OTHER)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(100, 9999), st.integers(10000, 99999)), min_size=1, max_size=6),
    st.integers(1, 3),
    st.sampled_from(["{}", "CPT {}", "HCPCS code {}: made-up wording", "CPT® {} Made-up wording"]),
)
def test_where_a_card_stands_changes_nothing(
    tmp_path: Path, figures: list[tuple[int, int]], across: int, title: str
) -> None:
    items: list[Placed] = []
    wanted = []
    for n, (low, high) in enumerate(figures):
        code, values = f"{37220 + n}", (f"{low / 100:.2f}", f"${low:,}", f"${high:,}", "G2")
        items += card(40 + 190 * (n % across), 90 + 80 * (n // across), title.format(code), values)
        wanted += due(code, values)
    cells = cells_of(tmp_path, page([*TITLE, *items]))
    assert [(c.code, c.measure, c.value) for c in cells] == wanted


def test_a_small_ruled_table_under_the_code_in_its_first_box(tmp_path: Path) -> None:
    items = [(80.0, 100.0, "CPT 37252"), *rows((44, 154), 116, *zip(LABELS, ONE, strict=True), step=16)]
    level = [(40, y, 200, y) for y in (88, 104, 120, 136, 152, 168)]
    rules = [*level, (40, 88, 40, 168), (200, 88, 200, 168), (150, 104, 150, 168)]
    assert said(cells_of(tmp_path, page([*TITLE, *items], rules=rules))) == due("37252", ONE)


def test_labels_joined_to_their_values_by_dots_a_colon_or_a_space(tmp_path: Path) -> None:
    items = [
        (40.0, 90.0, "Made-up wording, CPT 37252"),
        (40.0, 104.0, "Work RVU ............... 1.80"),
        (40.0, 118.0, "Facility payment: $86"),
        (40.0, 132.0, "Office payment $927"),
        (40.0, 146.0, "ASC status ...... N1"),
    ]
    assert said(cells_of(tmp_path, page([*TITLE, *items]))) == due("37252", ONE)


def test_a_label_on_two_lines_with_its_value_between_them(tmp_path: Path) -> None:
    items = [
        (40.0, 90.0, "CPT 37252"),
        *[(40.0, 110.0, "Physician payment in"), (40.0, 120.0, "the facility setting"), (160.0, 115.0, "$86")],
        *[(40.0, 135.0, "Physician payment in"), (40.0, 145.0, "the office setting"), (160.0, 140.0, "$927")],
    ]
    assert said(cells_of(tmp_path, page([*TITLE, *items]))) == [
        ("37252", "facility_payment", "86"),
        ("37252", "nonfacility_payment", "927"),
    ]


def test_a_label_that_ends_on_the_line_of_its_value(tmp_path: Path) -> None:
    items = [
        *card(40, 90, "CPT 37252", ONE[:3], LABELS[:3]),
        *[(44.0, 140.0, "Status indicator"), (44.0, 151.0, "(OPPS)"), (154.0, 151.0, "N")],
    ]
    cells = cells_of(tmp_path, page([*TITLE, *items]))
    assert said(cells) == [*due("37252", ONE)[:3], ("37252", "opps_status_indicator", "N")]


def test_a_line_that_only_names_a_schedule_speaks_of_the_lines_under_it(tmp_path: Path) -> None:
    items = [
        *card(40, 90, "CPT 93458", ("G2", "$1,486"), ("Payment indicator", "Payment")),
        *[(40.0, 130.0, "Hospital outpatient"), (44.0, 142.0, "Payment"), (154.0, 142.0, "$3,108")],
    ]
    items.insert(1, (40.0, 97.0, "Ambulatory surgery center"))
    assert said(cells_of(tmp_path, page([*TITLE, *items]))) == [
        ("93458", "asc_indicator", "G2"),
        ("93458", "asc_payment", "1486"),
        ("93458", "opps_payment", "3108"),
    ]


def test_wording_that_names_a_site_leaves_the_payments_under_it_in_doubt(tmp_path: Path) -> None:
    items = card(40, 90, "CPT 93458", ("$291", "G2", "$1,486"), ("Facility payment", "ASC status", "Payment"))
    items.insert(1, (40.0, 97.0, "Invented hospital work"))
    assert ("93458", "opps_payment", "1486") not in said(cells_of(tmp_path, page([*TITLE, *items])))


def test_a_value_that_stands_elsewhere_than_the_others_is_in_doubt(tmp_path: Path) -> None:
    items = [
        *card(40, 90, "CPT 37252", ("1.80", "$86", "$927"), LABELS[:3]),
        (44.0, 140.0, "ASC status"),
        (200.0, 140.0, "N1"),
    ]
    cells = cells_of(tmp_path, page([*TITLE, *items]))
    assert [(c.measure, c.flag) for c in cells][2:] == [("nonfacility_payment", ""), ("asc_indicator", STRAY)]


def test_cards_with_two_columns_of_values_are_not_read(tmp_path: Path) -> None:
    items = [*card(40, 90, "CPT 37252", ONE), *rows((220,), 104, ("1.81",), ("$88",), ("$930",), ("N1",), step=12)]
    with pytest.raises(Refused):
        cells_of(tmp_path, page([*TITLE, *items]))


def test_a_code_in_the_middle_of_its_settings_is_no_title(tmp_path: Path) -> None:
    labels = ("Facility payment", "Office payment", "ASC payment", "OPPS payment")
    items = [
        item
        for n, code in enumerate(("93458", "93459", "93460"))
        for item in [
            (40.0, 118.0 + 56 * n, code),
            *rows((110, 220), 100 + 56 * n, *((t, f"${n}90") for t in labels), step=12),
        ]
    ]
    with pytest.raises(Refused):
        cells_of(tmp_path, page([*TITLE, *items]))


def test_cards_take_the_year_of_the_line_over_them(tmp_path: Path) -> None:
    items = [
        (40.0, 76.0, "Calendar year 2025"),
        *card(40, 90, "CPT 37252", ONE),
        (40.0, 164.0, "Calendar year 2024"),
        *card(40, 178, "CPT 37252", OTHER),
    ]
    cells = cells_of(tmp_path, page(items))
    assert [(c.year, c.value, c.flag) for c in cells if c.measure == "work_rvu"] == [
        ("2025", "1.80", ""),
        ("2024", "1.44", ""),
    ]


def test_cards_side_by_side_under_a_year_each_are_in_doubt(tmp_path: Path) -> None:
    heads = [(40.0, 76.0, "2024"), (300.0, 76.0, "2025")]
    items = [*card(40, 90, "CPT 37252", ONE), *card(300, 90, "CPT 37252", OTHER)]
    cells = cells_of(tmp_path, page([(40.0, 60.0, "Rates"), *heads, *items]))
    assert said(cells) == []
    assert all(flag.startswith("the line over these cards prints several years") for flag in flags(cells))


def test_a_second_label_with_its_value_beside_the_first(tmp_path: Path) -> None:
    lines = [
        ("Setting", "Payment", "Detail"),
        ("Physician, office", "$693", "RVU 21.41"),
        ("Physician, facility", "$294", ""),
        ("Hospital outpatient", "$6,563", "APC 5462"),
        ("Surgery center", "NA", "PI J8"),
    ]
    found = cells_of(tmp_path, page([*TITLE, (40, 90, "CPT 64561"), *rows((44, 154, 220), 104, *lines, step=12)]))
    assert said(found) == [
        ("64561", "nonfacility_payment", "693"),
        ("64561", "nonfacility_total_rvu", "21.41"),
        ("64561", "facility_payment", "294"),
        ("64561", "opps_payment", "6563"),
        ("64561", "apc", "5462"),
        ("64561", "asc_payment", "not_applicable"),
        ("64561", "asc_indicator", "J8"),
    ]


def test_a_table_of_one_code_beside_a_heading_of_the_labels(tmp_path: Path) -> None:
    lines = rows((40, 200), 106, ("Facility payment", "$86"), ("Office payment", "$927"), ("OPPS payment", "Packaged"))
    heads = rows((40, 200), 90, ("Measure", "37252"))
    assert said(cells_of(tmp_path, page([(40.0, 60.0, "Rates CY 2024"), *heads, *lines]))) == [
        ("37252", "facility_payment", "86"),
        ("37252", "nonfacility_payment", "927"),
        ("37252", "opps_payment", "packaged"),
    ]
