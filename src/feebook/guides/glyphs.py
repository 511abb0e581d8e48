"""The characters of a page, each with its box, baseline, size and direction."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from feebook.guides import pdfium
from feebook.guides.box import Box
from feebook.guides.frame import Frame
from feebook.guides.unread import STRANGE, told


class Glyph(NamedTuple):
    """A character that can be seen: its box, a point on its baseline, its size and the quarter turns of its run."""

    text: str
    box: Box
    base: tuple[float, float]
    size: float
    turn: int
    bold: bool
    apart: bool = False
    """True where the file or pdfium puts a space before it."""
    pale: tuple[int, int, int] | None = None
    """Its colour, where that is near white and so may be that of the paper."""
    item: int = 0
    """The text object that draws it."""


_glyph: Final[Callable[[tuple[Any, ...]], Glyph]] = partial(tuple.__new__, Glyph)
"""A character from all its fields, for the one place that makes very many: a plain call costs twice as much."""


_Run = tuple[int, float, bool, tuple[int, int, int] | None, tuple[float, float] | None]
"""What the characters of one text object share: turn, size, bold, pale, a point on their baseline."""


RAISED: Final = range(ord("0"), ord("9") + 1)
"""Characters that some fonts hold as raised marks of their own; asterisks are high by nature."""

INVISIBLE: Final = frozenset({3, 7})
"""Text render modes that put no ink on the page."""

PALE: Final = 225
"""A colour of which every part is at least this may be that of the paper."""

GENERATED: Final = frozenset({9, 10, 13, 32})
"""What pdfium may put between the characters of a file."""

HYPHEN: Final = 0xAD

SWAPPED: Final = {0x6600: "f", 0x6900: "i", 0x6C00: "l", 0x7400: "t", 0xCF00: "fi"}
"""What some writers (Ghostscript 9.5 to 10.0) give for the letters of a ligature: their two bytes change places."""

TORN: Final = 1.5
"""Letters of a ligature in turned text that stand this many sizes off the line of their run are put back on it."""


def glyphs(raw: Any, frame: Frame) -> list[Glyph]:
    """The characters of a page that lie in a straight direction, in the order of the file."""
    at = pdfium.address(raw)
    count = max(0, pdfium.count_chars(at))
    numbers, items = pdfium.numbers(at, count), pdfium.text_objects(at, count)
    added = pdfium.generated(at, [i for i, number in enumerate(numbers) if number in GENERATED])
    digits = [i for i, number in enumerate(numbers) if number in RAISED]
    inks = dict(zip(digits, pdfium.tight_boxes(at, digits), strict=True))
    strange = [i for i, number in enumerate(numbers) if number in STRANGE]
    shapes = {
        i: (fault, ink)
        for i, fault, ink in zip(strange, pdfium.faults(at, strange), pdfium.tight_boxes(at, strange), strict=True)
    }
    runs = _runs(at, items, frame)
    boxes = frame.boxes(pdfium.loose_boxes(at, count))
    result: list[Glyph] = []
    apart = False
    for i, (number, item, box) in enumerate(zip(numbers, items, boxes, strict=True)):
        if i in added:
            apart = True
            continue
        run = runs[item]
        if run is None:
            continue
        turn, size, bold, pale, base = run
        base = base or frame.point(*next(pdfium.origins(at, [i])))
        if i in inks and turn == 0 and size > 0:
            low, tall = _shape(inks[i], frame, size, base[1])
            if low > 0.22 and 0 < tall < 0.52:  # drawn small and high by the font itself
                base, size = (base[0], base[1] - low * size), 0.6 * size
        text = "-" if number == HYPHEN else SWAPPED.get(number) or chr(number)
        if i in shapes:
            text = _told(number, *shapes[i], frame, size, base, turn)
            if not text:
                continue
        result.append(_glyph((text, box, base, size, turn, bold, apart, pale, item)))
        apart = False
    return mended(result) if any(run[0] for run in runs.values() if run) else result


def _told(
    number: int,
    fault: bool,
    ink: tuple[float, float, float, float],
    frame: Frame,
    size: float,
    base: tuple[float, float],
    turn: int,
) -> str:
    """What a character with a strange number stands for; in turned text no shape is told."""
    if turn or size <= 0:
        return told(number, fault, ink[1] - ink[0], 0.0, ink[3] - ink[2])
    low, tall = _shape(ink, frame, size, base[1])
    seen = frame.box(ink[0], ink[2], ink[1], ink[3])
    return told(number, fault, (seen.x1 - seen.x0) / size, low, tall)


def mended(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters, letters of turned ligatures back in their run.

    pdfium gives the parts of a ligature boxes in the axes of their own text: in turned text they lie elsewhere on the
    page. They share the room between the characters before and after them.
    """
    result = list(glyphs)
    for i in range(1, len(result)):
        before = result[i - 1]
        if not before.turn or not _strays(result[i], before):
            continue
        parts = next((k for k in (1, 2, 3) if i + k < len(result) and _is_next(result[i + k], before, k)), 0)
        if all(_strays(result[i + k], before) and result[i + k].text.isalpha() for k in range(parts)):
            for k in range(parts):
                box = _share(before.box, result[i + parts].box, k, parts, before.turn)
                result[i + k] = result[i + k]._replace(box=box, base=before.base)
    return result


def _strays(glyph: Glyph, before: Glyph) -> bool:
    """True for a character of the same turned text as the one before that stands off its line."""
    off = glyph.box.middle - before.box.middle if before.turn % 2 else glyph.box.centre - before.box.centre
    return glyph.turn == before.turn and glyph.size == before.size and abs(off) > TORN * glyph.size


def _is_next(glyph: Glyph, before: Glyph, parts: int) -> bool:
    """True for a character that goes on after the one before, with room for a few letters between them."""
    if _strays(glyph, before) or (glyph.turn, glyph.size) != (before.turn, before.size):
        return False
    gap = (glyph.box.top - before.box.bottom, before.box.x0 - glyph.box.x1, before.box.top - glyph.box.bottom)
    return 0 < gap[before.turn - 1] < parts * glyph.size


def _share(before: Box, after: Box, k: int, parts: int, turn: int) -> Box:
    """The k-th part of the room between two characters of turned text."""
    if turn == 2:
        step = (before.x0 - after.x1) / parts
        return Box(before.x0 - (k + 1) * step, before.top, before.x0 - k * step, before.bottom)
    if turn == 1:
        step = (after.top - before.bottom) / parts
        return Box(before.x0, before.bottom + k * step, before.x1, before.bottom + (k + 1) * step)
    step = (before.top - after.bottom) / parts
    return Box(before.x0, before.top - (k + 1) * step, before.x1, before.top - k * step)


def _shape(ink: tuple[float, float, float, float], frame: Frame, size: float, base: float) -> tuple[float, float]:
    """How far over its baseline a character's ink begins, and how tall it is, in sizes.

    One font may hold two shapes of a digit, one of them raised, so this is asked of every one.
    """
    left, right, bottom, top = ink
    if frame.turn == 0:
        return (base - frame.top + bottom) / size, (top - bottom) / size
    seen = frame.box(left, bottom, right, top)
    return (base - seen.bottom) / size, (seen.bottom - seen.top) / size


def _runs(at: int, items: Sequence[int], frame: Frame) -> dict[int, _Run | None]:
    """The runs of a page by their text object, which is told for each character; None for what shows no straight text.

    Characters of a run share a baseline when its first and last stand on one.
    """
    firsts = dict(zip(reversed(items), reversed(range(len(items))), strict=True))
    lasts = dict(zip(items, range(len(items)), strict=True))
    begins = frame.points(pdfium.origins(at, list(firsts.values())))
    ends = frame.points(pdfium.origins(at, [lasts[item] for item in firsts]))
    told = zip(pdfium.text_matrices(at, list(firsts.values())), pdfium.fill_colours(list(firsts)), strict=True)
    directions: dict[tuple[float, ...], tuple[int, float] | None] = {}
    result: dict[int, _Run | None] = dict.fromkeys(firsts)
    for (item, i), begin, end, (matrix, colour) in zip(firsts.items(), begins, ends, told, strict=True):
        axes = matrix[:4]
        if axes not in directions:
            directions[axes] = _direction(axes, frame)
        direction = directions[axes]
        if direction is None or pdfium.render_mode(item) in INVISIBLE:
            continue
        turn, scale = direction
        size = pdfium.font_size(at, i) * scale
        if size < 0:  # set backwards and upside down, in a matrix that turns it back
            turn, size = (turn + 2) % 4, -size
        across = 1 - turn % 2
        base = begin if item and begin[across] == end[across] else None
        red, green, blue, _ = colour
        pale = (red, green, blue) if min(red, green, blue) >= PALE else None
        result[item] = turn, size, pdfium.font_weight(at, i) >= 600, pale, base
    return result


def _direction(axes: tuple[float, ...], frame: Frame) -> tuple[int, float] | None:
    """The quarter turns of a text matrix as seen, and how much it lengthens a size; None when slanted or no matrix."""
    if not all(map(math.isfinite, axes)):
        return None
    a, b, e, d = axes
    (ox, oy), (px, py) = frame.point(0, 0), frame.point(a, b)
    angle = math.degrees(math.atan2(py - oy, px - ox)) % 360
    turn = round(angle / 90) % 4
    slanted = min(abs(angle - 90 * turn), abs(angle - 360 - 90 * turn), abs(angle + 360 - 90 * turn)) > 3
    return None if slanted else (turn, math.hypot(e, d) or 1.0)
