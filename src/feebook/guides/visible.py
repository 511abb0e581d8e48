"""Which characters a viewer sees, asked of a small picture of the page.

A character that is clipped away, painted over, in a hidden layer or in the colour of what lies behind it leaves no ink.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from feebook.guides.glyphs import Glyph

SCALE: Final = 1.5
"""Pixels per point of the picture, as long as that gives no more than MOST."""

COARSE: Final = 0.6
"""With fewer pixels per point than this a picture does not tell whether a character shows."""

MOST: Final = 6_000_000
"""Pixels of the picture: 24 MB. A page of 24 by 30 inches is below it."""

CONTRAST: Final = 28
"""Steps of 255 by which ink must differ from what lies behind it."""

DEPTH: Final = 4
"""Bytes of a pixel: blue, green, red, nothing."""


class _Picture(NamedTuple):
    """The pixels of the part of a page that its text stands in; `left` and `top` are that part's corner in pixels."""

    data: bytes
    stride: int
    width: int
    height: int
    left: int
    top: int
    scale: float

    def spans(self, glyph: Glyph) -> tuple[int, int, int, int]:
        """First column, column past the last, first row and row past the last of a character's box."""
        x0, top, x1, bottom = glyph.box
        return (
            max(0, int(x0 * self.scale) - self.left),
            min(self.width, int(x1 * self.scale) + 1 - self.left),
            max(0, int(top * self.scale) - self.top),
            min(self.height, int(bottom * self.scale) + 1 - self.top),
        )


def visible(page: Any, glyphs: Sequence[Glyph]) -> list[Glyph] | None:
    """The characters whose ink shows in a picture of the page; a space stays. None for a page too large to picture."""
    picture = _picture(page, glyphs)
    return None if picture is None else [g for g in glyphs if g.text.isspace() or _inked(g, picture)]


def _picture(page: Any, glyphs: Sequence[Glyph]) -> _Picture | None:
    """The part of the page that characters stand in: a page may be absurdly large and its text be in a corner."""
    x0, x1 = max(0.0, min(g.box.x0 for g in glyphs)), min(page.get_width(), max(g.box.x1 for g in glyphs))
    top, bottom = max(0.0, min(g.box.top for g in glyphs)), min(page.get_height(), max(g.box.bottom for g in glyphs))
    area = max(1.0, x1 - x0) * max(1.0, bottom - top)
    scale = min(SCALE, math.sqrt(MOST / area))
    if scale < COARSE:
        return None
    left, upper = int(x0 * scale), int(top * scale)
    width, height = max(1, math.ceil(x1 * scale) - left + 1), max(1, math.ceil(bottom * scale) - upper + 1)
    whole = math.ceil(page.get_width() * scale), math.ceil(page.get_height() * scale)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, c.FPDFBitmap_BGRx)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        c.FPDF_RenderPageBitmap(bitmap, page, -left, -upper, *whole, 0, c.FPDF_ANNOT)
        return _Picture(bytes(bitmap.buffer), bitmap.stride, width, height, left, upper, scale)
    finally:
        bitmap.close()


def _inked(glyph: Glyph, picture: _Picture) -> bool:
    """True when the pixels in the box of a character are not all of one colour, and most are not of its own."""
    if glyph.pale and _on_paper(glyph, glyph.pale, picture):
        return False
    left, right, first, end = picture.spans(glyph)
    if left >= right:
        return False
    middle = (2 * first + 3 * end) // 5  # where ink is surest; green tells it from most papers
    if first <= middle < end:
        part = picture.data[
            middle * picture.stride + left * DEPTH + 1 : middle * picture.stride + right * DEPTH : DEPTH
        ]
        if max(part) - min(part) >= CONTRAST:
            return True
    for channel in (1, 0, 2):
        low, high = 255, 0
        for row in (*range(middle, end), *range(middle - 1, first - 1, -1)):
            at = row * picture.stride + channel
            part = picture.data[at + left * DEPTH : at + right * DEPTH : DEPTH]
            low, high = min(low, *part), max(high, *part)
            if high - low >= CONTRAST:
                return True
    return False


def _on_paper(glyph: Glyph, pale: tuple[int, int, int], picture: _Picture) -> bool:
    """True when a pale character stands on its own colour: most pixels of its box, text drawn over it aside."""
    left, right, first, end = picture.spans(glyph)
    same = every = 0
    for row in range(first, end):
        for x in range(left, right):
            at = row * picture.stride + x * DEPTH
            every += 1
            same += all(abs(picture.data[at + k] - part) < CONTRAST for k, part in zip((2, 1, 0), pale, strict=True))
    return every > 0 and 2 * same > every
