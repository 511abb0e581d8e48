"""A payment and its total units in one cell, `$118 (3.48)`, under a heading that names both in that order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from feebook.guides.headings import Meaning
from feebook.guides.tables import Table

_HEADING: Final = re.compile(
    r".*\b(?:payments?|rates?|amounts?|fees?|reimbursement)\s*[(\[]\s*(?:total\s+)?RVUs?\s*[)\]]", re.IGNORECASE
)
_UNITS: Final = {"facility_payment": "facility_total_rvu", "nonfacility_payment": "nonfacility_total_rvu"}
_AMOUNT: Final = r"\$\s?(?P<amount>\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d\d)?)"
_CELL: Final = re.compile(rf"(?P<payment>{_AMOUNT})\s*[(\[]\s*(?P<units>\d+\.\d+)\s*[)\]]")
_WORD: Final = r"N/?A|[–—-]+"
_WORDS: Final = re.compile(rf"(?P<payment>{_WORD})(?:\s*[(\[]\s*(?P<units>{_WORD})\s*[)\]])?", re.IGNORECASE)

FACTORS: Final = (Decimal(20), Decimal(48))
"""No physician conversion factor since 1992 lies outside these."""

ENOUGH: Final = 3
"""Of fewer lines than this one factor is no proof."""

UNPROVEN: Final = "no one factor makes the payments of the column from the units beside them: these may not be totals"
UNPARTED: Final = "the cell does not print a payment and its units as its heading says"


def of_units(table: Table, j: int, said: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """What a column of the physician's payments measures whose heading names their units too: both, in its order.

    The units are totals where one conversion factor makes each payment of the column from them.
    """
    path = table.columns[j].path
    if len(said) != 1 or said[0].measure not in _UNITS or not path or not _HEADING.fullmatch(path[-1].strip(" *†‡")):
        return said
    doubt = said[0].doubt or ("" if _is_proven(table.texts(j)) else UNPROVEN)
    return (said[0], replace(said[0], measure=_UNITS[said[0].measure], doubt=doubt))


def _is_proven(texts: Sequence[str]) -> bool:
    """True when one factor, rounded to the unit that is printed, makes every payment from the units beside it."""
    spans = list(_spans(texts))
    low, high = max((a for a, _ in spans), default=FACTORS[0]), min((b for _, b in spans), default=FACTORS[1])
    return len(spans) >= ENOUGH and FACTORS[0] <= low <= high <= FACTORS[1]


def _spans(texts: Sequence[str]) -> Iterator[tuple[Decimal, Decimal]]:
    """The factors at which the units of each cell, themselves rounded, give its payment."""
    for text in texts:
        match = _CELL.fullmatch(" ".join(text.split()))
        units = Decimal(match["units"]) if match else Decimal(0)
        if match and units:
            amount = Decimal(match["amount"].replace(",", ""))
            half, part = _half(amount), _half(units)
            yield (amount - half) / (units + part), (amount + half) / (units - part)


def _half(number: Decimal) -> Decimal:
    """Half a unit of the last digit of a number."""
    return Decimal(1).scaleb(number.as_tuple().exponent) / 2  # type: ignore[arg-type]  # a finite number


def payment_and_units(text: str, said: Sequence[Meaning]) -> tuple[list[str], str] | None:
    """What a cell prints as its payment and as its units, and why that is in doubt; None for another column's cell."""
    if len(said) != 2 or _UNITS.get(said[0].measure) != said[1].measure:
        return None
    plain = " ".join(text.split())
    match = _CELL.fullmatch(plain) or _WORDS.fullmatch(plain)
    if match:
        return [match["payment"], match["units"] or match["payment"]], ""
    return [plain, plain], UNPARTED
