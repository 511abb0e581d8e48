"""What a viewer does not see is not read, however it is hidden; what shows is read, however it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from feebook.guides import visible
from feebook.guides.raster import Part, Picture
from feebook.guides.read import read

HEADING: Final = ("CPT Code", "Work RVU", "Facility RVU", "Facility Payment")
ROWS: Final = (
    ("+37252", "1.80", "2.59", "$86"),
    ("+37253", "1.44", "2.06", "$69"),
    ("36901", "3.36", "4.90", "$163"),
)
LAST: Final = ("36902", "4.83", "6.99", "$233")
WHOLE: Final = "/BBox [0 0 612 792]"
FONT: Final = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


@dataclass(frozen=True)
class Drawn:
    """One page: content, what its last row is drawn as, resources by kind, keys of the page, and further objects."""

    last: str
    resources: str = ""
    page: str = "/MediaBox [0 0 612 792]"
    objects: tuple[str, ...] = ()
    """Objects 6 and on."""
    catalog: str = ""
    """Further keys of the catalog."""
    wrap: Callable[[str], str] = field(default=lambda content: content)
    """What is done to the content of the page."""

    def pdf(self) -> bytes:
        """The bytes of the document."""
        title = row(("Physician services CY 2024",), 730, size=11)
        table = [row(line, 700 - 20 * y) for y, line in enumerate((HEADING, *ROWS))]
        content = self.wrap("\n".join([title, *table, self.last]))
        every = [
            f"<< /Type /Catalog /Pages 2 0 R {self.catalog} >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R {self.page} /Contents 4 0 R"
            f" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> {self.resources} >> >>",
            stream(content),
            FONT,
            *(self.objects or (FONT,)),
        ]
        body = "\n".join(f"{n} 0 obj\n{text}\nendobj" for n, text in enumerate(every, 1))
        return f"%PDF-1.7\n{body}\ntrailer << /Root 1 0 R /Size {len(every) + 1} >>\nstartxref\n0\n%%EOF\n".encode(
            "latin-1"
        )


def row(texts: tuple[str, ...], y: float, before: str = "", size: float = 9, font: str = "F1") -> str:
    """A row of texts, each with operators set before it."""
    return "\n".join(
        f"BT {before} /{font} {size} Tf {60 + 110 * x} {y} Td ({text}) Tj ET" for x, text in enumerate(texts)
    )


def set_in(axes: str, size: int) -> str:
    """The last row in a text matrix with the given axes."""
    return "\n".join(f"BT /F1 {size} Tf {axes} {60 + 110 * x} {Y} Tm ({text}) Tj ET" for x, text in enumerate(LAST))


def stream(content: str, keys: str = "") -> str:
    """A stream object."""
    return f"<< {keys} /Length {len(content)} >>\nstream\n{content}\nendstream"


def form(content: str, keys: str = WHOLE) -> str:
    """A form, with the font of the page."""
    return stream(content, f"/Type /XObject /Subtype /Form {keys} /Resources << /Font << /F1 5 0 R >> >>")


def glyphs(drawing: str) -> str:
    """A Type 3 font in which every character that the table needs has the same drawing."""
    codes = sorted(set(map(ord, "".join((*HEADING, *LAST)))))
    names = " ".join(f"/g{code} 8 0 R" for code in codes)
    return (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0]"
        f" /FirstChar 32 /LastChar 126 /Widths [{' '.join(['556'] * 95)}] /CharProcs << {names} >> /Resources << >>"
        f" /Encoding << /Differences [{' '.join(f'{code} /g{code}' for code in codes)}] >> /ToUnicode 7 0 R >>"
    )


TO_UNICODE: Final = stream(
    "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
    "1 beginbfrange <20> <7E> <0020> endbfrange endcmap end"
)
Y: Final = 620
PLAIN: Final = row(LAST, Y)
OVER: Final = f"40 {Y - 6} 500 18 re f"
TYPE3_KEYS: Final = ("556 0 0 0 500 650 d1 0 0 500 650 re f", "556 0 0 0 500 650 d1")
LINE: Final = f"0.5 w 40 {Y + 3} m 540 {Y + 3} l S"
DARK: Final = f"0.1 g 40 {Y - 6} 500 18 re f"

OLD: Final = row(("36902", "1.11", "2.22", "$99"), Y)
WHITE: Final = f"1 g {OVER} 0 g"
BARS: Final = " ".join(f"{x} {Y} 1.5 7 re f" for x in range(60, 420, 3))
PATTERNED: Final = f"q 500 0 0 18 40 {Y - 6} cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00ff00ff> EI Q"
NOTED: Final = "\n".join(f"BT /F1 9 Tf {20 + 110 * x} 6 Td ({text}) Tj ET" for x, text in enumerate(LAST))


def note(content: str, flags: int = 4, kind: str = "FreeText", before: str = "") -> Drawn:
    """The last row under or in a note laid upon the page, whose own corner is at 40 and Y - 6."""
    page = (
        f"/MediaBox [0 0 612 792] /Annots [<< /Type /Annot /Subtype /{kind} /F {flags} /Contents (note)"
        f" /Rect [40 {Y - 6} 540 {Y + 12}] /AP << /N 7 0 R >> >>]"
    )
    return Drawn(before, page=page, objects=(FONT, form(content, "/BBox [0 0 500 18]")))


def layer(shown: str, settings: str, groups: int = 1) -> Drawn:
    """The last row in a layer: object 7, told from the groups that follow it."""
    names = " ".join(f"{n} 0 R" for n in range(8, 8 + groups))
    return Drawn(
        f"/OC /L BDC {PLAIN} EMC",
        "/Properties << /L 7 0 R >>",
        objects=(FONT, shown, *("<< /Type /OCG /Name (layer) >>",) * groups),
        catalog=f"/OCProperties << /OCGs [{names}] /D << {settings} >> >>",
    )


HIDDEN: Final = {
    "drawn without ink": Drawn(row(LAST, Y, "3 Tr")),
    "drawn as a clip only": Drawn(row(LAST, Y, "7 Tr")),
    "cut off by a clip": Drawn(f"q 0 0 20 20 re W n {PLAIN} Q"),
    "white on white": Drawn(f"1 g {PLAIN}"),
    "white on pale grey": Drawn(f"0.93 g {OVER} 1 g {PLAIN}"),
    "nearly white on white": Drawn(f"0.96 g {PLAIN}"),
    "dark on its own colour": Drawn(f"{DARK} {PLAIN}"),
    "dark on its own colour and struck through": Drawn(f"{DARK} {PLAIN} 1 G {LINE}"),
    "red on its own colour": Drawn(f"1 0 0 rg {OVER} {PLAIN}"),
    "white strokes on white": Drawn(row(LAST, Y, "1 Tr 1 G")),
    "under a white box": Drawn(f"{PLAIN} 1 g {OVER}"),
    "under a black box": Drawn(f"{PLAIN} 0 g {OVER}"),
    "under a thick stroke": Drawn(f"{PLAIN} 20 w 0.8 G 40 {Y + 3} m 540 {Y + 3} l S"),
    "under a picture": Drawn(
        f"{PLAIN} q 500 0 0 18 40 {Y - 6} cm BI /W 1 /H 1 /CS /RGB /BPC 8 /F /AHx ID C0D0E0> EI Q"
    ),
    "under a mask": Drawn(f"{PLAIN} q 0.7 g 500 0 0 18 40 {Y - 6} cm BI /W 8 /H 1 /IM true /F /AHx ID 00> EI Q"),
    "under a picture with ink of its own": Drawn(f"{PLAIN} {PATTERNED}"),
    "under a white box with ink of its own": Drawn(f"{PLAIN} {WHITE} {BARS}"),
    "in a note that is hidden": note(NOTED, flags=2),
    "in a note that is not for the screen": note(NOTED, flags=32),
    "in a layer of two of which one is off": layer(
        "<< /Type /OCMD /OCGs [8 0 R 9 0 R] /P /AllOn >>", "/OFF [8 0 R]", groups=2
    ),
    "in a layer that shows without another": layer("<< /Type /OCMD /VE [/Not 8 0 R] >>", ""),
    "in a layer of which no group is on at first": layer("<< /Type /OCMD /OCGs 8 0 R >>", "/BaseState /OFF"),
    "under a form": Drawn(f"{PLAIN} /X Do", "/XObject << /X 7 0 R >>", objects=(FONT, form(f"0.9 1 0.9 rg {OVER}"))),
    "under a group that lets light through nowhere": Drawn(
        f"{PLAIN} /X Do",
        "/XObject << /X 7 0 R >>",
        objects=(FONT, form(f"1 g {OVER}", f"{WHOLE} /Group << /S /Transparency /I true >>")),
    ),
    "under a shading": Drawn(
        f"{PLAIN} q 40 {Y - 6} 500 18 re W n /S sh Q",
        "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [40 0 540 0]"
        " /Function << /FunctionType 2 /Domain [0 1] /C0 [0.9] /C1 [0.8] /N 1 >> >> >>",
    ),
    "under a fill of a shading": Drawn(
        f"{PLAIN} /Pattern cs /P scn {OVER}",
        "/Pattern << /P << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [40 0 540 0]"
        " /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0.9 0.9] /C1 [0.9 1 0.9] /N 1 >> >> >> >>",
    ),
    "under a fill of a pattern": Drawn(
        f"{PLAIN} /Pattern cs /P scn {OVER}",
        "/Pattern << /P 7 0 R >>",
        objects=(
            FONT,
            stream(
                "1 1 0.8 rg 0 0 10 10 re f",
                "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 /Resources << >>",
            ),
        ),
    ),
    "under a note": Drawn(
        PLAIN,
        page=f"/MediaBox [0 0 612 792] /Annots [<< /Type /Annot /Subtype /Stamp /F 4 /Rect [40 {Y - 6} 540 {Y + 12}]"
        " /AP << /N 7 0 R >> >>]",
        objects=(FONT, form("1 g 0 0 500 18 re f", "/BBox [0 0 500 18]")),
    ),
    "without opacity": Drawn(f"/G gs {PLAIN}", "/ExtGState << /G << /ca 0 /CA 0 >> >>"),
    "nearly without opacity": Drawn(f"/G gs {PLAIN}", "/ExtGState << /G << /ca 0.05 >> >>"),
    "blended away": Drawn(f"1 g {OVER} 0 g /G gs {PLAIN}", "/ExtGState << /G << /BM /Lighten >> >>"),
    "masked away": Drawn(
        f"/G gs {PLAIN}",
        "/ExtGState << /G << /SMask << /Type /Mask /S /Luminosity /G 7 0 R >> >> >>",
        objects=(
            FONT,
            form("0 g 0 0 612 792 re f", f"{WHOLE} /Group << /S /Transparency /CS /DeviceGray >>"),
        ),
    ),
    "beyond the box of its form": Drawn(
        "/X Do", "/XObject << /X 7 0 R >>", objects=(FONT, form(PLAIN, "/BBox [0 0 612 590]"))
    ),
    "in a font without strokes": Drawn(
        row(LAST, Y, font="F2"), objects=(glyphs(""), TO_UNICODE, stream(TYPE3_KEYS[1]))
    ),
    "beyond the page": Drawn(PLAIN, page=f"/MediaBox [0 0 612 792] /CropBox [0 {Y + 12} 612 792]"),
    "too small to read": Drawn(row(LAST, Y, size=0.6)),
    "in no size": Drawn(row(LAST, Y, size=0)),
    "slanted": Drawn(set_in("0.9 0.4 -0.4 0.9", 9)),
}


def codes(folder: Path, drawing: Drawn) -> list[tuple[str, str]]:
    path = folder / "guide.pdf"
    path.write_bytes(drawing.pdf())
    return [(cell.code, cell.printed) for cell in read(path).cells if not cell.flag]


def due(*rows: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(texts[0].lstrip("+"), text) for texts in rows for text in texts[1:]]


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_hidden_is_not_read(tmp_path: Path, how: str) -> None:
    assert codes(tmp_path, HIDDEN[how]) == due(*ROWS)


SHOWN: Final = {
    "plain": Drawn(PLAIN),
    "white on dark": Drawn(f"{DARK} 1 g {PLAIN}"),
    "white on a thick dark stroke": Drawn(f"20 w 0.1 G 40 {Y + 3} m 540 {Y + 3} l S 1 g {PLAIN}"),
    "grey on white": Drawn(f"0.7 g {PLAIN}"),
    "as red as its paper is green": Drawn(f"0 0.55 0 rg {OVER} 1 0 0 rg {PLAIN}"),
    "as strokes": Drawn(row(LAST, Y, "1 Tr 0.4 w")),
    "over a picture": Drawn(f"q 500 0 0 18 40 {Y - 6} cm BI /W 1 /H 1 /CS /RGB /BPC 8 /F /AHx ID C0D0E0> EI Q {PLAIN}"),
    "under a box that lets light through": Drawn(f"{PLAIN} /G gs 1 1 0 rg {OVER}", "/ExtGState << /G << /ca 0.3 >> >>"),
    "under a marker that multiplies": Drawn(
        f"{PLAIN} /G gs 1 1 0 rg {OVER}", "/ExtGState << /G << /BM /Multiply >> >>"
    ),
    "over another that is painted over": Drawn(f"{OLD} {WHITE} {PLAIN}"),
    "over two others that are painted over": Drawn(f"{PLAIN} {WHITE} {OLD} {WHITE} {PLAIN}"),
    "over another, lower, that is painted over": Drawn(f"{OLD} {WHITE} {row(LAST, Y - 2)}"),
    "over a row in one piece that is painted over": Drawn(
        f"BT /F1 9 Tf 60 {Y} Td [(36902) -9500 (1.11) -10000 (2.22) -10000 ($99)] TJ ET {WHITE} {PLAIN}"
    ),
    "in a note": note(NOTED),
    "in a note that covers another row": note(f"1 g 0 0 500 18 re f 0 g {NOTED}", before=OLD),
    "in a form field": note(NOTED, kind="Widget"),
    "under a note that is hidden": note("1 g 0 0 500 18 re f", flags=2, before=PLAIN),
    "under a note that is not for the screen": note("1 g 0 0 500 18 re f", flags=32, before=PLAIN),
    "on a page printed twice": Drawn(PLAIN, wrap=lambda content: f"{content} {content}"),
    "on a page printed twice, a little beside": Drawn(
        PLAIN, wrap=lambda content: f"{content} q 1 0 0 1 0.4 -0.4 cm {content} Q"
    ),
    "on a page printed over its shadow": Drawn(
        PLAIN, wrap=lambda content: f"0.7 g q 1 0 0 1 0.7 -0.7 cm {content} Q 0 g {content}"
    ),
    "on a page over another that is painted over": Drawn(
        PLAIN, wrap=lambda content: f"q 1 0 0 1 2 1 cm {content} Q 1 g 0 0 612 792 re f 0 g {content}"
    ),
    "over small words that run up the page": Drawn(
        PLAIN, wrap=lambda content: f"0.8 g BT /F1 9 Tf 0 1 -1 0 182 600 Tm (SAMPLE SAMPLE) Tj ET 0 g {content}"
    ),
    "in a layer of two of which one is on": layer(
        "<< /Type /OCMD /OCGs [8 0 R 9 0 R] /P /AnyOn >>", "/OFF [8 0 R]", groups=2
    ),
    "in a layer that is not printed": layer(
        "<< /Type /OCG /Name (layer) /Usage << /Print << /PrintState /OFF >> >> >>",
        "/AS [<< /Event /Print /Category [/Print] /OCGs [7 0 R] >>]",
    ),
    "in a form": Drawn("/X Do", "/XObject << /X 7 0 R >>", objects=(FONT, form(PLAIN))),
    "in a form that is moved": Drawn(
        "q 1 0 0 1 10 -80 cm /X Do Q",
        "/XObject << /X 7 0 R >>",
        objects=(FONT, form(row(LAST, 0), "/BBox [0 -10 612 20] /Matrix [1 0 0 1 -10 700]")),
    ),
    "in a font of drawings": Drawn(row(LAST, Y, font="F2"), objects=(glyphs(""), TO_UNICODE, stream(TYPE3_KEYS[0]))),
    "in a negative size": Drawn(set_in("-1 0 0 -1", -9)),
    "narrowed": Drawn(row(LAST, Y, "80 Tz")),
    "within a clip": Drawn(f"q 40 {Y - 6} 500 18 re W n {PLAIN} Q"),
    "on a page cut smaller": Drawn(PLAIN, page="/MediaBox [0 0 612 792] /CropBox [30 500 600 760]"),
    "on a page cut larger than it is": Drawn(PLAIN, page="/MediaBox [0 0 612 792] /CropBox [-50 -50 900 900]"),
    "on a page away from the origin": Drawn(PLAIN, page="/MediaBox [-100 300 612 792]"),
    "on a page of other units": Drawn(PLAIN, page="/MediaBox [0 0 612 792] /UserUnit 2"),
    "on a turned page": Drawn(
        PLAIN, page="/MediaBox [0 0 612 792] /Rotate 90", wrap=lambda content: f"0 1 -1 0 792 0 cm {content}"
    ),
    "on a turned page cut smaller": Drawn(
        PLAIN,
        page="/MediaBox [0 0 612 792] /CropBox [-60 0 300 560] /Rotate 270",
        wrap=lambda content: f"0 -1 1 0 -550 560 cm {content}",
    ),
    "on a page turned over": Drawn(
        PLAIN, page="/MediaBox [0 0 612 792] /Rotate 180", wrap=lambda content: f"-1 0 0 -1 612 792 cm {content}"
    ),
}


@pytest.mark.parametrize("how", SHOWN)
def test_what_shows_is_read(tmp_path: Path, how: str) -> None:
    assert codes(tmp_path, SHOWN[how]) == due(*ROWS, LAST)


def test_rows_that_show_through_one_another_are_flagged(tmp_path: Path) -> None:
    path = tmp_path / "guide.pdf"
    path.write_bytes(Drawn(f"{OLD} {PLAIN}").pdf())
    last = [(cell.printed, bool(cell.flag)) for cell in read(path).cells if cell.code == "36902"]
    assert last == [
        (2 * "\ufffd" + "." + 4 * "\ufffd", True),
        (2 * "\ufffd" + "." + 4 * "\ufffd", True),
        ("$" + 4 * "\ufffd" + "3", True),
    ]


def test_a_second_print_of_a_page_does_not_count_as_hidden(tmp_path: Path) -> None:
    path = tmp_path / "guide.pdf"
    path.write_bytes(SHOWN["on a page printed twice"].pdf())
    assert [note for note in read(path).notes if "not see" in note] == []


@pytest.mark.parametrize("how", HIDDEN | SHOWN)
def test_a_page_is_taken_for_white_paper_only_where_it_draws_as_white(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    drawn = visible._bare
    taken: set[bool] = set()

    def bare(page: Any, part: Part, texts: Sequence[int], alone: bool, depth: int) -> Picture:
        taken.add(alone)
        picture = drawn(page, part, texts, alone, depth)
        assert picture == drawn(page, part, texts, False, depth)
        return picture

    monkeypatch.setattr(visible, "_bare", bare)
    codes(tmp_path, (HIDDEN | SHOWN)[how])
    if how in HIDDEN and how.startswith("under "):
        assert taken == {False}
    if how in ("plain", "white on white", "within a clip"):
        assert taken == {True}
