"""Each cell of a guide against CMS: does it hold on the days it is printed for, and with which conversion factor.

A guide prints one amount for a period; CMS may have paid several in it. The printed figure is compared on every day
of its period, so that "dates say 1 January, figures fit the factor of 9 March" comes out by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from feebook.amounts import CENT, DOLLAR, half_up
from feebook.package import Row

AGREES, PARTLY, DIFFERS, NO_SOURCE = "agrees", "agrees_partly", "differs", "no_source"

_TOTALS: Final = {"facility_payment": "facility_total_rvu", "nonfacility_payment": "nonfacility_total_rvu"}

_RVUS = ("work_rvu", "facility_pe_rvu", "nonfacility_pe_rvu", "malpractice_rvu", *_TOTALS.values())

_HELD: Final = {
    **{measure: ("physician", measure, measure.replace("payment", "status")) for measure in _TOTALS},
    **{measure: ("physician", measure, "") for measure in _RVUS},
    "asc_payment": ("asc", "payment", "payment_status"),
    "asc_indicator": ("asc", "payment_indicator", ""),
    "asc_weight": ("asc", "weight", ""),
    "opps_payment": ("outpatient", "payment", "payment_status"),
    "opps_status_indicator": ("outpatient", "status_indicator", ""),
    "opps_weight": ("outpatient", "weight", ""),
    "opps_copayment": ("outpatient", "minimum_copayment", ""),
    "apc": ("outpatient", "apc", ""),
}
"""Measure of a guide → the resource, the column and the column of the absence that it is compared with."""

NONE: Final = "none"
"""What CMS has where a column without absences is empty: a packaged code has no APC."""

_NAMED = ("document", "table", "code", "modifier", "measure", "variant", "year", "from")


def findings(tables: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """One finding for each row of `guide_cells`, from the schedules of the same package."""
    through = {row["document"]: row["effective_through"] for row in tables["documents"]}
    held: dict[tuple[str, str, str], list[Row]] = {}
    for resource in ("physician", "asc", "outpatient"):
        for row in tables.get(resource, ()):
            held.setdefault((resource, row["code"], row.get("modifier", "")), []).append(row)
    for cell in tables["guide_cells"]:
        last = through.get(cell["document"]) or f"{cell['year']}-12-31"
        resource = _HELD[cell["measure"]][0] if cell["measure"] in _HELD else ""
        modifier = cell["modifier"] if resource == "physician" else ""
        rows = held.get((resource, cell["code"], modifier), [])
        rows = [row for row in rows if row.get("track", "") in ("", cell["variant"])]
        yield {name: cell[name] for name in _NAMED} | _verdict(cell, _during(rows, cell["from"], last), last)


def _during(rows: Sequence[Row], first: str, last: str) -> list[Row]:
    """The rows in force in a period, each cut to it."""
    return [
        row | {"from": max(first, row["from"]), "through": min(last, row["through"])}
        for row in rows
        if row["from"] <= last and row["through"] >= first
    ]


def _verdict(cell: Row, rows: Sequence[Row], last: str) -> Row:
    if not rows:
        return _said(NO_SOURCE, "", "", "we hold no CMS row to compare it with")
    agreeing = [row for row in rows if _agrees(cell, row)]
    expected = " · ".join(dict.fromkeys(_exact(cell["measure"], row) for row in rows))
    if len(agreeing) == len(rows):
        return _said(AGREES, expected, _factor(cell, agreeing), "")
    if not agreeing:
        return _said(DIFFERS, expected, "", f"printed {cell['printed']}, expected {expected}")
    factor = _factor(cell, agreeing)
    note = (
        f"printed for {cell['from']} to {last}, but the figures fit {_days(agreeing)} only"
        + (f", the days of the factor {factor}" if factor else "")
        + "; CMS has "
        + "; ".join(f"{_exact(cell['measure'], row)} for {_days([row])}" for row in rows if row not in agreeing)
    )
    return _said(PARTLY, expected, factor, note)


def _said(verdict: str, expected: str, factor: str, note: str) -> Row:
    return {"verdict": verdict, "expected": expected, "conversion_factor": factor, "note": note}


def _factor(cell: Row, rows: Sequence[Row]) -> str:
    """The one conversion factor that a printed physician payment fits; empty where it fits several."""
    factors = {row["conversion_factor"] for row in rows} if cell["measure"] in _TOTALS and cell["value"] else set()
    return factors.pop() if len(factors) == 1 else ""


def _days(rows: Sequence[Row]) -> str:
    return f"{min(row['from'] for row in rows)} to {max(row['through'] for row in rows)}"


def _exact(measure: str, row: Row) -> str:
    """What CMS has: the figure, or the reason why there is none."""
    _, column, status = _HELD[measure]
    return row[column] or (row[status] if status else NONE)


def _agrees(cell: Row, row: Row) -> bool:
    """Whether CMS's figure, in the unit the guide prints, is the printed one; a reason must be the same reason."""
    found = _exact(cell["measure"], row)
    if found == NONE:
        return not cell["value"]
    if not cell["value"] or not _is_number(found) or not _is_number(cell["value"]):
        return found == (cell["value"] or cell["status"])
    unit = CENT if "." in cell["value"] else DOLLAR
    if cell["measure"] not in _TOTALS:
        return Decimal(cell["value"]) in (Decimal(found), half_up(Decimal(found), unit))
    # Whole dollars are rounded from the unrounded amount, never from the cents.
    return half_up(Decimal(row[_TOTALS[cell["measure"]]]) * Decimal(row["conversion_factor"]), unit) == Decimal(
        cell["value"]
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
