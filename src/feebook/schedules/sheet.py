"""A CMS table file as rows of text, whatever its form: csv or txt, gzipped, inside a zip, or a workbook.

Columns are known by what their headings say, never by position. An unknown heading, a missing one, or a row whose
first cell is no code while others are filled stops the reading and is named.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from feebook import codes
from feebook.errors import Wrong
from feebook.recipe import TableLayout

T = TypeVar("T")

ENCODINGS = ("utf-8-sig", "cp1252", "cp437")
"""Tried in this order; only descriptors, which we drop, hold anything but ASCII."""

_PERIOD = re.compile(
    r"\b(JAN(UARY)?|FEB(RUARY)?|MAR(CH)?|APR(IL)?|MAY|JUNE?|JULY?|AUG(UST)?|SEPT?(EMBER)?|OCT(OBER)?"
    r"|NOV(EMBER)?|DEC(EMBER)?|CY|FINAL|20\d\d)\b"
)
_BLANK = " \t\r\n\xa0\ufffd"
"""What is trimmed off a cell: a replaced character is what is left of a no-break space in two files."""
_AMOUNT = re.compile(r"\$[\d,.]+")


class SheetError(Wrong):
    """A table file that is not as its recipe says: where, what was due, what was found."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: its number in the file (from 1) and measure → text, trimmed."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, measure: str) -> str:
        return self.cells[measure]


def each(document: str, records: Iterable[Record], read: Callable[[Record], T]) -> Iterator[T]:
    """What a function makes of each record. Raises SheetError that names the row where it raises ValueError."""
    for record in records:
        try:
            yield read(record)
        except ValueError as error:
            raise SheetError(f"{document} · row {record.row} · {record['code']}: {error}") from None


def rows(path: Path, member: str = "", sheet: str = "", encoding: str = "") -> list[list[str]]:
    """Every row of a table file as trimmed text. `member` names the file in a zip, `sheet` the sheet of a workbook.

    `encoding` is a fact of a recipe, for the few files that cannot be told apart. Raises SheetError when the file is
    damaged or has no such member or sheet.
    """
    try:
        data = path.read_bytes()
        if member:
            with zipfile.ZipFile(io.BytesIO(data)) as bundle:
                data = bundle.read(member)
        elif path.suffix == ".gz":
            data = gzip.decompress(data)
    except KeyError:
        raise SheetError(f"{path.name}: the bundle has no member {member!r}") from None
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise SheetError(f"{path.name}: cannot be opened: {error}") from None
    if data[:4] == b"PK\x03\x04":
        return _workbook(path.name, data, sheet)
    if path.suffix == ".json":
        return _objects(path.name, data)
    return _delimited(data.decode(encoding) if encoding else _decode(data))


def _delimited(text: str) -> list[list[str]]:
    head = text[:20_000]
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    return [
        [cell.strip(_BLANK) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    ]


def _objects(name: str, data: bytes) -> list[list[str]]:
    """A JSON object of objects as a table: its keys under the heading `key`, members beside it, numbers as typed."""
    try:
        found: dict[str, dict[str, str]] = json.loads(data, parse_float=str, parse_int=str)
    except ValueError as error:
        raise SheetError(f"{name}: cannot be opened as JSON: {error}") from None
    heads = list(dict.fromkeys(head for row in found.values() for head in row))
    return [["key", *heads], *([key, *(row.get(head, "") for head in heads)] for key, row in found.items())]


def _decode(data: bytes) -> str:
    for encoding in ENCODINGS[:-1]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(ENCODINGS[-1])


def _workbook(name: str, data: bytes, sheet: str) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if sheet and sheet not in book.sheet_names:
            raise SheetError(f"{name}: the workbook has no sheet {sheet!r}, it has {', '.join(book.sheet_names)}")
        cells = book.get_sheet_by_name(sheet or book.sheet_names[0]).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise SheetError(f"{name}: cannot be opened as a workbook: {error}") from None
    return [[_text(cell) for cell in row] for row in cells]


def _text(cell: object) -> str:
    """A workbook's cell as the text a person reads: numbers at their shortest, whole ones without `.0`."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).strip(_BLANK)


def heading(text: str) -> str:
    """A heading without period, amounts, marks and doubled blanks: `April 2021  Payment Rate` → `PAYMENT RATE`."""
    said = _PERIOD.sub(" ", _AMOUNT.sub(" ", text.upper()))
    return " ".join(re.sub(r"[^A-Z0-9/*()%:-]", " ", said).split())


def records(
    name: str,
    table: Sequence[Sequence[str]],
    layout: TableLayout,
    rows_due: int = 0,
    zeros_lost: Mapping[str, int] | None = None,
    not_codes: Sequence[str] = (),
    is_key: Callable[[str], bool] = codes.is_code,
) -> Iterator[Record]:
    """The rows below the headings, by measure. `name` is the document, for messages; `rows_due` > 0 must be met.

    `zeros_lost` is a fact of a recipe: the file went through a program that took codes for numbers (00100 → 100), so
    all-digit texts of the named measures are filled up to their width; they can be nothing else.
    `not_codes` are texts in the column of codes that are none (placeholders), read past by name.
    `is_key` tells what stands in the first column of a record: a code, or a contractor, or a ZIP.

    Raises SheetError for an unknown or missing column, a row that is no record, or another count of rows.
    """
    last, columns = _columns(name, table, layout)
    code_column = next(i for i, measure in columns.items() if measure == "code")
    lost = zeros_lost or {}
    count = 0
    for number, row in enumerate(table[last + 1 :], last + 2):
        code = row[code_column] if code_column < len(row) else ""
        code = _filled(code, "code", lost)
        others = [cell for i, cell in enumerate(row) if cell and i != code_column]
        if code in not_codes:
            continue
        if not is_key(code):
            if _is_note(code, others):
                continue
            raise SheetError(f"{name} · row {number}: a code was due in column {code_column + 1}, found {code!r}")
        if len(row) <= max(columns):
            raise SheetError(f"{name} · row {number}: {max(columns) + 1} cells were due, found {len(row)}")
        count += 1
        cells = dict.fromkeys(layout.optional, "")
        cells.update({measure: row[i] for i, measure in columns.items()})
        cells.update({measure: _filled(cells[measure], measure, lost) for measure in lost})
        cells["code"] = code
        yield Record(number, cells)
    if rows_due and count != rows_due:
        raise SheetError(f"{name}: {rows_due} rows were due, found {count}")


def _filled(text: str, measure: str, lost: Mapping[str, int]) -> str:
    return text.zfill(lost[measure]) if measure in lost and text.isdigit() else text


def _is_note(code: str, others: Sequence[str]) -> bool:
    """A row that carries no record: blank, the 0x1A that ends some files, or a lone sentence."""
    return not others and (code in ("", "\x1a") or " " in code)


def _columns(name: str, table: Sequence[Sequence[str]], layout: TableLayout) -> tuple[int, dict[int, str]]:
    """The last heading row and column → measure, every heading mapped or ignored."""
    last = _heading_row(name, table, layout.code)
    first = last
    while first > 0 and sum(1 for cell in table[first - 1] if cell) > 1:
        first -= 1
    width = max(len(row) for row in table[first : last + 1])
    found = {}
    for i in range(width):
        said = " ".join(row[i] for row in table[first : last + 1] if i < len(row) and row[i])
        if heading(said):
            found[i] = heading(said)
    return last, _map(name, found, layout)


def _heading_row(name: str, table: Sequence[Sequence[str]], code: str) -> int:
    for number, row in enumerate(table[:40]):
        if any(heading(cell) == heading(code) for cell in row):
            return number
    raise SheetError(f"{name}: no row has the heading {code!r}")


def _map(name: str, found: Mapping[int, str], layout: TableLayout) -> dict[int, str]:
    due = {heading(path): measure for path, measure in layout.columns.items()} | {heading(layout.code): "code"}
    ignored = {heading(path) for path in layout.ignore}
    columns = {i: due[said] for i, said in found.items() if said in due}
    unknown = [said for said in found.values() if said not in due and said not in ignored]
    missing = sorted(set(due.values()) - set(columns.values()) - set(layout.optional))
    twice = sorted({m for m in columns.values() if list(columns.values()).count(m) > 1})
    if unknown or missing or twice:
        parts = (("unknown", unknown), ("missing", missing), ("twice", twice))
        raise SheetError(
            f"{name}: headings " + "; ".join(f"{what}: {', '.join(names)}" for what, names in parts if names)
        )
    return columns
