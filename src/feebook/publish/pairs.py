"""Each year compared with the one before it: the view of its page, the reasons for the pages of codes, its files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from feebook.compare import CompareError, compare, printers
from feebook.publish.book import Book
from feebook.publish.moves import UNCHANGED, Moves, moves, row_lines
from feebook.publish.output import Made, Output, put
from feebook.publish.whys import Why, reasons


@dataclass(frozen=True, slots=True)
class Pair:
    """What is kept of a comparison when its files are written."""

    moves: Moves
    reasons: dict[str, list[Why]]
    headings: dict[str, tuple[str, ...]]


def compared(book: Book, out: Output, key: str) -> list[Pair]:
    """Every pair of adjacent years that can be compared, ascending; `key` is the digest of what they are made from."""
    years = [f"{one}-{two}" for one, two in zip(book.years, book.years[1:], strict=False)]
    found = out.each("compare", dict.fromkeys(years, key), partial(_pair, book, out.root))
    return [pair for pair in found.values() if pair]


def _pair(book: Book, root: Path, name: str) -> Made[Pair | None]:
    years = int(name[:4]), int(name[5:])
    try:
        comparison = compare(*years, datasets=book.datasets)
    except CompareError:  # two years without a schedule in common have no page
        return [], None
    changed = [row for row in comparison.rows if row.kind not in UNCHANGED]
    files = [
        put(root, f"api/v1/compare/{name}.csv", printers.to_csv(comparison, changed)),
        put(root, f"compare/{name}/rows.tsv", "\n".join(row_lines(comparison)) + "\n"),
    ]
    return files, Pair(moves(years, comparison), *reasons(years, comparison))
