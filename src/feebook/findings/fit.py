"""Whether a printed number or reason is what CMS has on some days, in the unit that the guide prints.

Whole dollars are rounded half up from the unrounded amount, never from the cents (DOMAIN rules, section 2).
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from feebook import absence
from feebook.amounts import CENT, half_up, is_tie
from feebook.findings.cell import Cell, number
from feebook.findings.cms import INDICATORS, NO_ROW, NONE, TOTALS, Stretch, limiting_charges

VAGUE: Final = (absence.NOT_APPLICABLE, absence.NOT_PUBLISHED)
"""A dash or NA says that there is no amount, not why."""

SILENT: Final = (absence.SEE_NOTE, absence.NO_SOURCE)
"""Reasons of a guide that claim nothing which CMS could deny."""

_ALSO: Final = {
    (absence.INPATIENT_ONLY, absence.NOT_ON_ASC_LIST),
    (absence.NOT_ON_ASC_LIST, absence.INPATIENT_ONLY),
    (absence.NOT_ON_ASC_LIST, NO_ROW),
    (absence.INPATIENT_ONLY, NO_ROW),
    (absence.NO_CODE, NO_ROW),
}
"""Printed reason and reason of CMS that say the same: what is inpatient only is on no ASC list."""

TIE: Final = "exactly between two units; half up is used, as no source decides"
FROM_CENTS: Final = "rounded from the cents; the unrounded amount rounds otherwise"


def fits(cell: Cell, stretch: Stretch) -> bool:
    """True when CMS has what the guide prints."""
    if not cell.value:
        return _same_reason(cell, stretch)
    if cell.measure == "limiting_charge":
        charge = limiting_charges(stretch)
        return charge is not None and cell.amount in _rounded(charge, cell.unit)
    if not stretch.figure:
        return False
    amount, found = cell.amount, number(stretch.figure)
    if cell.measure in INDICATORS or amount is None or found is None:
        return cell.value.upper() == stretch.figure.upper()
    if cell.measure == "apc":
        return amount == found
    if cell.measure in TOTALS:
        return amount in _rounded(unrounded(stretch, found), cell.unit) or _is_capped(cell, stretch)
    if cell.measure.endswith("_payment") or cell.measure == "opps_copayment":
        # A facility rate is its cents; where weight x factor rounds to other dollars, no source says which is meant.
        return amount in {*_rounded(found, cell.unit), *_rounded(unrounded(stretch, found), cell.unit)}
    return amount in (found, *_rounded(found, _place(cell.value)))


def unrounded(stretch: Stretch, paid: Decimal) -> Decimal:
    """Units x factor where that is how the amount came about, else the amount itself."""
    if stretch.units is None or stretch.factor is None:
        return paid
    product = stretch.units * stretch.factor
    return product if half_up(product) == paid else paid


def remark(cell: Cell, stretch: Stretch) -> str:
    """What is to be known of an amount: a tie, dollars rounded from the cents, or which side of the OPPS cap it is."""
    found = number(stretch.figure)
    if cell.amount is None or found is None or cell.measure not in TOTALS:
        return ""
    exact = unrounded(stretch, found)
    if fits(cell, stretch):
        if _is_capped(cell, stretch):
            return f"under the OPPS cap on imaging; ${found:,} without it"
        notes = [TIE] if is_tie(exact, cell.unit) else []
        if stretch.capped is not None:
            notes.append(f"without the OPPS cap on imaging; under it ${half_up(stretch.capped):,}")
        return "; ".join(notes)
    return FROM_CENTS if cell.amount == half_up(found, cell.unit) else ""


def _is_capped(cell: Cell, stretch: Stretch) -> bool:
    """True for the amount that the OPPS cap on the technical part of imaging leaves."""
    return stretch.capped is not None and cell.amount in _rounded(stretch.capped, cell.unit)


def _rounded(exact: Decimal, unit: Decimal) -> set[Decimal]:
    """The amount in a unit; exactly between two units both, since no source decides it."""
    return {half_up(exact, unit), exact.quantize(unit, rounding=ROUND_HALF_EVEN)}


def _place(value: str) -> Decimal:
    """The last decimal place that a value prints: 0.1 of `2.6`."""
    return Decimal(1).scaleb(-len(value.partition(".")[2])) if "." in value else CENT


def _same_reason(cell: Cell, stretch: Stretch) -> bool:
    if stretch.reason and (cell.status == stretch.reason or (cell.status, stretch.reason) in _ALSO):
        return True
    if (cell.status, stretch.reason, stretch.addendum) == (absence.NOT_ON_ASC_LIST, absence.PACKAGED, "BB"):
        return True  # the list of procedures is Addendum AA; what goes with them is packaged in Addendum BB
    if cell.status not in VAGUE:
        # Units of a service that is paid elsewhere or bundled are filled in or zero; its reason stands beside them.
        return cell.measure == "apc" and stretch.has in (NONE, NO_ROW)
    return not stretch.figure or bool(stretch.reason) or number(stretch.figure) == 0
