"""Lines of figures that name a modifier and no code (26, TC): of the code before them, over the end of a page too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from feebook.guides.anchors import Anchor
from feebook.guides.box import Box
from feebook.guides.codecells import begins_with_code
from feebook.guides.columns import extent_of
from feebook.guides.components import part_of
from feebook.guides.crossings import crossings
from feebook.guides.extents import Extent
from feebook.guides.gutters import APART
from feebook.guides.headlines import is_sentence
from feebook.guides.labels import is_amount
from feebook.guides.lines import Line, hull, pieces, text_of
from feebook.guides.page import Page, Word
from feebook.guides.printed import MODIFIER
from feebook.guides.tables import Crossing, Row, Table
from feebook.guides.walls import walls_between


def part_lines(group: Sequence[Anchor], every: Sequence[Line], box: Box, size: float) -> list[list[Word]]:
    """The words of such lines among the codes of a table."""
    codes = {anchor.base for anchor in group}
    near = [li for li in every if group[0].base - 8 * size < li.base < group[-1].base + 8 * size]
    cut = [[w for w in li.words if box.x0 < w.box.middle < box.x1] for li in near if li.base not in codes]
    return [words for words in cut if words and _is_part(words)]


def is_list(words: Sequence[Word]) -> bool:
    """True for several codes and nothing else."""
    return len(words) > 1 and all(begins_with_code(w.text) for w in words)


def beside_lists(
    group: Sequence[Anchor], bodies: Sequence[Sequence[Word]], every: Sequence[Line], box: Box, size: float
) -> list[list[Word]]:
    """The words of lines of figures that stand beside lists of codes on several lines, between the lines of these."""
    codes = {anchor.base for anchor in group}
    lists = [anchor.base for anchor, words in zip(group, bodies, strict=True) if is_list(words)]
    near = [li for li in every if li.base not in codes and any(abs(li.base - base) < 2 * size for base in lists)]
    cut = [[w for w in li.words if box.x0 < w.box.middle < box.x1] for li in near]
    return [words for words in cut if any(is_amount(w.text) for w in words)]


def beside_codes(
    group: Sequence[Anchor], bodies: Sequence[Sequence[Word]], every: Sequence[Line], box: Box, page: Page
) -> list[list[Word]]:
    """Codes with the figures of their row where no code's line holds any: these are level with the middle of the cells.

    Given only where a rule or the edge of a shade parts every code from the next, and each figure has one code so.
    """
    if any(is_amount(w.text) for words in bodies for w in words):
        return []
    bases = [anchor.base for anchor in group]
    near = [Line(li.base, tuple(words)) for li in every if li.base not in bases and (words := _within(li, box))]
    lines = [li for li in near if li.base > bases[0] and sum(is_amount(w.text) for w in li.words) > 1]
    if len(lines) < 2:
        return []
    left, right = min(a.box.x0 for a in group), max(li.box.x1 for li in lines)
    walls = walls_between(bases, [Extent(left, right, left, right)], page)
    bands = [bisect_right(walls, base - 2) for base in bases]
    if len(set(bands)) < len(bands):
        return []
    own = dict(zip(bands, bodies, strict=True))
    levels = ((bisect_right(walls, li.base - 2), li) for li in lines)
    return [[*own[band], *li.words] for band, li in levels if band in own]


def _within(line: Line, box: Box) -> list[Word]:
    return [w for w in line.words if box.x0 < w.box.middle < box.x1]


def _is_part(words: Sequence[Word]) -> bool:
    texts = [text_of(piece) for piece in pieces(words, APART)]
    return any(MODIFIER.fullmatch(t) or part_of(t) for t in texts[:2]) and any(is_amount(t) for t in texts)


def in_column(words: Sequence[Word], column: Extent) -> bool:
    """True when a line has its modifier in a column."""
    return any(MODIFIER.fullmatch(w.text) and column.left <= w.box.middle < column.right for w in words)


def opening_parts(page: Page, every: Sequence[Line], before: Table | None, found: Sequence[Table]) -> list[Table]:
    """The table of such lines that open a page without a code of their own after them; nothing as a rule.

    Over them stand at most the headings that the table before has: its columns are theirs.
    """
    if before is None or before.ruled or before.across or before.page.number + 1 != page.number:
        return []
    heads = {text for text, _ in before.heads}
    over = list(takewhile(lambda li: not _is_part(li.words), every))
    if any(is_sentence(li) or begins_with_code(li.text) for li in over) or len(over) == len(every):
        return []
    if over and not all(w.text in heads for w in over[-1].words):
        return []
    columns = [extent_of(before, j) for j in range(len(before.columns))]
    own = list(takewhile(lambda li: _is_part(li.words) and _fits(li, columns), every[len(over) :]))
    box = hull(w.box for li in own for w in li.words) if own else Box(0, 0, 0, 0)
    if not own or any(t.box.top < box.bottom and box.x0 < t.box.x1 and t.box.x0 < box.x1 for t in found):
        return []
    bare = Box(box.x0, box.top, box.x0 + 1, box.bottom)
    held = crossings(own, [li.base for li in own], columns, [], before.code, own[0].size)
    rows = tuple(Row(Crossing("", bare), tuple(line), None, li.box.top) for line, li in zip(held, own, strict=True))
    return [replace(before, page=page, box=box, title=(), rows=rows, continued=True)]


def _fits(line: Line, columns: Sequence[Extent]) -> bool:
    """True when every piece of a line stands over the words of just one column of the table before."""
    for piece in pieces(line.words, APART):
        x0, x1 = piece[0].box.x0, piece[-1].box.x1
        if sum(x0 < c.x1 + 2 and c.x0 - 2 < x1 for c in columns) != 1:
            return False
    return True
