"""Cells that name the site of each amount: `Office: $860 Facility: $84`, or `$860 (office) $84 (facility)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from feebook.guides import lexicon
from feebook.guides.headings import OWNERLESS, Meaning
from feebook.guides.tables import Table

MOST: Final = 0.6
"""The share of a column's cells that must name sites."""

LONGEST: Final = 5
"""The name of a site has no more words than this."""

_AMOUNT: Final = r"\$\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d\d)?[*†‡]?|(?<![\w/])(?:n/?a|N/?A|[–—-]+)(?![\w/])"
_BEFORE: Final = re.compile(rf"\s*(?P<site>[A-Za-z][A-Za-z /().-]*?)\s*[:=–-]?\s*(?P<value>{_AMOUNT})\s*[;,|/]?")
_AFTER: Final = re.compile(rf"\s*(?P<value>{_AMOUNT})\s*\(?(?P<site>[A-Za-z][A-Za-z /.-]*?)\s*(?:\)|[;,|]|(?=\$)|$)")

_LETTER: Final = re.compile(r"[A-Za-z]")

_SITES: Final = ("facility", "nonfacility", "asc", "opps")
_PHYSICIANS: Final = frozenset(["facility", "nonfacility"])
_OWN: Final = frozenset(["asc", "opps"])


def sites_in(text: str) -> dict[str, str]:
    """The amount of each site that a cell names beside it; empty where any of its words is none of these."""
    if not _LETTER.search(text):
        return {}  # as most cells of figures
    plain = " ".join(text.split())
    for form in (_BEFORE, _AFTER):
        found = dict(_named(plain, form))
        if found and "" not in found:
            return found
    return {}


def _named(text: str, form: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Site and amount, pair after pair; an empty site where the text goes on otherwise, or names one twice."""
    at = 0
    seen: set[str] = set()
    while at < len(text):
        match = form.match(text, at)
        site = _site(match["site"]) if match else ""
        if not match or not site or site in seen:
            yield "", text[at:]
            return
        seen.add(site)
        yield site, match["value"]
        at = match.end()


def _site(words: str) -> str:
    """The one site that words name; a hospital or a surgery center beside the physician is none."""
    tags = set(lexicon.tags(words))
    found = [site for site in _SITES if site in tags]
    if len(found) != 1 or len(words.split()) > LONGEST or tags & {"other", "foreign", "rvu"}:
        return ""
    return "" if "physician" in tags and found[0] in _OWN else found[0]


def of_sites(table: Table, j: int, said: Sequence[Meaning]) -> tuple[Meaning, ...]:
    """What a column of payments measures whose cells name their sites: a payment for each; else what it measured.

    Under the physician's heading they are the physician's sites, under a facility's the facilities' own.
    """
    if len(said) != 1 or not (said[0].measure in ("physician_payment", "facility_payment") or _is_ownerless(said[0])):
        return tuple(said)
    texts = table.texts(j)
    found = [set(sites_in(text)) for text in texts]
    named = frozenset[str]().union(*found)
    if named != _due(table.columns[j].path, said[0], named) or sum(map(bool, found)) < MOST * len(texts):
        return tuple(said)
    return tuple(replace(said[0], measure=f"{site}_payment", doubt="") for site in _SITES if site in named)


def _due(path: Sequence[str], said: Meaning, named: frozenset[str]) -> frozenset[str]:
    """The sites that the cells under a heading must name."""
    if said.measure == "physician_payment" or (_is_ownerless(said) and named == _PHYSICIANS):
        return _PHYSICIANS
    return frozenset() if any("physician" in lexicon.tags(part) for part in path) else _OWN


def _is_ownerless(meaning: Meaning) -> bool:
    return meaning.doubt == OWNERLESS


def texts_of_sites(text: str, said: Sequence[Meaning]) -> list[str] | None:
    """What a cell that names its sites prints for each meaning of its column; None for any other cell."""
    found = sites_in(text)
    sites = [meaning.measure.partition("_")[0] for meaning in said]
    if len(said) < 2 or not found or not set(found) <= set(sites):
        return None
    return [found.get(site, "") for site in sites]
