"""Dates of service: the releases of a year folded into rows that hold from one day through another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from feebook.errors import Wrong

Row = dict[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """One CMS issue of a schedule: its name, its first day of service and its rows by key."""

    name: str
    effective_from: date
    rows: Mapping[Key, Row]


class SegmentError(Wrong):
    """Segments that overlap, or run outside their year; the message names the key and the dates."""


def keyed(name: str, rows: Iterable[Row], key: Sequence[str]) -> dict[Key, Row]:
    """Rows by key. The same row twice is one; a key twice with other values raises SegmentError."""
    found: dict[Key, Row] = {}
    for row in rows:
        at = tuple(row[column] for column in key)
        if found.setdefault(at, row) != row:
            differ = ", ".join(f"{c} {found[at][c]!r} and {row[c]!r}" for c in row if row[c] != found[at][c])
            raise SegmentError(f"{name} · {' '.join(filter(None, at))}: twice with different values: {differ}")
    return found


def fold(releases: Sequence[Release], last_day: date) -> list[Row]:
    """Rows with `from`, `through` and `release`, sorted by key and day.

    A release that changes nothing in a row adds no row; a key that a release leaves out ends the day before it.
    """
    _in_order(releases, last_day)
    done: list[tuple[Key, Row]] = []
    open_: dict[Key, Row] = {}
    for release in releases:
        day, before = release.effective_from.isoformat(), (release.effective_from - timedelta(1)).isoformat()
        for key in [key for key, row in open_.items() if not _same(row, release.rows.get(key))]:
            done.append((key, open_.pop(key) | {"through": before}))
        for key, row in release.rows.items():
            if key not in open_:
                open_[key] = row | {"from": day, "release": release.name}
    done += [(key, row | {"through": last_day.isoformat()}) for key, row in open_.items()]
    done.sort(key=lambda item: (item[0], item[1]["from"]))
    return [row for _, row in done]


def _same(held: Row, row: Row | None) -> bool:
    return row is not None and all(held[column] == value for column, value in row.items())


def _in_order(releases: Sequence[Release], last_day: date) -> None:
    for one, two in pairwise(releases):
        if one.effective_from >= two.effective_from:
            raise SegmentError(f"{two.name} begins {two.effective_from}, not after {one.name} ({one.effective_from})")
    if releases and releases[-1].effective_from > last_day:
        raise SegmentError(f"{releases[-1].name} begins {releases[-1].effective_from}, after {last_day}")


def problems(rows: Iterable[Mapping[str, str]], key: Sequence[str], year: int) -> list[str]:
    """What is wrong with the segments of a package's rows: backward, outside the year or overlapping."""
    found = []
    last: dict[Key, str] = {}
    for row in rows:
        at = tuple(row[column] for column in key)
        if not f"{year}-01-01" <= row["from"] <= row["through"] <= f"{year}-12-31":
            found.append(f"{' '.join(filter(None, at))}: {row['from']} to {row['through']} is no segment of {year}")
        elif at in last and row["from"] <= last[at]:
            found.append(f"{' '.join(filter(None, at))}: {row['from']} overlaps the segment that ends {last[at]}")
        last[at] = row["through"]
    return found


def on(rows: Iterable[Row], day: date, key: Callable[[Row], Key]) -> dict[Key, Row]:
    """The rows in force on a day, by key."""
    text = day.isoformat()
    return {key(row): row for row in rows if row["from"] <= text <= row["through"]}
