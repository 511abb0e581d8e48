"""In which years a code did not exist, as far as the files prove it; where they do not, nobody says so.

Addendum B of the outpatient schedule and the physician file list every code of their time, so a year's own files that
leave a code out prove that it did not exist. A year of which only copies are held proves it in two ways: a source says
that the code was replaced, or CMS's own surgery center addenda no longer list a code of category I or III that stood
among their surgical codes, and no other file of the year has it either. Held against the years of which everything is
held (2021 to 2025), the second way was right for all 152 codes that it named. Of the years before the first one that
lists a code, a source proves it that says that the code came in that year in place of others, where the files of the
year before leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feebook import absence
from feebook.compare.families import Family
from feebook.publish.book import Book
from feebook.publish.records import Record
from feebook.silence import covers, pieces, step

_LISTS_EVERY_CODE = ("outpatient", "physician")
_SURGICAL = frozenset({"AA", "EE"})


def gone(book: Book, record: Record, family: Family | None) -> frozenset[int]:
    """The years of the book in which the code did not exist."""
    return frozenset(_gone(book, record, family))


def _gone(book: Book, record: Record, family: Family | None) -> Iterator[int]:
    ended = False
    entered = _entered(book, record, family)
    for year in book.years:
        if year in record.code.years:
            ended = False
        elif (
            ended
            or year < entered
            or _left_out(book, record, year)
            or (year > record.code.years[-1] and _ended(book, record, year, family))
        ):
            ended = year > record.code.years[0]
            yield year


def _entered(book: Book, record: Record, family: Family | None) -> int:
    """The year in which the code came in place of others, where nothing held lists it before; 0 where none is known."""
    first = record.code.years[0]
    replaced = family.replacements if family else ()
    named = any(one.date.year == first and record.code.code in one.after for one in replaced)
    return first if named and _left_out(book, record, first - 1) else 0


def _left_out(book: Book, record: Record, year: int) -> bool:
    """Whether a schedule that lists the code in other years is held whole for this one, and leaves it out."""
    return any(
        record.rows.get(schedule) and book.holds(year, schedule) and (year, schedule) not in book.partial
        for schedule in _LISTS_EVERY_CODE
    )


def _ended(book: Book, record: Record, year: int, family: Family | None) -> bool:
    replaced = family.replacements if family else ()
    if any(one.date <= date(year, 1, 1) and record.code.code in one.before for one in replaced):
        return True
    before = record.rows.get("asc", {}).get(year - 1, ())
    surgical = any(row["addendum"] in _SURGICAL for row in before)
    whole = book.holds(year, "asc") and (year, "asc") not in book.partial and book.holds(year, "physician")
    return surgical and whole and record.code.system in ("cpt-1", "cpt-3")


def silence(book: Book, record: Record, schedule: str, first: str, last: str) -> Iterator[tuple[str, str, str]]:
    """Days of one year on which a code has no row in a schedule, in pieces: first day, last day, the reason.

    In a year in which the code did exist. A release that is not held may have listed it: that is not known, but for a
    code that was there before and is left out on either side of it.
    """
    rows = [row for _, row in record.all(schedule)]
    born = _born(book, record, schedule) if record.code.first[:4] == first[:4] else first
    if born > first:
        yield first, min(step(born, -1), last), absence.NO_CODE
        first = born
    if first > last:
        return
    for start, end, gap in pieces(book.gaps[schedule], first, last):
        if gap and not gap.silent(lambda day: record.code.first <= day, lambda day: covers(rows, day)):
            yield start, end, absence.NO_SOURCE
        else:
            yield start, end, absence.NOT_ON_ASC_LIST if schedule == "asc" else absence.NOT_PUBLISHED


def _born(book: Book, record: Record, schedule: str) -> str:
    """The first day on which the code may have existed: a file before the first that has it may not be held.

    A schedule that lists every code and that is held whole tells that the code was not there yet; so does the one that
    is asked about, where it lists the code from its first day on.
    """
    first, before = record.code.first, step(record.code.first, -1)
    listing = {name for name in _LISTS_EVERY_CODE if record.rows.get(name)}
    if covers((row for _, row in record.all(schedule)), first):
        listing.add(schedule)
    starts = [
        next((gap.first for gap in book.gaps[name] if gap.first <= before <= gap.last), first) for name in listing
    ]
    return max(starts, default=first)
