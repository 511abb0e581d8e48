"""Two versions of a year's package side by side: what CMS or we have restated since.

A version is a folder (`datasets/2024`) or a folder as it was at a version of its package or a commit of the repository
it lies in (`datasets/2024@2024.3.0`, `datasets/2024@v1.0`).
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

from feebook.compare import kinds
from feebook.compare.change import Change
from feebook.compare.comparison import Comparison, between
from feebook.compare.days import CompareError, Side
from feebook.compare.held import SCHEDULES
from feebook.compare.loaded import load
from feebook.package import Package


@dataclass(frozen=True, slots=True)
class Restated:
    """What differs between two versions from a day on: the whole comparison of that day, and the rows that are news.

    A row that already differed so on the day before is not repeated; the first day is there also without rows.
    """

    comparison: Comparison
    rows: tuple[Change, ...]


def is_version(asked: object) -> bool:
    """True for a text that means a folder, or a folder at a version."""
    return isinstance(asked, str) and ("/" in asked or "@" in asked)


def restatements(
    a: str, b: str, *, schedule: str | None = None, wanted: frozenset[str] | None = None
) -> tuple[Restated, ...]:
    """What differs between two versions of one year's package, on each day on which a segment begins in either.

    Raises CompareError for a version that is not there and for packages of two years.
    """
    with ExitStack() as open_:
        one, two = (open_.enter_context(_opened(text)) for text in (a, b))
        years = [_descriptor(held, text)["name"].removeprefix("feebook-") for held, text in ((one, a), (two, b))]
        if years[0] != years[1]:
            raise CompareError(f"{a} and {b} are packages of {years[0]} and {years[1]}; compare the years instead")
        schedules = (schedule,) if schedule else tuple(SCHEDULES)
        return tuple(_restated((a, one), (b, two), schedules, wanted))


def _restated(
    one: tuple[str, Package], two: tuple[str, Package], schedules: tuple[str, ...], wanted: frozenset[str] | None
) -> Iterator[Restated]:
    told: dict[tuple[str, ...], tuple[object, ...]] = {}
    days = sorted(_first_days(one[1], schedules) | _first_days(two[1], schedules))
    for day in days:
        left, right = (load(Side(text, date.fromisoformat(day), held), schedules, wanted) for text, held in (one, two))
        found = between(left, right, schedules, "paid", Decimal(0), Decimal(0))
        differing = [row for row in found.rows if row.kind != kinds.SAME and not _unknown_in_both(row)]
        news = tuple(row for row in differing if told.get(_key(row)) != _said(row))
        told = {_key(row): _said(row) for row in differing}
        if news or day == days[0]:
            yield Restated(found, news)


def _unknown_in_both(row: Change) -> bool:
    """What neither version knows was not restated."""
    return row.kind == kinds.NOT_HELD and row.before_status == row.after_status


def _key(row: Change) -> tuple[str, ...]:
    return row.code, row.modifier, row.track, row.measure


def _said(row: Change) -> tuple[object, ...]:
    return row.kind, row.before, row.after, row.before_status, row.after_status, row.note


def _first_days(held: Package, schedules: Iterable[str]) -> set[str]:
    paths = [held.path(name) for name in schedules if held.path(name).exists()]
    return {day for path in paths for day in pd.read_csv(path, dtype=object, na_filter=False, usecols=["from"])["from"]}


@contextmanager
def _opened(text: str) -> Iterator[Package]:
    """The package that a text means, for as long as it is read."""
    place, _, version = text.partition("@")
    folder = Path(place)
    if not (folder / "datapackage.json").exists():
        raise CompareError(f"{place}: no package there (a folder with a datapackage.json was due)")
    held = Package(folder.resolve())
    if not version or version == _descriptor(held, text)["version"]:
        yield held
        return
    commit = _commit(held.folder, version)
    with tempfile.TemporaryDirectory() as temporary:
        yield _at(commit, held.folder, Path(temporary))


def _descriptor(held: Package, text: str) -> dict[str, str]:
    said = held.descriptor()
    if not {"name", "version"} <= set(said):
        raise CompareError(f"{text}: its datapackage.json has no name and version")
    return said


def _commit(folder: Path, version: str) -> str:
    """The last commit at which the package had the version; else the commit that the text names."""
    known: list[str] = []
    for commit in _git(folder, "log", "--format=%H", "--", "datapackage.json").split():
        found = json.loads(_git(folder, "show", f"{commit}:./datapackage.json") or "{}").get("version", "")
        if found == version:
            return commit
        known += [found] if found and found not in known else []
    named = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{version}^{{commit}}").strip()
    if not named:
        raise CompareError(f"{folder.name}@{version}: no such version; there are {', '.join(known) or 'none'}")
    return named


def _at(commit: str, folder: Path, temporary: Path) -> Package:
    """The package as it was at a commit, in a folder of its own."""
    place = temporary / folder.name
    place.mkdir()
    for name in _git(folder, "ls-tree", "--name-only", commit, "./").split():
        if name.endswith((".csv", ".json")):
            (place / Path(name).name).write_text(_git(folder, "show", f"{commit}:./{Path(name).name}"), "utf-8")
    if not (place / "datapackage.json").exists():
        raise CompareError(f"{folder.name}: no package at {commit[:12]}")
    return Package(place)


def _git(folder: Path, *words: str) -> str:
    """What git says in a folder; nothing where it fails."""
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False, encoding="utf-8")
    return done.stdout if done.returncode == 0 else ""
