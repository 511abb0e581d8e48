"""Each cell of a guide against CMS: does it hold on the days it is printed for, and with which conversion factor.

A guide prints one amount for a period; CMS may have paid several in it. The printed figure is compared on every day
of its period, so that "dates say 1 January, figures fit the factor of 9 March" comes out by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from feebook.amounts import CENT, DOLLAR, half_up
from feebook.package import Row

AGREES, PARTLY, DIFFERS, NO_SOURCE = "agrees", "agrees_partly", "differs", "no_source"

_PAYMENTS = {"facility_payment": "facility_total_rvu", "nonfacility_payment": "nonfacility_total_rvu"}
_PHYSICIAN = (*_PAYMENTS, "work_rvu", "facility_pe_rvu", "nonfacility_pe_rvu", "malpractice_rvu", *_PAYMENTS.values())


def findings(tables: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """One finding for each row of `guide_cells`, from the schedules of the same package."""
    through = {row["document"]: row["effective_through"] for row in tables["documents"]}
    held: dict[tuple[str, str], list[Row]] = {}
    for row in tables["physician"]:
        held.setdefault((row["code"], row["modifier"]), []).append(row)
    for cell in tables["guide_cells"]:
        last = through.get(cell["document"]) or f"{cell['year']}-12-31"
        rows = held.get((cell["code"], cell["modifier"]), []) if cell["measure"] in _PHYSICIAN else []
        yield {name: cell[name] for name in _NAMED} | _verdict(cell, _during(rows, cell["from"], last), last)


_NAMED = ("document", "table", "code", "modifier", "measure", "variant", "year", "from")


def _during(rows: Sequence[Row], first: str, last: str) -> list[Row]:
    return [row for row in rows if row["from"] <= last and row["through"] >= first]


def _verdict(cell: Row, rows: Sequence[Row], last: str) -> Row:
    measure = cell["measure"]
    if not rows:
        return _said(NO_SOURCE, "", "", "we hold no CMS row to compare it with")
    agreeing = [row for row in rows if _printed_as(cell, row) == (cell["value"] or cell["status"])]
    factors = sorted({row["conversion_factor"] for row in agreeing}) if measure in _PAYMENTS else []
    factor = factors[0] if len(factors) == 1 else ""
    expected = " · ".join(dict.fromkeys(_exact(measure, row) for row in rows))
    if len(agreeing) == len(rows):
        return _said(AGREES, expected, factor, "")
    if agreeing:
        note = (
            f"printed for {cell['from']} to {last}, but {_days(agreeing)} only"
            + (f" (factor {factor})" if factor else "")
            + "; CMS: "
            + "; ".join(f"{_exact(measure, row)} {_days([row])}" for row in rows if row not in agreeing)
        )
        return _said(PARTLY, expected, factor, note)
    return _said(DIFFERS, expected, "", f"printed {cell['printed']}, expected {expected}")


def _said(verdict: str, expected: str, factor: str, note: str) -> Row:
    return {"verdict": verdict, "expected": expected, "conversion_factor": factor, "note": note}


def _days(rows: Sequence[Row]) -> str:
    return f"{min(row['from'] for row in rows)} to {max(row['through'] for row in rows)}"


def _exact(measure: str, row: Row) -> str:
    """What CMS has: the amount, or the reason why there is none."""
    return row[measure] or row[measure.replace("_payment", "_status")]


def _printed_as(cell: Row, row: Row) -> str:
    """CMS's figure in the unit the guide prints: whole dollars are rounded from the unrounded amount."""
    measure, value = cell["measure"], cell["value"]
    if measure not in _PAYMENTS or not row[measure] or not value:
        return _exact(measure, row)
    unit = CENT if "." in value else DOLLAR
    return str(half_up(Decimal(row[_PAYMENTS[measure]]) * Decimal(row["conversion_factor"]), unit))
