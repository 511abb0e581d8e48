"""What stands around the tables of a guide: its year and dates, the factors it prints, the titles of its tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from feebook.guides import lexicon
from feebook.guides.dates import NEVER, Period, document_year, period, years
from feebook.guides.headings import is_read_past, meanings
from feebook.guides.lines import Line
from feebook.guides.tables import Table

_FACTOR: Final = re.compile(
    r"(?:conversion factor|\bCF\b)[^.$\d]{0,40}(?:20\d\d[^.$\d]{0,20})?\$?\s*(?P<a>[2-4]\d\.\d{2,4})(?!\d)"
    r"|\$(?P<b>[2-4]\d\.\d{4})(?!\d)",
    re.IGNORECASE,
)
_SPEAKS: Final = re.compile(
    r"effective|through|services? (?:from|on or after)|rates?\b|payment|calendar year|fiscal year|\bCY\b|\bFY\b"
    r"|medicare|guide|\bto\b",
    re.IGNORECASE,
)
_SCOPES: Final = {
    "physician": "physician",
    "inpatient": "inpatient",
    "drg": "inpatient",
    "opps": "opps",
    "asc": "asc",
    "drug": "drug",
}
_ELSEWHERE: Final = re.compile(
    r"\b(?:next|previous|following|preceding|other) (?:page|table)|\b(?:see|on|from) (?:page|table)\b", re.IGNORECASE
)
"""What a line says that speaks of another table than the one under it."""

PROSE: Final = 16
"""A line of this many words is prose; it gives no table its year."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What a guide says of itself before its first table."""

    year: str
    year_doubt: str
    factors: tuple[Decimal, ...]
    intro: tuple[tuple[frozenset[str], Period], ...]


def guide(first: Sequence[Line], every: str) -> Guide:
    """What the lines of the first page before its tables, and the whole text, say of year, dates and factors."""
    said = [(line.text, line.size) for line in first]
    year, doubt = document_year(said)
    if not year:
        year, doubt = document_year((text, 1.0) for text in every.splitlines())
    if not year:
        year, doubt = document_year(((text, 1.0) for text in every.splitlines()), sources=True)
    factors = dict.fromkeys(Decimal(m["a"] or m["b"]) for m in _FACTOR.finditer(" ".join(every.split())))
    if doubt:
        known = {lexicon.lexicon().factor_years.get(str(factor), "") for factor in factors} - {""}
        if len(known) == 1:
            year, doubt = known.pop(), ""
    return Guide(year, doubt, tuple(factors), tuple(_intro(first, year)))


def _intro(first: Sequence[Line], year: str) -> list[tuple[frozenset[str], Period]]:
    """The dates that the sentences before the tables give, and the schedules each speaks of (none: all)."""
    text = ""
    size = 0.0
    for line in first:
        text += (" " if abs(line.size - size) < 0.6 else "\n") + line.text
        size = line.size
    found = []
    for sentence in re.split(r"(?<=[a-z0-9\)])\.\s+(?=[A-Z])|\n", text):
        said = period(sentence, year)
        if (
            (said.start or said.end)
            and _SPEAKS.search(sentence)
            and said.year in ("", year)
            and not re.search(r"\bchang|\bformer|\bprevious|\bprior\b", sentence, re.IGNORECASE)
        ):
            scope = frozenset(_SCOPES[t] for t in lexicon.tags(sentence) if t in _SCOPES)
            if not scope and re.search(r"conversion factor|\bCF\b", sentence, re.IGNORECASE):
                scope = frozenset({"physician"})
            found.append((scope, said))
    return found


def title_lines(table: Table, lines: Sequence[Line], above: float) -> list[Line]:
    """The lines over a table, nearest last: at most five, within its sides, down from `above` and not far apart."""
    found: list[Line] = []
    upper = table.box.top
    for line in sorted(lines, key=lambda li: -li.base):
        box = line.box
        if box.bottom > table.box.top + 2 or box.top < above or box.x1 < table.box.x0 - 5 or box.x0 > table.box.x1 + 5:
            continue
        if upper - box.bottom > 3.2 * line.size or len(found) == 5:
            break
        found.append(line)
        upper = box.top
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Context:
    """What a table's cells take from around it: the file, the table's name, and the period of its title and guide."""

    file: str
    table: str
    title: tuple[str, ...]
    period: Period
    physician_only: bool = False
    year_doubt: str = ""
    dated: bool = False
    """Whether the lines over the table print its year."""
    intro: Period = NEVER
    variant: str = ""
    """What they say of its amounts: of qualifying APM participants (`qp`) or of others (`nonqp`), or `proposed`."""


def context(file: str, name: str, table: Table, title: Sequence[str], of: Guide) -> Context:
    """What a table's cells take from around it."""
    short = [text for text in title if len(text.split()) < PROSE and not _ELSEWHERE.search(text)]
    own = Period()
    for text in reversed([*short, *_taken(table, short)]):
        said = period(text, of.year)
        if said.year or said.start or said.end:
            own = own | said if own.year or own.start else said
    doubt = "" if own.year else of.year_doubt or _other_year(table, of.year)
    whole = own if own.year else replace(own, year=of.year)
    whole = _drg_year(whole, table, of)
    return Context(file, name, tuple(short), whole, year_doubt=doubt, dated=bool(own.year), variant=_variant(short))


def _other_year(table: Table, year: str) -> str:
    """Why a guide's year may not be a table's: the heading over its codes, which may be a title, prints another."""
    path = table.columns[table.code].path
    said = set(years(path[-1])) - {year} if path else set()
    return f"the heading over the codes prints {', '.join(sorted(said))}, the guide {year}" if said else ""


def _variant(title: Sequence[str]) -> str:
    """The variant that the nearest line of a title names, if it names one."""
    for text in reversed(title):
        named = {"qp", "nonqp", "proposed"}.intersection(lexicon.tags(text))
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


def _taken(table: Table, title: Sequence[str]) -> list[str]:
    """Lines over codes or wording that print a year: titles, though they were taken for headings."""
    over = [
        c.path if j < table.code else c.path[:-1]  # wording before the codes may have no heading but the title
        for j, c in enumerate(table.columns)
        if j <= table.code or is_read_past(c.path)
    ]
    measured = {
        text for j, c in enumerate(table.columns) if j != table.code and meanings(c.path, title) for text in c.path
    }
    return list(dict.fromkeys(text for path in over for text in path if years(text) and text not in measured))


def _drg_year(own: Period, table: Table, of: Guide) -> Period:
    if table.kind == "drg" and not own.start:
        for scope, said in of.intro:
            if scope == {"inpatient"} or said.fiscal:
                return replace(said, year=own.year or said.year)
    return own


def intro_for(measure: str, of: Guide, year: str) -> Period:
    """The dates that the guide's own words give a measure, where they speak of one period only."""
    if not of.intro:
        return Period()
    schedule = (
        "asc"
        if measure.startswith("asc")
        else "opps"
        if measure.startswith(("opps", "apc"))
        else "inpatient"
        if measure.startswith("drg")
        else "drug"
        if measure.startswith("drug")
        else "physician"
    )
    scoped = {said for scope, said in of.intro if schedule in scope}
    general = {said for scope, said in of.intro if not scope}
    found = [p for p in (scoped or general) if not years_differ(p, year)]
    starts = {(p.start, p.end) for p in found}
    return found[0] if len(starts) == 1 else Period()


def years_differ(said: Period, year: str) -> bool:
    """True when a period speaks of another year."""
    return bool(said.year and year and said.year != year)


__all__ = ["Guide", "context", "guide", "intro_for", "title_lines", "years"]
