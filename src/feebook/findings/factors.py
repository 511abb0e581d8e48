"""The conversion factors that explain dollars: each printed amount leaves an interval, and the most cells share one.

An amount p printed in a unit u is units x factor rounded half up when p - u/2 <= units x factor < p + u/2. So each cell
leaves the factors from (p - u/2) / units up to, but not at, (p + u/2) / units. Fractions: nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

ENOUGH: Final = Fraction(3, 5)
"""The share of amounts that must fit one factor before it is called the factor of a column."""


@dataclass(frozen=True, slots=True)
class Span:
    """The factors from `low` up to, but not at, `high`."""

    low: Fraction
    high: Fraction

    def holds(self, factor: Decimal) -> bool:
        """True when the factor lies within."""
        return self.low <= Fraction(factor) < self.high

    def told(self) -> tuple[Decimal, Decimal]:
        """The ends in four decimals, or as many as tell them apart, rounded inwards: what is said to be in is in."""
        for places in range(4, 12):
            low, high = _decimal(self.low, places, ROUND_CEILING), _decimal(self.high, places, ROUND_FLOOR)
            if low < high:
                break
        return low, high


@dataclass(frozen=True, slots=True)
class Evidence:
    """A printed amount, the unit it is printed in (1 or 0.01 dollars) and the units that it should come of.

    A facility rate is rounded to cents before a guide rounds it to dollars, so it may come of `slack` less.
    """

    amount: Decimal
    unit: Decimal
    units: Decimal
    slack: Decimal = Decimal(0)

    @property
    def span(self) -> Span:
        """The factors at which the units round half up to the amount."""
        amount, half, units = Fraction(self.amount), Fraction(self.unit) / 2, Fraction(self.units)
        return Span((amount - half - Fraction(self.slack)) / units, (amount + half) / units)

    def fits(self, factor: Decimal) -> bool:
        """True when units x factor rounds half up to the amount."""
        return self.span.holds(factor)


@dataclass(frozen=True, slots=True)
class Inference:
    """What amounts say of their factor: the spans that the most of them share, how many do, and of how many.

    There is one span, unless as many amounts fit a factor somewhere else.
    """

    spans: tuple[Span, ...]
    fit: int
    cells: int

    @property
    def settled(self) -> bool:
        """True when two amounts or more, and most of all, are explained by factors of one span."""
        return self.fit >= 2 and len(self.spans) == 1 and Fraction(self.fit, self.cells) >= ENOUGH

    def holds(self, factor: Decimal) -> bool:
        """True when the factor explains as many amounts as any other."""
        return any(span.holds(factor) for span in self.spans)


def infer(evidence: Iterable[Evidence]) -> Inference | None:
    """The spans of factors that explain the most amounts, so that a misprint cannot empty them; None without amounts.

    The true factor is in a span while at most one amount is wrong, and as good as always while most are right.
    """
    given = [one.span for one in evidence if one.units > 0 and one.amount > 0]
    if not given:
        return None
    # At one place spans end before others begin, since a span does not hold its high end.
    ends = sorted([(span.low, 1) for span in given] + [(span.high, -1) for span in given])
    depth, best = 0, 0
    spans: list[Span] = []
    for n, (at, step) in enumerate(ends[:-1]):
        depth += step
        upto = ends[n + 1][0]
        if at == upto or depth < best:
            continue
        if depth > best:
            best, spans = depth, []
        if spans and spans[-1].high == at:
            spans[-1] = Span(spans[-1].low, upto)
        else:
            spans.append(Span(at, upto))
    return Inference(tuple(spans), best, len(given))


def _decimal(value: Fraction, places: int, rounding: str) -> Decimal:
    scaled = value * 10**places
    return Decimal(ceil(scaled) if rounding == ROUND_CEILING else floor(scaled)).scaleb(-places)
