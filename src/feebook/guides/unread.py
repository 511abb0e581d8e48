"""Characters that are seen and that the file gives no meaning: told by their shape where that is plain, else kept so.

A font need not say which character each of its shapes stands for; pdfium then gives a number of no meaning. A level bar
at half height is a dash to any viewer, and what is raised or taller than a digit is a mark. Every other shape stays
UNREAD, so that a figure short of a digit is never taken for a whole one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

UNREAD: Final = "\N{APL FUNCTIONAL SYMBOL QUAD QUESTION}"
"""Stands for a character without a meaning; no guide prints it."""

STRANGE: Final = frozenset({*range(32), 0xFFFD, 0xFFFE, 0xFFFF, *range(0xE000, 0xF900)} - {9, 10, 13})
"""Numbers of no character that is printed: controls, and those of private use."""

HYPHEN: Final = 0x02
"""What pdfium gives for a hyphen at the end of a line; it tells of no fault then."""

OLD_STYLE: Final = range(0xF730, 0xF73A)
"""Old-style digits, by the numbers that Adobe's list of glyph names gives them."""

FLAT: Final = 0.13
"""Sizes that a dash is tall at most; it is more than twice as long."""

HALF: Final = (0.12, 0.5)
"""Sizes over the baseline between which a dash lies."""

RAISED: Final = 0.22
"""Sizes over the baseline from which on a shape is a mark: an asterisk, a dot, a small figure."""

TALL: Final = 0.86
"""Sizes that no digit is tall, but a dagger or a bracket is."""

IN_FIGURES: Final = "the file does not say which characters some of its figures are"
IN_WORD: Final = "the file does not say which character one of these is"

_FIGURE: Final = re.compile(rf"\d.*{UNREAD}|{UNREAD}.*\d|{UNREAD}{{2}}")


def told(number: int, fault: bool, long: float, low: float, tall: float) -> str:
    """What a character with a STRANGE number stands for; empty where it puts no ink on the page.

    `fault` says whether pdfium found no meaning in the font; then follow the length of the ink, how far over the
    baseline it begins and how tall it is, in sizes.
    """
    if number == HYPHEN and not fault:
        return "-"
    if number in OLD_STYLE:
        return chr(number - OLD_STYLE.start + ord("0"))
    if long <= 0 or tall <= 0:
        return ""
    if tall <= FLAT and long > 2 * tall and HALF[0] < low < HALF[1]:
        return "–"
    if low > RAISED:
        return "*"
    return "†" if tall > TALL else UNREAD


def in_figures(texts: Iterable[str]) -> bool:
    """True where such a character stands in a figure, or where a word has several: what it says may be a year."""
    return any(UNREAD in text and _FIGURE.search(text) for text in texts)
