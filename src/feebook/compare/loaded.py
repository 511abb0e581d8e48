"""One side of a comparison with its rows in force, its factors and what is known of its gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

import numpy as np
import pandas as pd

from feebook.compare import capped, held, missing
from feebook.compare.capped import Caps
from feebook.compare.days import Side
from feebook.compare.exact import Texts, scaled_one
from feebook.compare.held import SCHEDULES, Columns
from feebook.compare.lives import Lives
from feebook.compare.missing import Gaps
from feebook.existence import Life
from feebook.package import Package

Key = tuple[str, str]
"""Code and modifier; schedules without modifiers have the empty one."""

Silences = Callable[[Iterable[Key]], list[str]]
"""Why some rows are not there."""


@dataclass(frozen=True)  # without slots, so that `known` is read only when it is asked for
class Loaded:
    """One side with its rows in force: schedule → columns, schedule → the factors of its tracks, codes with their APCs.

    `days` is schedule → the day its rows are of; `partial` names the schedules that we hold in part only; `gaps` are
    the days without a file that is held whole, of every schedule.
    """

    side: Side
    columns: Mapping[str, Columns]
    factors: Mapping[str, Mapping[str, int]]
    days: Mapping[str, date]
    partial: frozenset[str]
    gaps: Gaps
    apcs: tuple[Texts, Texts] | None

    @cached_property
    def known(self) -> frozenset[str]:
        """Every code that some schedule has on the day."""
        last = max(self.days.values(), default=self.side.day)
        found = held.known(self.side.package, self.side.day, last)
        return found or frozenset(code for columns in self.columns.values() for code in columns["code"].tolist())

    @cached_property
    def caps(self) -> Caps:
        """What the physician rows of the day say of the OPPS cap on imaging."""
        packages = missing.beside(self.side.package)
        return capped.of(self.columns["physician"], packages) if "physician" in self.columns else {}

    def silences(self, schedule: str, other: Loaded, lives: Lives) -> Silences:
        """What tells of codes and modifiers that the schedule does not have on its day why it is without them.

        `other` is the other side of the comparison, which lists them, `lives` are those of the packages of this one.
        """
        lists = {name: frozenset(columns["code"].tolist()) for name, columns in other.columns.items()}
        day = self.days[schedule].isoformat()

        @cache
        def of(code: str) -> Life:
            listed = [name for name, codes in lists.items() if code in codes]
            return lives.of(code, self.gaps, listed, day if code in self.known else "")

        return lambda keys: [of(code).why(schedule, day, modifier) for code, modifier in keys]


def load(at: Side, schedules: Iterable[str] = tuple(SCHEDULES), wanted: frozenset[str] | None = None) -> Loaded:
    """The rows in force on the day of a side, all or those of some codes; a schedule without any is left out."""
    columns: dict[str, Columns] = {}
    factors: dict[str, dict[str, int]] = {}
    days: dict[str, date] = {}
    copied: set[str] = set()
    for name in schedules:
        if not at.package.path(name).exists() or (at.schedules and name not in at.schedules):
            continue
        day, rows = _rows(at, name)
        if len(rows["code"]):
            columns[name], factors[name], days[name] = _of(rows, wanted), _factors(name, at.package, day, rows), day
            copied |= {name} if held.is_partial(at.package, name, set(rows["release"].tolist())) else set()
    apcs = _apcs(at, columns) if "asc" in columns else None
    return Loaded(at, columns, factors, days, frozenset(copied), missing.gaps_of(at.package), apcs)


def _rows(at: Side, schedule: str) -> tuple[date, Columns]:
    """The rows of the day, or of the first day held where a year was asked for."""
    rows = held.on(at.package, schedule, at.day)
    first = held.first_day(at.package, schedule) if at.year and not len(rows["code"]) else ""
    day = date.fromisoformat(first) if first else at.day
    return day, held.on(at.package, schedule, day) if first else rows


def _apcs(at: Side, columns: Mapping[str, Columns]) -> tuple[Texts, Texts] | None:
    """Codes and their APCs, from the outpatient schedule: surgery centers are paid by the weights of its APCs."""
    if not at.package.path("outpatient").exists():
        return None
    rows = columns.get("outpatient") or _rows(at, "outpatient")[1]
    return (rows["code"], rows["apc"]) if len(rows["code"]) else None


def _of(columns: Columns, wanted: frozenset[str] | None) -> Columns:
    if wanted is None:
        return columns
    return held.pick(columns, np.array([code in wanted for code in columns["code"]], dtype=bool))


def _factors(schedule: str, package: Package, day: date, columns: Columns) -> dict[str, int]:
    """Track → the factor in force, in ten-thousandths: from rows that carry it, else from the table of factors."""
    if schedule == "physician":
        pairs = dict.fromkeys(zip(columns["track"].tolist(), columns["conversion_factor"].tolist(), strict=True))
        return {track: scaled_one(factor) for track, factor in pairs if factor}
    return {
        row["track"]: scaled_one(row["factor"])
        for row in package.rows("conversion_factors")
        if (row["schedule"], row["standing"]) == (schedule, "paid") and row["factor"]
        if row["from"] <= day.isoformat() <= row["through"]
    }


def with_apc(columns: Columns, apcs: tuple[Texts, Texts]) -> Columns:
    """The columns with the APC of each code, empty where the outpatient schedule has none."""
    rows = pd.Index(apcs[0]).get_indexer(pd.Index(columns["code"]))
    return columns | {"apc": np.append(apcs[1], "")[rows]}
