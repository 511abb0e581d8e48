"""What the indicators of the schedules mean for payment, by year: our words, held to CMS's lists and to every row.

The meanings stand in `extract/indicators.toml`. A year has the indicators that a list we hold names (Addenda D1, DD1)
and those that its rows carry; one that has no meaning there stops the reading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from feebook.errors import Wrong
from feebook.recipe import TableLayout
from feebook.schedules.segments import Row
from feebook.schedules.sheet import SheetError, heading

KEY = ("schedule", "column", "indicator")

PAYS: Final = ("yes", "no", "conditional")

LISTED: Final = {"outpatient": "status_indicator", "asc": "payment_indicator"}
"""Schedule → the column whose indicators CMS's list names."""

_INDICATOR = re.compile(r"[A-Z][0-9]?")
_FIRST, _LAST = 0, 9999


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one indicator of a column means in the years `first` to `last`."""

    schedule: str
    column: str
    indicator: str
    meaning: str
    pays: str = ""
    first: int = _FIRST
    last: int = _LAST


def meanings(path: Path) -> tuple[Meaning, ...]:
    """The meanings of a file. Raises Wrong for a key that is not known and for years that overlap."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    found = tuple(
        _meaning(path, schedule, column, indicator, one)
        for schedule, columns in said.items()
        for column, indicators in columns.items()
        for indicator, entries in indicators.items()
        for one in (entries if isinstance(entries, list) else [entries])
    )
    last: dict[tuple[str, str, str], int] = {}
    for one in found:
        at = (one.schedule, one.column, one.indicator)
        if one.first <= last.get(at, -1):
            raise Wrong(f"{path.name}: {' · '.join(at)}: the years from {one.first} overlap those before")
        last[at] = one.last
    return found


def _meaning(path: Path, schedule: str, column: str, indicator: str, said: Mapping[str, Any]) -> Meaning:
    names = {"from": "first", "through": "last"}
    facts = {names.get(name, name): value for name, value in said.items()}
    unknown = sorted(set(facts) - {field.name for field in fields(Meaning)})
    if unknown or "meaning" not in facts or facts.get("pays", "yes") not in PAYS:
        raise Wrong(f"{path.name}: {schedule} · {column} · {indicator}: meaning, pays, from and through were due")
    return Meaning(schedule, column, indicator, **facts)


def listed(document: str, table: Sequence[Sequence[str]], layout: TableLayout, due: int) -> list[str]:
    """The indicators that a list of CMS names: what stands in its first column, below the heading.

    Raises SheetError where something else stands there, or another number than was due.
    """
    first = next((i for i, row in enumerate(table) if row and heading(row[0]) == heading(layout.code)), None)
    if first is None:
        raise SheetError(f"{document}: no row begins with the heading {layout.code!r}")
    found = [row[0] for row in table[first + 1 :] if row and row[0]]
    strange = [text for text in found if not _INDICATOR.fullmatch(text)]
    if strange:
        raise SheetError(f"{document}: an indicator was due in the first column, found {strange[0]!r}")
    if len(found) != due:
        raise SheetError(f"{document}: {due} indicators were due, found {len(found)}")
    return found


def rows(
    year: int,
    known: Iterable[Meaning],
    lists: Mapping[tuple[str, str], str],
    tables: Mapping[str, Iterable[Row]],
) -> Iterator[Row]:
    """The indicators of a year with their meanings.

    `lists` is (schedule, indicator) → the document that names it, for the lists that we hold. Raises Wrong for an
    indicator, listed or seen, whose meaning in that year is not known.
    """
    held = {(one.schedule, one.column, one.indicator): one for one in known if one.first <= year <= one.last}
    columns = dict.fromkeys((one.schedule, one.column) for one in known)
    seen = {
        (schedule, column, row[column])
        for schedule, column in columns
        for row in tables.get(schedule, ())
        if row.get(column)
    }
    named = {(schedule, LISTED[schedule], indicator): document for (schedule, indicator), document in lists.items()}
    strange = sorted((seen | named.keys()) - held.keys())
    if strange:
        raise Wrong(f"{' · '.join(strange[0])}: extract/indicators.toml has no meaning of it for {year}")
    for at, one in held.items():
        if at in seen or at in named:
            yield {
                "schedule": one.schedule,
                "column": one.column,
                "indicator": one.indicator,
                "year": str(year),
                "meaning": one.meaning,
                "pays": one.pays,
                "seen": str(int(at in seen)),
                "document": named.get(at, ""),
            }
