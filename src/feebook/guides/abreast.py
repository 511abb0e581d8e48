"""Tables side by side of which the right one may not begin with its codes: where the drawing parts them, or a doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from feebook.guides import lexicon
from feebook.guides.columns import extent_of
from feebook.guides.page import Page
from feebook.guides.tables import Table

LABELS: Final = frozenset({"apc", "status_indicator", "asc_indicator"})
"""What a table may begin with, before its codes."""

NEARER: Final = "this column stands nearer to the codes of the table beside it than to the column before it"

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


def doubted(tables: Sequence[Table]) -> list[Table]:
    """The tables, a last column of APCs or indicators in doubt that stands nearer to the codes of the next table.

    It may be the first of that one; no guide begins its rows with amounts. Where lines and shades break between the
    tables nothing is in doubt.
    """
    result: list[Table] = []
    for table in tables:
        *others, last = table.columns
        if others and any(_is_nearer(table, other) for other in tables if other is not table):
            table = replace(table, columns=(*others, replace(last, doubt=last.doubt or NEARER)))
        result.append(table)
    return result


def _is_nearer(table: Table, other: Table) -> bool:
    """True when the last column, of APCs or indicators, stands nearer to the codes with which another table begins."""
    box, beside = table.box, other.box
    last = len(table.columns) - 1
    path = table.columns[last].path
    if not path or not LABELS.intersection(lexicon.tags(path[-1])):
        return False
    if other.code != 0 or table.code == last or not (box.top < beside.bottom and beside.top < box.bottom):
        return False
    own, before = extent_of(table, last), extent_of(table, last - 1)
    begin = min(row.code.box.x0 for row in other.rows)
    near = 0 < begin - own.x1 < own.x0 - before.x1
    codes = max(row.code.box.x1 for row in table.rows)
    top, bottom = min(box.top, beside.top), max(box.bottom, beside.bottom)
    return near and parted(table.page, codes, begin, top, bottom) is None


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
