"""A year: what CMS issued and when, which rows changed inside it, what its package holds and what it does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from feebook.package import Row
from feebook.publish.book import SCHEDULES, Book
from feebook.publish.codepage import anchor

TOPICS = {
    "localities": "Localities: cost indices and anesthesia factors",
    "zip_localities": "ZIP codes of localities",
    "opps_cap": "Caps on imaging amounts, by locality",
    "asc_offsets": "Device offsets of surgery center rates",
    "opps_offsets": "Device offsets of outpatient rates",
    "packaging_pairs": "Pairs paid at a higher classification",
    "indicators": "What indicators mean",
}
"""Schedule of a document beside the fee schedules → what it is about; guides and the rest come last."""


@dataclass(frozen=True, slots=True)
class Release:
    """An issue of a schedule: its first day, the rows that begin with it and its documents."""

    anchor: str
    schedule: str
    name: str
    first: str
    rows: int
    documents: tuple[Row, ...]

    @property
    def held(self) -> bool:
        return any(document["sha256"] for document in self.documents)


@dataclass(frozen=True, slots=True)
class Year:
    """What a year's page shows. `others` are the documents beside the schedules, by what they are about."""

    year: int
    version: str
    releases: tuple[Release, ...]
    others: dict[str, tuple[Row, ...]]
    missing: tuple[str, ...]
    not_held: tuple[Row, ...]
    resources: tuple[dict[str, object], ...]
    factors: tuple[Row, ...]

    def of(self, schedule: str) -> list[Release]:
        """The releases of a schedule, ascending."""
        return [release for release in self.releases if release.schedule == schedule]

    def changed(self, schedule: str) -> int:
        """The rows of a schedule that begin after the first day of the year."""
        return sum(release.rows for release in self.of(schedule) if release.first > f"{self.year}-01-01")


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
        _others(rest),
        tuple(schedule for schedule in SCHEDULES if not book.holds(number, schedule)),
        tuple(row for row in book.documents[number] if not row["sha256"]),
        tuple(held.descriptor()["resources"]),
        tuple(sorted(held.rows("conversion_factors"), key=_rank)),
    )


def _rank(row: Row) -> tuple[int, str, str, str]:
    """The fee schedules in their order, anesthesia last; what was paid before what was not."""
    order = ("physician", "outpatient", "asc")
    place = order.index(row["schedule"]) if row["schedule"] in order else len(order)
    return place, row["standing"] if row["standing"] != "paid" else "", row["from"], row["track"]


def _others(rows: list[Row]) -> dict[str, tuple[Row, ...]]:
    """What documents are about → the documents, in the order of their first days."""
    found: dict[str, list[Row]] = {title: [] for title in (*TOPICS.values(), "Guides", "Other documents")}
    for row in sorted(rows, key=lambda row: (row["effective_from"], row["document"])):
        rest = "Guides" if row["kind"] == "guide" else "Other documents"
        found[TOPICS.get(row["schedule"], rest)].append(row)
    return {title: tuple(same) for title, same in found.items() if same}


def _begins(path: Path) -> Counter[str]:
    """Release → how many rows first stand so in it. No column before `release` is ever quoted."""
    found: Counter[str] = Counter()
    if path.exists():
        with path.open(encoding="utf-8") as file:
            at = next(file).split(",").index("release")
            found.update(line.split(",", at + 1)[at] for line in file)
    return found
