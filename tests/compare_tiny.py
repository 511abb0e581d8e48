"""Tiny packages for the tests of comparing: a few rows in the columns that a comparison reads."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from feebook.amounts import half_up
from feebook.compare.comparison import Comparison, between
from feebook.compare.days import Side
from feebook.compare.exact import scaled_one
from feebook.compare.held import SCHEDULES, Columns
from feebook.compare.loaded import Loaded
from feebook.package import Package

Row = dict[str, str]


def physician(code: str, factor: str, *, status: str = "A", rvus: str = "1.00 2.00 3.00 0.10", **more: str) -> Row:
    """A row of the physician schedule; `rvus` are work, facility and non-facility practice expense, malpractice."""
    work, facility, nonfacility, malpractice = map(Decimal, rvus.split())
    row = {
        "code": code,
        "modifier": "",
        "track": "",
        "release": "",
        "status": status,
        "work_rvu": str(work),
        "facility_pe_rvu": str(facility),
        "nonfacility_pe_rvu": str(nonfacility),
        "malpractice_rvu": str(malpractice),
        "conversion_factor": factor,
    }
    for setting, expense in (("facility", facility), ("nonfacility", nonfacility)):
        pays = status in "ART" and f"{setting}_status" not in more
        amount = half_up((work + expense + malpractice) * Decimal(factor))
        row |= {f"{setting}_payment": str(amount) if pays else "", f"{setting}_status": "" if pays else "not_covered"}
    return row | more


def weighted(schedule: str, code: str, indicator: str, weight: str = "", payment: str = "", **more: str) -> Row:
    """A row of the outpatient or the ASC schedule."""
    row = {"code": code, "release": "", SCHEDULES[schedule].indicator: indicator, "weight": weight, "payment": payment}
    return row | {"apc": "", "payment_status": "" if payment else "packaged"} | more


def document(schedule: str, first: str, form: str = "original") -> Row:
    """The document of a release that begins on a day; without a hash where it is not held."""
    held = {"kind": "schedule", "schedule": schedule, "form": form, "sha256": "" if form == "not held" else "0"}
    return held | {"release": first[:7], "effective_from": first}


def loaded(day: str, schedules: Mapping[str, Iterable[Row]], factors: Mapping[str, str] | None = None) -> Loaded:
    """A side of a comparison, made of rows and of the factors of the schedules that do not carry them."""
    at = Side(day, date.fromisoformat(day), Package(Path("nowhere") / day[:4]))
    columns: dict[str, Columns] = {}
    scaled: dict[str, dict[str, int]] = {}
    for name, rows in schedules.items():
        held = sorted(rows, key=lambda row: (row["code"], row.get("modifier", "")))
        columns[name] = {
            column: np.array([row.get(column, "") for row in held] + [""], dtype=object)[:-1]
            for column in SCHEDULES[name].columns()
        }
        by_track = {row["track"]: row["conversion_factor"] for row in held if "track" in row}
        by_track = by_track or {"": (factors or {}).get(name, "")}
        scaled[name] = {track: scaled_one(factor) for track, factor in by_track.items()}
    days = dict.fromkeys(columns, at.day)
    return Loaded(at, columns, scaled, days, frozenset(), dict.fromkeys(columns, ()), None)


def compared(one: Loaded, two: Loaded, basis: str = "paid") -> Comparison:
    return between(one, two, tuple(SCHEDULES), basis, Decimal(1), Decimal("0.5"))


def write(datasets: Path, year: int, tables: Mapping[str, Iterable[Row]]) -> None:
    """A package on disk, whole enough to be compared."""
    folder = datasets / str(year)
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text("{}")
    for name, rows in tables.items():
        whole = {"from": f"{year}-01-01", "through": f"{year}-12-31"}
        held = [row | {day: whole[day] for day in whole.keys() - row.keys()} for row in rows]
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, dict.fromkeys(key for row in held for key in row), restval="")
            writer.writeheader()
            writer.writerows(held)
