"""One row of a comparison, and the words that say what broke or moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import numpy as np

from feebook import absence
from feebook.compare import capped, kinds
from feebook.compare.capped import Caps
from feebook.compare.exact import PERCENT_PLACES, Mask, factor, money, unit
from feebook.compare.families import Links
from feebook.compare.held import SCHEDULES
from feebook.compare.joined import Block


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one amount between two days; amounts in US dollars, national and unadjusted.

    `before` and `after` are None where there is no amount, then `before_status` and `after_status` say why; `weight` is
    the total RVU of the setting or the weight of the APC. `percent` has four places and is None where the basis broke,
    then `reason` says how. `parts` add up to `change`, always; they are empty where there is nothing to split.
    """

    schedule: str
    code: str
    modifier: str
    track: str
    measure: str
    kind: str
    before: Decimal | None
    after: Decimal | None
    before_status: str
    after_status: str
    before_indicator: str
    after_indicator: str
    before_apc: str
    after_apc: str
    before_weight: Decimal | None
    after_weight: Decimal | None
    before_factor: Decimal | None
    after_factor: Decimal | None
    before_release: str
    after_release: str
    change: Decimal | None
    percent: Decimal | None
    reason: str = ""
    note: str = ""
    linked: tuple[str, ...] = ()
    parts: Mapping[str, Decimal] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that any schedule has on each of the two days.

    They tell a new code from a new row of an old one. `caps` are what is said of the OPPS cap on each of the days.
    """

    before: frozenset[str]
    after: frozenset[str]
    caps: tuple[Caps, Caps]


def changes(block: Block, known: Known, links: Links) -> Iterator[Change]:
    """The rows of a block, one by one; put together column by column, as most rows need no words."""
    rows = len(block.code)
    one, two = _day(block.before), _day(block.after)
    both = block.before.paid & block.after.paid
    words = _Words(block, one, two, known, links)
    return map(
        Change,
        [block.schedule] * rows,
        block.code.tolist(),
        block.modifier.tolist(),
        block.track.tolist(),
        [block.measure] * rows,
        block.kind.tolist(),
        one.amounts,
        two.amounts,
        one.statuses,
        two.statuses,
        one.indicators,
        two.indicators,
        block.before.apc.tolist(),
        block.after.apc.tolist(),
        one.weights,
        two.weights,
        one.factors,
        two.factors,
        block.before.release.tolist(),
        block.after.release.tolist(),
        [money(change) if paid else None for change, paid in zip(block.change.tolist(), both.tolist(), strict=True)],
        [
            Decimal(percent).scaleb(-PERCENT_PLACES) if holds else None
            for percent, holds in zip(block.percent.tolist(), block.holds.tolist(), strict=True)
        ],
        words.reasons(),
        words.notes(),
        words.linked(),
        _parts(block, both),
    )


def _parts(block: Block, both: Mask) -> list[dict[str, Decimal]]:
    """The parts of each change, none where there is nothing to split."""
    found: list[dict[str, Decimal]] = [{} for _ in range(len(block.code))]
    rows = np.flatnonzero(both & block.before.explained & block.after.explained)
    columns = ([money(part) for part in column[rows].tolist()] for column in block.parts.values())
    for at, parts in zip(rows.tolist(), zip(*columns, strict=True), strict=True):
        found[at] = dict(zip(block.parts, parts, strict=True))
    return found


@dataclass(frozen=True, slots=True)
class _Day:
    """The columns of one day as they stand in changes."""

    amounts: list[Decimal | None]
    statuses: list[str]
    indicators: list[str]
    weights: list[Decimal | None]
    factors: list[Decimal | None]


def _day(day: kinds.Day) -> _Day:
    return _Day(
        [money(units) if paid else None for units, paid in zip(day.amount.tolist(), day.paid.tolist(), strict=True)],
        day.status.tolist(),
        day.indicator.tolist(),
        [unit(units) for units in np.where(day.there, day.units, 0).tolist()],
        [factor(units) for units in np.where(day.there, day.factor, 0).tolist()],
    )


_INDICATOR: Final = {"physician": "status", "outpatient": "status indicator", "asc": "payment indicator"}


NO_UNITS: Final = "no weight on the {} day, so not at one factor"
"""Why an amount cannot be put at the factor of the other day."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said of the rows of a block that need words: a column each for reasons, notes and linked codes."""

    block: Block
    one: _Day
    two: _Day
    known: Known
    links: Links

    def reasons(self) -> list[str]:
        """Why there is no percentage."""
        found = [""] * len(self.block.code)
        unweighted = self._unweighted()
        for at in np.flatnonzero(~self.block.holds & (self.block.kind != kinds.SAME)).tolist():
            found[at] = unweighted.get(at) or self._reason(at, self.block.kind[at])
        return found

    def _unweighted(self) -> dict[int, str]:
        """Row → which day has no units of it; the first of two. A replaced code is said to be that."""
        kept = self.block.kind != kinds.REPLACED
        days = ((self.block.after, "second"), (self.block.before, "first"))
        return {
            at: NO_UNITS.format(named) for day, named in days for at in np.flatnonzero(kept & day.unweighted).tolist()
        }

    def _reason(self, at: int, kind: str) -> str:
        before, after = self.one.statuses[at], self.two.statuses[at]
        if kind == kinds.REPLACED:
            return "replaced by other codes; no percentage carries over"
        if kind == kinds.NOT_HELD:
            return f"no source held for the {'first' if before == absence.NO_SOURCE else 'second'} day"
        if kind == kinds.BORN:
            return _entered(before, self.block.code[at] in self.known.before)
        if kind == kinds.GONE:
            return _left(after, self.block.code[at] in self.known.after)
        if before and after:
            return "no amount on either day"
        if before or after:
            return f"no amount {'before' if before else 'after'}: {absence.WORDS[before or after][0]}"
        if not self.one.amounts[at]:
            return "the amount before was zero"
        moved = f"{self.one.indicators[at]} → {self.two.indicators[at]}"
        return f"{_INDICATOR[self.block.schedule]} {moved} pays by another rule"

    def notes(self) -> list[str]:
        """The indicator and the APC where they changed, the OPPS cap where it is lower: `APC 5192 → 5193`."""
        found = [""] * len(self.block.code)
        before, after = self.block.before, self.block.after
        other_apc = kinds.apc_moved(self.block.schedule, before, after)
        moved = before.there & after.there & ((before.indicator != after.indicator) | other_apc)
        for at in np.flatnonzero(moved.astype(bool)).tolist():
            pairs = {
                _INDICATOR[self.block.schedule]: (before.indicator[at], after.indicator[at]),
                "APC": (before.apc[at], after.apc[at]) if other_apc[at] else ("", ""),
            }
            said = (f"{name} {one or 'none'} → {two or 'none'}" for name, (one, two) in pairs.items() if one != two)
            found[at] = "; ".join(said)
        for at, both in capped.marks(self.block, self.known.caps).items():
            found[at] = "; ".join(filter(None, (found[at], capped.note(both))))
        return found

    def linked(self) -> list[tuple[str, ...]]:
        """The codes that took the place of one that ended, or whose place a new one took, as far as they existed."""
        found: list[tuple[str, ...]] = [()] * len(self.block.code)
        code, kind, known, links = self.block.code, self.block.kind, self.known, self.links
        for at in np.flatnonzero(kind == kinds.REPLACED).tolist():
            found[at] = tuple(other for other in links.after.get(code[at], ()) if other in known.after)
        for at in np.flatnonzero(kind == kinds.BORN).tolist():
            if self.one.statuses[at] == absence.NO_CODE:
                found[at] = tuple(other for other in links.before.get(code[at], ()) if other in known.before)
        return found


def _entered(before: str, known: bool) -> str:
    if before == absence.NO_CODE:
        return "new code"
    return "new in this schedule; " + ("the code is older" if known else "whether the code is older is not known")


def _left(after: str, known: bool) -> str:
    if after == absence.NO_CODE:
        return "the code is gone"
    return "gone from this schedule; " + ("the code goes on" if known else "whether the code goes on is not known")


SETTINGS: Final = {
    "facility_payment": "facility",
    "nonfacility_payment": "non-facility",
    "opps_payment": "outpatient",
    "asc_payment": "surgery center",
}
"""Measure → the setting in words: the first two are the physician's, the others the facility's."""

SCHEDULE_OF: Final = {measure.name: schedule.name for schedule in SCHEDULES.values() for measure in schedule.measures}
"""Measure → its schedule."""

MEASURES: Final = tuple(SCHEDULE_OF)
