"""The columns of code lines and the headings over them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

from feebook.guides import lexicon
from feebook.guides.anchors import Anchor
from feebook.guides.blocks import PITCH
from feebook.guides.box import Box
from feebook.guides.columns import extents, uprights, without_gaps, wording_ends
from feebook.guides.extents import Extent, Piece, is_over_table
from feebook.guides.fences import is_fenced_whole
from feebook.guides.gutters import gutters
from feebook.guides.headings import is_modifier_heading
from feebook.guides.headlines import heading_lines, is_sentence
from feebook.guides.heads import Headed, heading_paths
from feebook.guides.labels import is_amount, names_codes
from feebook.guides.lines import Line, pieces, text_of
from feebook.guides.misplaced import HOMELESS
from feebook.guides.page import Page, Word
from feebook.guides.printed import modifier

BESIDE: Final = 12.0
"""Words that begin further than this from the side of a table do not stand over it."""

MOST: Final = 0.6
"""The share of the codes beside whose lines the cells of a column stand off them."""

FAR: Final = 130.0
"""Words further than this from a table belong to something else."""


class Laid(NamedTuple):
    """Columns, which of them holds the codes and which is the first of values; the code lines; their headings."""

    columns: list[Extent]
    code: int
    first: int
    area: Box
    named: list[Line]
    headed: list[Headed]
    astray: bool
    """Whether a column lacks a heading and one stands right of the table, level with the lowest of its headings."""


def laid(
    page: Page,
    group: Sequence[Anchor],
    bodies: Sequence[list[Word]],
    every: Sequence[Line],
    box: Box,
    before: Sequence[tuple[str, float]],
) -> Laid:
    """The columns of code lines, with those that only the lines of a part of the service fill.

    `before` are the headings of the table that may go on here.
    """
    found = _laid(page, group, bodies, every, box, before)
    if _is_wanting(found, every, box) and (whole := _with_strays(group, bodies, every, box, found.columns)):
        wider = _laid(page, group, whole, every, box, before)
        found, bodies = (found, bodies) if _is_wanting(wider, every, box) else (wider, whole)
    more = [words for line in every if (words := _component(line, box, group, found))]
    if not more:
        return found
    wider = _laid(page, group, [*bodies, *more], every, box, before)
    return wider if len(wider.columns) > len(found.columns) else found


def _laid(
    page: Page,
    group: Sequence[Anchor],
    bodies: Sequence[list[Word]],
    every: Sequence[Line],
    box: Box,
    before: Sequence[tuple[str, float]],
) -> Laid:
    size = median(every[a.line].size for a in group)
    rights = max(words[-1].box.x1 for words in bodies)
    lefts = min(words[0].box.x0 for words in bodies)
    drawn, parted = uprights(page, group, lefts, rights, bodies)
    cuts = [*drawn, *_ends_of_codes(group, bodies)]
    columns = extents(parted, gutters(parted, sorted(set(cuts))))
    code = code_column(columns, group)
    area = Box(lefts, min(w.box.top for w in bodies[0]), rights, group[-1].base)
    first = wording_ends(bodies, columns, code)
    near = [Line(li.base, tuple(words)) for li in every if (words := _whole(li, box))]
    values = columns[first].x0
    ahead = columns[first - 1].x1 if first else values
    named = _without_rest(heading_lines(near, area, page, size, values, ahead), before, values)
    named = [li for li in named if not _is_intro(li, named, page, columns, first)]
    headed = heading_paths(named, columns, page, first, area.top)
    if fewer := without_gaps(columns, [h.path for h in headed], bodies, code):
        columns, code = fewer, code_column(fewer, group)
        first = wording_ends(bodies, columns, code)
        headed = heading_paths(named, columns, page, first, area.top)
    if named and not all(h.path for h in headed):  # a heading may be set to the far side of its cell
        wider = heading_lines(near, area, page, size, values, ahead, FAR, FAR)
        again = heading_paths(wider, columns, page, first, area.top)
        named, headed = (wider, again) if all(h.ordered for h in again) else (named, headed)
    astray = bool(named) and not all(h.path for h in headed) and _is_astray(named[-1].base, every, area, box)
    return Laid(columns, code, first, area, named, headed, astray)


def _is_wanting(found: Laid, every: Sequence[Line], box: Box) -> bool:
    """True when a heading finds no column: it stands between those that the code lines fill, or right of them."""
    homeless = any(head.doubt == HOMELESS for head in found.headed)
    return homeless or (bool(found.named) and _is_astray(found.named[-1].base, every, found.area, box))


def _with_strays(
    group: Sequence[Anchor], bodies: Sequence[list[Word]], every: Sequence[Line], box: Box, columns: Sequence[Extent]
) -> list[list[Word]] | None:
    """The code lines with the words clear of all columns that stand close above or below: cells set on two lines each.

    None where most codes have no such words, or where one has them above its line alone and another below: they may be
    one text between both. Nor where figures stand further off: then they are set to the middle of their rows.
    """
    bases = [anchor.base for anchor in group]
    size = median(every[anchor.line].size for anchor in group)
    result = [list(words) for words in bodies]
    grown: dict[int, set[bool]] = {}
    for line in every:
        n = min(range(len(bases)), key=lambda k: abs(bases[k] - line.base))
        off = abs(bases[n] - line.base)
        clear = [w for w in cut(line, box) if all(w.box.x1 < c.x0 or w.box.x0 > c.x1 for c in columns)]
        if off >= PITCH * size and bases[0] < line.base < bases[-1] and any(is_amount(w.text) for w in clear):
            return None
        if 0.35 * size < off < PITCH * size:
            fresh = [w for w in clear if all(w.box.x1 < v.box.x0 or w.box.x0 > v.box.x1 for v in result[n])]
            result[n] = sorted([*result[n], *fresh], key=lambda w: w.box.x0)
            if fresh:
                grown.setdefault(n, set()).add(line.base < bases[n])
    return result if len(grown) >= MOST * len(bases) and len(set(map(frozenset, grown.values()))) == 1 else None


def _ends_of_codes(group: Sequence[Anchor], bodies: Sequence[Sequence[Word]]) -> list[float]:
    """The x between codes and the amounts close right of them; nothing where words follow.

    A code and an amount are never words of one text, however close they stand.
    """
    ends = [anchor.box.x1 for anchor in group]
    after = [
        min((w for w in words if w.box.x0 > anchor.box.x1 - 0.5), key=lambda w: w.box.x0, default=None)
        for anchor, words in zip(group, bodies, strict=False)
    ]
    followed = [word for word in after if word is not None]
    if len(followed) < 2 or not all(is_amount(word.text) for word in followed):
        return []
    begin = min(word.box.x0 for word in followed)
    close = 0 < begin - max(ends) < followed[0].size
    return [(max(ends) + begin) / 2] if close else []


def _is_astray(base: float, every: Sequence[Line], area: Box, box: Box) -> bool:
    """True when a few words of the field stand right of a table, level with its headings."""
    level = [Line(li.base, tuple(words)) for li in every if abs(li.base - base) < 1 and (words := cut(li, box))]
    for piece in (piece for line in level for piece in pieces(line.words, 0.75)):
        gap = piece[0].box.x0 - area.x1
        if BESIDE < gap < FAR and len(piece) <= 5 and lexicon.tags(text_of(piece)):
            return True
    return False


def _component(line: Line, box: Box, group: Sequence[Anchor], found: Laid) -> list[Word]:
    """The words of a line without a code that names a part of the service: it may print more than the code's line."""
    if line.base <= group[0].base or line.base >= box.bottom or line.base in {anchor.base for anchor in group}:
        return []
    words = cut(line, box)
    for column, head in zip(found.columns, found.headed, strict=True):
        own = [w for w in words if column.left <= w.box.middle < column.right]
        if is_modifier_heading(head.path) and words[:1] == own[:1] and own and modifier(text_of(own)):
            return words
    return []


def _whole(line: Line, box: Box) -> list[Word]:
    """The words of a line between the sides of a table, without running text that goes on over a side."""
    words = cut(line, box)
    if len(words) == len(line.words) or not is_sentence(line):
        return words
    result: list[Word] = []
    for piece in pieces(line.words, 0.9):
        own = cut(Line(line.base, piece), box)
        if len(own) == len(piece) or not is_sentence(Line(line.base, piece)):
            result += own
    return result


def _is_intro(line: Line, named: Sequence[Line], page: Page, columns: Sequence[Extent], first: int) -> bool:
    """True for words that begin over the codes and reach over values with a heading: they speak of the whole table."""
    box, value = line.box, columns[first]
    before = columns[first - 1].x1 if first else value.left
    reaches = box.x0 < min(before, value.left - 6) and box.x1 > (value.x0 + value.x1) / 2
    headed = any(value.left <= w.box.middle < value.right for li in named if li is not line for w in li.words)
    if not reaches or not headed or len(pieces(line.words, 0.75)) > 1 or names_codes(line.words[0].text):
        return False
    piece = Piece(line.text, box, line.base, line.size)
    return not is_over_table(piece, columns) and not is_fenced_whole(piece, page, columns)


def _without_rest(named: Sequence[Line], heads: Sequence[tuple[str, float]], values: float) -> list[Line]:
    """Heading lines without wording beneath the headings of the table before: it goes on from the page before."""
    for n in range(1, len(named)):
        if same_heads(heads, heads_of(named[:n])) and all(line.box.x1 < values for line in named[n:]):
            return list(named[:n])
    return list(named)


def code_column(columns: Sequence[Extent], group: Sequence[Anchor]) -> int:
    """The column that the codes stand in."""
    return next((j for j, c in enumerate(columns) if c.left <= group[0].box.middle < c.right), 0)


def cut(line: Line, box: Box) -> list[Word]:
    """The words of a line between the sides of a table."""
    return [w for w in line.words if box.x0 < w.box.middle < box.x1]


def heads_of(named: Sequence[Line]) -> tuple[tuple[str, float], ...]:
    """The words of heading lines and where they begin."""
    return tuple((word.text, word.box.x0) for line in named for word in line.words)


def same_heads(one: Sequence[tuple[str, float]], other: Sequence[tuple[str, float]]) -> bool:
    """True for the same words at the same distances."""
    if not one or [text for text, _ in one] != [text for text, _ in other]:
        return False
    steps = [b - a for (_, a), (_, b) in zip(one, other, strict=True)]
    return max(steps) - min(steps) < 3


def ends_as(heads: Sequence[tuple[str, float]], lower: Sequence[tuple[str, float]]) -> bool:
    """True where headings are the lowest lines of others, at the same distances: those of groups are not said again."""
    return 2 < len(lower) < len(heads) and same_heads(heads[-len(lower) :], lower)
