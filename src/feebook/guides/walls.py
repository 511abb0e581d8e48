"""What parts the rows of a table without a grid: rules and the edges of shades that run across it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from feebook.guides.box import Box
from feebook.guides.extents import Extent
from feebook.guides.lines import hull
from feebook.guides.page import Page


def walls_between(bases: Sequence[float], columns: Sequence[Extent], page: Page, share: float = 0.6) -> list[float]:
    """The y of rules and shade edges that part the rows, when they part at least a share of the pairs."""
    left, right = columns[0].x0, columns[-1].x1
    found = _across(columns, page)
    for shade in _stripes(page.shades):
        if shade.x0 < left + 20 and shade.x1 > right - 20 and shade.bottom - shade.top < 200:
            found += [shade.top, shade.bottom]
    found.sort()
    parted = sum(any(a < y < b for y in found) for a, b in pairwise(bases))
    return found if len(bases) > 1 and parted >= share * (len(bases) - 1) else []


def group_rules(bases: Sequence[float], columns: Sequence[Extent], page: Page) -> list[float]:
    """The y of rules across the table that part groups of rows: two or more of them lie between rows."""
    found = sorted(_across(columns, page))
    parting = sum(any(a < y < b for y in found) for a, b in pairwise(bases))
    return found if parting > 1 else []


def _across(columns: Sequence[Extent], page: Page) -> list[float]:
    left, right = columns[0].x0, columns[-1].x1
    return [r.at for r in page.rules if r.level and r.start < left + 20 and r.end > right - 20]


def _stripes(shades: Sequence[Box]) -> list[Box]:
    """Shades with those beside each other, as of the cells of one row, as one."""
    rows: dict[tuple[int, int], list[Box]] = {}
    for shade in shades:
        rows.setdefault((round(shade.top), round(shade.bottom)), []).append(shade)
    result: list[Box] = []
    for row in rows.values():
        whole: list[Box] = []
        for shade in sorted(row):
            if whole and shade.x0 - whole[-1].x1 < 3:
                whole[-1] = hull((whole[-1], shade))
            else:
                whole.append(shade)
        result += whole
    return result
