"""What kind of change a row shows, and whether a percentage of it would mean anything."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from feebook import absence
from feebook.compare.exact import Ints, Mask, Texts

SAME, MOVED, BORN, GONE, REPLACED = "same", "moved", "born", "gone", "replaced"
STATUS, INDICATOR, APC, RESTATED = "status", "indicator", "apc", "restated"
NOT_HELD = "not_held"
PAID_TO_PACKAGED, PACKAGED_TO_PAID = "paid_to_packaged", "packaged_to_paid"
PAID_TO_NA, NA_TO_PAID = "paid_to_na", "na_to_paid"

UNCHANGED: Final = (SAME, NOT_HELD)
"""Kinds that say of no change: nothing moved, or one of the days is not held."""

WORDS: Final = {
    SAME: "same",
    MOVED: "amount moved",
    BORN: "new",
    GONE: "gone",
    REPLACED: "replaced by other codes",
    STATUS: "status changed",
    INDICATOR: "indicator changed",
    APC: "APC changed",
    PAID_TO_PACKAGED: "paid, now packaged",
    PACKAGED_TO_PAID: "packaged, now paid",
    PAID_TO_NA: "paid, now not in this setting",
    NA_TO_PAID: "not in this setting, now paid",
    RESTATED: "restated",
    NOT_HELD: "not held on one of the days",
}
"""Kind → the words shown to a reader, in the order in which kinds are listed."""

_PHYSICIAN_CLASSES: Final = {"A": "paid by RVU", "R": "paid by RVU", "T": "paid by RVU"}
_OUTPATIENT_CLASSES: Final = {"J1": "comprehensive", "J2": "comprehensive", "G": "drug", "K": "drug"} | dict.fromkeys(
    ("S", "T", "V", "P", "R", "U", "Q1", "Q2", "Q3", "Q4"), "separate"
)
_ASC_CLASSES: Final = dict.fromkeys(("A2", "G2", "P2", "R2", "Z2"), "OPPS weight") | {
    "P3": "physician RVU",
    "Z3": "physician RVU",
}
CLASSES: Final = {"physician": _PHYSICIAN_CLASSES, "outpatient": _OUTPATIENT_CLASSES, "asc": _ASC_CLASSES}
"""Indicators within one class pay for the same bundle by the same rule (OPPS Addendum D1, ASC Addendum DD1); an
indicator that is not named is a class of its own. A percentage across two classes compares different things."""


@dataclass(frozen=True, slots=True)
class Day:
    """One measure of a schedule on one of the two days, column by column.

    `there` is false where the code had no row, `unknown` is true where we do not hold what it had. `amount` is in
    millionths of a dollar, `units` is the total RVU or the weight in ten-thousandths, as `factor` is; `explained` says
    where the amount is units x factor.
    """

    there: Mask
    unknown: Mask
    paid: Mask
    amount: Ints
    status: Texts
    indicator: Texts
    apc: Texts
    units: Ints
    factor: Ints
    release: Texts
    explained: Mask

    def only(self, rows: Mask) -> Day:
        """The rows that a mask keeps."""
        return Day(*(getattr(self, column.name)[rows] for column in fields(self)))

    def without(self, rows: Mask) -> Day:
        """The same without the amounts of some rows: what they are on the basis asked for is not held."""
        status = np.where(rows, absence.NO_SOURCE, self.status)
        return replace(self, paid=self.paid & ~rows, amount=np.where(rows, 0, self.amount), status=status)

    @property
    def unweighted(self) -> Mask:
        """The rows whose amount is left out because no units of it are held."""
        return np.asarray(self.there & ~self.unknown & (self.status == absence.NO_SOURCE), dtype=bool)


def kinds(schedule: str, before: Day, after: Day) -> Texts:
    """The kind of each row; what comes first in the list wins."""
    gave_up, took_up = before.paid & ~after.paid, ~before.paid & after.paid
    moved_indicator = before.indicator != after.indicator
    cases = [
        (before.unknown | after.unknown, NOT_HELD),
        (~before.there, BORN),
        (~after.there, GONE),
        (gave_up & (after.status == absence.PACKAGED), PAID_TO_PACKAGED),
        (took_up & (before.status == absence.PACKAGED), PACKAGED_TO_PAID),
        (gave_up & (after.status == absence.NOT_APPLICABLE), PAID_TO_NA),
        (took_up & (before.status == absence.NOT_APPLICABLE), NA_TO_PAID),
        (moved_indicator, STATUS if schedule == "physician" else INDICATOR),
        (before.status != after.status, STATUS),
        (apc_moved(schedule, before, after), APC),
        (before.amount != after.amount, MOVED),
    ]
    found = np.full(len(before.there), SAME, dtype=object)
    for mask, kind in reversed(cases):
        found[mask.astype(bool)] = kind
    return found


def apc_moved(schedule: str, before: Day, after: Day) -> Mask:
    """Where the APC changed. A surgery center's rate takes the weight of an APC of the outpatient schedule: it has none
    where it pays nothing, and where the outpatient schedule is not held for the code none is known.
    """
    moved = (before.apc != after.apc).astype(bool)
    if schedule == "asc":
        moved &= (before.apc != "").astype(bool) & (after.apc != "").astype(bool) & (before.paid | after.paid)
    return np.asarray(moved, dtype=bool)


def basis_holds(schedule: str, before: Day, after: Day) -> Mask:
    """Where a percentage means something: an amount on both days, above zero before, of one class of indicator."""
    holds = before.paid & after.paid & (before.amount > 0)
    for at in np.flatnonzero(holds & (before.indicator != after.indicator).astype(bool)):
        holds[at] = same_class(schedule, before.indicator[at], after.indicator[at])
    return holds


def same_class(schedule: str, one: str, two: str) -> bool:
    """True where two indicators pay for the same bundle by the same rule."""
    classes = CLASSES[schedule]
    return classes.get(one, one) == classes.get(two, two)
