"""All settings and years of one code, ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from feebook import codes, package
from feebook.errors import Usage
from feebook.package import Row

SCHEDULES = ("physician", "asc", "outpatient")


@dataclass(frozen=True, slots=True)
class Shown:
    """A code with its rows by schedule, oldest first, and the documents that the rows came from."""

    code: str
    years: tuple[int, ...]
    schedules: dict[str, tuple[Row, ...]]
    documents: tuple[Row, ...]


def show(code: str, datasets: Path, on: date | None = None, modifier: str | None = None) -> Shown:
    """The rows of a code in every package; those in force on a day, those of one modifier, if asked for.

    Raises Usage for a text that is no code, a day we hold no package for, or a code that no package has.
    """
    code = codes.split_add_on(code.upper())[0]
    if not codes.is_code(code):
        raise Usage(f"{code!r} is not the form of a procedure code, such as 37252, G0463 or 0238T")
    years = package.years(datasets)
    if on and on.year not in years:
        raise Usage(f"no package for {on.isoformat()}: there are {', '.join(map(str, years)) or 'none'}")
    held = [package.load(year, datasets) for year in years if not on or year == on.year]
    found = {
        name: tuple(row for one in held for row in one.rows(name, code) if _asked(row, on, modifier))
        for name in SCHEDULES
    }
    if not any(found.values()):
        raise Usage(f"{code}: not in {_where(on, modifier)} of the packages for {', '.join(map(str, years))}")
    releases = {row["release"] for rows in found.values() for row in rows}
    documents = tuple(
        row for one in held for row in one.rows("documents") if row["release"] in releases and row["sha256"]
    )
    return Shown(code, tuple(years), found, documents)


def _asked(row: Row, on: date | None, modifier: str | None) -> bool:
    in_force = not on or row["from"] <= on.isoformat() <= row["through"]
    return in_force and (modifier is None or row.get("modifier", "") == modifier)


def _where(on: date | None, modifier: str | None) -> str:
    said: Sequence[str] = [f"on {on.isoformat()}" if on else "", f"with modifier {modifier}" if modifier else ""]
    return " ".join(filter(None, ["the schedules", *said]))
