"""All settings of a code at a glance: a column for each year, two where the physician factor moved inside it.

A cell shows what holds on the first day of its column; where the file of that day is not held, on the first that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from feebook import absence
from feebook.compare.kinds import same_class
from feebook.publish import figures
from feebook.publish.book import Book
from feebook.publish.lines import Block, Line, Setting


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of dates under one heading, with the physician factor that most physicians were paid at."""

    year: str
    part: str
    first: str
    last: str
    factor: str
    track: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one setting shows over `span` columns. `more` counts the other amounts inside the column, `late` is the
    first day held where that is not the first of the column. The indicator is `told` beside the first amount, and where
    it has `moved`.
    """

    line: Line
    span: int
    more: int = 0
    late: str = ""
    moved: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A setting with its cells and its last change: dollars and percent, or the words for why there is none."""

    setting: Setting
    cells: tuple[Cell, ...]
    since: Decimal | None
    before: Decimal | None
    why: str
    days: str


def columns(book: Book) -> tuple[Column, ...]:
    """The columns of every code's page."""
    paid = [
        row
        for row in book.factors
        if row["schedule"] == "physician" and row["standing"] == "paid" and row["track"] != "qp" and row["factor"]
    ]
    found = []
    for year in book.years:
        own = [row for row in paid if row["from"] <= f"{year}-12-31" and row["through"] >= f"{year}-01-01"]
        starts = [f"{year}-01-01", *sorted({row["from"] for row in own if row["from"] > f"{year}-01-01"})]
        for first, after in pairwise([*starts, f"{year + 1}-01-01"]):
            last = (date.fromisoformat(after) - timedelta(days=1)).isoformat()
            factor, track = next(
                ((row["factor"], row["track"]) for row in own if row["from"] <= first <= row["through"]), ("", "")
            )
            part = figures.day(first, year=False) if len(starts) > 1 else ""
            found.append(Column(str(year), part, first, last, factor, track))
    return tuple(found)


def glance(found: Sequence[Block], every: Sequence[Column]) -> tuple[Row, ...]:
    """The rows of the settings that any file held has the code in."""
    return tuple(_row(block, every) for block in found if block.listed)


def _row(block: Block, every: Sequence[Column]) -> Row:
    """A setting at a glance. Neighbours without an amount that say the same become one cell."""
    lines = [line for line in block.lines if line.track != "qp"]
    facility = block.setting.schedule != "physician"
    shown: list[Line] = []
    begun: list[tuple[int, str, bool, bool]] = []
    starts: list[int] = []
    before, at = "", 0
    said: tuple[str, str] | None = None
    for column in every:
        while lines[at].last < column.first and at < len(lines) - 1:
            at += 1
        line, late, more = _held(lines, at, column)
        indicator = line.indicator if facility else ""
        moved = bool(before and indicator) and indicator != before
        word = None if line.paid is not None or more else (line.status, line.indicator)
        if moved or word is None or word != said:
            starts.append(len(shown))
            begun.append((more, late, moved, bool(indicator) and not before))
        shown.append(line)
        before, said = indicator or before, word
    ends = [*starts[1:], len(shown)]
    cells = tuple(Cell(shown[one], end - one, *of) for one, end, of in zip(starts, ends, begun, strict=True))
    return Row(block.setting, cells, *_change(block.setting.schedule, shown, every))


def _held(lines: Sequence[Line], at: int, column: Column) -> tuple[Line, str, int]:
    """The line of a column, the first day held where that is late, and how many other amounts the column has. `at` is
    the first line that does not end before the column."""
    held = lines[at]
    if held.first <= column.first and held.last >= column.last:
        return held, "", 0
    here = [line for line in lines[at:] if line.first <= column.last and line.last >= column.first]
    held = next((line for line in here if line.status != absence.NO_SOURCE), here[0])
    amounts = {line.printed for line in here if line.printed is not None} - {held.printed}
    late = held.first if held.first > column.first and here[0].status == absence.NO_SOURCE else ""
    return held, late, len(amounts)


def _change(
    schedule: str, shown: Sequence[Line], every: Sequence[Column]
) -> tuple[Decimal | None, Decimal | None, str, str]:
    """The change between the two newest columns that tell anything, and their days. `shown` is the line of each."""
    known = [at for at, line in enumerate(shown) if line.status not in (absence.NO_SOURCE, absence.NO_CODE)]
    if len(known) < 2:
        return None, None, "", ""
    before, last = known[-2:]
    one, two = shown[before], shown[last]
    days = f"{_name(every[before])} \u2192 {_name(every[last])}"
    if one.printed is None and two.printed is None and shown[-1].status == absence.NO_SOURCE:
        return None, None, "not known", days
    if one.printed is None and two.printed is None:
        same = (one.status, one.indicator) == (two.status, two.indicator)
        return None, None, "same" if same else "changed", days
    if one.printed is None or two.printed is None:
        return None, None, "new amount" if one.printed is None else "amount ended", days
    if one.cap_open or two.cap_open:
        return None, None, "cap not held", days
    apart = one.indicator != two.indicator and not same_class(schedule, one.indicator, two.indicator)
    return two.printed - one.printed, None if apart else one.printed, "another rule" if apart else "", days


def _name(column: Column) -> str:
    return f"{column.part}, {column.year}" if column.part else column.year
