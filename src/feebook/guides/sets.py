"""Sets of columns that come again under one heading after another: the same two years, the same two sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from feebook.guides import lexicon
from feebook.guides.dates import years

_Said = tuple[tuple[str, ...], frozenset[str], str]

_PLAIN: Final = frozenset(["payment", "other", "code"])
"""What one column of a set may say and its like in the next set leave out."""


def sets_of(lowest: Mapping[int, str], first: int, end: int) -> list[range]:
    """The columns of each set, from the left, where sets of two columns or more come again; else nothing.

    `lowest` are the lowest headings by column. No column from `first` to before `end` that is in no set says what one
    in a set says: what stands alone is then none of a set's.
    """
    said = [_said(lowest[j]) if j in lowest else None for j in range(first, end)]
    best: list[range] = []
    for width in range(2, len(said) // 2 + 1):
        for start in range(len(said) - 2 * width + 1):
            found = _again(said, start, width)
            if len(found) > 1 and width * len(found) > sum(map(len, best)):
                best = found
    covered = {j for run in best for j in run}
    own = {said[j] for j in covered}
    if any(said[j] in own for j in range(len(said)) if j not in covered):
        return []
    return [range(first + run.start, first + run.stop) for run in best]


def _again(said: Sequence[_Said | None], start: int, width: int) -> list[range]:
    """Every run of columns that says what the run of `width` columns at `start` says, none over another."""
    wanted = said[start : start + width]
    if None in wanted or len(set(wanted)) < width:
        return []
    found: list[range] = []
    j = start
    while j + width <= len(said):
        if said[j : j + width] == wanted:
            found.append(range(j, j + width))
            j += width
        else:
            j += 1
    return found


def _said(text: str) -> _Said:
    """What a heading says, whatever its words: its years, its site or kind, dollars or per cent of a change."""
    tags = frozenset(lexicon.tags(text))
    change = ("$" if "$" in text else "%") if "change" in tags else ""
    when = tuple(years(text))
    plain = tags - _PLAIN if when or change else tags
    return when, plain or (frozenset() if when or change else frozenset(lexicon.words(text))), change


def parts_a_set(span: frozenset[int], sets: Sequence[range]) -> bool:
    """True for a heading over some columns of a set and not over the others."""
    return any(not span.isdisjoint(run) and not span.issuperset(run) for run in sets)
