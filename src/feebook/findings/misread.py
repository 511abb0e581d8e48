"""Columns that CMS's own figures contradict: read under a heading that is not theirs, or of no schedule we hold.

A guide's headings say what a column is; the packages say what its figures are. Where most of them are not what CMS
has under that heading, and CMS has them under another one, for other days that the guide speaks of, or for the line
beside, the column is misread as a whole, and so may be what stands beside it. Its cells are flagged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from feebook.findings.cell import PROPOSED, Cell, by_column
from feebook.findings.elsewhere import MEASURES, Place, other_days, other_places
from feebook.findings.finding import (
    AGREES,
    DIFFERS,
    NOT_IN_FILES,
    OTHER_DATES,
    OTHER_FACTOR,
    STATUS_DIFFERS,
    UNLABELLED,
    Finding,
)
from feebook.findings.held import Held

FEW: Final = 2
"""Figures that CMS has elsewhere, from which on it is no misprint."""

NONE: Final = 3
"""Figures that CMS has nowhere, from which on columns are in doubt that have none which CMS has."""

MOST: Final = Fraction(2, 3)
"""The share of a column's other figures that one other place must explain."""

SOME: Final = Fraction(1, 4)
"""The most figures that may be CMS's at their own place alone, for each that is only at the other."""

BESIDE: Final = "another column of this table holds what CMS has elsewhere"
TAKEN: Final = "another column of this table holds what CMS has under this heading"

_Key = tuple[str, ...]
_Reason = tuple[str, Place | None]
"""Why a column is in doubt, in words, and the place whose figures it holds."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What CMS says of a column: places of figures that it has as read, that it pays on other days, and of others."""

    own: tuple[int, ...]
    days: tuple[int, ...]
    other: tuple[int, ...]

    @property
    def confirmed(self) -> bool:
        """True when most of its figures are CMS's, which no other column's would be."""
        return len(self.own) >= FEW and len(self.own) > len(self.days) + len(self.other)


def misread(findings: Sequence[Finding], known: Held) -> dict[int, str]:
    """Place of a cell → why its column may be another; of cells that no doubt stands against already."""
    cells = [found.cell for found in findings]
    columns = by_column(cells)
    told = {key: _told(own, findings) for key, own in columns.items()}
    reasons = _without_figures(told, findings)
    reasons |= {key: reason for key, said in told.items() if (reason := _reason(said, cells, findings, known))}
    taken = {(table, place.measure, place.first) for (table, *_), (_, place) in reasons.items() if place}
    doubts = {key: said for key, (said, _) in reasons.items()}
    for key, said in told.items():
        table, measure, _, _, first = key
        if key not in doubts and (table, measure, first) in taken:
            doubts[key] = TAKEN
        elif key not in doubts and table in {of for of, *_ in reasons} and not said.confirmed:
            doubts[key] = BESIDE
    return {n: reason for key, reason in doubts.items() for n in columns[key] if not cells[n].flag}


def _told(places: Iterable[int], findings: Sequence[Finding]) -> _Told:
    """Figures of a column by what CMS says of them; reasons in words prove little."""
    own, days, other = [], [], []
    for n in places:
        cell, verdict = findings[n].cell, findings[n].verdict
        if not cell.value or cell.flag or cell.measure not in MEASURES:
            continue
        if verdict in (DIFFERS, STATUS_DIFFERS, NOT_IN_FILES) or PROPOSED in (cell.variant, findings[n].standing):
            other.append(n)
        elif verdict in (OTHER_DATES, OTHER_FACTOR):
            days.append(n)
        elif verdict in (AGREES, UNLABELLED):
            own.append(n)
    return _Told(tuple(own), tuple(days), tuple(other))


def _without_figures(told: Mapping[_Key, _Told], findings: Sequence[Finding]) -> dict[_Key, _Reason]:
    """Columns that hold no figure of CMS's; a table's short columns count together."""
    wrong = {
        key: sum(findings[n].verdict in (DIFFERS, STATUS_DIFFERS) for n in said.other)
        for key, said in told.items()
        if not said.own and not said.days
    }
    tables: Counter[str] = Counter()
    for (table, *_), count in wrong.items():
        tables[table] += count
    return {
        key: ("CMS has none of the figures of this column", None)
        for key, count in wrong.items()
        if count and tables[key[0]] >= NONE
    }


def _reason(said: _Told, cells: Sequence[Cell], findings: Sequence[Finding], known: Held) -> _Reason | None:
    """Why a column is in doubt; None as a rule."""
    if said.other:
        places = other_places(cells[said.other[0]], cells)
        if reason := _explained(said.other, said.own + said.days, places, cells, known):
            return reason
        proposed = sum(_as_proposed(findings[n]) for n in said.other)
        if proposed >= _least(said.other) and any(cell.variant == PROPOSED for cell in cells):
            return "the figures of this column are made with the factor that was proposed", None
    if said.days:
        return _explained(said.days + said.other, said.own, other_days(cells[said.days[0]], cells), cells, known)
    return None


def _as_proposed(found: Finding) -> bool:
    return found.standing == PROPOSED != found.cell.variant


def _explained(
    off: Sequence[int], own: Sequence[int], under: Iterable[Place], cells: Sequence[Cell], known: Held
) -> _Reason | None:
    """The reason that names another place at which CMS has most of the figures that it has not at their own.

    What CMS has at both places tells nothing of either; what it has at their own alone speaks against the other.
    """
    least = _least(off) if own or len(off) > 1 else Fraction(1)
    for place in under:
        there = sum(place.holds(cells, n, known) for n in off)
        enough = there >= (max(least, Fraction(FEW)) if place.line else least)
        if enough and sum(not place.holds(cells, n, known) for n in own) <= SOME * there:
            return f"CMS has the figures of this column {place.named}", place
    return None


def _least(off: Sequence[int]) -> Fraction:
    """How many of some figures must be elsewhere, so that it is neither misprints nor chance."""
    return max(Fraction(FEW), MOST * len(off))
