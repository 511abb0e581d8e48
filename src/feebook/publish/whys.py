"""Why the amounts of a code moved, year against year, from the comparisons: the factor's part and the units' part.

A comparison of all codes is made once for each pair of years; kept are only the rows that moved and are explained, as
the text that a page prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from feebook.compare import CompareError, Comparison, compare
from feebook.publish import figures
from feebook.publish.book import Book

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

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells.split())


@dataclass(frozen=True, slots=True)
class Whys:
    """The reasons of every code, and the headings of the parts of each measure."""

    kept: dict[str, list[Why]] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, code: str) -> dict[str, list[Why]]:
        """The reasons of a code: measure → its years, ascending."""
        found: dict[str, list[Why]] = {}
        for why in self.kept.get(code, ()):
            found.setdefault(why.measure, []).append(why)
        return found

    def add(self, years: tuple[int, int], comparison: Comparison) -> None:
        """Keep what the pages of codes need of a comparison."""
        for row in comparison.rows:
            if row.parts and row.change and not row.modifier and row.track in ("", "nonqp"):
                cells = " ".join(figures.signed(amount) for amount in (row.change, *row.parts.values()))
                self.kept.setdefault(row.code, []).append(Why(years, row.measure, cells))
                if row.measure not in self.headings:
                    self.headings[row.measure] = tuple(PARTS[name] for name in row.parts)


def pairs(book: Book) -> Iterator[tuple[int, int, Comparison]]:
    """Each year against the one before it, on what was paid on the two 1 Januaries, one comparison at a time."""
    for one, two in zip(book.years, book.years[1:], strict=False):
        try:
            yield one, two, compare(one, two, datasets=book.datasets)
        except CompareError:
            continue
