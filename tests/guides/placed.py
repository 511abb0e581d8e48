"""Pages of a few placed words, and what a reading of them says; labelled facsimiles with invented wording."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from feebook.guides.cells import Cell
from feebook.guides.read import read

SIZE: Final = 9
Placed = tuple[float, float, str]
"""Left side and baseline from the top, in points, and a text."""
Sized = Placed | tuple[float, float, str, float]
"""The same, and the size of one that is not set as the others are."""


def rows(xs: Sequence[float], top: float, *lines: Sequence[str], step: float = 16) -> list[Placed]:
    """Lines of a table whose texts begin at the same places; an empty text is left out."""
    return [(x, top + step * n, t) for n, line in enumerate(lines) for x, t in zip(xs, line, strict=True) if t]


def right_rows(ends: Sequence[float], top: float, *lines: Sequence[str], step: float = 16) -> list[Placed]:
    """Lines of a table whose texts end at the same places; an empty text is left out."""
    return [(x - stringWidth(t, "Helvetica", SIZE), base, t) for x, base, t in rows(ends, top, *lines, step=step)]


def page(
    items: Iterable[Sized],
    turned: Iterable[Placed] = (),
    rules: Iterable[Sequence[float]] = (),
    shades: Iterable[Sequence[float]] = (),
) -> bytes:
    """A page with placed texts, others that run up, and rules and shades from (x0, y0) to (x1, y1)."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(612, 792), invariant=True)
    canvas.setTitle("Facsimile with invented wording")
    canvas.setFont("Helvetica", SIZE)
    canvas.setFillGray(0.85)
    for x0, y0, x1, y1 in shades:
        canvas.rect(x0, 792 - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
    canvas.setFillGray(0)
    for x, y, text, *size in items:
        canvas.setFont("Helvetica", *size or (SIZE,))
        canvas.drawString(x, 792 - y, text)
    canvas.setFont("Helvetica", SIZE)
    for x, y, text in turned:
        canvas.saveState()
        canvas.translate(x, 792 - y)
        canvas.rotate(90)
        canvas.drawString(0, 0, text)
        canvas.restoreState()
    for x0, y0, x1, y1 in rules:
        canvas.line(x0, 792 - y0, x1, 792 - y1)
    canvas.save()
    return data.getvalue()


def document(*leaves: Iterable[Sized]) -> bytes:
    """Pages with placed texts."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(612, 792), invariant=True)
    canvas.setTitle("Facsimile with invented wording")
    for items in leaves:
        for x, y, text, *size in items:
            canvas.setFont("Helvetica", *size or (SIZE,))
            canvas.drawString(x, 792 - y, text)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def cells_of(folder: Path, data: bytes) -> list[Cell]:
    path = folder / "facsimile.pdf"
    path.write_bytes(data)
    return list(read(path).cells)


def said(cells: Iterable[Cell]) -> list[tuple[str, str, str]]:
    """Code with its modifier, measure, and value or status of cells that are not in doubt."""
    return [(f"{c.code}-{c.modifier}".rstrip("-"), c.measure, c.value or c.status) for c in cells if not c.flag]


def flags(cells: Iterable[Cell]) -> set[str]:
    return {c.flag for c in cells}


def with_layer(*parts: str, shown: bool) -> bytes:
    """A page with a layer that is on or off."""
    content = "\n".join(parts)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /OCProperties"
        f" << /OCGs [6 0 R] /D << /{'ON' if shown else 'OFF'} [6 0 R] >> >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> /Properties << /Layer 6 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /OCG /Name (Layer) >>",
    ]
    body = "\n".join(f"{n} 0 obj\n{text}\nendobj" for n, text in enumerate(objects, 1))
    return f"%PDF-1.5\n{body}\ntrailer << /Root 1 0 R /Size 7 >>\nstartxref\n0\n%%EOF\n".encode()
