"""The calls of pdfium that are made for every character and stroke, bound so that one costs little.

pypdfium2 gives every function typed pointers, which Python builds anew at each call; here a pointer is a plain number.
What is asked of every character of a page, or of every path, is asked in one go: pdfium writes its answers side by
side into one room, and no line of Python runs in between.
"""

from __future__ import annotations

import ctypes
import struct
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, Final, cast

import pypdfium2.raw as c

_AT: Final = ctypes.c_void_p
_INT: Final = ctypes.c_int


def _bound(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A call of pdfium; one bound without arguments takes c_void_p values and plain integers, and costs half."""
    address = ctypes.cast(getattr(c, name), ctypes.c_void_p).value
    assert address is not None
    return cast(Callable[..., Any], ctypes.PYFUNCTYPE(result, *arguments)(address))


def address(pointer: Any) -> int:
    """Where a typed pointer of pypdfium2 points to."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


count_chars: Final = _bound("FPDFText_CountChars", _INT, _AT)
is_generated: Final = _bound("FPDFText_IsGenerated", _INT)
map_error: Final = _bound("FPDFText_HasUnicodeMapError", _INT)
unicode_of: Final = _bound("FPDFText_GetUnicode", ctypes.c_uint)
loose_box: Final = _bound("FPDFText_GetLooseCharBox", _INT, _AT, _INT, _AT)
tight_box: Final = _bound("FPDFText_GetCharBox", _INT, _AT, _INT, _AT, _AT, _AT, _AT)
origin_of: Final = _bound("FPDFText_GetCharOrigin", _INT, _AT, _INT, _AT, _AT)
text_object: Final = _bound("FPDFText_GetTextObject", ctypes.c_size_t)
font_size: Final = _bound("FPDFText_GetFontSize", ctypes.c_double, _AT, _INT)
font_weight: Final = _bound("FPDFText_GetFontWeight", _INT, _AT, _INT)
text_matrix: Final = _bound("FPDFText_GetMatrix", _INT, _AT, _INT, _AT)
render_mode: Final = _bound("FPDFTextObj_GetTextRenderMode", _INT, _AT)
fill_colour: Final = _bound("FPDFPageObj_GetFillColor", _INT, _AT, _AT, _AT, _AT, _AT)

count_objects: Final = _bound("FPDFPage_CountObjects", _INT, _AT)
object_at: Final = _bound("FPDFPage_GetObject", ctypes.c_size_t)
type_of: Final = _bound("FPDFPageObj_GetType", _INT, _AT)
matrix_of: Final = _bound("FPDFPageObj_GetMatrix", _INT, _AT, _AT)
bounds_of: Final = _bound("FPDFPageObj_GetBounds", _INT, _AT, _AT, _AT, _AT, _AT)
count_in_form: Final = _bound("FPDFFormObj_CountObjects", _INT, _AT)
object_in_form: Final = _bound("FPDFFormObj_GetObject", _AT, _AT, ctypes.c_ulong)
draw_mode: Final = _bound("FPDFPath_GetDrawMode", _INT, _AT, _AT, _AT)
count_segments: Final = _bound("FPDFPath_CountSegments", _INT, _AT)
segment_at: Final = _bound("FPDFPath_GetPathSegment", _AT, _AT, _INT)
segment_type: Final = _bound("FPDFPathSegment_GetType", _INT, _AT)
segment_point: Final = _bound("FPDFPathSegment_GetPoint", _INT, _AT, _AT, _AT)
stroke_width: Final = _bound("FPDFPageObj_GetStrokeWidth", _INT, _AT, _AT)
count_marks: Final = _bound("FPDFPageObj_CountMarks", _INT, _AT)
set_active: Final = _bound("FPDFPageObj_SetIsActive", _INT, _AT, _INT)
segment_closes: Final = _bound("FPDFPathSegment_GetClose", _INT, _AT)


# --- one question about many


def numbers(text: int, count: int) -> list[int]:
    """The code points of the first characters of a text page."""
    return list(map(unicode_of, repeat(_AT(text)), range(count)))


def generated(text: int, which: Sequence[int]) -> set[int]:
    """Those of some characters that pdfium has put in."""
    return {i for i, said in zip(which, map(is_generated, repeat(_AT(text)), which), strict=False) if said == 1}


def faults(text: int, which: Sequence[int]) -> list[bool]:
    """Whether the fonts of some characters give them no meaning."""
    return [said == 1 for said in map(map_error, repeat(_AT(text)), which)]


def text_objects(text: int, count: int) -> list[int]:
    """The text objects that the first characters of a text page belong to; 0 for one of none."""
    return list(map(text_object, repeat(_AT(text)), range(count)))


def loose_boxes(text: int, count: int) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the first characters, as high as their font."""
    room = (ctypes.c_float * (4 * count))()
    _each(loose_box, repeat(text), range(count), *_places(room, 4))
    return cast(Iterator[tuple[float, float, float, float]], struct.iter_unpack("4f", room))


def origins(text: int, which: Sequence[int]) -> Iterator[tuple[float, float]]:
    """Where on their baselines some characters begin."""
    room = (ctypes.c_double * (2 * len(which)))()
    _each(origin_of, repeat(text), which, *_places(room, 2, each=True))
    return cast(Iterator[tuple[float, float]], struct.iter_unpack("2d", room))


def tight_boxes(text: int, which: Sequence[int]) -> Iterator[tuple[float, float, float, float]]:
    """Left, right, bottom and top of the ink of some characters."""
    room = (ctypes.c_double * (4 * len(which)))()
    _each(tight_box, repeat(text), which, *_places(room, 4, each=True))
    return cast(Iterator[tuple[float, float, float, float]], struct.iter_unpack("4d", room))


def text_matrices(text: int, which: Sequence[int]) -> Iterator[tuple[float, ...]]:
    """The matrices of some characters; zeros for one that has none."""
    room = (ctypes.c_float * (6 * len(which)))()
    _each(text_matrix, repeat(text), which, *_places(room, 6))
    return struct.iter_unpack("6f", room)


def fill_colours(items: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Red, green, blue and opacity of what page objects are filled with; zeros for a pattern."""
    room = (ctypes.c_uint * (4 * len(items)))()
    _each(fill_colour, items, *_places(room, 4, each=True))
    return struct.iter_unpack("4I", room)


def matrices(items: Sequence[int]) -> Iterator[tuple[float, float, float, float, float, float]]:
    """The matrices of page objects."""
    room = (ctypes.c_float * (6 * len(items)))()
    _each(matrix_of, items, *_places(room, 6))
    return cast(Iterator[tuple[float, float, float, float, float, float]], struct.iter_unpack("6f", room))


def bounds(items: Sequence[int]) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right and top of page objects, in the axes of the form that they lie in."""
    room = (ctypes.c_float * (4 * len(items)))()
    _each(bounds_of, items, *_places(room, 4, each=True))
    return cast(Iterator[tuple[float, float, float, float]], struct.iter_unpack("4f", room))


def draw_modes(items: Sequence[int]) -> Iterator[tuple[int, int]]:
    """How paths are filled, and whether they are stroked."""
    room = (ctypes.c_int * (2 * len(items)))()
    _each(draw_mode, items, *_places(room, 2, each=True))
    return cast(Iterator[tuple[int, int]], struct.iter_unpack("2i", room))


def stroke_widths(items: Sequence[int]) -> Iterator[tuple[float]]:
    """How wide paths are stroked, before their matrices."""
    room = (ctypes.c_float * len(items))()
    _each(stroke_width, items, *_places(room, 1))
    return cast(Iterator[tuple[float]], struct.iter_unpack("f", room))


def leave_out(items: Sequence[int]) -> None:
    """Have page objects passed over whenever this page, as it is open now, is drawn."""
    _each(set_active, items, repeat(0))


def put_back(items: Sequence[int]) -> None:
    """Have page objects drawn again that were left out."""
    _each(set_active, items, repeat(1))


def page_objects(page: int) -> list[int]:
    """The objects of a page, in the order of drawing."""
    return list(map(object_at, repeat(_AT(page)), range(count_objects(page))))


def types(items: Iterable[int]) -> list[int]:
    """Whether page objects are text, paths, pictures, shades or forms."""
    return list(map(type_of, items))


def counts_of_segments(items: Iterable[int]) -> list[int]:
    """How many segments paths have."""
    return list(map(count_segments, items))


def counts_of_marks(items: Iterable[int]) -> list[int]:
    """How many marks page objects have, such as that of a layer."""
    return list(map(count_marks, items))


def form_objects(form: int) -> list[int]:
    """The objects of a form, in the order of drawing."""
    return list(map(object_in_form, repeat(form), range(count_in_form(form))))


def segments(items: Sequence[int], counts: Sequence[int]) -> list[int]:
    """The first segments of paths, one path after the other."""
    return [segment_at(item, n) for item, count in zip(items, counts, strict=True) for n in range(count)]


def points(parts: Sequence[int]) -> Iterator[tuple[float, float]]:
    """Where segments end."""
    room = (ctypes.c_float * (2 * len(parts)))()
    _each(segment_point, parts, *_places(room, 2, each=True))
    return cast(Iterator[tuple[float, float]], struct.iter_unpack("2f", room))


def segment_types(parts: Sequence[int]) -> list[int]:
    """Whether segments move, draw a line or draw a curve."""
    return list(map(segment_type, parts))


def segment_closings(parts: Sequence[int]) -> list[int]:
    """Whether segments close their outline."""
    return list(map(segment_closes, parts))


def _each(call: Callable[..., Any], *arguments: Iterable[int]) -> None:
    deque(map(call, *arguments), maxlen=0)


def _places(room: Any, wide: int, each: bool = False) -> list[range]:
    """Addresses in a room: of every group of `wide` numbers, or of each number of the groups."""
    first, size = ctypes.addressof(room), ctypes.sizeof(room._type_)
    end = first + ctypes.sizeof(room)
    return [range(first + n * size, end, wide * size) for n in range(wide if each else 1)]
