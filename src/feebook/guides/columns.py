"""Columns of code lines: their extents between gutters, and which of them hold wording rather than values."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feebook.guides import lexicon
from feebook.guides.anchors import Anchor
from feebook.guides.box import Box
from feebook.guides.extents import Extent
from feebook.guides.gutters import APART
from feebook.guides.lines import hull, pieces, text_of
from feebook.guides.page import Page, Rule, Word
from feebook.guides.tables import Table

_VALUE: Final = re.compile(r"[$(]?-?[\d,]*\.?\d+\)?%?[*†]?|n/?a\.?|[-–—]+|[A-Z]\d?", re.IGNORECASE)

STOPPING: Final = 1 / 3
"""The share of the code lines that a rule runs along which stops at merged cells."""


def is_wording(texts: Sequence[str]) -> bool:
    """True when most texts are words of a language rather than amounts, indicators or known phrases."""
    wordy = sum(
        not _VALUE.fullmatch(t.split(" / ")[0]) and not lexicon.status(t, "") and sum(c.isalpha() for c in t) > 3
        for t in texts
    )
    return 2 * wordy > len(texts)


def uprights(
    page: Page, group: Sequence[Anchor], left: float, right: float, bodies: Sequence[Sequence[Word]]
) -> tuple[list[float], list[list[Word]]]:
    """The x of upright rules along most of the code lines, and of those that stop only where a cell is merged.

    `bodies` are the words of each code line; they are given back without those of such merged cells.
    """
    bounds = [[r.at for r in page.rules if not r.level and _passes(r, anchor)] for anchor in group]
    found: list[float] = []
    stopping: list[float] = []
    merged: set[Word] = set()
    for x in sorted({round(r.at, 1) for r in page.rules if not r.level and left < r.at < right}):
        passed = sum(_has(row, x) for row in bounds)
        if passed >= 0.8 * len(group) and (not found or x - found[-1] > 4):
            found.append(x)
        elif max(2, STOPPING * len(group)) <= passed < 0.8 * len(group):
            texts = _merged_over(x, bounds, bodies)
            stopping += [x] if texts else []
            merged.update(word for text in texts for word in text)
    for x in stopping:
        if all(abs(x - at) > 4 for at in found):
            found.append(x)
    return sorted(found), [own for words in bodies if (own := [w for w in words if w not in merged])]


def _passes(rule: Rule, anchor: Anchor) -> bool:
    """True for an upright rule that runs along a code's line."""
    return rule.start - 2 <= anchor.base - 3 <= rule.end + 2


def _has(row: Sequence[float], x: float) -> bool:
    return any(abs(at - x) < 1.5 for at in row)


def _merged_over(x: float, bounds: Sequence[Sequence[float]], bodies: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The texts of the cells merged over an upright rule; none where it does not stop only at such cells.

    `bounds` are the x of the rules along each line. No word crosses the rule, and each line that it does not run along
    has one text between its own rules, over it.
    """
    texts: list[list[Word]] = []
    for row, words in zip(bounds, bodies, strict=False):
        if _has(row, x):
            if any(w.box.x0 < x - 1 and w.box.x1 > x + 1 for w in words):
                return []
            continue
        left = max((at for at in row if at < x), default=None)
        right = min((at for at in row if at > x), default=None)
        if left is None or right is None:
            return []
        own = [w for w in words if left < w.box.middle < right]
        if not own or len(pieces(own, APART)) > 1 or not own[0].box.x0 < x < own[-1].box.x1:
            return []
        texts.append(own)
    return texts


def extents(bodies: Sequence[Sequence[Word]], cuts: Sequence[float]) -> list[Extent]:
    left = min(words[0].box.x0 for words in bodies) - 20
    right = max(words[-1].box.x1 for words in bodies) + 30
    edges = [left, *cuts, right]
    columns: list[Extent] = []
    for a, b in itertools.pairwise(edges):
        own = [
            [w.box for w in words if a <= w.box.middle < b and w.box.x0 > a - 1 and w.box.x1 < b + 1]
            for words in bodies
        ]
        lines = [hull(boxes) for boxes in own if boxes]
        if lines:
            around = hull(lines)
            begin = sum(box.x0 < around.x0 + 1.5 for box in lines) >= 0.8 * len(lines)
            end = sum(box.x1 > around.x1 - 1.5 for box in lines) >= 0.8 * len(lines)
            texts = [w.text for words in bodies for w in words if a <= w.box.middle < b]
            figures = any(c.isdigit() for text in texts for c in text)
            columns.append(Extent(a, b, around.x0, around.x1, begin, end, money(texts), figures))
        elif columns:
            columns[-1] = replace(columns[-1], right=b)
    return [replace(c, right=columns[j + 1].left if j + 1 < len(columns) else c.right) for j, c in enumerate(columns)]


def extent_of(table: Table, j: int) -> Extent:
    """The extent of a column of a table that was read, its words those of its cells."""
    boxes = [c.box for row in table.rows if (c := row.crossings[j]) is not None]
    column = table.columns[j]
    boxes = [b for b in boxes if b.x0 >= column.x0 - 2 and b.x1 <= column.x1 + 2]
    around = hull(boxes) if boxes else Box(column.x0, 0, column.x1, 0)
    return Extent(column.x0, column.x1, around.x0, around.x1)


def money(texts: Sequence[str]) -> bool | None:
    """Whether the figures among texts have dollar signs; None where there are none, or some have and some have not."""
    figures = [t for t in texts if re.fullmatch(r"\(?\$?[\d,]*\.?\d+\)?[*†]?", t) and re.search(r"[$.]", t)]
    signed = sum("$" in t for t in figures)
    return None if not figures or 0 < signed < len(figures) else signed > 0


def wording_ends(bodies: Sequence[Sequence[Word]], columns: Sequence[Extent], code: int) -> int:
    """The first column that holds values rather than wording, right of the codes if there is one."""
    for j in itertools.chain(range(code + 1, len(columns)), range(code)):
        texts = _texts(bodies, columns[j])
        if texts and not is_wording(texts):
            return j
    return min(code + 1, len(columns) - 1)


def without_gaps(
    columns: Sequence[Extent], paths: Sequence[tuple[str, ...]], bodies: Sequence[Sequence[Word]], code: int
) -> list[Extent] | None:
    """Columns of wording that lie side by side without a heading each, as one; None where there are none.

    Words of a few short lines may stand under each other by chance.
    """
    wordy = [
        j != code and bool(texts := _texts(bodies, column)) and is_wording(texts) for j, column in enumerate(columns)
    ]
    result: list[Extent] = []
    headed = False
    for j, column in enumerate(columns):
        if j and wordy[j] and wordy[j - 1] and not (headed and paths[j]):
            last = result[-1]
            result[-1] = replace(last, right=column.right, x1=column.x1, flush_right=column.flush_right)
            headed = headed or bool(paths[j])
        else:
            result.append(column)
            headed = bool(paths[j])
    return result if len(result) < len(columns) else None


def _texts(bodies: Sequence[Sequence[Word]], column: Extent) -> list[str]:
    """What each code line prints in a column."""
    own = [[w for w in words if column.left <= w.box.middle < column.right] for words in bodies]
    return [text_of(words) for words in own if words]
