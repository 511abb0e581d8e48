"""Every two years compared: the view of the page, the rows it filters, the reasons for the pages of codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path

from feebook.compare import printers
from feebook.compare.comparison import between
from feebook.compare.days import side
from feebook.compare.families import Family
from feebook.compare.held import SCHEDULES
from feebook.compare.lives import Lives, lives
from feebook.compare.loaded import Loaded, load
from feebook.publish import downloads, rowfile
from feebook.publish.book import Book
from feebook.publish.moves import Moves, moves
from feebook.publish.output import Made, Output, put
from feebook.publish.whys import Why, reasons

MIN_DOLLARS, MIN_PERCENT = Decimal(1), Decimal("0.5")
"""Moves below this are noise: counted, and listed only when asked for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is kept of a comparison when its files are written; reasons only of a year against the one before it."""

    moves: Moves
    reasons: dict[str, list[Why]] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)


def compared(book: Book, families: tuple[Family, ...], out: Output, key: str) -> list[Pair]:
    """Every two years that have a schedule in common, ascending; `key` is the digest of what they are made from."""
    names = [f"{one}-{two}" for one, two in combinations(book.years, 2)]
    found = out.each("compare", dict.fromkeys(names, key), partial(_pair, book, families, out.root, Read()))
    return [pair for pair in found.values() if pair]


@dataclass(slots=True)
class Read:
    """What a process has read, as each year stands in several pairs."""

    years: dict[int, Loaded] = field(default_factory=dict)
    lives: Lives | None = None

    def year(self, year: int, book: Book) -> Loaded:
        """The first day of a year."""
        if year not in self.years:
            self.years[year] = load(side(year, "paid", book.datasets))
        return self.years[year]

    def known(self, book: Book, families: tuple[Family, ...]) -> Lives:
        """The lives of all codes."""
        if self.lives is None:
            self.lives = lives(book.datasets, families)
        return self.lives


def _pair(book: Book, families: tuple[Family, ...], root: Path, read: Read, name: str) -> Made[Pair | None]:
    """A comparison and its files."""
    years = int(name[:4]), int(name[5:])
    one, two = (read.year(year, book) for year in years)
    known = read.known(book, families)
    comparison = between(one, two, tuple(SCHEDULES), "paid", MIN_DOLLARS, MIN_PERCENT, families, known)
    if not comparison.schedules:
        return [], None
    files = [
        put(root, f"compare/{name}/rows.txt", rowfile.changed(comparison)),
        put(root, f"compare/{name}/unchanged.txt", rowfile.unchanged(comparison)),
        put(root, f"compare/{name}/units.txt", rowfile.units(comparison)),
    ]
    if years not in pairwise(book.years):
        return files, Pair(moves(years, comparison))
    files.append(put(root, f"api/v1/compare/{name}.csv", printers.to_csv(comparison, comparison.changed)))
    files.append(put(root, f"api/v1/compare/{name}.json", downloads.comparison_json(comparison, comparison.changed)))
    return files, Pair(moves(years, comparison), *reasons(years, comparison))
