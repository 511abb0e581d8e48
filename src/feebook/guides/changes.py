"""Changes in per cent that no heading gives a site: the two payments that they are the change of name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Final

from feebook.guides.cells import Cell, unit
from feebook.guides.headings import UNCHANGED

SITES: Final = ("facility", "nonfacility", "opps", "asc")

ENOUGH: Final = 3
"""Codes whose payments must give the change, so that it is no chance."""

_Time = tuple[str, str, str]
_Paid = Mapping[tuple[str, str], Cell]


def sited_changes(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, changes without a site given that of the payments, of one site alone, that they follow from."""
    changes: dict[str, list[int]] = defaultdict(list)
    paid: dict[str, dict[str, dict[_Time, dict[tuple[str, str], Cell]]]] = defaultdict(lambda: defaultdict(dict))
    for n, cell in enumerate(cells):
        site = cell.measure.removesuffix("_payment")
        if cell.measure == "change_percent" and cell.value and UNCHANGED in cell.flag.split("; "):
            changes[cell.table].append(n)
        elif site in SITES and site != cell.measure and cell.value and not cell.flag:
            time = cell.year, cell.effective_from, cell.variant
            paid[cell.table][site].setdefault(time, {})[cell.code, cell.modifier] = cell
    result = list(cells)
    for table, places in changes.items():
        found = [site for site in paid[table] if _follow([cells[n] for n in places], paid[table][site])]
        for n in places if len(found) == 1 else ():
            left = "; ".join(reason for reason in cells[n].flag.split("; ") if reason != UNCHANGED)
            result[n] = replace(cells[n], variant=found[0], flag=left)
    return result


def _follow(changes: Sequence[Cell], times: Mapping[_Time, _Paid]) -> bool:
    """True when all changes are those between the payments of two times, the later of which is that of the changes."""
    return any(
        after[0] >= before[0] and {c.year for c in changes} == {after[0]} and _fit(changes, times[before], times[after])
        for before, after in permutations(times, 2)
    )


def _fit(changes: Sequence[Cell], before: _Paid, after: _Paid) -> bool:
    """True when each change is of two payments as near as these are rounded."""
    fits = []
    for change in changes:
        first, last = before.get((change.code, change.modifier)), after.get((change.code, change.modifier))
        if first is None or last is None:
            return False
        fits.append(_is_between(change, first, last))
    return len({change.code for change in changes}) >= ENOUGH and all(fits)


def _is_between(change: Cell, first: Cell, last: Cell) -> bool:
    """True when a printed change may be that from one printed payment to another, each rounded, or cut off."""
    low, high = (Decimal(first.value) - unit(first.printed) / 2, Decimal(first.value) + unit(first.printed) / 2)
    least, most = (Decimal(last.value) - unit(last.printed) / 2, Decimal(last.value) + unit(last.printed) / 2)
    value = Decimal(change.value)
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return low > 0 and 100 * (least / high - 1) - step <= value <= 100 * (most / low - 1) + step
