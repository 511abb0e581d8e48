"""The rows of a schedule in force on a day, as columns that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from feebook.compare.exact import Mask, Texts
from feebook.package import Package

Columns = dict[str, Texts]


@dataclass(frozen=True, slots=True)
class Measure:
    """One amount of a schedule: its columns, and the parts whose sum times the factor is the amount."""

    name: str
    amount: str
    status: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a comparison reads a schedule: the column of its indicator, its measures and what else it needs."""

    name: str
    indicator: str
    measures: tuple[Measure, ...]
    more: tuple[str, ...] = ()

    def columns(self) -> set[str]:
        """Every column that a comparison needs, also those that only some schedules have."""
        said = {"code", "modifier", "track", "from", "through", "release", "conversion_factor", "apc", self.indicator}
        said |= set(self.more)
        for measure in self.measures:
            said |= {measure.amount, measure.status, *measure.parts.values()}
        return said


def _physician(setting: str) -> Measure:
    parts = {"work": "work_rvu", "practice_expense": f"{setting}_pe_rvu", "malpractice": "malpractice_rvu"}
    return Measure(f"{setting}_payment", f"{setting}_payment", f"{setting}_status", parts)


def _weighted(measure: str) -> tuple[Measure]:
    return (Measure(measure, "payment", "payment_status", {"weight": "weight"}),)


_OF_CAPS: Final = (
    "facility_total_rvu",
    "nonfacility_total_rvu",
    "opps_facility_pe",
    "opps_nonfacility_pe",
    "opps_malpractice",
)
"""What the OPPS cap on imaging hangs on."""

SCHEDULES: Final = {
    "physician": Schedule("physician", "status", (_physician("facility"), _physician("nonfacility")), _OF_CAPS),
    "outpatient": Schedule("outpatient", "status_indicator", _weighted("opps_payment")),
    "asc": Schedule("asc", "payment_indicator", _weighted("asc_payment")),
}
"""Schedules in the order in which they are shown."""


def on(held: Package, schedule: str, day: date) -> Columns:
    """The columns of the rows in force on a day, in the order of the package, all text; columns of length 0 if none.

    A schedule without modifiers or tracks gets empty ones, so that every schedule has the same key.
    """
    wanted = SCHEDULES[schedule].columns()
    frame = pd.read_csv(
        held.path(schedule), dtype=object, keep_default_na=False, na_filter=False, usecols=lambda name: name in wanted
    )
    columns: Columns = {str(name): frame[name].to_numpy() for name in frame}
    text = day.isoformat()
    columns = pick(columns, (columns["from"] <= text) & (columns["through"] >= text))
    empty = np.full(len(columns["code"]), "", dtype=object)
    return {name: columns.get(name, empty) for name in sorted(wanted)}


def pick(columns: Columns, rows: Mask) -> Columns:
    """The rows of the columns that a mask keeps."""
    return {name: column[rows] for name, column in columns.items()}


def first_day(held: Package, schedule: str) -> str:
    """The first day for which a package has rows of a schedule, empty where it has none at all."""
    path = held.path(schedule)
    if not path.exists():
        return ""
    return str(min(pd.read_csv(path, dtype=object, na_filter=False, usecols=["from"])["from"], default=""))


def known(held: Package, first: date, last: date) -> frozenset[str]:
    """Every code that some schedule of the package has between two days."""
    path = held.path("codes")
    if not path.exists():
        return frozenset()
    frame = pd.read_csv(path, dtype=object, na_filter=False, usecols=["code", "first_seen", "last_seen"])
    there = (frame["first_seen"] <= last.isoformat()) & (frame["last_seen"] >= first.isoformat())
    return frozenset(frame["code"][there])


def is_partial(held: Package, schedule: str, releases: set[str]) -> bool:
    """True where rows come from somebody else's copy: what it leaves out is not known."""
    documents = held.rows("documents")
    forms = {(row["schedule"], row["release"], row["form"]) for row in documents if row.get("sha256")}
    return any((schedule, release, "secondary") in forms for release in releases)
