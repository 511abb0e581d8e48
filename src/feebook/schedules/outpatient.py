"""The hospital outpatient schedule: rows of Addendum B, each with a rate or the reason why there is none.

The meaning of the status indicators is that of Addendum D1 of each year's rule. The list grows; an indicator that is
not known here stops the reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from feebook import absence
from feebook.amounts import clean, half_up
from feebook.schedules.segments import Row
from feebook.schedules.sheet import Record, each

KEY = ("code",)

WHY_NOT = {
    "A": absence.OTHER_SCHEDULE,
    "B": absence.OTHER_SCHEDULE,
    "C": absence.INPATIENT_ONLY,
    "D": absence.NO_CODE,
    "E1": absence.NOT_COVERED,
    "E2": absence.NOT_COVERED,
    "F": absence.OTHER_SCHEDULE,
    "H": absence.CONTRACTOR_PRICED,
    "H1": absence.CONTRACTOR_PRICED,
    "L": absence.OTHER_SCHEDULE,
    "L1": absence.OTHER_SCHEDULE,
    "M": absence.NOT_COVERED,
    "N": absence.PACKAGED,
    "Q4": absence.PACKAGED,
    "Y": absence.OTHER_SCHEDULE,
}
"""Status indicator → why Addendum B gives no rate. H and H1 are paid at charges reduced to cost, claim by claim."""

MAY_PAY = ("H", "H1", "Q4")
"""Indicators without a rate as a rule, under which a printed one is paid all the same."""

PAYS = ("G", "J1", "J2", "K", "K1", "P", "Q1", "Q2", "Q3", "R", "S", "S1", "T", "U", "V")
"""Indicators that pay by a rate; where none is printed (new drugs), it is not published."""

_FORMULA = 10
"""Decimals from which on a figure is the full length of a binary float: the result of a formula, not a typed figure."""

_NOTES = {
    "copayments capped at inpatient deductible": "copayment_capped",
    "inflation-adjusted coinsurance": "inflation_adjusted",
    "8% of reference add-on applied": "reference_add_on_8",
}


def rows(document: str, records: Iterable[Record]) -> Iterator[Row]:
    """The rows of one release by measure, in text. Raises SheetError naming the row and the field."""
    return each(document, records, _row)


def _row(record: Record) -> Row:
    indicator, payment = record["status_indicator"], amount(record["payment"])
    if indicator not in WHY_NOT and indicator not in PAYS:
        raise ValueError(f"status indicator {indicator!r} is not known")
    paid = payment if indicator in PAYS or indicator in MAY_PAY else ""
    return {
        "code": record["code"],
        "status_indicator": indicator,
        "apc": record["apc"].zfill(4) if record["apc"] else "",
        "weight": weight(record["weight"]),
        "payment": paid,
        "payment_status": "" if paid else WHY_NOT.get(indicator, absence.NOT_PUBLISHED),
        "national_copayment": amount(record["national_copayment"]),
        "minimum_copayment": amount(record["minimum_copayment"]),
        "adjusted_copayment": amount(record["adjusted_copayment"]),
        "coinsurance_percent": record["coinsurance_percent"].removesuffix("%"),
        "flags": " ".join([*_flags(record), *not_paid(payment, paid)]),
    }


def not_paid(printed: str, paid: str) -> Iterator[str]:
    """A flag for a rate that is printed beside an indicator that does not pay: kept as a fact, never shown as paid."""
    if printed and not paid:
        yield f"printed_rate={printed}"


def amount(text: str) -> str:
    """A rate or copayment with at least two decimals, drugs up to six; `.` and blank say there is none.

    The workbooks hold some drug rates as the result of a formula (66.74074…): those are rounded half up to six.
    """
    plain = text.replace("$", "").replace(",", "").strip()
    return _figure(plain, 2, 6)


def weight(text: str) -> str:
    """A relative weight, with four decimals; the few that a workbook holds as the result of a formula are rounded."""
    return _figure(text, 4, 4)


def percent(text: str) -> str:
    """A percentage with two decimals, or the four that a few have: `33.86%` → `33.86`."""
    plain = text.removesuffix("%").strip()
    return str(clean(plain, 2, 4)) if plain else ""


def _figure(text: str, places: int, most: int) -> str:
    if text in ("", "."):
        return ""
    try:
        return str(clean(text, places, most))
    except ValueError:
        if len(text.partition(".")[2]) < _FORMULA:
            raise
        return str(half_up(Decimal(text), Decimal(1).scaleb(-most)))


def _flags(record: Record) -> Iterator[str]:
    if record["capped"]:
        yield "copayment_capped"
    for said in filter(None, (part.strip().lower() for part in record["note"].split(";"))):
        phrase = said.partition(" of $")[0].rstrip(".")
        if phrase not in _NOTES:
            raise ValueError(f"note {said!r} is not known")
        yield _NOTES[phrase]
    if record["pass_through_ends"]:
        yield "pass_through_ends"
