"""The files of one code: CSV, JSON and its line of the code index; and a comparison as JSON.

Amounts are exact text, as in the packages. No descriptor but one of a licensee's own file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from feebook.amounts import half_up
from feebook.compare import Change, Comparison, printers
from feebook.package import NOTICES, Row
from feebook.publish.book import SCHEDULES, Book
from feebook.publish.records import Record
from feebook.schedules import caps
from feebook.tabular import to_csv

CSV_COLUMNS = (
    "code", "setting", "modifier", "track", "from", "through", "payment", "status",
    "indicator", "apc", "units", "conversion_factor", "schedule", "release", "documents", "opps_cap",
)  # fmt: skip
"""Columns of a code's CSV. `units` is the total RVU of the setting, or the weight; `documents` are of that table.
`opps_cap` is the lower amount that Medicare pays of imaging above the cap, or `not held`; empty elsewhere."""

CAP_NOTE = (
    "Imaging: physician payments here are total RVU times factor, before the OPPS cap. Medicare pays work + "
    "opps_facility_pe or opps_nonfacility_pe + opps_malpractice, times factor, where that is lower. "
    "Rows without these fields: the cap is not held."
)

_PHYSICIAN = (("physician_facility", "facility"), ("physician_nonfacility", "nonfacility"))


def code_csv(book: Book, record: Record) -> str:
    """A code in every setting, modifier and segment, one row each."""
    return to_csv(CSV_COLUMNS, _csv_rows(book, record))


def _csv_rows(book: Book, record: Record) -> Iterator[tuple[str, ...]]:
    code = record.code.code
    for schedule in SCHEDULES:
        for year, row in record.all(schedule):
            documents = " ".join(document["document"] for document in book.documents_of(year, schedule, row))
            tail = (schedule, row["release"], documents)
            head = (row.get("modifier", ""), row.get("track", ""), row["from"], row["through"])
            if schedule == "physician":
                for name, setting in _PHYSICIAN:
                    paid = (
                        row[f"{setting}_payment"],
                        row[f"{setting}_status"],
                        row["status"],
                        "",
                        row[f"{setting}_total_rvu"],
                    )
                    cap = _cap(row, setting, code in book.capped)
                    yield (code, name, *head, *paid, row["conversion_factor"], *tail, cap)
                continue
            indicator = row["status_indicator"] if schedule == "outpatient" else row["payment_indicator"]
            paid = (row["payment"], row["payment_status"], indicator, row.get("apc", ""), row["weight"])
            yield (code, schedule, *head, *paid, "", *tail, "")


def _cap(row: Row, setting: str, capped: bool) -> str:
    if not row[f"{setting}_payment"]:
        return ""
    units = caps.capped_units(row, setting)
    if units is None:
        return "not held" if capped and caps.is_untold(row, setting) else ""
    return str(half_up(units * Decimal(row["conversion_factor"])))


def code_json(book: Book, record: Record, descriptor: str = "") -> str:
    """A code as the API serves it: rows of each schedule as in the packages, empty fields left out.

    `descriptor` is that of a licensee, and is left out where there is none.
    """
    code = record.code
    found: dict[str, Any] = {
        "$schema": "../schemas/code.json",
        "code": code.code,
        "system": code.system,
        "family": code.family,
        "first_seen": code.first,
        "last_seen": code.last,
        "notice": notice(book.years[-1]),
    }
    if code.code in book.capped:
        found["note"] = CAP_NOTE
    if descriptor:
        found["descriptor"] = descriptor
    for schedule in SCHEDULES:
        found[schedule] = [
            {name: value for name, value in row.items() if value and name != "code"} for _, row in record.all(schedule)
        ]
    return _compact(found) + "\n"


_OF_A_DAY = ("status", "indicator", "apc", "factor", "release")
REPEATED = frozenset(
    [
        *("schedule", "modifier", "track", "measure", "kind", "reason", "note"),
        *(f"{day}_{name}" for day in ("before", "after") for name in _OF_A_DAY),
    ]
)
"""Columns of a comparison that have few different texts: each text is written once, and for each row its place."""


def comparison_json(comparison: Comparison, changes: Iterable[Change]) -> str:
    """A comparison as the API serves it: what was asked, then the columns of its changes, one entry a row.

    A column is a list of texts; one of few different texts is `values` and `at`, the place in them for each row.
    """
    said = ("basis", "before_day", "after_day")
    columns = printers.to_columns(comparison, changes)
    head = {"$schema": "../schemas/comparison.json", "notice": notice(comparison.after.year)}
    lines = ",\n".join(
        f'"{name}":{_compact(_places(column) if name in REPEATED else column)}'
        for name, column in columns.items()
        if name not in said
    )
    return f'{_compact(head | printers.facts(comparison))[:-1]},"columns":{{\n{lines}\n}}}}\n'


def _places(column: tuple[str, ...]) -> dict[str, list[str] | list[int]]:
    values = list(dict.fromkeys(column))
    at = {text: place for place, text in enumerate(values)}
    return {"values": values, "at": [at[text] for text in column]}


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def notice(year: int) -> str:
    """The notice that goes with Level I codes: the code set carries the copyright of the year before."""
    return NOTICES[0].format(code_year=year - 1)
