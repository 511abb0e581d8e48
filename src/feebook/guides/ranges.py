"""Which columns of codes head tables of their own, and how far each table reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from feebook.guides import lexicon
from feebook.guides.abreast import parted
from feebook.guides.anchors import ASIDE, Anchor
from feebook.guides.box import Box
from feebook.guides.codecells import printed_codes
from feebook.guides.headings import names_codes, names_other_numbers
from feebook.guides.lines import Line, pieces, text_of
from feebook.guides.page import Page, Word

ROW: Final = 15.0
"""Points over the first and under the last codes that the lines of their rows may lie."""

_NUMBER: Final = re.compile(r"[A-Z]{0,3}-?\d{4,}[-\dA-Z]*")


def ranges(groups: Sequence[list[Anchor]], every: Sequence[Line], page: Page) -> list[tuple[list[Anchor], Box]]:
    """Each group of codes that heads rows, with the sides of its table; a second one in the same rows heads none."""
    result: list[tuple[list[Anchor], Box]] = []
    chosen = [g for g in groups if not _is_prose(g, every)]
    chosen = [
        g for g in chosen if not (_is_other_numbers(g, every) and any(_same_rows(g, o) for o in chosen if o is not g))
    ]
    for group in sorted(chosen, key=lambda g: (g[0].box.x0, g[0].base)):
        top, bottom = group[0].base, group[-1].base
        others = [g for g in chosen if g is not group and g[0].base < bottom + 30 and g[-1].base > top - 30]
        begin = min(a.box.x0 for a in group)
        lefts = [g for g in others if median(a.box.x0 for a in g) < begin - 20]
        rights = [g for g in others if median(a.box.x0 for a in g) > median(a.box.x0 for a in group) + 20]
        if any(_same_rows(g, group) and not _own_table(g, group, every) for g in lefts):
            continue
        ends = [g for g in rights if not _same_rows(group, g) or _own_table(group, g, every)]
        right = min((_begin(g, every, page, group) for g in ends), default=10_008.0) - 8
        left = min(begin - 14, *(_begin(group, every, page, g) - 8 for g in lefts)) if lefts else -1.0
        result.append((group, Box(left, top, right, bottom)))
    return sorted(result, key=lambda item: (round(item[1].top / 20), item[0][0].box.x0))


def bounded(ranges: Sequence[tuple[list[Anchor], Box]]) -> list[tuple[list[Anchor], Box]]:
    """Each range with its lower bound: the first code of the next table beneath."""
    result = []
    for group, box in ranges:
        below = [g[0].base for g, b in ranges if g[0].base > group[-1].base and b.x0 < box.x1 and box.x0 < b.x1]
        result.append((group, box._replace(bottom=min(below, default=100_000.0))))
    return result


def _is_prose(group: Sequence[Anchor], every: Sequence[Line]) -> bool:
    """True when the lines of most codes are running text."""
    running = 0
    for anchor in group:
        words = [w for w in every[anchor.line].words if w.box.x0 >= anchor.box.x0 - 20]
        parts = pieces(words, 0.9)
        listed = all(printed_codes(w.text)[0] for w in words)
        running += len(parts) < 2 and len(words) > 4 and not listed
    return 2 * running > len(group)


def _same_rows(one: Sequence[Anchor], other: Sequence[Anchor]) -> bool:
    """True when most codes of the smaller column stand on lines of the larger."""
    mine = {a.line for a in one}
    return sum(a.line in mine for a in other) > 0.6 * len(other)


def _own_table(left: Sequence[Anchor], right: Sequence[Anchor], every: Sequence[Line]) -> bool:
    """True when the right column heads a table of its own: the heading over it names codes as the left's does."""
    names = [lexicon.words(_heading_over(group, every)) for group in (left, right)]
    if names[0] and names[0] == names[1]:
        return True
    aside = [_heading_aside(group, every) for group in (left, right)]
    own = [piece for piece in aside if piece]
    return len(own) == 2 and own[0][0] != own[1][0] and lexicon.words(text_of(own[0])) == lexicon.words(text_of(own[1]))


def _begin(group: Sequence[Anchor], every: Sequence[Line], page: Page, before: Sequence[Anchor]) -> float:
    """Where the table of a column of codes begins: with these, or with their heading at the left of wide cells.

    Before that where the lines and shades of the rows break between it and the codes of a table to its left.
    """
    codes = min(a.box.x0 for a in group)
    piece = _heading_aside(group, every)
    begin = piece[0].box.x0 if piece else codes
    between = any(begin < w.box.middle < codes and len(w.text) > 1 for a in group for w in every[a.line].words)
    begin = codes if between else min(begin, codes)
    top, bottom = min(group[0].base, before[0].base), max(group[-1].base, before[-1].base)
    apart = parted(page, max(a.box.x1 for a in before), codes, top - ROW, bottom + ROW)
    return begin if apart is None else min(begin, apart + 8)


def _heading_aside(group: Sequence[Anchor], every: Sequence[Line]) -> tuple[Word, ...]:
    """The nearest heading over codes that names codes alone; it may be set to the other side of its cell."""
    box = group[0].box
    for line in reversed(every[: group[0].line]):
        named = [piece for piece in pieces(line.words, 0.7) if names_codes(text_of(piece))]
        near = [(max(0.0, piece[0].box.x0 - box.x1, box.x0 - piece[-1].box.x1), piece) for piece in named]
        found = [(off, piece) for off, piece in near if off < ASIDE]
        if found:
            return min(found, key=lambda item: item[0])[1]
        if group[0].base - line.base > 120:
            break
    return ()


def _is_other_numbers(group: Sequence[Anchor], every: Sequence[Line]) -> bool:
    """True when the heading over a column names numbers that only look like codes."""
    return names_other_numbers([_heading_over(group, every)])


def _heading_over(group: Sequence[Anchor], every: Sequence[Line]) -> str:
    """The lowest words that stand over a column of codes, or nothing; longer numbers of its first rows are none."""
    box = group[0].box
    for line in reversed(every[: group[0].line]):
        for piece in pieces(line.words, 0.7):
            text = text_of(piece)
            over = piece[0].box.x0 < box.x1 + 8 and piece[-1].box.x1 > box.x0 - 8
            if over and lexicon.words(text) and not _NUMBER.fullmatch(text):
                return text
        if group[0].base - line.base > 120:
            break
    return ""
