"""The physician fee schedule: rows of a PPRRVU file with their national payments, each exact or typed as absent.

Status indicators and their meaning are CMS's (RVUyyX.pdf, "Status Code"); the rule of payment is in `amounts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from feebook import absence
from feebook.amounts import clean, half_up
from feebook.schedules.segments import Row
from feebook.schedules.sheet import Record, SheetError

PAYS = ("A", "R", "T")
"""Active, restricted coverage and injections: the statuses whose RVUs are paid."""

WHY_NOT = {
    "B": absence.PACKAGED,
    "C": absence.CONTRACTOR_PRICED,
    "D": absence.NO_CODE,
    "E": absence.OTHER_SCHEDULE,
    "F": absence.NO_CODE,
    "G": absence.NOT_COVERED,
    "H": absence.NO_CODE,
    "I": absence.NOT_COVERED,
    "J": absence.OTHER_SCHEDULE,
    "M": absence.NOT_COVERED,
    "N": absence.NOT_COVERED,
    "P": absence.PACKAGED,
    "Q": absence.NOT_COVERED,
    "X": absence.OTHER_SCHEDULE,
}
"""Status → why no payment is made under this schedule, also where RVUs are printed beside it."""

KEY = ("code", "modifier", "track")

_RVUS = (
    "work_rvu",
    "facility_pe_rvu",
    "nonfacility_pe_rvu",
    "malpractice_rvu",
    "facility_total_rvu",
    "nonfacility_total_rvu",
)
_SHARES = ("preoperative", "intraoperative", "postoperative")
_OPPS = ("opps_nonfacility_pe", "opps_facility_pe", "opps_malpractice")
_TEXT = (
    "not_used_for_medicare",
    "facility_na",
    "nonfacility_na",
    "pctc",
    "global_days",
    "multiple_procedure",
    "bilateral",
    "assistant_surgery",
    "co_surgery",
    "team_surgery",
    "endoscopic_base",
    "diagnostic_supervision",
    "calculation_flag",
    "imaging_family",
)


def rows(document: str, records: Iterable[Record], track: str = "") -> Iterator[Row]:
    """The rows of one release by measure, in text, with payments. Raises SheetError naming the row and the field."""
    for record in records:
        try:
            yield _row(record, track)
        except (ValueError, KeyError) as error:
            raise SheetError(f"{document} · row {record.row} · {record['code']}: {error}") from None


def _row(record: Record, track: str) -> Row:
    exact = {name: clean(record[name], 2) for name in (*_RVUS, *_OPPS)}
    shares = {name: clean(record[name], 2) for name in _SHARES}
    factor = clean(record["conversion_factor"], 4)
    _sums(exact)
    row = {"code": record["code"], "modifier": record["modifier"], "track": track, "status": record["status"]}
    row |= {name: str(value) for name, value in (exact | shares).items()}
    row |= {name: record[name] for name in _TEXT} | {"conversion_factor": str(factor)}
    for setting in ("facility", "nonfacility"):
        amount, why = payment(
            record["status"], record[f"{setting}_na"], exact[f"{setting}_total_rvu"], factor, max(exact[n] for n in _RVUS)
        )
        row |= {f"{setting}_payment": amount, f"{setting}_status": why}
    return row


def _sums(exact: dict[str, Decimal]) -> None:
    """A total is the sum of its parts: a shifted column cannot pass."""
    for setting in ("facility", "nonfacility"):
        parts = exact["work_rvu"] + exact[f"{setting}_pe_rvu"] + exact["malpractice_rvu"]
        if parts != exact[f"{setting}_total_rvu"]:
            raise ValueError(f"{setting} total {exact[f'{setting}_total_rvu']} is not the sum of its parts, {parts}")


def payment(status: str, na: str, total: Decimal, factor: Decimal, largest: Decimal) -> tuple[str, str]:
    """The national payment in one setting and, where there is none, why: exactly one of the two is empty.

    `largest` is the largest RVU of the row: a restricted row without any RVU is priced by the contractor.
    """
    if status not in PAYS:
        if status not in WHY_NOT:
            raise ValueError(f"status {status!r} is not known")
        return "", WHY_NOT[status]
    if na == "NA":
        return "", absence.NOT_APPLICABLE
    if na:
        raise ValueError(f"NA indicator {na!r} is not known")
    if total == 0:
        return ("", absence.CONTRACTOR_PRICED) if largest == 0 else ("", absence.NOT_PUBLISHED)
    return str(half_up(total * factor)), ""
