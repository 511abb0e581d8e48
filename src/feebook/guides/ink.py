"""What pdfium draws on a page: characters that can be seen, straight lines and filled boxes.

The only room that speaks to pdfium. A character is left out when a viewer would not see it: drawn without ink, outside
the page, cut off by a clip, in a hidden layer, in the colour of what lies behind it, or slanted across the page as a
watermark is. The first three are asked of the page's objects, the rest of a small picture of the page.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c


class Line(NamedTuple):
    """A straight line or a box as seen: left, top, right, bottom."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character that can be seen: its box, the origin of its baseline, its size and the quarter turns of its run."""

    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    turn: int
    bold: bool
    apart: bool = False
    """True where the file or pdfium puts a space before it."""
    pale: tuple[int, int, int] | None = None
    """Its colour, where that is near white and so may be that of the paper."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as seen, in points: what was drawn, and how many characters were passed over as not visible."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Line]
    shades: list[Line]
    hidden: int
    pictures: int


HAIR: Final = 2.6
"""A filled box thinner than this many points is a rule."""

RAISED: Final = frozenset("0123456789")
"""Characters that some fonts hold as raised marks of their own; asterisks are high by nature."""

INVISIBLE: Final = frozenset({3, 7})
"""Text render modes that put no ink on the page."""

SCALE: Final = 1.5
"""Pixels per point of the picture that tells whether a character can be seen."""

PALE: Final = 225
"""A colour of which every part is at least this may be that of the paper."""

CONTRAST: Final = 28
"""Steps of 255 by which ink must differ from what lies behind it."""


class Unreadable(Exception):
    """pdfium could not open the file; `password` says whether for want of one."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.password = code == c.FPDF_ERR_PASSWORD


def open_pdf(path: Path) -> Any:
    """The open document. Raises Unreadable."""
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Unreadable(getattr(error, "err_code", None) or c.FPDF_ERR_UNKNOWN) from None


def page_text(document: Any, index: int) -> str:
    """The plain text of a page, in the order of the file; the cheapest look at a page. Raises Unreadable."""
    page, text = _opened(document, index)
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def sheet(document: Any, index: int) -> Sheet:
    """What can be seen on a page; index counts from 0. Raises Unreadable."""
    page, text = _opened(document, index)
    try:
        return _sheet(page, text, index + 1)
    finally:
        text.close()
        page.close()


def picture(document: Any, index: int, scale: float) -> Any:
    """A Pillow image of a page, for a person to look at."""
    page = document[index]
    try:
        return page.render(scale=scale).to_pil()
    finally:
        page.close()


def _opened(document: Any, index: int) -> tuple[Any, Any]:
    """A page and its text. Raises Unreadable."""
    try:
        page = document[index]
        return page, page.get_textpage()
    except pdfium.PdfiumError:
        raise Unreadable(c.FPDF_ERR_PAGE) from None


class _Frame(NamedTuple):
    """Takes points of the file to points as seen: the visible box, and the turn of the page."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )[self.turn]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _sheet(page: Any, text: Any, number: int) -> Sheet:
    left, bottom, right, top = page.get_cropbox()
    frame = _Frame(left, bottom, right, top, (page.get_rotation() // 90) % 4)
    width, height = frame.size
    rules: list[Line] = []
    shades: list[Line] = []
    pictures = 0
    for box, kind in _drawn(page.raw, frame):
        if kind == "picture":
            pictures += 1
        elif box[2] < 0 or box[3] < 0 or box[0] > width or box[1] > height:
            continue
        elif box[2] - box[0] <= HAIR or box[3] - box[1] <= HAIR:
            rules.append(Line(*box))
        elif kind == "fill":
            shades.append(Line(*box))
    found = list(_glyphs(text.raw, frame))
    inside = [g for g in found if g.size > 0 and _within(g, width, height)]
    seen = _visible(page, inside, frame) if inside else []
    return Sheet(number, width, height, seen, rules, shades, len(found) - len(seen), pictures)


def _within(glyph: Glyph, width: float, height: float) -> bool:
    x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    return 0 <= x <= width and 0 <= y <= height


# --- characters


def _glyphs(raw: Any, frame: _Frame) -> Iterator[Glyph]:
    """The characters of a page that lie in a straight direction, in the order of the file."""
    rect, matrix = c.FS_RECTF(), c.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    turns: dict[int, Any] = {}
    apart = False
    for i in range(c.FPDFText_CountChars(raw)):
        if c.FPDFText_IsGenerated(raw, i) == 1:
            apart = True
            continue
        number = c.FPDFText_GetUnicode(raw, i)
        if number in (0, 0xFFFE, 0xFFFF) or not c.FPDFText_GetLooseCharBox(raw, i, rect):
            continue
        key = ctypes.cast(c.FPDFText_GetTextObject(raw, i), ctypes.c_void_p).value or 0
        if key not in turns:
            turns[key] = _run(raw, i, matrix, frame)
        run = turns[key]
        if run is None:
            continue
        turn, scale, bold, pale = run
        c.FPDFText_GetCharOrigin(raw, i, x, y)
        size = c.FPDFText_GetFontSize(raw, i) * scale
        text = chr(number)
        if number == 0x02 or number == 0xAD:
            text = "-"
        if turn == 0 and text in RAISED:
            size, y.value = _raised(raw, i, size, y.value)
        box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        yield Glyph(text, box, frame.point(x.value, y.value), abs(size), turn, bold, apart, pale)
        apart = False


def _raised(raw: Any, i: int, size: float, base: float) -> tuple[float, float]:
    """Size and baseline of a digit or sign; of one drawn small and high by the font itself, those of a raised mark."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    c.FPDFText_GetCharBox(raw, i, left, right, bottom, top)
    if bottom.value - base > 0.22 * size and 0 < top.value - bottom.value < 0.52 * size:
        return 0.6 * size, bottom.value
    return size, base


def _run(raw: Any, i: int, matrix: Any, frame: _Frame) -> tuple[int, float, bool, tuple[int, int, int] | None] | None:
    """Quarter turns, size factor, weight and pale colour of a text run; None when slanted or drawn without ink."""
    item = c.FPDFText_GetTextObject(raw, i)
    if c.FPDFTextObj_GetTextRenderMode(item) in INVISIBLE:
        return None
    c.FPDFText_GetMatrix(raw, i, matrix)
    (ox, oy), (px, py) = frame.point(0, 0), frame.point(matrix.a, matrix.b)
    angle = math.degrees(math.atan2(py - oy, px - ox)) % 360
    turn = round(angle / 90) % 4
    if min(abs(angle - 90 * turn), abs(angle - 360 - 90 * turn), abs(angle + 360 - 90 * turn)) > 3:
        return None
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    c.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    colour = red.value, green.value, blue.value
    pale = colour if min(colour) >= PALE else None
    return turn, scale, c.FPDFText_GetFontWeight(raw, i) >= 600, pale


# --- lines and boxes


_Matrix = tuple[float, float, float, float, float, float]
_UNIT: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """First m, then n."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _matrix(item: Any) -> _Matrix:
    m = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(item, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _drawn(raw: Any, frame: _Frame) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    """Every straight stroke (`rule`), filled box (`fill`) and picture of a page, those inside forms too."""
    stack = [(c.FPDFPage_GetObject(raw, i), _UNIT, 0) for i in range(c.FPDFPage_CountObjects(raw))]
    for item, outer, depth in reversed(stack):
        yield from _item(item, outer, depth, frame)


def _item(
    item: Any, outer: _Matrix, depth: int, frame: _Frame
) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    kind = c.FPDFPageObj_GetType(item)
    if kind == c.FPDF_PAGEOBJ_FORM and depth < 8:
        inner = _times(_matrix(item), outer)
        for i in range(c.FPDFFormObj_CountObjects(item)):
            yield from _item(c.FPDFFormObj_GetObject(item, i), inner, depth + 1, frame)
    elif kind == c.FPDF_PAGEOBJ_IMAGE:
        yield (0, 0, 0, 0), "picture"
    elif kind == c.FPDF_PAGEOBJ_PATH:
        yield from _path(item, _times(_matrix(item), outer), frame)


def _path(item: Any, matrix: _Matrix, frame: _Frame) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(item, fill, stroke)
    for points, closed in _outlines(item, matrix, frame):
        if fill.value:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if box[2] - box[0] > 0.05 or box[3] - box[1] > 0.05:
                yield box, "fill"
        if stroke.value:
            ends = [*points[1:], points[0]] if closed else points[1:]
            for (ax, ay), (bx, by) in zip(points, ends, strict=False):
                if abs(ax - bx) <= 0.7 or abs(ay - by) <= 0.7:
                    yield (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), "rule"


def _outlines(item: Any, m: _Matrix, frame: _Frame) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The outlines of a path, their points as seen; a curve counts by its points."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    closed = False
    for i in range(min(c.FPDFPath_CountSegments(item), 20000)):
        segment = c.FPDFPath_GetPathSegment(item, i)
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, closed
            points, closed = [], False
        c.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = x.value, y.value
        points.append(frame.point(m[0] * px + m[2] * py + m[4], m[1] * px + m[3] * py + m[5]))
        closed = closed or bool(c.FPDFPathSegment_GetClose(segment))
    if len(points) > 1:
        yield points, closed


# --- what a viewer sees


def _visible(page: Any, glyphs: list[Glyph], frame: _Frame) -> list[Glyph]:
    """The characters whose ink shows in a picture of the page; a space stays."""
    picture = page.render(scale=SCALE, no_smoothtext=False)
    try:
        data = bytes(picture.buffer)
        stride, width, height, depth = picture.stride, picture.width, picture.height, picture.n_channels
    finally:
        picture.close()
    return [g for g in glyphs if g.text.isspace() or _inked(g, data, stride, width, height, depth)]


def _inked(glyph: Glyph, data: bytes, stride: int, width: int, height: int, depth: int) -> bool:
    """True when the pixels in the box of a character are not all of one colour, and most are not of its own."""
    if glyph.pale and _on_paper(glyph, data, stride, width, height, depth):
        return False
    x0, top, x1, bottom = (v * SCALE for v in glyph.box)
    left, right = max(0, int(x0)), min(width, int(x1) + 1)
    for channel in range(min(depth, 3)):
        low, high = 255, 0
        for row in range(max(0, int(top)), min(height, int(bottom) + 1)):
            part = data[row * stride + left * depth + channel : row * stride + right * depth : depth]
            if part:
                low, high = min(low, *part, 255), max(high, *part, 0)
            if high - low >= CONTRAST:
                return True
    return False


def _on_paper(glyph: Glyph, data: bytes, stride: int, width: int, height: int, depth: int) -> bool:
    """True when a pale character stands on its own colour: most pixels of its box, text drawn over it aside."""
    assert glyph.pale is not None
    x0, top, x1, bottom = (v * SCALE for v in glyph.box)
    left, right = max(0, int(x0)), min(width, int(x1) + 1)
    same = every = 0
    for row in range(max(0, int(top)), min(height, int(bottom) + 1)):
        for x in range(left, right):
            at = row * stride + x * depth
            every += 1
            same += all(abs(data[at + k] - part) < CONTRAST for k, part in zip((2, 1, 0), glyph.pale, strict=True))
    return every > 0 and 2 * same > every
