"""The second opinion: the same boxes asked of another engine, whichever way the text runs and however it is drawn."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from feebook.guides import find, ink, second
from feebook.guides.box import Box
from feebook.guides.draft import draft
from feebook.guides.read import read, tables, text_lines
from feebook.guides.strict import read_edition
from feebook.recipe import read_recipe
from tests import draw
from tests.guides.placed import SIZE, page

Show = Callable[[Canvas, float, float, str], None]

FIGURES = (("36901", "$1,553", "$700"), ("36902", "$5,453", "$2,101"), ("36903", "$10,615", "$6,812"))


def shown(how: Show) -> bytes:
    """Codes as usual, and payments drawn in some way."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(612, 792), invariant=True)
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(50, 742, "Hospital outpatient payment, CY 2024")
    for x, text in zip((50, 150, 300), ("CPT code", "Hospital payment", "ASC payment"), strict=True):
        canvas.drawString(x, 712, text)
    for n, (code, hospital, center) in enumerate(FIGURES):
        canvas.drawString(50, 692 - 16 * n, code)
        how(canvas, 150, 692 - 16 * n, hospital)
        how(canvas, 300, 692 - 16 * n, center)
    canvas.save()
    return data.getvalue()


def plain(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, y, text)


def twice(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, y, text)
    canvas.drawString(x + 0.3, y, text)


def one_by_one_from_the_right(canvas: Canvas, x: float, y: float, text: str) -> None:
    for n in reversed(range(len(text))):
        canvas.drawString(x + stringWidth(text[:n], "Helvetica", SIZE), y, text[n])


def tightly(canvas: Canvas, x: float, y: float, text: str) -> None:
    line = canvas.beginText(x, y)
    line.setCharSpace(-0.6)
    line.textOut(text)
    canvas.drawText(line)


def with_a_mark(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, y, text)
    canvas.setFont("Helvetica", 5)
    canvas.drawString(x + stringWidth(text, "Helvetica", SIZE), y + 4, "a")
    canvas.setFont("Helvetica", SIZE)


def across_a_watermark(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.saveState()
    canvas.setFillGray(0.9)
    canvas.setFont("Helvetica", 40)
    canvas.drawString(x, y - 10, "SAMPLE")
    canvas.restoreState()
    canvas.drawString(x, y, text)


def differing(path: Path) -> list[tuple[str, str]]:
    """What the two engines read otherwise in the cells of a guide."""
    document = ink.open_pdf(path)
    found = find.found(document).tables
    document.close()
    cells = [(t, c) for t in found for row in t.rows for c in row.crossings if c is not None]
    assert cells
    theirs = second.texts(path, [second.Wanted(t.page.number, t.page.seen(c.box), t.page.turn) for t, c in cells])
    return [(c.text, their) for (_, c), their in zip(cells, theirs, strict=True) if not second.agree(c.text, their)]


@pytest.mark.parametrize("how", [plain, twice, one_by_one_from_the_right, tightly, with_a_mark, across_a_watermark])
def test_both_engines_read_the_same_however_it_is_drawn(tmp_path: Path, how: Show) -> None:
    path = tmp_path / "guide.pdf"
    path.write_bytes(shown(how))
    assert differing(path) == []


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("sideways", [0, 90, 180, 270])
def test_both_engines_read_the_same_whichever_way_the_text_runs(tmp_path: Path, rotate: int, sideways: int) -> None:
    path = tmp_path / "guide.pdf"
    table = draw.Table("Hospital outpatient payment, CY 2024", (("CPT code", "Hospital payment", "ASC"),), FIGURES * 6)
    path.write_bytes(draw.document([[table]], draw.Style(rotate=rotate, sideways=sideways)))  # type: ignore[arg-type]
    assert differing(path) == []


def test_a_word_parted_at_the_end_of_a_line_is_one_word() -> None:
    line = [second._Char(c, Box(n, 0, n + 1, 9)) for n, c in enumerate("pay-")]
    next_line = [second._Char(c, Box(n, 10, n + 1, 19)) for n, c in enumerate("ment")]
    assert second._text([*line, *next_line], Box(0, 0, 4, 19)) == "payment"


def test_a_character_that_goes_on_outside_the_box_is_read_with_it(tmp_path: Path) -> None:
    path = tmp_path / "guide.pdf"
    path.write_bytes(page([(50, 100, "$1,553"), (85, 100, "5182")]))
    width = stringWidth("$1,55", "Helvetica", SIZE)
    assert second.texts(path, [second.Wanted(1, Box(50, 92, 50 + width, 102))]) == ["$1,553"]


def flags_of(folder: Path, data: bytes) -> set[tuple[str, str, str]]:
    """Code, value and doubt of the cells of a guide that is held to the recipe drafted from it."""
    path = folder / "guide.pdf"
    path.write_bytes(data)
    recipe = folder / "guide.toml"
    recipe.write_text(draft(read(path), tables(path), text_lines(path), "Nobody", "guide"), encoding="utf-8")
    held = read_recipe(recipe)
    return {(c.code, c.printed, c.flag) for c in read_edition(path, held, held.editions[0])}
