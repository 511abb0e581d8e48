"""Figures printed otherwise than the others of their column, or to more places than they can have."""

from __future__ import annotations

from pathlib import Path

import pytest

from feebook.guides import habits
from feebook.guides.printed import Value, value_of
from tests.guides.placed import Placed, cells_of, page, rows

CODES = ("36901", "36902", "36903", "36904", "36905", "36906")


def guide(*paid: str) -> list[Placed]:
    heads = ("CPT code", "APC", "Hospital payment")
    lines = [(code, "5192", text) for code, text in zip(CODES, paid, strict=True)]
    return [(40, 60, "Hospital outpatient payment, CY 2024"), *rows((40, 160, 300), 90, heads, *lines)]


def doubts(folder: Path, *paid: str) -> dict[str, str]:
    """The doubts over payments, by what is printed."""
    return {c.printed: c.flag for c in cells_of(folder, page(guide(*paid))) if c.measure == "opps_payment" and c.flag}


USUAL = ("$1,553.25", "$5,453.10", "$10,615.31", "$2,101.00", "$8,711.40")


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ("$6,812", habits.WITHOUT_CENTS),
        ("$6812.40", habits.WITHOUT_COMMA),
        ("$12,61", habits.COMMA_FOR_POINT),
        ("$812.40", ""),
        ("$0", ""),
    ],
)
def test_a_figure_that_is_printed_otherwise_is_in_doubt(tmp_path: Path, odd: str, why: str) -> None:
    assert doubts(tmp_path, *USUAL, odd) == ({odd: why} if why else {})


def test_a_column_without_a_habit_doubts_nothing(tmp_path: Path) -> None:
    assert doubts(tmp_path, "$1553.25", "$5,453.10", "$10615.31", "$2,101", "$8711", "$6,812.40") == {}


def test_a_column_that_drops_cents_where_there_are_none_doubts_nothing(tmp_path: Path) -> None:
    assert doubts(tmp_path, *USUAL[:4], "$8,711.4", "$6,812") == {}


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("$700.104", "asc_payment", Value("700.104", doubt="$700.104 has more than 2 places")),
        ("2.594", "work_rvu", Value("2.594", doubt="2.594 has more than 2 places")),
        ("2.590", "work_rvu", Value("2.590")),
        ("$12.345", "drug_payment", Value("12.345")),
        ("60.1234", "opps_weight", Value("60.1234")),
        ("51921", "apc", Value("51921", doubt="'51921' is no APC")),
        ("05192", "apc", Value("05192")),
    ],
)
def test_a_figure_with_more_places_than_it_can_have_is_in_doubt(text: str, measure: str, value: Value) -> None:
    assert value_of(text, measure) == value
