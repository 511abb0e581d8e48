"""Which day a comparison means: a year, a date or a release, found in the packages that are held."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from feebook import package
from feebook.compare.held import SCHEDULES
from feebook.errors import Usage

BASES: Final = ("paid", "latest", "constant-cf")
"""What was payable on the two days; the last segment of the two years; RVUs and weights at one factor."""


class CompareError(Usage):
    """A question that cannot be answered; one sentence that says why and what there is instead."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the day, the package it lies in, the words it was asked for with.

    `schedules` is empty unless a release was named, which is a release of some schedules only. Where a year was named,
    a schedule that is not held on its 1 January stands on the first day that is held: `year` is true.
    """

    asked: str
    day: date
    package: package.Package
    schedules: tuple[str, ...] = ()
    year: bool = False


def side(asked: int | str | date, basis: str, datasets: Path) -> Side:
    """The day that a year, an ISO date or a release stands for. Raises CompareError with what is available."""
    text = str(asked).strip()
    if re.fullmatch(r"[12]\d{3}", text):
        held = _package(int(text), datasets)
        return Side(text, date(int(text), 12, 31), held) if basis == "latest" else first_of(held)
    if re.fullmatch(r"[12]\d{3}-\d\d-\d\d", text):
        return _on_date(text, basis, datasets)
    if re.fullmatch(r"[12]\d{3}.+", text):
        return _release(text, datasets)
    raise CompareError(f"{text!r} is no year, date (2024-03-09) or release (2024AR); there are {_there_are(datasets)}")


def first_of(held: package.Package) -> Side:
    """The side of a year: its 1 January."""
    return Side(str(held.year), date(held.year, 1, 1), held, year=True)


def _on_date(text: str, basis: str, datasets: Path) -> Side:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CompareError(f"{text} is no day of the calendar") from None
    return Side(text, date(day.year, 12, 31) if basis == "latest" else day, _package(day.year, datasets))


def _release(text: str, datasets: Path) -> Side:
    held = _package(int(text[:4]), datasets)
    known = [row for row in held.rows("documents") if row["schedule"] in SCHEDULES and row["release"] and row["sha256"]]
    rows = [row for row in known if row["release"] == text.upper()]
    if not rows:
        names = ", ".join(dict.fromkeys(row["release"] for row in sorted(known, key=lambda row: row["effective_from"])))
        raise CompareError(f"{text} is no release that we hold; of {held.year} there are {names or 'none'}")
    day = date.fromisoformat(min(row["effective_from"] for row in rows))
    return Side(text.upper(), day, held, tuple(sorted({row["schedule"] for row in rows})))


def _package(year: int, datasets: Path) -> package.Package:
    if year not in package.years(datasets):
        raise CompareError(f"there is no package for {year}: there are {_there_are(datasets)}")
    return package.load(year, datasets)


def _there_are(datasets: Path) -> str:
    return ", ".join(map(str, package.years(datasets))) or "no packages"
