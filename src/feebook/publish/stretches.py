"""The days of a code in a schedule, year by year: its rows, and the days without a row with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from feebook import absence
from feebook.package import Row
from feebook.publish import existence
from feebook.publish.book import Book
from feebook.publish.records import Record
from feebook.silence import step

Silence = tuple[str, str, str]
"""First day, last day and why there is no row."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a code in a schedule: days before its first row, its rows of the whole code, days after the last."""

    year: int
    before: tuple[Silence, ...]
    rows: Sequence[Row] = ()
    after: tuple[Silence, ...] = ()


def years(book: Book, record: Record, schedule: str, gone: frozenset[int]) -> Iterator[Year]:
    """Every year of the book, ascending; `gone` are those in which the code did not exist."""
    held = record.rows.get(schedule, {})
    for year in book.years:
        rows = [row for row in held.get(year, ()) if not row.get("modifier")]
        january, december = f"{year}-01-01", f"{year}-12-31"
        if rows:
            before = _before(book, record, schedule, january, min([row["from"] for row in rows]))
            after = _after(book, record, schedule, year, max([row["through"] for row in rows]))
            yield Year(year, before, rows, after)
        elif year in gone:
            yield Year(year, ((january, december, absence.NO_CODE),))
        else:
            yield Year(year, _silent(book, record, schedule, january, december))


def _before(book: Book, record: Record, schedule: str, january: str, first: str) -> tuple[Silence, ...]:
    """The part of a year before the first row: days without a source, without the code, or off this schedule."""
    return _silent(book, record, schedule, january, step(first, -1)) if first > january else ()


def _after(book: Book, record: Record, schedule: str, year: int, last: str) -> tuple[Silence, ...]:
    """The part of a year after the last row, where a later release has dropped the code."""
    december = f"{year}-12-31"
    if last >= december:
        return ()
    if record.code.last <= last and (year, schedule) not in book.partial:
        return ((step(last, 1), december, absence.NO_CODE),)
    return _silent(book, record, schedule, step(last, 1), december)


def _silent(book: Book, record: Record, schedule: str, first: str, last: str) -> tuple[Silence, ...]:
    """Days of a year without a row; neighbours of one reason are one."""
    found = list(existence.silence(book, record, schedule, first, last))
    if len(found) == 1:
        return (found[0],)
    runs = [list(run) for _, run in groupby(found, key=itemgetter(2))]
    return tuple((run[0][0], run[-1][1], run[0][2]) for run in runs)
