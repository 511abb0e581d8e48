"""The days of a schedule on which a code has no row, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from feebook import absence
from feebook.existence import Life, Silence
from feebook.package import Row
from feebook.silence import Span, pieces, step

COPY = "in part, by a copy without this code"


def unknown_days(
    silences: Sequence[Silence], documents: Mapping[int, Sequence[Row]], schedule: str, on: str
) -> tuple[str, ...]:
    """The days of which it is not known what a schedule says of a code, in words; those around one day if asked for.

    A copy by others leaves codes out: where only one is held, it is named. `documents` are those of every year.
    """
    copies = tuple(_copies(documents, schedule))
    return tuple(
        days(start, end) + (f" (held {COPY})" if copy else "")
        for first, last, status in silences
        if status == absence.NO_SOURCE
        for start, end, copy in pieces(copies, first, last)
        if not on or start <= on <= end
    )


def silent_days(life: Life, schedule: str, modifier: str, span: Span, on: str) -> tuple[Silence, ...]:
    """The days without a row, those of a span or of it those around one day; a stretch may be of several years."""
    found = life.silences(schedule, *span, modifier)
    return tuple(one for one in found if not on or one[0] <= on <= one[1])


def days(first: str, last: str) -> str:
    """`2026-01-01 – 06-30`, or with both years where they differ; of one day, that day."""
    if first == last:
        return first
    return f"{first} – {last[5:] if last[:4] == first[:4] else last}"


def _copies(documents: Mapping[int, Sequence[Row]], schedule: str) -> Iterator[Span]:
    """The days of which only a copy by others is held."""
    forms: dict[str, set[str]] = {}
    for year, rows in documents.items():
        for row in rows:
            if row["schedule"] == schedule:
                day = max(row["effective_from"], f"{year}-01-01")
                forms.setdefault(day, set()).add(row["form"] if row["sha256"] else "")
    starts = sorted({*forms, *(f"{year + 1}-01-01" for year in documents)})
    for first, following in pairwise(starts):
        if forms.get(first) == {"secondary"}:
            yield Span(first, step(following, -1))
