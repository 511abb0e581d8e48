"""Conversion factors inferred from dollars: the interval that amounts leave, and the known factors within it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from feebook.amounts import CENT, DOLLAR, half_up
from feebook.findings import words
from feebook.findings.factors import Evidence, Inference, Span, infer
from feebook.findings.known import known_factors, named

FACTORS = [
    {"schedule": "physician", "track": "", "from": first, "through": last, "factor": factor, "standing": standing}
    for first, last, factor, standing in (
        ("2023-01-01", "2023-12-31", "33.8872", "paid"),
        ("2023-01-01", "2023-12-31", "33.0607", "superseded"),
        ("2024-01-01", "2024-03-08", "32.7442", "paid"),
        ("2024-01-01", "2024-12-31", "32.7476", "proposed"),
        ("2024-03-09", "2024-12-31", "33.2875", "paid"),
    )
]
KNOWN = known_factors(FACTORS)

units = st.integers(1, 30_000).map(lambda n: Decimal(n).scaleb(-2))
factor = st.integers(200_000, 479_999).map(lambda n: Decimal(n).scaleb(-4))
unit = st.sampled_from([CENT, DOLLAR])


def evidence(amount: str, of: str) -> Evidence:
    return Evidence(Decimal(amount), CENT if "." in amount else DOLLAR, Decimal(of))


def printed(of: str, factor: str, unit: Decimal = CENT) -> Evidence:
    return Evidence(half_up(Decimal(of) * Decimal(factor), unit), unit, Decimal(of))


def found(*given: Evidence) -> Inference:
    inference = infer(given)
    assert inference is not None
    return inference


def sentence(*given: Evidence) -> str:
    inference = found(*given)
    names = named(inference, KNOWN, "physician", (), "2024-01-01", "2024-12-31")
    return words.inferred("physician", inference, names)


def test_an_amount_leaves_the_factors_that_round_half_up_to_it() -> None:
    span = evidence("86", "2").span
    assert span == Span(Fraction(171, 4), Fraction(173, 4))
    assert span.holds(Decimal("42.75"))
    assert not span.holds(Decimal("43.25"))


def test_the_four_amounts_of_a_guide_leave_one_known_factor() -> None:
    assert sentence(
        evidence("86", "2.59"), evidence("69", "2.06"), evidence("927", "27.85"), evidence("170", "5.12")
    ) == (
        "Factor 33.2875, paid from 9 March 2024. 4 of 4 physician amounts fit the factors from 33.2676 to 33.3007, and "
        "no other known factor of that time; they cannot tell it from 33.29, its two decimals."
    )


def test_two_amounts_are_enough_where_they_are_exact() -> None:
    assert sentence(printed("120.10", "32.74"), printed("200.20", "32.74")).startswith(
        "Factor 32.74, that is 32.7442 in two decimals, paid until 8 March 2024. 2 of 2 physician amounts fit"
    )
    assert sentence(printed("120.10", "32.7442"), printed("200.20", "32.7442")).startswith(
        "Factor 32.7442, paid until 8 March 2024. 2 of 2 physician amounts fit"
    )


def test_what_amounts_cannot_tell_apart_is_said() -> None:
    assert sentence(printed("2.59", "32.74", DOLLAR), printed("4.10", "32.74", DOLLAR)) == (
        "Factor 32.7442, paid until 8 March 2024; the amounts cannot tell it from 32.7476 or 32.74. 2 of 2 physician "
        "amounts fit the factors from 32.6255 to 32.8048."
    )


def test_a_superseded_factor_and_one_of_the_year_before_are_known() -> None:
    assert "Factor 33.0607, superseded before 2023, never paid." in sentence(
        printed("120.10", "33.0607"), printed("99.99", "33.0607")
    )
    assert "Factor 33.8872, paid in 2023." in sentence(printed("120.10", "33.8872"), printed("99.99", "33.8872"))


def test_no_known_factor_is_said() -> None:
    assert sentence(printed("120.10", "31.5"), printed("99.99", "31.5")) == (
        "No factor that we know of fits: 2 of 2 physician amounts fit the factors from 31.50000 to 31.50004."
    )


def test_amounts_of_many_minds_name_no_factor() -> None:
    given = [printed("10.00", one) for one in ("31.1", "32.2", "33.3")]
    assert sentence(*given) == (
        "No one factor explains the physician amounts: at most 1 of 3 physician amounts fit the same one."
    )


def test_a_facility_rate_was_rounded_to_cents_before_the_guide_rounded_it_to_dollars() -> None:
    weight, factor = Decimal("2.4965"), Decimal("89.1230")
    assert weight * factor == Decimal("222.4955695")
    assert half_up(half_up(weight * factor), DOLLAR) == 223
    assert not Evidence(Decimal(223), DOLLAR, weight).fits(factor)
    assert Evidence(Decimal(223), DOLLAR, weight, CENT / 2).fits(factor)


@given(st.lists(st.tuples(units, unit), min_size=1, max_size=30), factor)
def test_the_true_factor_is_always_within(lines: list[tuple[Decimal, Decimal]], true: Decimal) -> None:
    given = [Evidence(half_up(of * true, step), step, of) for of, step in lines]
    inference = infer(given)
    priced = [one for one in given if one.amount]
    if not priced:
        assert inference is None
        return
    assert inference is not None
    assert len(inference.spans) == 1
    assert inference.spans[0].holds(true)
    assert (inference.fit, inference.cells) == (len(priced), len(priced))


@given(
    st.lists(st.tuples(units, unit), min_size=1, max_size=20),
    factor,
    st.integers(0, 100),
    st.integers(1, 2_000_000).map(lambda n: Decimal(n).scaleb(-2)),
)
def test_one_misprint_does_not_put_the_true_factor_out(
    lines: list[tuple[Decimal, Decimal]], true: Decimal, at: int, misprint: Decimal
) -> None:
    given = [Evidence(half_up(of * true, step), step, of) for of, step in lines]
    given[at % len(given)] = Evidence(misprint, CENT, given[at % len(given)].units)
    inference = infer(given)
    priced = sum(one.amount > 0 for one in given)
    assert inference is not None
    assert inference.fit >= priced - 1
    if priced > 1:
        assert inference.holds(true) or inference.fit == priced


@given(st.lists(st.tuples(units, unit), min_size=1, max_size=20), factor)
def test_what_is_said_of_the_ends_is_within(lines: list[tuple[Decimal, Decimal]], true: Decimal) -> None:
    inference = infer(Evidence(half_up(of * true, step), step, of) for of, step in lines)
    for span in inference.spans if inference else ():
        low, high = span.told()
        assert span.low <= Fraction(low)
        assert Fraction(high) <= span.high
