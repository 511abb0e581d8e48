"""CMS table files: any form, columns by what their headings say, and nothing passed over in silence."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from feebook.recipe import TableLayout
from feebook.schedules.sheet import SheetError, heading, records, rows

LAYOUT = TableLayout("rows", "", "HCPCS Code", {"Payment Rate": "payment", "MOD": "modifier"}, ("Short Descriptor",))
TEXT = 'A title\n,,\nHCPCS Code,MOD,Short Descriptor,April 2021  Payment Rate\n0101T,,x,"$5,701.52 "\n,,,\n\x1a,,,\n'


def read(path: Path, layout: TableLayout = LAYOUT, due: int = 0) -> list[tuple[int, dict[str, str]]]:
    return [(r.row, dict(r.cells)) for r in records("doc", rows(path), layout, due)]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_preamble_trailer_line_ends_and_encodings(tmp_path: Path, ends: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.replace("A title", "A title é").replace("\n", ends).encode(encoding))
    assert read(path) == [(4, {"modifier": "", "payment": "$5,701.52", "code": "0101T"})]


def test_tabs_gzip_and_zip(tmp_path: Path) -> None:
    text = b"HCPCS Code\tMOD\tPayment Rate\n37252\t26\t1.5\n"
    due = [(2, {"modifier": "26", "payment": "1.5", "code": "37252"})]
    (tmp_path / "a.txt").write_bytes(text)
    (tmp_path / "a.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as bundle:
        bundle.writestr("in.txt", text)
    assert read(tmp_path / "a.txt") == due
    assert read(tmp_path / "a.gz") == due
    assert [dict(r.cells) for r in records("doc", rows(tmp_path / "a.zip", "in.txt"), LAYOUT)] == [due[0][1]]
    with pytest.raises(SheetError, match=r"has no member 'b\.txt'"):
        rows(tmp_path / "a.zip", "b.txt")


def test_headings_over_several_rows_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Title,,\n,MOD,PAYMENT\nHCPCS Code,,RATE\n37252,,1\n")
    assert read(path) == [(4, {"modifier": "", "payment": "1", "code": "37252"})]


def test_headings_lose_their_period_and_their_amounts() -> None:
    assert heading("April 2021  Payment Rate") == "PAYMENT RATE"
    assert heading("January CY 2020 Payment Indicator") == "PAYMENT INDICATOR"
    assert heading("Inpatient Deductible of $1,364.00") == "INPATIENT DEDUCTIBLE OF"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("HCPCS Code,MOD,Payment Rate,Surprise\n", "doc: headings unknown: SURPRISE"),
        ("HCPCS Code,Payment Rate\n", "doc: headings missing: modifier"),
        ("HCPCS Code,MOD,Payment Rate,May Payment Rate\n", "doc: headings twice: payment"),
        ("CODE,MOD\n", "doc: no row has the heading 'HCPCS Code'"),
        ("HCPCS Code,MOD,Payment Rate\n99,,1\n", "doc · row 2: a code was due in column 1, found '99'"),
        ("HCPCS Code,MOD,Payment Rate\n,,1\n", "doc · row 2: a code was due in column 1, found ''"),
        ("HCPCS Code,MOD,Payment Rate\n37252\n", "doc · row 2: 3 cells were due, found 1"),
        ("HCPCS Code,MOD,Payment Rate\n37252,,1\n", "doc: 2 rows were due, found 1"),
    ],
)
def test_what_is_not_as_the_recipe_says_stops(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(SheetError) as error:
        read(path, due=2)
    assert str(error.value) == message


def test_a_file_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(TEXT.encode() * 50)
    (tmp_path / "a.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SheetError, match="cannot be opened"):
        rows(tmp_path / "a.gz")
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(SheetError, match="cannot be opened as a workbook"):
        rows(tmp_path / "a.xlsx")


def test_codes_that_lost_their_zeros_are_filled_up_only_where_the_recipe_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("HCPCS Code,MOD,Payment Rate\n100,,1\n")
    assert [r["code"] for r in records("doc", rows(path), LAYOUT, 1, {"code": 5})] == ["00100"]
    with pytest.raises(SheetError, match="a code was due"):
        read(path)


BOOK = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="CY 2024 AA" '
    'sheetId="1" r:id="r1"/></sheets></workbook>',
}
"""The smallest workbook that a reader opens, but for its sheet."""


def workbook(path: Path, *table: tuple[str | float, ...]) -> Path:
    def cell(value: str | float) -> str:
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if isinstance(value, str) else f"<c><v>{value!r}</v></c>"

    rows = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in table)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"
    with zipfile.ZipFile(path, "w") as bundle:
        for name, text in (BOOK | {"xl/worksheets/sheet1.xml": sheet}).items():
            bundle.writestr(name, text)
    return path


def test_a_workbook_gives_numbers_as_a_person_reads_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", ("HCPCS Code", "MOD", "Payment Rate"), (37252.0, 26.0, 26.58), ("0101T", "", 7.0)
    )
    assert read(path) == [
        (2, {"modifier": "26", "payment": "26.58", "code": "37252"}),
        (3, {"modifier": "", "payment": "7", "code": "0101T"}),
    ]


def test_a_sheet_that_was_renamed_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("HCPCS Code", "MOD", "Payment Rate"))
    with pytest.raises(SheetError, match=r"a\.xlsx: the workbook has no sheet 'CY 2024 BB', it has CY 2024 AA"):
        rows(path, sheet="CY 2024 BB")
