"""The rows of one code after the other, from all packages at once.

Every resource is sorted by code, so the files are read side by side and no year is ever held whole, and the rows of
some codes are found without reading those before them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import SEEK_END, TextIOWrapper
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from feebook.compare.lives import Turns
from feebook.existence import Files, Life, entries, life
from feebook.package import Row
from feebook.publish.book import SCHEDULES, Book, Code

_OF_GUIDES = ("guide_cells", "findings")
"""Resources that are sorted by document before the code; they are small."""

_NEAR = 1 << 16
"""Bytes that are read sooner than a place among them is looked for."""

Group = tuple[str, list[str], list[list[str]]]
"""A code, the columns and its rows."""


@dataclass(frozen=True, slots=True)
class Record:
    """A code and its rows: schedule → year → rows, in the order of the package."""

    code: Code
    rows: dict[str, dict[int, list[Row]]]
    _asked: dict[str, tuple[tuple[int, Row], ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def all(self, schedule: str) -> tuple[tuple[int, Row], ...]:
        """The rows of a schedule with their years, ascending."""
        if schedule not in self._asked:
            years = sorted(self.rows.get(schedule, {}).items())
            self._asked[schedule] = tuple((year, row) for year, rows in years for row in rows)
        return self._asked[schedule]

    def life(self, files: Files, turns: Turns) -> Life:
        """The days on which the code existed, as far as files and sources tell."""
        rows = (entry for name in SCHEDULES for entry in entries(name, (row for _, row in self.all(name))))
        return life(self.code.code, files, rows, *turns.get(self.code.code, ((), ())))


def records(book: Book, codes: Sequence[Code]) -> Iterator[Record]:
    """Codes, given in their order, with their rows."""
    if not codes:
        return
    first, last = codes[0].code, codes[-1].code
    with ExitStack() as stack:
        streams = [
            (schedule, held.year, _groups(stack.enter_context(held.path(schedule).open("rb")), schedule, first, last))
            for held in book.packages
            for schedule in (*SCHEDULES, *_OF_GUIDES)
            if held.path(schedule).exists()
        ]
        waiting = [next(groups, None) for _, _, groups in streams]
        for code in codes:
            rows: dict[str, dict[int, list[Row]]] = {}
            for at, (schedule, year, groups) in enumerate(streams):
                group = waiting[at]
                while group is not None and group[0] < code.code:
                    group = next(groups, None)
                if group is not None and group[0] == code.code:
                    rows.setdefault(schedule, {})[year] = [dict(zip(group[1], row, strict=True)) for row in group[2]]
                waiting[at] = group
            yield Record(code, rows)


def _groups(file: BinaryIO, schedule: str, first: str, last: str) -> Iterator[Group]:
    names = next(csv.reader([file.readline().decode()]))
    at = names.index("code")
    if schedule not in _OF_GUIDES:
        _near(file, first.encode())
    lines = csv.reader(TextIOWrapper(file, encoding="utf-8", newline=""))
    by_code = sorted(lines, key=itemgetter(at)) if schedule in _OF_GUIDES else lines
    for code, rows in groupby(by_code, key=itemgetter(at)):
        if code > last:
            return
        if code >= first:
            yield code, names, list(rows)


def _near(file: BinaryIO, first: bytes) -> None:
    """Move a file from its first row to one that lies shortly before the rows of a code, its first column.

    A row of a schedule is one line: no field of it holds free text.
    """
    low, high = file.tell(), file.seek(0, SEEK_END)
    while high - low > _NEAR:
        middle = (low + high) // 2
        file.seek(middle)
        file.readline()
        start = file.tell()
        line = file.readline()
        if line and line.partition(b",")[0] < first:
            low = start
        else:
            high = middle
    file.seek(low)
