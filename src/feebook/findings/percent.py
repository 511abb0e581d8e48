"""A printed percentage of change: what CMS's amounts give on the days that the guide speaks of, and what its own do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product
from typing import Final

from feebook.amounts import half_up
from feebook.findings import words
from feebook.findings.cell import Cell, number
from feebook.findings.cms import COLUMNS, Stretch, stretches
from feebook.findings.columns import tracks
from feebook.findings.finding import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    OTHER_DATES,
    PLAIN,
    STATUS_AGREES,
    Finding,
)
from feebook.findings.fit import VAGUE, unrounded
from feebook.findings.held import Held
from feebook.findings.verdicts import likeliest
from feebook.guides.proof import doubts

_OF: Final = {
    "facility": "facility_payment",
    "nonfacility": "nonfacility_payment",
    "asc": "asc_payment",
    "opps": "opps_payment",
}


def percent(cell: Cell, findings: Sequence[Finding], held: Held) -> Finding:
    """The finding on a change in percent, from the amounts that are printed beside it and from CMS's of those days."""
    measure = _OF.get(cell.variant, cell.variant)
    if measure not in COLUMNS:
        return Finding(cell, CANNOT_TELL, note="the guide does not say of which amounts it is the change")
    if not cell.first:
        return Finding(cell, CANNOT_TELL, note="the guide does not say of which year it is")
    beside = sorted(
        (one for one in findings if _beside(one.cell, cell, measure) and one.cell.year <= cell.year),
        key=lambda one: (one.cell.year, one.cell.first),
    )
    if len(beside) < 2 or beside[-2].cell.year == beside[-1].cell.year:
        return Finding(cell, CANNOT_TELL, note="the guide prints no two amounts that it could be the change of")
    before, after = beside[-2:]
    if not cell.value:
        return _status(cell, before, after)
    if cell.amount is None:
        return Finding(cell, CANNOT_TELL, note=f"{cell.value} is no percentage")
    return _judged(cell, before, after, measure, held)


def _beside(one: Cell, cell: Cell, measure: str) -> bool:
    return (one.measure, one.code, one.modifier, one.table) == (measure, cell.code, cell.modifier, cell.table)


def _status(cell: Cell, before: Finding, after: Finding) -> Finding:
    if cell.status in VAGUE and not (before.cell.value and after.cell.value):
        return Finding(cell, STATUS_AGREES)
    return Finding(cell, CANNOT_TELL, note="no percentage is printed")


def _judged(cell: Cell, before: Finding, after: Finding, measure: str, held: Held) -> Finding:
    """The finding on a percentage, by the amounts of each track alone: no physician is paid by one, then the other."""
    return likeliest(
        [
            _of_track(
                cell,
                before,
                after,
                list(product(_paid(held, before.cell, measure, one), _paid(held, after.cell, measure, two))),
            )
            for one, two in _tracks(held, before.cell, after.cell)
        ],
        "the change of QP participants",
    )


def _of_track(cell: Cell, before: Finding, after: Finding, pairs: Sequence[tuple[Stretch, Stretch]]) -> Finding:
    """The finding by the amounts of one track: each of the year before with each of the year."""
    printed = cell.amount
    assert printed is not None
    if not pairs:
        return Finding(cell, CANNOT_TELL, note="CMS has no two amounts that it could be the change of")
    right = [two for one, two in pairs if any(_is(cell, change) for change in _changes(one, two))]
    due = [half_up(_changes(one, two)[0], _place(cell)) for one, two in pairs]
    expected = " · ".join(dict.fromkeys(map(str, due)))
    own = _of(before.cell.amount, after.cell.amount) if before.cell.amount and after.cell.amount else None
    said = f"{words.prints(cell)}; CMS's amounts give {expected.replace(' · ', ' % or ')} %"
    if len(right) == len(pairs):
        return Finding(cell, AGREES, expected)
    if right:
        since = ", ".join(dict.fromkeys(words.days(one.first, one.last) for one in right))
        return Finding(cell, OTHER_DATES, expected, note=f"{said}, as printed with the amounts {since}")
    if own is not None and _is(cell, own):
        fine = {before.verdict, after.verdict} <= {*PLAIN, OTHER_DATES}
        note = f"{said}; it is the change of the amounts as the guide rounds them"
        return Finding(cell, AGREES if fine else CANNOT_TELL, expected, note=note)
    if doubts(cell.flag):
        return Finding(cell, CANNOT_TELL, expected, note=f"the reading is not sure; {said}")
    nearest = min(due, key=lambda one: abs(one - printed))
    return Finding(cell, DIFFERS, expected, words.signed(printed - nearest), note=said)


def _tracks(held: Held, before: Cell, after: Cell) -> list[tuple[str, str]]:
    """The tracks to compare by, of the year before and of the year; years without tracks have one way only."""
    of = {track for one in (before, after) for track in held.tracks(one.code, one.modifier, one.first, one.last)}
    one, two = ([track for track in tracks(cell.variant) if track in of] or [""] for cell in (before, after))
    return [(track, track) for track in one if track in two] or [(one[0], two[0])]


def _paid(held: Held, cell: Cell, measure: str, track: str) -> Iterator[Stretch]:
    for one in stretches(held, cell, measure, cell.first, cell.last, track):
        if one.figure and number(one.figure):
            yield one


def _changes(one: Stretch, two: Stretch) -> tuple[Decimal, Decimal]:
    """The change in percent of the amounts in cents, as they are paid, and of the amounts before rounding."""
    first, second = Decimal(one.figure), Decimal(two.figure)
    return _of(first, second), _of(unrounded(one, first), unrounded(two, second))


def _of(first: Decimal, second: Decimal) -> Decimal:
    return (second - first) * 100 / first


def _is(cell: Cell, change: Decimal) -> bool:
    """True when a change is the printed one in the decimals that are printed; between two of them, either."""
    place = _place(cell)
    return cell.amount in (half_up(change, place), change.quantize(place, rounding=ROUND_HALF_EVEN))


def _place(cell: Cell) -> Decimal:
    return Decimal(1).scaleb(-len(cell.value.partition(".")[2]))
