"""The cells of a code's page as texts, so that its template only puts them in their places.

A page has some hundreds of cells, and a template that asks each line for its fields spends most of its time on asking.
The tuples are unpacked by the template in the order described here; what is not there is an empty text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feebook import absence
from feebook.publish import figures
from feebook.publish.glance import Row
from feebook.publish.lines import Block, Line
from feebook.publish.technical import CAP, OPEN

_NO_WORD = "no amount", ""


def lines(block: Block, notes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each line of a block: `p` where it is provisional; year, part of the year, track; amount, its mark, its cents;
    change, percent or the number of the note that says why there is none; word of absence; units, factor; indicator,
    APC, each once more where it is new; release. `notes` are those of the page.
    """
    for line in block.lines:
        amount, mark = _amount(line)
        since, before, source = line.since, line.before, line.source
        yield (
            "p" if line.provisional else "",
            line.year,
            line.part,
            ("QP" if line.track == "qp" else "non-QP") if line.track else "",
            amount,
            mark,
            "" if line.printed is None else figures.cents(line.printed),
            "" if since is None else figures.change(since),
            "" if since is None or before is None else figures.percent(since, before),
            str(notes.index(line.broke) + 1) if line.broke else "",
            "" if amount else _word(line),
            line.units,
            line.factor if amount else "",
            line.indicator,
            line.indicator if line.new_indicator else "",
            line.apc,
            line.apc if line.new_apc else "",
            "" if source is None else source[2],
        )


def cells(row: Row) -> Iterator[tuple[str, ...]]:
    """Each cell of a setting at a glance: amount, its mark; the indicator where it has changed, else where it is told;
    the first day held where that is late, how many other amounts there are; columns where more than one; word of
    absence.
    """
    for cell in row.cells:
        line = cell.line
        amount, mark = _amount(line)
        yield (
            amount,
            mark,
            line.indicator if cell.moved else "",
            line.indicator if cell.told and not cell.moved else "",
            figures.day(cell.late, year=False) if cell.late else "",
            str(cell.more) if cell.more else "",
            str(cell.span) if cell.span > 1 else "",
            "" if amount else _word(line),
        )


def _amount(line: Line) -> tuple[str, str]:
    """An amount in whole dollars, with an asterisk where it is provisional, and the mark of the OPPS cap."""
    if line.paid is None:
        return "", ""
    mark = OPEN if line.cap_open else "" if line.uncapped is None else CAP
    return figures.whole(line.paid) + ("*" if line.provisional else ""), mark


def _word(line: Line) -> str:
    """Why there is no amount."""
    return absence.WORDS.get(line.status, _NO_WORD)[0]
