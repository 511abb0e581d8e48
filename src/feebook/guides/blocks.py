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

from feebook.guides import lexicon
from feebook.guides.box import Box
from feebook.guides.extents import Extent
from feebook.guides.gutters import APART
from feebook.guides.lines import Line, block_text, hull, pieces
from feebook.guides.page import Page, Word
from feebook.guides.spacing import parted
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
        if row is None and _is_prose(line, columns, first):
            continue
        for span, words in _by_column(line, columns, first):
            if row is None:
                orphans[span[0]].append(Line(line.base, words))
            else:
                slot = grid[row][span[0]]
                slot.words += words
                slot.span = span if len(span) > 1 else slot.span
    filled = [any(slot.words for slot in row[first:]) for row in grid]
    centred = _is_centred(grid, orphans, bases, first, size)
    hung = not centred and not walls and _is_hung(orphans, bases, size)
    for j, left in enumerate(orphans):
        _place(left, grid, j, bases, walls, size, [not f for f in filled], centred, hung)
    for row_slots in grid:
        _widen(row_slots, columns, first)
    return [_made(slots) for slots in grid]


def _is_prose(line: Line, columns: Sequence[Extent], first: int) -> bool:
    """True for running text below or between the rows: one long piece from the wording into the value columns."""
    return any(
        len(piece) > 5 and piece[0].box.x0 < columns[first].left and piece[-1].box.x0 > columns[first].left
        for piece in pieces(line.words, 0.9)
    )


def _is_centred(
    grid: Sequence[Sequence[Slot]], orphans: Sequence[Sequence[Line]], bases: Sequence[float], first: int, size: float
) -> bool:
    """True when cells are centred over their row: text stands above and below a code's line, not on it."""
    found = 0
    for j, lines in enumerate(orphans):
        for i, base in enumerate(bases):
            near = [li.base - base for li in lines if abs(li.base - base) < 0.95 * PITCH * size]
            found += not grid[i][j].words and any(d < 0 for d in near) and any(d > 0 for d in near)
    return found > 0


def _is_hung(orphans: Sequence[Sequence[Line]], bases: Sequence[float], size: float) -> bool:
    """True when cells end on the line of their code: text off the codes' lines stands close above one, none below."""
    found = False
    for lines in orphans:
        for block in _blocks(lines, [], size):
            above = max((base for base in bases if base < block[0].base), default=float("-inf"))
            below = min((base for base in bases if base > block[-1].base), default=float("inf"))
            nearer = (below - block[-1].base) - (block[0].base - above)
            if nearer > -0.15 * size:
                return False
            found = found or below - block[-1].base <= PITCH * size
    return found


def _hung_on(block: Sequence[Line], bases: Sequence[float], size: float) -> int | None:
    """The row beneath a block of lines that ends close above it; None where a row's line runs through the block."""
    i = bisect_right(bases, block[-1].base)
    inside = any(block[0].base < base < block[-1].base for base in bases)
    return i if not inside and i < len(bases) and bases[i] - block[-1].base <= PITCH * size else None


def walls_between(bases: Sequence[float], columns: Sequence[Extent], page: Page) -> list[float]:
    """The y of rules and shade edges that part the rows, when they part nearly every pair."""
    left, right = columns[0].x0, columns[-1].x1
    found = [r.at for r in page.rules if r.level and r.start < left + 20 and r.end > right - 20]
    for shade in _stripes(page.shades):
        if shade.x0 < left + 20 and shade.x1 > right - 20 and shade.bottom - shade.top < 200:
            found += [shade.top, shade.bottom]
    found.sort()
    parted = sum(any(a < y < b for y in found) for a, b in pairwise(bases))
    return found if len(bases) > 1 and parted >= 0.6 * (len(bases) - 1) else []


def _stripes(shades: Sequence[Box]) -> list[Box]:
    """Shades with those beside each other, as of the cells of one row, as one."""
    rows: dict[tuple[int, int], list[Box]] = {}
    for shade in shades:
        rows.setdefault((round(shade.top), round(shade.bottom)), []).append(shade)
    result: list[Box] = []
    for row in rows.values():
        whole: list[Box] = []
        for shade in sorted(row):
            if whole and shade.x0 - whole[-1].x1 < 3:
                whole[-1] = hull((whole[-1], shade))
            else:
                whole.append(shade)
        result += whole
    return result


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
    centred: bool,
    hung: bool,
) -> None:
    """Lines that stand on no code's baseline, given to the rows they belong to.

    Figures off every baseline go only to rows without figures of their own (`open_rows`) where nothing parts the rows,
    unless a stroke joins them to the rest of their cell.
    """
    known = {} if walls else parted(left, [bool(row[j].words) for row in grid], bases, size)
    for block in _blocks(left, walls, size):
        box = hull(line.box for line in block)
        if known:
            shares: dict[int, list[Line]] = {}
            for line in block:
                shares.setdefault(known[line.base], []).append(line)
        elif walls:
            band = bisect_right(walls, box.centre)
            owners = [i for i, base in enumerate(bases) if bisect_right(walls, base - 0.3 * size) == band]
            shares = dict.fromkeys(owners, block)
        else:
            below = _hung_on(block, bases, size) if hung else None
            shares = {below: block} if below is not None else _shares(block, grid, j, bases, size, centred)
        for i, lines in shares.items():
            slot = grid[i][j]
            words = [w for line in lines for w in line.words]
            figure = not walls and _is_figure(words) and not any(_is_joined(line.words) for line in lines)
            tied = bool(slot.words) and _is_joined(slot.words)
            if (figure and not open_rows[i] and not tied) or (len(shares) > 1 and slot.words and walls):
                continue
            slot.words += words


def _shares(
    block: list[Line], grid: Sequence[Sequence[Slot]], j: int, bases: Sequence[float], size: float, centred: bool
) -> dict[int, list[Line]]:
    """Which rows the lines of a block go to where nothing parts the rows.

    A block that lies over several codes is theirs together, unless the lines nearest to each say something alone.
    """
    box = hull(line.box for line in block)
    over = [i for i, base in enumerate(bases) if box.top < base - 0.3 * size < box.bottom and not grid[i][j].words]
    shares: dict[int, list[Line]] = {}
    for unit in _units(block):
        home = _home(unit, grid, j, bases, size, centred)
        if home is not None:
            shares.setdefault(home, []).extend(unit)
    if len(over) > 1:
        alone = all(i in shares and _says(shares[i]) for i in over)
        return shares if alone else dict.fromkeys(over, block)
    return shares


def _units(block: Sequence[Line]) -> list[list[Line]]:
    """Lines that a stroke ties together, as one; the others alone."""
    result: list[list[Line]] = []
    for line in block:
        if result and (result[-1][-1].words[-1].text.endswith("/") or line.words[0].text.startswith("/")):
            result[-1].append(line)
        else:
            result.append([line])
    return result


def _home(
    unit: Sequence[Line], grid: Sequence[Sequence[Slot]], j: int, bases: Sequence[float], size: float, centred: bool
) -> int | None:
    """The row of a few lines: the one whose text they go on from, else the nearest close by."""
    first, last = unit[0].base, unit[-1].base
    middle = (first + last) / 2
    above = bisect_right(bases, middle) - 1
    below = above + 1
    to_above = middle - bases[above] if above >= 0 else float("inf")
    to_below = bases[below] - middle if below < len(bases) else float("inf")
    if not centred and above >= 0:
        lowest = max((w.base for w in grid[above][j].words), default=0.0)
        figures = _is_figure(grid[above][j].words) and any(_FIGURES.search(w.text) for line in unit for w in line.words)
        if lowest and first - lowest <= PITCH * size * 1.1 and (_is_joined(grid[above][j].words) or not figures):
            return above
    near, far = (above, to_above) if to_above <= to_below else (below, to_below)
    if centred and abs(to_above - to_below) < 0.25 * size and below < len(bases):
        near = below if grid[below][j].words and not grid[above][j].words else above
    return near if far <= PITCH * size * (2.2 if centred else 1.2) else None


def _says(lines: Sequence[Line]) -> bool:
    """True when lines are a whole cell: a figure, or a phrase that gives a status."""
    words = [w for line in lines for w in line.words]
    return _is_figure(words) or bool(lexicon.status(block_text(words), ""))


def _blocks(left: Sequence[Line], walls: Sequence[float], size: float) -> list[list[Line]]:
    result: list[list[Line]] = []
    for line in left:
        joined = result and line.base - result[-1][-1].base <= PITCH * size * 1.25
        if joined and not any(result[-1][-1].base < y < line.base - 0.3 * size for y in walls):
            result[-1].append(line)
        else:
            result.append([line])
    return result


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
