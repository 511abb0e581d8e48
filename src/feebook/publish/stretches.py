"""The days of a code in a schedule, year by year: its rows, and the days without a row with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feebook.existence import Life, Silence
from feebook.package import Row
from feebook.publish.records import Record


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a code in a schedule: the days without a row, and its rows of the whole code."""

    year: int
    silences: tuple[Silence, ...]
    rows: Sequence[Row] = ()


def years(of: Sequence[int], record: Record, life: Life, schedule: str) -> Iterator[Year]:
    """Every one of some years."""
    held = record.rows.get(schedule, {})
    for year in of:
        rows = [row for row in held.get(year, ()) if not row.get("modifier")]
        yield Year(year, tuple(life.silences(schedule, f"{year}-01-01", f"{year}-12-31")), rows)
