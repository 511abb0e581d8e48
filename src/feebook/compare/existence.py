"""Whether a code existed on a day, as far as the files prove it; pages and comparisons ask here.

Addendum B of the outpatient schedule and the physician file list every code of their time, so one of them that is held
whole and leaves a code out proves that it did not exist. A day of which only copies are held proves it in two ways: a
source says that the code was replaced, or CMS's own surgery center addenda no longer list a code of category I or III
that stood among their surgical codes, and no other file of the year has it either. Held against the years of which
everything is held (2021 to 2025), the second way was right for all 152 codes that it named; of codes of HCPCS Level II
it would be wrong, for many that leave the addenda go on (24 of 38).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from feebook import codes
from feebook.compare import held
from feebook.compare.held import SCHEDULES
from feebook.compare.loaded import Loaded
from feebook.compare.missing import Gaps, first_days, whole
from feebook.package import Package
from feebook.silence import step, within

Absent = Mapping[str, frozenset[str]]
"""Schedule → codes that did not exist on a day."""

LISTS_EVERY_CODE: Final = ("outpatient", "physician")


def left_out(listed: Container[str], whole: Container[str]) -> bool:
    """Whether a list of every code proves that a code without any row did not exist.

    `listed` are the schedules that have the code at other times, `whole` those that are held whole then. Addendum B
    stands for the surgery centers too: on each January 1 of 2020 to 2025 it had every living code of their addenda.
    """
    physician = "physician" in listed and "physician" in whole
    return physician or ("outpatient" in whole and ("outpatient" in listed or "asc" in listed))


def surgery_ended(code: str, surgical: bool, whole: Container[str], some: Container[str]) -> bool:
    """Whether the surgery centers' addenda prove that a code without any row ended.

    `surgical` tells that it stood among their surgical codes in the year before; `whole` are the schedules that are
    held whole then, `some` those of which anything is held.
    """
    return surgical and "asc" in whole and "physician" in some and codes.system(code) in ("cpt-1", "cpt-3")


def born(entered: str, listing: Iterable[str], gaps: Gaps) -> str:
    """The first day on which a code that entered the files on some day may have existed.

    A file before that day may not be held. One that is held whole, of a schedule that would list the code, tells that
    it was not there yet: `listing` are these schedules.
    """
    before = step(entered, -1)
    found = (within(gaps.get(name, ()), before) for name in listing)
    return max((gap.first if gap else entered for gap in found), default=entered)


def absent(at: Loaded, other: Loaded, missing: Mapping[str, Iterable[str]]) -> Absent:
    """Those codes of `missing`, by schedule, that did not exist on the day of a side; the other side has them all."""
    without = frozenset(code for codes in missing.values() for code in codes if code not in at.known)
    if not without:
        return dict.fromkeys(missing, frozenset())
    years = list(_years(at, other))
    lists = {name: other.listed(name) for name in SCHEDULES}
    listed = {code: frozenset(name for name, names in lists.items() if code in names) for code in sorted(without)}
    proven = {code for code in without if left_out(listed[code], at.whole) or _ended(code, listed[code], years)}
    unproven = {code: listed[code] for code in without - proven}
    return {
        name: frozenset({*proven, *_young(at, name, unproven)}.intersection(codes)) for name, codes in missing.items()
    }


def _young(at: Loaded, schedule: str, listed: Mapping[str, Container[str]]) -> Iterator[str]:
    """Those codes that were not there yet on the day of a side, each with the schedules that list it.

    By the lists of every code, and by the surgery centers' addenda where they have a code from its first day on.
    """
    day = at.days.get(schedule, at.side.day).isoformat()
    entered = {code: at.entered[code] for code in listed if code in at.entered}
    years = {first[:4] for first in entered.values()} if schedule == "asc" else ()
    own = {year: first_days(at.side.package, schedule, int(year)) for year in sorted(years)}
    for code, first in entered.items():
        listing = {name for name in LISTS_EVERY_CODE if left_out(listed[code], {name})}
        listing |= {schedule} if first[:4] in own and own[first[:4]].get(code) == first else set()
        if day < born(first, listing, at.gaps):
            yield code


@dataclass(frozen=True)  # without slots, so that the addenda of the year before are read only when they are asked for
class _Year:
    """January 1 of a year: the codes of the year, the schedules held whole then and those of which anything is held."""

    package: Package
    names: Container[str]
    whole: Container[str]
    some: Container[str]

    @cached_property
    def surgical_before(self) -> Container[str]:
        """The surgical codes of the surgery centers in the year before."""
        return held.surgical(Package(self.package.folder.parent / str(self.package.year - 1)))

    def ended(self, code: str, listed: Container[str]) -> bool:
        """Whether the files of the year prove that a code that no row names has ended."""
        if left_out(listed, self.whole):
            return True
        return "asc" in self.whole and surgery_ended(code, code in self.surgical_before, self.whole, self.some)


def _years(at: Loaded, other: Loaded) -> Iterator[_Year]:
    """The years after the day of the other side, up to the one of this side."""
    for year in range(other.side.day.year + 1, at.side.day.year + 1):
        package = Package(at.side.package.folder.parent / str(year))
        some = frozenset(name for name in SCHEDULES if package.path(name).exists())
        first, last = date(year, 1, 1), date(year, 12, 31)
        names = at.known if year == at.side.day.year else held.known(package, first, last)
        yield _Year(package, names, whole(at.gaps, first), some)


def _ended(code: str, listed: Container[str], years: Iterable[_Year]) -> bool:
    """Whether the files of years that follow prove that a code ended, and none has it again."""
    ended = False
    for year in years:
        ended = code not in year.names and (ended or year.ended(code, listed))
    return ended
