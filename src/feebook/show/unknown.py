"""The days of a schedule of which it is not known what it says of a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from feebook import package, silence
from feebook.compare.families import Replacement
from feebook.package import Row
from feebook.silence import step

COPY = "in part, by a copy without this code"


def unknown_days(
    held: Sequence[package.Package],
    documents: Mapping[int, Sequence[Row]],
    rows: Mapping[str, Sequence[Row]],
    schedule: str,
    code: str,
    on: date | None,
    ended: Replacement | None,
) -> tuple[str, ...]:
    """The days of a schedule on which it is not known what it says of a code, in words, ascending; those of one day.

    `held` are the packages asked about, `documents` those of every year, `rows` all rows of the code by schedule.
    """
    return tuple(sorted({*_gaps(held, schedule, code, on, ended), *_between(documents, rows, schedule, on)}))


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
        yield f"{one.year}-01-01", step(first, -1), ""
    rows = one.rows(schedule, code)
    for start, following in pairwise([*starts, f"{one.year + 1}-01-01"]):
        last = step(following, -1)
        forms = {row["form"] for row in documents if max(row["effective_from"], f"{one.year}-01-01") == start}
        if forms == {"secondary"} and not any(row["from"] <= last and row["through"] >= start for row in rows):
            yield start, last, f" (held {COPY})"


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
