"""The frames of a page: its words, rules and shades as read from one side, the text that nobody reads passed over."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from feebook.guides import ink
from feebook.guides.box import Box, turned
from feebook.guides.glyphs import Glyph
from feebook.guides.page import Page, Word
from feebook.guides.rules import joined, rules
from feebook.guides.spoilt import spoilt
from feebook.guides.words import words

TINY: Final = 2.5
"""Text below this size in points cannot be read on paper and is passed over."""


def frames(sheet: ink.Sheet) -> Iterator[Page]:
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
    found: list[Word] = []
    for other, glyphs in by_turn.items():
        back = (other - turn) % 4
        for word in words(glyphs, other, sheet):
            box = turned(word.box, -back % 4, *sizes[other % 2]) if back else word.box
            found.append(word._replace(box=box, base=box.bottom, turned=back) if back else word)
    boxes = [turned(rule, turn, sheet.width, sheet.height) for rule in sheet.rules] if turn else sheet.rules
    shades = tuple(turned(shade, turn, sheet.width, sheet.height) for shade in sheet.shades)
    drawn = tuple(joined(rules(boxes)))
    unseen = [g._replace(box=turned(g.box, turn, sheet.width, sheet.height)) for g in sheet.unseen if g.turn == turn]
    broad = {turned(box, turn, sheet.width, sheet.height) for box in sheet.broad}
    thin = joined(rules(box for box in boxes if box not in broad)) if broad else drawn
    amiss = tuple(spoilt(found, thin, unseen))
    return Page(sheet.number, width, height, tuple(found), drawn, shades, turn, amiss)


def _without_watermarks(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters without those of large texts that smaller ones are printed across: SAMPLE, DRAFT."""
    among = {glyph.size for glyph in glyphs}
    if not among or max(among) <= 2 * min(among):
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
