"""Headings set far from their figures: one for each column in the order of the columns, where their cells show it.

Headings may be set to one side of their cells, or in the middle, and figures to the other side, so that none stands
over its own. Figures flush with a side of their cells show where the cells are, and so which headings are theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from feebook.guides.extents import Extent, Piece

ALIKE: Final = 3.0
"""Points by which headings of one table may differ in how they are set in their cells."""

MOST: Final = 2.5
"""Sizes that the padding of two cells side by side takes at most."""

CENTRED: Final = 6.0
"""Points that headings may be off the middle of the cells as reckoned from figures: the padding on one side."""

_Off = tuple[float, bool]
"""A distance in points, and whether the figures that it is from are of several widths, so that their side shows."""


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
    if len(sides) == 1:
        (side,) = sides
        flush, centred = _paddings(found, columns, first, side), _off_middles(found, columns, first, side)
        if _are_alike(flush, 0.0, MOST * found[0].size) or _are_alike(centred, -CENTRED, CENTRED):
            return {p: j for j, p in enumerate(found)}
    return {}


def _are_alike(off: Sequence[tuple[float, bool]], low: float, high: float) -> bool:
    """True when distances are one padding: those from figures of several widths, or at least two of the others."""
    for own, least in (([d for d, telling in off if telling], 1), ([d for d, telling in off if not telling], 2)):
        if len(own) >= least and max(own) - min(own) <= ALIKE and low <= min(own) and max(own) <= high:
            return True
    return False


def _paddings(found: Sequence[Piece], columns: Sequence[Extent], first: int, side: int) -> list[_Off]:
    """How far headings left of figures begin after the figures before, or right of them end before the next."""
    if side < 0:
        pairs = [(found[j].box.x0 - columns[j - 1].x1, [columns[j - 1]]) for j in range(first + 1, len(columns))]
    else:
        pairs = [(columns[j + 1].x0 - found[j].box.x1, [columns[j + 1]]) for j in range(first, len(columns) - 1)]
    return _telling(pairs, side)


def _off_middles(found: Sequence[Piece], columns: Sequence[Extent], first: int, side: int) -> list[_Off]:
    """How far headings are off the middle of their cells, from where figures end to where the next end, or begin."""
    pairs = []
    for j in range(first, len(columns)):
        near = columns[j - 1 : j + 1] if side < 0 else columns[j : j + 2]
        if len(near) == 2 and (side > 0 or j > first):
            middle = sum(c.x1 if side < 0 else c.x0 for c in near) / 2
            pairs.append((found[j].box.middle - middle, near))
    return _telling(pairs, side)


def _telling(pairs: Sequence[tuple[float, Sequence[Extent]]], side: int) -> list[_Off]:
    """The distances from columns flush with the side away from their headings."""
    own = [(off, near) for off, near in pairs if all(c.flush_right if side < 0 else c.flush_left for c in near)]
    return [(off, not any(c.flush_left and c.flush_right for c in near)) for off, near in own]


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
