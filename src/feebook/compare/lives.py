"""On which days the packages of a folder have a code, of some codes or of all."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from feebook.compare.families import Family
from feebook.compare.held import SCHEDULES
from feebook.compare.missing import Gaps
from feebook.existence import Entry, Files, Life, life
from feebook.package import Package, years

Turns = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""Code → the days on which a source says that it came in place of others, and those on which it was replaced."""


def turns(families: Iterable[Family]) -> Turns:
    """The days of the replacements that families tell of, by code."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for one in (one for family in families for one in family.replacements):
        for at, names in enumerate((one.after, one.before)):
            for code in names:
                found.setdefault(code, ([], []))[at].append(one.date.isoformat())
    return {code: (tuple(came), tuple(left)) for code, (came, left) in found.items()}


@dataclass(frozen=True, slots=True)
class Lives:
    """The rows of codes in the packages of a folder, with what sources say of the codes; `some` are the years and
    schedules of which anything is held."""

    some: frozenset[tuple[int, str]]
    turns: Turns
    entries: Mapping[str, list[Entry]]

    def of(self, code: str, gaps: Gaps, listed: Iterable[str] = (), seen: str = "") -> Life:
        """The life of a code; `listed` names schedules that have it elsewhere, `seen` is a day of which it is known
        where the folder has no row of it."""
        came, left = self.turns.get(code, ((), ()))
        rows = self.entries.get(code) or ([("", "", seen, seen, "")] if seen else [])
        return life(code, Files(gaps, self.some), rows, came, left, listed)


def lives(folder: Path, families: Iterable[Family], wanted: Container[str] | None = None) -> Lives:
    """The codes of a folder of packages, all or those that are wanted."""
    packages = [Package(folder / str(year)) for year in years(folder)]
    held = [(one, name) for one in packages for name in SCHEDULES if one.path(name).exists()]
    found: dict[str, list[Entry]] = {}
    for one, name in held:
        for code, entry in _entries(one.path(name), name, wanted):
            found.setdefault(code, []).append(entry)
    return Lives(frozenset((one.year, name) for one, name in held), turns(families), found)


def _entries(path: Path, schedule: str, wanted: Container[str] | None) -> Iterator[tuple[str, Entry]]:
    """The rows of a resource without its figures.

    A row of a schedule is one line whose first fields hold codes and days alone: the rest need not be taken apart.
    """
    with path.open(encoding="utf-8", newline="") as file:
        names = next(file).rstrip("\r\n").split(",")
        places = [names.index(name) if name in names else -1 for name in ("modifier", "from", "through", "addendum")]
        cut = max(places) + 1
        for line in file:
            code = line.partition(",")[0]
            if wanted is None or code in wanted:
                modifier, first, last, addendum = _fields(line.rstrip("\r\n").split(",", cut), places)
                yield code, (schedule, modifier, first, last, addendum)


def _fields(fields: list[str], places: list[int]) -> list[str]:
    return [fields[at] if at >= 0 else "" for at in places]
