"""What CMS's files, as we hold them, say of some codes: their rows in every schedule, and the days that are held."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from feebook import package
from feebook.codes import MODIFIERS
from feebook.package import Package, Row
from feebook.silence import Gap, covers, gaps, pieces

RESOURCES: Final = ("physician", "outpatient", "asc")


@dataclass(slots=True)
class Held:
    """The rows of some codes by resource, code and modifier, and the days whose files are not held whole."""

    rows: dict[tuple[str, str, str], list[Row]] = field(default_factory=dict)
    documents: dict[int, list[Row]] = field(default_factory=dict)
    gaps: dict[str, tuple[Gap, ...]] = field(default_factory=dict)
    factors: list[Row] = field(default_factory=list)
    years: set[int] = field(default_factory=set)

    def add(self, year: int, tables: Mapping[str, Iterable[Row]]) -> None:
        """Take in a year: its documents and the rows of its schedules."""
        self.years.add(year)
        self.documents[year] = list(tables["documents"])
        for resource in RESOURCES:
            self.gaps[resource] = gaps(self.documents, resource)
            for row in tables.get(resource, ()):
                self.rows.setdefault((resource, row["code"], row.get("modifier", "")), []).append(row)

    def of(self, resource: str, code: str, modifier: str = "", track: str = "") -> list[Row]:
        """The rows of a code in a schedule, in the order of their days; of one track where the schedule has tracks."""
        found = self.rows.get((resource, code, modifier), [])
        return sorted((row for row in found if row.get("track", "") in ("", track)), key=lambda row: row["from"])

    def tracks(self, code: str, modifier: str, first: str, last: str) -> tuple[str, ...]:
        """The tracks that a physician code has rows of in a period, the one of most physicians first."""
        found = self.rows.get(("physician", code, modifier), [])
        return tuple(sorted({row["track"] for row in found if row["from"] <= last and row["through"] >= first}))

    def without_row(
        self, resource: str, code: str, modifier: str, first: str, last: str
    ) -> Iterator[tuple[str, str, bool]]:
        """Days on which a code has no row, in pieces: true where no file of CMS has it, false where we cannot know."""
        rows = self.rows.get((resource, code, modifier), [])
        for start, end, gap in pieces(self.gaps.get(resource, ()), first, last):
            known = gap is None or gap.silent(lambda day: self._existed(code, day), lambda day: covers(rows, day))
            yield start, end, known

    def _existed(self, code: str, day: str) -> bool:
        rows = (row for name in RESOURCES for m in MODIFIERS for row in self.rows.get((name, code, m), ()))
        return any(row["from"] <= day for row in rows)


def held(datasets: Path, years: Sequence[int], codes: Iterable[str]) -> Held:
    """What the packages of some years say of some codes, with every conversion factor we know of."""
    found = Held()
    wanted = frozenset(codes)
    there = set(package.years(datasets))
    for year in sorted(there & set(years)):
        one = Package(datasets / str(year))
        tables: dict[str, Iterable[Row]] = {name: _rows_of(one.path(name), wanted) for name in RESOURCES}
        found.add(year, {**tables, "documents": one.rows("documents")})
    factors = datasets / "conversion_factors" / "conversion_factors.csv"
    found.factors = list(package.read_csv(factors)) if factors.exists() else []
    return found


def _rows_of(path: Path, codes: frozenset[str]) -> Iterator[Row]:
    """The rows of a resource whose first column is one of the codes; the other lines are passed over unread."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        lines = [next(file), *(line for line in file if line.partition(",")[0] in codes)]
    yield from csv.DictReader(lines)
