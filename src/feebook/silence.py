"""Days of a schedule of which no file is held whole, and whether a code without a row then is known to be on none.

A release that is not held may have added a code. What stands in the files before it is carried on, since most of a
schedule holds for its year; what does not stand in them is not known to be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple, TypeVar

PARTIAL: Final = ("secondary", "excerpt", "not held")
"""Forms of a document whose silence about a code says nothing."""


class Span(NamedTuple):
    """Some days, both ends included."""

    first: str
    last: str


EVER: Final = Span("0001-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Gap:
    """Days from `first` to `last` without a file that is held whole.

    `before` and `after` are the nearest days that have one; both are empty where the gap reaches into a year without
    a package.
    """

    first: str
    last: str
    before: str
    after: str

    def silent(self, existed: Callable[[str], bool], listed: Callable[[str], bool]) -> bool:
        """True for a code that existed before the gap and that the files of neither side list."""
        return (
            bool(self.before and self.after)
            and existed(self.before)
            and not (listed(self.before) or listed(self.after))
        )


def gaps(documents: Mapping[int, Iterable[Mapping[str, str]]], schedule: str) -> tuple[Gap, ...]:
    """The gaps of a schedule, ascending, from the documents of each year package; what no package is of is one too."""
    whole: dict[str, bool | None] = {EVER.first: None}
    for year in sorted(documents):
        january = f"{year}-01-01"
        whole[january] = False
        if year + 1 not in documents:
            whole[f"{year + 1}-01-01"] = None
        for row in documents[year]:
            if row.get("kind") == "schedule" and row["schedule"] == schedule:
                day = max(row["effective_from"], january)
                whole[day] = bool(whole.get(day)) or bool(row["sha256"] and row["form"] not in PARTIAL)
    runs = [(held, list(run)) for held, run in groupby(sorted(whole.items()), lambda item: item[1] is True)]
    found = []
    for (held, run), after in zip(runs, [*(run[0][0] for _, run in runs[1:]), ""], strict=True):
        if not held:
            first, last = run[0][0], step(after, -1) if after else EVER.last
            inside = all(there is not None for _, there in run)
            found.append(Gap(first, last, step(first, -1) if inside else "", after if inside else ""))
    return tuple(found)


def within(gaps: Iterable[Gap], day: str) -> Gap | None:
    """The gap that a day lies in, if it lies in one."""
    return next((gap for gap in gaps if gap.first <= day <= gap.last), None)


Days = TypeVar("Days", Gap, Span)


def pieces(found: Iterable[Days], first: str, last: str) -> Iterator[tuple[str, str, Days | None]]:
    """Some days in pieces, each within one gap or span of those given in their order, or outside of all (None)."""
    for gap in found:
        if gap.last < first or gap.first > last:
            continue
        if gap.first > first:
            yield first, step(gap.first, -1), None
        end = min(last, gap.last)
        yield max(first, gap.first), end, gap
        if end == last:
            return
        first = step(end, 1)
    yield first, last, None


def covers(rows: Iterable[Mapping[str, str]], day: str) -> bool:
    """True when one of the rows is in force on a day."""
    return any(row["from"] <= day <= row["through"] for row in rows)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans ascending and apart from each other: those that meet or overlap are one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and (first <= found[-1].last or first == step(found[-1].last, 1)):
            found[-1] = Span(found[-1].first, max(last, found[-1].last))
        else:
            found.append(Span(first, last))
    return tuple(found)


def uncovered(spans: Iterable[Span], first: str, last: str) -> Iterator[Span]:
    """The days from one to another that none of some spans has, given in their order and apart from each other."""
    for start, end, span in pieces(spans, first, last):
        if span is None:
            yield Span(start, end)


@lru_cache(maxsize=1 << 12)
def step(day: str, days: int) -> str:
    """The day some days later, or before."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
