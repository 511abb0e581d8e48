"""Tables with a row for each setting under a code: the column that names the site of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feebook.guides import lexicon
from feebook.guides.headings import Meaning, meanings
from feebook.guides.measured import changed
from feebook.guides.sites import site_of, words_of
from feebook.guides.tables import Row, Table

MOST: Final = 0.6
"""The share of rows that must name a site."""

LONGEST: Final = 6
"""The name of a setting has no more words than this."""

WHOSE: Final = "the row names a facility, and nothing says that its figures are not the physician's there"

_HEADINGS: Final = {
    "facility": "Physician facility",
    "nonfacility": "Physician office",
    "asc": "ASC",
    "opps": "OPPS",
}
"""A heading that says of a row what its setting does."""

_FACILITIES: Final = ("opps_", "asc_")
"""How the measures of facilities begin."""

_BOTH: Final = frozenset(["work_rvu", "malpractice_rvu"])
"""What a physician has at either site."""

_UNSITED: Final = frozenset(["", "total_rvu", "physician_payment", "work_rvu", "malpractice_rvu", "apc"])
"""What a column may measure before its rows say where."""


def site_column(table: Table, measured: Sequence[Sequence[Meaning]]) -> int | None:
    """The column without a measure in which the rows of most codes name their sites, each once; None as a rule.

    None also where the headings name sites: which of both counts is then not known. Beside rows of the physician's
    sites alone, headings may name the hospital and the surgery center: what these are paid is of no row.
    """
    headed = [m.measure for said in measured for m in said if m.measure not in _UNSITED and not _is_change(m)]
    if not all(measure.startswith(_FACILITIES) for measure in headed):
        return None
    for j, said in enumerate(measured):
        if said or j == table.code:
            continue
        named = [(row.code.text, site_of_row(row, j)) for row in table.rows]
        sites = [pair for pair in named if pair[1]]
        found = {site for _, site in sites}
        own = len(found) > 1 and not (headed and found & {"asc", "opps"})
        if own and len(sites) >= MOST * len(named) and len(set(sites)) == len(sites):
            return j
    return None


def _is_change(meaning: Meaning) -> bool:
    """True for a change of what its row names."""
    return meaning.measure == "change_percent" and not meaning.variant


def site_of_row(row: Row, column: int) -> str:
    """The site that a row names in a column: facility, nonfacility, asc or opps; empty where it names none."""
    crossing = row.crossings[column]
    return site_named(crossing.text) if crossing is not None else ""


def site_named(text: str) -> str:
    """The site that a few words name: facility, nonfacility, asc or opps; empty where they name none."""
    if len(text.split()) > LONGEST:
        return ""
    words = words_of(text)
    site = site_of([words], ())
    if site in ("asc", "opps") and "physician" in words.every:
        return "facility"
    return site if site in _HEADINGS else ""


def meanings_of_row(
    table: Table,
    measured: Sequence[tuple[Meaning, ...]],
    row: Row,
    column: int,
    title: Sequence[str],
    year: str,
) -> list[tuple[Meaning, ...]]:
    """What each column measures in the row of a setting; nothing where the row names none.

    Beside rows of the physician's sites a column of the hospital or the surgery center measures what its heading says.
    """
    site = site_of_row(row, column)
    own = any(m.measure.startswith(_FACILITIES) for said in measured for m in said)
    result: list[tuple[Meaning, ...]] = []
    for j, under in enumerate(table.columns):
        if own and any(m.measure.startswith((*_FACILITIES, "apc")) for m in measured[j]):
            result.append(measured[j])
            continue
        said: tuple[Meaning, ...] = ()
        if site and under.path and j not in (table.code, column):
            said = meanings((_HEADINGS[site], *under.path), title, year)
        result.append(tuple(_doubted(m, table, column, under.doubt) for m in said if _is_of(m.measure, site)))
    latest = max((m.period.year for said in result for m in said), default="")
    return [tuple(changed(m, latest) for m in said) for said in result]


def _is_of(measure: str, site: str) -> bool:
    """True for a measure that a site has."""
    if measure == "change_percent":
        return True
    if site in ("asc", "opps"):
        return measure.startswith(site) or (site == "opps" and measure == "apc")
    return measure.startswith(f"{site}_") or measure in _BOTH


def _doubted(meaning: Meaning, table: Table, column: int, doubt: str) -> Meaning:
    """A payment of a facility is in doubt where no row of its table is the physician's in a facility."""
    if not doubt and meaning.measure in ("asc_payment", "opps_payment"):
        texts = [c.text for row in table.rows if (c := row.crossings[column]) is not None]
        physician = any({"physician", "facility"} & set(lexicon.tags(text)) for text in texts)
        doubt = "" if physician else WHOSE
    return replace(meaning, doubt=meaning.doubt or doubt)
