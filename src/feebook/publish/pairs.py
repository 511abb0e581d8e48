"""Each year compared with the one before it: the view of its page, the reasons for the pages of codes, its files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from feebook.compare import CompareError, compare, printers
from feebook.publish import processes
from feebook.publish.book import Book
from feebook.publish.moves import UNCHANGED, Moves, moves, row_lines
from feebook.publish.whys import Why, reasons


@dataclass(frozen=True, slots=True)
class Pair:
    """What is kept of a comparison when its files are written."""

    moves: Moves
    reasons: dict[str, list[Why]]
    headings: dict[str, tuple[str, ...]]


def compared(book: Book, out: Path) -> list[Pair]:
    """Every pair of adjacent years that can be compared, ascending."""
    years = list(zip(book.years, book.years[1:], strict=False))
    return [pair for pair in processes.share(partial(_pair, book, out), years) if pair]


def _pair(book: Book, out: Path, years: tuple[int, int]) -> Pair | None:
    one, two = years
    try:
        comparison = compare(one, two, datasets=book.datasets)
    except CompareError:  # two years without a schedule in common have no page
        return None
    changed = [row for row in comparison.rows if row.kind not in UNCHANGED]
    _write(out / "api" / "v1" / "compare" / f"{one}-{two}.csv", printers.to_csv(comparison, changed))
    _write(out / "compare" / f"{one}-{two}" / "rows.tsv", "\n".join(row_lines(comparison)) + "\n")
    return Pair(moves(years, comparison), *reasons(years, comparison))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
