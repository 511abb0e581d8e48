"""Words of a page that are not what they seem: struck out, cut off in their midst, with cents set as a mark, or with a
character of no meaning.

An analyst with the page in hand sees each of these at once; of the text alone none can be told.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from feebook.guides.box import Box
from feebook.guides.glyphs import Glyph
from feebook.guides.page import Rule, Word
from feebook.guides.unread import IN_WORD, UNREAD

STRUCK: Final = "a line is drawn through it"
HIDDEN: Final = "it goes on with characters that a viewer does not see"
RAISED: Final = "the raised figures beside it may be cents"

_DOLLARS: Final = re.compile(r"\$[\d,]*\d\.?|\d{1,3}(?:,\d{3})+\.?")
_CENTS: Final = re.compile(r"\.?\d\d")

LOW: Final = 0.12
HIGH: Final = 0.55
"""Sizes over the baseline between which a line strikes a word out; one lower is drawn under it."""

OVER: Final = 0.1
"""The share of a word that a line through it may leave free on either side."""

GAP: Final = 0.12
"""Sizes that a character may stand off a word and still be of it."""


def spoilt(words: Sequence[Word], rules: Iterable[Rule], unseen: Iterable[Glyph]) -> Iterator[tuple[Box, str]]:
    """The boxes of such words with what spoils them; `unseen` are characters in the direction of the words."""
    upright = sorted((word for word in words if not word.turned), key=lambda word: word.base)
    for word in words:
        if UNREAD in word.text:
            yield word.box, IN_WORD
    for word in upright:
        if word.mark and _CENTS.fullmatch(word.mark) and _DOLLARS.fullmatch(word.text):
            yield word.box, RAISED
    bases = [word.base for word in upright]
    tallest = max((word.size for word in upright), default=0.0)
    for rule in rules:
        if rule.level:
            first, end = bisect_left(bases, rule.at), bisect_right(bases, rule.at + HIGH * tallest)
            yield from ((word.box, STRUCK) for word in upright[first:end] if _is_struck(word, rule))
    for glyph in unseen:
        if glyph.text.isdecimal() or glyph.text in ".,":
            near = bisect_left(bases, glyph.box.top), bisect_right(bases, glyph.box.bottom)
            yield from ((word.box, HIDDEN) for word in upright[slice(*near)] if _goes_on(word, glyph))


def _is_struck(word: Word, rule: Rule) -> bool:
    free = OVER * (word.box.x1 - word.box.x0)
    return (
        LOW * word.size < word.base - rule.at < HIGH * word.size
        and rule.start <= word.box.x0 + free
        and word.box.x1 - free <= rule.end
    )


def _goes_on(word: Word, glyph: Glyph) -> bool:
    """True for a figure that stands against the last character of another, or against its first."""
    gap = max(glyph.box.x0 - word.box.x1, word.box.x0 - glyph.box.x1)
    within = -0.5 * (glyph.box.x1 - glyph.box.x0) <= gap <= GAP * word.size
    return within and 0.9 < glyph.size / word.size < 1.12 and any(c.isdecimal() for c in word.text)
