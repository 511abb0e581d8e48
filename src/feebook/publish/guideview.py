"""A vendor guide over its years: each number as printed, where it stands, and what is found of it against CMS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feebook.findings import packaged, printers
from feebook.findings.finding import PLAIN, VERDICTS, is_wrong
from feebook.package import Package, Row
from feebook.publish import figures
from feebook.publish.book import Book

_KEY = ("document", "table", "code", "modifier", "measure", "variant", "year", "from")


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
    note: str

    @property
    def plain(self) -> bool:
        """True for agreement of which little is to be said."""
        return self.verdict in PLAIN

    @property
    def tone(self) -> str:
        """How a verdict is coloured: `ok`, `bad`, `off` where it cannot be told, else nothing."""
        if self.plain:
            return "ok"
        return "bad" if is_wrong(self.verdict, self.variant) else "off" if self.verdict in ("cannot_tell", "") else ""


@dataclass(frozen=True, slots=True)
class Printing:
    """One year of a guide: its document, its cells, and what its dollars say of the factor they were made with."""

    year: int
    document: Row
    cells: tuple[Cell, ...]
    factors: tuple[str, ...]

    @property
    def facsimile(self) -> bool:
        return "facsimile" in self.document["form"]

    @property
    def transcribed(self) -> bool:
        return "transcribed" in self.document["form"]

    @property
    def counted(self) -> list[tuple[str, int, str]]:
        """Verdict, how many numbers, and the words for it, what deserves a look first."""
        return list(printers.counted(cell.verdict for cell in self.cells))

    @property
    def looks(self) -> list[Cell]:
        """The numbers that deserve a look, the gravest first."""
        order = list(VERDICTS)
        return sorted((cell for cell in self.cells if not cell.plain), key=lambda cell: order.index(cell.verdict))

    @property
    def agreeing(self) -> list[Cell]:
        """The numbers that plainly agree."""
        return [cell for cell in self.cells if cell.plain]

    def of(self, *verdicts: str) -> int:
        """How many numbers have one of the verdicts."""
        return sum(cell.verdict in verdicts for cell in self.cells)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(cell.code for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide and its printings, ascending."""

    name: str
    publisher: str
    title: str
    printings: tuple[Printing, ...]


def guides(book: Book) -> list[Guide]:
    """Every guide that a package names, by name."""
    found: dict[str, list[Printing]] = {}
    for held in book.packages:
        named = [row for row in book.documents[held.year] if row["kind"] == "guide"]
        if not named:
            continue
        rows = held.rows("guide_cells")
        cells = _cells(rows, held.rows("findings"))
        factors = _factors(held, rows, named)
        for document in named:
            at = document["document"]
            printing = Printing(held.year, document, tuple(cells.get(at, ())), factors.get(at, ()))
            found.setdefault(name(at), []).append(printing)
    return [
        Guide(key, _last(one)["publisher"], _title(_last(one)["title"]), tuple(one))
        for key, one in sorted(found.items())
    ]


def _factors(held: Package, rows: Sequence[Row], documents: Sequence[Row]) -> Mapping[str, tuple[str, ...]]:
    columns = packaged.columns_of(rows, documents, held.folder.parent)
    return {
        document: tuple(figures.days_of_page(said) for said in printers.factors(some))
        for document, some in columns.items()
    }


def name(document: str) -> str:
    """The guide that a document is a printing of: `tamarack-access-2024` → `tamarack-access`.

    It is an address too, so it keeps nothing that a page or a folder could take for more than a name.
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", re.sub(r"-[12]\d{3}[a-z]?$", "", document)).strip("-") or "guide"


def _last(printings: list[Printing]) -> Row:
    return printings[-1].document


def _title(text: str) -> str:
    return re.sub(r",?\s*\b[12]\d{3}\b\s*", " ", text).strip(" ,")


def _cells(rows: Sequence[Row], findings: Sequence[Row]) -> dict[str, list[Cell]]:
    by_key = {tuple(row.get(key, "") for key in _KEY): row for row in findings}
    found: dict[str, list[Cell]] = {}
    for row in rows:
        finding = by_key.get(tuple(row.get(key, "") for key in _KEY), {})
        found.setdefault(row["document"], []).append(Cell(*_texts(row, finding)))
    return found


def _texts(row: Row, finding: Row) -> Iterator[str]:
    for column in ("code", "modifier", "table", "measure", "variant", "value", "status", "printed"):
        yield row.get(column, "")
    yield printers.page(row["place"])
    yield row.get("flag", "")
    yield finding.get("verdict", "cannot_tell")
    yield finding.get("expected", "")
    note = figures.days_of_page(finding.get("note", ""))
    yield note[:1].upper() + note[1:]


@dataclass(frozen=True, slots=True)
class Mention:
    """Editions of a guide that print a code: its numbers' verdicts in words, and the notes on those to look at."""

    name: str
    years: tuple[int, ...]
    facsimile: bool
    counted: str
    notes: tuple[tuple[str, str], ...]


def mentions(book: Book, cells: Mapping[int, Sequence[Row]], findings: Mapping[int, Sequence[Row]]) -> list[Mention]:
    """The guides that print a code, from its rows of guide cells and findings by year; editions that agree as one."""
    found: dict[tuple[str, bool, str, tuple[tuple[str, str], ...]], list[int]] = {}
    for year, rows in sorted(cells.items()):
        forms = {row["document"]: row["form"] for row in book.documents[year]}
        for document, own in sorted(_cells(rows, findings.get(year, ())).items()):
            counted = " · ".join(said for _, _, said in printers.counted(cell.verdict for cell in own))
            notes = tuple((cell.measure, cell.note) for cell in own if not cell.plain and cell.note)
            said = "every number agrees" if all(cell.plain for cell in own) else counted
            found.setdefault((name(document), "facsimile" in forms.get(document, ""), said, notes), []).append(year)
    return sorted(
        (Mention(at, tuple(years), drawn, said, notes) for (at, drawn, said, notes), years in found.items()),
        key=lambda one: (one.name, one.years),
    )
