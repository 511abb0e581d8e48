"""Why a schedule has no row of a code on a day, as far as the files prove it: pages, comparisons and `show` ask here.

Addendum B of the outpatient schedule and the physician file list every code of their time, so one of them that is held
whole and leaves a code out proves that it did not exist. Addendum B stands for the surgery centers too: on each
January 1 of 2020 to 2025 it had every living code of their addenda. Of days on which only copies are held two more
things prove it: a source says that the code was replaced, or that it came in place of others; and CMS's own surgery
center addenda no longer list a code of category I or III that stood among their surgical codes, and no other file of
the year has it either. Held against the years of which everything is held (2021 to 2025), the last was right for all
152 codes that it named; of codes of HCPCS Level II it would be wrong, for many that leave the addenda go on (24 of 38).

Whether a code existed is asked of the code, not of a schedule: what holds in one setting holds in all. That a code
enters the surgery centers' addenda on the first day on which any file held has it proves nothing of the days before:
where everything is held, 2 of 261 codes that entered them inside a year stood in Addendum B before.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from feebook import absence, codes
from feebook.silence import EVER, Gap, Span, joined, pieces, step, uncovered, within

LISTS_EVERY_CODE: Final = ("outpatient", "physician")

SURGICAL: Final = ("AA", "EE")
"""The addenda of the surgery centers' schedule that list surgical codes."""

Silence = tuple[str, str, str]
"""First day, last day and why there is no row."""


def left_out(listed: Container[str], whole: Container[str]) -> bool:
    """Whether a list of every code proves that a code without any row did not exist.

    `listed` are the schedules that have the code at other times, `whole` those that are held whole then.
    """
    physician = "physician" in listed and "physician" in whole
    return physician or ("outpatient" in whole and ("outpatient" in listed or "asc" in listed))


@dataclass(frozen=True, slots=True)
class Files:
    """What is held of the schedules: days without a file that is held whole, and years of which anything is held."""

    gaps: Mapping[str, tuple[Gap, ...]]
    some: frozenset[tuple[int, str]] = frozenset()

    def gap(self, schedule: str, day: str) -> Gap | None:
        """The gap of a schedule that a day lies in; None where the files of that day are held whole."""
        return within(self.gaps.get(schedule, ()), day)


@dataclass(frozen=True)  # without slots, so that what is proven is worked out once, and only when it is asked for
class Life:
    """The days on which the files have a code, by schedule and modifier, ascending and apart from each other.

    `listed` are the schedules that have it at any time, `surgical` the years in which it stood among the surgical codes
    of the surgery centers. By a source it came in place of others on the days `came`, and was replaced on those of
    `left`.
    """

    code: str
    files: Files
    days: Mapping[tuple[str, str], tuple[Span, ...]]
    listed: frozenset[str]
    surgical: frozenset[int] = frozenset()
    came: Sequence[str] = ()
    left: Sequence[str] = ()

    def why(self, schedule: str, day: str, modifier: str = "") -> str:
        """Why the schedule has no row on a day."""
        ((_, _, status),) = self._reasons(schedule, modifier, day, day)
        return status

    def silences(self, schedule: str, first: str, last: str, modifier: str = "") -> Iterator[Silence]:
        """The days from one to another without a row, ascending; neighbours of one reason are one."""
        waiting: Silence | None = None
        for start, end in uncovered(self.days.get((schedule, modifier), ()), first, last):
            for one in self._reasons(schedule, modifier, start, end):
                if waiting and waiting[2] == one[2] and step(waiting[1], 1) == one[0]:
                    waiting = waiting[0], one[1], one[2]
                    continue
                if waiting:
                    yield waiting
                waiting = one
        if waiting:
            yield waiting

    def gone(self, first: str, last: str) -> bool:
        """Whether the code did not exist on any of these days."""
        return any(span.first <= first and last <= span.last for span in self.absent)

    def _reasons(self, schedule: str, modifier: str, first: str, last: str) -> Iterator[Silence]:
        """Some days without a row in pieces of one reason each."""
        for start, end, gone in pieces(self.absent, first, last):
            if gone:
                yield start, end, absence.NO_CODE
                continue
            for one, two, gap in pieces(self.files.gaps.get(schedule, ()), start, end):
                yield one, two, self._silent(schedule, modifier, gap)

    def _silent(self, schedule: str, modifier: str, gap: Gap | None) -> str:
        """Of a code that may have existed: a file not held may have listed it, unless those on both sides do not."""
        if gap and not (self._seen and gap.silent(self._existed, lambda day: self._has(schedule, modifier, day))):
            return absence.NO_SOURCE
        return absence.NOT_ON_ASC_LIST if schedule == "asc" else absence.NOT_PUBLISHED

    def _existed(self, day: str) -> bool:
        return self._seen[0].first <= day

    def _has(self, schedule: str, modifier: str, day: str) -> bool:
        return any(first <= day <= last for first, last in self.days.get((schedule, modifier), ()))

    @cached_property
    def _seen(self) -> tuple[Span, ...]:
        """The days on which any schedule has the code."""
        return joined(span for spans in self.days.values() for span in spans)

    @cached_property
    def _lists(self) -> tuple[str, ...]:
        """The schedules that would list the code on any day on which it exists, as far as their gaps are known."""
        return tuple(name for name in LISTS_EVERY_CODE if name in self.files.gaps and left_out(self.listed, {name}))

    @cached_property
    def absent(self) -> tuple[Span, ...]:
        """The days on which the code is proven not to have existed."""
        return joined(self._absent())

    def _absent(self) -> Iterator[Span]:
        if not self._seen:  # what no day has is known not to be there on the days of the lists alone
            for name in self._lists:
                for first, last, gap in pieces(self.files.gaps[name], *EVER):
                    if gap is None:
                        yield Span(first, last)
            return
        born = self._born(self._seen[0].first)
        came = max((day for day in self.came if born <= day <= self._seen[0].first), default=born)
        if born > EVER.first:
            yield Span(EVER.first, step(came, -1))
        for one, two in pairwise(self._seen):
            ended, born = self._ended(step(one.last, 1)), self._born(two.first)
            if ended < born:
                yield Span(ended, step(born, -1))
        over = step(self._seen[-1].last, 1)
        ended = min(self._ended(over), *self._left(over))
        if ended <= EVER.last:
            yield Span(ended, EVER.last)

    def _born(self, entered: str) -> str:
        """The first day on which a code that entered the files on some day may have existed.

        A list of every code that is held whole the day before tells that it was not there yet.
        """
        found = (self.files.gap(name, step(entered, -1)) for name in self._lists)
        return max((gap.first if gap else entered for gap in found), default=EVER.first)

    def _ended(self, first: str) -> str:
        """The first day, from one on which it has no row, on which a list of every code proves that it ended."""
        found = (self.files.gap(name, first) for name in self._lists)
        return min((_after(gap) if gap else first for gap in found), default=_NEVER)

    def _left(self, first: str) -> Iterator[str]:
        """The days, from the first after its last row on, on which something else proves that it ended."""
        yield _NEVER
        yield from (max(first, day) for day in self.left)
        if codes.system(self.code) in ("cpt-1", "cpt-3"):
            for year in self.surgical:
                january = f"{year + 1}-01-01"
                whole = "asc" in self.files.gaps and not self.files.gap("asc", january)
                if january >= first and whole and (year + 1, "physician") in self.files.some:
                    yield january


_NEVER: Final = "never"
"""Later than any day."""


def _after(gap: Gap) -> str:
    return step(gap.last, 1) if gap.last < EVER.last else _NEVER


Entry = tuple[str, str, str, str, str]
"""Schedule, modifier, first and last day, and the addendum of the surgery centers' schedule."""


def entries(schedule: str, rows: Iterable[Mapping[str, str]]) -> Iterator[Entry]:
    """The rows of a schedule without their figures."""
    for row in rows:
        yield schedule, row.get("modifier", ""), row["from"], row["through"], row.get("addendum", "")


def life(
    code: str,
    files: Files,
    held: Iterable[Entry],
    came: Sequence[str] = (),
    left: Sequence[str] = (),
    listed: Iterable[str] = (),
) -> Life:
    """The life of a code from its rows; `listed` names schedules that have it elsewhere than in these files."""
    days: dict[tuple[str, str], list[Span]] = {}
    surgical = set()
    for schedule, modifier, first, last, addendum in held:
        days.setdefault((schedule, modifier), []).append(Span(first, last))
        if addendum in SURGICAL:
            surgical.add(int(first[:4]))
    spans = {key: joined(found) for key, found in days.items()}
    return Life(code, files, spans, frozenset({*listed, *(name for name, _ in spans)}), frozenset(surgical), came, left)
