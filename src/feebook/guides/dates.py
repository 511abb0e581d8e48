"""Years and dates that a guide prints: in a heading, above a table, or on its first page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""How the names of the months begin."""
_MONTH: Final = (
    r"(?P<m{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = (
    _MONTH + r"\s*(?P<d{0}>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])(?:,?\s*(?P<y{0}>20[0-9]{{2}}))?"
    r"|(?P<n{0}>[01]?[0-9])/(?P<e{0}>[0-3]?[0-9])/(?P<z{0}>20[0-9]{{2}}|[0-9]{{2}})(?![0-9])"
    r"|(?P<i{0}>20[0-9]{{2}})-(?P<j{0}>[01][0-9])-(?P<k{0}>[0-3][0-9])"
)
_ONE: Final = re.compile(rf"(?:{_DAY.format('a')})", re.IGNORECASE)
_TO: Final = r"\s*(?:-|–|—|−|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\band ending\b)\s*"
_YEARLESS: Final = r"|(?<![0-9/.$])(?P<s{0}>[01]?[0-9])/(?P<t{0}>[0-3]?[0-9])(?![0-9/])"
"""A day and month by number without the year, which only the other end of a range may tell: `1/1–3/8/24`."""
_RANGE: Final = re.compile(rf"(?:{_DAY.format('a')}{_YEARLESS.format('a')}){_TO}(?:{_DAY.format('b')})", re.IGNORECASE)
_MONTHS_RANGE: Final = re.compile(
    rf"(?<![a-z]){_MONTH.format('a')}{_TO}{_MONTH.format('b')}(?![a-z])(?:,?\s+(?P<y>20[0-9]{{2}})|(?!\s*[0-9]))",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(
    rf"(?:\bto\b|\bthrough\b|\bthru\b|\buntil\b|\bbefore\b|\bending\b|\bup to\b)\s*(?:{_DAY.format('a')})",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(
    r"(?:\beffective\b|\bfrom\b|\bon or after\b|\bafter\b|\bbeginning\b|\bstarting\b|\bas of\b|\bsince\b|\beff\.?)\s*"
    r"(?:on\s+|date:?\s*|from\s+|:\s*|for\s+(?:dates of\s+)?services?\s+(?:on or after\s+|from\s+)?)?"
    rf"(?:{_DAY.format('a')})",
    re.IGNORECASE,
)
_ONWARDS: Final = re.compile(
    rf"(?:{_DAY.format('a')})\s*(?:\bonwards?\b|\band after\b|\band later\b|\bforward\b|\+|-\s*$|–\s*$)", re.IGNORECASE
)
_YEAR: Final = re.compile(
    r"(?:\b(?P<kind>CY|FY|calendar year|fiscal year)\s*['’]?\s*)?"
    r"(?<![\d.,$#/-])(?P<y>20[0-4][0-9])(?=[1-9]?(?![0-9]))(?![.,][0-9])",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(
    r"(?:\b(?P<kind>CY|FY)\s*['’]?\s*(?P<y>[0-9]{2})|(?<!\w)['’](?P<z>[12][0-9]))(?![0-9])", re.IGNORECASE
)
_WHOLE: Final = re.compile(
    r"\b(?:all of|entire|full(?: calendar)? year|whole(?: of)?)\s+(?:CY\s*)?(?P<y>20[0-9]{2})", re.IGNORECASE
)
_QUARTER: Final = re.compile(
    r"\b(?:Q(?P<a>[1-4])|(?P<b>[1-4])Q|quarter\s+(?P<c>[1-4])|(?P<d>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter)"
    r"(?:\s+of)?[\s,/-]*(?:(?:CY\s*)?(?P<y>20[0-9]{2})(?![0-9]))?",
    re.IGNORECASE,
)
_ORDER: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_FOREIGN: Final = re.compile(
    r"copyright|©|\(c\)\s*20|CPT\s*®?\s*20[0-9]{2}|20[0-9]{2}\s*CPT|code\s?book|all rights reserved"
    r"|\brev(?:ision|ised)?\b|published|printed|\bdocument\b|https?:|www\.|\baccessed\b|federal register"
    r"|\bcms-\d|\brun\b",
    re.IGNORECASE,
)


_OWN: Final = re.compile(
    r"copyright|©|\(c\)\s*20|CPT\s*®?\s*20[0-9]{2}|20[0-9]{2}\s*CPT|code\s?book|\brev\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Period:
    """The year, first and last day that a text prints; empty where it prints none."""

    year: str = ""
    start: str = ""
    end: str = ""
    fiscal: bool = False

    @property
    def is_never(self) -> bool:
        """True for a period without a year or day."""
        return not (self.year or self.start or self.end or self.fiscal)

    def __or__(self, other: Period) -> Period:
        """This period, its gaps filled from a wider one that does not contradict it."""
        if self.is_never:
            return other
        if other.is_never:
            return self
        if not self.year or not other.year or self.year == other.year:
            if not self.start and not self.end:
                return Period(self.year or other.year, other.start, other.end, self.fiscal or other.fiscal)
            return Period(self.year or other.year, self.start, self.end, self.fiscal or other.fiscal)
        return self


NEVER: Final = Period()
"""No year and no day."""


def years(text: str) -> list[str]:
    """The years that a text prints, in their order; a note's digit against a year is passed over."""
    found = [(m.start(), m["y"]) for m in _YEAR.finditer(text)]
    found += [(m.start(), "20" + (m["y"] or m["z"])) for m in _SHORT.finditer(text)]
    return [year for _, year in sorted(found)]


@lru_cache(maxsize=1024)  # headings repeat from page to page
def period(text: str, year: str = "") -> Period:
    """The period that a heading or sentence speaks of; `year` stands in where it prints none."""
    said = years(text)
    single = said[0] if len(set(said)) == 1 else ""
    fiscal = bool(re.search(r"\b(?:FY|fiscal)\b", text, re.IGNORECASE))
    known = single or (said[-1] if said else year)
    start = end = ""
    if m := _RANGE.search(text):
        end_year = _year_of(m, "b")
        start, end = _iso(m, "a", _year_of(m, "a") or end_year or known), _iso(m, "b", end_year or known)
    elif (m := _MONTHS_RANGE.search(text)) and (m["y"] or known):
        start, end = _first(m["ma"], m["y"] or known), _last(m["mb"], m["y"] or known)
    elif m := _UNTIL.search(text):
        end = _iso(m, "a", known)
        before = text[: m.start()]
        if first := _SINCE.search(before) or _ONE.search(before):
            start = _iso(first, "a", known)
    elif m := _SINCE.search(text) or _ONWARDS.search(text):
        start = _iso(m, "a", known)
    elif m := _WHOLE.search(text):
        start, end = f"{m['y']}-01-01", f"{m['y']}-12-31"
    elif (quarters := list(_QUARTER.finditer(text))) and (quarters[-1]["y"] or known) and not fiscal:
        last = quarters[-1]["y"] or known
        start = _first(MONTHS[3 * _quarter(quarters[0]) - 3], quarters[0]["y"] or last)
        end = _last(MONTHS[3 * _quarter(quarters[-1]) - 1], last)
    if fiscal and not single and end:
        single = end[:4]
    return Period(single or (end or start)[:4], start, end, fiscal)


def _quarter(m: re.Match[str]) -> int:
    return _ORDER[m["d"].lower()] if m["d"] else int(m["a"] or m["b"] or m["c"])


def _year_of(m: re.Match[str], n: str) -> str:
    found = m[f"y{n}"] or m[f"z{n}"] or m[f"i{n}"] or ""
    return f"20{found}" if len(found) == 2 else found


def _iso(m: re.Match[str], n: str, year: str) -> str:
    year = _year_of(m, n) or year
    if m[f"m{n}"]:
        month, day = MONTHS.index(m[f"m{n}"][:3].lower()) + 1, int(m[f"d{n}"])
    elif m[f"n{n}"]:
        month, day = int(m[f"n{n}"]), int(m[f"e{n}"])
    elif n == "a" and m.groupdict().get("sa"):
        month, day = int(m["sa"]), int(m["ta"])
    else:
        month, day = int(m[f"j{n}"]), int(m[f"k{n}"])
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return ""


def _first(month: str, year: str) -> str:
    return f"{year}-{MONTHS.index(month[:3].lower()) + 1:02}-01"


def _last(month: str, year: str) -> str:
    number = MONTHS.index(month[:3].lower()) + 1
    following = date(int(year) + number // 12, number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).isoformat()


def _spoken(text: str) -> list[str]:
    """The years that a line speaks of; of a fiscal year not that in which it begins: `FY 2025 (Oct 1, 2024 – …)`."""
    every = years(text)
    if not re.search(r"\b(?:FY|fiscal)\b", text, re.IGNORECASE):
        return every
    return years(_RANGE.sub(" ", text)) or every[-1:]


def document_year(lines: Iterable[tuple[str, float]], sources: bool = False) -> tuple[str, str]:
    """The year a guide is about, and why it is in doubt; lines come with their text size, the first page first.

    A line about copyright, a code book, a revision or a web address does not count; a calendar year and a title weigh
    more than a year in prose. With `sources` the rules a guide names as its sources count too.
    """
    weights: Counter[str] = Counter()
    every = list(lines)
    largest = max((size for text, size in every if years(text)), default=0)
    for n, (text, size) in enumerate(every):
        if (_OWN if sources else _FOREIGN).search(text):
            continue
        for year in dict.fromkeys(_spoken(text)):  # of two that weigh the same the first printed stands
            weight = 6 if size >= 0.95 * largest and size > 10 else 1
            weight += 4 * bool(re.search(rf"\b(CY|calendar year)\s*{year}", text, re.IGNORECASE))
            weight += 3 * bool(
                re.search(
                    rf"effective[^.]*{year}|{year}[^.]*(?:payment|reimbursement|coding|guide|rate|medicare|fee|billing)",
                    text,
                    re.IGNORECASE,
                )
            )
            weight += 2 * (n < 6)
            weights[year] += weight
    if not weights:
        return "", "the guide prints no year"
    best = weights.most_common(2)
    if len(best) > 1 and best[0][1] < 1.3 * best[1][1]:
        return best[0][0], f"the guide speaks of {best[1][0]} as much as of {best[0][0]}"
    return best[0][0], ""
