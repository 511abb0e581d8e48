"""All settings and years of one code, ready to print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from feebook import absence, codes, package
from feebook.amounts import half_up
from feebook.compare.capped import is_listed
from feebook.compare.families import Replacement, families
from feebook.compare.lives import turns
from feebook.errors import Usage
from feebook.existence import Files, Life, Silence, entries, life
from feebook.package import Row
from feebook.schedules import caps
from feebook.show.unknown import COPY, silent_days, unknown_days
from feebook.silence import Span, gaps

SCHEDULES = ("physician", "asc", "outpatient")


@dataclass(frozen=True, slots=True)
class Shown:
    """A code with its rows by schedule, oldest first, the documents that they came from, and the days not held.

    `silences` are the days without a row of each schedule, with the reason; `gaps` are in words those of them of which
    nothing is held, or only a copy by others that does not have the code.
    `pairs` are the pairs of procedures with the code for which a hospital is paid more. `ended` says when the code was
    deleted and what took its place, where a family knows it.
    `notes` say where Medicare pays less than a physician row, under the OPPS cap on imaging.
    """

    code: str
    years: tuple[int, ...]
    schedules: dict[str, tuple[Row, ...]]
    documents: tuple[Row, ...]
    gaps: dict[str, tuple[str, ...]]
    silences: dict[str, tuple[Silence, ...]]
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
    lived = _life(code, every, kept, rows)
    span = Span(f"{held[0].year}-01-01", f"{held[-1].year}-12-31")
    part = modifier or min((row["modifier"] for row in rows["physician"]), default="")
    day = on.isoformat() if on else ""
    silences = {name: silent_days(lived, name, part if name == "physician" else "", span, day) for name in speaking}
    unknown = {name: unknown_days(silences[name], kept, name, day) for name in speaking}
    if not any(found.values()):
        raise Usage(_nowhere(code, on, modifier, silences, unknown, ended, [one.year for one in held]))
    documents, pairs = tuple(_documents(held, found)), tuple(_pairs(held, code, on))
    notes = tuple(_cap_notes(found["physician"], is_listed(code, every)))
    return Shown(code, tuple(years), found, documents, unknown, silences, on, pairs, ended, notes)


def _life(
    code: str,
    every: Sequence[package.Package],
    documents: Mapping[int, Sequence[Row]],
    rows: Mapping[str, Sequence[Row]],
) -> Life:
    held = frozenset((one.year, name) for one in every for name in SCHEDULES if one.path(name).exists())
    files = Files({name: gaps(documents, name) for name in SCHEDULES}, held)
    found = (entry for name in SCHEDULES for entry in entries(name, rows[name]))
    return life(code, files, found, *turns(families()).get(code, ((), ())))


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
    silences: Mapping[str, Sequence[Silence]],
    gaps: Mapping[str, Sequence[str]],
    ended: Replacement | None,
    years: Sequence[int],
) -> str:
    """Why nothing is shown: the code was deleted, the day is not held, or no file has the code."""
    if on and ended and on >= ended.date:
        return told(code, ended)
    if on and all(status == absence.NO_CODE for found in silences.values() for _, _, status in found):
        return f"{code}: no such code on {on.isoformat()}, as the files held prove"
    if on and all(gaps.values()):
        copies = any(COPY in gap for found in gaps.values() for gap in found)
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


def _pairs(held: Sequence[package.Package], code: str, on: date | None) -> Iterator[Row]:
    """The pairs that have the code second, then those that have it first."""
    for column in ("secondary", "primary"):
        for row in (row for one in held for row in one.rows("packaging_pairs", code, column)):
            twice = column == "primary" and row["secondary"] == code
            if _asked(row, on, None) and not twice:
                yield row


def _documents(held: Sequence[package.Package], found: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """The documents that the rows came from: the one that was used of each release, and what is not held after it."""
    releases = {(schedule, row["release"]) for schedule, rows in found.items() for row in rows}
    best: dict[tuple[str, str], Row] = {}
    for row in (row for one in held for row in one.rows("documents")):
        at = (row["schedule"], row["release"])
        if at in releases and row["sha256"] and (at not in best or row["form"] == "original"):
            best[at] = row
    yield from best.values()


def _asked(row: Row, on: date | None, modifier: str | None) -> bool:
    in_force = not on or row["from"] <= on.isoformat() <= row["through"]
    return in_force and (modifier is None or row.get("modifier", "") == modifier)


def _where(on: date | None, modifier: str | None) -> str:
    said: Sequence[str] = [f"on {on.isoformat()}" if on else "", f"with modifier {modifier}" if modifier else ""]
    return " ".join(filter(None, ["the schedules", *said]))
