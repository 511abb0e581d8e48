"""Letters that a font joins are read as letters, where the text is turned and where a writer garbled their names."""

from __future__ import annotations

from pathlib import Path

from feebook.guides.box import Box
from feebook.guides.glyphs import Glyph, mended
from tests.guides.mapped import document, level
from tests.guides.placed import cells_of, said

LINES = [("36901", "$160", "$671"), ("36902", "$227", "$990"), ("36903", "$298", "$4,990")]
DUE = [
    (line[0], m, v.strip("$").replace(",", ""))
    for line in LINES
    for m, v in zip(("facility_payment", "nonfacility_payment"), line[1:], strict=True)
]


def letter(text: str, x0: float, top: float, x1: float, bottom: float) -> Glyph:
    """A letter of a text of size 8 that runs up the page."""
    return Glyph(text, Box(x0, top, x1, bottom), (x1, bottom), 8.0, 3, False)


def test_joined_letters_that_pdfium_puts_elsewhere_in_turned_text_stand_in_their_word() -> None:
    o, c = letter("o", 344, 122, 353, 126), letter("c", 344, 113, 353, 116)
    lost = [letter("f", 47, 472, 55, 497), letter("f", 55, 472, 64, 497), letter("i", 64, 472, 72, 497)]
    given = mended([o, *lost, c])
    assert "".join(g.text for g in given) == "offic"
    assert [g.box for g in given] == [
        o.box,
        Box(344, 120, 353, 122),
        Box(344, 118, 353, 120),
        Box(344, 116, 353, 118),
        c.box,
    ]


def test_the_next_turned_heading_is_no_lost_letter_of_the_one_before() -> None:
    heads = [letter("U", 344, 100, 353, 104), letter("n", 384, 120, 393, 124), letter("f", 384, 116, 393, 120)]
    assert mended(heads) == heads


def test_joined_letters_whose_names_have_their_bytes_changed_are_read(tmp_path: Path) -> None:
    heads = [level(40, "Code"), level(160, "Facility payment"), level(300, "O{ce payment")]
    assert said(cells_of(tmp_path, document(LINES, heads, {"{": "6600CF00"}, "2024"))) == DUE
