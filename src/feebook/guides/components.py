"""The parts of a service: global, professional (26) and technical (TC), as headings and cells name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feebook.guides import lexicon

_SURE: Final = {
    "26": re.compile(
        r"^[\s(–-]*26[\s)]*$|(?<![\w/.,$])[(–-]26\)?(?![\w/.,])|\bmod(?:ifier)?\.?\s*-?26(?!\w)"
        r"|\bprof(?:essional|\.)?\s+comp(?:onent|\.)?(?!\w)",
        re.IGNORECASE,
    ),
    "TC": re.compile(r"(?<!\w)[(–-]*TC\)?(?!\w)|\b[Tt]ech(?:nical|\.)?\s+[Cc]omp(?:onent|\.)?(?!\w)"),
}
_BARE: Final = re.compile(r"(?<![\w/.,$-])26(?![\w/.,%])(?!\s*,?\s*20\d\d)")
_BESIDE: Final = {
    "26": re.compile(rf"\bprof(?:essional)?\b|{_BARE.pattern}", re.IGNORECASE),
    "TC": re.compile(r"\btech(?:nical)?\b", re.IGNORECASE),
    "": re.compile(r"\bglobal(?:\s+(?:service|fee))?\b", re.IGNORECASE),
}
"""What says so only where another column names a part for sure."""

_DATED: Final = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?|\b(?:CY|FY|year)|['’])\s*['’]?\s*$",
    re.IGNORECASE,
)
"""What stands before a 26 that is a day or a year."""


_CELL: Final = {
    "26": frozenset({"26", "professional", "prof", "pc"}),
    "TC": frozenset({"tc", "technical", "tech"}),
    "": frozenset({"global", "glob"}),
}
_BY: Final = frozenset({"component", "comp", "modifier", "mod", "service", "fee", "part"})
"""What a cell may say beside the part that it names."""


def part_of(text: str) -> str | None:
    """The modifier of the part that a cell names and nothing else: `26 (professional)` gives 26, `Global` nothing."""
    said = set(lexicon.words(text)) - _BY
    return next((name for name, known in _CELL.items() if said and said <= known), None)


def are_parts(texts: Sequence[str]) -> bool:
    """True for the cells of a column of parts of services, whatever its heading: two parts or more, and dashes."""
    worded = [text for text in texts if lexicon.words(text)]
    named = {part_of(text) for text in worded}
    return None not in named and len(named) > 1


def may_be_modifier(path: Sequence[str]) -> bool:
    """True where a heading prints a bare 26 that is neither known as the modifier nor plainly a day or a year."""
    return any(not _DATED.search(part[: found.start()]) for part in path for found in _BARE.finditer(part))


def components(paths: Sequence[tuple[str, ...]]) -> list[tuple[str | None, tuple[str, ...]]]:
    """For each heading path the modifier that it names, None for none, and the path without the words for it."""
    sure = [_named(path, _SURE) for path in paths]
    if not any(name is not None for name, _ in sure):
        return sure
    return [found if found[0] is not None else _named(path, _BESIDE) for found, path in zip(sure, paths, strict=True)]


def _named(path: tuple[str, ...], known: dict[str, re.Pattern[str]]) -> tuple[str | None, tuple[str, ...]]:
    for part in reversed(path):
        for name, pattern in known.items():
            if any(not _DATED.search(part[: match.start()]) for match in pattern.finditer(part)):
                plain = [re.sub(r"\(\s*\)", "", _without_part(name, p)).strip(" -–,:/") for p in path]
                return name, tuple(filter(None, (" ".join(p.split()) for p in plain)))
    return None, path


def _without_part(name: str, part: str) -> str:
    """A heading without the words for a part of the service: `Technical (TC) payment` → `payment`."""
    for known in (_SURE, _BESIDE):
        if name in known:
            part = _without(known[name], part)
    return part


def _without(pattern: re.Pattern[str], part: str) -> str:
    """A heading without the words for a part of the service; days and years stay."""
    return pattern.sub(lambda m: m[0] if _DATED.search(m.string[: m.start()]) else " ", part)
