"""Columns without rules: the gutters that no word of the code lines crosses.

A gutter is real when the words on its two sides stand further apart than words of one text do. A few lines may cross
it (a sentence set over several columns); an upright rule is always a gutter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from feebook.guides.codecells import printed_codes
from feebook.guides.lines import Line, hull
from feebook.guides.page import Word

APART: Final = 0.42
"""Words of one text stand less than this many sizes apart, words of two columns more."""

WIDER: Final = 1.7
"""How many times wider than between its words the space between two headings is."""

SIGN: Final = 14.0
"""Sizes that a dollar sign set to the left of its cell may stand before its figure."""

CROSSED: Final = 0.22
"""The share of lines that may cross a gutter."""


CLOSE: Final = 0.1
"""The share of lines whose words may stand as close at a gutter as words of one text do."""


CUT: Final = 0.85
"""The same share where every character is as wide as the next."""


def gathered(line: Line) -> Line:
    """A line with its single signs joined to what they belong to: `$ 413` → `$413`, `+ 61864`, `69.08 / 12.27`."""
    words: list[Word] = []
    for word in line.words:
        last = words[-1] if words else None
        gap = word.box.x0 - last.box.x1 if last else 0.0
        if last is not None and _belongs(last.text, word.text, gap / word.size):
            glue = "" if last.text in {"$", "+", "*", "-", "–"} or word.text in {")", "%"} else " "
            words[-1] = word._replace(
                text=f"{last.text}{glue}{word.text}", box=hull((last.box, word.box)), mark=last.mark + word.mark
            )
        else:
            words.append(word)
    return Line(line.base, tuple(words))


def _belongs(before: str, after: str, gap: float) -> bool:
    if before == "$":
        return bool(re.match(r"[\d(.]|-\d", after)) and gap < SIGN
    if before in {"+", "*", "†", "‡", "^"}:
        return bool(printed_codes(after)[0]) and gap < 3
    if after == "%":
        return before[-1:].isdigit() and gap < 0.6
    if after == "/" or before == "/" or before.endswith(" /"):
        left = before.removesuffix(" /")
        return gap < 1.6 and (_short(left) if after == "/" else _short(after) and _short(left or after))
    return False


def _short(text: str) -> bool:
    return bool(re.fullmatch(r"[$(]?[\d,.]+\)?[*†]?|n/?a\.?|[-–—]", text.split(" / ")[-1], re.IGNORECASE))


def usual_gap(line: Line) -> float:
    """The space between words of one text on a line, in sizes; as wide as they come where none stand close."""
    gaps = [(b.box.x0 - a.box.x1) / b.size / b.space for a, b in pairwise(line.words)]
    return median([gap for gap in gaps if gap <= APART] or [APART])


def set_apart(line: Line) -> list[tuple[Word, ...]]:
    """A line in pieces: parted by spaces clearly wider than its others, though no wider than those between columns."""
    usual = usual_gap(line)
    parts: list[list[Word]] = []
    for word in line.words:
        gap = (word.box.x0 - parts[-1][-1].box.x1) / word.size / word.space if parts else 0.0
        if parts and gap <= max(APART, WIDER * usual):
            parts[-1].append(word)
        else:
            parts.append([word])
    return [tuple(part) for part in parts]


def gutters(rows: Sequence[Sequence[Word]], uprights: Sequence[float]) -> list[float]:
    """The x of each gutter between the words of some lines, from the left."""
    rows = [row for row in rows if row]
    if not rows:
        return []
    found: list[tuple[float, float]] = []
    for start, end in _uncrossed(rows):
        if _real(rows, (start + end) / 2) and not any(start - 2 <= x <= end + 2 for x in uprights):
            found.append((start, end))
    left = min(row[0].box.x0 for row in rows)
    right = max(row[-1].box.x1 for row in rows)
    inside = [x for x in uprights if left + 3 < x < right - 3]
    return sorted(_untorn(rows, [(a + b) / 2 for a, b in found], inside) + inside)


def _untorn(rows: Sequence[Sequence[Word]], cuts: Sequence[float], uprights: Sequence[float]) -> list[float]:
    """Gutters without those that only tear a phrase: no line has words just beside them that do not run on over them.

    A phrase may be wider than the figures of its column, so that a space of it lies between them and the next column.
    """
    kept = list(cuts)
    for x in cuts:
        edges = sorted([*kept, *uprights])
        before = max((e for e in edges if e < x), default=float("-inf"))
        after = min((e for e in edges if e > x), default=float("inf"))
        torn = [_runs_on(row, x) for row in rows if any(before < w.box.middle < x for w in row)]
        torn_after = [_runs_on(row, x) for row in rows if any(x < w.box.middle < after for w in row)]
        if all(torn) or all(torn_after):
            kept.remove(x)
    return kept


def _runs_on(row: Sequence[Word], x: float) -> bool:
    """True when the words of a line on the two sides of x stand as close as words of one text do."""
    left = [w for w in row if w.box.middle < x]
    right = [w for w in row if w.box.middle > x]
    if not left or not right:
        return False
    gap = min(w.box.x0 for w in right) - max(w.box.x1 for w in left)
    return right[0].space <= 1 and gap < APART * right[0].space * max(left[-1].size, right[0].size)


def _uncrossed(rows: Sequence[Sequence[Word]]) -> list[tuple[float, float]]:
    """Spans of x that the fewest lines cross: none, or locally least and few."""
    points: list[tuple[float, int]] = []
    for row in rows:
        for start, end in _merged(row):
            points += [(start, 1), (end, -1)]
    points.sort()
    spans: list[tuple[float, float, int]] = []
    count = 0
    for n, (x, step) in enumerate(points):
        count += step
        if n + 1 < len(points) and points[n + 1][0] > x:
            spans.append((x, points[n + 1][0], count))
    allowed = int(CROSSED * len(rows)) if len(rows) >= 4 else 0
    result: list[tuple[float, float]] = []
    run: list[tuple[float, float, int]] = []
    for span in [*spans, (0.0, 0.0, 10**9)]:
        if span[2] <= allowed:
            run.append(span)
        elif run:
            result += _least(run)
            run = []
    size = median(word.size for row in rows for word in row)
    return [(a, b) for a, b in result if b - a >= 0.2 * size]


def _least(run: Sequence[tuple[float, float, int]]) -> list[tuple[float, float]]:
    """The parts of a run that the fewest lines cross, neighbours joined."""
    low = min(count for _, _, count in run)
    parts: list[tuple[float, float]] = []
    for start, end, count in run:
        if count == low:
            if parts and parts[-1][1] == start:
                parts[-1] = parts[-1][0], end
            else:
                parts.append((start, end))
    if low == 0:
        return parts
    return [max(parts, key=lambda p: p[1] - p[0])]


def _merged(row: Sequence[Word]) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for word in sorted(row, key=lambda w: w.box.x0):
        if spans and word.box.x0 <= spans[-1][1] + 0.01:
            spans[-1] = spans[-1][0], max(spans[-1][1], word.box.x1)
        else:
            spans.append((word.box.x0, word.box.x1))
    return spans


def _real(rows: Sequence[Sequence[Word]], x: float) -> bool:
    """True when in nearly every line with words on both sides the words next to x stand apart."""
    wide = close = 0
    for row in rows:
        left = [w for w in row if w.box.x1 <= x + 0.5]
        right = [w for w in row if w.box.x0 >= x - 0.5]
        if left and right and len(left) + len(right) == len(row):
            gap = min(w.box.x0 for w in right) - max(w.box.x1 for w in left)
            if gap >= APART * right[0].space * max(left[-1].size, right[0].size):
                wide += 1
            else:
                close += 1
    mono = any(
        word.space > 1 for row in rows[:1] for word in row
    )  # a print file cuts wording off one space before the next column
    return wide > 0 and close <= (CUT if mono else CLOSE) * (wide + close)
