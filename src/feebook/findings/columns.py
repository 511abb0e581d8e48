"""The columns of amounts in a guide, and the conversion factor that each was made with, from its dollars alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from feebook.amounts import CENT, DOLLAR
from feebook.findings.cell import PROPOSED, Cell
from feebook.findings.cms import SCHEDULE, TOTALS, WEIGHTS, stretches
from feebook.findings.factors import ENOUGH, Evidence, Inference, infer
from feebook.findings.held import Held
from feebook.findings.known import Known, Named, named
from feebook.guides.proof import doubts

NO_SLACK: Final = Decimal(0)
UNITS: Final = TOTALS | WEIGHTS
"""Measure of an amount → the measure of the units it comes of."""

_TRACKS: Final = {"qp": ("qp",), "nonqp": ("nonqp",)}
_LEAST: Final = {"physician": (20, 48), "outpatient": (60, 120), "asc": (35, 75)}
"""No factor of a schedule since 2010 lies outside these; amounts that are not units x factor do."""


@dataclass(frozen=True, slots=True)
class Column:
    """Amounts printed for the same days, what they say of their factor, and the known factors that it may be."""

    schedule: str
    variant: str
    year: str
    first: str
    last: str
    measures: tuple[str, ...]
    inference: Inference
    names: Named

    @property
    def best(self) -> Known | None:
        """The factor of the column, as far as its amounts are of one mind about it."""
        return self.names.best if self.inference.settled else None


def tracks(variant: str) -> tuple[str, ...]:
    """The tracks of the physician schedule that a printed variant may stand for, that of most physicians first."""
    return _TRACKS.get(variant, ("nonqp", "qp"))


def evidence(cells: Sequence[Cell], held: Held) -> dict[int, Evidence]:
    """Place of a cell → its amount beside its units: those that the guide prints for it, else CMS's of those days."""
    own: dict[tuple[str, ...], Cell] = {}
    for cell in cells:
        if cell.measure in UNITS.values() and cell.amount and not doubts(cell.flag, proven=True):
            own[(*_row(cell), cell.measure, cell.first)] = cell
            own.setdefault((*_row(cell), cell.measure), cell)
    found = {}
    for n, cell in enumerate(cells):
        if cell.measure in UNITS and cell.first and cell.amount and not doubts(cell.flag, proven=True):
            units = UNITS[cell.measure]
            beside = own.get((*_row(cell), units, cell.first), own.get((*_row(cell), units)))
            amount = beside.amount if beside else None if cell.variant == PROPOSED else _units(cell, held)
            if amount:
                slack = CENT / 2 if cell.measure in WEIGHTS and cell.unit == DOLLAR else NO_SLACK
                found[n] = Evidence(cell.amount, cell.unit, amount, slack)
    return found


def _row(cell: Cell) -> tuple[str, ...]:
    return cell.table, cell.code, cell.modifier, cell.variant, cell.year


def _units(cell: Cell, held: Held) -> Decimal | None:
    """CMS's units on the printed days, where they are the same on all of them."""
    found = {
        one.units
        for track in ("", *tracks(cell.variant))
        for one in stretches(held, cell, cell.measure, cell.first, cell.last, track)
        if one.figure
    }
    return found.pop() if len(found) == 1 else None


def columns(cells: Sequence[Cell], given: Mapping[int, Evidence], known: Sequence[Known]) -> Iterator[Column]:
    """The factor of each period and variant: of all its columns together where they agree, else of each column."""
    groups: dict[tuple[str, str, str, str, str], dict[str, list[Evidence]]] = {}
    for n, one in given.items():
        cell = cells[n]
        low, high = _LEAST[SCHEDULE[cell.measure]]
        if one.span.high > low and one.span.low < high:
            key = SCHEDULE[cell.measure], cell.variant, cell.year, cell.first, cell.last
            groups.setdefault(key, {}).setdefault(cell.measure, []).append(one)
    for key, by_measure in sorted(groups.items()):
        every = infer(one for found in by_measure.values() for one in found)
        if every is None:
            continue
        apart = any(_share(every, found) < ENOUGH for found in by_measure.values())
        parts = [((measure,), infer(found)) for measure, found in sorted(by_measure.items())]
        for measures, found in parts if apart else [(tuple(sorted(by_measure)), every)]:
            if found is not None:
                schedule, variant, year, first, last = key
                # What was proposed was made with a proposed factor, and nothing else was.
                some = [one for one in known if (one.standing == PROPOSED) or variant != PROPOSED]
                names = named(found, some, schedule, tracks(variant), first, last)
                yield Column(schedule, variant, year, first, last, measures, found, names)


def _share(found: Inference, own: Sequence[Evidence]) -> Fraction:
    """The share of amounts that are explained by a factor which the most amounts share."""
    fit = max(sum(one.span.low <= span.low and span.high <= one.span.high for one in own) for span in found.spans)
    return Fraction(fit, len(own))


def left_over(
    cells: Sequence[Cell], given: Mapping[int, Evidence], places: Iterable[int], known: Sequence[Known]
) -> list[Column]:
    """The second factor of a period: a known one that two or more amounts fit which fit neither CMS nor the first."""
    some = {n: given[n] for n in places if n in given}
    return [one for one in columns(cells, some, known) if one.best is not None]
