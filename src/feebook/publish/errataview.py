"""The page of errata: the ledger, what CMS corrected by posting again, and the rows that break CMS's own rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feebook.errata import Entry
from feebook.package import Row
from feebook.publish import figures
from feebook.publish.book import Book

_REPLACES = "replaces "


@dataclass(frozen=True, slots=True)
class Posting:
    """A document that CMS posted again: its year, its title, and how many rows it changed, in words."""

    year: int
    document: str
    title: str
    rows: str


@dataclass(frozen=True, slots=True)
class Breach:
    """Rows of CMS's files that break a rule for one reason: the schedule, how many, in which years, a few of them."""

    schedule: str
    rule: str
    reason: str
    count: int
    years: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Errata:
    """What the page shows; of the ledger only what is complete, the newest first."""

    ours: tuple[Entry, ...] = ()
    sources: tuple[Entry, ...] = ()
    postings: tuple[Posting, ...] = ()
    breaches: tuple[Breach, ...] = ()


def errata(book: Book, ledger: Iterable[Entry], exceptions: Iterable[Row]) -> Errata:
    """The view of the ledger, the book's documents and the listed exceptions."""
    told = sorted(
        (entry for entry in ledger if entry.complete), key=lambda entry: (str(entry.seen), entry.title), reverse=True
    )
    return Errata(
        tuple(entry for entry in told if entry.whose == "ours"),
        tuple(entry for entry in told if entry.whose == "source"),
        tuple(_postings(book)),
        tuple(_breaches(exceptions)),
    )


def _postings(book: Book) -> Iterator[Posting]:
    for year in book.years:
        for row in book.documents[year]:
            _, found, said = row["note"].partition(_REPLACES)
            told = said.partition(": ")[2].partition(";")[0]
            if found and not told.startswith("0 "):
                yield Posting(year, row["document"], row["title"], told)


def _breaches(exceptions: Iterable[Row]) -> Iterator[Breach]:
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in exceptions:
        found.setdefault((row["resource"], row["rule"], row["reason"]), []).append(row)
    for (schedule, rule, reason), rows in sorted(found.items(), key=lambda item: (len(item[1]), item[0])):
        years = figures.years(tuple(sorted({int(row["year"]) for row in rows})))
        codes = tuple(dict.fromkeys(row["code"] for row in rows))
        yield Breach(schedule, rule, reason, len(rows), years, codes)
