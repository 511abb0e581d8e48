"""The conversion factors we know of, in full and in two decimals, and which of them lie in what amounts leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from feebook.amounts import CENT, half_up
from feebook.findings.factors import Inference
from feebook.package import Row

SCHEDULES: Final = ("physician", "outpatient", "asc")
"""The schedules that pay units x factor."""

STANDINGS: Final = ("paid", "final", "proposed", "superseded")
"""What became of a factor, the likeliest to be printed first."""


@dataclass(frozen=True, slots=True)
class Known:
    """A factor as it may have been used: in full, or rounded to the two decimals that many documents print."""

    schedule: str
    track: str
    factor: Decimal
    full: Decimal
    standing: str
    first: str
    last: str

    @property
    def rounded(self) -> bool:
        """True for a factor cut to two decimals."""
        return self.factor != self.full


def known_factors(rows: Iterable[Row]) -> tuple[Known, ...]:
    """Every factor of the three schedules as used in full and in two decimals; a factor without a value is left out."""
    found = []
    for row in rows:
        if row["schedule"] in SCHEDULES and row["factor"]:
            full = Decimal(row["factor"])
            for factor in dict.fromkeys((full, half_up(full, CENT))):
                about = row["standing"], row["from"], row["through"]
                found.append(Known(row["schedule"], row["track"], factor, full, *about))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Named:
    """The known factors in what amounts leave, the likeliest first; `alike` are those the amounts cannot tell from it.

    Factors of the year come before all others: another year's is looked at only where none of the year's fits.
    """

    best: Known | None
    alike: tuple[Known, ...]

    @property
    def unique(self) -> bool:
        """True when one known factor fits; its own two decimals are the same factor, less exactly used."""
        return self.best is not None and all(one.full == self.best.full for one in self.alike)


def named(
    found: Inference, known: Sequence[Known], schedule: str, tracks: Sequence[str], first: str, last: str
) -> Named:
    """The known factors that explain the amounts printed for the days from `first` to `last`."""
    inside = [
        one for one in known if one.schedule == schedule and one.track in ("", *tracks) and found.holds(one.factor)
    ]
    of_year = [one for one in inside if one.first[:4] <= last[:4] and one.last[:4] >= first[:4]]
    ordered = sorted(of_year or inside, key=lambda one: _likely(one, first, last))
    if not ordered:
        return Named(None, ())
    best = ordered[0]
    whole = {one.full for one in ordered if not one.rounded}
    # Of a factor that fits in full its two decimals say nothing more, unless it is the likeliest.
    alike = {one.factor: one for one in reversed(ordered) if not one.rounded or one.full not in whole - {best.full}}
    return Named(best, tuple(one for one in ordered if alike.get(one.factor) is one and one.factor != best.factor))


def _likely(one: Known, first: str, last: str) -> tuple[bool, bool, int, int, str, Decimal]:
    """In full before rounded; in force on the days before the rest of the year; paid first; the nearest year first."""
    in_force = one.first <= last and one.last >= first
    apart = abs(int(one.first[:4]) - int(first[:4]))
    return one.rounded, not in_force, apart, STANDINGS.index(one.standing), one.first, one.factor
