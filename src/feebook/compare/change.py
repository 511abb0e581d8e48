"""One row of a comparison, and the words that say what broke or moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from feebook import absence
from feebook.compare import kinds
from feebook.compare.exact import PERCENT_PLACES, Texts, factor, money, unit
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
    """The codes that any schedule has on each of the two days, to tell a new code from a new row of an old one."""

    before: frozenset[str]
    after: frozenset[str]


class _Seen(NamedTuple):
    """One row of one day."""

    there: bool
    amount: Decimal | None
    status: str
    indicator: str
    apc: str
    weight: Decimal | None
    factor: Decimal | None
    release: str
    explained: bool


def changes(block: Block, known: Known, links: Links) -> Iterator[Change]:
    """The rows of a block, one by one."""
    split = zip(*(part.tolist() for part in block.parts.values()), strict=True)
    rows = zip(
        zip(block.code.tolist(), block.modifier.tolist(), block.track.tolist(), strict=True),
        block.kind.tolist(),
        _seen(block.schedule, block.before, block.code, known.before),
        _seen(block.schedule, block.after, block.code, known.after),
        block.change.tolist(),
        zip(block.holds.tolist(), block.percent.tolist(), strict=True),
        split,
        strict=True,
    )
    for key, kind, one, two, change, (holds, percent), parts in rows:
        if kind == kinds.REPLACED:  # its family says that it ended, also where the copy we hold leaves it out
            two = two._replace(status=absence.NO_CODE)
        both = one.amount is not None and two.amount is not None
        explained = one.explained and two.explained
        yield Change(
            schedule=block.schedule,
            code=key[0],
            modifier=key[1],
            track=key[2],
            measure=block.measure,
            kind=kind,
            before=one.amount,
            after=two.amount,
            before_status=one.status,
            after_status=two.status,
            before_indicator=one.indicator,
            after_indicator=two.indicator,
            before_apc=one.apc,
            after_apc=two.apc,
            before_weight=one.weight,
            after_weight=two.weight,
            before_factor=one.factor,
            after_factor=two.factor,
            before_release=one.release,
            after_release=two.release,
            change=money(change) if both else None,
            percent=Decimal(percent).scaleb(-PERCENT_PLACES) if holds else None,
            reason="" if holds or kind == kinds.SAME else _reason(block.schedule, kind, one, two),
            note=_note(block.schedule, one, two),
            linked=_linked(key[0], kind, one, known, links),
            parts=dict(zip(block.parts, map(money, parts), strict=True)) if both and explained else {},
        )


def _seen(schedule: str, day: kinds.Day, code: Texts, known: frozenset[str]) -> Iterator[_Seen]:
    columns = (getattr(day, name).tolist() for name in kinds.Day.__slots__)
    for one, row in zip(code.tolist(), zip(*columns, strict=True), strict=True):
        there, unknown, paid, amount, status, indicator, apc, units, of_day, release, explained = row
        if there:
            yield _Seen(
                there,
                money(amount) if paid else None,
                status,
                indicator,
                apc,
                unit(units),
                factor(of_day),
                release,
                explained,
            )
        else:
            status = absence.NO_SOURCE if unknown else _why_not(schedule, one in known)
            yield _Seen(there, None, status, "", "", None, None, "", False)


def _why_not(schedule: str, known: bool) -> str:
    """Why a code has no row on a day: no such code, or one that this schedule does not list."""
    if not known:
        return absence.NO_CODE
    return absence.NOT_ON_ASC_LIST if schedule == "asc" else absence.NOT_PUBLISHED


_INDICATOR: Final = {"physician": "status", "outpatient": "status indicator", "asc": "payment indicator"}


def _reason(schedule: str, kind: str, one: _Seen, two: _Seen) -> str:
    """Why there is no percentage, in words."""
    if kind == kinds.REPLACED:
        return "replaced by other codes; no percentage carries over"
    if kind == kinds.NOT_HELD:
        return f"no source held for the {'first' if one.status == absence.NO_SOURCE else 'second'} day"
    if kind == kinds.BORN:
        return "new code" if one.status == absence.NO_CODE else "new in this schedule; the code is older"
    if kind == kinds.GONE:
        return "the code is gone" if two.status == absence.NO_CODE else "gone from this schedule; the code goes on"
    if one.amount is None and two.amount is None:
        return "no amount on either day"
    if one.amount is None:
        return f"no amount before: {_word(one.status)}"
    if two.amount is None:
        return f"no amount after: {_word(two.status)}"
    if not one.amount:
        return "the amount before was zero"
    return f"{_INDICATOR[schedule]} {one.indicator} → {two.indicator} pays by another rule"


def _linked(code: str, kind: str, one: _Seen, known: Known, links: Links) -> tuple[str, ...]:
    """The codes that took the place of one that ended, or that a new one took the place of, as far as they existed."""
    if kind == kinds.REPLACED:
        return tuple(other for other in links.after.get(code, ()) if other in known.after)
    if kind == kinds.BORN and one.status == absence.NO_CODE:
        return tuple(other for other in links.before.get(code, ()) if other in known.before)
    return ()


def _word(status: str) -> str:
    return absence.WORDS[status][0] if status in absence.WORDS else "no reason given"


def _note(schedule: str, one: _Seen, two: _Seen) -> str:
    """The indicator and the APC where they changed: `payment indicator G2 → J8; APC 5192 → 5193`."""
    if not (one.there and two.there):
        return ""
    said = []
    if one.indicator != two.indicator:
        said.append(f"{_INDICATOR[schedule]} {one.indicator or 'none'} → {two.indicator or 'none'}")
    if one.apc != two.apc:
        said.append(f"APC {one.apc or 'none'} → {two.apc or 'none'}")
    return "; ".join(said)


SETTINGS: Final = {
    "facility_payment": "facility",
    "nonfacility_payment": "non-facility",
    "opps_payment": "outpatient",
    "asc_payment": "surgery center",
}
"""Measure → the setting in words: the first two are the physician's, the others the facility's."""

MEASURES: Final = tuple(measure.name for schedule in SCHEDULES.values() for measure in schedule.measures)
