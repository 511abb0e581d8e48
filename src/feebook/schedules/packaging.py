"""What packaging hides: pairs of procedures that are paid at a higher classification, and the device in a rate.

Complexity adjustment (Addendum J of the outpatient rule): a comprehensive procedure done together with a second one,
which may be packaged, is paid at the next higher APC. Surgery centers have no such step: since 2023 CMS gives some
pairs a code of their own there (C75xx), and the files we hold do not say as codes which pair each stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from feebook import absence, codes
from feebook.schedules.outpatient import WHY_NOT, amount, percent
from feebook.schedules.segments import Row
from feebook.schedules.sheet import Record, SheetError, each

KEY = ("schedule", "primary", "secondary", "adjusted_code")
OFFSET_KEY = ("code",)

ASC_PAIR = re.compile(r"C75\d\d")
"""The codes that CMS made in 2023 and later for pairs of procedures in a surgery center."""

_APC = re.compile(r"\d{4}")


def is_key(text: str) -> bool:
    """True for what stands first in a row of Addendum J (a code) or of Addendum A (an APC)."""
    return codes.is_code(text) or _APC.fullmatch(text) is not None


def pairs(document: str, records: Iterable[Record], rates: tuple[str, Iterable[Record]]) -> Iterator[Row]:
    """The pairs of Addendum J, with the rates of both classifications from Addendum A of the same rule.

    An APC that Addendum A prints no rate for leaves its rate empty, with the reason. Raises SheetError naming the row
    for a text that is no code or no APC.
    """
    source, listed = rates
    rate = {record["code"]: amount(record["payment"]) for record in listed}
    for record in records:
        apcs = {name: _apc(document, record, name) for name in ("primary_apc", "adjusted_apc")}
        for name in ("code", "secondary"):
            if not codes.is_code(record[name]):
                raise SheetError(f"{document} · row {record.row} · {name}: a code was due, found {record[name]!r}")
        yield {
            "schedule": "outpatient",
            "primary": record["code"],
            "secondary": record["secondary"],
            "adjusted_code": record["adjusted_code"],
            "pair_status": "",
            "primary_indicator": record["primary_indicator"],
            "primary_apc": apcs["primary_apc"],
            **_rate("primary", rate.get(apcs["primary_apc"], "")),
            "secondary_indicator": record["secondary_indicator"],
            "secondary_apc": record["secondary_apc"],
            "adjusted_apc": apcs["adjusted_apc"],
            **_rate("adjusted", rate.get(apcs["adjusted_apc"], "")),
            "document": document,
            "place": f"row={record.row}",
            "rate_document": source,
        }


def _apc(document: str, record: Record, name: str) -> str:
    if not _APC.fullmatch(record[name]):
        raise SheetError(f"{document} · row {record.row} · {name}: an APC was due, found {record[name]!r}")
    return record[name]


def _rate(of: str, payment: str) -> Row:
    return {f"{of}_payment": payment, f"{of}_status": "" if payment else absence.NOT_PUBLISHED}


def asc_pairs(rows: Iterable[Row], documents: Mapping[str, str]) -> Iterator[Row]:
    """The codes of the surgery center schedule that stand for a pair, from its rows; the pair itself is not published.

    `documents` is release → the document that its procedures were read from.
    """
    for row in rows:
        if ASC_PAIR.fullmatch(row["code"]) and row["payment_indicator"]:
            yield {
                "schedule": "asc",
                "adjusted_code": row["code"],
                "pair_status": absence.NOT_PUBLISHED,
                "adjusted_payment": row["payment"],
                "adjusted_status": row["payment_status"],
                "document": documents[row["release"]],
                "rate_document": documents[row["release"]],
                **{name: row[name] for name in ("from", "through", "release")},
            }


def offsets(parts: Mapping[str, tuple[str, Iterable[Record]]]) -> Iterator[Row]:
    """The device in the rate of each procedure, from both lists of Addendum P; they must agree where both have a code.

    `codes` has every code with claims, `intensive` those that are device-intensive, new ones among them.
    """
    document, records = parts["intensive"]
    intensive = {row["code"]: row for row in each(document, records, lambda record: _offset(record, "1"))}
    document, records = parts["codes"]
    for at, row in each(document, records, lambda record: (record.row, _offset(record, "0"))):
        known = intensive.pop(row["code"], None)
        alike = ("apc", "payment", "device_offset_percent", "device_offset")
        if known and any(known[name] != row[name] for name in alike):
            raise SheetError(f"{document} · row {at} · {row['code']}: differs from the device-intensive list")
        yield known or row
    yield from intensive.values()


def _offset(record: Record, intensive: str) -> Row:
    payment = amount(record["payment"])
    return {
        "code": record["code"],
        "status_indicator": record["status_indicator"],
        "apc": record["apc"].zfill(4) if record["apc"] else "",
        "payment": payment,
        "payment_status": "" if payment else WHY_NOT.get(record["status_indicator"], absence.NOT_PUBLISHED),
        "apc_offset_percent": percent(record["apc_offset_percent"]),
        "device_offset_percent": percent(record["device_offset_percent"]),
        "device_offset": amount(record["device_offset"]),
        "device_intensive": intensive,
    }


def device_in(rate: str, share: str) -> Decimal:
    """Dollars of a rate that are its device, before rounding: the rate times a percentage."""
    return Decimal(rate) * Decimal(share) / 100


def service_share(rate: str, opps_rate: str, device: str) -> Decimal:
    """What a center is paid of the hospital's service, for a device-intensive procedure: device aside on both sides.

    A center's rate is the device in full and a share of the rest that is the same for all procedures of a year:
    measured on 2,769 of 2,778 rows of Addendum FF, 2022 to 2026. Where it is not, the offset is of another rate.
    """
    of = Decimal(device)
    return (Decimal(rate) - of) / (Decimal(opps_rate) - of)
