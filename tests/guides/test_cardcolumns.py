"""Cards with headings over their values, and cards of several codes; labelled facsimiles with invented wording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feebook.guides.cards import STACKED
from feebook.guides.cardtitles import FURTHER
from feebook.guides.codecells import TOGETHER
from tests.guides.placed import Placed, cells_of, flags, page, rows, said

TITLE: Final[Placed] = (40.0, 60.0, "Medicare rates of 2025")
SITES: Final = (
    ("Physician, facility", "facility_payment"),
    ("Physician, office", "nonfacility_payment"),
    ("Hospital outpatient", "opps_payment"),
    ("Surgery center", "asc_payment"),
)
ONE = (("$86", "$88"), ("$927", "$930"), ("$3,980", "$4,100"), ("Not on ASC list", "$1,200"))
OTHER = (("$69", "$70"), ("$147", "$150"), ("Packaged", "Packaged"), ("NA", "NA"))
XS = (44, 174, 264)
YEARS = ("2024", "2025")


def lines(figures: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """A line for each site, its figures by year."""
    return [(label, *own) for (label, _), own in zip(SITES, figures, strict=True)]


def due(code: str, figures: Sequence[Sequence[str]]) -> list[tuple[str, str, str, str]]:
    """What those lines say: code, measure, year, value or status."""
    words = {"Not on ASC list": "not_on_asc_list", "Packaged": "packaged", "NA": "not_applicable"}
    return [
        (code, measure, year, words.get(text, text.replace("$", "").replace(",", "")))
        for (_, measure), own in zip(SITES, figures, strict=True)
        for year, text in zip(YEARS, own, strict=True)
    ]


def by_year(tmp_path: Path, data: bytes) -> list[tuple[str, str, str, str]]:
    return [(c.code, c.measure, c.year, c.value or c.status) for c in cells_of(tmp_path, data) if not c.flag]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.tuples(st.integers(10, 99999), st.integers(10, 99999)), min_size=4, max_size=4), max_size=4),
    st.integers(1, 2),
    st.sampled_from(["beneath the title", "beside it"]),
)
def test_where_a_card_stands_and_its_headings_do_changes_nothing(
    tmp_path: Path, figures: list[list[tuple[int, int]]], across: int, heads: str
) -> None:
    items: list[Placed] = [TITLE]
    wanted = []
    for n, own in enumerate([[(86, 88)] * 4, *figures]):
        x, top = 250 * (n % across), 90 + 90 * (n // across)
        own[:2] = zip(*(sorted(pair) for pair in zip(*own[:2], strict=True)), strict=True)  # an office pays no less
        texts = [tuple(f"${amount:,}" for amount in pair) for pair in own]
        beside = heads == "beside it"
        items += [(40.0 + x, top, f"CPT {37220 + n}"), *rows([x + 130, x + 195], top + 12 * (not beside), YEARS)]
        items += rows((x + 44, x + 130, x + 195), top + 24, *lines(texts), step=12)
        wanted += due(f"{37220 + n}", texts)
    assert sorted(by_year(tmp_path, page(items))) == sorted(wanted)


def test_headings_once_over_several_cards(tmp_path: Path) -> None:
    items = [
        *rows(XS, 90, ("Setting", *YEARS)),
        *[(44.0, 106.0, "CPT 37252 Invented wording"), *rows(XS, 122, *lines(ONE))],
        *[(44.0, 186.0, "CPT 37253 Invented wording"), *rows(XS, 202, *lines(OTHER))],
    ]
    ruled = [(40.0, 78.0 + 16 * n, 340.0, 78.0 + 16 * n) for n in range(12)]
    wanted = due("37252", ONE) + due("37253", OTHER)
    assert by_year(tmp_path, page([TITLE, *items])) == wanted
    assert by_year(tmp_path, page([TITLE, *items], rules=ruled)) == wanted


def test_a_title_and_rows_of_cells_that_rules_part(tmp_path: Path) -> None:
    items = [(44.0, 102.0, "CPT 37252 Invented wording"), *rows(XS, 118, ("Setting", *YEARS), *lines(ONE))]
    level = [(40.0, 90.0 + 16 * n, 340.0, 90.0 + 16 * n) for n in range(7)]
    upright = [(x, 90.0 if x in (40.0, 340.0) else 106.0, x, 186.0) for x in (40.0, 170.0, 260.0, 340.0)]
    assert by_year(tmp_path, page([TITLE, *items], rules=[*level, *upright])) == due("37252", ONE)


def test_sites_over_units_and_dollars(tmp_path: Path) -> None:
    found = rows(XS, 104, ("", "Facility", "Office"), ("Total RVU", "2.59", "27.85"), ("Payment", "$86", "$927"))
    assert said(cells_of(tmp_path, page([TITLE, (40, 90, "CPT 37252"), *found]))) == [
        ("37252", "facility_total_rvu", "2.59"),
        ("37252", "nonfacility_total_rvu", "27.85"),
        ("37252", "facility_payment", "86"),
        ("37252", "nonfacility_payment", "927"),
    ]


def test_a_year_over_the_only_column_is_its_year(tmp_path: Path) -> None:
    found = rows((44, 174), 104, ("", "2024"), ("Facility payment", "$86"), ("Office payment", "$927"))
    assert by_year(tmp_path, page([TITLE, (40, 90, "CPT 37252"), *found])) == [
        ("37252", "facility_payment", "2024", "86"),
        ("37252", "nonfacility_payment", "2024", "927"),
    ]


def test_a_label_on_two_lines_level_with_the_middle_of_which_its_values_stand(tmp_path: Path) -> None:
    items = [
        *rows((174, 264), 104, YEARS),
        *[(44.0, 116.0, "Physician payment in the"), (44.0, 126.0, "facility setting")],
        *[(44.0, 140.0, "Physician payment in the"), (44.0, 150.0, "office setting")],
        *rows((174, 264), 121, ONE[0], ONE[1], step=24),
    ]
    assert by_year(tmp_path, page([TITLE, (40, 90, "CPT 37252"), *items])) == due("37252", ONE)[:4]


def test_a_heading_that_contradicts_its_label_is_in_doubt(tmp_path: Path) -> None:
    found = rows(XS, 104, ("", "Office", "Facility"), ("ASC payment", "$86", "$88"), ("Work RVU", "1", "1"))
    cells = cells_of(tmp_path, page([TITLE, (40, 90, "CPT 37252"), *found]))
    assert [(c.value, bool(c.flag)) for c in cells if c.measure.endswith("_payment")] == [("86", True), ("88", False)]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("CPT 64561, 64581", ["64561", "64581"]),
        ("CPT codes 33206–33208", ["33206", "33207", "33208"]),
        ("HCPCS C1767 and C1778: invented wording", ["C1767", "C1778"]),
    ],
)
def test_a_list_of_codes_shares_the_values_of_its_card(tmp_path: Path, title: str, codes: list[str]) -> None:
    found = rows((44, 174), 104, ("Facility payment", "$86"), ("Office payment", "$927"), step=12)
    assert said(cells_of(tmp_path, page([TITLE, (40, 90, title), *found]))) == [
        (code, measure, value)
        for measure, value in (("facility_payment", "86"), ("nonfacility_payment", "927"))
        for code in codes
    ]


@pytest.mark.parametrize(
    ("titles", "doubt"),
    [
        (["CPT 37220 + 37222"], TOGETHER),
        (["CPT 37200-37299"], "a range of 100 codes is not expanded"),
        (["CPT 37252 (first), 37253 (further)"], FURTHER),
        (["CPT 37252", "Add-on to CPT 37220"], STACKED),
    ],
)
def test_codes_that_may_not_share_the_values_are_in_doubt(tmp_path: Path, titles: list[str], doubt: str) -> None:
    found = rows((44, 174), 116, ("Facility payment", "$86"), ("Office payment", "$927"), step=12)
    cells = cells_of(
        tmp_path, page([TITLE, *rows((40,), 116 - 12 * len(titles), *((t,) for t in titles), step=12), *found])
    )
    assert flags(cells) == {doubt}


def test_a_description_under_the_code_and_a_group_in_brackets_after_a_setting(tmp_path: Path) -> None:
    found = rows(
        XS,
        118,
        ("Setting", "Payment", "Total RVUs"),
        ("Physician, office", "$343", "10.61"),
        ("Hospital outpatient (APC 5373)", "$2,049", ""),
        ("Surgery center (ASC)", "$960", ""),
    )
    wording = (44.0, 104.0, "Invented wording of a service, with the part of it that is done by another one at the end")
    assert sorted(said(cells_of(tmp_path, page([TITLE, (40, 90, "CPT 52204"), wording, *found])))) == [
        ("52204", "apc", "5373"),
        ("52204", "asc_payment", "960"),
        ("52204", "nonfacility_payment", "343"),
        ("52204", "nonfacility_total_rvu", "10.61"),
        ("52204", "opps_payment", "2049"),
    ]
