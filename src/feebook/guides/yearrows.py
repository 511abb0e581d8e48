"""Tables with a row for each year under a code: the column that names the year of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feebook.guides import lexicon
from feebook.guides.dates import NEVER, Period, period
from feebook.guides.headings import Meaning
from feebook.guides.tables import Row, Table

MOST: Final = 0.6
"""The share of a column's cells that makes it one of years."""

_YEAR: Final = re.compile(r"(?:(?:CY|FY|calendar year|fiscal year)\s*['’]?\s*)?20[0-4]\d", re.IGNORECASE)

NAMELESS: Final = "the row does not name its year as the others do"


def year_column(table: Table, measured: Sequence[Sequence[Meaning]]) -> int | None:
    """The column without a measure in which most rows name a year, not all of them the same; None as a rule."""
    for j, said in enumerate(measured):
        if said or j == table.code:
            continue
        texts = [c.text.strip() for row in table.rows if (c := row.crossings[j])]
        years = [text for text in texts if _YEAR.fullmatch(text)]
        if len(set(years)) > 1 and len(years) >= MOST * len(table.rows):
            return j
    return None


def row_period(row: Row, column: int | None) -> tuple[Period, str] | None:
    """The year that a row names, and why it is in doubt; None for a row of changes between years."""
    if column is None:
        return NEVER, ""
    crossing = row.crossings[column]
    text = crossing.text.strip() if crossing else ""
    if _YEAR.fullmatch(text):
        return period(text), ""
    return None if "change" in lexicon.tags(text) or "%" in text else (NEVER, NAMELESS)
