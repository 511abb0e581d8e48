"""What pdfium draws on a page: characters that can be seen, straight lines and filled boxes.

The door to pdfium. A character is left out when a viewer would not see it: drawn without ink, outside the page, cut off
by a clip, in a hidden layer, in the colour of what lies behind it, or slanted across the page as a watermark is. The
first two are asked of the page's objects, the rest of a small picture of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as c

from feebook.guides import pdfium
from feebook.guides.box import Box
from feebook.guides.frame import Frame
from feebook.guides.glyphs import Glyph, glyphs
from feebook.guides.layers import without_hidden
from feebook.guides.strokes import drawn
from feebook.guides.visible import Seen, visible


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as seen, in points: what was drawn, and how many characters were passed over as not visible."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Box]
    broad: list[Box]
    """Those of the rules upon which text may be set."""
    shades: list[Box]
    unseen: list[Glyph]
    hidden: int
    pictures: int


LARGEST: Final = 14_400
"""Points of the side of the largest page that the standard allows; a larger one that cannot be pictured is damage."""

HAIR: Final = 2.6
"""A filled box thinner than this many points is a rule."""


BLEED: Final = 18.0
"""Points beside a page within which what is drawn belongs to it."""


class Unreadable(Exception):
    """pdfium could not open the file or a page: `password` says whether for want of one, `large` for its size."""

    def __init__(self, code: int, large: bool = False) -> None:
        super().__init__(code)
        self.password = code == c.FPDF_ERR_PASSWORD
        self.large = large


def open_pdf(path: Path) -> Any:
    """The open document. Raises Unreadable."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(getattr(error, "err_code", None) or c.FPDF_ERR_UNKNOWN) from None


@dataclass(frozen=True, slots=True)
class Leaf:
    """An open page and its text, for a cheap look and a whole one."""

    page: Any
    text: Any
    number: int
    hidden: int
    """Characters in layers that are switched off."""

    def plain(self) -> str:
        """The plain text, in the order of the file; the cheapest look at a page."""
        return str(self.text.get_text_range())

    def sheet(self) -> Sheet:
        """What can be seen on the page. Raises Unreadable where it is too large to picture."""
        seen = _sheet(self.page, self.text, self.number)
        return replace(seen, hidden=seen.hidden + self.hidden)


@contextmanager
def leaf(document: Any, index: int) -> Iterator[Leaf]:
    """A page of an open document; index counts from 0. Raises Unreadable."""
    page, text, hidden = _opened(document, index)
    try:
        yield Leaf(page, text, index + 1, hidden)
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


def _opened(document: Any, index: int) -> tuple[Any, Any, int]:
    """A page, its text, and how many characters layers that are switched off hold. Raises Unreadable."""
    try:
        page = document[index]
        if _has_notes(page):  # made part of the page, so that what they print and cover counts as it is seen
            c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY)
            page.close()
            page = document[index]
        hidden = without_hidden(page)
        return page, page.get_textpage(), hidden
    except pypdfium2.PdfiumError:
        raise Unreadable(c.FPDF_ERR_PAGE) from None


def _has_notes(page: Any) -> bool:
    """True for a page upon which notes, stamps or form fields are laid; those that no viewer shows are taken off it."""
    shown = layered = False
    for i in reversed(range(c.FPDFPage_GetAnnotCount(page))):
        note = c.FPDFPage_GetAnnot(page, i)
        kind, flags = c.FPDFAnnot_GetSubtype(note), c.FPDFAnnot_GetFlags(note)
        layer = c.FPDFAnnot_HasKey(note, b"OC")
        c.FPDFPage_CloseAnnot(note)
        if kind in (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP):
            continue
        if flags & (c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW):
            c.FPDFPage_RemoveAnnot(page, i)
        else:
            shown, layered = True, layered or bool(layer)  # whether a layer is on, no call tells
    return shown and not layered


def _sheet(page: Any, text: Any, number: int) -> Sheet:
    left, bottom, right, top = page.get_bbox()  # page.get_cropbox() does not know a box that pages inherit
    frame = Frame(left, bottom, right, top, (page.get_rotation() // 90) % 4)
    width, height = frame.size
    drawing = drawn(page.raw, frame)
    strokes, fills = _on_page(drawing.strokes, width, height), _on_page(drawing.fills, width, height)
    rules = strokes + [box for box in fills if _is_thin(box)]
    shades = [box for box in fills if not _is_thin(box)]
    found = glyphs(text.raw, frame)
    wide, high = 2 * width, 2 * height
    inside = [  # their middles lie on the page
        glyph
        for glyph in found
        for x0, top, x1, bottom in (glyph.box,)
        if glyph.size > 0 and 0 <= x0 + x1 <= wide and 0 <= top + bottom <= high
    ]
    pdfium.leave_out(drawing.hairs)
    alone = drawing.is_text_alone and not c.FPDFPage_GetAnnotCount(page)
    told = visible(page, inside, drawing.texts, alone) if inside else Seen([], [], 0)
    if told is None:
        raise Unreadable(c.FPDF_ERR_PAGE, large=max(width, height) <= LARGEST)
    hidden = len(told.unseen) + told.covered + len(found) - len(inside)
    return Sheet(
        number, width, height, told.glyphs, rules, drawing.broad, shades, told.unseen, hidden, drawing.pictures
    )


def _on_page(boxes: list[Box], width: float, height: float) -> list[Box]:
    """Those on a page or just beside it: the last rule of a table that is a little wider closes its last column."""
    right, low = width + BLEED, height + BLEED
    return [box for box in boxes if not (box[2] < -BLEED or box[3] < -BLEED or box[0] > right or box[1] > low)]


def _is_thin(box: Box) -> bool:
    x0, top, x1, bottom = box
    return x1 - x0 <= HAIR or bottom - top <= HAIR
