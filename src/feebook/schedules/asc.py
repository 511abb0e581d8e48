"""The ambulatory surgical center schedule: Addenda AA (procedures), BB (ancillary), EE (excluded), FF (device offsets).

The meaning of the payment indicators is that of Addendum DD1 of each year. An indicator that is not known here stops
the reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feebook import absence
from feebook.schedules.outpatient import amount, not_paid, percent, weight
from feebook.schedules.segments import Row
from feebook.schedules.sheet import Record, each

KEY = ("code",)

WHY_NOT = {
    "B5": absence.NOT_COVERED,
    "D1": absence.PACKAGED,
    "D5": absence.NO_CODE,
    "F4": absence.OTHER_SCHEDULE,
    "J7": absence.CONTRACTOR_PRICED,
    "K5": absence.NOT_COVERED,
    "K7": absence.CONTRACTOR_PRICED,
    "L1": absence.PACKAGED,
    "N1": absence.PACKAGED,
}
"""Payment indicator → why there is no rate."""

PAYS = ("A2", "D2", "G2", "H2", "J8", "K2", "L6", "P2", "P3", "R2", "S2", "Z2", "Z3")
"""Indicators that pay by a rate; where none is printed, it is not published."""

MAY_PAY = ("J7",)
"""Pass-through devices are priced by the contractor, but for one of 2020 (C1841) a rate is printed."""

WEIGHTED = ("A2", "D2", "G2", "J8", "P2", "R2", "Z2")
"""Indicators whose rate is weight × conversion factor. A J8 carries its device portion in the weight."""


def rows(document: str, records: Iterable[Record], addendum: str) -> Iterator[Row]:
    """The rows of one addendum by measure, in text. Raises SheetError naming the row and the field."""
    return each(document, records, lambda record: _excluded(record) if addendum == "EE" else _row(record, addendum))


def _excluded(record: Record) -> Row:
    """Addendum EE lists codes only: surgery that Medicare does not pay a center for."""
    empty = dict.fromkeys(
        ("payment_indicator", "weight", "payment", "multiple_procedure", "adjusted_copayment", "flags"), ""
    )
    return {"code": record["code"], "addendum": "EE", **empty, "payment_status": absence.NOT_ON_ASC_LIST}


def _row(record: Record, addendum: str) -> Row:
    indicator, payment = record["payment_indicator"].upper(), amount(record["payment"])
    if indicator not in WHY_NOT and indicator not in PAYS:
        raise ValueError(f"payment indicator {indicator!r} is not known")
    paid = payment if indicator in PAYS or indicator in MAY_PAY else ""
    return {
        "code": record["code"],
        "addendum": addendum,
        "payment_indicator": indicator,
        "weight": weight(record["weight"]),
        "payment": paid,
        "payment_status": "" if paid else WHY_NOT.get(indicator, absence.NOT_PUBLISHED),
        "multiple_procedure": record["multiple_procedure"],
        "adjusted_copayment": amount(record["adjusted_copayment"]),
        "flags": " ".join([*(["pass_through_ends"] if record["pass_through_ends"] else []), *not_paid(payment, paid)]),
    }


def offsets(document: str, records: Iterable[Record]) -> Iterator[Row]:
    """The rows of Addendum FF: what of a procedure's OPPS rate is its device."""
    return each(document, records, _offset)


def _offset(record: Record) -> Row:
    return {
        "code": record["code"],
        "payment_indicator": record["payment_indicator"].upper(),
        "apc": record["apc"].zfill(4) if record["apc"] else "",
        "opps_payment": amount(record["opps_payment"]),
        "apc_offset_percent": percent(record["apc_offset_percent"]),
        "device_offset_percent": percent(record["device_offset_percent"]),
        "device_offset": amount(record["device_offset"]),
    }
