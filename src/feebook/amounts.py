"""Exact arithmetic on money and relative value units, and the rules of the schedules that use it.

Amounts are `Decimal`; binary floats never hold money or RVUs. Every rule rounds once, at the end, half up: measured
on 2,766 published amounts of 2020-2025 in all localities (DOMAIN rules, section 2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

CENT: Final = Decimal("0.01")
DOLLAR: Final = Decimal(1)
LIMITING: Final = Decimal("1.0925")
"""A non-participating physician may charge 115 % of 95 % of the amount: 1.0925."""

_PRINTED: Final = re.compile(r"\(?[-+]?\$?\s*[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?\)?")


_NO_FIGURE: Final = re.compile(r"[^0-9.]")


def half_up(value: Decimal, unit: Decimal = CENT) -> Decimal:
    """The value rounded half up (away from zero at a tie) to a unit such as 0.01 or 1."""
    return value.quantize(unit, ROUND_HALF_UP)  # by place: a name takes twice the time


def is_tie(value: Decimal, unit: Decimal = CENT) -> bool:
    """True where half up and half even differ, which no source decides: the value lies exactly between two units."""
    return (value / unit) % 1 in (Decimal("0.5"), Decimal("-0.5"))


@dataclass(frozen=True, slots=True)
class Gpci:
    """The geographic practice cost indices of a locality; the national ones are all 1."""

    work: Decimal = Decimal(1)
    pe: Decimal = Decimal(1)
    mp: Decimal = Decimal(1)


NATIONAL: Final = Gpci()


def unrounded_payment(work: Decimal, pe: Decimal, mp: Decimal, factor: Decimal, gpci: Gpci = NATIONAL) -> Decimal:
    """Dollars before the one rounding: (work x gW + PE x gPE + MP x gMP) x conversion factor."""
    return (work * gpci.work + pe * gpci.pe + mp * gpci.mp) * factor


def physician_payment(work: Decimal, pe: Decimal, mp: Decimal, factor: Decimal, gpci: Gpci = NATIONAL) -> Decimal:
    """The physician payment in dollars and cents."""
    return half_up(unrounded_payment(work, pe, mp, factor, gpci))


def limiting_charge(unrounded: Decimal) -> Decimal:
    """The most a non-participating physician may charge, from the unrounded payment (2,766 of 2,766 amounts)."""
    return half_up(unrounded * LIMITING)


def weighted_rate(weight: Decimal, factor: Decimal) -> Decimal:
    """A facility rate (OPPS or ASC): weight x conversion factor, in dollars and cents."""
    return half_up(weight * factor)


def printed_amount(text: str) -> Decimal:
    """The number a cell prints: `$5,701.52 ` → 5701.52, `(1.2)` and `−1.2` → -1.2.

    Raises ValueError for anything that is not one number, among them misplaced thousands commas.
    """
    plain = text.strip().replace("−", "-").replace("–", "-")
    match = _PRINTED.fullmatch(plain)
    if not match or not (match[1] or match[3]):
        raise ValueError(f"{text!r} is not an amount")
    negative = plain.startswith("(") or "-" in plain
    digits = _NO_FIGURE.sub("", plain)
    return -Decimal(digits) if negative else Decimal(digits)


@lru_cache(maxsize=1 << 16)
def clean(text: str, places: int, most: int | None = None) -> Decimal:
    """A figure of a data file at its own precision, float noise of a re-export removed: `33.88719999999999` → 33.8872.

    The figure has `places` decimals, or up to `most` where it needs them. Raises ValueError when the text is no number
    or holds real digits past that: nothing is rounded in silence.
    """
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None
    if not value.is_finite():
        raise ValueError(f"{text!r} is not a number")
    # A binary float holds 15 digits; what lies beyond the twelfth is its noise.
    noise = Decimal("1e-12") * max(Decimal(1), abs(value))
    for decimals in range(places, (most or places) + 1):
        rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        if abs(rounded - value) <= noise:
            return rounded
    raise ValueError(f"{text!r} has more than {most or places} decimal places")
