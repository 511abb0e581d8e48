"""Figures and dates as a page prints them: whole dollars with the cents kept beside, true minus signs, US dates."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from feebook.amounts import CENT, DOLLAR, half_up

MINUS = "\u2212"
_TENTH, _HALF = Decimal("0.1"), Decimal("0.5")
_DAY = re.compile(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*\b(?: (\d{4}))?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=100_000)
def exact(units: str, factor: str, paid: str) -> Decimal:
    """Dollars before rounding: units x factor where that is how the amount came about, else the amount itself.

    Whole dollars are rounded from this and never from the cents (83 of 18,266 amounts would differ).
    """
    if units and factor:
        product = Decimal(units) * Decimal(factor)
        if half_up(product) == Decimal(paid):
            return product
    return Decimal(paid)


def _small(amount: Decimal) -> str:
    """A size in cents; under ten cents with up to four decimals, as the rates of drugs have them: `0.003`."""
    if amount >= _TENTH:
        return f"{half_up(amount, CENT):,}"
    places = max(2, min(4, -int(amount.normalize().as_tuple().exponent)))
    return f"{amount:.{places}f}"


@lru_cache(maxsize=100_000)
def whole(amount: Decimal) -> str:
    """`$1,056`; under ten dollars with cents, `$6.50`: whole dollars would say too little of the unit of a drug. What a
    file prints as 0.00 is a rate under half a cent.
    """
    if not amount:
        return "under $0.01"
    return f"${_small(amount) if amount < 10 else format(half_up(amount, DOLLAR), ',')}"


def dollars(plain: str) -> str:
    """A plain amount with its sign and commas: `1056` → `$1,056`."""
    return f"${Decimal(plain):,}"


@lru_cache(maxsize=100_000)
def cents(amount: Decimal) -> str:
    """`$1,055.59`, with the third decimal that drug rates have where there is one."""
    if amount == half_up(amount, CENT):
        return f"${amount:,.2f}"
    return f"${amount:,.{min(-int(amount.normalize().as_tuple().exponent), 4)}f}"


@lru_cache(maxsize=100_000)
def change(amount: Decimal) -> str:
    """A change in dollars with its sign: whole dollars, or cents where whole dollars would say nothing."""
    if not amount:
        return "0"
    size = abs(amount)
    return f"{'+' if amount > 0 else MINUS}{_small(size) if size < _HALF else format(half_up(size, DOLLAR), ',')}"


@lru_cache(maxsize=100_000)
def signed(amount: Decimal) -> str:
    """Dollars and cents with their sign: `−61.65`."""
    return f"{'+' if amount > 0 else MINUS if amount < 0 else ''}{_small(abs(amount))}"


@lru_cache(maxsize=100_000)
def percent(part: Decimal, of: Decimal) -> str:
    """A share in percent with one decimal and its sign: `−3.7 %`; none of or to a zero, which is a rounded-off rate."""
    if not of or part == -of:
        return ""
    value = half_up(part * 100 / of, _TENTH)
    return f"{'+' if value > 0 else MINUS if value < 0 else ''}{abs(value)}\u202f%"


@lru_cache(maxsize=100_000)
def share(part: Decimal, of: Decimal) -> str:
    """A part of a whole in percent with one decimal: `49.6 %`."""
    return f"{half_up(part * 100 / of, _TENTH)}\u202f%"


@lru_cache(maxsize=4096)
def years(found: tuple[int, ...]) -> str:
    """Years as runs: `2019–2024, 2026`."""
    runs: list[list[int]] = []
    for year in found:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}\u2013{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


@lru_cache(maxsize=4096)
def day(iso: str, year: bool = True) -> str:
    """`Mar 9, 2024`, or `Mar 9` without its year."""
    on = date.fromisoformat(iso)
    return f"{_MONTHS[on.month - 1]} {on.day}" + (f", {on.year}" if year else "")


def days_of_page(text: str) -> str:
    """A sentence with its days as pages print them: `until 8 March 2024` → `until Mar 8, 2024`."""
    return _DAY.sub(lambda found: f"{found[2][:3]} {found[1]}" + (f", {found[3]}" if found[3] else ""), text)


@lru_cache(maxsize=4096)
def part_of_year(first: str, last: str) -> str:
    """The part of a year that a segment covers: empty for the whole year, `Jan 1–Mar 8`, `from Mar 9`."""
    if first[5:] == "01-01" and last[5:] == "12-31":
        return ""
    if last[5:] == "12-31":
        return f"from {day(first, year=False)}"
    return f"{day(first, year=False)}\u2013{day(last, year=False)}"


@lru_cache(maxsize=4096)
def short_factor(factor: str) -> str:
    """A conversion factor as it is printed: `$33.2875`."""
    return f"${factor}" if factor else ""
