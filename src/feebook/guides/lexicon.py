"""The field's words: phrases of headings to tags, phrases of cells to statuses. Facts lie in `lexicon.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_SIGNS: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases (as tuples of words) to tags and statuses, and the indicators of the two facility schedules."""

    headings: dict[tuple[str, ...], tuple[str, ...]]
    statuses: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    asc_indicators: frozenset[str]
    opps_indicators: frozenset[str]
    factor_years: dict[str, str]
    places: tuple[str, ...]
    states: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    said = tomllib.loads(Path(__file__).parents[1].joinpath("lexicon.toml").read_text(encoding="utf-8"))
    headings: dict[tuple[str, ...], tuple[str, ...]] = {}
    for tag, phrases in said["heading"].items():
        for phrase in phrases:
            key = tuple(phrase.split())
            headings[key] = (*headings.get(key, ()), tag)
    statuses = tuple((name, tuple(tuple(p.split()) for p in phrases)) for name, phrases in said["status"].items())
    indicators = said["indicators"]
    years = {factor: year for year, factors in said["factors"].items() for factor in factors}
    asc, opps = frozenset(indicators["asc"]), frozenset(indicators["opps"])
    return Lexicon(
        headings, statuses, asc, opps, years, tuple(said["places"]["names"]), tuple(said["places"]["states"])
    )


def words(text: str) -> tuple[str, ...]:
    """A text as lower-case words, signs as spaces: `Non-Fac. RVU²` → non, fac, rvu."""
    plain = text.translate(_MARKS).lower().replace("ﬁ", "fi").replace("ﬂ", "fl")
    return tuple(_SIGNS.sub(" ", plain).split())


_MARKS: Final = dict.fromkeys(map(ord, "®™©¹²³⁰⁴⁵⁶⁷⁸⁹*†‡§"), " ")
_MARKS[0xAD] = None  # type: ignore[assignment]


@lru_cache(maxsize=4096)
def tags(text: str) -> tuple[str, ...]:
    """The tags of a heading in the order of its words; longer phrases first, each word used once."""
    known = lexicon().headings
    found: list[str] = []
    said = _plain(words(text))
    at = 0
    while at < len(said):
        for length in range(min(6, len(said) - at), 0, -1):
            hit = known.get(said[at : at + length])
            if hit:
                found += hit
                at += length
                break
        else:
            at += 1
    return tuple(found)


@cache
def telling(tag: str) -> frozenset[str]:
    """Words of which a text must hold one to have a tag: the longest of each phrase."""
    return frozenset(max(phrase, key=len) for phrase, found in lexicon().headings.items() if tag in found)


def _plain(said: tuple[str, ...]) -> tuple[str, ...]:
    """Words with a note's digit or letter taken off their end where that makes a known word: payment2 → payment."""
    known = _single()
    said = _whole(said, known)
    return tuple(w if w in known or w.rstrip("0123456789") not in known else w.rstrip("0123456789") for w in said)


def _whole(said: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    """Words whose parts a page sets apart as one word, where some part says nothing alone: as, c → asc."""
    result: list[str] = []
    at = 0
    while at < len(said):
        parts = (n for n in range(min(5, len(said) - at), 1, -1) if "".join(said[at : at + n]) in known)
        length = next((n for n in parts if not known.issuperset(said[at : at + n])), 1)
        result.append("".join(said[at : at + length]))
        at += length
    return tuple(result)


def is_known(word: str) -> bool:
    """True for a word of some heading phrase; in lower case, without signs."""
    return word in _single()


@cache
def _single() -> frozenset[str]:
    return frozenset(word for phrase in lexicon().headings for word in phrase)


def prepared() -> None:
    """Have the lexicon at hand: what is made before a process is forked is not made again in each."""
    is_known("")


@cache
def _spoken() -> frozenset[str]:
    return frozenset(word for _, phrases in lexicon().statuses for phrase in phrases for word in phrase)


def status(text: str, measure: str) -> str:
    """The status that a cell's words give, or nothing."""
    name = _status(text)
    if name == "not_payable":
        return "not_on_asc_list" if measure.startswith("asc") else "not_covered"
    return name


@lru_cache(maxsize=4096)
def _status(text: str) -> str:
    """The status of the first phrase of the lexicon that stands in a text, as the lexicon names it."""
    said = _whole(words(text), _spoken())
    begun = _begun()
    near = sorted(known for word in set(said) for known in begun.get(word, ()))
    return next((name for _, name, phrase in near if _holds(said, phrase)), "")


@cache
def _begun() -> dict[str, list[tuple[int, str, tuple[str, ...]]]]:
    """By their first word the phrases of statuses: their place among all, the status, the phrase."""
    every = ((name, phrase) for name, phrases in lexicon().statuses for phrase in phrases)
    begun: dict[str, list[tuple[int, str, tuple[str, ...]]]] = {}
    for n, (name, phrase) in enumerate(every):
        begun.setdefault(phrase[0], []).append((n, name, phrase))
    return begun


def statuses(text: str, measure: str) -> set[str]:
    """Every status that a cell's words give: that of its first phrase, and of the words left beside it."""
    found: set[str] = set()
    said = words(text)
    while name := status(" ".join(said), measure):
        found.add(name)
        said = _whole(said, _spoken())
        phrases = [p for key, every in lexicon().statuses for p in every if key in (name, "not_payable")]
        at, length = max(
            ((i, len(p)) for p in phrases for i in range(len(said) - len(p) + 1) if said[i : i + len(p)] == p),
            key=lambda span: span[1],
        )
        said = (*said[:at], *said[at + length :])
    return found


def _holds(said: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """True when the phrase stands in the words; a phrase of one short word must be all of them."""
    if len(phrase) == 1 and len(phrase[0]) <= 4:
        return said == phrase
    return any(said[i : i + len(phrase)] == phrase for i in range(len(said) - len(phrase) + 1))
