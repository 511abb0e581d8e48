"""Words that say that amounts are those of a place, adjusted for its costs, and not the national ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from feebook.guides.lexicon import lexicon

LOCAL: Final = "the line over the table speaks of amounts adjusted for a place"

_ADJUSTED: Final = re.compile(
    r"\b(?:geographic(?:ally)?|local(?:ly|ity)?|wage(?:[- ]index)?|gpci|area)[- ]+adjusted\b"
    r"|\badjusted\s+(?:for|to|by)\s+(?:the\s+)?(?:geograph|local|gpci|wage|area)"
    r"|\bgpcis?\s+(?:are\s+)?applied\b|\blocal\s+(?:amounts?|rates?|payments?|fees?)\b|\blocality\s*(?:no\.?|#)?\s*\d",
    re.IGNORECASE,
)
_NATIONAL: Final = re.compile(r"\bnational(?:ly)?\b|\bunadjusted\b|\b(?:not|no|never|without|before)\b", re.IGNORECASE)

_ADDRESS: Final = re.compile(r"\b[A-Z]{2}\s+\d{5}\b")

LONG: Final = 12
"""Words that a title has at most."""


def names_place(heading: str) -> bool:
    """True for a heading that names a state or a city, as headings of amounts of places do: `Boston, MA`."""
    return bool(_place().search(heading) or _state().search(heading))


def local_doubt(title: Sequence[str]) -> str:
    """Why amounts under a title may be those of a place; empty as a rule.

    A company may be named for a place, and stand with its address over a table: a place alone counts where nothing
    follows its name but words for amounts, or a year; a line with a postal code is an address.
    """
    return LOCAL if any(_is_local(line) for line in title) else ""


def _is_local(line: str) -> bool:
    if _NATIONAL.search(line) or _ADDRESS.search(line) or len(line.split()) > LONG:
        return False
    return bool(_ADJUSTED.search(line) or _titled().search(line) or _state().search(line))


@cache
def _place() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_names()}|rest of [a-z]+)\b", re.IGNORECASE)


@cache
def _titled() -> re.Pattern[str]:
    """A place at the beginning of a line, or after a word or sign that leads to it, with no further name after it."""
    before = r"(?:^|\b(?:for|in|of)\s+(?:the\s+)?|[:–—(,]\s*|\s-\s+)(?:rest of\s+|metropolitan\s+|metro\s+)?"
    after = (
        r"(?=\s*(?:$|[,):–—(]|\d|-\s|(?:area|metro|metropolitan|locality|county|msa|suburbs|medicare|physician|facility"
        r"|payments?|rates?|amounts?|fees?|fee schedule|adjusted)\b))"
    )
    return re.compile(rf"{before}(?:{_names()}){after}", re.IGNORECASE)


@cache
def _state() -> re.Pattern[str]:
    return re.compile(rf"[a-z],\s*(?:{'|'.join(lexicon().states)})\b")


def _names() -> str:
    return "|".join(re.escape(name) for name in sorted(lexicon().places, key=len, reverse=True))
