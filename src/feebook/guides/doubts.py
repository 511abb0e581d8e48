"""Why no cell of a table is sure: the table as a whole says something that its headings do not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feebook.guides import lexicon
from feebook.guides.codecells import begins_with_code, is_code_word, printed_codes
from feebook.guides.columns import money
from feebook.guides.headings import Meaning, names_codes, names_other_numbers
from feebook.guides.misplaced import BESIDE
from feebook.guides.tables import Table

_DIGIT: Final = re.compile(r"[0-9]")

SHORT: Final = 8
"""The names of settings have no more words than this."""

MOST: Final = 0.6
"""The share of a column's cells that makes it a column of codes, or of settings."""

SETTING: Final = "a cell of figures names a setting: the row may be of another than its heading says"

SHIFTED: Final = "the headings stand beside their columns: the codes lack their own"

AMOUNTS: Final = "dollars stand in the cells of the codes: the headings may be those of other columns"

_OTHER_AMOUNTS: Final = re.compile(
    r"\bco-?pay(?:ment)?s?\b|\bcoinsurance\b|\bdeductibles?\b|\bmedicaid\b|\bcommercial\b|\btricare\b"
    r"|\bpatient(?:'s)? (?:share|responsibility|cost)\b|\bsequestered\b|\bafter sequestration\b",
    re.IGNORECASE,
)
"""Words of a title that make other amounts of all under it."""

_FIGURES: Final = frozenset(
    [
        "work",
        "rvu",
        "payment",
        "apc",
        "asc_indicator",
        "status_indicator",
        "weight",
        "facility",
        "nonfacility",
        "change",
    ]
)
"""What no heading over codes alone names."""

_WORD: Final = re.compile(r"[A-Za-z]{3}")
_DECIMALS: Final = re.compile(r"\d\.\d")

_SITES: Final = frozenset(["facility", "nonfacility", "asc", "opps"])


def table_doubt(table: Table, measured: Sequence[Sequence[Meaning]]) -> str:
    """Why none of a table's cells is sure, in words; empty as a rule."""
    if _is_shifted(table):
        return SHIFTED
    if _holds_amounts(table):
        return AMOUNTS
    read_past = [j for j, said in enumerate(measured) if j != table.code and not said]
    if any(_holds_codes(table, j) for j in read_past):
        return "two columns hold codes, and no heading says whose the figures are"
    if any((path := table.columns[j].path) and names_codes(path[-1]) and _holds_figures(table, j) for j in read_past):
        return BESIDE
    if any(_holds_settings(table, j) for j in read_past):
        return "each row names a setting of its own"
    if any(_names_setting(table, j) for j, said in enumerate(measured) if said):
        return SETTING
    return table.doubt


def _holds_amounts(table: Table) -> bool:
    """True when half the cells of codes hold dollars, too: a column of figures was not parted from the codes."""
    texts = table.texts(table.code)
    return bool(texts) and 2 * sum("$" in text for text in texts) >= len(texts)


def _is_shifted(table: Table) -> bool:
    """True when the codes are headed as figures, or have no heading and another column that holds none has theirs."""
    said = [set(lexicon.tags(column.path[-1])) if column.path else set() for column in table.columns]
    own = said[table.code]
    if own & _FIGURES and not own & {"code", "drg", "other"}:
        return True
    if any("code" in lexicon.tags(part) for part in table.columns[table.code].path):
        return False
    named = [j for j, tags in enumerate(said) if tags == {"code"} and j != table.code]
    return not own and any(not any(is_code_word(text) for text in table.texts(j)) for j in named)


def title_doubt(title: Sequence[str]) -> str:
    """Why amounts under a title may not be those of the schedules; empty as a rule."""
    named = _OTHER_AMOUNTS.search(title[-1]) if title and len(title[-1].split()) <= 8 else None
    if not named or "payment" in lexicon.tags(title[-1]):
        return ""
    return f"the line over the table names {named[0].lower()} amounts"


def facility_doubt(table: Table, measured: Sequence[Sequence[Meaning]], title: Sequence[str]) -> str:
    """Why a column of the facility may be the facility's own rate rather than the physician's; empty as a rule."""
    found = {meaning.measure for said in measured for meaning in said}
    hospital = found & {"apc", "opps_status_indicator", "opps_weight"} and "opps_payment" not in found
    center = found & {"asc_indicator", "asc_weight"} and "asc_payment" not in found
    named = {tag for text in title for tag in lexicon.tags(text)}
    physician = any(name.startswith("nonfacility") or name.endswith("_rvu") for name in found)
    if physician or ("physician" in named and not named & {"opps", "asc"}):
        return ""
    titled = named & {"opps", "asc"} and not named & {"physician", "facility", "nonfacility"}
    if hospital or center or titled:
        return "facility may be the site of the physician or the facility's own rate"
    return ""


def without_dollars(table: Table, j: int) -> bool:
    """True when the figures of a column have no dollar sign, and those of another column of its table have it."""
    said = [money(table.texts(k)) for k in range(len(table.columns))]
    return said[j] is False and True in said


def with_dollars(table: Table, j: int) -> bool:
    """True when the figures of a column have a dollar sign."""
    return money(table.texts(j)) is True


def holds_wording(table: Table, j: int) -> bool:
    """True when most cells of a column are words and none holds a figure with decimals."""
    texts = table.texts(j)
    wordy = [text for text in texts if _WORD.search(text) and not lexicon.status(text, "")]
    return len(wordy) >= max(1, MOST * len(texts)) and not any(_DECIMALS.search(text) for text in texts)


def indicator_of(table: Table, j: int) -> str:
    """The measure of a column of indicators whose heading names no schedule: that of which it holds some of its own.

    Letters such as N and T are also statuses of the physician schedule, so they prove nothing.
    """
    lex = lexicon.lexicon()
    texts = {text.strip("*†‡").upper() for text in table.texts(j)} - {"-", "–", "—", "NA", "N/A"}
    for measure, known in (("asc_indicator", lex.asc_indicators), ("opps_status_indicator", lex.opps_indicators)):
        if texts and texts <= known and any(len(text) == 2 for text in texts):
            return measure
    return ""


def _holds_codes(table: Table, j: int) -> bool:
    """True for a further column of codes of services, with wording or without; codes of devices are none."""
    texts = table.texts(j)
    found = [t for t in texts if begins_with_code(t)]
    path = table.columns[j].path
    least = 1 if path and names_codes(path[-1]) else max(2, MOST * len(texts))
    if len(found) < least or names_other_numbers(path):
        return False
    kinds = [{_is_service(c.code) for c in printed_codes(text)[0]} for text in found]
    own = {_is_service(c.code) for row in table.rows for c in printed_codes(row.code.text)[0]}
    return any(kind & own for kind in kinds)


def _is_service(code: str) -> bool:
    """True for a code of a service: of CPT, or one that CMS gives services of hospitals and surgery centers."""
    return code[0].isdigit() or code.startswith(("C7", "C9", "G"))


def _holds_figures(table: Table, j: int) -> bool:
    """True for a column of amounts."""
    return money(table.texts(j)) is not None


def _names_setting(table: Table, j: int) -> bool:
    """True when a cell of a measured column names the physician's site, as no amount and no phrase for one does."""
    said = [text for text in table.texts(j) if len(text.split()) <= SHORT and not lexicon.status(text, "")]
    return any({"physician", "facility", "nonfacility"} & set(lexicon.tags(t)) and not _DIGIT.search(t) for t in said)


def _holds_settings(table: Table, j: int) -> bool:
    """True for a column whose cells name sites, not all of them the same."""
    texts = table.texts(j)
    sites = [_SITES & set(lexicon.tags(t)) for t in texts if len(t.split()) <= 5]
    named = [frozenset(s) for s in sites if s]
    return len(named) >= max(2, MOST * len(texts)) and len(set(named)) > 1
