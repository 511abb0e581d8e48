"""A whole guide against CMS: the factor of each of its columns first, then a verdict on each of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from feebook.findings.cell import Cell
from feebook.findings.cms import SCHEDULE
from feebook.findings.columns import Column, columns, evidence, left_over
from feebook.findings.factors import ENOUGH
from feebook.findings.finding import AGREES, CANNOT_TELL, DIFFERS, OTHER_DATES, OTHER_FACTOR, STATUS_AGREES, Finding
from feebook.findings.held import Held
from feebook.findings.known import known_factors
from feebook.findings.percent import percent
from feebook.findings.reasons import Around
from feebook.findings.verdicts import verdict
from feebook.guides.proof import doubts

_RIGHT: Final = (AGREES, STATUS_AGREES, OTHER_DATES, OTHER_FACTOR)
"""Verdicts on numbers that are of the measure which they are taken for."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings on a guide in the order of its cells, and the columns of amounts with the factors they fit."""

    findings: tuple[Finding, ...]
    columns: tuple[Column, ...]


def judge(cells: Sequence[Cell], held: Held, printed: tuple[Decimal, ...] = ()) -> Judged:
    """Every cell of one guide judged; `printed` are the factors that its own text gives."""
    known = known_factors(held.factors)
    given = evidence(cells, held)
    found = list(columns(cells, given, known))

    def one(n: int, some: Sequence[Column], proven: bool = False) -> Finding:
        return verdict(cells[n], Around(held, given.get(n), _columns_of(cells[n], some), printed, known, proven))

    findings = [one(n, found) for n in range(len(cells))]
    for n in _refuted(findings):
        findings[n] = one(n, found, proven=True)
    wrong = [n for n, that in enumerate(findings) if that.verdict == DIFFERS]
    second = left_over(cells, given, wrong, known)
    for n in wrong if second else ():
        findings[n] = one(n, [*found, *second])
    findings = [percent(f.cell, findings, held) if f.cell.measure == "change_percent" else f for f in findings]
    return Judged(tuple(findings), (*found, *second))


def _refuted(findings: Sequence[Finding]) -> list[int]:
    """Places of cells that are in doubt only for the disorder of their row, in columns that CMS proves."""
    columns: dict[tuple[str, ...], list[bool]] = {}
    for one in findings:
        columns.setdefault(one.cell.column, []).append(one.verdict in _RIGHT)
    return [
        n
        for n, one in enumerate(findings)
        if one.verdict == CANNOT_TELL
        and doubts(one.cell.flag)
        and not doubts(one.cell.flag, proven=True)
        and _proves(columns[one.cell.column])
    ]


def _proves(right: Sequence[bool]) -> bool:
    return sum(right) >= 2 and Fraction(sum(right), len(right)) >= ENOUGH


def _columns_of(cell: Cell, found: Sequence[Column]) -> tuple[Column, ...]:
    period = SCHEDULE.get(cell.measure), cell.variant, cell.year, cell.first, cell.last
    return tuple(
        one
        for one in found
        if (one.schedule, one.variant, one.year, one.first, one.last) == period and cell.measure in one.measures
    )
