"""The four settings of a code as blocks of lines: what stands in its rows, folded, each line with its change.

What a row says in a setting is a plain tuple until it is known how long it holds and what was before: most stretches
of dates end in the line of another, and a line is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import NamedTuple

from feebook import absence
from feebook.amounts import half_up
from feebook.compare.kinds import same_class
from feebook.existence import Life
from feebook.package import Row
from feebook.publish import figures
from feebook.publish.book import Book
from feebook.publish.lines import SETTINGS, Block, Line, Setting, SourceKey, years_of
from feebook.publish.records import Record
from feebook.schedules import caps
from feebook.silence import step

Factors = Callable[[str, str], str]


class Said(NamedTuple):
    """What a setting says on some days, as `Line` names it. Two that differ only in the source say the same."""

    track: str
    printed: Decimal | None
    status: str
    indicator: str
    apc: str
    units: str
    factor: str
    provisional: bool
    uncapped: Decimal | None
    cap_open: bool
    paid: Decimal | None
    source: SourceKey | None


Held = tuple[str, str, Said]
"""First day, last day and what is said on them."""


class Moved(NamedTuple):
    """The change of a line from the one before it, as `Line` names it."""

    since: Decimal | None = None
    before: Decimal | None = None
    broke: str = ""
    new_indicator: bool = False
    new_apc: bool = False


_STILL = Moved()
_SOURCE = Said._fields.index("source")


def blocks(book: Book, record: Record, factors: Factors, life: Life) -> tuple[Block, ...]:
    """The four blocks of a code. `factors(schedule, day)` is the factor paid on a day, where rows do not carry it;
    `life` tells why there are no rows."""
    span = f"{book.years[0]}-01-01", f"{book.years[-1]}-12-31"
    silent = {
        name: [(first, last, _absent(status)) for first, last, status in life.silences(name, *span)]
        for name in dict.fromkeys(setting.schedule for setting in SETTINGS)
    }
    return tuple(
        Block(
            setting,
            tuple(_lines(setting, _held(book, setting, record, silent[setting.schedule], factors))),
            bool(record.rows.get(setting.schedule)),
            record.code.last,
        )
        for setting in SETTINGS
    )


def _lines(setting: Setting, every: Iterable[Held]) -> Iterator[Line]:
    """Lines with their changes, years of the same absence folded into one."""
    previous: dict[str, Held] = {}
    waiting: tuple[str, str, Said, Moved] | None = None
    for held in every:
        first, last, said = held
        moved = _moved(setting, held, previous.get(said.track) or previous.get(""))
        if said.status != absence.NO_SOURCE:
            previous[said.track] = held
        if waiting:
            if _same_absence(waiting[2], said) and not moved.new_indicator:
                first = waiting[0]
            else:
                yield _line(*waiting)
        waiting = first, last, said, moved
    if waiting:
        yield _line(*waiting)


def _line(first: str, last: str, said: Said, moved: Moved) -> Line:
    track, printed, status, indicator, apc, units, factor, provisional, uncapped, cap_open, paid, source = said
    return Line(
        *(first, last, track, paid, printed, status, indicator, apc, units, factor, source, provisional),
        *moved,
        uncapped,
        cap_open,
    )


def _held(book: Book, setting: Setting, record: Record, silent: Sequence[Held], factors: Factors) -> Sequence[Held]:
    """What is said on the days of all years, by the rows of the whole code and where there are none."""
    found: list[Held] = []
    for year, every in sorted(record.rows.get(setting.schedule, {}).items()):
        if rows := [row for row in every if not row.get("modifier")]:
            found += _of_rows([_said(book, setting, year, row, factors) for row in rows])
    return sorted([*found, *silent], key=_order) if silent else found


def _of_rows(found: list[Held]) -> list[Held]:
    """What the rows of a year say, by track where they differ in it."""
    tracks = {said.track for _, _, said in found}
    if len(tracks) == 1:
        return _folded(found)
    by_track = groupby(sorted(found, key=_track), key=_track)
    folded = [one for _, same in by_track for one in _folded(list(same))]
    if all(said.paid is None for _, _, said in folded):
        track = min(tracks)
        return [(first, last, said._replace(track="")) for first, last, said in folded if said.track == track]
    return sorted(folded, key=_order)


def _order(held: Held) -> tuple[str, str]:
    return held[0], _track(held)


def _track(held: Held) -> str:
    return held[2].track


def _folded(found: Sequence[Held]) -> list[Held]:
    """Segments of one year that differ only in what this block does not show become one."""
    folded = [found[0]]
    for one in found[1:]:
        first, last, said = folded[-1]
        if said[:_SOURCE] == one[2][:_SOURCE] and step(last, 1) == one[0]:
            folded[-1] = first, one[1], said
        else:
            folded.append(one)
    return folded


@cache
def _absent(status: str) -> Said:
    """What is said of days without a row."""
    return Said("", None, status, "", "", "", "", False, None, False, None, None)


def _said(book: Book, setting: Setting, year: int, row: Row, factors: Factors) -> Held:
    """What one row says."""
    schedule = setting.schedule
    paid, units = row[setting.paid], row.get(setting.units, "")
    factor = row.get("conversion_factor", "") or (factors(schedule, row["from"]) if units else "")
    uncapped, cap_open = None, False
    if paid and schedule == "physician":
        cap_open = row["code"] in book.capped and caps.is_untold(row, setting.key)
        capped = caps.capped_units(row, setting.key)
        if capped is not None:
            uncapped, units, paid = Decimal(paid), str(capped), str(half_up(capped * Decimal(factor)))
    source = year, schedule, row["release"], row.get("addendum", "")
    said = Said(
        row.get("track", ""),
        Decimal(paid) if paid else None,
        row[setting.status],
        row[setting.indicator],
        row.get("apc", ""),
        units if paid else "",
        factor,
        book.is_provisional(*source),
        uncapped,
        cap_open,
        figures.exact(units, factor, paid) if paid else None,
        source,
    )
    return row["from"], row["through"], said


def _same_absence(one: Said, two: Said) -> bool:
    return one is two or (
        one.paid is None
        and two.paid is None
        and (one.status, one.indicator, one.apc, one.track, one.provisional)
        == (two.status, two.indicator, two.apc, two.track, two.provisional)
    )


def _moved(setting: Setting, held: Held, before: Held | None) -> Moved:
    """The change of what is said from what was said before it."""
    if before is None or before[2] is held[2]:
        return _STILL
    now, was = held[2], before[2]
    told = bool(now.indicator and was.indicator)
    moved = told and now.indicator != was.indicator
    apc = told and bool(now.apc and was.apc) and now.apc != was.apc
    since, base, broke = None, None, ""
    if now.printed is not None and was.printed is not None:
        since, base = now.printed - was.printed, was.printed
        if now.cap_open or was.cap_open:
            open_year = years_of(*(held if now.cap_open else before)[:2])
            since, base, broke = None, None, f"the OPPS cap of {open_year} is not held"
        elif moved and not same_class(setting.schedule, was.indicator, now.indicator):
            base, broke = None, f"{was.indicator} → {now.indicator} pays by another rule"
    elif now.printed is not None and was.status != absence.NO_SOURCE:
        broke = f"before: {absence.WORDS.get(was.status, ('no amount', ''))[0]}"
    return Moved(since, base, broke, moved, apc)
