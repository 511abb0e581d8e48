"""Draw small tables as PDF: plain rows in, the bytes of a document out, in any of the styles a guide may be set in.

>>> table = Table("Physician services CY 2024", (("CPT Code", "Facility Payment"),), (("37252", "$86"),))
>>> document([[table]], Style(rules="across"))[:5]
b'%PDF-'
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

BODY: Final = "Helvetica"
BOLD: Final = "Helvetica-Bold"
PAD: Final = 6.0
MARGIN: Final = 48.0
LEAST: Final = 44.0
"""The least width of a column, in points."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A cell merged over rows of one column; its text is that of the first row."""

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed, text by text.

    In the upper of two heading rows an empty text goes on with the one to its left, in the lower with the one above.
    """

    title: str
    heading: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merge, ...] = ()
    bare: bool = False
    """Set without rules and shades whatever the style, as lines of prose are."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a page is set. `rotate` is the page's /Rotate, the page looking the same; `sideways` turns what is seen."""

    rules: Literal["all", "across", "down", "none"] = "all"
    zebra: bool = False
    marks: bool = False
    align: Literal["left", "centre", "right"] = "right"
    landscape: bool = False
    rotate: Literal[0, 90, 180, 270] = 0
    sideways: Literal[0, 90, 180, 270] = 0
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    size: float = 9.0


@dataclass(frozen=True, slots=True)
class _Cell:
    """One box of the table: first and last column and row, counted from the top of the heading."""

    left: int
    right: int
    top: int
    bottom: int
    text: str
    heading: bool


def document(pages: Sequence[Sequence[Table]], style: Style) -> bytes:
    """The bytes of a document, each page with its tables one below the other."""
    out = io.BytesIO()
    seen = (792.0, 612.0) if style.landscape else (612.0, 792.0)
    ends = [_edges(list(_cells(table)), style)[-1] for tables in pages for table in tables]
    seen = (
        max([seen[0], *(end + MARGIN for end in ends)]),
        seen[1],
    )  # six wide headings need a wider sheet: what is cut off is not read
    width, height = seen[0] * style.scale, seen[1] * style.scale
    canvas = Canvas(out, invariant=1, pageCompression=0)
    for tables in pages:
        _turn(canvas, style, width, height)
        canvas.scale(style.scale, style.scale)
        canvas.translate(*style.shift)
        top = seen[1] - MARGIN
        for table in tables:
            top = _table(canvas, table, style, top) - 3 * style.size
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _turn(canvas: Canvas, style: Style, width: float, height: float) -> None:
    """Set the page's size and take its axes to where the reader of the page sees them."""
    turn = (style.rotate + style.sideways) % 360
    # reportlab changes width and height of a page with a /Rotate of a quarter turn; what counts is the turn as seen.
    canvas.setPageSize((height, width) if style.sideways % 180 else (width, height))
    canvas.setPageRotation(style.rotate)
    if turn == 90:
        canvas.transform(0, 1, -1, 0, height, 0)
    elif turn == 180:
        canvas.transform(-1, 0, 0, -1, width, height)
    elif turn == 270:
        canvas.transform(0, -1, 1, 0, 0, width)


def _table(canvas: Canvas, table: Table, style: Style, top: float) -> float:
    """Draw one table, its title above; gives the height at which it ends."""
    canvas.setFont(BOLD, style.size + 2)
    canvas.drawString(MARGIN, top, table.title)
    cells = list(_cells(table))
    edges = _edges(cells, style)
    line = 1.9 * style.size
    tops = [top - style.size - line * n for n in range(len(table.heading) + len(table.rows) + 1)]
    boxes = {cell: (edges[cell.left], tops[cell.bottom + 1], edges[cell.right + 1], tops[cell.top]) for cell in cells}
    for cell, box in boxes.items():
        if style.zebra and not table.bare and not cell.heading and (cell.top - len(table.heading)) % 2 == 0:
            _shade(canvas, box)
        _text(canvas, style, cell, box)
    for cell in () if table.bare else cells:
        _rules(canvas, style, boxes[cell])
    return tops[-1]


def _cells(table: Table) -> Iterator[_Cell]:
    """Every box of a table: headings with what they span, then rows with merged cells once."""
    depth = len(table.heading)
    for row, texts in enumerate(table.heading):
        for column, text in enumerate(texts):
            if text:
                right = column
                while depth == 2 and row == 0 and right + 1 < len(texts) and not texts[right + 1]:
                    right += 1
                bottom = depth - 1 if row == 0 and depth == 2 and not table.heading[1][column] else row
                yield _Cell(column, right, row, bottom, text, True)
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            merge = next((m for m in table.merged if m.column == column and m.first <= row <= m.last), None)
            if merge is None or merge.first == row:
                yield _Cell(column, column, depth + row, depth + (merge.last if merge else row), text, False)


def _edges(cells: Sequence[_Cell], style: Style) -> list[float]:
    """The left edge of each column and the right edge of the last; every text fits into its column."""
    widths = [LEAST] * (1 + max(cell.right for cell in cells))
    for cell in sorted(cells, key=lambda cell: cell.right - cell.left):
        need = stringWidth(cell.text, BOLD, style.size) + style.size + 2 * PAD
        span = range(cell.left, cell.right + 1)
        lacking = need - sum(widths[n] for n in span)
        for n in span:
            widths[n] += max(0.0, lacking) / len(span)
    edges = [MARGIN]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def _shade(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    """A stripe behind one cell; a merged cell has the colour of its first row."""
    x0, y0, x1, y1 = box
    canvas.setFillGray(0.92)
    canvas.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)
    canvas.setFillGray(0)


def _rules(canvas: Canvas, style: Style, box: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = box
    canvas.setLineWidth(0.6)
    if style.rules in ("all", "across"):
        canvas.line(x0, y0, x1, y0)
        canvas.line(x0, y1, x1, y1)
    if style.rules in ("all", "down"):
        canvas.line(x0, y0, x0, y1)
        canvas.line(x1, y0, x1, y1)


def _text(canvas: Canvas, style: Style, cell: _Cell, box: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = box
    font = BOLD if cell.heading else BODY
    width = stringWidth(cell.text, font, style.size)
    align = "centre" if cell.right > cell.left else "left" if cell.left == 0 else style.align
    x = {"left": x0 + PAD, "centre": (x0 + x1 - width) / 2, "right": x1 - PAD - width}[align]
    base = (y0 + y1) / 2 - 0.35 * style.size
    canvas.setFont(font, style.size)
    canvas.drawString(x, base, cell.text)
    if style.marks and cell.heading:
        canvas.setFont(font, 0.6 * style.size)
        canvas.drawString(x + width, base + 0.4 * style.size, str(1 + cell.left % 3))
