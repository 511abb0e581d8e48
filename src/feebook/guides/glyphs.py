"""The characters of a page, each with its box, baseline, size and direction."""

from __future__ import annotations

import ctypes
import math
from typing import Any, Final, NamedTuple

import pypdfium2.raw as c

from feebook.guides import pdfium
from feebook.guides.box import Box
from feebook.guides.frame import Frame


class Glyph(NamedTuple):
    """A character that can be seen: its box, the origin of its baseline, its size and the quarter turns of its run."""

    text: str
    box: Box
    origin: tuple[float, float]
    size: float
    turn: int
    bold: bool
    apart: bool = False
    """True where the file or pdfium puts a space before it."""
    pale: tuple[int, int, int] | None = None
    """Its colour, where that is near white and so may be that of the paper."""


class _Run(NamedTuple):
    """What the characters of one text object share."""

    turn: int
    size: float
    bold: bool
    pale: tuple[int, int, int] | None


RAISED: Final = frozenset("0123456789")
"""Characters that some fonts hold as raised marks of their own; asterisks are high by nature."""

INVISIBLE: Final = frozenset({3, 7})
"""Text render modes that put no ink on the page."""

PALE: Final = 225
"""A colour of which every part is at least this may be that of the paper."""

NOTHING: Final = frozenset({0, 0xFFFE, 0xFFFF})
"""What pdfium gives for a character that stands for none."""

GENERATED: Final = frozenset({9, 10, 13, 32})
"""What pdfium may put between the characters of a file."""

HYPHENS: Final = frozenset({0x02, 0xAD})


def glyphs(raw: Any, frame: Frame) -> list[Glyph]:
    """The characters of a page that lie in a straight direction, in the order of the file."""
    at = pdfium.address(raw)
    ink = _Ink(frame)
    rect, x, y = (ctypes.c_float * 4)(), ctypes.c_double(), ctypes.c_double()
    to_rect, to_x, to_y = (ctypes.addressof(value) for value in (rect, x, y))
    runs: dict[int, _Run | None] = {}
    result: list[Glyph] = []
    apart = False
    for i in range(pdfium.count_chars(at)):
        number = pdfium.unicode_of(at, i)
        if number in GENERATED and pdfium.is_generated(at, i) == 1:
            apart = True
            continue
        if number in NOTHING or not pdfium.loose_box(at, i, to_rect):
            continue
        key = pdfium.text_object(at, i) or 0
        if key not in runs:
            runs[key] = _run(at, i, key, frame)
        run = runs[key]
        if run is None:
            continue
        pdfium.origin_of(at, i, to_x, to_y)
        text = "-" if number in HYPHENS else chr(number)
        left, top, right, bottom = rect
        box, origin, size = frame.box(left, bottom, right, top), frame.point(x.value, y.value), run.size
        if run.turn == 0 and text in RAISED and size > 0:
            low, tall = ink.shape(at, i, size, origin[1])
            if low > 0.22 and 0 < tall < 0.52:  # drawn small and high by the font itself
                origin, size = (origin[0], origin[1] - low * size), 0.6 * size
        result.append(Glyph(text, box, origin, size, run.turn, run.bold, apart, run.pale))
        apart = False
    return result


class _Ink:
    """Asks pdfium for the ink of single characters, with room for its answers made once for a page."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.sides = [ctypes.c_double() for _ in range(4)]
        self.to_sides = [ctypes.addressof(side) for side in self.sides]

    def shape(self, at: int, i: int, size: float, base: float) -> tuple[float, float]:
        """How far over its baseline a character's ink begins, and how tall it is, in sizes.

        One font may hold two shapes of a digit, one of them raised, so this is asked of every one.
        """
        pdfium.tight_box(at, i, *self.to_sides)
        left, right, bottom, top = (side.value for side in self.sides)
        if self.frame.turn == 0:
            return (base - self.frame.top + bottom) / size, (top - bottom) / size
        seen = self.frame.box(left, bottom, right, top)
        return (base - seen.bottom) / size, (seen.bottom - seen.top) / size


def _run(at: int, i: int, item: int, frame: Frame) -> _Run | None:
    """What a text run shares; None when it is slanted or drawn without ink."""
    if pdfium.render_mode(item) in INVISIBLE:
        return None
    matrix = c.FS_MATRIX()
    pdfium.text_matrix(at, i, ctypes.addressof(matrix))
    (ox, oy), (px, py) = frame.point(0, 0), frame.point(matrix.a, matrix.b)
    angle = math.degrees(math.atan2(py - oy, px - ox)) % 360
    turn = round(angle / 90) % 4
    if min(abs(angle - 90 * turn), abs(angle - 360 - 90 * turn), abs(angle + 360 - 90 * turn)) > 3:
        return None
    size = abs(pdfium.font_size(at, i) * (math.hypot(matrix.c, matrix.d) or 1.0))
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.fill_colour(item, *map(ctypes.addressof, parts))
    red, green, blue = (part.value for part in parts[:3])
    pale = (red, green, blue) if min(red, green, blue) >= PALE else None
    return _Run(turn, size, pdfium.font_weight(at, i) >= 600, pale)
