"""All settings and years of one code, ready to print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from feebook import codes, package, silence
from feebook.amounts import Gpci, half_up, limiting_charge, unrounded_payment
from feebook.compare.families import Replacement, families
from feebook.errors import Usage
from feebook.package import Row
from feebook.schedules import caps

SCHEDULES = ("physician", "asc", "outpatient")


@dataclass(frozen=True, slots=True)
class Shown:
    """A code with its rows by schedule, oldest first, the documents that they came from, and the days not held.

    `gaps` are the days of each schedule of which nothing is held, or only a copy by others that does not have the code.
    `pairs` are the pairs of procedures with the code for which a hospital is paid more. `ended` says when the code was
    deleted and what took its place, where a family knows it.
    `notes` say where Medicare pays less than a physician row, under the OPPS cap on imaging.
    """

    code: str
    years: tuple[int, ...]
    schedules: dict[str, tuple[Row, ...]]
    documents: tuple[Row, ...]
    gaps: dict[str, tuple[str, ...]]
    on: date | None = None
    pairs: tuple[Row, ...] = ()
    ended: Replacement | None = None
    notes: tuple[str, ...] = ()


_ASKED = re.compile(r"(?:(?:CPT|HCPCS)[\s:®]*)?\+?\s*([A-Z0-9]{5})(?:[-\s]+([A-Z0-9]{2}))?")


def asked(text: str, modifier: str | None = None) -> tuple[str, str | None]:
    """The code and the modifier that a text means: `37252`, `+37252`, `CPT 37252`, `93458-26`, `93458 TC`.

    Raises Usage for a text that is no code, for a modifier that no row has, and for two modifiers.
    """
    found = _ASKED.fullmatch(text.strip().upper())
    if not found or not codes.is_code(found[1]):
        raise Usage(f"{text!r} is not the form of a procedure code, such as 37252, G0463 or 0238T")
    code, said = found[1], found[2]
    if said and said not in codes.MODIFIERS:
        raise Usage(f"{text!r}: amounts are held by the modifiers {', '.join(codes.MODIFIERS[1:])}; leave {said} off")
    if said and modifier not in (None, said):
        raise Usage(f"{text!r} and --modifier {modifier}: one modifier was due")
    return code, said or modifier


def show(code: str, datasets: Path, on: date | None = None, modifier: str | None = None) -> Shown:
    """The rows of a code in every package; those in force on a day, those of one modifier, if asked for.

    Raises Usage for a text that is no code, a day we hold no package for, or a code that no package has.
    """
    code, modifier = asked(code, modifier)
    years = package.years(datasets)
    if on and on.year not in years:
        raise Usage(f"no package for {on.isoformat()}: there are {', '.join(map(str, years)) or 'none'}")
    every = [package.load(year, datasets) for year in years]
    held = [one for one in every if not on or one.year == on.year]
    rows = {name: [row for one in every for row in one.rows(name, code)] for name in SCHEDULES}
    # Facility rates have no modifiers: of a part of a service they have nothing to say, not even that they lack it.
    speaking = [name for name in SCHEDULES if name == "physician" or not modifier]
    found = {name: tuple(row for row in rows[name] if _asked(row, on, modifier)) for name in speaking}
    kept = {one.year: one.rows("documents") for one in every}
    ended = _ended(code, datasets)
    gaps = {
        name: tuple(sorted({*_gaps(held, name, code, on, ended), *_between(kept, rows, name, on)}))
        for name in SCHEDULES
    }
    if not any(found.values()):
        raise Usage(_nowhere(code, on, modifier, gaps, ended, [one.year for one in held]))
    documents, pairs = tuple(_documents(held, found)), tuple(_pairs(held, code, on))
    notes = tuple(_cap_notes(found["physician"], _has_caps(code, datasets)))
    return Shown(code, tuple(years), found, documents, gaps, on, pairs, ended, notes)


def _ended(code: str, datasets: Path) -> Replacement | None:
    """What took the place of a code of which no package has a row from that day on."""
    for one in (one for family in families() for one in family.replacements if code in one.before):
        held = (package.load(year, datasets) for year in package.years(datasets) if year >= one.date.year)
        rows = (row for year in held for name in SCHEDULES for row in year.rows(name, code))
        if not any(row["through"] >= one.date.isoformat() for row in rows):
            return one
    return None


def told(code: str, ended: Replacement) -> str:
    """That a code was deleted, and what took its place, in a sentence."""
    after = sorted(ended.after)
    many = f"{after[0]} … {after[-1]} ({len(after)} codes)" if len(after) > 4 else ", ".join(after)
    return f"{code}: deleted as of {ended.date}; in its place: {many}"


def _nowhere(
    code: str,
    on: date | None,
    modifier: str | None,
    gaps: Mapping[str, Sequence[str]],
    ended: Replacement | None,
    years: Sequence[int],
) -> str:
    """Why nothing is shown: the code was deleted, the day is not held, or no file has the code."""
    if on and ended and on >= ended.date:
        return told(code, ended)
    if on and all(gaps.values()):
        copies = any(_COPY in gap for found in gaps.values() for gap in found)
        why = f"only copies by others, which do not have {code}" if copies else "no file of any schedule"
        return f"no source held for {on.isoformat()}: {why}"
    unknown = [name for name, found in gaps.items() if on and found]
    more = f"; no source held of {', '.join(unknown)}" if unknown else ""
    packages = f"the package for {years[0]}" if on else f"the packages for {', '.join(map(str, years))}"
    return f"{code}: not in {_where(on, modifier)} of {packages}{more}"


_SETTINGS = {"facility": "Facility", "nonfacility": "Non-facility"}


def _cap_notes(rows: Sequence[Row], listed: bool) -> Iterator[str]:
    """Where Medicare pays the OPPS cap on imaging and not the amount of the row, and where that is not known."""
    for row in rows:
        for setting, name in _SETTINGS.items():
            paid, units = row[f"{setting}_payment"], caps.capped_units(row, setting)
            what = " ".join(filter(None, (name, row["modifier"], row["track"])))
            where = f"{what}, {row['from']} – {row['through'][5:]}"
            if paid and units is not None:
                most = f"${half_up(units * Decimal(row['conversion_factor'])):,}"
                yield f"{where}: above the OPPS cap; Medicare pays {most} (cap) instead of ${Decimal(paid):,} by RVUs"
            elif paid and listed and caps.is_untold(row, setting):
                yield f"{where}: OPPS cap not held; Medicare pays ${Decimal(paid):,} at most"


def _has_caps(code: str, datasets: Path) -> bool:
    """Whether CMS's list of OPPS caps has a code in any year; read as bytes, since the lists are long."""
    lists = (datasets / str(year) / "opps_cap.csv" for year in package.years(datasets))
    return any(path.exists() and f"\n{code},".encode() in path.read_bytes() for path in lists)


def _pairs(held: Sequence[package.Package], code: str, on: date | None) -> Iterator[Row]:
    """The pairs that have the code second, then those that have it first."""
    for column in ("secondary", "primary"):
        for row in (row for one in held for row in one.rows("packaging_pairs", code, column)):
            twice = column == "primary" and row["secondary"] == code
            if _asked(row, on, None) and not twice:
                yield row


_COPY = "in part, by a copy without this code"


def _gaps(
    held: Sequence[package.Package], schedule: str, code: str, on: date | None, ended: Replacement | None
) -> Iterator[str]:
    """The days of a schedule of which nothing is held, or only a copy that does not have the code; those of one day.

    A copy by others leaves codes out: that it has no row proves nothing. From the day on which a code was deleted
    nothing is missing.
    """
    for one in held:
        for first, last, words in _unknown(one, schedule, code):
            over = ended and first >= ended.date.isoformat()
            if not over and (on is None or first <= on.isoformat() <= last):
                yield f"{first} – {last[5:]}{words}"


def _unknown(one: package.Package, schedule: str, code: str) -> Iterator[tuple[str, str, str]]:
    """First and last day, and words, of what is not known of a code in one year."""
    documents = [row for row in one.rows("documents") if row["schedule"] == schedule and row["sha256"]]
    starts = sorted({max(row["effective_from"], f"{one.year}-01-01") for row in documents})
    first = starts[0] if starts else f"{one.year + 1}-01-01"
    if first > f"{one.year}-01-01":
        yield f"{one.year}-01-01", _day_before(first), ""
    rows = one.rows(schedule, code)
    for start, following in pairwise([*starts, f"{one.year + 1}-01-01"]):
        last = _day_before(following)
        forms = {row["form"] for row in documents if max(row["effective_from"], f"{one.year}-01-01") == start}
        if forms == {"secondary"} and not any(row["from"] <= last and row["through"] >= start for row in rows):
            yield start, last, f" (held {_COPY})"


def _between(
    documents: Mapping[int, Sequence[Row]], rows: Mapping[str, Sequence[Row]], schedule: str, on: date | None
) -> Iterator[str]:
    """The days of releases between others that we do not hold, which may have added the code: it has no row on them."""
    every = [row for some in rows.values() for row in some]
    born, last = min((r["from"] for r in every), default="9999"), max((r["through"] for r in every), default="")
    own = rows[schedule]
    for gap in silence.gaps(documents, schedule):
        if gap.before and not gap.silent(lambda day: born <= day, lambda day: silence.covers(own, day)):
            for first, end in silence.uncovered(own, max(gap.first, born), min(gap.last, last)):
                if not on or first <= on.isoformat() <= end:
                    yield f"{first} – {end[5:] if end[:4] == first[:4] else end}"


def _documents(held: Sequence[package.Package], found: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """The documents that the rows came from: the one that was used of each release, and what is not held after it."""
    releases = {(schedule, row["release"]) for schedule, rows in found.items() for row in rows}
    best: dict[tuple[str, str], Row] = {}
    for row in (row for one in held for row in one.rows("documents")):
        at = (row["schedule"], row["release"])
        if at in releases and row["sha256"] and (at not in best or row["form"] == "original"):
            best[at] = row
    yield from best.values()


NATIONAL_LOCALITY = "0000000"


def local(shown: Shown, locality: str, datasets: Path, on: date | None = None) -> list[Row]:
    """The physician rows of a code at the prices of a locality, with the limiting charge of each setting.

    One row for each span of days on which neither the schedule, the indices nor the OPPS cap change; the one of a
    day, if asked for. Raises Usage for a locality
    that no package of those days has.
    """
    found: list[Row] = []
    named: list[str] = []
    listed = _has_caps(shown.code, datasets)
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
            yield (first, _day_before(start)), {}
        yield (start, min(last, cap["through"])), cap
        first = _day_after(min(last, cap["through"]))
    if first <= last:
        yield (first, last), {}


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat()


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


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


def _asked(row: Row, on: date | None, modifier: str | None) -> bool:
    in_force = not on or row["from"] <= on.isoformat() <= row["through"]
    return in_force and (modifier is None or row.get("modifier", "") == modifier)


def _where(on: date | None, modifier: str | None) -> str:
    said: Sequence[str] = [f"on {on.isoformat()}" if on else "", f"with modifier {modifier}" if modifier else ""]
    return " ".join(filter(None, ["the schedules", *said]))
