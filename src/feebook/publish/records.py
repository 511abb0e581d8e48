"""The rows of one code after the other, from all packages at once.

Every resource is sorted by code, so the files are read side by side and no year is ever held whole.
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TextIO

from feebook.package import Row
from feebook.publish.book import SCHEDULES, Book, Code

_OF_GUIDES = ("guide_cells", "findings")
"""Resources that are sorted by document before the code; they are small."""

Group = tuple[str, int, str, list[Row]]


@dataclass(frozen=True, slots=True)
class Record:
    """A code and its rows: schedule → year → rows, in the order of the package."""

    code: Code
    rows: dict[str, dict[int, list[Row]]]

    def all(self, schedule: str) -> list[tuple[int, Row]]:
        """The rows of a schedule with their years, ascending."""
        return [(year, row) for year, rows in sorted(self.rows.get(schedule, {}).items()) for row in rows]


def records(book: Book, codes: Sequence[Code]) -> Iterator[Record]:
    """Codes, given in their order, with their rows."""
    if not codes:
        return
    first, last = codes[0].code, codes[-1].code
    wanted = {code.code for code in codes}
    with ExitStack() as stack:
        streams = [
            _groups(
                stack.enter_context(held.path(schedule).open(encoding="utf-8", newline="")),
                held.year,
                schedule,
                first,
                last,
            )
            for held in book.packages
            for schedule in (*SCHEDULES, *_OF_GUIDES)
            if held.path(schedule).exists()
        ]
        held_rows = groupby(heapq.merge(*streams, key=itemgetter(0, 1, 2)), key=itemgetter(0))
        waiting = iter(codes)
        for name, groups in held_rows:
            rows: dict[str, dict[int, list[Row]]] = {}
            for _, year, schedule, found in groups:
                rows.setdefault(schedule, {})[year] = found
            if name in wanted:
                yield from _until(waiting, name)
                yield Record(book.codes[name], rows)
        yield from (Record(code, {}) for code in waiting)


def _until(codes: Iterator[Code], name: str) -> Iterator[Record]:
    """The codes before a name, which no schedule has a row of."""
    for code in codes:
        if code.code == name:
            return
        yield Record(code, {})


def _groups(file: TextIO, year: int, schedule: str, first: str, last: str) -> Iterator[Group]:
    lines = csv.reader(file)
    names = next(lines)
    at = names.index("code")
    by_code = sorted(lines, key=itemgetter(at)) if schedule in _OF_GUIDES else lines
    for code, rows in groupby(by_code, key=itemgetter(at)):
        if code > last:
            return
        if code >= first:
            yield code, year, schedule, [dict(zip(names, row, strict=True)) for row in rows]
