"""Payment localities: their cost indices, their anesthesia factors, their ZIP codes and their OPPS-cap amounts.

A locality is named as CMS's look-up tool prints it: the five digits of the contractor and the two of the locality.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from feebook.amounts import clean
from feebook.schedules.outpatient import amount
from feebook.schedules.segments import Row
from feebook.schedules.sheet import Record, SheetError, each

KEY = ("locality",)
CAP_KEY = ("code", "modifier", "locality")
ZIP_KEY = ("zip",)

_CONTRACTOR = re.compile(r"\d{4,5}(_\d\d)?")


def is_contractor(text: str) -> bool:
    """True for a contractor's number, alone or with its locality; the four-digit ones have lost their leading zero."""
    return _CONTRACTOR.fullmatch(text) is not None


def is_zip(text: str) -> bool:
    """True for a five-digit ZIP code."""
    return re.fullmatch(r"\d{5}", text) is not None


def locality(contractor: str, number: str) -> str:
    """The name of a locality: `2102` and `1` → `0210201`."""
    return contractor.zfill(5) + number.zfill(2)


def rows(document: str, gpci: Iterable[Record], anesthesia: Iterable[Record]) -> Iterator[Row]:
    """One row per locality with its indices and its anesthesia factor.

    Raises SheetError where the two files do not name the same localities.
    """
    factors = {locality(r["code"], r["locality_number"]): str(clean(r["anesthesia_factor"], 2)) for r in anesthesia}
    named = set()
    for record in gpci:
        contractor, _, number = record["code"].partition("_")
        name = locality(contractor, number or record["locality_number"])
        named.add(name)
        yield {
            "locality": name,
            "state": record["state"],
            "name": record["locality_name"].rstrip("* "),
            "work_gpci": str(clean(record["work_gpci"], 3)),
            "pe_gpci": str(clean(record["pe_gpci"], 3)),
            "mp_gpci": str(clean(record["mp_gpci"], 3)),
            "anesthesia_factor": factors.get(name, ""),
        }
    if factors and named != set(factors):
        apart = ", ".join(sorted(named ^ set(factors)))
        raise SheetError(f"{document}: localities that only one of the indices and the anesthesia factors has: {apart}")


def zips(document: str, records: Iterable[Record]) -> Iterator[Row]:
    """One row per ZIP code with its locality; `plus_four` tells where the last four digits decide."""
    for record in records:
        yield {
            "zip": record["code"],
            "state": record["state"],
            "locality": locality(record["contractor"], record["locality_number"]),
            "rural": record["rural"],
            "plus_four": record["plus_four"],
        }


def caps(document: str, records: Iterable[Record]) -> Iterator[Row]:
    """The OPPS-cap amounts: imaging whose technical part pays no more than the outpatient schedule, by locality."""
    return each(document, records, _cap)


def _cap(record: Record) -> Row:
    return {
        "code": record["code"],
        "modifier": record["modifier"],
        "locality": locality(record["contractor"], record["locality_number"]),
        "status": record["status"],
        "facility_price": amount(record["facility_price"]),
        "nonfacility_price": amount(record["nonfacility_price"]),
    }
