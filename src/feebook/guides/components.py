"""Columns of the parts of a service: global, professional (26) and technical (TC), told by their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_SURE: Final = {
    "26": re.compile(
        r"(?<![\w/.,$-])[(–-]*26\)?(?![\w/.,])(?!\s*,?\s*20\d\d)|\bprof(?:essional|\.)?\s+comp(?:onent|\.)?(?!\w)",
        re.IGNORECASE,
    ),
    "TC": re.compile(r"(?<!\w)[(–-]*TC\)?(?!\w)|\b[Tt]ech(?:nical|\.)?\s+[Cc]omp(?:onent|\.)?(?!\w)"),
}
_BESIDE: Final = {
    "26": re.compile(r"\bprof(?:essional)?\b", re.IGNORECASE),
    "TC": re.compile(r"\btech(?:nical)?\b", re.IGNORECASE),
    "": re.compile(r"\bglobal(?:\s+(?:service|fee))?\b", re.IGNORECASE),
}
"""What says so only where another column names a part for sure."""

_MONTH: Final = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*$", re.IGNORECASE)


def components(paths: Sequence[tuple[str, ...]]) -> list[tuple[str | None, tuple[str, ...]]]:
    """For each heading path the modifier that it names, None for none, and the path without the words for it."""
    sure = [_named(path, _SURE) for path in paths]
    if not any(name is not None for name, _ in sure):
        return sure
    return [found if found[0] is not None else _named(path, _BESIDE) for found, path in zip(sure, paths, strict=True)]


def _named(path: tuple[str, ...], known: dict[str, re.Pattern[str]]) -> tuple[str | None, tuple[str, ...]]:
    for part in reversed(path):
        for name, pattern in known.items():
            match = pattern.search(part)
            if match and not _MONTH.search(part[: match.start()]):
                every = _SURE.get(name, pattern)
                plain = [re.sub(r"\(\s*\)", "", every.sub(" ", pattern.sub(" ", p))).strip(" -–,:/") for p in path]
                return name, tuple(filter(None, (" ".join(p.split()) for p in plain)))
    return None, path
