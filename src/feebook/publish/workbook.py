"""A package as one XLSX workbook: codes are always text, amounts are numbers written from their exact text.

Nothing in it is ever a formula: text is written as text whatever sign it begins with.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from feebook import package
from feebook.package import Package
from feebook.publish import bulk, columnar

LEFT_OUT = ("zip_localities", "opps_cap", "changes")
"""Resources of tens of thousands of rows that few read in a spreadsheet; they are in every other format."""

_FORMS = ("@", "0", "0.00####", "0.0000", "yyyy-mm-dd")
"""How columns are shown: text, whole numbers, amounts, weights and factors, dates."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MARKED = re.compile(r"[&<>_\x00-\x1f]|^\s|\s$")
_DAY_ZERO = date(1899, 12, 30)
"""The day from which a spreadsheet counts dates."""


def xlsx(held: Package, version: str) -> bytes:
    """The workbook of a package: what it is, where its figures come from, its columns, then a sheet each resource."""
    shown = [name for name in held.resources if name not in LEFT_OUT]
    file = io.BytesIO()
    said = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, said) as book:
        # the year and not the clock: the same package gives the same bytes
        book.set_properties(
            {"title": f"What Medicare pays, {held.year}", "subject": version, "created": datetime(held.year, 1, 1)}
        )
        styles = {
            form: book.add_format({"num_format": form}) for form in ("@", "0", "0.00####", "0.0000", "yyyy-mm-dd")
        }
        bold = book.add_format({"bold": True, "num_format": "@"})
        about = book.add_worksheet("about", worksheet_class=_Sheet)
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 120)
        about.fill([styles["@"]] * 2, bulk.columns(_about(held, version, shown)))
        columns = book.add_worksheet("columns", worksheet_class=_Sheet)
        columns.set_column(0, 2, 24)
        columns.set_column(3, 3, 100)
        columns.fill([styles["@"]] * 4, bulk.columns(_columns(shown)))
        for name in shown:
            _sheet(book.add_worksheet(name, worksheet_class=_Sheet), held.path(name), styles, bold)
    return file.getvalue()


def _sheet(sheet: _Sheet, path: Path, styles: Mapping[str, Any], bold: Any) -> None:
    fields = {field["name"]: field["type"] for field in package.schema(path.stem)["fields"]}
    texts = bulk.read(path)
    names = texts.column_names
    for at, name in enumerate(names):
        sheet.set_column(at, at, max(10, len(name) + 2))
        sheet.write_string(0, at, name, bold)
    sheet.freeze_panes(1, 1)
    ways = [styles[_form(path.stem, name, fields[name])] for name in names]
    rows = sheet.fill(ways, [texts[name] for name in names], first=1)
    sheet.autofilter(0, 0, max(rows, 1), len(names) - 1)


def _form(resource: str, name: str, kind: str) -> str:
    """How a spreadsheet shows a column: text as it is, amounts with their cents."""
    if kind == "number":
        return "0.0000" if columnar.due(resource, name) == 4 else "0.00####"
    return {"integer": "0", "date": "yyyy-mm-dd"}.get(kind, "@")


def _about(held: Package, version: str, shown: Sequence[str]) -> Iterator[tuple[str, str]]:
    described = held.descriptor()
    yield "package", f"{described['title']} (Feebook), version {version}"
    yield (
        "amounts",
        "US dollars, national, unadjusted; a row holds for the dates of service `from` to `through`",
    )
    yield from (("notice", text) for text in described["notices"])
    yield from (("license", one["title"]) for one in described["licenses"])
    for one in described["resources"]:
        where = "a sheet of this workbook" if one["name"] in shown else "not here: in the zip, CSV, JSON and Parquet"
        yield one["name"], f"{one['schema'].get('description', one['title'])} {one['rows']:,} rows, {where}."
    yield from (("source", f"{one['title']} {one.get('path', '')}".strip()) for one in described["sources"])


def _columns(shown: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    yield "sheet", "column", "type", "what it holds"
    for name in shown:
        for field in package.schema(name)["fields"]:
            yield name, field["name"], field["type"], field.get("description", "")


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that is written column by column: XlsxWriter takes many times as long for a million cells."""

    def fill(self, styles: Sequence[Any], columns: Sequence[Any], first: int = 0) -> int:
        """Write columns of text beside each other, each in its style; the number of the last row.

        A number or a date is written as one where the style of its column is not text; an empty cell is left out.
        """
        import pyarrow as pa

        self._write_single_row(first)
        told = [
            bulk.formatted(column, partial(self._cell, style._get_xf_index(), style.num_format))
            for style, column in zip(styles, columns, strict=True)
        ]
        places = [f'<c r="{xlsxwriter.utility.xl_col_to_name(at)}' for at in range(len(told))]
        for at, cells in bulk.slices(told):
            numbers = pa.array([str(first + at + row + 1) for row in range(len(cells[0]))], pa.string())
            placed = [bulk.beside(place, numbers, cell) for place, cell in zip(places, cells, strict=True)]
            rows = zip(numbers.to_pylist(), bulk.joined(placed).to_pylist(), strict=True)
            self.fh.write("".join(f'<row r="{number}">{row}</row>' for number, row in rows))
        last = first + len(columns[0]) - 1
        self._check_dimensions(max(last, 0), len(told) - 1)
        return last

    def _cell(self, style: int, form: str, text: str) -> str | None:
        """A cell from the end of its place on, which differs from row to row."""
        if not text:
            return None
        if form == "yyyy-mm-dd":
            return f'" s="{style}"><v>{_serial(text)}</v></c>'
        if form != "@" and _NUMBER.fullmatch(text):
            return f'" s="{style}"><v>{text}</v></c>'
        kept = ""
        if _MARKED.search(text):
            text = self._escape_data(self._escape_control_characters(text))
            kept = ' xml:space="preserve"'
        return f'" s="{style}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def _serial(day: str) -> int:
    return (date.fromisoformat(day) - _DAY_ZERO).days
