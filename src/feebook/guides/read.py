"""Any guide read without a recipe: its cells, each an amount or a typed status, flagged where not sure."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

from feebook import document
from feebook.guides import context, find, ink
from feebook.guides.cells import FIELDS, Cell, cells
from feebook.guides.changes import sited_changes
from feebook.guides.guards import guarded
from feebook.guides.habits import in_habit
from feebook.guides.proof import proven
from feebook.guides.tables import Table
from feebook.guides.unread import IN_FIGURES

__all__ = ["FIELDS", "OUTCOMES", "Cell", "Reading", "Refused", "outcome", "read"]

OUTCOMES: Final = {
    "not_a_pdf": "not a pdf",
    "damaged": "damaged",
    "unreadable": "cannot be opened as a file",
    "encrypted": "encrypted",
    "no_text_layer": "no text layer",
    "no_table": "no code table",
    "took_too_long": "took too long",
    "too_large": "needs more memory than a reading may take",
}
"""Outcome → the words for it."""


_OBJECT: Final = re.compile(rb"\d+\s+\d+\s+obj")

OTHER_KINDS: Final = (
    b"PK",
    b"\x89PNG",
    b"\xff\xd8",
    b"GIF8",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"<!",
    b"<html",
    b"<?xml",
    b"From:",
    b"MIME",
)
"""How files of other kinds begin; a PDF may lie within one, but it is not one."""


class Refused(Exception):
    """A document that gives no cells; `outcome` is one of OUTCOMES, the message one line in words."""

    def __init__(self, outcome: str) -> None:
        super().__init__(OUTCOMES[outcome])
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Reading:
    """What a guide gave: its cells in the order of the page, and what else it says of itself."""

    file: str
    sha256: str
    pages: int
    cells: tuple[Cell, ...]
    year: str = ""
    factors: tuple[Decimal, ...] = ()
    notes: tuple[str, ...] = ()
    unlabelled: frozenset[tuple[str, str, str, str]] = frozenset()
    """Table, code, modifier and place of totals whose heading names no site."""


def outcome(file: str, name: str) -> Cell:
    """The one row that a refused file gives."""
    said = dict.fromkeys(FIELDS, "")
    return Cell(**{**said, "file": file, "measure": "outcome", "value": name})


def read(path: Path) -> Reading:
    """The cells of a guide. Raises Refused for no PDF, and for one damaged, locked, without text or table."""
    notes = _checked(path)
    with _uncollected(), _opened(path) as opened:
        return _read(path, opened, notes)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cyclic garbage: a reading makes hundreds of thousands of small values, and no cycles of them."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The open document. Raises Refused where it, or a page of it, cannot be opened."""
    try:
        opened = ink.open_pdf(path)
        try:
            yield opened
        finally:
            opened.close()
    except ink.Unreadable as error:
        raise Refused("encrypted" if error.password else "too_large" if error.large else "damaged") from None


def _checked(path: Path) -> list[str]:
    """What the bytes say before any reading: refused when no PDF or cut short; a note when they were mended."""
    try:
        if path.is_file():  # no pipe, which would be waited for, nor a link that leads nowhere
            with path.open("rb") as file:
                return _said(file)
    except OSError:
        pass
    raise Refused("unreadable")


def _said(file: BinaryIO) -> list[str]:
    head = file.read(1024)
    size = _end(file)
    file.seek(max(0, size - 2048))
    tail = file.read(size)
    if b"%PDF-" not in head or head.startswith(OTHER_KINDS):
        raise Refused("not_a_pdf")
    if b"%%EOF" not in tail:
        raise Refused("damaged")
    pointers = re.findall(rb"startxref\s+(\d+)", tail)
    if not pointers:
        return ["repaired: the file has no table of its objects"]
    for shift in (head.index(b"%PDF-"), 0):
        file.seek(min(int(pointers[-1]) + shift, size))
        there = file.read(4096).lstrip()
        if there.startswith(b"xref") or (_OBJECT.match(there) and b"/XRef" in there.partition(b"stream")[0]):
            return []
    return ["repaired: the table of the file's objects is not where the file says"]


def _end(file: BinaryIO) -> int:
    """Where the bytes of a file end, those of no meaning aside with which some servers fill it up."""
    at = file.seek(0, os.SEEK_END)
    while at:
        start = max(0, at - 4096)
        file.seek(start)
        kept = file.read(at - start).rstrip(b"\0 \t\r\n")
        if kept:
            return start + len(kept)
        at = start
    return 0


def _read(path: Path, opened: Any, notes: list[str]) -> Reading:
    found = find.found(opened)
    if not found.tables:
        raise Refused("no_text_layer" if found.blank else "no_table")
    of = context.guide(found.intro, found.text)
    given = list(_cells(document.name(path), found, of))
    if not given:
        raise Refused("no_text_layer" if found.blank else "no_table")
    if found.pictures:
        notes.append(f"{found.pictures} of {found.pages} pages are pictures without text and were not read")
    if found.hidden:
        notes.append(f"{found.hidden} characters that a viewer does not see were not read")
    if of.year_doubt:
        notes.append(of.year_doubt)
    checked = tuple(in_habit(guarded(sited_changes(proven(given, of.factors)))))
    return Reading(
        file=document.name(path),
        sha256=document.sha256(path),
        pages=found.pages,
        cells=checked,
        year=of.year,
        factors=of.factors,
        notes=tuple(notes),
        unlabelled=frozenset((c.table, c.code, c.modifier, c.place) for c in given if c.measure == "total_rvu"),
    )


def _cells(file: str, found: find.Found, of: context.Guide) -> Iterator[Cell]:
    contexts = [context.context(file, str(n), table, table.title, of) for n, table in enumerate(found.tables, 1)]
    several = len({of.year} - {""} | {around.period.year for around in contexts if around.dated}) > 1
    for table, around in zip(found.tables, contexts, strict=True):
        if several and not around.dated and not around.year_doubt:
            around = replace(around, year_doubt="the guide has tables of several years, and this one prints none")
        for cell in cells(table, around):
            dated = _dated(cell, of)
            yield replace(dated, flag="; ".join(filter(None, (dated.flag, IN_FIGURES)))) if found.unread else dated


def _dated(cell: Cell, of: context.Guide) -> Cell:
    """The cell with the dates of the guide's own words where its column and table print none."""
    if cell.effective_from or cell.effective_through or cell.variant in ("proposed",):
        return cell
    said = context.intro_for(cell.measure, of, cell.year)
    return replace(cell, effective_from=said.start, effective_through=said.end) if said.start else cell


def text_lines(path: Path) -> list[str]:
    """Every line of a guide as read, spaces as one. Raises Refused as `read` does."""
    _checked(path)
    with _opened(path) as opened:
        return [" ".join(line.text.split()) for _, lines in find.found(opened).lines for line in lines]


def tables(path: Path) -> tuple[Table, ...]:
    """The code tables of a guide as found, for a person to look at. Raises Refused as `read` does."""
    _checked(path)
    with _opened(path) as opened:
        return find.found(opened).tables
