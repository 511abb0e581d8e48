"""The straight strokes, filled boxes and pictures of a page, those inside forms too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, pairwise
from typing import Any, Final, NamedTuple

import pypdfium2.raw as c

from feebook.guides import pdfium
from feebook.guides.box import Box, boxed
from feebook.guides.frame import Frame

_Matrix = tuple[float, float, float, float, float, float]
_UNIT: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

SEGMENTS: Final = 20_000
"""A path of more parts than this is a drawing, of which no more is looked at."""

HAIR: Final = 1.5
"""A line is thin up to this many points."""

DEEP: Final = 8
"""Forms within forms are looked into no deeper than this."""

_Point = tuple[float, float]


@dataclass(slots=True)
class Drawing:
    """What a page draws beside its text, the last drawn first: straight strokes, boxes of filled outlines, pictures."""

    strokes: list[Box]
    fills: list[Box]
    pictures: int = 0
    hairs: list[int] = field(default_factory=list)
    """The paths that are one thin line each: none of them hides a character or is what lies behind it."""
    broad: list[Box] = field(default_factory=list)
    """Lines that are not thin; text may be set upon one as upon a shade."""
    texts: list[int] = field(default_factory=list)
    """The text objects."""
    objects: int = 0
    """All objects: what is neither text nor a thin line may hide a character, or lie behind it."""

    @property
    def is_text_alone(self) -> bool:
        """True where nothing is drawn but text and thin lines."""
        return self.objects == len(self.texts) + len(self.hairs)


def drawn(raw: Any, frame: Frame) -> Drawing:
    """What a page draws beside its text."""
    result = Drawing([], [])
    items = pdfium.page_objects(pdfium.address(raw))[::-1]
    for parcel in _parcels(_paths(items, _UNIT, 0, result)):
        _draw(parcel, frame, result)
    return result


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


_Paths = tuple[Sequence[int], _Matrix]
"""Paths of a page, and the matrix of the forms that they lie in."""


def _paths(items: Sequence[int], outer: _Matrix, depth: int, drawing: Drawing) -> Iterator[_Paths]:
    """The paths among objects, those inside forms in their place among them; pictures are counted, texts kept."""
    kinds = pdfium.types(items)
    drawing.objects += len(items)
    drawing.pictures += kinds.count(c.FPDF_PAGEOBJ_IMAGE)
    drawing.texts += compress(items, [kind == c.FPDF_PAGEOBJ_TEXT for kind in kinds])
    are_paths = [kind == c.FPDF_PAGEOBJ_PATH for kind in kinds]
    forms = [i for i, kind in enumerate(kinds) if kind == c.FPDF_PAGEOBJ_FORM] if depth < DEEP else []
    for start, end in pairwise([-1, *forms, len(items)]):
        yield list(compress(items[start + 1 : end], are_paths[start + 1 : end])), outer
        if end < len(items):
            (matrix,) = pdfium.matrices([items[end]])
            yield from _paths(pdfium.form_objects(items[end]), _times(matrix, outer), depth + 1, drawing)


class _Parcel(NamedTuple):
    """Paths to ask pdfium about in one go, how many segments of each to look at, the matrices of their forms."""

    items: list[int]
    counts: list[int]
    outers: list[_Matrix]


def _parcels(paths: Iterable[_Paths]) -> Iterator[_Parcel]:
    """Paths in parcels of about as many segments as can be held without taking much memory."""
    parcel, held = _Parcel([], [], []), 0
    for items, outer in paths:
        counts = [min(count, SEGMENTS) for count in pdfium.counts_of_segments(items)]
        if held + sum(counts) < SEGMENTS:  # the usual case
            held += sum(counts)
            parcel.items.extend(items)
            parcel.counts.extend(counts)
            parcel.outers.extend([outer] * len(items))
            continue
        start = 0
        for end, count in enumerate(counts, 1):
            held += count
            if held >= SEGMENTS or end == len(items):
                parcel.items.extend(items[start:end])
                parcel.counts.extend(counts[start:end])
                parcel.outers.extend([outer] * (end - start))
                start = end
            if held >= SEGMENTS:
                yield parcel
                parcel, held = _Parcel([], [], []), 0
    if parcel.items:
        yield parcel


def _draw(parcel: _Parcel, frame: Frame, drawing: Drawing) -> None:
    """Add the strokes and fills of paths to a drawing."""
    items, counts, outers = parcel
    segments = pdfium.segments(items, counts)
    kinds = pdfium.segment_types(segments)
    matrices = list(map(_times, pdfium.matrices(items), outers))
    each = set(matrices)
    points = list(pdfium.points(segments))
    points = frame.points(points if each == {_UNIT} else _moved(points, matrices, counts))
    strokes: list[tuple[_Point, _Point]] = []
    lines: list[tuple[int, int]] = []
    end = 0
    for item, count, (fill, stroke) in zip(items, counts, pdfium.draw_modes(items), strict=True):
        start, end = end, end + count
        if count == 2 and stroke and not fill and kinds[start + 1] != c.FPDF_SEGMENT_MOVETO:
            lines.append((item, len(strokes)))
            strokes.append((points[start], points[start + 1]))  # a line, the most common of all
        elif fill or stroke:
            for first, last in _outlines(kinds, start, end):
                outline = points[first:last]
                if fill:
                    _fill(outline, drawing.fills)
                if stroke:
                    closed = last - first > 2 and any(pdfium.segment_closings(segments[first:last]))
                    strokes += pairwise([*outline, outline[0]] if closed else outline)
    drawing.strokes += _straight(strokes)
    widest = HAIR / (max(abs(part) for matrix in each for part in matrix[:4]) or 1.0)
    widths = list(pdfium.stroke_widths([item for item, _ in lines]))
    drawing.hairs += [item for (item, _), (width,) in zip(lines, widths, strict=True) if width <= widest]
    drawing.broad += _straight(strokes[at] for (_, at), (width,) in zip(lines, widths, strict=True) if width > widest)


def _moved(points: list[_Point], matrices: Sequence[_Matrix], counts: Sequence[int]) -> list[_Point]:
    """The points of paths, each moved by the matrix of its path."""
    result: list[_Point] = []
    for (a, b, e, d, x, y), count in zip(matrices, counts, strict=True):
        result += [(a * px + e * py + x, b * px + d * py + y) for px, py in points[len(result) : len(result) + count]]
    return result


def _outlines(kinds: Sequence[int], start: int, end: int) -> list[tuple[int, int]]:
    """The outlines of a path that have two points or more: first segment, and the one past the last."""
    edges = [start, *(i for i in range(start + 1, end) if kinds[i] == c.FPDF_SEGMENT_MOVETO), end]
    return [(first, last) for first, last in pairwise(edges) if last - first > 1]


def _fill(outline: Sequence[_Point], fills: list[Box]) -> None:
    """The box of an outline; a curve counts by its points."""
    xs, ys = zip(*outline, strict=True)
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if box.x1 - box.x0 > 0.05 or box.bottom - box.top > 0.05:
        fills.append(box)


def _straight(strokes: Iterable[tuple[_Point, _Point]]) -> Iterator[Box]:
    """The boxes of those strokes that are level or upright."""
    for (ax, ay), (bx, by) in strokes:
        if -0.7 <= ax - bx <= 0.7 or -0.7 <= ay - by <= 0.7:
            x0, x1 = (ax, bx) if ax <= bx else (bx, ax)
            top, bottom = (ay, by) if ay <= by else (by, ay)
            yield boxed((x0, top, x1, bottom))
