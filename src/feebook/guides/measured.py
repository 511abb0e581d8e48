"""What each column of a table measures, by its heading path and by what stands beside and above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feebook.guides.apcpairs import holds_apcs
from feebook.guides.components import components, may_be_modifier
from feebook.guides.context import Context
from feebook.guides.dates import Period, years
from feebook.guides.doubts import facility_doubt, holds_wording, indicator_of, with_dollars, without_dollars
from feebook.guides.headings import (
    INDICATOR,
    OWNERLESS,
    SCHEDULELESS,
    TOTALS,
    UNNAMED,
    UNSAID,
    WHOSE,
    Meaning,
    is_read_past,
    meanings,
    path_text,
)
from feebook.guides.lexicon import tags, words
from feebook.guides.paidunits import of_units
from feebook.guides.sitecells import of_sites
from feebook.guides.sited import told
from feebook.guides.tables import Table
from feebook.guides.weighed import weighed

PAYMENT: Final = ("Payment",)
"""What a column of dollars is headed as whose heading names nothing but the part of the service."""

_LETTER: Final = re.compile(r"(?<![\w'’&/-])F(?![\w'’&/-])")
"""A facility as one letter."""


def columns_of(table: Table, context: Context) -> list[tuple[Meaning, ...]]:
    """What each column measures; nothing for the code column and for columns read past."""
    year = context.period.year
    title = (*context.title, "MS-DRG") if table.kind == "drg" else context.title
    found: list[tuple[Meaning, ...]] = []
    ownerless: dict[int, Meaning] = {}
    weights: dict[int, Meaning] = {}
    parts = components(_spelt([column.path for column in table.columns]))
    for j, column in enumerate(table.columns):
        part, path = parts[j]
        if part is not None and not path and with_dollars(table, j):
            path = PAYMENT  # only the part of the service is named: whose dollars they are, the title says
        whole = () if j == table.code else of_sites(table, j, meanings(path, title, year))
        if any(m.doubt == INDICATOR for m in whole):
            whole = tuple(replace(m, measure=measure, doubt="") for m in whole if (measure := indicator_of(table, j)))
        if [m.doubt for m in whole] == [OWNERLESS] and not column.rivals and with_dollars(table, j):
            ownerless[j] = replace(whole[0], measure="physician_payment", modifier=part, doubt=column.doubt)
        if [m.doubt for m in whole] == [SCHEDULELESS] and not column.rivals:
            weights[j] = replace(whole[0], measure="opps_weight", modifier=part, doubt=column.doubt)
        said = of_units(table, j, tuple(m for m in whole if m.measure))
        named = {m.measure for m in said} <= {"opps_status_indicator"} and path and j != table.code
        if named and holds_apcs(path[-1], table.texts(j)):
            said = (replace(said[0], measure="apc") if said else Meaning("apc"),)
        if [m.measure for m in said] == ["work_rvu"] and words(path[-1]) == ("work",) and holds_wording(table, j):
            said = ()
        for rival in column.rivals:
            other = tuple(m for m in meanings(components([rival])[0][1], title, year) if m.measure)
            doubt = f"the headings may also be read as {path_text(rival)}"
            if (other or is_read_past(rival)) and [_asked(m, year) for m in other] != [_asked(m, year) for m in said]:
                said = tuple(replace(m, doubt=m.doubt or doubt) for m in said or other)
        if any(m.doubt == TOTALS and m.measure.endswith("_rvu") for m in said) and without_dollars(table, j):
            said = tuple(replace(m, doubt="") for m in said)
        if any(m.doubt == UNSAID for m in said) and _in_percent(table, j):
            said = tuple(replace(m, doubt="" if m.doubt == UNSAID else m.doubt) for m in said)
        if any(m.doubt == UNNAMED for m in said):
            said = tuple(replace(m, doubt="") for m in said) if with_dollars(table, j) else ()
        doubt = column.doubt or ("26 may be the modifier or a year" if part is None and may_be_modifier(path) else "")
        found.append(tuple(replace(m, modifier=part, doubt=m.doubt or doubt) for m in said))
    others = {m.measure for said in found for m in said}
    if others and all(name.endswith("_rvu") for name in others):
        found = [(ownerless[j],) if j in ownerless else said for j, said in enumerate(found)]
    if table.kind != "drg":
        outpatient = weighed(table, found, weights)
        found = [(outpatient[j],) if j in outpatient else said for j, said in enumerate(found)]
    doubt = facility_doubt(table, found, context.title)
    if doubt:
        found = [
            said
            if any("physician" in tags(part) for part in table.columns[j].path)
            else tuple(_at_facility(m, doubt) for m in said)
            for j, said in enumerate(found)
        ]
    if table.kind == "drg":
        found = [_of_drg(said, column.path) for said, column in zip(found, table.columns, strict=True)]
    found = told(table, [tuple(_whose(m, found) for m in said) for said in found], context.title)
    paths = [column.path for column in table.columns]
    found = [() if _is_local(j, paths, found) else said for j, said in enumerate(found)]
    if not year:
        found = _of_one_year(found, [*context.title, *(part for path in paths for part in path)])
    latest = max((m.period.year for said in found for m in said if m.period.year), default="")
    return [tuple(changed(m, latest) for m in said) for said in found]


def _in_percent(table: Table, j: int) -> bool:
    """True when every figure of a column has the per cent sign, so that its dashes are changes in per cent too."""
    figures = [text for text in table.texts(j) if re.search(r"\d", text)]
    return bool(figures) and all("%" in text for text in figures)


def _of_one_year(found: list[tuple[Meaning, ...]], said: Sequence[str]) -> list[tuple[Meaning, ...]]:
    """Columns with their APCs and indicators of the one year that all other headings of their table print.

    A payment without a year beside them may be of another, and so then may they.
    """
    others = {m.period.year for of in found for m in of if not _is_label(m)}
    if len(others) != 1 or others != {when for text in said for when in years(text)}:
        return found
    (year,) = others
    return [
        tuple(replace(m, period=m.period | Period(year)) if _is_label(m) and not m.doubt else m for m in of)
        for of in found
    ]


def _is_label(meaning: Meaning) -> bool:
    """True for the APC or an indicator: what names how a code is paid, beside what is paid."""
    return meaning.measure == "apc" or meaning.measure.endswith("indicator")


def _spelt(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Heading paths with an `F` spelt out that stands beside an `NF`: alone it says nothing.

    Within a heading it counts where another says the same of NF: `Pay (F)` beside `Pay (NF)`.
    """
    leaves = {path[-1] for path in paths if path}
    result = []
    for path in paths:
        leaf = path[-1] if path else ""
        twin = _LETTER.sub("NF", leaf)
        beside = twin != leaf and twin in leaves
        result.append((*path[:-1], _LETTER.sub("Facility", leaf)) if beside else path)
    return result


def _of_drg(said: tuple[Meaning, ...], path: Sequence[str]) -> tuple[Meaning, ...]:
    """What a column of diagnosis related groups measures: what its hospital or facility is paid is the group's."""
    if any("outpatient" in words(part) for part in path):
        return ()
    named = {"opps_payment": "drg_payment", "facility_payment": "drg_payment", "opps_weight": "drg_weight"}
    kept = (replace(m, measure=named.get(m.measure, m.measure)) for m in said)
    return tuple(m for m in kept if m.measure.startswith(("drg", "change")))


def _is_local(j: int, paths: Sequence[tuple[str, ...]], found: Sequence[Sequence[Meaning]]) -> bool:
    """True for a column as another that is headed as national, under a heading of which no word is the field's."""
    if _is_national(paths[j]) or all(tags(part) for part in paths[j][:-1]):
        return False
    return any(found[j] and found[j] == said and _is_national(path) for said, path in zip(found, paths, strict=True))


def _is_national(path: Sequence[str]) -> bool:
    return any("national" in "".join(words(part)) for part in path)


def _whose(meaning: Meaning, found: Sequence[Sequence[Meaning]]) -> Meaning:
    """A payment that is the physician's or a facility's, known where another column is plainly the one or the other."""
    if meaning.doubt != WHOSE:
        return meaning
    sure = {m.measure for said in found for m in said if m.doubt != WHOSE}
    if meaning.measure in sure:
        return replace(meaning, measure="facility_payment", doubt=WHOSE if "facility_payment" in sure else "")
    return replace(meaning, doubt="") if "facility_payment" in sure else meaning


def _at_facility(meaning: Meaning, doubt: str) -> Meaning:
    """A physician's payment in a facility, in doubt; any other meaning as it is."""
    sure = meaning.measure != "facility_payment"
    return meaning if sure else replace(meaning, doubt=meaning.doubt or doubt)


def _asked(meaning: Meaning, year: str) -> tuple[str, Period, str]:
    """What tells two readings of a column apart; a heading that prints the guide's own year adds nothing."""
    return (
        meaning.measure,
        meaning.period if meaning.period.year else replace(meaning.period, year=year),
        meaning.variant,
    )


def changed(meaning: Meaning, latest: str) -> Meaning:
    """A change belongs to the later of the years that a table compares."""
    if meaning.measure == "change_percent" and not meaning.period.year and latest:
        return replace(meaning, period=Period(latest))
    return meaning
