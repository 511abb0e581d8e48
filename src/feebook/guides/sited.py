"""Columns whose headings say where and not what: relative value units or dollars, told by their figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from feebook.guides.headings import TOTALS, Meaning
from feebook.guides.lexicon import tags
from feebook.guides.tables import Crossing, Table

_UNITS: Final = re.compile(r"(\d{1,3}\.\d\d)[*†‡]?")
"""A figure that may be units: without the dollar sign, with two decimals, below a thousand."""

MOST: Final = 400
"""Relative value units of one service are not more."""

LEAST: Final = 30
"""Dollars are more than this many times the work units of their line: no conversion factor since 2010 was lower."""

BARE: Final = "its heading says where, and not whether its figures are units or dollars"


def told(table: Table, found: Sequence[tuple[Meaning, ...]], title: Sequence[str]) -> list[tuple[Meaning, ...]]:
    """What columns measure, payments under a bare site that may be units as such or in doubt."""
    totals = any(m.measure.endswith("total_rvu") for said in found for m in said)
    work = next((j for j, said in enumerate(found) if [m.measure for m in said] == ["work_rvu"]), None)
    lines = ({"rvu", "payment"}.intersection(tags(text)) for text in reversed(title))
    named: set[str] = next(filter(None, lines), set())
    result: list[tuple[Meaning, ...]] = []
    for j, said in enumerate(found):
        if [m.doubt for m in said] == [TOTALS] and work is not None and _kind(table, j, work) == "units":
            result.append((replace(said[0], doubt=""),))
            continue
        bare = len(said) == 1 and said[0].measure in ("facility_payment", "nonfacility_payment")
        if totals or not bare or any("payment" in tags(part) for part in table.columns[j].path):
            result.append(said)
            continue
        kind = _kind(table, j, work)
        if kind == "either" and named and "rvu" not in named:
            kind = "dollars"
        units = kind == "units" or (kind == "either" and "rvu" in named)
        measure = said[0].measure.replace("_payment", "_total_rvu") if units else said[0].measure
        doubt = "" if kind == "dollars" else BARE
        result.append((replace(said[0], measure=measure, doubt=said[0].doubt or doubt),))
    return result


def _kind(table: Table, j: int, work: int | None) -> str:
    """What the figures of a column are: units, dollars, or either."""
    figures = [_figure(text) for row in table.rows if (text := _text(row.crossings[j])) and any(map(str.isdigit, text))]
    if not figures or any(figure is None or figure > MOST for figure in figures):
        return "dollars"
    if work is None:
        return "either"
    pairs = [(_figure(_text(row.crossings[work])), _figure(_text(row.crossings[j]))) for row in table.rows]
    below = [paid < LEAST * units for units, paid in pairs if units and paid]
    return "either" if not below else "units" if 2 * sum(below) >= len(below) else "dollars"


def _text(crossing: Crossing | None) -> str:
    return crossing.text.strip() if crossing else ""


def _figure(text: str) -> Decimal | None:
    match = _UNITS.fullmatch(text)
    return Decimal(match[1]) if match else None
