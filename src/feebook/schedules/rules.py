"""The arithmetic that CMS's own figures keep, row by row: what must hold, and where a figure does not.

Sources of the rules: DOMAIN section 2, measured on 34,510 outpatient and 20,426 ASC rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from feebook import absence
from feebook.amounts import CENT, half_up, is_tie, weighted_rate
from feebook.schedules import packaging, physician
from feebook.schedules.asc import WEIGHTED

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Breach:
    """A row that does not keep a rule: the rule, what stands there and what was due."""

    rule: str
    found: str
    expected: str


def physician_breaches(row: Row) -> Iterator[Breach]:
    """Totals are the sum of their parts; payments are total × factor, or the reason why there is none."""
    for setting in physician.SETTINGS:
        found = row[f"{setting}_payment"], row[f"{setting}_status"]
        if found == ("", absence.NO_SOURCE):
            continue
        due = physician.payment_of(row, setting)
        if found != due:
            yield Breach(f"{setting}_payment", found[0] or found[1], due[0] or due[1])
        if row[f"{setting}_total_rvu"]:
            total, parts = physician.total_and_parts(row, setting)
            if total != parts:
                yield Breach(f"{setting}_total_rvu", str(total), str(parts))


def ties(row: Row) -> Iterator[str]:
    """The settings whose payment lies exactly between two cents, where no source decides how CMS rounds."""
    for setting in physician.SETTINGS:
        if row[f"{setting}_payment"]:
            unrounded = Decimal(row[f"{setting}_total_rvu"]) * Decimal(row["conversion_factor"])
            if is_tie(unrounded):
                yield setting


def outpatient_breaches(row: Row, factor: str) -> Iterator[Breach]:
    """A rate with a weight is weight × factor; the minimum copayment is 20 % of the rate, to the cent."""
    yield from _rate(row, factor)
    if row["payment"] and row["minimum_copayment"]:
        due = half_up(Decimal(row["payment"]) / 5)
        if abs(due - Decimal(row["minimum_copayment"])) > CENT:
            yield Breach("minimum_copayment", row["minimum_copayment"], str(due))


def asc_breaches(row: Row, factor: str) -> Iterator[Breach]:
    """A rate under a weighted indicator is weight × factor."""
    if row["payment_indicator"] in WEIGHTED:
        yield from _rate(row, factor)


def offset_breaches(row: Row) -> Iterator[Breach]:
    """The device in a rate of Addendum P is the rate times the offset percentage, to the cent."""
    if row["payment"]:
        due = half_up(packaging.device_in(row["payment"], row["device_offset_percent"]))
        if due != Decimal(row["device_offset"] or 0):
            yield Breach("device_offset", row["device_offset"], str(due))


def pair_breaches(row: Row, alone: Row | None) -> Iterator[Breach]:
    """A pair is paid more than its primary alone, whose classification and rate are those of its own row.

    `alone` is the primary's outpatient row on the first day of the pair; None where there is none.
    """
    for name in ("apc", "payment"):
        found = alone[name] if alone else "no row"
        if found != row[f"primary_{name}"]:
            yield Breach(f"primary_{name}", row[f"primary_{name}"], found)
    rates = row["primary_payment"], row["adjusted_payment"]
    if all(rates) and Decimal(rates[1]) <= Decimal(rates[0]):
        yield Breach("adjusted_payment", rates[1], f"more than {rates[0]}")


def _rate(row: Row, factor: str) -> Iterator[Breach]:
    if row["weight"] and row["payment"]:
        if not factor:
            yield Breach("rate", row["payment"], "a conversion factor for the year")
        elif (due := weighted_rate(Decimal(row["weight"]), Decimal(factor))) != Decimal(row["payment"]):
            yield Breach("rate", row["payment"], str(due))
