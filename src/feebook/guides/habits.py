"""Figures that are printed otherwise than the others of their column: something of them may be lost, or too much read.

A figure without cents among figures with cents may have lost them at the edge of its cell; one of thousands without a
comma among others with theirs may have a note's digit at its end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from feebook.guides.cells import Cell
from feebook.guides.proof import flagged

FEW: Final = 4
"""Figures from which on what they have in common is a habit."""

MOST: Final = Fraction(4, 5)
"""The share of figures that makes a habit."""

WITHOUT_CENTS: Final = "the other figures of this column are printed to two places"
WITHOUT_COMMA: Final = "the other thousands of this column have a comma"
COMMA_FOR_POINT: Final = "a comma stands before its cents, a point before those of others"

_NUMBER: Final = re.compile(r"\d[\d,.]*")

_Column = tuple[str, ...]


def in_habit(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, those flagged that are printed otherwise than nearly all others of their column."""
    columns: dict[_Column, list[int]] = defaultdict(list)
    for n, cell in enumerate(cells):
        if cell.value and cell.measure.endswith(("_payment", "_charge", "_rvu")):
            columns[cell.table, cell.measure, cell.variant, cell.year, cell.effective_from].append(n)
    doubts: dict[int, str] = {}
    for own in columns.values():
        doubts |= dict.fromkeys(_odd(cells, own, _has_point, _has_comma_before_cents), COMMA_FOR_POINT)
        doubts |= dict.fromkeys(_odd(cells, own, _has_comma, _lacks_comma), WITHOUT_COMMA)
        if all(len(_places(cells[n])) in (0, 2) for n in own):  # else whole cents are dropped wherever they are none
            doubts |= dict.fromkeys(_odd(cells, own, _has_cents, _lacks_cents), WITHOUT_CENTS)
    return [flagged(cell, doubts[n]) if n in doubts else cell for n, cell in enumerate(cells)]


def _odd(
    cells: Sequence[Cell], own: Sequence[int], usual: Callable[[Cell], bool], odd: Callable[[Cell], bool]
) -> Sequence[int]:
    """The odd ones among some cells where nearly all of those that are usual or odd are usual."""
    found = [n for n in own if odd(cells[n])]
    if not found:
        return ()
    count = sum(usual(cells[n]) for n in own)
    return found if count >= FEW and count >= MOST * (count + len(found)) else ()


def _places(cell: Cell) -> str:
    return cell.value.partition(".")[2]


def _has_cents(cell: Cell) -> bool:
    return cell.value[-3:-2] == "."


def _lacks_cents(cell: Cell) -> bool:
    return "." not in cell.value and cell.value != "0"


def _has_comma(cell: Cell) -> bool:
    whole = cell.value.partition(".")[0].lstrip("-")
    return len(whole) > 3 and f"{int(whole):,}" in cell.printed


def _lacks_comma(cell: Cell) -> bool:
    whole = cell.value.partition(".")[0].lstrip("-")
    return len(whole) > 3 and any(number.partition(".")[0] == whole for number in _NUMBER.findall(cell.printed))


def _has_point(cell: Cell) -> bool:
    return _has_cents(cell) and not _has_comma_before_cents(cell)


def _has_comma_before_cents(cell: Cell) -> bool:
    cents = f",{cell.value[-2:]}"
    return _has_cents(cell) and cents in cell.printed and any(n.endswith(cents) for n in _NUMBER.findall(cell.printed))
