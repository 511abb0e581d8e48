"""Which characters a viewer sees, asked of a small picture of the page.

A character that is clipped away, painted over, in a hidden layer or in the colour of what lies behind it leaves no ink.
A picture in grey is drawn and looked through fastest, and what differs in grey differs in colour; what leaves no ink in
grey is looked for in colour before it counts as hidden.

Thin lines are left out of the picture: one hides no character, and is no ink of the character that it crosses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import and_
from typing import Any, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from feebook.guides.box import Box
from feebook.guides.glyphs import Glyph

SCALE: Final = 1.5
"""Pixels per point of the picture, as long as that gives no more than MOST."""

COARSE: Final = 0.6
"""With fewer pixels per point than this a picture does not tell whether a character shows."""

MOST: Final = 6_000_000
"""Pixels of the picture: 18 MB in colour. A page of 24 by 30 inches is below it."""

CONTRAST: Final = 28
"""Steps of 255 by which ink must differ from what lies behind it."""

GREY: Final = 1
COLOUR: Final = 3
"""Bytes of a pixel: its grey; its blue, green and red."""


_DARK: Final = b"\1"
_LIGHT: Final = b"\2"
_SHADES: Final = bytes(1 if grey < 192 - CONTRAST else 2 if grey >= 192 else 0 for grey in range(256))
"""Greys as dark, light or neither: a dark and a light one differ by more than CONTRAST."""


class _Part(NamedTuple):
    """The part of a page that its text stands in, in pixels of a picture of the whole page."""

    left: int
    top: int
    width: int
    height: int
    scale: float


class _Picture(NamedTuple):
    """The pixels of the part of a page that its text stands in."""

    data: bytes
    stride: int
    depth: int
    part: _Part

    def spans(self, box: Box) -> tuple[int, int, int, int]:
        """First column, column past the last, first row and row past the last of a character's box."""
        x0, top, x1, bottom = box
        left, upper, width, height, scale = self.part
        return (
            max(0, int(x0 * scale) - left),
            min(width, int(x1 * scale) + 1 - left),
            max(0, int(top * scale) - upper),
            min(height, int(bottom * scale) + 1 - upper),
        )


def visible(page: Any, glyphs: Sequence[Glyph]) -> list[Glyph] | None:
    """The characters whose ink shows in a picture of the page; a space stays. None for a page too large to picture."""
    part = _part(page, glyphs)
    if part is None:
        return None
    picture = _picture(page, part, GREY)
    hidden = [i for i in _doubtful(glyphs, picture) if not _is_inked(glyphs[i], picture)]
    if hidden:
        picture = _picture(page, part, COLOUR)
        hidden = [i for i in hidden if not _is_inked(glyphs[i], picture)]
    gone = set(hidden)
    return [glyph for i, glyph in enumerate(glyphs) if i not in gone] if gone else list(glyphs)


def _part(page: Any, glyphs: Sequence[Glyph]) -> _Part | None:
    """The part of the page that characters stand in: a page may be absurdly large and its text be in a corner."""
    x0s, tops, x1s, bottoms = zip(*(glyph.box for glyph in glyphs), strict=True)
    x0, x1 = max(0.0, min(x0s)), min(page.get_width(), max(x1s))
    top, bottom = max(0.0, min(tops)), min(page.get_height(), max(bottoms))
    area = max(1.0, x1 - x0) * max(1.0, bottom - top)
    scale = min(SCALE, math.sqrt(MOST / area))
    if scale < COARSE:
        return None
    left, upper = int(x0 * scale), int(top * scale)
    width, height = max(1, math.ceil(x1 * scale) - left + 1), max(1, math.ceil(bottom * scale) - upper + 1)
    return _Part(left, upper, width, height, scale)


def _picture(page: Any, part: _Part, depth: int) -> _Picture:
    whole = math.ceil(page.get_width() * part.scale), math.ceil(page.get_height() * part.scale)
    kind = c.FPDFBitmap_Gray if depth == GREY else c.FPDFBitmap_BGR
    bitmap = pypdfium2.PdfBitmap.new_native(part.width, part.height, kind)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, part.width, part.height)
        c.FPDF_RenderPageBitmap(bitmap, page, -part.left, -part.top, *whole, 0, c.FPDF_ANNOT)
        return _Picture(bytes(bitmap.buffer), bitmap.stride, depth, part)
    finally:
        bitmap.close()


def _doubtful(glyphs: Sequence[Glyph], picture: _Picture) -> list[int]:
    """Characters that need a closer look: all but those with dark ink and light paper where ink is surest."""
    left, scale = picture.part.left, picture.part.scale
    result: list[int] = []
    sides = (0.0, 0.0)
    find = b"".find
    for i, (text, (x0, top, x1, bottom), _, _, _, _, _, pale) in enumerate(glyphs):
        if text.isspace():
            continue
        if (top, bottom) != sides:  # the characters of a run share them
            sides = top, bottom
            find = _shades(picture, top, bottom).find
        a, b = int(x0 * scale) - left, int(x1 * scale) + 1 - left
        if pale or a < 0 or find(_DARK, a, b) < 0 or find(_LIGHT, a, b) < 0:
            result.append(i)
    return result


def _shades(picture: _Picture, top: float, bottom: float) -> bytes:
    """The row of a grey picture in which characters have the most ink, its pixels dark, light or neither."""
    data, stride, _, (_, upper, width, height, scale) = picture
    row = (2 * int(top * scale) + 3 * (int(bottom * scale) + 1)) // 5 - upper
    return data[row * stride : row * stride + width].translate(_SHADES) if 0 <= row < height else b""


def _is_inked(glyph: Glyph, picture: _Picture) -> bool:
    """True when the pixels in the box of a character are not all of one colour, and most are not of its own."""
    data, stride, depth, _ = picture
    if glyph.pale and _on_paper(glyph, glyph.pale, picture):
        return False
    left, right, first, end = picture.spans(glyph.box)
    if left >= right:
        return False
    for channel in range(depth):
        low, high = 255, 0
        for row in reversed(range(first, end)):  # the ink of a point or comma is below
            at = row * stride + channel
            line = data[at + left * depth : at + right * depth : depth]
            low, high = min(low, *line), max(high, *line)
            if high - low >= CONTRAST:
                return True
    return False


def _on_paper(glyph: Glyph, pale: tuple[int, int, int], picture: _Picture) -> bool:
    """True when a pale character stands on its own colour: most pixels of its box, text drawn over it aside."""
    data, stride, depth, _ = picture
    left, right, first, end = picture.spans(glyph.box)
    red, green, blue = pale
    own = (blue, green, red) if depth == COLOUR else ((30 * red + 59 * green + 11 * blue) // 100,)
    same = 0
    for row in range(first, end):
        at, past = row * stride + left * depth, row * stride + right * depth
        alike = [int.from_bytes(data[at + k : past : depth].translate(_near(own[k])), "big") for k in range(depth)]
        same += reduce(and_, alike).bit_count()
    return 2 * same > (right - left) * (end - first) > 0


@lru_cache(maxsize=256)
def _near(value: int) -> bytes:
    """For each value of a pixel 1 where it is like the given one, else 0."""
    return bytes(abs(other - value) < CONTRAST for other in range(256))
