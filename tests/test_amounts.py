"""Exact arithmetic: one rounding, half up, at the end."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feebook.amounts import (
    DOLLAR,
    Gpci,
    clean,
    half_up,
    is_tie,
    limiting_charge,
    physician_payment,
    printed_amount,
    unrounded_payment,
    weighted_rate,
)


def test_national_payment_of_37252_in_2024() -> None:
    assert physician_payment(D("1.80"), D("25.70"), D("0.35"), D("33.2875")) == D("927.06")
    assert physician_payment(D("1.80"), D("0.44"), D("0.35"), D("32.7442")) == D("84.81")


def test_local_payment_rounds_once() -> None:
    # 99213 non-facility in Alaska, 2025 factor: each part has its own index, one rounding at the end
    alaska = Gpci(D("1.5"), D("1.081"), D("0.592"))
    parts = D("1.30"), D("1.33"), D("0.10")
    assert unrounded_payment(*parts, D("32.3465"), alaska) == D("111.496121245")
    assert physician_payment(*parts, D("32.3465"), alaska) == D("111.50")
    assert limiting_charge(D("111.496121245")) == D("121.81")


def test_whole_dollars_are_rounded_from_the_unrounded_amount() -> None:
    unrounded = D("1.497") * D("1")
    assert half_up(half_up(unrounded), DOLLAR) == D("2")
    assert half_up(unrounded, DOLLAR) == D("1")


def test_a_tie_is_rounded_up_and_seen() -> None:
    assert half_up(D("10.00") * D("32.3465")) == D("323.47")
    assert is_tie(D("10.00") * D("32.3465"))
    assert not is_tie(D("10.01") * D("32.3465"))


def test_weighted_rate() -> None:
    assert weighted_rate(D("1.3257"), D("87.382")) == D("115.84")


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("$5,701.52 ", "5701.52"),
        ("$ 86", "86"),
        ("927", "927"),
        (".35", "0.35"),
        ("(1.2)", "-1.2"),
        ("−61.65", "-61.65"),
        ("-$3", "-3"),
    ],
)
def test_printed_amount(printed: str, value: str) -> None:
    assert printed_amount(printed) == D(value)


@pytest.mark.parametrize("printed", ["", "$", "NA", "—", "1,23", "12,3456", "86 / 927", "1.2.3", "86a"])
def test_what_is_no_amount_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        printed_amount(printed)


@given(st.decimals(min_value=0, max_value=10**7, places=2))
def test_an_amount_is_read_back_as_printed(value: D) -> None:
    assert printed_amount(f"${value:,}") == value


def test_clean_takes_float_noise_away_and_nothing_else() -> None:
    assert clean("33.88719999999999", 4) == D("33.8872")
    assert clean("24.479999999999997", 2) == D("24.48")
    assert clean("2302784.672", 2, 6) == D("2302784.672")
    with pytest.raises(ValueError, match="more than 2 decimal places"):
        clean("24.485", 2)
    with pytest.raises(ValueError, match="is not a number"):
        clean("NA", 2)


@given(st.decimals(min_value=0, max_value=1000, places=2))
def test_clean_of_a_float_is_the_figure(value: D) -> None:
    assert clean(repr(float(value)), 2) == value
