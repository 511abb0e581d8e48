"""One small model of a page: the words a viewer sees, with their boxes, and the rules and shades drawn behind them.

Coordinates are points from the top left of the page as seen. A page whose table is printed sideways gives one more
frame, turned so that its text runs to the right; `Page.seen` takes a box of a frame back to the page as seen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from feebook.guides import ink
from feebook.guides.box import Box, boxed, turned
from feebook.guides.glyphs import Glyph


class Word(NamedTuple):
    """A run of characters without a gap; `mark` is the raised small text that was printed against it."""

    text: str
    box: Box
    base: float
    size: float
    mark: str = ""
    bold: bool = False
    turned: int = 0
    """Quarter turns, clockwise, of its own text against its frame: 1 runs down, 3 runs up."""
    space: float = 1.0
    """How wide its font sets a space, against a usual one: 2 where every character is as wide as the next."""
    tight: bool = False
    """Whether it stands apart from the word before it without a space in the file."""


class Rule(NamedTuple):
    """A straight rule: `at` is its y when level, its x when upright; `start` and `end` are the other coordinate."""

    level: bool
    at: float
    start: float
    end: float


_rule: Final[Callable[[tuple[bool, float, float, float]], Rule]] = partial(tuple.__new__, Rule)
"""A rule from all its fields, for the one place that makes very many."""


@dataclass(frozen=True, slots=True)
class Page:
    """One frame of a page. `turn` counts the quarter turns, clockwise, of its text against the page as seen."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    shades: tuple[Box, ...]
    turn: int = 0

    def seen(self, box: Box) -> Box:
        """The box in the coordinates of the page as seen."""
        return turned(box, -self.turn % 4, self.width, self.height)


SUPERSCRIPT: Final = 0.9
"""Text below this share of its neighbour's size is a mark, not part of the word."""

TINY: Final = 2.5
"""Text below this size in points cannot be read on paper and is passed over."""


def pages(sheet: ink.Sheet) -> Iterator[Page]:
    """The frames of a page, the upright one first; a turned one only where a good part of the text is turned."""
    large = [glyph for glyph in _without_watermarks(sheet.glyphs) if glyph.size >= TINY]
    turns = dict.fromkeys(glyph.turn for glyph in large)
    by_turn = {turn: [glyph for glyph in large if glyph.turn == turn] for turn in turns}
    if not by_turn:
        return
    most = max(len(glyphs) for glyphs in by_turn.values())
    for turn in sorted(by_turn):
        if turn == 0 or len(by_turn[turn]) >= max(60, most // 4):
            yield _frame(sheet, by_turn, turn)


def _frame(sheet: ink.Sheet, by_turn: dict[int, list[Glyph]], turn: int) -> Page:
    sizes = {0: (sheet.width, sheet.height), 1: (sheet.height, sheet.width)}
    width, height = sizes[turn % 2]
    words: list[Word] = []
    for other, glyphs in by_turn.items():
        back = (other - turn) % 4
        for word in _words(glyphs, other, sheet):
            box = turned(word.box, -back % 4, *sizes[other % 2]) if back else word.box
            words.append(word._replace(box=box, base=box.bottom, turned=back) if back else word)
    boxes = [turned(rule, turn, sheet.width, sheet.height) for rule in sheet.rules] if turn else sheet.rules
    shades = tuple(turned(shade, turn, sheet.width, sheet.height) for shade in sheet.shades)
    return Page(sheet.number, width, height, tuple(words), tuple(joined(_rules(boxes))), shades, turn)


def _without_watermarks(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters without those of large texts that smaller ones are printed across: SAMPLE, DRAFT."""
    if not glyphs:
        return glyphs
    usual = sorted(glyph.size for glyph in glyphs)[len(glyphs) // 2]
    sizes: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if glyph.size > 2 * usual and not glyph.text.isspace():
            sizes[round(glyph.size)].append(glyph)
    if not sizes:
        return glyphs
    small = sorted(
        ((box[1] + box[3]) / 2, (box[0] + box[2]) / 2)
        for text, box, _, size, *_ in glyphs
        if size <= 1.4 * usual and not text.isspace()
    )
    across = {
        size for size, large in sizes.items() if 10 * sum(_is_crossed(g.box, small) for g in large) >= 2 * len(large)
    }
    return [g for g in glyphs if round(g.size) not in across or g.size <= 2 * usual]


def _is_crossed(large: Box, small: Sequence[tuple[float, float]]) -> bool:
    """True when the middle of a small character, of which y and x are given from the top, lies in a box."""
    first, end = bisect_right(small, (large.top, float("inf"))), bisect_left(small, (large.bottom,))
    return any(large.x0 < x < large.x1 for _, x in small[first:end])


def _rules(boxes: Iterable[Box]) -> list[Rule]:
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


_Placed = tuple[float, float, int, Glyph]
"""A character in its line: baseline, left side, its place among the others, itself."""


def _words(glyphs: list[Glyph], turn: int, sheet: ink.Sheet) -> Iterator[Word]:
    """Words of one direction, lines from the top; marks are taken off their words."""
    if turn:
        glyphs = [_upright(glyph, turn, sheet) for glyph in glyphs]
    along = [(glyph.base[1], glyph.box[0], i, glyph) for i, glyph in enumerate(glyphs)]
    along.sort()
    found = [word for row in _lines(along) for word in _line_words(row)]
    if _monospaced(found):
        found = [word._replace(space=2.0) for word in found]
    yield from _without_marks(found)


def _upright(glyph: Glyph, turn: int, sheet: ink.Sheet) -> Glyph:
    """A character as it stands when the page is turned back by quarter turns."""
    x, y = glyph.base
    base = (y, sheet.width - x, sheet.height - y, x)[turn]
    return glyph._replace(box=turned(glyph.box, turn, sheet.width, sheet.height), base=(0.0, base))


def _lines(along: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Characters by their baselines, which are sorted; those that differ by little share a line."""
    row: list[_Placed] = []
    first = last = float("-inf")
    for base, level in groupby(along, itemgetter(0)):
        more = list(level)
        for n, item in enumerate(more):
            size = item[3].size
            if base - last > 0.12 * size or base - first > 0.3 * size:  # and those after it stand with it
                if row:
                    yield row + more[:n]
                row, first = more[n:], base
                break
            last = base
        else:
            row += more
        last = base
    if row:
        yield row


def _monospaced(words: list[Word]) -> bool:
    """True when nearly all words are as wide as their number of characters says."""
    long = [word for word in words if len(word.text) > 3]
    widths = sorted((w.box.x1 - w.box.x0) / len(w.text) / w.size for w in long)
    if len(widths) < 10:
        return False
    usual = widths[len(widths) // 2]
    return sum(abs(width - usual) < 0.02 for width in widths) >= 0.9 * len(widths)


def _line_words(row: list[_Placed]) -> Iterator[Word]:
    """Words of one line of characters: a space, a gap of an eighth of the size, or another size ends a word."""
    row.sort(key=itemgetter(1))
    part: list[Glyph] = []
    base = last_size = last_x1 = 0.0
    tight = False
    for at, x0, _, glyph in row:
        text, box, _, size, _, _, after_space, _ = glyph
        if text.isspace():
            if part:
                yield _word(part, base, tight)
                part = []
            tight = False
            continue
        if part:
            gap = (0.08 if after_space else 0.12) * (size if size >= last_size else last_size)
            if x0 - last_x1 > gap or not 0.9 < size / last_size < 1.12:
                yield _word(part, base, tight)
                part = []
                tight = not after_space
        if not part:
            base = at
        part.append(glyph)
        last_size, last_x1 = size, box[2]
    if part:
        yield _word(part, base, tight)


def _word(part: list[Glyph], base: float, tight: bool) -> Word:
    first = part[0]
    if len(part) == 1:
        return Word(first.text, first.box, base, first.size, bold=first.bold, tight=tight)
    texts, boxes, _, sizes, _, _, _, _ = zip(*part, strict=True)
    _, tops, x1s, bottoms = zip(*boxes, strict=True)
    box = boxed((first.box.x0, min(tops), max(x1s), max(bottoms)))
    return Word("".join(texts), box, base, max(sizes), bold=first.bold, tight=tight)


def _without_marks(words: list[Word]) -> Iterator[Word]:
    """Every full-size word with the small raised text against it taken off as its mark."""
    bands = [(int(word.box.top // 20), int(word.box.bottom // 20)) for word in words]
    buckets: dict[int, list[int]] = defaultdict(list)
    for i, (upper, lower) in enumerate(bands):
        for band in range(upper, lower + 1):
            buckets[band].append(i)
    tallest = {band: max([words[i].size for i in bucket]) for band, bucket in buckets.items()}
    small = [
        (word.box.x0, i)
        for i, (word, (upper, lower)) in enumerate(zip(words, bands, strict=True))
        if word.size <= SUPERSCRIPT * max(tallest[upper], tallest[lower])
    ]
    marks: dict[int, str] = {}
    taken: set[int] = set()
    for _, i in sorted(small):
        host = _host(i, words[i], words, buckets, taken)
        if host is not None:
            marks[host] = marks.get(host, "") + words[i].text
            taken.add(i)
    for i, word in enumerate(words):
        if i not in taken:
            yield word._replace(mark=marks[i]) if marks.get(i) else word


def _host(i: int, word: Word, words: list[Word], buckets: dict[int, list[int]], taken: set[int]) -> int | None:
    """The word that a small raised one is printed against, on its left or (a leading mark) on its right."""
    best: tuple[float, int] | None = None
    for band in {int(word.box.top // 20), int(word.box.bottom // 20)}:
        for j in buckets[band]:
            other = words[j]
            if j == i or j in taken or word.size > SUPERSCRIPT * other.size:
                continue
            raised = (
                other.base - 0.75 * other.size <= word.base - 0.15 * word.size
                and word.base < other.base - 0.08 * other.size
            )
            if not raised or word.box.centre < other.box.top - 0.3 * other.size:
                continue
            gap = word.box.x0 - other.box.x1 if word.box.x0 > other.box.middle else other.box.x0 - word.box.x1
            if -0.6 * other.size <= gap <= 0.5 * other.size and (best is None or gap < best[0]):
                best = (gap, j)
    return best[1] if best else None
