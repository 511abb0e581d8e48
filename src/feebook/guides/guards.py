"""Columns that contradict what their headings say, or one another: figures without the dollar sign that the other
payments have, dollars among units, a facility that pays the physician more than an office. Their cells are flagged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final

from feebook import absence
from feebook.guides.cells import Cell
from feebook.guides.proof import flagged

MOST: Final = Decimal("0.8")
"""The share of a column's amounts that makes a habit."""

SOME: Final = Decimal("0.25")
"""The share of a table's rows out of order that makes its columns doubtful, not only those rows."""

FEW: Final = 3
"""Rows of contradiction from which on it is two columns that contradict one another, not a misprint."""

PHYSICIAN: Final = ("facility_payment", "nonfacility_payment", "limiting_charge")
NEVER_UNITS: Final = (absence.PACKAGED, absence.NOT_ON_ASC_LIST, absence.INPATIENT_ONLY)

ORDERED: Final = (
    ("facility_payment", "nonfacility_payment"),
    ("facility_total_rvu", "nonfacility_total_rvu"),
    ("facility_pe_rvu", "nonfacility_pe_rvu"),
)
"""The first is the larger for 30 of 18,043 code rows of 2023 to 2026."""

PACKAGED: Final = (("opps_status_indicator", "N", "opps_payment"), ("asc_indicator", "N1", "asc_payment"))
"""What is packaged has no amount."""

UNPARTED: Final = "two columns of this table were not told apart: the headings of the others may be their neighbours'"

OWN: Final = ("apc", "opps_status_indicator", "opps_weight", "asc_indicator", "asc_weight")
"""What stands beside a payment of the facility itself."""

WHERE: Final = "this may be what the physician is paid there: it is less than in an office, and no column says facility"

_FIGURE: Final = re.compile(r"\$?\d[\d,.]*|\bN/?A\b")

_Column = tuple[str, ...]


def guarded(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, those flagged that are out of keeping with the other columns of their guide."""
    columns: dict[_Column, list[Cell]] = defaultdict(list)
    for cell in cells:
        columns[_column(cell)].append(cell)
    signed = {key: _share(own) for key, own in columns.items()}
    with_sign = any(share is not None and share >= MOST for share in signed.values())
    paid = {(c.table, c.place): c.value for c in cells if c.measure.endswith("_payment") and c.value}
    with_dollars = {
        key
        for key, own in columns.items()
        if _is_units(own[0]) and any("$" in c.printed and paid.get((c.table, c.place), c.value) == c.value for c in own)
    }
    labels_with_dollars = {
        key
        for key, own in columns.items()
        if _is_label(own[0]) and any("$" in c.printed and (c.table, c.place) not in paid for c in own)
    }
    unparted = {key[0] for key in labels_with_dollars if _holds_two(columns[key])}
    joined = {key for key, own in columns.items() if 2 * sum(map(_is_joined, own)) >= len(own)}
    doubts = _disordered(cells)
    result = []
    for n, cell in enumerate(cells):
        key, reason = _column(cell), doubts.get(n, "")
        share = signed[key]
        if with_sign and share is not None and share <= 1 - MOST:
            reason = "the figures of this column have no dollar sign, those of other payments do"
        elif key in with_dollars and "dollars" not in cell.flag:
            reason = "dollars stand in this column of units"
        elif key in labels_with_dollars:
            reason = "dollars stand in this column of indicators or APCs"
        elif (cell.table in unparted or key in joined) and not cell.flag:
            reason = UNPARTED
        elif _is_units(cell) and cell.status in NEVER_UNITS and "bundled" not in cell.printed.lower():
            reason = "units are neither packaged nor listed"
        elif cell.measure in PHYSICIAN and cell.status == absence.PACKAGED and "bundled" not in cell.printed.lower():
            reason = "physician payments are not packaged"
        elif cell.measure in PHYSICIAN and cell.status == absence.NOT_ON_ASC_LIST:
            reason = "physician payments do not depend on the ASC list"
        elif cell.measure.startswith("opps") and cell.status == absence.NOT_ON_ASC_LIST:
            reason = "hospital payments do not depend on the ASC list"
        result.append(flagged(cell, reason) if reason else cell)
    return _with_rivals(result)


def _with_rivals(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, those flagged whose measure has two columns of one year in their table that print different figures.

    One of the two is misread, and its neighbours under the same headings may be with it.
    """
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    rivals: dict[tuple[str, str], set[str]] = defaultdict(set)
    first: dict[tuple[str, ...], Cell] = {}
    for cell in cells:
        codes[cell.table, cell.measure].add(cell.code)
        one = first.setdefault((cell.code, cell.modifier, *_column(cell)), cell)
        if (one.value, one.status) != (cell.value, cell.status) and " is printed at " in cell.flag:
            rivals[cell.table, cell.measure].add(cell.code)
    doubted = {key for key, own in rivals.items() if len(own) >= FEW and len(own) >= SOME * len(codes[key])}
    reason = "two columns of this table are read as the same and print different figures"
    return [flagged(c, reason) if (c.table, c.measure) in doubted and not c.flag else c for c in cells]


def _column(cell: Cell) -> _Column:
    return cell.table, cell.measure, cell.variant, cell.year, cell.effective_from


def _is_units(cell: Cell) -> bool:
    return cell.measure.endswith(("_rvu", "_weight"))


def _is_label(cell: Cell) -> bool:
    return cell.measure == "apc" or cell.measure.endswith("_indicator")


def _is_joined(cell: Cell) -> bool:
    """True for a cell that could not be read and prints several figures."""
    return bool(cell.flag) and not cell.value and not cell.status and len(_FIGURE.findall(cell.printed)) > 1


def _holds_two(own: Sequence[Cell]) -> bool:
    """True for a column of which half the cells print an indicator and dollars: it holds the next column, too."""
    return 2 * sum("$" in c.printed and any(map(str.isalpha, c.printed)) for c in own) >= len(own)


def _share(own: Sequence[Cell]) -> Decimal | None:
    """The share of a payment column's amounts that print a dollar sign; None for other columns and empty ones."""
    amounts = [c for c in own if c.value and c.measure.endswith(("_payment", "_charge"))]
    if not amounts:
        return None
    return Decimal(sum("$" in c.printed for c in amounts)) / len(amounts)


def _disordered(cells: Sequence[Cell]) -> dict[int, str]:
    """Cells by their place in the list that another cell of their row contradicts, with the reason."""
    doubts: dict[int, str] = {}
    for small, large in ORDERED:
        reason = f"{small} is larger than {large}".replace("_", " ")
        doubts |= _between(cells, small, large, lambda a, b: _number(a) > _number(b), reason)
    for indicator, packaged, payment in PACKAGED:
        reason = f"{packaged} is packaged and has no amount"
        doubts |= _between(cells, indicator, payment, _holds(packaged), reason)
    return doubts | _physicians_there(cells)


def _physicians_there(cells: Sequence[Cell]) -> dict[int, str]:
    """Payments of a hospital less than those of an office beside them, where no column is of a facility; its ASC's too.

    A hospital's own payment is as a rule the larger: under `Hospital` and `Office` both may be the physician's.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        held[cell.table].add(cell.measure)
    sure = {*OWN, "facility_payment", "physician_payment"}
    office = {_row(c): c for c in cells if c.measure == "nonfacility_payment" and c.value}
    less: dict[_Column, list[bool]] = defaultdict(list)
    for cell in cells:
        hospital = cell.measure == "opps_payment" and not held[cell.table] & sure
        if hospital and cell.value and (other := office.get(_row(cell))):
            less[_column(cell)].append(_number(cell) < _number(other))
    doubted = {key[0] for key, own in less.items() if Decimal(sum(own)) >= MOST * len(own)}
    return {
        n: WHERE for n, c in enumerate(cells) if c.table in doubted and c.measure in ("opps_payment", "asc_payment")
    }


def _holds(packaged: str) -> Callable[[Cell, Cell], bool]:
    return lambda indicator, paid: indicator.value == packaged and bool(paid.value) and _number(paid) > 0


def _between(
    cells: Sequence[Cell], one: str, other: str, wrong: Callable[[Cell, Cell], bool], reason: str
) -> dict[int, str]:
    """The cells of two measures in rows where they are wrong together; all of a table where many rows are."""
    pairs: dict[_Column, list[tuple[int, int]]] = defaultdict(list)
    first = {_row(c): n for n, c in enumerate(cells) if c.measure == one and c.value}
    for n, cell in enumerate(cells):
        if cell.measure == other and cell.value and _row(cell) in first:
            pairs[(cell.table, cell.year, cell.effective_from, cell.variant)].append((first[_row(cell)], n))
    found: dict[int, str] = {}
    for own in pairs.values():
        bad = [pair for pair in own if wrong(cells[pair[0]], cells[pair[1]])]
        whole = Decimal(len(bad)) >= SOME * len(own) and len(bad) > 1
        found |= dict.fromkeys((n for pair in (own if whole else bad) for n in pair), reason)
    return found | _others(cells, found, reason) if found else found


def _others(cells: Sequence[Cell], found: Iterable[int], reason: str) -> dict[int, str]:
    """The cells without an amount in the columns that are in doubt as a whole."""
    doubted: dict[_Column, int] = defaultdict(int)
    for n in found:
        doubted[_column(cells[n])] += 1
    whole = {key for key, count in doubted.items() if count > 1}
    return {n: reason for n, c in enumerate(cells) if _column(c) in whole and not c.value}


def _row(cell: Cell) -> _Column:
    return cell.table, cell.code, cell.modifier, cell.year, cell.effective_from, cell.variant


def _number(cell: Cell) -> Decimal:
    return Decimal(cell.value)
