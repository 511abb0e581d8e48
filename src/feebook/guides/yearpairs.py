"""Two years in one column: a heading that names both, `2025 (2024)`, and cells that print a value for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feebook.guides.dates import Period, period, years
from feebook.guides.printed import VALUE, split_values

_YEAR: Final = r"(?:(?:CY|FY|calendar year|fiscal year)\s*['’]?\s*)?20[0-4]\d(?!\d)(?![.,]\d)"
_FIGURE: Final = r"(?:\s+(?:payments?|rates?|amounts?|fees?|rvus?))?"
"""What a heading may say again with each year."""
_BEFORE: Final = r"(?:(?:in|vs\.?|versus|prior(?: year)?|previous(?: year)?|was)[:,]?\s+)?"
_TWO: Final = re.compile(
    rf"(?<![\d.,$#/–-])(?P<first>(?P<a>{_YEAR}){_FIGURE}),?\s*"
    rf"(?:[(\[]\s*{_BEFORE}(?P<b>{_YEAR}){_FIGURE}(?:\s+in\s+(?:brackets|parentheses))?\s*[)\]]"
    rf"|(?:/|\||;|&|\band\b|\bvs\.?|\bversus\b|(?<=\s))\s*(?P<c>{_YEAR}))",
    re.IGNORECASE,
)
_BRACKETED: Final = re.compile(rf"({VALUE})\s*[(\[]\s*({VALUE})\s*[)\]]", re.IGNORECASE)
_LISTED: Final = re.compile(rf"({VALUE})\s*;\s*({VALUE})", re.IGNORECASE)
_LABEL: Final = r"(?:CY|FY)?\s*(20\d\d)(?:\s*[:=–-]\s*|\s+)"
_LABELLED: Final = re.compile(rf"{_LABEL}({VALUE})\s*[;,/|]?\s*{_LABEL}({VALUE})", re.IGNORECASE)

UNPAIRED: Final = "the cell does not print one value for each of the two years of its heading"


def years_of(path: Sequence[str]) -> tuple[tuple[Period, ...], tuple[str, ...]]:
    """The two years that the lowest heading with a year names for each cell, in its order, else none; and the path.

    The path then prints the first of the years only.
    """
    j = next((j for j in range(len(path) - 1, -1, -1) if years(path[j])), 0)
    part = path[j] if path else ""
    match = _TWO.search(part)
    if not match or years(_TWO.sub(" ", part, count=1)) or period(part).start or period(part).end:
        return (), tuple(path)
    both = tuple(period(text) for text in (match["a"], match["b"] or match["c"]))
    if both[0].year == both[1].year:
        return (), tuple(path)
    return both, (*path[:j], _TWO.sub(match["first"], part), *path[j + 1 :])


def values_of_years(text: str, both: Sequence[Period]) -> tuple[list[str], str]:
    """The texts that a cell prints for two years, and why they are in doubt.

    Words such as NA stand for both years; one amount may be of either.
    """
    plain = " ".join(text.split())
    if match := _LABELLED.fullmatch(plain):
        if [match[1], match[3]] == [when.year for when in both]:
            return _alike(match[2], match[4])
        return [plain, plain], "the cell does not print the years of its heading in their order"
    if match := _BRACKETED.fullmatch(plain) or _LISTED.fullmatch(plain):
        return _alike(match[1], match[2])
    parts = split_values(plain, 2)
    if parts != [plain, plain]:
        return _alike(*parts)
    return parts, UNPAIRED if any(c.isdigit() for c in plain) else ""


def _alike(one: str, other: str) -> tuple[list[str], str]:
    """Two values of one measure; one with a dollar sign that the other lacks may be something else."""
    signs = {"$" in text for text in (one, other) if any(c.isdigit() for c in text)}
    return [one, other], f"{one} and {other} may not be of one measure" if len(signs) > 1 else ""
