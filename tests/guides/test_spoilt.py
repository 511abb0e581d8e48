"""Figures that are not what their text says: cut off, struck out, with cents set as a mark."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from feebook.guides import spoilt
from tests.guides.placed import SIZE, cells_of

Show = Callable[[Canvas, float, float, str], None]

CODES = ("36901", "36902", "36903")
PAID = ("$1,553.25", "$5,453.10", "$10,615.31")


def guide(how: Show, what: str = "payment") -> bytes:
    """Codes with APC and payment, the payments or the codes drawn in some way."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(612, 792), invariant=True)
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(50, 742, "Hospital outpatient payment, CY 2024")
    for x, text in zip((50, 150, 300), ("CPT code", "APC", "Hospital payment"), strict=True):
        canvas.drawString(x, 712, text)
    for n, (code, paid) in enumerate(zip(CODES, PAID, strict=True)):
        y = 692 - 16 * n
        canvas.drawString(150, y, f"519{n + 1}")
        (how if what == "code" else Canvas.drawString)(canvas, 50, y, code)
        (how if what == "payment" else Canvas.drawString)(canvas, 300, y, paid)
    canvas.save()
    return data.getvalue()


def clipped(canvas: Canvas, x: float, y: float, text: str) -> None:
    """As a cell of a sheet that is too narrow shows it: without its cents."""
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(x - 1, y - 3, 1 + stringWidth(text[:-3], "Helvetica", SIZE), 12)
    canvas.clipPath(frame, stroke=0)
    canvas.drawString(x, y, text)
    canvas.restoreState()


def struck(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, y, text)
    canvas.line(x, y + 3, x + stringWidth(text, "Helvetica", SIZE), y + 3)


def underlined(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, y, text)
    canvas.line(x, y - 1, x + stringWidth(text, "Helvetica", SIZE), y - 1)


def raised(canvas: Canvas, x: float, y: float, text: str) -> None:
    dollars, cents = text.split(".")
    canvas.drawString(x, y, dollars)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(x + stringWidth(dollars, "Helvetica", SIZE) + 0.3, y + 3, cents)
    canvas.setFont("Helvetica", SIZE)


def noted(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, y, text)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(x + stringWidth(text, "Helvetica", SIZE), y + 3, "12")
    canvas.setFont("Helvetica", SIZE)


@pytest.mark.parametrize(("how", "why"), [(clipped, spoilt.HIDDEN), (struck, spoilt.STRUCK), (raised, spoilt.RAISED)])
def test_a_figure_that_is_not_what_it_seems_is_in_doubt(tmp_path: Path, how: Show, why: str) -> None:
    cells = cells_of(tmp_path, guide(how))
    assert {(c.measure, c.flag) for c in cells} == {("apc", ""), ("opps_payment", why)}


def on_a_broad_line(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.saveState()
    canvas.setStrokeGray(0.85)
    canvas.setLineWidth(14)
    canvas.line(x - 5, y + 3, x + 60, y + 3)
    canvas.restoreState()
    canvas.drawString(x, y, text)


@pytest.mark.parametrize("how", [underlined, on_a_broad_line, noted])
def test_a_line_under_a_figure_or_a_note_on_its_cents_is_no_doubt(tmp_path: Path, how: Show) -> None:
    cells = cells_of(tmp_path, guide(how))
    assert [(c.code, c.value, c.flag) for c in cells if c.measure == "opps_payment"] == [
        (code, paid.strip("$").replace(",", ""), "") for code, paid in zip(CODES, PAID, strict=True)
    ]


def test_nothing_beside_a_code_that_is_struck_out_is_sure(tmp_path: Path) -> None:
    cells = cells_of(tmp_path, guide(struck, "code"))
    assert {(c.measure, c.flag) for c in cells} == {("apc", spoilt.STRUCK), ("opps_payment", spoilt.STRUCK)}
