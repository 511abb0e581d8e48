"""Which characters a viewer sees, asked of two small pictures of the page: one with its text, one without.

A character shows where the two differ. One that is clipped away, painted over, in a hidden layer or in the colour of
what lies behind it makes no difference, whatever else is drawn in its place. Pictures in grey are drawn and looked
through fastest, and what differs in grey differs in colour; what makes no difference in grey is looked for in colour
before it counts as hidden. Where characters stand over one another, `overprint` asks which of them shows.

Thin lines are left out of the pictures: one hides no character, and is no ink of the character that it crosses. Where a
page draws nothing but text and thin lines, the picture without its text is white paper and need not be drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import and_
from typing import Any, Final, NamedTuple

from feebook.guides import pdfium
from feebook.guides.box import Box
from feebook.guides.glyphs import Glyph
from feebook.guides.overprint import apart
from feebook.guides.raster import COLOUR, CONTRAST, GREY, MARGIN, Part, Picture, core, differ, paper, part_of, pictured

_SHADES: Final = bytes(1 if grey < 192 - CONTRAST else 2 if grey >= 192 else 0 for grey in range(256))
"""Greys as dark (1), light (2) or neither: a dark and a light one differ by more than CONTRAST."""

_LIGHT: Final = b"\2"
_INK: Final = b"\3"
"""Dark in one picture and light in the other."""


class Seen(NamedTuple):
    """The characters of a page that show, those that do not, and how many lay covered under others."""

    glyphs: list[Glyph]
    unseen: list[Glyph]
    covered: int


def visible(page: Any, glyphs: Sequence[Glyph], texts: Sequence[int], alone: bool) -> Seen | None:
    """The characters whose ink shows in pictures of the page, and the others; a space stays.

    None for a page too large to picture. `texts` are all text objects of the page: of two that write the same over one
    another pdfium gives only the first. `alone` says that nothing else is drawn.
    """
    part = part_of(page, glyphs)
    if part is None:
        return None
    grey = pictured(page, part, GREY), _bare(page, part, texts, alone, GREY)
    hidden = _unseen(_doubtful(glyphs, *grey), glyphs, *grey)
    if hidden:
        colour = pictured(page, part, COLOUR), _bare(page, part, texts, alone, COLOUR)
        hidden = _unseen(hidden, glyphs, *colour)
    gone = set(hidden)
    seen = [glyph for i, glyph in enumerate(glyphs) if i not in gone] if gone else list(glyphs)
    if all(glyph.text.isspace() for glyph in seen):
        return Seen([], [glyphs[i] for i in hidden], 0)
    told = apart(page, part, seen, texts)
    return Seen(told.glyphs, [glyphs[i] for i in hidden], told.covered)


def _bare(page: Any, part: Part, texts: Sequence[int], alone: bool, depth: int) -> Picture:
    """A picture of a part of a page without its text."""
    if alone:
        return paper(part, depth)
    pdfium.leave_out(texts)
    try:
        return pictured(page, part, depth)
    finally:
        pdfium.put_back(texts)


def _doubtful(glyphs: Sequence[Glyph], inked: Picture, bare: Picture) -> list[int]:
    """Characters that need a closer look: all but those dark on light, or light on dark, where ink is surest."""
    left, upper, _, _, scale = inked.part
    result: list[int] = []
    rows: dict[int, tuple[bytes, bytes]] = {}
    sides = (0.0, 0.0)
    ink = behind = b""
    for i, (text, (x0, top, x1, bottom), _, _, _, _, _, pale, _) in enumerate(glyphs):
        if text.isspace():
            continue
        if (top, bottom) != sides:  # the characters of a run share them; it is the row in which they have most ink
            sides = top, bottom
            row = (2 * int(top * scale) + 3 * (int(bottom * scale) + 1)) // 5 - upper
            if row not in rows:
                rows[row] = _row(inked, bare, row)
            ink, behind = rows[row]
        side = MARGIN * (x1 - x0)
        a = int((x0 + side) * scale) - left
        b = int((x1 - side) * scale) + 1 - left
        if a < 0 or ink.find(_INK, a, b) < 0 or (pale and behind.find(_LIGHT, a, b) >= 0):
            result.append(i)
    return result


def _row(inked: Picture, bare: Picture, row: int) -> tuple[bytes, bytes]:
    """Of a row of pixels: where the pictures differ surely, and the shades behind the text."""
    _, _, width, height, _ = inked.part
    if not 0 <= row < height:
        return b"", b""
    at = row * inked.stride
    one, other = (bytes(picture.data[at : at + width]).translate(_SHADES) for picture in (inked, bare))
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).to_bytes(width, "big"), other


def _unseen(which: Sequence[int], glyphs: Sequence[Glyph], inked: Picture, bare: Picture) -> list[int]:
    """Those of some characters that do not show; what is printed again in the same place is looked at once."""
    told: dict[tuple[Box, Any], bool] = {}
    result: list[int] = []
    for i in which:
        glyph = glyphs[i]
        key = glyph.box, glyph.pale
        if key not in told:
            told[key] = _shows(glyph, inked, bare)
        if not told[key]:
            result.append(i)
    return result


def _shows(glyph: Glyph, inked: Picture, bare: Picture) -> bool:
    """True when a character makes a difference in its box, and does not stand on its own colour."""
    if glyph.pale and _on_paper(glyph, glyph.pale, bare):
        return False
    return differ(inked, bare, core(glyph.box))


def _on_paper(glyph: Glyph, pale: tuple[int, int, int], bare: Picture) -> bool:
    """True when a pale character stands on its own colour: most pixels behind it are like it."""
    red, green, blue = pale
    own = (blue, green, red) if bare.depth == COLOUR else ((30 * red + 59 * green + 11 * blue) // 100,)
    channels = [list(bare.lines(glyph.box, channel)) for channel in range(bare.depth)]
    same = pixels = 0
    for lines in zip(*channels, strict=True):
        alike = [int.from_bytes(line.translate(_near(value)), "big") for line, value in zip(lines, own, strict=True)]
        same += reduce(and_, alike).bit_count()
        pixels += len(lines[0])
    return 2 * same > pixels > 0


@lru_cache(maxsize=256)
def _near(value: int) -> bytes:
    """For each value of a pixel 1 where it is like the given one, else 0."""
    return bytes(abs(other - value) < CONTRAST for other in range(256))
