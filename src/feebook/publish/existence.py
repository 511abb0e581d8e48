"""In which years and on which days a code did not exist, as far as the files prove it; where not, nobody says so.

What proves it is said in `feebook.compare.existence`. Of the years before the first one that lists a code, a source
proves it too that says that the code came in that year in place of others, where the files of the year before leave it
out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feebook import absence
from feebook.compare.existence import LISTS_EVERY_CODE, born, left_out, surgery_ended
from feebook.compare.families import Family
from feebook.compare.held import SURGICAL
from feebook.publish.book import SCHEDULES, Book
from feebook.publish.records import Record
from feebook.silence import covers, pieces, step


def gone(book: Book, record: Record, family: Family | None) -> frozenset[int]:
    """The years of the book in which the code did not exist on any day."""
    return frozenset(_gone(book, record, family))


def _gone(book: Book, record: Record, family: Family | None) -> Iterator[int]:
    ended = False
    entered, born = _entered(book, record, family), _born(book, record, record.code.first)
    for year in book.years:
        if year in record.code.years:
            ended = False
        elif (
            ended
            or year < entered
            or (_left_out(book, record, year) and (year > record.code.years[0] or born > f"{year}-12-31"))
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
    """Whether the files of a year prove it by leaving the code out."""
    return left_out(_listed(record), _whole(book, year))


def _listed(record: Record) -> frozenset[str]:
    """The schedules that have the code at any time."""
    return frozenset(name for name in SCHEDULES if record.rows.get(name))


def _whole(book: Book, year: int) -> frozenset[str]:
    """The schedules that are held whole for a year, at least from its January 1 on."""
    return frozenset(name for name in SCHEDULES if book.holds(year, name) and (year, name) not in book.partial)


def _ended(book: Book, record: Record, year: int, family: Family | None) -> bool:
    replaced = family.replacements if family else ()
    if any(one.date <= date(year, 1, 1) and record.code.code in one.before for one in replaced):
        return True
    surgical = any(row["addendum"] in SURGICAL for row in record.rows.get("asc", {}).get(year - 1, ()))
    some = {name for name in SCHEDULES if book.holds(year, name)}
    return surgery_ended(record.code.code, surgical, _whole(book, year), some)


def silence(book: Book, record: Record, schedule: str, first: str, last: str) -> Iterator[tuple[str, str, str]]:
    """Days of one year on which a code has no row in a schedule, in pieces: first day, last day, the reason.

    In a year in which the code may have existed. A release that is not held may have listed it: that is not known, but
    for a code that was there before and is left out on either side of it.
    """
    rows = [row for _, row in record.all(schedule)]
    entered = _entered_on(record, first)
    if entered > first:
        born = _born(book, record, entered, schedule)
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


def _entered_on(record: Record, day: str) -> str:
    """The first day, from one day on, of which any schedule has a row; empty where none has."""
    return next((max(first, day) for first, last in record.days() if last >= day), "")


def _born(book: Book, record: Record, entered: str, schedule: str = "") -> str:
    """The first day on which a code that entered the files on some day may have existed: one before may not be held.

    A schedule that lists every code and that is held whole tells that the code was not there yet; so does the one that
    is asked about, where it lists the code from its first day on.
    """
    listing = {name for name in LISTS_EVERY_CODE if left_out(_listed(record), {name})}
    if schedule and covers((row for _, row in record.all(schedule)), entered):
        listing.add(schedule)
    return born(entered, listing, book.gaps)
