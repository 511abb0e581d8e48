"""Straight rules out of the thin boxes of a page, those drawn in pieces put together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import itemgetter
from typing import Final

from feebook.guides.box import Box
from feebook.guides.page import Rule

_rule: Final[Callable[[tuple[bool, float, float, float]], Rule]] = partial(tuple.__new__, Rule)
"""A rule from all its fields, for the one place that makes very many."""


def rules(boxes: Iterable[Box]) -> list[Rule]:
    """Thin boxes as rules."""
    return [
        _rule((True, (top + bottom) / 2, x0, x1) if x1 - x0 >= bottom - top else (False, (x0 + x1) / 2, top, bottom))
        for x0, top, x1, bottom in boxes
    ]


def joined(rules: Iterable[Rule], near: float = 1.6, gap: float = 3.2) -> list[Rule]:
    """Rules drawn in pieces (dots, one side of each cell) as single rules; both coordinates in points."""
    every = sorted(rules)
    uprights = bisect_left(every, (True,))
    rows = [*_in_line(every[uprights:], near), *_in_line(every[:uprights], near)]
    return [rule for row in rows for rule in _in_one(row, gap) if rule.end - rule.start >= 4]


def _in_line(rules: Iterable[Rule], near: float) -> list[list[Rule]]:
    """Rules of one direction, sorted, in rows of those that differ by little."""
    rows: list[list[Rule]] = []
    first = last = float("-inf")
    for rule in rules:
        at = rule[1]
        if at - last <= near and at - first <= 2 * near:
            rows[-1].append(rule)
        else:
            rows.append([rule])
            first = at
        last = at
    return rows


def _in_one(row: list[Rule], gap: float) -> Iterator[Rule]:
    """The pieces of one line put together, where no gap parts them."""
    at = sum([rule[1] for rule in row]) / len(row)
    row.sort(key=itemgetter(2))
    level, _, start, end = row[0]
    for _, _, begins, ends in row[1:]:
        if begins > end + gap:
            yield Rule(level, at, start, end)
            start, end = begins, ends
        elif ends > end:
            end = ends
    yield Rule(level, at, start, end)
