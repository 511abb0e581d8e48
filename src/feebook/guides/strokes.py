"""The straight strokes, filled boxes and pictures of a page, those inside forms too."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final, Literal

import pypdfium2.raw as c

from feebook.guides import pdfium
from feebook.guides.box import Box
from feebook.guides.frame import Frame

Kind = Literal["rule", "fill", "picture"]

_Matrix = tuple[float, float, float, float, float, float]
_UNIT: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

SEGMENTS: Final = 20_000
"""A path of more parts than this is a drawing, of which no more is looked at."""

DEEP: Final = 8
"""Forms within forms are looked into no deeper than this."""

_Point = tuple[float, float]


def drawn(raw: Any, frame: Frame) -> Iterator[tuple[Box, Kind]]:
    """What a page draws beside its text, the last drawn first; a picture's box is not told."""
    at = pdfium.address(raw)
    pen = _Pen(frame)
    for item in [pdfium.object_at(at, i) for i in range(pdfium.count_objects(at))][::-1]:
        yield from _item(item, _UNIT, 0, pen)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """First m, then n."""
    if n is _UNIT:
        return m
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


class _Pen:
    """Room for what pdfium tells of a path, made once for a page."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.x, self.y = ctypes.c_float(), ctypes.c_float()
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()
        self.matrix = (ctypes.c_float * 6)()
        self.to_x, self.to_y = ctypes.addressof(self.x), ctypes.addressof(self.y)
        self.to_fill, self.to_stroke = ctypes.addressof(self.fill), ctypes.addressof(self.stroke)
        self.to_matrix = ctypes.addressof(self.matrix)

    def matrix_of(self, item: int) -> _Matrix:
        """The matrix of an object."""
        pdfium.matrix_of(item, self.to_matrix)
        a, b, e, d, x, y = self.matrix
        return a, b, e, d, x, y


def _item(item: int, outer: _Matrix, depth: int, pen: _Pen) -> Iterator[tuple[Box, Kind]]:
    kind = pdfium.type_of(item)
    if kind == c.FPDF_PAGEOBJ_FORM and depth < DEEP:
        inner = _times(pen.matrix_of(item), outer)
        for i in range(pdfium.count_in_form(item)):
            yield from _item(pdfium.object_in_form(item, i), inner, depth + 1, pen)
    elif kind == c.FPDF_PAGEOBJ_IMAGE:
        yield Box(0, 0, 0, 0), "picture"
    elif kind == c.FPDF_PAGEOBJ_PATH:
        yield from _path(item, _times(pen.matrix_of(item), outer), pen)


def _path(item: int, matrix: _Matrix, pen: _Pen) -> Iterator[tuple[Box, Kind]]:
    pdfium.draw_mode(item, pen.to_fill, pen.to_stroke)
    fill, stroke = pen.fill.value, pen.stroke.value
    if not fill and not stroke:
        return
    for points, closed in _outlines(item, matrix, pen):
        if fill:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = Box(min(xs), min(ys), max(xs), max(ys))
            if box.x1 - box.x0 > 0.05 or box.bottom - box.top > 0.05:
                yield box, "fill"
        if stroke:
            ends = [*points[1:], points[0]] if closed else points[1:]
            for (ax, ay), (bx, by) in zip(points, ends, strict=False):
                if abs(ax - bx) <= 0.7 or abs(ay - by) <= 0.7:
                    yield Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), "rule"


def _outlines(item: int, m: _Matrix, pen: _Pen) -> Iterator[tuple[list[_Point], bool]]:
    """The outlines of a path, their points as seen; a curve counts by its points."""
    a, b, e, d, x, y = m
    points: list[_Point] = []
    closed = False
    for i in range(min(pdfium.count_segments(item), SEGMENTS)):
        segment = pdfium.segment_at(item, i)
        if pdfium.segment_type(segment) == c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, closed
            points, closed = [], False
        pdfium.segment_point(segment, pen.to_x, pen.to_y)
        px, py = pen.x.value, pen.y.value
        points.append(pen.frame.point(a * px + e * py + x, b * px + d * py + y))
        closed = closed or bool(pdfium.segment_closes(segment))
    if len(points) > 1:
        yield points, closed
