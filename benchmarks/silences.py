"""Do pages, `compare`, `show` and `changes` give one reason for each missing amount?

Asked of every code and setting on one day of each quarter and on each first day of a year's comparison, all whole codes
(modifiers stand in the files alone). Prints how many cells were asked and each kind of difference with examples; ends
with 1 where there is one.

python benchmarks/silences.py [datasets]
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from feebook import project
from feebook.compare.comparison import between
from feebook.compare.days import side
from feebook.compare.families import families
from feebook.compare.held import SCHEDULES
from feebook.compare.lives import Lives, lives, turns
from feebook.compare.loaded import load
from feebook.publish import book as books
from feebook.publish.blocks import blocks
from feebook.publish.book import Book
from feebook.publish.records import records

MEASURES = ("facility_payment", "nonfacility_payment", "asc_payment", "opps_payment")
OF = {"physician": MEASURES[:2], "asc": MEASURES[2:3], "outpatient": MEASURES[3:]}
Cell = tuple[str, str, str]
"""Code, measure and day."""
Said = tuple[Cell, str]
"""A cell and the reason that is given for it, empty where it has an amount."""


def pages(book: Book, days: Iterable[str]) -> Iterator[Said]:
    """What the page of each code says; a day with no line, or with two, is told as such."""
    of = turns(families())
    for record in records(book, list(book.codes.values())):
        shown = blocks(book, record, lambda *_: "1", record.life(book.files, of))
        for measure, block in zip(MEASURES, shown, strict=True):
            for day in days:
                on = [line for line in block.lines if line.first <= day <= line.last and line.track != "qp"]
                said = "" if on and on[0].paid is not None else on[0].status if on else ""
                yield (record.code.code, measure, day), said if len(on) == 1 else f"{len(on)} lines"


def shows(book: Book, known: Lives, days: Iterable[str]) -> Iterator[Said]:
    """What `feebook show` says of the days without a row; it reads the rows of one code, as this reads those of all."""
    span = f"{book.years[0]}-01-01", f"{book.years[-1]}-12-31"
    for code in book.codes:
        life = known.of(code, book.gaps)
        for schedule, measures in OF.items():
            for first, last, status in life.silences(schedule, *span):
                yield from (((code, one, day), status) for day in days if first <= day <= last for one in measures)


def comparisons(book: Book, known: Lives, days: list[str]) -> Iterator[Said]:
    """What comparisons say: of each day with the one after it, and of near days with far ones."""
    sides = {day: load(side(day, "paid", book.datasets)) for day in days}
    far = [(days[at % 4], day) for at, day in enumerate(days[4:])]
    for one, two in (*pairwise(days), *far):
        line = Decimal(0)
        found = between(sides[one], sides[two], tuple(SCHEDULES), "paid", line, line, families(), known)
        for row in (row for row in found.rows if not row.modifier and row.track != "qp"):
            for day, status in zip(found.days[row.schedule], (row.before_status, row.after_status), strict=True):
                yield (row.code, row.measure, day.isoformat()), status


def changes(book: Book) -> Iterator[Said]:
    """What the packages say."""
    for held in book.packages:
        for row in held.rows("changes"):
            if not row["modifier"] and row["track"] != "qp":
                yield from (
                    ((row["code"], row["measure"], row[f"{at}_day"]), row[f"{at}_status"]) for at in ("before", "after")
                )


def main() -> int:
    book = books.read(Path(sys.argv[1]) if sys.argv[1:] else project.folder("datasets"))
    days = [f"{year}-{day}" for year in book.years for day in ("01-01", "04-01", "07-01", "10-01", "11-15")]
    known = lives(book.datasets, families())
    told = dict(pages(book, days))
    kinds: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for cell, status in told.items():
        if status.endswith("lines"):
            kinds["page", status].append(cell)
    for name, said in (
        ("show", shows(book, known, days)),
        ("compare", comparisons(book, known, days)),
        ("changes", changes(book)),
    ):
        asked = set()
        for cell, status in said:
            asked.add(cell)
            if told.get(cell) != status:
                kinds[name, cell[1], f"page {told.get(cell)!r}", f"{name} {status!r}"].append(cell)
        print(f"{name}: {len(asked):,} cells, {len(asked - told.keys()):,} of them on days that are not asked of pages")
    for kind, cells in sorted(kinds.items()):
        print(f"{len(cells):,}: {', '.join(kind)}, such as {' '.join(cells[0])}")
    print(f"{len(told):,} cells of pages, {sum(map(len, kinds.values())):,} differences")
    return bool(kinds)


if __name__ == "__main__":
    sys.exit(main())
