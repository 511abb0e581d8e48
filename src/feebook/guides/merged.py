"""Cells merged over the rows of a group, where rules part the groups and nothing parts the rows inside one.

The text of such a cell stands in the middle of its group, on a code's line or between two. It is each row's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from feebook.guides.blocks import PITCH, Slot
from feebook.guides.lines import Line, hull
from feebook.guides.page import Word


def spread(
    grid: Sequence[Sequence[Slot]],
    orphans: list[list[Line]],
    bases: Sequence[float],
    rules: Sequence[float],
    code: int,
    size: float,
) -> None:
    """Gives the texts of merged cells to all rows of their groups; `rules` are those that part groups of rows.

    A column is one of merged cells when each group holds no more than one text in it, in the middle of the group, and
    one such text stands off the lines of the codes. The text of a last group that no rule closes, as it goes on over
    the page, may stand on its first line.
    """
    groups = _groups(bases, rules, size)
    if len(groups) < 2 or max(map(len, groups)) < 2:
        return
    for j, left in enumerate(orphans):
        if j == code or not left:
            continue
        held = [_held(group, grid, left, j, bases, rules, size) for group in groups]
        inside = [line for group in groups for line in _between(left, group, bases, rules, size)]
        if all(words is not None for words in held) and len(inside) == len(left):
            for group, words in zip(groups, held, strict=True):
                for i in group:
                    grid[i][j].words = list(words or ())
            orphans[j] = []


def _groups(bases: Sequence[float], rules: Sequence[float], size: float) -> list[list[int]]:
    """The rows between two rules, from the top."""
    found: dict[int, list[int]] = {}
    for i, base in enumerate(bases):
        found.setdefault(bisect_right(rules, base - 0.3 * size), []).append(i)
    return [found[k] for k in sorted(found)]


def _between(
    lines: Sequence[Line], group: Sequence[int], bases: Sequence[float], rules: Sequence[float], size: float
) -> list[Line]:
    """The lines between the rules of a group."""
    band = bisect_right(rules, bases[group[0]] - 0.3 * size)
    return [line for line in lines if bisect_right(rules, line.base - 0.3 * size) == band]


def _held(
    group: Sequence[int],
    grid: Sequence[Sequence[Slot]],
    left: Sequence[Line],
    j: int,
    bases: Sequence[float],
    rules: Sequence[float],
    size: float,
) -> list[Word] | None:
    """The words of the one text that a group holds in a column, none where it is empty; None where it is not merged."""
    own = [grid[i][j].words for i in group if grid[i][j].words]
    stray = [list(line.words) for line in _between(left, group, bases, rules, size)]
    parts = sorted((*own, *stray), key=lambda words: words[0].base)
    if not parts:
        return []
    steps = [b[0].base - a[0].base for a, b in pairwise(parts)]
    box = hull(word.box for words in parts for word in words)
    middle = (bases[group[0]] + bases[group[-1]] - 0.7 * size) / 2
    cut = rules[-1] < bases[group[0]] and abs(parts[0][0].base - bases[group[0]]) < 0.35 * size
    centred = abs(box.centre - middle) <= size or cut
    if len(group) > 1 and (any(step > PITCH * size for step in steps) or not centred):
        return None
    return [word for words in parts for word in words]
