"""The physician fee schedule: rows of a PPRRVU file with their national payments, each exact or typed as absent.

Status indicators and their meaning are CMS's (RVUyyX.pdf, "Status Code"); the rule of payment is in `amounts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from feebook import absence
from feebook.amounts import clean, half_up
from feebook.schedules.segments import Row
from feebook.schedules.sheet import Record, each

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
SETTINGS = ("facility", "nonfacility")

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
    "pricing_indicator",
    "endoscopic_base",
    "diagnostic_supervision",
    "calculation_flag",
    "imaging_family",
)


def rows(document: str, records: Iterable[Record], track: str = "") -> Iterator[Row]:
    """The rows of one release by measure, in text, with payments. Raises SheetError naming the row and the field."""
    return each(document, records, lambda record: _row(record, track))


def blank(code: str, modifier: str, track: str, status: str) -> Row:
    """A row of which nothing but its status is known yet: every other measure empty."""
    measures = (*_RVUS, *_SHARES, *_OPPS, *_TEXT, "conversion_factor")
    payments = (f"{setting}_{what}" for setting in SETTINGS for what in ("payment", "status"))
    return {"code": code, "modifier": modifier, "track": track, "status": status} | dict.fromkeys(
        (*measures, *payments), ""
    )


def _row(record: Record, track: str) -> Row:
    row = {"code": record["code"], "modifier": record["modifier"], "track": track, "status": record["status"]}
    row |= {name: str(clean(record[name], 2)) for name in (*_RVUS, *_SHARES, *_OPPS)}
    row |= {name: record[name] for name in _TEXT} | {"conversion_factor": str(clean(record["conversion_factor"], 4))}
    for setting in SETTINGS:
        total, parts = total_and_parts(row, setting)
        if total != parts:
            raise ValueError(f"{setting} total {total} is not the sum of its parts, {parts}")
        row[f"{setting}_payment"], row[f"{setting}_status"] = payment_of(row, setting)
    return row


def total_and_parts(row: Mapping[str, str], setting: str) -> tuple[Decimal, Decimal]:
    """The printed total RVU of a setting and the sum of its parts: where they differ a column has shifted."""
    parts = (row["work_rvu"], row[f"{setting}_pe_rvu"], row["malpractice_rvu"])
    return Decimal(row[f"{setting}_total_rvu"]), sum((Decimal(part) for part in parts), Decimal(0))


def payment_of(row: Mapping[str, str], setting: str) -> tuple[str, str]:
    """The national payment in one setting and, where there is none, why: exactly one of the two is empty.

    A restricted row without any RVU is priced by the contractor; a lone zero total is a gap in the source.
    """
    status, na = row["status"], row[f"{setting}_na"]
    if status not in PAYS:
        if status not in WHY_NOT:
            raise ValueError(f"status {status!r} is not known")
        return "", WHY_NOT[status]
    if na not in ("", "NA"):
        raise ValueError(f"NA indicator {na!r} is not known")
    if na:
        return "", absence.NOT_APPLICABLE
    total = Decimal(row[f"{setting}_total_rvu"])
    if total == 0:
        return "", absence.NOT_PUBLISHED if any(Decimal(row[name]) for name in _RVUS) else absence.CONTRACTOR_PRICED
    return str(half_up(total * Decimal(row["conversion_factor"]))), ""
