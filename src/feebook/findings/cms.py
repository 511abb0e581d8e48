"""What CMS has for a printed number on each day that it is printed for, in stretches of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from feebook import absence
from feebook.amounts import LIMITING, half_up
from feebook.findings.cell import Cell, number
from feebook.findings.held import Held
from feebook.package import Row
from feebook.schedules.caps import capped_units
from feebook.silence import step

TOTALS: Final = {"facility_payment": "facility_total_rvu", "nonfacility_payment": "nonfacility_total_rvu"}
SITES: Final = ("facility", "nonfacility")

_RVUS: Final = {
    "work_rvu": "",
    "facility_pe_rvu": "facility_status",
    "nonfacility_pe_rvu": "nonfacility_status",
    "malpractice_rvu": "",
    "facility_total_rvu": "facility_status",
    "nonfacility_total_rvu": "nonfacility_status",
}

COLUMNS: Final[dict[str, tuple[str, str, str]]] = {
    **{payment: ("physician", payment, payment.replace("payment", "status")) for payment in TOTALS},
    **{measure: ("physician", measure, status) for measure, status in _RVUS.items()},
    "asc_payment": ("asc", "payment", "payment_status"),
    "asc_indicator": ("asc", "payment_indicator", ""),
    "asc_weight": ("asc", "weight", ""),
    "opps_payment": ("outpatient", "payment", "payment_status"),
    "opps_status_indicator": ("outpatient", "status_indicator", ""),
    "opps_weight": ("outpatient", "weight", ""),
    "opps_copayment": ("outpatient", "minimum_copayment", ""),
    "apc": ("outpatient", "apc", ""),
}
"""Measure of a guide → the resource, the column, and the column of the reason why there is no amount."""

INDICATORS: Final = ("asc_indicator", "opps_status_indicator")
NAMES: Final = (*INDICATORS, "apc")
"""Measures that name a rule or a group; all others are numbers."""

RATES: Final = ("asc_payment", "opps_payment")
WEIGHTS: Final = {"asc_payment": "asc_weight", "opps_payment": "opps_weight"}
SCHEDULE: Final = {"asc_payment": "asc", "opps_payment": "outpatient"} | dict.fromkeys(TOTALS, "physician")
"""Measure of an amount that is units x factor → its schedule."""

NONE: Final = "none"
"""What CMS has where a column without reasons is empty: a packaged code has no APC."""

NO_ROW: Final = "no_row"
"""The code is in no file of CMS on these days, and those files are held whole."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which CMS has one and the same: a figure or a reason, and what makes the figure up.

    `capped` is a physician amount, before rounding, where the OPPS cap on the technical part of imaging makes it lower.
    """

    first: str
    last: str
    figure: str
    reason: str = ""
    units: Decimal | None = None
    factor: Decimal | None = None
    track: str = ""
    addendum: str = ""
    capped: Decimal | None = None

    @property
    def told(self) -> bool:
        """False for days of which no file is held."""
        return self.reason != absence.NO_SOURCE

    @property
    def has(self) -> str:
        """What CMS has: the figure, or the reason why there is none."""
        return self.figure or self.reason or NONE


def stretches(held: Held, cell: Cell, measure: str, first: str, last: str, track: str = "") -> list[Stretch]:
    """What CMS has from one day to another, without a gap: what no row speaks of is a stretch too."""
    resource = COLUMNS[measure][0]
    modifier = cell.modifier if resource == "physician" else ""
    found: list[Stretch] = []
    day = first
    for row in held.of(resource, cell.code, modifier, track):
        if row["through"] < day or row["from"] > last:
            continue
        if row["from"] > day:
            found += _gap(held, resource, cell.code, modifier, day, step(row["from"], -1))
        day = max(day, row["from"])
        found.append(replace(_stretch(row, measure), first=day, last=min(last, row["through"])))
        day = step(row["through"], 1)
    if day <= last:
        found += _gap(held, resource, cell.code, modifier, day, last)
    return _joined(found)


def _gap(held: Held, resource: str, code: str, modifier: str, first: str, last: str) -> Iterator[Stretch]:
    """Days without a row: no source, or no such row in files that are held whole."""
    for start, end, known in held.without_row(resource, code, modifier, first, last):
        yield Stretch(start, end, "", NO_ROW if known else absence.NO_SOURCE)


def _stretch(row: Row, measure: str) -> Stretch:
    _, column, status = COLUMNS[measure]
    reason = row.get(status, "") if status else ""
    units = factor = capped = None
    if measure in TOTALS:
        capped = _capped(row, measure)
        units, factor = number(row.get(TOTALS[measure], "")), number(row["conversion_factor"])
    elif measure in RATES:
        units = number(row.get("weight", ""))
    figure = "" if measure in TOTALS and reason else row[column]
    return Stretch("", "", figure, reason, units, factor, row.get("track", ""), row.get("addendum", ""), capped)


def _capped(row: Row, payment: str) -> Decimal | None:
    """The lower amount of the OPPS cap: work and the practice expense and malpractice that OPPS would pay."""
    units, factor = capped_units(row, payment.removesuffix("_payment")), number(row["conversion_factor"])
    return None if units is None or factor is None else units * factor


def limiting_charges(stretch: Stretch) -> Decimal | None:
    """The most a non-participating physician may charge, before the one rounding; None where nothing is paid."""
    if not stretch.figure or stretch.units is None or stretch.factor is None:
        return None
    return stretch.units * stretch.factor * LIMITING


def as_limiting_charge(stretch: Stretch) -> Stretch:
    """The stretch with the charge, to the cent, in the place of the payment."""
    charge = limiting_charges(stretch)
    return stretch if charge is None else replace(stretch, figure=str(half_up(charge)))


def _joined(found: Sequence[Stretch]) -> list[Stretch]:
    """Neighbouring stretches that say the same, as one."""
    joined: list[Stretch] = []
    for one in found:
        if joined and replace(joined[-1], first="", last="") == replace(one, first="", last=""):
            joined[-1] = replace(joined[-1], last=one.last)
        else:
            joined.append(one)
    return joined
