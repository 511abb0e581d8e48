"""Every row of a comparison as small text files, which the page of the comparison filters, sorts and saves.

Amounts are exact text; the change and the percentage follow from them by whole-number arithmetic, in the browser as in
`feebook.compare`. Tabs never occur in what a package holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

import numpy as np

from feebook.amounts import DOLLAR, half_up
from feebook.compare import Change, Comparison, kinds, printers
from feebook.compare.change import SETTINGS
from feebook.compare.exact import CENT, money, unit
from feebook.compare.exact import factor as scaled_factor
from feebook.compare.joined import Block, lacks_units
from feebook.publish import figures

COLUMNS = (
    "code",
    "modifier",
    "track",
    "measure",
    "kind",
    "before",
    "after",
    "before_status",
    "after_status",
    "percent_holds",
    "dollar_down",
    "what",
)
"""`percent_holds` is 1 where a percentage means something. `dollar_down` is b, a or ba where whole dollars come out one
lower than the cents suggest, before or after: they are rounded from the unrounded amount. Where the kind is `same`,
what stands after is what stands before and is left out."""


def changed(comparison: Comparison) -> str:
    """The rows that differ, in the order of the comparison."""
    return _text(map(_line, comparison.changed))


def unchanged(comparison: Comparison) -> str:
    """The rows that stayed the same, then those that are not held on one of the days, by setting."""
    same = (line for block in comparison.blocks for line in _same(block.only(block.kind == kinds.SAME)))
    return _text(chain(same, map(_line, comparison.not_held)))


def units(comparison: Comparison) -> str:
    """The units of the second day, one line for each row of the two files in their order.

    With them the page puts both days at one factor. The line is empty where the amount is not units x factor, and says
    `b` or `a` where the amount before or after lacks its units, so that the row is not on this basis.
    """
    apart = [block.only(block.kind != kinds.SAME) for block in comparison.blocks]
    told = {key: text for block in apart for key, text in zip(_keys(block), _units(block), strict=True)}
    same = (text for block in comparison.blocks for text in _units(block.only(block.kind == kinds.SAME)))
    changed, not_held = ([told[_key(row)] for row in rows] for rows in (comparison.changed, comparison.not_held))
    return "\n".join([*changed, *same, *not_held]) + "\n"


def _key(row: Change) -> tuple[str, ...]:
    return row.code, row.modifier, row.track, row.measure


def _keys(block: Block) -> Iterator[tuple[str, ...]]:
    columns = (block.code.tolist(), block.modifier.tolist(), block.track.tolist())
    return zip(*columns, [block.measure] * len(block.code), strict=True)


def _units(block: Block) -> list[str]:
    after = np.where(block.after.explained, block.after.units, 0).tolist()
    told = [str(unit(one) or "") for one in after]
    for mark, rows in zip("ba", lacks_units(block), strict=True):
        for at in np.flatnonzero(rows).tolist():
            told[at] = mark
    return told


def _same(block: Block) -> Iterator[str]:
    """Rows that stayed the same, straight from their columns: most rows of two years are such, and need no words."""
    down = [False] * len(block.code)
    figures_of = block.before.amount, block.before.units, block.before.factor
    halves = block.before.amount % (100 * CENT) == 50 * CENT
    for at in np.flatnonzero(block.before.paid & halves).tolist():
        amount, units, factor = (int(column[at]) for column in figures_of)
        down[at] = _down(money(amount), _exact(money(amount), unit(units), scaled_factor(factor)))
    columns = (block.code, block.modifier, block.track, block.before.amount, block.before.paid, block.before.status)
    measure = _MEASURES[block.measure]
    rows = zip(*(column.tolist() for column in columns), block.holds.tolist(), down, strict=True)
    for code, modifier, track, amount, paid, status, holds, lower in rows:
        told = str(money(amount)) if paid else ""
        flags = f"{'1' if holds else ''}\t{'ba' if lower else ''}"
        yield f"{code}\t{modifier}\t{track}\t{measure}\t{kinds.SAME}\t{told}\t\t{status}\t\t{flags}\t"


def _text(lines: Iterable[str]) -> str:
    return "\n".join(["\t".join(COLUMNS), *lines]) + "\n"


_MEASURES = {measure: str(at) for at, measure in enumerate(SETTINGS)}


def _line(row: Change) -> str:
    one = "" if row.before is None else str(row.before)
    two = "" if row.after is None else str(row.after)
    down = ""
    if ".5" in one or ".5" in two:  # only half dollars come out lower
        down = ("b" if _down(row.before, before(row)) else "") + ("a" if _down(row.after, after(row)) else "")
    head = f"{row.code}\t{row.modifier}\t{row.track}\t{_MEASURES[row.measure]}\t{row.kind}\t{one}\t{two}"
    holds = "" if row.percent is None else "1"
    return f"{head}\t{row.before_status}\t{row.after_status}\t{holds}\t{down}\t{printers.what(row)}"


def before(row: Change) -> Decimal | None:
    """The amount before, unrounded where it is units x factor: whole dollars are rounded from it."""
    return _exact(row.before, row.before_weight, row.before_factor)


def after(row: Change) -> Decimal | None:
    """The amount after, likewise."""
    return _exact(row.after, row.after_weight, row.after_factor)


def _exact(paid: Decimal | None, units: Decimal | None, factor: Decimal | None) -> Decimal | None:
    if paid is None or units is None or factor is None or paid % 1 != Decimal("0.50"):
        return paid
    return figures.exact(str(units), str(factor), str(paid))


def _down(paid: Decimal | None, exact: Decimal | None) -> bool:
    return paid is not None and exact is not None and half_up(paid, DOLLAR) != half_up(exact, DOLLAR)
