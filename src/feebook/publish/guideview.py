"""A vendor guide over its years: each number as printed, where it stands, and what CMS's files say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feebook.package import Row
from feebook.publish import figures
from feebook.publish.book import Book


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed number with the finding on it."""

    code: str
    modifier: str
    table: str
    measure: str
    variant: str
    value: str
    status: str
    printed: str
    page: str
    flag: str
    verdict: str
    expected: str
    factor: str
    note: str


@dataclass(frozen=True, slots=True)
class Printing:
    """One year of a guide: its document and its cells."""

    year: int
    document: Row
    cells: tuple[Cell, ...]

    @property
    def facsimile(self) -> bool:
        return "facsimile" in self.document["form"]

    @property
    def transcribed(self) -> bool:
        return "transcribed" in self.document["form"]

    @property
    def counts(self) -> dict[str, int]:
        """Verdict → cells."""
        found: dict[str, int] = {}
        for cell in self.cells:
            found[cell.verdict] = found.get(cell.verdict, 0) + 1
        return found

    @property
    def notes(self) -> list[tuple[str, list[str]]]:
        """Each finding in words that is more than agreement, with the codes it is about."""
        found: dict[str, list[str]] = {}
        for cell in self.cells:
            if cell.note and cell.verdict != "cannot_tell":
                codes = found.setdefault(plain(cell.note), [])
                if cell.code not in codes:
                    codes.append(cell.code)
        return list(found.items())


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide and its printings, ascending."""

    name: str
    publisher: str
    title: str
    printings: tuple[Printing, ...]


def plain(note: str) -> str:
    """A finding without the amounts of one cell, its dates as a page prints them."""
    said = re.sub(r"; CMS\b.*", "", note)
    said = re.sub(r"\d{4}-\d\d-\d\d", lambda found: figures.day(found[0]), said)
    return said[:1].upper() + said[1:]


def guides(book: Book) -> list[Guide]:
    """Every guide that a package names, by name."""
    found: dict[str, list[Printing]] = {}
    for held in book.packages:
        cells = _cells(held.rows("guide_cells"), held.rows("findings"))
        for document in book.documents[held.year]:
            if document["kind"] == "guide":
                printing = Printing(held.year, document, tuple(cells.get(document["document"], ())))
                found.setdefault(name(document["document"]), []).append(printing)
    return [
        Guide(key, _last(one)["publisher"], _title(_last(one)["title"]), tuple(one))
        for key, one in sorted(found.items())
    ]


def name(document: str) -> str:
    """The guide that a document is a printing of: `tamarack-access-2024` → `tamarack-access`."""
    return re.sub(r"-[12]\d{3}[a-z]?$", "", document)


def _last(printings: list[Printing]) -> Row:
    return printings[-1].document


def _title(text: str) -> str:
    return re.sub(r",?\s*\b[12]\d{3}\b\s*", " ", text).strip(" ,")


def _cells(rows: list[Row], findings: list[Row]) -> dict[str, list[Cell]]:
    keys = ("document", "table", "code", "modifier", "measure", "variant", "year", "from")
    by_key = {tuple(row.get(key, "") for key in keys): row for row in findings}
    found: dict[str, list[Cell]] = {}
    for row in rows:
        finding = by_key.get(tuple(row.get(key, "") for key in keys), {})
        found.setdefault(row["document"], []).append(Cell(*_texts(row, finding)))
    return found


def _texts(row: Row, finding: Row) -> Iterator[str]:
    for column in ("code", "modifier", "table", "measure", "variant", "value", "status", "printed"):
        yield row.get(column, "")
    page = re.match(r"page=(\d+)", row["place"])
    yield page[1] if page else row["place"]
    yield row.get("flag", "")
    yield from (finding.get(column, "") for column in ("verdict", "expected", "conversion_factor", "note"))
