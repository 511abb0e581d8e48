"""Columns that contradict what their headings say: figures without the dollar sign that the other payments have, words
that no such column prints. Every cell of such a column is flagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from feebook import absence
from feebook.guides.cells import Cell
from feebook.guides.proof import flagged

MOST: Final = Decimal("0.8")
"""The share of a column's amounts that makes a habit."""

PHYSICIAN: Final = ("facility_payment", "nonfacility_payment", "limiting_charge")


def guarded(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, those flagged that are out of keeping with the other columns of their guide."""
    columns: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        columns[_column(cell)].append(cell)
    signed = {key: _share(own) for key, own in columns.items()}
    with_sign = any(share is not None and share >= MOST for share in signed.values())
    result = []
    for cell in cells:
        share = signed[_column(cell)]
        if with_sign and share is not None and share <= 1 - MOST and cell.value:
            cell = flagged(cell, "the figures of this column have no dollar sign, those of other payments do")
        elif cell.measure in PHYSICIAN and cell.status == absence.PACKAGED and "bundled" not in cell.printed.lower():
            cell = flagged(cell, "physician payments are not packaged")
        elif cell.measure in PHYSICIAN and cell.status == absence.NOT_ON_ASC_LIST:
            cell = flagged(cell, "physician payments do not depend on the ASC list")
        result.append(cell)
    return result


def _column(cell: Cell) -> tuple[str, ...]:
    return cell.table, cell.measure, cell.variant, cell.year, cell.effective_from


def _share(own: Sequence[Cell]) -> Decimal | None:
    """The share of a payment column's amounts that print a dollar sign; None for other columns and empty ones."""
    amounts = [c for c in own if c.value and c.measure.endswith(("_payment", "_charge"))]
    if not amounts:
        return None
    return Decimal(sum("$" in c.printed for c in amounts)) / len(amounts)
