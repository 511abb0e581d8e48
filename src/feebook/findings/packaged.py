"""The findings of a year package: its guide cells, held against its own schedules and those of the year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from feebook.findings.cell import Cell, of_rows
from feebook.findings.columns import Column, columns, evidence
from feebook.findings.finding import Finding
from feebook.findings.guide import judge
from feebook.findings.held import RESOURCES, Held, held
from feebook.findings.known import known_factors
from feebook.package import Row


def findings(
    year: int,
    tables: Mapping[str, Sequence[Row]],
    factors: Iterable[Row],
    datasets: Path,
    unlabelled: Iterable[tuple[str, str, str]] = (),
) -> Iterator[Row]:
    """A row for each row of `guide_cells`.

    `factors` are all that we know of, of every year; `datasets` gives the packages of other years that cells speak
    of; `unlabelled` names the document, table and measure of totals whose heading names no site.
    """
    through = {row["document"]: row["effective_through"] for row in tables["documents"]}
    cells = list(of_rows(tables["guide_cells"], through, unlabelled))
    if not cells:
        return
    codes = {cell.code for cell in cells}
    spoken = {int(day[:4]) for cell in cells for day in (cell.first, cell.last)}
    known = held(datasets, sorted({*spoken, year - 1} - {year}), codes)
    known.factors = list(factors)
    known.add(year, _only(tables, codes))
    for one in _judged(cells, known):
        yield row(one)


def columns_of(rows: Sequence[Row], documents: Iterable[Row], datasets: Path) -> dict[str, list[Column]]:
    """Document → its columns of amounts and the factors that they fit, of the rows of a package's `guide_cells`."""
    through = {row["document"]: row["effective_through"] for row in documents}
    cells = list(of_rows(rows, through))
    years = sorted({int(day[:4]) for cell in cells for day in (cell.first, cell.last)})
    known = held(datasets, years, {cell.code for cell in cells})
    found = {}
    for document in dict.fromkeys(cell.document for cell in cells):
        own = [cell for cell in cells if cell.document == document]
        found[document] = list(columns(own, evidence(own, known), known_factors(known.factors)))
    return found


def _only(tables: Mapping[str, Sequence[Row]], codes: set[str]) -> dict[str, Iterable[Row]]:
    some = {name: [row for row in tables.get(name, ()) if row["code"] in codes] for name in RESOURCES}
    return {**some, "documents": tables["documents"]}


def _judged(cells: Sequence[Cell], known: Held) -> Iterator[Finding]:
    """Each guide on its own: what one prints says nothing of the factor of another."""
    for document in dict.fromkeys(cell.document for cell in cells):
        yield from judge([cell for cell in cells if cell.document == document], known).findings


def row(found: Finding) -> Row:
    """A finding as a row of the package."""
    cell = found.cell
    at = {name: getattr(cell, name) for name in ("document", "table", "code", "modifier", "measure", "variant", "year")}
    return at | {"from": cell.first, **found.told(), "flag": cell.flag}
