"""A comparison as text: plain rows, CSV, JSON, Markdown, a data frame and a table for the terminal.

The basis, the days and the factors stand in every one of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from feebook import absence, tabular
from feebook.amounts import half_up
from feebook.compare import grid, kinds
from feebook.compare.change import SETTINGS, Change
from feebook.compare.comparison import Comparison

if TYPE_CHECKING:
    from pandas import DataFrame
    from rich.table import Table

Row = dict[str, str]

PARTS: Final = ("factor", "work", "practice_expense", "malpractice", "weight", "rounding")
_FIELDS: Final = tuple(name for name in Change.__slots__ if name not in ("linked", "parts"))
COLUMNS: Final = ("basis", "before_day", "after_day", *_FIELDS, "linked", *(f"{part}_part" for part in PARTS))
"""The columns of a plain row, in order; parts in US dollars."""


def _by_code(change: Change) -> tuple[Any, ...]:
    return change.code, change.modifier, change.track, tuple(SETTINGS).index(change.measure)


def _by_dollars(change: Change) -> tuple[Any, ...]:
    return change.change is None, -abs(change.change or Decimal(0)), *_by_code(change)


def _by_percent(change: Change) -> tuple[Any, ...]:
    return change.percent is None, -abs(change.percent or Decimal(0)), *_by_code(change)


SORTS: Final[dict[str, Callable[[Change], tuple[Any, ...]]]] = {
    "dollars": _by_dollars,
    "percent": _by_percent,
    "code": _by_code,
}
"""The orders that rows can be listed in: the largest first, or by code."""


def to_rows(comparison: Comparison, changes: Iterable[Change] | None = None) -> list[Row]:
    """One row of exact text per code, modifier, track and measure: all of the comparison, or the changes given."""
    return [dict(zip(COLUMNS, line, strict=True)) for line in _lines(comparison, changes)]


_said = attrgetter(*_FIELDS)


def _lines(comparison: Comparison, changes: Iterable[Change] | None) -> Iterator[list[str]]:
    days = {name: [day.isoformat() for day in both] for name, both in comparison.days.items()}
    for change in comparison.rows if changes is None else changes:
        parts = map(change.parts.get, PARTS)
        texts = ["" if one is None else str(one) for one in (*_said(change), " ".join(change.linked), *parts)]
        yield [comparison.basis, *days[change.schedule], *texts]


def to_frame(comparison: Comparison, changes: Iterable[Change] | None = None) -> DataFrame:
    """The plain rows as a data frame of exact text."""
    import pandas as pd

    return pd.DataFrame(to_rows(comparison, changes), columns=list(COLUMNS), dtype=str)


def to_columns(comparison: Comparison, changes: Iterable[Change] | None = None) -> dict[str, tuple[str, ...]]:
    """The plain rows as columns of exact text."""
    columns = zip(*_lines(comparison, changes), strict=True)
    return dict.fromkeys(COLUMNS, ()) | dict(zip(COLUMNS, columns, strict=False))


def to_csv(comparison: Comparison, changes: Iterable[Change] | None = None) -> str:
    """The plain rows as CSV."""
    return tabular.to_csv(COLUMNS, _lines(comparison, changes))


def to_json(comparison: Comparison, changes: Iterable[Change] | None = None) -> str:
    """The whole comparison as JSON: what was asked, on which basis, the counts and the plain rows."""
    return json.dumps(facts(comparison) | {"rows": to_rows(comparison, changes)}, indent=1, ensure_ascii=False) + "\n"


def facts(comparison: Comparison) -> dict[str, Any]:
    """What a comparison says besides its rows: what was asked, on which basis, and the counts."""
    return {
        "before": comparison.before.isoformat(),
        "after": comparison.after.isoformat(),
        "basis": comparison.basis,
        "factors": {
            name: ["" if factor is None else str(factor) for factor in both]
            for name, both in comparison.factors.items()
        },
        "days": {name: [day.isoformat() for day in both] for name, both in comparison.days.items()},
        "held_in_part": {name: [day.isoformat() for day in days] for name, days in comparison.partial.items()},
        "not_compared": dict(comparison.missing),
        "note": " ".join(caps(comparison)),
        "counts": comparison.counts(),
        "min_dollars": str(comparison.min_dollars),
        "min_percent": str(comparison.min_percent),
        "under_the_line": comparison.noise,
    }


def headline(comparison: Comparison) -> list[str]:
    """What was compared, at which factors, what came of it and what lies under the line, one sentence a line."""
    bases = {
        "paid": "as paid on the two days",
        "latest": "the last segments of the two years",
        "constant-cf": "both days at the factor of the earlier one, what has no weight (drugs, P3 rates) as paid",
    }
    asked = (comparison.before, comparison.after)
    mixed = len(set(comparison.days.values())) > 1
    one, two = next(iter(comparison.days.values()), asked)
    days, basis = f"{one} → {two}", bases[comparison.basis]
    if mixed:
        days, basis = f"{asked[0].year} → {asked[1].year}", bases[comparison.basis].replace("two days", "days below")
    lines = [f"{days}, {basis}; national, unadjusted, US dollars"]
    for name, both in comparison.days.items():
        if mixed or both != asked:
            why = ", since no file of 1 January is held" if both != asked else ""
            lines.append(f"Days of {name}: {both[0]} → {both[1]}{why}")
        if name in comparison.partial:
            lines.append(f"Provisional, {name}: of {comparison.partial[name][-1]} we hold a copy by others, in part")
    for name, (first, second) in comparison.factors.items():
        lines.append(f"Factor of {name}: {plain(first)} → {plain(second)}")
    for (name, day), rows in comparison.unweighted.items():
        amounts = "1 amount" if rows == 1 else f"{rows:,} amounts"
        lines.append(f"Not on this basis, {name}: {amounts} of {day} without a weight")
    lines += caps(comparison)
    lines += [f"Not compared, {name}: {why}" for name, why in comparison.missing.items()]
    lines.append(" · ".join(f"{n:,} {kinds.WORDS[kind]}" for kind, n in comparison.counts().items()) or "no rows")
    if comparison.noise:
        amounts = "amount" if comparison.noise == 1 else "amounts"
        line = f"${comparison.min_dollars} or {comparison.min_percent} %"
        lines.append(f"{comparison.noise:,} {amounts} moved by less than {line}: counted here, not listed")
    return lines


def caps(comparison: Comparison) -> list[str]:
    """That amounts of imaging are compared before the OPPS cap, where a row is above it or may be."""
    above, unknown = comparison.capped
    said = [f"; above it on one of the days: {above:,}, with what Medicare pays beside them"] if above else []
    said += [f"; cap of one of the days not held: {unknown:,}"] if unknown else []
    return [f"Amounts are before the OPPS cap on imaging{''.join(said)}"] if said else []


def plain(factor: Decimal | None) -> str:
    """A factor for a reader, without the noughts that only fill its four places: `91.415`; `not known` for none."""
    if not factor:
        return "not known"
    whole, _, places = f"{factor:f}".partition(".")
    return f"{whole}.{places.rstrip('0').ljust(2, '0')}"


def percent(change: Change) -> str:
    """The percentage for a reader: one decimal, two where one would say nothing, empty where the basis broke."""
    if change.percent is None:
        return ""
    small = abs(change.percent) < Decimal("0.1") and change.percent != 0
    return f"{half_up(change.percent, Decimal('0.01' if small else '0.1')):+} %".replace("-", "−")


def what(change: Change) -> str:
    """What happened besides the amount, in words: the kind, the reason, the indicator, the APC, the linked codes."""
    if change.kind == kinds.MOVED and not (change.reason or change.note or change.linked):
        return ""  # most rows of two years are such
    if change.linked:
        return f"{'replaced by' if change.kind == kinds.REPLACED else 'new, in place of'} {named(change.linked)}"
    moves = [move for move in change.note.split("; ") if move and move not in change.reason]
    said = [change.reason] if change.reason and change.kind != kinds.SAME else []
    said += moves or ([] if change.reason or change.kind in (kinds.MOVED, kinds.SAME) else [kinds.WORDS[change.kind]])
    return "; ".join(said)


def named(codes: Sequence[str]) -> str:
    """A list of codes that stays short: the first and the last of many."""
    return ", ".join(codes) if len(codes) <= 4 else f"{codes[0]} … {codes[-1]} ({len(codes)} codes)"


def signed(amount: Decimal | None) -> str:
    """An amount with its sign, empty where there is none."""
    return "" if amount is None else f"{amount:+,}".replace("-", "−") if amount else f"{amount}"


_PART_HEADS: Final = dict(zip(PARTS, ("Factor", "Work", "PE", "MP", "Weight", "Rounding"), strict=True))


def _cells(changes: Sequence[Change]) -> tuple[list[str], list[list[str]]]:
    """Heads and cells of a table for a reader; parts that no row has take no column."""
    parts = [part for part in PARTS if any(change.parts.get(part) for change in changes)]
    heads = ["Code", "Mod", "Setting", "Before", "After", "Change", "%", *(_PART_HEADS[part] for part in parts), "What"]
    rows = [
        [
            change.code,
            change.modifier,
            SETTINGS[change.measure] + (f", {change.track}" if change.track else ""),
            _side(change.before, change.before_status),
            _side(change.after, change.after_status),
            signed(change.change),
            percent(change),
            *(signed(change.parts.get(part)) for part in parts),
            what(change),
        ]
        for change in changes
    ]
    return heads, rows


def _side(amount: Decimal | None, status: str) -> str:
    return f"${amount:,}" if amount is not None else absence.WORDS.get(status, (status,))[0]


def to_markdown(comparison: Comparison, changes: Iterable[Change] | None = None) -> str:
    """A Markdown table under the headline."""
    heads, rows = _cells(tuple(comparison.rows if changes is None else changes))
    return "".join(f"- {line}\n" for line in headline(comparison)) + "\n" + grid.markdown(heads, rows)


def table(changes: Iterable[Change]) -> Table:
    """A table for the terminal."""
    return grid.terminal(*_cells(tuple(changes)))
