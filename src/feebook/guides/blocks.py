"""Text that stands on no code's baseline: which rows its blocks of lines belong to.

Lines between codes belong to the row of their band where rules or shades part the rows; else text goes on from the row
it stands against, or lies over every code whose baseline it spans.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from feebook.guides import lexicon
from feebook.guides.lines import Line, block_text, hull
from feebook.guides.page import Word
from feebook.guides.spacing import parted

PITCH: Final = 1.45
"""Lines of one text stand less than this many sizes apart."""

_FIGURES: Final = re.compile(r"\d")


@dataclass(slots=True)
class Slot:
    """What one row holds in one column."""

    words: list[Word] = field(default_factory=list)
    span: tuple[int, ...] = ()
    doubt: str = ""


def is_centred(
    grid: Sequence[Sequence[Slot]], orphans: Sequence[Sequence[Line]], bases: Sequence[float], first: int, size: float
) -> bool:
    """True when cells are centred over their row: text stands above and below a code's line, not on it."""
    found = 0
    for j, lines in enumerate(orphans):
        for i, base in enumerate(bases):
            near = [li.base - base for li in lines if abs(li.base - base) < 0.95 * PITCH * size]
            found += not grid[i][j].words and any(d < 0 for d in near) and any(d > 0 for d in near)
    return found > 0


def is_hung(orphans: Sequence[Sequence[Line]], bases: Sequence[float], size: float) -> bool:
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


def place(
    left: Sequence[Line],
    grid: list[list[Slot]],
    j: int,
    bases: Sequence[float],
    walls: Sequence[float],
    size: float,
    open_rows: Sequence[bool],
    centred: bool,
    hung: bool,
) -> list[tuple[float, int]]:
    """Lines that stand on no code's baseline, given to the rows they belong to.

    Figures off every baseline go only to rows without figures of their own (`open_rows`) where nothing parts the rows,
    unless a stroke joins them to the rest of their cell. The heights of values that only their nearness gave to a row,
    with that row; -1 for those that no row took.
    """
    near: list[tuple[float, int]] = []
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
            figure = not walls and is_figure(words) and not any(_is_joined(line.words) for line in lines)
            tied = bool(slot.words) and _is_joined(slot.words)
            alone = not walls and not known and len(shares) == 1 and _says(lines)
            if (figure and not open_rows[i] and not tied) or (len(shares) > 1 and slot.words and walls):
                near += [(box.centre, -1)] * alone
                continue
            near += [(box.centre, i)] * (alone and not slot.words)
            slot.words += words
    return near


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
        figures = is_figure(grid[above][j].words) and any(_FIGURES.search(w.text) for line in unit for w in line.words)
        if lowest and first - lowest <= PITCH * size * 1.1 and (_is_joined(grid[above][j].words) or not figures):
            return above
    near, far = (above, to_above) if to_above <= to_below else (below, to_below)
    if centred and abs(to_above - to_below) < 0.25 * size and below < len(bases):
        near = below if grid[below][j].words and not grid[above][j].words else above
    return near if far <= PITCH * size * (2.2 if centred else 1.2) else None


def _says(lines: Sequence[Line]) -> bool:
    """True when lines are a whole cell: a figure, or a phrase that gives a status."""
    words = [w for line in lines for w in line.words]
    return is_figure(words) or bool(lexicon.status(block_text(words), ""))


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


def is_figure(words: Sequence[Word]) -> bool:
    return bool(re.fullmatch(r"[$\d.,()%\s+−–—/NAna-]+", "".join(w.text for w in words)))
