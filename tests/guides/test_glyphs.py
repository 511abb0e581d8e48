"""Letters that a font joins are read as letters, where the text is turned and where a writer garbled their names."""

from __future__ import annotations

from pathlib import Path

from feebook.guides.box import Box
from feebook.guides.glyphs import Glyph, mended
from tests.guides.placed import cells_of, said

LINES = [("36901", "$160", "$671"), ("36902", "$227", "$990"), ("36903", "$298", "$4,990")]
XS = (40, 160, 300)


def document(heads: list[str], ligature: str) -> bytes:
    """A page with a table under heads given as operators; a brace in them stands for letters joined as one glyph."""
    lines = [
        f"1 0 0 1 {x} {700 - 16 * n} Tm ({t}) Tj" for n, line in enumerate(LINES) for x, t in zip(XS, line, strict=True)
    ]
    text = "BT /F1 9 Tf 1 0 0 1 40 780 Tm (Facsimile with invented wording, CY 2024) Tj " + " ".join(
        [*lines, "ET", *heads]
    )
    names = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
        " 2 beginbfrange <20> <7A> <0020> <7C> <7E> <007C> endbfrange"
        f" 1 beginbfchar <7B> <{ligature}> endbfchar endcmap end"
    )
    every = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >> stream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        f"<< /Length {len(names)} >> stream\n{names}\nendstream",
    ]
    out, at = "%PDF-1.4\n", []
    for n, body in enumerate(every, 1):
        at.append(len(out))
        out += f"{n} 0 obj {body} endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in at)
    ends = f"xref\n0 {len(every) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(every) + 1} /Root 1 0 R >>\n"
    return f"{out}{ends}startxref\n{len(out)}\n%%EOF\n".encode("latin-1")


DUE = [
    (line[0], m, v.strip("$").replace(",", ""))
    for line in LINES
    for m, v in zip(("facility_payment", "nonfacility_payment"), line[1:], strict=True)
]


def level(x: float, text: str) -> str:
    return f"BT /F1 9 Tf 1 0 0 1 {x} 720 Tm ({text}) Tj ET"


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
    assert said(cells_of(tmp_path, document(heads, "6600CF00"))) == DUE
