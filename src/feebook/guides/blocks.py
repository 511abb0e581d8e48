"""Rows without rules: which words belong to which code line, in each column.

Words on a code's baseline are its own. Lines between belong to the row of their band where rules or shades part the
rows; else text goes on from the row it stands against, or lies over every code whose baseline it spans.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from feebook.guides.gutters import APART
from feebook.guides.heads import Extent
from feebook.guides.lines import Line, block_text, hull, pieces
from feebook.guides.page import Page, Word
from feebook.guides.tables import Crossing

PITCH: Final = 1.45
"""Lines of one text stand less than this many sizes apart."""

_FIGURES: Final = re.compile(r"\d")


@dataclass(slots=True)
class Slot:
    """What one row holds in one column."""

    words: list[Word] = field(default_factory=list)
    span: tuple[int, ...] = ()
    doubt: str = ""


def crossings(
    lines: Sequence[Line],
    bases: Sequence[float],
    columns: Sequence[Extent],
    walls: Sequence[float],
    first: int,
    size: float,
) -> list[list[Crossing | None]]:
    """For each baseline of a line of values, from the top, what each column holds; `walls` part the rows."""
    grid = [[Slot() for _ in columns] for _ in bases]
    orphans: list[list[Line]] = [[] for _ in columns]
    for line in lines:
        row = next((i for i, base in enumerate(bases) if abs(base - line.base) <= 0.35 * size), None)
        for span, words in _by_column(line, columns, first):
            if row is None:
                orphans[span[0]].append(Line(line.base, words))
            else:
                slot = grid[row][span[0]]
                slot.words += words
                slot.span = span if len(span) > 1 else slot.span
    filled = [any(slot.words for slot in row[first:]) for row in grid]
    for j, left in enumerate(orphans):
        _place(left, grid, j, bases, walls, size, [not f for f in filled])
    for row_slots in grid:
        _widen(row_slots, columns, first)
    return [_made(slots) for slots in grid]


def walls_between(bases: Sequence[float], columns: Sequence[Extent], page: Page) -> list[float]:
    """The y of rules and shade edges that part the rows, when they part nearly every pair."""
    left, right = columns[0].x0, columns[-1].x1
    found = [r.at for r in page.rules if r.level and r.start < left + 20 and r.end > right - 20]
    for shade in page.shades:
        if shade.x0 < left + 20 and shade.x1 > right - 20 and shade.bottom - shade.top < 200:
            found += [shade.top, shade.bottom]
    found.sort()
    parted = sum(any(a < y < b for y in found) for a, b in pairwise(bases))
    return found if len(bases) > 1 and parted >= 0.6 * (len(bases) - 1) else []


def _by_column(line: Line, columns: Sequence[Extent], first: int) -> list[tuple[tuple[int, ...], tuple[Word, ...]]]:
    """The words of a line by column; a text that runs on over a gutter spans the columns it lies in."""
    result: list[tuple[tuple[int, ...], tuple[Word, ...]]] = []
    for piece in pieces(line.words, APART):
        hit = sorted({_column(w, columns) for w in piece})
        if len(hit) == 1:
            result.append(((hit[0],), piece))
        elif hit[0] < first:
            result += _overhanging(piece, columns, first)
        elif len(piece) >= 3 or not any(_FIGURES.search(w.text) for w in piece):
            result.append((tuple(range(hit[0], hit[-1] + 1)), piece))
        else:
            result += [((_column(w, columns),), (w,)) for w in piece]
    return result


def _overhanging(
    piece: Sequence[Word], columns: Sequence[Extent], first: int
) -> list[tuple[tuple[int, ...], tuple[Word, ...]]]:
    """Codes and wording that run on: words before the first value column by column, figures after it to theirs."""
    result: list[tuple[tuple[int, ...], tuple[Word, ...]]] = []
    for word in piece:
        j = _column(word, columns)
        wording = j >= first and word.box.x0 < columns[first].left and not _FIGURES.search(word.text)
        result.append(((min(j, first - 1) if wording else j,), (word,)))
    return result


def _column(word: Word, columns: Sequence[Extent]) -> int:
    return min(max(bisect_right([c.left for c in columns], word.box.middle) - 1, 0), len(columns) - 1)


def _place(
    left: Sequence[Line],
    grid: list[list[Slot]],
    j: int,
    bases: Sequence[float],
    walls: Sequence[float],
    size: float,
    open_rows: Sequence[bool],
) -> None:
    """Lines that stand on no code's baseline, given to the rows they belong to.

    Figures off every baseline go only to rows without figures of their own (`open_rows`) where nothing parts the rows,
    unless a stroke joins them to the rest of their cell.
    """
    for block in _blocks(left, walls, size):
        box = hull(line.box for line in block)
        words = [w for line in block for w in line.words]
        figure = not walls and _is_figure(words) and not any(_is_joined(line.words) for line in block)
        if walls:
            band = bisect_right(walls, box.centre)
            owners = [i for i, base in enumerate(bases) if bisect_right(walls, base - 0.3 * size) == band]
        else:
            owners = [i for i, base in enumerate(bases) if box.top < base - 0.3 * size < box.bottom]
            near = None if owners else _neighbour(block, grid, j, bases, size)
            owners = owners or ([near] if near is not None else [])
        for i in owners:
            slot = grid[i][j]
            tied = bool(slot.words) and _is_joined(slot.words)
            if (figure and not open_rows[i] and not tied) or (len(owners) > 1 and slot.words):
                continue
            slot.words += words


def _blocks(left: Sequence[Line], walls: Sequence[float], size: float) -> list[list[Line]]:
    result: list[list[Line]] = []
    for line in left:
        joined = result and line.base - result[-1][-1].base <= PITCH * size * 1.25
        if joined and not any(result[-1][-1].base < y < line.base - 0.3 * size for y in walls):
            result[-1].append(line)
        else:
            result.append([line])
    return result


def _neighbour(
    block: Sequence[Line], grid: Sequence[Sequence[Slot]], j: int, bases: Sequence[float], size: float
) -> int | None:
    """The row that a block goes on from: the one just above when it holds text there, else the nearest close by."""
    above = bisect_right(bases, block[0].base) - 1
    figures = any(_FIGURES.search(w.text) for line in block for w in line.words)
    if above >= 0:
        slot = grid[above][j]
        lowest = max((w.base for w in slot.words), default=0.0)
        joined = bool(slot.words) and _is_joined(slot.words)
        if (
            slot.words
            and block[0].base - lowest <= PITCH * size * 1.1
            and (joined or not (figures and _is_figure(slot.words)))
        ):
            return above
    below = above + 1
    if (
        below < len(bases)
        and bases[below] - block[-1].base <= PITCH * size * 0.8
        and (above < 0 or bases[below] - block[-1].base < block[0].base - bases[above])
    ):
        return below
    if above >= 0 and block[0].base - bases[above] <= PITCH * size * 1.2:
        return above
    return None


def _is_joined(words: Sequence[Word]) -> bool:
    """True for one part of a joined cell that is set on two lines: `$86 /`."""
    return words[-1].text.endswith("/") or words[0].text.startswith("/")


def _is_figure(words: Sequence[Word]) -> bool:
    return bool(re.fullmatch(r"[$\d.,()%\s+−–—/NAna-]+", "".join(w.text for w in words)))


def _widen(slots: list[Slot], columns: Sequence[Extent], first: int) -> None:
    """A text over several columns taken to the run of empty columns that it is centred in."""
    for j, slot in enumerate(slots):
        if len(slot.span) < 2:
            continue
        low, high = slot.span[0], slot.span[-1]
        box = hull(w.box for w in slot.words)
        best = (_off(columns, low, high, box.middle), 0, low, high)
        for a in range(low, first - 1, -1):
            if a < low and slots[a].words:
                break
            for b in range(high, len(columns)):
                if b > high and slots[b].words:
                    break
                if all(not slots[k].words or k == j for k in range(a, b + 1)):
                    best = min(best, (_off(columns, a, b, box.middle), -(b - a), a, b))
        slot.span = tuple(range(best[2], best[3] + 1))


def _off(columns: Sequence[Extent], low: int, high: int, middle: float) -> float:
    sides = abs((columns[low].left + columns[high].right) / 2 - middle)
    words = abs((columns[low].x0 + columns[high].x1) / 2 - middle)
    return round(min(sides, words) / 4)


def _made(slots: Sequence[Slot]) -> list[Crossing | None]:
    result: list[Crossing | None] = [None] * len(slots)
    for j, slot in enumerate(slots):
        if not slot.words:
            continue
        made = Crossing(block_text(slot.words), hull(w.box for w in slot.words), doubt=slot.doubt)
        for k in slot.span or (j,):
            result[k] = made if result[k] is None else result[k]
    return result
