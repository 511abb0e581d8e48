"""Where else CMS may have the figures of a column: under another heading, on other days, or for the line beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from feebook.findings import words
from feebook.findings.cell import PROPOSED, Cell, number
from feebook.findings.cms import COLUMNS, INDICATORS, NAMES, TOTALS, Stretch, as_limiting_charge, stretches
from feebook.findings.columns import tracks
from feebook.findings.fit import fits
from feebook.findings.held import Held

CHARGE: Final = "limiting_charge"
MEASURES: Final = (*COLUMNS, CHARGE)
"""Measures of which CMS's files say something; the most that may be charged follows from the payments."""

NEAR: Final = Decimal("0.04")
"""How far an amount that was proposed may be from the one paid: no year's factor fell or rose by more."""

_TRACKS: Final = ("qp", "nonqp")
_LINES: Final = {-1: "for the codes of the lines above", 1: "for the codes of the lines below"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of figures: a measure, of a track where it has tracks, on some days, for the code `line` lines away."""

    measure: str
    variant: str
    first: str
    last: str
    line: int = 0

    @property
    def named(self) -> str:
        """`as asc payment in 2024`, or `for the codes of the lines above`."""
        if self.line:
            return _LINES[self.line]
        of = f" ({self.variant})" if self.variant else ""
        return f"as {self.measure.replace('_', ' ')}{of} {words.days(self.first, self.last)}"

    def holds(self, cells: Sequence[Cell], n: int, known: Held) -> bool:
        """True when CMS has the figure of a cell here.

        What was proposed is not held: of such a figure it is true when CMS pays about as much here, and not at its own.
        """
        cell = _beside(cells, n, self.line) if self.line else cells[n]
        if cell is None:
            return False
        there = replace(cells[n], code=cell.code, modifier=cell.modifier, measure=self.measure, variant=self.variant)
        there = replace(there, first=self.first, last=self.last)
        if cells[n].variant == PROPOSED:
            return _is_near(there, known) and not _is_near(cells[n], known)
        return any(fits(there, one) for one in _figures(there, known))


def other_places(cell: Cell, cells: Sequence[Cell]) -> Iterator[Place]:
    """The other headings that a column may be of for its own days, other days of its own heading, the lines beside."""
    kind = INDICATORS if cell.measure in INDICATORS else [m for m in MEASURES if m not in NAMES]
    for measure in dict.fromkeys((cell.measure, *kind)):
        for variant in _TRACKS if cell.variant in _TRACKS else (cell.variant,):
            if (measure, variant) != (cell.measure, cell.variant):
                yield Place(measure, variant, cell.first, cell.last)
    yield from other_days(cell, cells)
    for line in _LINES:
        yield Place(cell.measure, cell.variant, cell.first, cell.last, line)


def other_days(cell: Cell, cells: Sequence[Cell]) -> Iterator[Place]:
    """The other days for which the guide prints the measure of a column, none of which are among its own.

    None of what was proposed: a proposal may be made with the units of the year before, and so be near to its amounts.
    """
    if cell.variant == PROPOSED:
        return
    days = dict.fromkeys((c.first, c.last) for c in cells if c.measure == cell.measure and c.first)
    for first, last in days:
        if last < cell.first or first > cell.last:
            yield Place(cell.measure, cell.variant, first, last)


def _is_near(cell: Cell, known: Held) -> bool:
    """True when what CMS pays is near the figure of a cell: what it proposed is not held, and is near to that."""
    amount = cell.amount
    found = [number(one.figure) for one in _figures(cell, known)]
    return amount is not None and any(one is not None and abs(amount - one) <= NEAR * one for one in found)


def _figures(cell: Cell, known: Held) -> Iterator[Stretch]:
    """What CMS has under the measure and days of a cell, where it is a figure."""
    charge = cell.measure == CHARGE
    for measure in TOTALS if charge else (cell.measure,):
        for track in tracks(cell.variant):
            for one in stretches(known, cell, measure, cell.first, cell.last, track):
                if one.figure:
                    yield as_limiting_charge(one) if charge else one


def _beside(cells: Sequence[Cell], n: int, line: int) -> Cell | None:
    """The cell of the line before or after, in the same column."""
    key, row = cells[n].column, (cells[n].code, cells[n].modifier)
    while 0 <= (n := n + line) < len(cells):
        if cells[n].column == key and (cells[n].code, cells[n].modifier) != row:
            return cells[n]
    return None
