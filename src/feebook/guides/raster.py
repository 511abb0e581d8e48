"""Small pictures of a page in which is looked for what shows."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from operator import sub
from typing import Any, Final, NamedTuple

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


MARGIN: Final = 0.2
"""The share of a character's box on its left, and on its right, in which its neighbours' ink may lie."""


class Part(NamedTuple):
    """The part of a page that its text stands in, in pixels of a picture of the whole page."""

    left: int
    top: int
    width: int
    height: int
    scale: float

    def spans(self, box: Box) -> tuple[int, int, int, int]:
        """First column, column past the last, first row and row past the last of a box."""
        x0, top, x1, bottom = box
        left, upper, width, height, scale = self
        return (
            max(0, int(x0 * scale) - left),
            min(width, int(x1 * scale) + 1 - left),
            max(0, int(top * scale) - upper),
            min(height, int(bottom * scale) + 1 - upper),
        )


class Picture(NamedTuple):
    """The pixels of a part of a page."""

    data: bytearray
    stride: int
    depth: int
    part: Part

    def lines(self, box: Box, channel: int) -> Iterator[bytearray]:
        """One channel of the pixels of a box, line by line."""
        left, right, first, end = self.part.spans(box)
        data, stride, depth, _ = self
        if left < right:
            for row in range(first, end):
                at = row * stride + channel
                yield data[at + left * depth : at + right * depth : depth]


def part_of(page: Any, glyphs: Sequence[Glyph]) -> Part | None:
    """The part of the page that characters stand in: a page may be absurdly large and its text be in a corner.

    None where it is too large to picture.
    """
    x0s, tops, x1s, bottoms = zip(*(glyph.box for glyph in glyphs), strict=True)
    x0, x1 = max(0.0, min(x0s)), min(page.get_width(), max(x1s))
    top, bottom = max(0.0, min(tops)), min(page.get_height(), max(bottoms))
    area = max(1.0, x1 - x0) * max(1.0, bottom - top)
    scale = min(SCALE, math.sqrt(MOST / area))
    if scale < COARSE:
        return None
    left, upper = int(x0 * scale), int(top * scale)
    width, height = max(1, math.ceil(x1 * scale) - left + 1), max(1, math.ceil(bottom * scale) - upper + 1)
    return Part(left, upper, width, height, scale)


def paper(part: Part, depth: int) -> Picture:
    """A picture of a part of a page upon which nothing is drawn."""
    stride = -(-part.width * depth // 4) * 4
    return Picture(bytearray(b"\xff") * (stride * part.height), stride, depth, part)


def pictured(page: Any, part: Part, depth: int) -> Picture:
    """A picture of a part of a page as it is drawn now, without the objects that are left out."""
    whole = math.ceil(page.get_width() * part.scale), math.ceil(page.get_height() * part.scale)
    kind = c.FPDFBitmap_Gray if depth == GREY else c.FPDFBitmap_BGR
    picture = paper(part, depth)
    room = (ctypes.c_ubyte * len(picture.data)).from_buffer(picture.data)
    bitmap = c.FPDFBitmap_CreateEx(part.width, part.height, kind, room, picture.stride)
    try:
        c.FPDF_RenderPageBitmap(bitmap, page, -part.left, -part.top, *whole, 0, c.FPDF_ANNOT)
    finally:
        c.FPDFBitmap_Destroy(bitmap)
    return picture


def differ(one: Picture, other: Picture, box: Box) -> bool:
    """True when two pictures of the same part clearly differ somewhere in a box."""
    left, right, first, end = one.part.spans(box)
    if left >= right:
        return False
    stride, depth = one.stride, one.depth
    wide = depth * (right - left)
    # from below: the ink of a point or comma is there
    for at in reversed(range(first * stride + left * depth, end * stride + left * depth, stride)):
        mine, theirs = one.data[at : at + wide], other.data[at : at + wide]
        if mine != theirs and max(map(abs, map(sub, mine, theirs))) >= CONTRAST:
            return True
    return False


def core(box: Box) -> Box:
    """The middle of a character's box: the ink of its neighbours reaches over its sides."""
    x0, top, x1, bottom = box
    side = MARGIN * (x1 - x0)
    return Box(x0 + side, top, x1 - side, bottom)
