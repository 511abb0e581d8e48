"""Tables side by side of which the right one does not begin with its codes: where the drawing parts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from feebook.guides.page import Page

BREAK: Final = 3.0
"""Points that lines and shades leave free between two tables at least."""

SAME: Final = 1.5
"""Points that the breaks of several lines may differ."""

LEAST: Final = 3
"""Breaks at one place that are no accident."""

TWICE: Final = 2.0
"""How many times wider the break between tables is than any between cells."""

_Span = tuple[float, float]


def parted(page: Page, left: float, right: float, top: float, bottom: float) -> float | None:
    """The middle of the one place between two columns of codes at which the level lines and shades of rows break.

    `left` is where the codes of one end, `right` where those of the other begin. None where nothing breaks there, or
    where several places do alike: then the cells of a table are drawn apart.
    """
    found: dict[_Span, int] = defaultdict(int)
    for spans in _levels(page, top, bottom):
        for (_, end), (start, _) in pairwise(sorted(spans)):
            if start - end > BREAK and left < end and start < right + SAME:
                same = next((s for s in found if abs(s[0] - end) < SAME and abs(s[1] - start) < SAME), (end, start))
                found[same] += 1
    wide = sorted(((b - a, (a + b) / 2) for (a, b), count in found.items() if count >= LEAST), reverse=True)
    if not wide or (len(wide) > 1 and wide[0][0] < TWICE * wide[1][0]):
        return None
    return wide[0][1]


def _levels(page: Page, top: float, bottom: float) -> Iterator[Iterable[_Span]]:
    """What the lines and shades of each level cover, from top to bottom."""
    levels: dict[tuple[str, int], set[_Span]] = defaultdict(set)
    for rule in page.rules:
        if rule.level and top <= rule.at <= bottom:
            levels["rule", round(rule.at)].add((rule.start, rule.end))
    for shade in page.shades:
        if top <= shade.centre <= bottom:
            levels["shade", round(shade.top)].add((shade.x0, shade.x1))
    for _, spans in sorted(levels.items()):
        yield spans
