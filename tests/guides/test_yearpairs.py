"""Two years in one column: the heading names both, and a cell prints a value for each, in that order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feebook.guides.dates import Period
from feebook.guides.headings import Meaning, meanings
from feebook.guides.yearpairs import UNPAIRED, values_of_years, years_of
from tests.guides.placed import cells_of, page, rows

BOTH = (Period("2025"), Period("2024"))


@pytest.mark.parametrize(
    "leaf",
    [
        "Office payment 2025 (2024)",
        "Office payment CY 2025 (CY 2024)",
        "Office 2025 payment (2024 payment)",
        "Office payment 2025 / 2024",
        "Office payment 2025/2024",
        "Office payment 2025 vs 2024",
        "Office payment 2025 (2024 in brackets)",
    ],
)
def test_a_heading_of_two_years_means_the_measure_in_each(leaf: str) -> None:
    assert meanings((leaf,), ()) == tuple(Meaning("nonfacility_payment", when) for when in BOTH)


@pytest.mark.parametrize(
    "leaf", ["Office payment 2025 (change from 2024)", "Office payment 2024–2025", "Office payment 2025 (2024, 2023)"]
)
def test_a_heading_that_names_two_years_otherwise_makes_no_pair(leaf: str) -> None:
    assert len(meanings((leaf,), ())) == 1


def test_two_years_of_two_sites_are_in_doubt() -> None:
    doubts = [m.doubt for m in meanings(("Fac / Non-Fac 2025 (2024)",), ())]
    assert doubts == ["its heading names two years and two sites"] * 2


FORMS = ("{} ({})", "{} / {}", "{}/{}", "{} | {}", "{}; {}", "2025: {}; 2024: {}", "2025 {} / 2024 {}", "{} [{}]")


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(FORMS), st.sampled_from(["${:,}", "{}", "{}.25"]))
def test_two_values_are_those_of_the_two_years_in_their_order(one: int, other: int, form: str, figure: str) -> None:
    texts = [figure.format(one), figure.format(other)]
    assert values_of_years(form.format(*texts), BOTH) == (texts, "")


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("$86", UNPAIRED),
        ("$86 (2.4%)", UNPAIRED),
        ("N1", UNPAIRED),
        ("$86 (2)", "$86 and 2 may not be of one measure"),
        ("2024: $84; 2025: $86", "the cell does not print the years of its heading in their order"),
        ("N/A", ""),
        ("Packaged", ""),
    ],
)
def test_what_is_not_two_values_in_order_is_in_doubt_but_words_hold_for_both(text: str, doubt: str) -> None:
    assert values_of_years(text, BOTH)[1] == doubt


def test_a_table_with_two_years_in_each_cell(tmp_path: Path) -> None:
    heads = rows(
        (40, 140, 340), 100, ("CPT", "Physician facility", "Physician office"), ("", "2025 (2024)", "2025 (2024)")
    )
    body = rows(
        (40, 140, 340),
        140,
        ("93458", "$291 ($299)", "$1,027 ($1,011)"),
        ("93459", "$326 ($335)", "$1,127 ($1,101)"),
        ("93460", "$365", "N/A"),
    )
    cells = cells_of(tmp_path, page([(40.0, 60.0, "Medicare payment"), *heads, *body]))
    assert [(c.code, c.measure[:3], c.year, c.value or c.status, c.flag) for c in cells] == [
        ("93458", "fac", "2025", "291", ""),
        ("93458", "fac", "2024", "299", ""),
        ("93458", "non", "2025", "1027", ""),
        ("93458", "non", "2024", "1011", ""),
        ("93459", "fac", "2025", "326", ""),
        ("93459", "fac", "2024", "335", ""),
        ("93459", "non", "2025", "1127", ""),
        ("93459", "non", "2024", "1101", ""),
        ("93460", "fac", "2025", "365", UNPAIRED),
        ("93460", "fac", "2024", "365", UNPAIRED),
        ("93460", "non", "2025", "not_applicable", ""),
        ("93460", "non", "2024", "not_applicable", ""),
    ]


def test_a_lower_line_of_headings_in_boxes_may_leave_the_box_under_the_codes_empty(tmp_path: Path) -> None:
    heads = rows((40, 140, 340), 100, ("CPT", "Facility payment", "Office payment"))
    lower = rows((140, 240, 340, 440), 116, ("2024", "2025", "2024", "2025"))
    body = rows(
        (40, 140, 240, 340, 440), 132, ("93458", "$84", "$86", "$184", "$187"), ("93459", "$93", "$95", "$193", "$195")
    )
    level = [(36, y, 540, y) for y in (88, 104, 120, 136, 152)]
    upright = [(x, 88, x, 152) for x in (36, 136, 336, 540)] + [(x, 104, x, 152) for x in (236, 436)]
    cells = cells_of(
        tmp_path, page([(40.0, 60.0, "Medicare payment"), *heads, *lower, *body], rules=[*level, *upright])
    )
    assert [(c.code, c.measure, c.year, c.value, c.flag) for c in cells] == [
        ("93458", "facility_payment", "2024", "84", ""),
        ("93458", "facility_payment", "2025", "86", ""),
        ("93458", "nonfacility_payment", "2024", "184", ""),
        ("93458", "nonfacility_payment", "2025", "187", ""),
        ("93459", "facility_payment", "2024", "93", ""),
        ("93459", "facility_payment", "2025", "95", ""),
        ("93459", "nonfacility_payment", "2024", "193", ""),
        ("93459", "nonfacility_payment", "2025", "195", ""),
    ]


def test_two_years_and_their_values_one_under_the_other() -> None:
    both, path = years_of(("Office", "Physician 2025 2024"))
    assert ([when.year for when in both], path) == (["2025", "2024"], ("Office", "Physician 2025"))
    assert values_of_years("$33 $35", both) == (["$33", "$35"], "")
    assert values_of_years("$33", both)[1] == UNPAIRED
