"""The calls of pdfium that are made for every character and stroke, bound so that one costs little.

pypdfium2 gives every function typed pointers, which Python builds anew at each call; here a pointer is a plain number.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final, cast

import pypdfium2.raw as c

_AT: Final = ctypes.c_void_p
_INT: Final = ctypes.c_int


def _bound(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(c, name), ctypes.c_void_p).value
    assert address is not None
    return cast(Callable[..., Any], ctypes.PYFUNCTYPE(result, *arguments)(address))


def address(pointer: Any) -> int:
    """Where a typed pointer of pypdfium2 points to."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


count_chars: Final = _bound("FPDFText_CountChars", _INT, _AT)
is_generated: Final = _bound("FPDFText_IsGenerated", _INT, _AT, _INT)
unicode_of: Final = _bound("FPDFText_GetUnicode", ctypes.c_uint, _AT, _INT)
loose_box: Final = _bound("FPDFText_GetLooseCharBox", _INT, _AT, _INT, _AT)
tight_box: Final = _bound("FPDFText_GetCharBox", _INT, _AT, _INT, _AT, _AT, _AT, _AT)
origin_of: Final = _bound("FPDFText_GetCharOrigin", _INT, _AT, _INT, _AT, _AT)
text_object: Final = _bound("FPDFText_GetTextObject", _AT, _AT, _INT)
font_size: Final = _bound("FPDFText_GetFontSize", ctypes.c_double, _AT, _INT)
font_weight: Final = _bound("FPDFText_GetFontWeight", _INT, _AT, _INT)
text_matrix: Final = _bound("FPDFText_GetMatrix", _INT, _AT, _INT, _AT)
render_mode: Final = _bound("FPDFTextObj_GetTextRenderMode", _INT, _AT)
fill_colour: Final = _bound("FPDFPageObj_GetFillColor", _INT, _AT, _AT, _AT, _AT, _AT)

count_objects: Final = _bound("FPDFPage_CountObjects", _INT, _AT)
object_at: Final = _bound("FPDFPage_GetObject", _AT, _AT, _INT)
type_of: Final = _bound("FPDFPageObj_GetType", _INT, _AT)
matrix_of: Final = _bound("FPDFPageObj_GetMatrix", _INT, _AT, _AT)
count_in_form: Final = _bound("FPDFFormObj_CountObjects", _INT, _AT)
object_in_form: Final = _bound("FPDFFormObj_GetObject", _AT, _AT, ctypes.c_ulong)
draw_mode: Final = _bound("FPDFPath_GetDrawMode", _INT, _AT, _AT, _AT)
count_segments: Final = _bound("FPDFPath_CountSegments", _INT, _AT)
segment_at: Final = _bound("FPDFPath_GetPathSegment", _AT, _AT, _INT)
segment_type: Final = _bound("FPDFPathSegment_GetType", _INT, _AT)
segment_point: Final = _bound("FPDFPathSegment_GetPoint", _INT, _AT, _AT, _AT)
segment_closes: Final = _bound("FPDFPathSegment_GetClose", _INT, _AT)
