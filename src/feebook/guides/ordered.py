"""Headings set far from their figures: one for each column in the order of the columns, where their cells show it.

Headings may be set to one side of their cells, or in the middle, and figures to the other side, so that none stands
over its own. Figures flush with a side of their cells show where the cells are, and so which headings are theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from feebook.guides.extents import Extent, Piece

ALIKE: Final = 3.0
"""Points by which headings of one table may differ in how they are set in their cells."""

MOST: Final = 2.5
"""Sizes that the padding of two cells side by side takes at most."""

CENTRED: Final = 6.0
"""Points that headings may be off the middle of the cells as reckoned from figures: the padding on one side."""


def in_order(pieces: Sequence[Piece], columns: Sequence[Extent], first: int) -> dict[Piece, int]:
    """The lowest headings with the column of each, where some stand beside their figures and their order is sure.

    There is one for each column, none over the figures of another's; all that stand aside are on the one side of their
    figures, and all are set in one way in the cells that the figures show. Nothing where this is not so.
    """
    found = sorted((p for p in pieces if not _has_below(p, pieces)), key=lambda p: p.box.x0)
    if (
        len(found) != len(columns)
        or len(columns) < 3
        or not all(is_between(p, columns, j) for j, p in enumerate(found))
    ):
        return {}
    sides = {_side(p, column) for p, column in zip(found[first:], columns[first:], strict=True)} - {0}
    if len(sides) == 1 and _is_set_alike(list(_within_cells(found, columns, first, sides.pop())), found[0].size):
        return {p: j for j, p in enumerate(found)}
    return {}


def _is_set_alike(cells: Sequence[tuple[Piece, float, float]], size: float) -> bool:
    """True when all headings begin, or end, one padding from a side of their cells, or stand in the middle of them."""
    ways = [
        ([p.box.x0 - left for p, left, _ in cells], 0.0, MOST * size),
        ([right - p.box.x1 for p, _, right in cells], 0.0, MOST * size),
        ([p.box.middle - (left + right) / 2 for p, left, right in cells], -CENTRED, CENTRED),
    ]
    return bool(cells) and any(
        max(off) - min(off) <= ALIKE and low <= min(off) and max(off) <= high for off, low, high in ways
    )


def _within_cells(
    found: Sequence[Piece], columns: Sequence[Extent], first: int, side: int
) -> Iterator[tuple[Piece, float, float]]:
    """Headings with the sides of their cells: from where figures end to where the next end, or begin and begin.

    Those before figures that are flush with both sides say little, and are asked only where there are no others.
    """
    if side < 0:
        own = [(j, columns[j - 1].x1, columns[j].x1, columns[j - 1 : j + 1]) for j in range(first + 1, len(columns))]
        own = [item for item in own if all(c.flush_right for c in item[3])]
    else:
        own = [(j, columns[j].x0, columns[j + 1].x0, columns[j : j + 2]) for j in range(first, len(columns) - 1)]
        own = [item for item in own if all(c.flush_left for c in item[3])]
    telling = [item for item in own if not any(c.flush_left and c.flush_right for c in item[3])]
    for j, left, right, _ in telling or own:
        yield found[j], left, right


def _has_below(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """True for a heading with others under it."""
    return any(
        p.base > piece.base + 0.5 * piece.size and p.box.x0 < piece.box.x1 and piece.box.x0 < p.box.x1 for p in pieces
    )


def _side(piece: Piece, column: Extent) -> int:
    """-1 for a heading left of the words of its column, 1 for one right of them, 0 for one over them."""
    return -1 if piece.box.x1 <= column.x0 else int(piece.box.x0 >= column.x1)


def is_between(piece: Piece, columns: Sequence[Extent], j: int) -> bool:
    """True for a heading between what the columns on the two sides of its own print."""
    after_last = j == 0 or piece.box.x0 > columns[j - 1].x1 - 1
    return after_last and (j + 1 == len(columns) or piece.box.x1 < columns[j + 1].x0 + 1)


def is_past(piece: Piece, column: Extent) -> bool:
    """True for a heading beyond the side that the figures of a column are set to: it is in the next cell."""
    side = _side(piece, column)
    return column.flush_left != column.flush_right and side == (1 if column.flush_right else -1)
