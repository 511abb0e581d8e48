"""The physician amounts of a code at the prices of a locality, or of the one that a ZIP code lies in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from feebook import package
from feebook.amounts import Gpci, half_up, limiting_charge, unrounded_payment
from feebook.compare.capped import is_listed
from feebook.errors import Usage
from feebook.package import Row
from feebook.schedules import caps
from feebook.show.shown import Shown
from feebook.silence import step

NATIONAL_LOCALITY = "0000000"


def local(shown: Shown, locality: str, datasets: Path, on: date | None = None) -> list[Row]:
    """The physician rows of a code at the prices of a locality, with the limiting charge of each setting.

    One row for each span of days on which neither the schedule, the indices nor the OPPS cap change; the one of a
    day, if asked for. Raises Usage for a locality that no package of those days has.
    """
    found: list[Row] = []
    named: list[str] = []
    listed = is_listed(shown.code, [package.load(year, datasets) for year in package.years(datasets)])
    for year in sorted({int(row["from"][:4]) for row in shown.schedules["physician"]}):
        held = package.load(year, datasets)
        indices = _indices(held, locality)
        named += [row["locality"] for row in held.rows("localities")]
        limits = [row for row in held.rows("opps_cap", shown.code) if row["locality"] == locality]
        for row in (row for row in shown.schedules["physician"] if row["from"].startswith(str(year))):
            for place in indices:
                found += [_local(row, place, span, cap, listed) for span, cap in _spans(row, place, limits)]
    if on:
        found = [row for row in found if row["from"] <= on.isoformat() <= row["through"]]
    if not found:
        near = sorted({name for name in named if name[:5] == locality[:5]} or set(named))[:12]
        raise Usage(f"no locality {locality} on the days that {shown.code} is held for; there are {', '.join(near)} …")
    return found


def _indices(held: package.Package, locality: str) -> list[Row]:
    if locality == NATIONAL_LOCALITY:
        days = {"from": f"{held.year}-01-01", "through": f"{held.year}-12-31"}
        return [{"locality": locality, "name": "national", "work_gpci": "1", "pe_gpci": "1", "mp_gpci": "1"} | days]
    return [row for row in held.rows("localities") if row["locality"] == locality]


Span = tuple[str, str]


def _spans(row: Row, place: Row, limits: Sequence[Row]) -> Iterator[tuple[Span, Row]]:
    """The days that a row and an index have in common, cut where the cap changes, each with its cap or none."""
    first, last = max(row["from"], place["from"]), min(row["through"], place["through"])
    own = [
        cap for cap in limits if cap["modifier"] == row["modifier"] and cap["from"] <= last and cap["through"] >= first
    ]
    for cap in own:
        start = max(first, cap["from"])
        if first < start:
            yield (first, step(start, -1)), {}
        yield (start, min(last, cap["through"])), cap
        first = step(min(last, cap["through"]), 1)
    if first <= last:
        yield (first, last), {}


def _local(row: Row, place: Row, span: Span, cap: Row, listed: bool) -> Row:
    """The row at a place; `listed` tells that CMS's list of OPPS caps has the code in any year."""
    named = ("code", "modifier", "track", "release", "status", "conversion_factor")
    found = {name: row[name] for name in named}
    found |= {name: place[name] for name in ("locality", "name", "work_gpci", "pe_gpci", "mp_gpci")}
    found |= {"from": span[0], "through": span[1], "note": ""}
    gpci = Gpci(*(Decimal(place[name]) for name in ("work_gpci", "pe_gpci", "mp_gpci")))
    for setting in ("facility", "nonfacility"):
        found[f"{setting}_status"] = row[f"{setting}_status"]
        found[f"{setting}_payment"] = found[f"{setting}_limiting_charge"] = ""
        if row[f"{setting}_payment"]:
            work, pe, mp = (Decimal(row[name]) for name in ("work_rvu", f"{setting}_pe_rvu", "malpractice_rvu"))
            exact = unrounded_payment(work, pe, mp, Decimal(row["conversion_factor"]), gpci)
            found[f"{setting}_payment"] = str(half_up(exact))
            found[f"{setting}_limiting_charge"] = str(limiting_charge(exact))
        found[f"{setting}_opps_cap"] = cap.get(f"{setting}_price", "")
        units = caps.capped_units(row, setting)
        if row[f"{setting}_payment"] and units is not None and place["locality"] == NATIONAL_LOCALITY:
            found[f"{setting}_opps_cap"] = str(half_up(units * Decimal(row["conversion_factor"])))
        unknown = units is not None or (listed and caps.is_untold(row, setting))
        if row[f"{setting}_payment"] and unknown and not found[f"{setting}_opps_cap"]:
            found["note"] = "no OPPS cap held for these days"
    return found


@dataclass(frozen=True, slots=True)
class Zip:
    """The locality of a ZIP code by the file nearest to a day, and what is to be said of it."""

    locality: str
    note: str


def of_zip(zip_code: str, on: date | None, datasets: Path) -> Zip:
    """The locality that a ZIP code lies in. Raises Usage for one that no file we hold has."""
    if not re.fullmatch(r"[0-9]{5}", zip_code):
        raise Usage(f"{zip_code!r}: a ZIP code has five digits, such as 94110")
    tables = [(row, year) for year in package.years(datasets) for row in _zip_rows(zip_code, year, datasets)]
    if not tables:
        raise Usage(f"ZIP {zip_code}: not in the ZIP files we hold; give the locality itself with --locality")
    day = on.isoformat() if on else max(row["from"] for row, _ in tables)
    row, _ = min(tables, key=lambda found: (not found[0]["from"] <= day <= found[0]["through"], found[0]["from"]))
    notes = [f"by the ZIP file of {row['from']}"]
    if not on:
        notes[0] += ", taken for every year shown"
    elif not row["from"] <= day <= row["through"]:
        notes[0] += f", the nearest that we hold to {day}"
    if row["plus_four"] == "1":
        notes.append("its last four digits may lie in another locality")
    return Zip(row["locality"], "; ".join(notes))


def _zip_rows(zip_code: str, year: int, datasets: Path) -> list[Row]:
    return package.load(year, datasets).rows("zip_localities", zip_code, "zip")
