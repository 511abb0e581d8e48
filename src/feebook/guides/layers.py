"""Layers of a page that are switched off: what they hold is taken off it before anything is read.

pdfium says which objects a layer holds and not whether it is on, so each layer is left out of a picture of the page:
one whose going changes nothing shows nothing. An older table in a hidden layer would else mix with the one under it.
"""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from typing import Any, Final

import pypdfium2.raw as c

from feebook.guides import pdfium
from feebook.guides.raster import COARSE, COLOUR, MOST, SCALE, Part, pictured

FEW: Final = 24
"""Layers that are looked at: a page with more of them is a drawing."""

_NAME: Final = 128
"""Bytes of the names of marks and layers that tell them apart."""


def without_hidden(page: Any) -> int:
    """Take the objects of hidden layers off an open page, all of a layer or none; gives the number of characters."""
    layers = _layers(pdfium.page_objects(pdfium.address(page.raw)))
    part = _whole(page) if 0 < len(layers) <= FEW else None
    if part is None:
        return 0
    shown = pictured(page, part, COLOUR).data
    hidden: list[int] = []
    for held in layers.values():
        pdfium.leave_out(held)
        hidden += held if pictured(page, part, COLOUR).data == shown else []
        pdfium.put_back(held)
    before = _characters(page) if hidden else 0
    for item in (ctypes.cast(one, c.FPDF_PAGEOBJECT) for one in hidden):
        c.FPDFPage_RemoveObject(page.raw, item)
        c.FPDFPageObj_Destroy(item)
    return before - _characters(page) if hidden else 0


def _characters(page: Any) -> int:
    """How many characters the text of a page has."""
    text = page.get_textpage()
    count: int = text.count_chars()
    text.close()
    return count


def _layers(items: list[int]) -> dict[str, list[int]]:
    """The objects of each layer, by its name."""
    found: dict[str, list[int]] = defaultdict(list)
    for item, count in zip(items, pdfium.counts_of_marks(items), strict=True):
        for n in range(count):
            mark = c.FPDFPageObj_GetMark(ctypes.cast(item, c.FPDF_PAGEOBJECT), n)
            if _text(lambda *room, mark=mark: c.FPDFPageObjMark_GetName(mark, *room)) == "OC":
                name = _text(lambda *room, mark=mark: c.FPDFPageObjMark_GetParamStringValue(mark, b"Name", *room))
                found[name].append(item)
                break
    return found


def _text(ask: Any) -> str:
    """What pdfium writes into a room for a name."""
    room = (ctypes.c_ubyte * _NAME)()
    size = ctypes.c_ulong()
    if not ask(ctypes.cast(room, ctypes.POINTER(c.FPDF_WCHAR)), _NAME, ctypes.byref(size)):
        return ""
    return bytes(room[: min(size.value, _NAME)]).decode("utf-16-le", "replace").rstrip("\0")


def _whole(page: Any) -> Part | None:
    """The whole of a page; None where it is too large to picture."""
    width, height = page.get_width(), page.get_height()
    scale = min(SCALE, math.sqrt(MOST / max(1.0, width * height)))
    return Part(0, 0, math.ceil(width * scale) + 1, math.ceil(height * scale) + 1, scale) if scale >= COARSE else None
