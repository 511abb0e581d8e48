"""Where the outermost cells of a table without rules end, reckoned from headings set in the middle of their cells.

Figures set to one side show where each cell ends but the last: the next begins there. A heading in the middle of the
last cell shows its other side, where those of the cells before stand in their middles by the same padding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from feebook.guides.extents import Extent, Piece

ALIKE: Final = 2.0
"""Points by which the padding of one table's cells may differ, as reckoned from headings and figures."""

MOST: Final = 1.5
"""Sizes that the padding on one side of a cell takes at most."""


def with_ends(columns: Sequence[Extent], placed: Sequence[Piece], first: int) -> list[Extent]:
    """Columns, the outermost of figures with where figures beyond them would begin or end; unchanged where unsure."""
    result = list(columns)
    heads = {j: p for p in placed if len(p.span) == 1 for j in p.span if j >= first}
    last = len(columns) - 1
    if last in heads:
        left = [
            ((a.x0 + b.x0) / 2 - heads[j].box.middle)
            for j, (a, b) in enumerate(pairwise(columns))
            if j in heads and a.flush_left and b.flush_left
        ]
        if _are_alike(left, heads[last].size) and columns[last].flush_left:
            after = 2 * (heads[last].box.middle + sum(left) / len(left)) - columns[last].x0
            result[last] = replace(columns[last], after=after)
    if first in heads:
        right = [
            (heads[j].box.middle - (a.x1 + b.x1) / 2)
            for j, (a, b) in enumerate(pairwise(columns), 1)
            if j in heads and j > first and a.flush_right and b.flush_right
        ]
        if _are_alike(right, heads[first].size) and columns[first].flush_right:
            before = 2 * (heads[first].box.middle - sum(right) / len(right)) - columns[first].x1
            result[first] = replace(result[first], before=before)
    return result


def _are_alike(paddings: Sequence[float], size: float) -> bool:
    """True when at least two distances from cells are one padding."""
    return (
        len(paddings) > 1
        and max(paddings) - min(paddings) <= ALIKE
        and min(paddings) >= 0
        and max(paddings) <= MOST * size
    )
