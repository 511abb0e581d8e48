"""Cells of a grid that hold several codes on lines of their own: a row for each, of what stands level with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feebook.guides.boxes import Filled
from feebook.guides.codecells import begins_with_code
from feebook.guides.lines import Line, hull, lines, text_of
from feebook.guides.tables import Crossing, Row

OFF: Final = "the one value of the cell stands off the middle of its codes: it may be of one of them"

STACKED: Final = 6
"""The most codes that one cell holds as rows of their own; more are a table that rules part only at its edge."""

FIGURE: Final = re.compile(r"[$%]|\d[.,]\d|^(?!26$)\d{1,3}$|^[–—-]$")
"""What stands in a cell of figures."""


def runs(row: list[Filled | None], code: int) -> bool:
    """True when four or more code lines share a cell and another cell of the row has as many lines as they.

    Up to STACKED of them are rows where the figures beside stand level with them.
    """
    here = row[code]
    assert here is not None
    own = lines(here.words)
    starts = [line for line in own if begins_with_code(line.text)]
    if len(starts) < 4 or not any(c and c is not here and len(lines(c.words)) >= len(starts) for c in row):
        return False
    beside = [c for c in row if c and c is not here and _holds_figures(c)]
    level = beside and len(starts) == len(own) and all(_matching(c, own) or _is_merged(c, own) for c in beside)
    return len(starts) > STACKED or not level


def _holds_figures(cell: Filled) -> bool:
    return any(FIGURE.search(line.text) or re.fullmatch(r"\d{4}", line.text) for line in lines(cell.words))


def _is_merged(cell: Filled, starts: Sequence[Line]) -> bool:
    """True when the one line of a cell stands in the middle of the lines of its codes."""
    found = lines(cell.words)
    middle = (starts[0].base + starts[-1].base) / 2
    return len(found) == 1 and abs(found[0].base - middle) < min(4, (starts[1].base - starts[0].base) / 4)


def crossing(cell: Filled | None) -> Crossing | None:
    """A cell as a table has it; None where it holds no words."""
    if cell is None or not cell.words:
        return None
    if len(cell.words) == 1:
        (word,) = cell.words
        return Crossing(cell.text, word.box, () if word.turned else (word.text,))
    return Crossing(cell.text, hull(w.box for w in cell.words), tuple(line.text for line in lines(cell.words)))


def rows_of(row: list[Filled | None], code: int, key: Crossing | None) -> list[Row]:
    """The row, or one row for each code line of it where the cells beside have a line for each."""
    here = row[code]
    assert here is not None
    starts = [line for line in lines(here.words) if begins_with_code(line.text)]
    several = len(starts) > 1 and any(c and c is not here and _matching(c, starts) for c in row)
    if not several:
        made = crossing(here)
        assert made is not None
        return [Row(made, tuple(crossing(c) for c in row), key, here.box.top)]
    result = []
    for n, line in enumerate(starts):
        parts = tuple(_part(c, starts, n) if c is not here else Crossing(line.text, line.box) for c in row)
        result.append(Row(Crossing(line.text, line.box), parts, key, line.box.top))
    return result


def _matching(cell: Filled, starts: Sequence[Line]) -> bool:
    """True when a cell has exactly one line on each code's baseline."""
    bases = [line.base for line in lines(cell.words)]
    return len(bases) == len(starts) and all(abs(b - s.base) < 4 for b, s in zip(bases, starts, strict=True))


def _part(cell: Filled | None, starts: Sequence[Line], n: int) -> Crossing | None:
    if cell is None or not cell.words:
        return None
    found = lines(cell.words)
    if _matching(cell, starts):
        return Crossing(text_of(found[n].words), found[n].box)
    whole = crossing(cell)
    if whole is None:
        return None
    if len(found) == 1:
        return whole if _is_merged(cell, starts) else replace(whole, doubt=OFF)
    near = [line for line in found if abs(line.base - starts[n].base) < 4]
    if len(found) < len(starts) and near:
        return Crossing(near[0].text, near[0].box, doubt="lines of the cell do not match its codes one by one")
    return whole
