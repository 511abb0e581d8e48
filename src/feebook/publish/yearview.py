"""A year: what CMS issued and when, which rows changed inside it, what its package holds and what it does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from feebook.package import Row
from feebook.publish.book import SCHEDULES, Book
from feebook.publish.codepage import anchor


@dataclass(frozen=True, slots=True)
class Release:
    """An issue of a schedule: its first day, the rows that begin with it and its documents."""

    anchor: str
    schedule: str
    name: str
    first: str
    rows: int
    documents: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """What a year's page shows."""

    year: int
    version: str
    releases: tuple[Release, ...]
    others: tuple[Row, ...]
    missing: tuple[str, ...]
    not_held: tuple[Row, ...]
    resources: tuple[dict[str, object], ...]
    factors: tuple[Row, ...]


def year(book: Book, number: int) -> Year:
    """The view of one year."""
    held = book.package(number)
    begins = {schedule: _begins(held.path(schedule)) for schedule in SCHEDULES}
    releases = [
        Release(
            anchor(schedule, name),
            schedule,
            name,
            min(row["effective_from"] for row in rows),
            begins[schedule][name],
            rows,
        )
        for (of, schedule, name), rows in book.releases.items()
        if of == number and schedule in SCHEDULES
    ]
    named = {row["document"] for release in releases for row in release.documents}
    rest = [row for row in book.documents[number] if row["document"] not in named]
    return Year(
        number,
        book.versions[number],
        tuple(sorted(releases, key=lambda r: (r.first, SCHEDULES.index(r.schedule), r.name))),
        tuple(row for row in rest if row["sha256"]),
        tuple(schedule for schedule in SCHEDULES if not book.holds(number, schedule)),
        tuple(row for row in book.documents[number] if not row["sha256"]),
        tuple(held.descriptor()["resources"]),
        tuple(row for row in held.rows("conversion_factors")),
    )


def _begins(path: Path) -> Counter[str]:
    """Release → how many rows first stand so in it. No column before `release` is ever quoted."""
    found: Counter[str] = Counter()
    if path.exists():
        with path.open(encoding="utf-8") as file:
            at = next(file).split(",").index("release")
            found.update(line.split(",", at + 1)[at] for line in file)
    return found
