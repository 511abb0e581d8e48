"""Why the amounts of a code moved, year against year, from the comparisons: the factor's part and the units' part.

A comparison of all codes is made once for each pair of years; kept are only the rows that moved and are explained, as
the text that a page prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from feebook.compare import Comparison
from feebook.publish import figures

MEASURES = ("facility_payment", "nonfacility_payment", "asc_payment", "opps_payment")
PARTS = {
    "factor": "Factor",
    "work": "Work",
    "practice_expense": "Practice expense",
    "malpractice": "Malpractice",
    "weight": "Weight",
    "rounding": "Rounding",
}
"""Part of a change → the heading of its column."""


@dataclass(frozen=True, slots=True)
class Why:
    """A change from 1 January to 1 January, split; `cells` are the change and its parts in dollars, as printed."""

    years: tuple[int, int]
    measure: str
    cells: str

    @property
    def amounts(self) -> list[Decimal]:
        """The parts of the change, in dollars."""
        return [Decimal(cell.replace(figures.MINUS, "-").replace(",", "")) for cell in self.cells.split()[1:]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells.split())


@dataclass(frozen=True, slots=True)
class Whys:
    """The reasons of every code, and the headings of the parts of each measure."""

    kept: dict[str, list[Why]] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, code: str) -> dict[str, list[Why]]:
        """The reasons of a code: measure → its years, ascending."""
        kept = self.kept.get(code, ())
        found = {measure: [why for why in kept if why.measure == measure] for measure in MEASURES}
        return {measure: reasons for measure, reasons in found.items() if reasons}

    def add(self, found: dict[str, list[Why]], headings: dict[str, tuple[str, ...]]) -> None:
        """Keep the reasons of a pair of years."""
        for code, reasons in found.items():
            self.kept.setdefault(code, []).extend(reasons)
        self.headings.update(headings)


def reasons(years: tuple[int, int], comparison: Comparison) -> tuple[dict[str, list[Why]], dict[str, tuple[str, ...]]]:
    """What the pages of codes need of a comparison: code → reasons, measure → headings of the parts."""
    found: dict[str, list[Why]] = {}
    headings: dict[str, tuple[str, ...]] = {}
    for row in comparison.changed:
        if row.parts and row.change and not row.modifier and row.track in ("", "nonqp"):
            cells = " ".join(figures.signed(amount) for amount in (row.change, *row.parts.values()))
            found.setdefault(row.code, []).append(Why(years, row.measure, cells))
            headings.setdefault(row.measure, tuple(PARTS[name] for name in row.parts))
    return found, headings
