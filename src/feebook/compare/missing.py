"""What the packages beside a day say of the rows that it does not have: a file that is not held may have had them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

import pandas as pd

from feebook.compare import held
from feebook.compare.held import SCHEDULES
from feebook.package import Package, years
from feebook.silence import Gap, gaps, within

Key = tuple[str, str]
"""Code and modifier; schedules without modifiers have the empty one."""

Gaps = Mapping[str, tuple[Gap, ...]]
"""Schedule → the days without a file of CMS's own that is held whole."""


def gaps_of(package: Package) -> Gaps:
    """The gaps of each schedule, by the documents of a package and of those beside it; none where it names none."""
    if not package.path("documents").exists():
        return {}
    documents = {one.year: one.rows("documents") for one in (*beside(package), package)}
    return {name: gaps(documents, name) for name in SCHEDULES}


def whole(found: Gaps, day: date) -> frozenset[str]:
    """The schedules of which CMS's own files of a day are held whole: what they leave out was not there."""
    return frozenset(name for name, some in found.items() if within(some, day.isoformat()) is None)


def left_out(package: Package, schedule: str, gap: Gap, rows: Iterable[Key]) -> frozenset[Key]:
    """Those rows that a schedule is known not to have on the days of a gap, by the files on either side of it."""
    if not (gap.before and gap.after):
        return frozenset()
    listed = {day: _listed(package, schedule, day) for day in (gap.before, gap.after)}
    last = date.fromisoformat(gap.before)
    existed = {code for one in beside(package) if one.year <= last.year for code in held.known(one, date.min, last)}
    return frozenset(row for row in rows if _is_out(row, gap, existed, listed))


def _is_out(row: Key, gap: Gap, existed: Container[str], listed: Mapping[str, Container[Key]]) -> bool:
    return gap.silent(lambda _: row[0] in existed, lambda day: row in listed[day])


def _listed(package: Package, schedule: str, day: str) -> frozenset[Key]:
    """The rows of a schedule on a day, in the package of its year."""
    path = _of_year(package, int(day[:4])).path(schedule)
    if not path.exists():
        return frozenset()
    wanted = {"code", "modifier", "from", "through"}
    frame = pd.read_csv(path, dtype=object, na_filter=False, usecols=lambda name: name in wanted)
    frame = frame[(frame["from"] <= day) & (frame["through"] >= day)]
    modifiers = frame["modifier"] if "modifier" in frame else [""] * len(frame)
    return frozenset(zip(frame["code"], modifiers, strict=True))


def entered(package: Package, day: date) -> dict[str, str]:
    """Code → the first day after one day of which some schedule has it, of the codes that enter after that day."""
    found: dict[str, str] = {}
    for one in (one for one in reversed(beside(package)) if one.year >= day.year and one.path("codes").exists()):
        frame = pd.read_csv(one.path("codes"), dtype=object, na_filter=False, usecols=["code", "first_seen"])
        later = frame[frame["first_seen"] > day.isoformat()]
        found.update(zip(later["code"], later["first_seen"], strict=True))
    return found


def first_days(package: Package, schedule: str, year: int) -> Mapping[str, str]:
    """Code → the first day of a year of which a schedule has it."""
    path = _of_year(package, year).path(schedule)
    if not path.exists():
        return {}
    frame = pd.read_csv(path, dtype=object, na_filter=False, usecols=["code", "from"]).sort_values("from")
    first = frame.drop_duplicates("code")
    return dict(zip(first["code"], first["from"], strict=True))


def beside(package: Package) -> list[Package]:
    """The packages of a folder, in the order of their years."""
    return [_of_year(package, year) for year in years(package.folder.parent)]


def _of_year(package: Package, year: int) -> Package:
    return Package(package.folder.parent / str(year))
