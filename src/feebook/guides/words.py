"""Words out of the characters of a page: lines by their baselines, words by their gaps, marks taken off their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from feebook.guides import ink
from feebook.guides.box import boxed, turned
from feebook.guides.glyphs import Glyph
from feebook.guides.page import Word

SUPERSCRIPT: Final = 0.9
"""Text below this share of its neighbour's size is a mark, not part of the word."""

NO_ROOM: Final = 0.05
"""Letters less than this many sizes apart stand together, whatever lies between them in the file."""

_Placed = tuple[float, float, int, Glyph]
"""A character in its line: baseline, left side, its place among the others, itself."""


def words(glyphs: list[Glyph], turn: int, sheet: ink.Sheet) -> Iterator[Word]:
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
    """Words of one line of characters: a space, a gap of an eighth of the size, or another size ends a word.

    A space that leaves no room between two letters is none to a reader.
    """
    row.sort(key=itemgetter(1))
    part: list[Glyph] = []
    base = last_size = last_x1 = 0.0
    tight = spaced = False
    for at, x0, _, glyph in row:
        text, box, _, size, _, _, after_space, _, _ = glyph
        if text.isspace():
            spaced = True
            continue
        if part:
            gap = (0.08 if after_space else 0.12) * (size if size >= last_size else last_size)
            if spaced and x0 - last_x1 < NO_ROOM * size and text.isalpha() and part[-1].text.isalpha():
                spaced = False
            if spaced or x0 - last_x1 > gap or not 0.9 < size / last_size < 1.12:
                yield _word(part, base, tight)
                part = []
                tight = not (spaced or after_space)
        spaced = False
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
    texts, boxes, _, sizes, _, _, _, _, _ = zip(*part, strict=True)
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
