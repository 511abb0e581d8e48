"""Rows without rules: which words belong to which code line, in each column.

Words on a code's baseline are its own; what stands off every baseline is given out in blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from feebook.guides import lexicon
from feebook.guides.blocks import Slot, is_centred, is_figure, is_hung, place
from feebook.guides.extents import Extent
from feebook.guides.gutters import APART
from feebook.guides.lines import Line, block_text, hull, pieces
from feebook.guides.merged import spread
from feebook.guides.page import Word
from feebook.guides.straying import STRAY, are_astray
from feebook.guides.tables import Crossing

_FIGURES: Final = re.compile(r"\d")

_INDICATOR: Final = re.compile(r"[A-Z]\d?")

ASIDE: Final = 3.0
"""Points left of a table where no words of its rows begin."""

BAND: Final = 1.3
"""Sizes that a line which names a group of rows stands off the rows at least."""

SET: Final = 1.5
"""Points that a text may be off the side or the middle that the words of its column are set to."""


def crossings(
    lines: Sequence[Line],
    bases: Sequence[float],
    columns: Sequence[Extent],
    walls: Sequence[float],
    first: int,
    size: float,
    groups: Sequence[float] = (),
    code: int = 0,
) -> list[list[Crossing | None]]:
    """For each baseline of a line of values, from the top, what each column holds.

    `walls` part the rows, or `groups` part groups of them.
    """
    grid = [[Slot() for _ in columns] for _ in bases]
    orphans: list[list[Line]] = [[] for _ in columns]
    for line in lines:
        row = next((i for i, base in enumerate(bases) if abs(base - line.base) <= 0.35 * size), None)
        if row is None and _is_prose(line, columns, first):
            continue
        for span, words in _by_column(line, columns, first, row is None):
            if row is None:
                orphans[span[0]].append(Line(line.base, words))
            else:
                slot = grid[row][span[0]]
                slot.words += words
                slot.span = span if len(span) > 1 else slot.span
    alone = {line.base for line in lines if len(pieces(line.words, APART)) == 1}
    orphans = [
        [line for line in left if not (line.base in alone and j >= first and _is_band(line, grid, j, bases, size))]
        for j, left in enumerate(orphans)
    ]
    spread(grid, orphans, bases, groups, code, size)
    filled = [any(slot.words for slot in row[first:]) for row in grid]
    centred = is_centred(grid, orphans, bases, first, size)
    hung = not centred and not walls and is_hung(orphans, bases, size)
    for j, left in enumerate(orphans):
        lacking = [not row[j].words for row in grid]
        near = place(left, grid, j, bases, walls, size, [not f for f in filled], centred, hung)
        if j >= first and are_astray(near, lacking, bases, size):
            for _, i in near:
                grid[i][j].doubt = STRAY if i >= 0 else grid[i][j].doubt
    for row_slots in grid:
        _join(row_slots, first)
        _span(row_slots, columns, first)
        _widen(row_slots, columns, first)
    return [_made(slots) for slots in grid]


def _is_prose(line: Line, columns: Sequence[Extent], first: int) -> bool:
    """True for running text below or between the rows: one long piece from the wording into the value columns.

    It may end before these where it begins left of all that the code lines print.
    """
    begin = columns[max(first, 1)].left if len(columns) > 1 else columns[0].right
    second = columns[1].left if len(columns) > 1 else begin
    for piece in (p for p in pieces(line.words, 0.9) if len(p) > 5):
        left, right = piece[0].box.x0, piece[-1].box.x0
        if (left < begin < right) or (left < columns[0].x0 - ASIDE and right > second):
            return True
    return False


def _is_band(line: Line, grid: Sequence[Sequence[Slot]], j: int, bases: Sequence[float], size: float) -> bool:
    """True for words alone on their line, off the rows, that say nothing of the figure near them: they name a group."""
    near = min(range(len(bases)), key=lambda i: abs(bases[i] - line.base))
    off = abs(bases[near] - line.base) > BAND * size
    plain = not (_FIGURES.search(line.text) or lexicon.tags(line.text) or lexicon.status(line.text, ""))
    return off and plain and line.text[:1].isupper() and bool(grid[near][j].words) and is_figure(grid[near][j].words)


def _by_column(
    line: Line, columns: Sequence[Extent], first: int, between: bool
) -> list[tuple[tuple[int, ...], tuple[Word, ...]]]:
    """The words of a line by column; a text that runs on over a gutter spans the columns it lies in.

    `between` says that the line stands off those of the rows.
    """
    result: list[tuple[tuple[int, ...], tuple[Word, ...]]] = []
    for piece in pieces(line.words, APART):
        hit = sorted({_column(w, columns) for w in piece})
        own = _alone_over(piece, columns) if len(hit) > 1 and hit[0] >= first else None
        if len(hit) == 1 or own is not None:
            result.append(((hit[0] if own is None else own,), piece))
        elif hit[0] < first:
            result += _overhanging(piece, columns, first, between)
        elif len(piece) >= 3 or not any(_FIGURES.search(w.text) for w in piece):
            result.append((tuple(range(hit[0], hit[-1] + 1)), piece))
        else:
            result += [((_column(w, columns),), (w,)) for w in piece]
    return result


def _alone_over(piece: Sequence[Word], columns: Sequence[Extent]) -> int | None:
    """The one column whose words a piece stands over, set as they are: a phrase may be wider than the figures."""
    x0, x1 = piece[0].box.x0, piece[-1].box.x1
    over = [j for j, c in enumerate(columns) if x0 < c.x1 + 1 and c.x0 - 1 < x1]
    if len(over) != 1:
        return None
    column = columns[over[0]]
    off = [abs(x0 - column.x0), abs(x1 - column.x1), abs((x0 + x1) / 2 - (column.x0 + column.x1) / 2)]
    return over[0] if min(off) < SET else None


def _overhanging(
    piece: Sequence[Word], columns: Sequence[Extent], first: int, between: bool
) -> list[tuple[tuple[int, ...], tuple[Word, ...]]]:
    """Codes and wording that run on: words before the first value column by column, figures after it to theirs.

    Between the rows, wording that runs on holds no values: it may be the title of what follows.
    """
    result: list[tuple[tuple[int, ...], tuple[Word, ...]]] = []
    for word in piece:
        j = _column(word, columns)
        running = between and len(piece) > 2
        wording = j >= first and (running or (word.box.x0 < columns[first].left and not _FIGURES.search(word.text)))
        result.append(((min(j, first - 1) if wording else j,), (word,)))
    return result


def _column(word: Word, columns: Sequence[Extent]) -> int:
    return min(max(bisect_right([c.left for c in columns], word.box.middle) - 1, 0), len(columns) - 1)


def _join(slots: list[Slot], first: int) -> None:
    """Words of neighbouring columns that overlap from side to side are the lines of one text over these columns.

    Cells beside one another never overlap; the lines of a text set in the middle of several columns begin in different
    ones.
    """
    last = -1
    for j in range(first, len(slots)):
        if not slots[j].words or _says_alone(slots[j].words):
            continue
        if last >= 0 and _overlap(slots[last].words, slots[j].words):
            into, other = slots[last], slots[j]
            into.words += other.words
            into.span = tuple(range(last, max((j, *into.span, *other.span)) + 1))
            into.doubt = into.doubt or other.doubt
            slots[j] = Slot()
        else:
            last = j


def _says_alone(words: Sequence[Word]) -> bool:
    """True for words with a line that is a figure or an indicator, whole in its own column."""
    by_base: dict[float, list[Word]] = {}
    for word in words:
        by_base.setdefault(word.base, []).append(word)
    return any(is_figure(line) or _INDICATOR.fullmatch(line[0].text) for line in by_base.values())


def _overlap(words: Sequence[Word], others: Sequence[Word]) -> bool:
    one, other = hull(w.box for w in words), hull(w.box for w in others)
    return other.x0 < one.x1 - 1 and one.x0 < other.x1 - 1


def _span(slots: list[Slot], columns: Sequence[Extent], first: int) -> None:
    """A text of several lines that lies over the figures of empty columns beside its own is over these as well."""
    for j in range(first, len(slots)):
        words = slots[j].words
        if slots[j].span or len({w.base for w in words}) < 2 or is_figure(words):
            continue
        box = hull(w.box for w in words)
        over = [k for k in range(first, len(slots)) if box.x0 < columns[k].x1 and columns[k].x0 < box.x1] or [j]
        if j in over and all(k == j or not slots[k].words for k in over):
            slots[j].span = tuple(over) if len(over) > 1 else ()


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
