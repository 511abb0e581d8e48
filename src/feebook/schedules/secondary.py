"""Releases that we hold only as somebody else's copy: provisional, and what a copy leaves out is not known.

A copy never says "not covered": a code it leaves out, a figure without its parts, a price that could be either of two
is `no_source`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain

from feebook import absence
from feebook.amounts import clean
from feebook.schedules import asc, outpatient, physician
from feebook.schedules.segments import Key, Row
from feebook.schedules.sheet import Record, each

_PARTS = ("work_rvu", "facility_pe_rvu", "nonfacility_pe_rvu", "malpractice_rvu")
_TOTALS = ("facility_total_rvu", "nonfacility_total_rvu")

_SURELY_FACILITY = ("010", "090", "MMM")
"""Global days whose rows with one total for both settings pay in a facility: 3,320 of 3,325 in the last file of 2025.
The same holds of modifier 26 (948 of 948), and of TC outside a facility (825 of 825); of 000, XXX and ZZZ not."""


def physician_rows(
    document: str, records: Iterable[Record], factors: Mapping[str, str], before: Mapping[Key, Row]
) -> Iterator[Row]:
    """The physician rows of a copy without NA flags, one for each track; flags are carried from the rows before it."""
    carried = {(row["code"], row["modifier"]): row for row in before.values()}

    def tracks(record: Record) -> list[Row]:
        known = carried.get((record["code"], record["modifier"]))
        return [_physician(record, track, factor, known) for track, factor in sorted(factors.items())]

    return chain.from_iterable(each(document, records, tracks))


def _physician(record: Record, track: str, factor: str, before: Row | None) -> Row:
    row = physician.blank(record["code"], record["modifier"], track, record["status"])
    row |= {"global_days": record["global_days"], "pctc": record["pctc"], "conversion_factor": factor}
    whole = all(record[name] for name in (*_PARTS, *_TOTALS))
    if whole:
        row |= {name: str(clean(record[name], 2)) for name in (*_PARTS, *_TOTALS)}
    carried = before if before and _paid(before) else None
    if carried:
        row |= {name: carried[name] for name in ("facility_na", "nonfacility_na")}
    for setting in physician.SETTINGS:
        amount, why = _payment(row, setting, whole, carried)
        row |= {f"{setting}_payment": amount, f"{setting}_status": why}
    return row


def _paid(row: Row) -> bool:
    """Whether a row was paid: of one that was not, an empty NA flag says nothing."""
    return row["status"] in physician.PAYS and any(Decimal(row[name]) for name in _TOTALS)


def _equal(row: Row) -> bool:
    return Decimal(row["facility_total_rvu"]) == Decimal(row["nonfacility_total_rvu"])


def _payment(row: Row, setting: str, whole: bool, carried: Row | None) -> tuple[str, str]:
    """The payment, where the copy and the flags carried over leave no doubt of it.

    A setting that is not applicable repeats the total of the other: flags hold on as long as that has not changed.
    """
    if row["status"] not in physician.PAYS:
        return physician.payment_of(row, setting)
    if not whole:
        return "", absence.NO_SOURCE
    if carried and _equal(carried) == _equal(row):
        return physician.payment_of(row, setting)
    if not _equal(row):
        return ("", absence.NO_SOURCE) if row[f"{setting}_na"] else physician.payment_of(row, setting)
    sure = setting == _sure_setting(row) and not row[f"{setting}_na"]
    return physician.payment_of(row, setting) if sure else ("", absence.NO_SOURCE)


def _sure_setting(row: Row) -> str:
    """The setting in which a new row with one total for both surely pays; empty where the total may be either."""
    if row["modifier"] == "TC":
        return "nonfacility"
    return "facility" if row["modifier"] == "26" or row["global_days"] in _SURELY_FACILITY else ""


def outpatient_rows(
    document: str, records: Iterable[Record], factors: Mapping[str, str], before: Mapping[Key, Row]
) -> Iterator[Row]:
    """The rated codes of a copy of Addendum B: rate, status indicator and APC, without weights and copayments."""
    for record in records:
        empty = dict.fromkeys(_COPAYMENTS, "")
        (row,) = outpatient.rows(document, [Record(record.row, {**record.cells, "weight": "", **empty, **_NO_MARKS})])
        yield row


_COPAYMENTS = ("national_copayment", "minimum_copayment", "adjusted_copayment", "coinsurance_percent")
_NO_MARKS = dict.fromkeys(("capped", "note", "pass_through_ends"), "")


def asc_rows(
    document: str, records: Iterable[Record], factors: Mapping[str, str], before: Mapping[Key, Row]
) -> Iterator[Row]:
    """The rated codes of a copy of the ASC addenda; every other code of the release before it is no longer known."""
    rated = set()
    for record in records:
        rated.add((record["code"],))
        addendum = before[(record["code"],)]["addendum"] if (record["code"],) in before else _addendum(record)
        cells = {
            **record.cells,
            **dict.fromkeys(("weight", "multiple_procedure", "adjusted_copayment"), ""),
            **_NO_MARKS,
        }
        (row,) = asc.rows(document, [Record(record.row, cells)], addendum)
        held = before.get((record["code"],), {})
        same = held.get("payment") == row["payment"] and held.get("payment_indicator") == row["payment_indicator"]
        # A rate that did not move keeps the weight and the marks that the release before it gave.
        yield {name: held[name] for name in row} if same else row
    for key, row in before.items():
        if key not in rated:
            unknown = dict.fromkeys(("payment_indicator", "weight", "payment", "multiple_procedure"), "")
            rest = dict.fromkeys(("adjusted_copayment", "flags"), "")
            yield {
                "code": row["code"],
                "addendum": row["addendum"],
                **unknown,
                **rest,
                "payment_status": absence.NO_SOURCE,
            }


def _addendum(record: Record) -> str:
    """The addendum of a new code, which a copy does not say: drugs and ancillary services are BB."""
    return "BB" if record["payment_indicator"][:1] in "KHLZ" else "AA"
