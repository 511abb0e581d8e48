"""Families: codes that belong together and what took the place of what, read from `extract/families.toml`.

A replacement links, many-to-many and with its source; it never carries an amount or a percentage over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from feebook import codes as forms
from feebook import project
from feebook.compare.days import CompareError

CONFIDENCE: Final = {
    "A": "read in a CMS file or on the AMA's pages",
    "B": "two or more secondary sources",
    "C": "one secondary source",
    "D": "no source: the old codes leave CMS's files on the day on which the new ones enter",
}

_DIGITS: Final = re.compile(r"([A-Z]?)(\d+)([A-Z]?)")


@dataclass(frozen=True, slots=True)
class Replacement:
    """Codes that ended the day before `date` and those to look at from then on, with the source that says so."""

    date: date
    before: frozenset[str]
    after: frozenset[str]
    source: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A group of codes under a label of our own. `aliases` are short names in common use, by which it is found."""

    slug: str
    label: str
    codes: frozenset[str]
    replacements: tuple[Replacement, ...] = ()
    aliases: tuple[str, ...] = ()


def expand(one: str) -> list[str]:
    """The codes of a range, both ends included: `37220-37222`, `0501T-0504T`, `G0316-G0318`; of one code, itself.

    Raises CompareError for a text that is neither.
    """
    first, _, last = one.strip().upper().partition("-")
    ends = _DIGITS.fullmatch(first), _DIGITS.fullmatch(last or first)
    if not (forms.is_code(first) and forms.is_code(last or first) and ends[0] and ends[1]):
        raise CompareError(f"{one!r} is no code (37252) and no range of codes (37220-37235)")
    (before, low, after), (*others, high) = ends[0].groups(), (ends[1][1], ends[1][3], ends[1][2])
    if [before, after] != others or int(low) > int(high):
        raise CompareError(f"{one!r} is no range of codes: both ends must be of one kind, the lower one first")
    return [f"{before}{number:0{len(low)}d}{after}" for number in range(int(low), int(high) + 1)]


def families(path: Path | None = None) -> tuple[Family, ...]:
    """Every family of the file, in its order. Raises CompareError naming what is not understood."""
    path = path or project.folder("extract") / "families.toml"
    if not path.exists():
        return ()
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    found = tuple(_family(path.name, one) for one in said.pop("family", []))
    if said:
        raise CompareError(f"{path.name}: {', '.join(said)} is not known; only [[family]] is")
    slugs = [family.slug for family in found]
    twice = [slug for slug in slugs if slugs.count(slug) > 1]
    if twice:
        raise CompareError(f"{path.name}: two families are called {twice[0]}")
    return found


def _family(file: str, said: Mapping[str, Any]) -> Family:
    where = f"{file}: {said.get('slug', 'a family without a slug')}"
    _known(where, said, {field.name for field in fields(Family)} - {"replacements"} | {"replacement"})
    replacements = tuple(_replacement(where, one) for one in said.get("replacement", []))
    codes = _codes(said["codes"])
    strange = {code for one in replacements for code in one.before} - codes
    if strange:
        raise CompareError(f"{where}: {', '.join(sorted(strange))} is replaced and not in the family")
    return Family(said["slug"], said["label"], codes, replacements, tuple(said.get("aliases", ())))


def _replacement(where: str, said: Mapping[str, Any]) -> Replacement:
    _known(where, said, {"date", "from", "to", "source", "confidence", "note"})
    if said["confidence"] not in CONFIDENCE:
        raise CompareError(f"{where}: confidence {said['confidence']!r}; there are {', '.join(CONFIDENCE)}")
    before, after = _codes(said["from"]), _codes(said["to"])
    return Replacement(said["date"], before, after, said["source"], said["confidence"], said.get("note", ""))


def _known(where: str, said: Mapping[str, Any], keys: set[str]) -> None:
    unknown, missing = sorted(set(said) - keys), sorted(keys - {"note", "replacement", "aliases"} - set(said))
    if unknown or missing:
        raise CompareError(f"{where}: not known: {', '.join(unknown) or '-'}; missing: {', '.join(missing) or '-'}")


def _codes(said: Iterable[str]) -> frozenset[str]:
    return frozenset(code for one in said for code in expand(one))


@dataclass(frozen=True, slots=True)
class Links:
    """The replacements that fall between two days: code → the codes on the other side of it."""

    after: Mapping[str, tuple[str, ...]]
    before: Mapping[str, tuple[str, ...]]


def links(every: Iterable[Family], first: date, last: date) -> Links:
    """What took the place of what after the first day and by the last one."""
    after: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    for one in (one for family in every for one in family.replacements if first < one.date <= last):
        for code in one.before:
            after.setdefault(code, set()).update(one.after)
        for code in one.after:
            before.setdefault(code, set()).update(one.before)
    return Links(*({code: tuple(sorted(to)) for code, to in side.items()} for side in (after, before)))
