"""Heading lines as headings: pieces of lines, those that are one heading on several lines, and the levels they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from feebook.guides import lexicon
from feebook.guides.box import Box
from feebook.guides.dates import years
from feebook.guides.extents import (
    GROUP,
    OFF,
    Extent,
    Piece,
    columns_under,
    contradicted,
    errors,
    is_over_table,
    names_group,
)
from feebook.guides.gutters import APART, WIDER, usual_gap
from feebook.guides.lines import Line, hull, text_of
from feebook.guides.page import Page, Word

SETTINGS: Final = frozenset(["facility", "nonfacility", "asc", "opps", "qp", "nonqp", "proposed", "final"])
"""What one of several columns of the same kind of figure is for."""


def levels_of(pieces_: Sequence[Piece]) -> list[list[Piece]]:
    """Headings that stand side by side, the lowest first: those whose heights overlap and whose widths do not."""
    levels: list[list[Piece]] = []
    for piece in sorted(pieces_, key=lambda p: (-p.box.bottom, p.box.x0)):
        if levels and all(_beside(piece, other) for other in levels[-1]) and _level_with_next(piece, levels[-1]):
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels


def _level_with_next(piece: Piece, level: Sequence[Piece]) -> bool:
    """True when a piece is level with the next one on its left or right; a tall one may reach over several levels."""
    left = max((p for p in level if p.box.x1 <= piece.box.x0 + 1), key=lambda p: p.box.x1, default=None)
    right = min((p for p in level if p.box.x0 >= piece.box.x1 - 1), key=lambda p: p.box.x0, default=None)
    return any(p is not None and _level(piece, p) for p in (left, right))


def _beside(one: Piece, other: Piece) -> bool:
    return one.box.x1 <= other.box.x0 + 1 or other.box.x1 <= one.box.x0 + 1


def _level(one: Piece, other: Piece) -> bool:
    shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    return shared > 0.4 * min(one.box.bottom - one.box.top, other.box.bottom - other.box.top)


def turned_pieces(page: Page, top: float, columns: Sequence[Extent]) -> list[Piece]:
    """Headings that run up or down, above `top`, where the code lines begin: one piece for those of each column.

    One may end far above the codes, in the middle of a cell as tall as a longer one beside it.
    """
    over = [w for w in page.words if w.turned in (1, 3) and columns[0].left < w.box.middle < columns[-1].right]
    over = [w for w in over if w.box.bottom < top + 4]
    own = _turned_stacks(over, columns, top)
    longest = min((w.box.top for words in own for w in words), default=top)
    level = [w for w in over if w.box.bottom > longest and not own[_nearest(w, columns)]]
    higher = _turned_stacks(level, columns, None)
    return [_turned_piece(words) for words in (a or b for a, b in zip(own, higher, strict=True)) if words]


def _turned_stacks(over: Sequence[Word], columns: Sequence[Extent], top: float | None) -> list[list[Word]]:
    """Turned words by the column they stand over, from the lowest up, each close over the one before, or over `top`."""
    own: list[list[Word]] = [[] for _ in columns]
    for word in sorted(over, key=lambda w: -w.box.bottom):
        j = _nearest(word, columns)
        begin = word.box.bottom if top is None else top - 2 * word.size
        upper = min((w.box.top for w in own[j]), default=begin)
        if upper - word.box.bottom < 1.5 * word.size:
            own[j].append(word)
    return own


def _turned_piece(words: Sequence[Word]) -> Piece:
    """Turned words over one column as one heading, line by line as its reader turns the page."""
    down = words[0].turned == 1
    size = words[0].size
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.middle, reverse=down):
        if rows and abs(rows[-1][0].box.middle - word.box.middle) < 0.5 * size:
            rows[-1].append(word)
        else:
            rows.append([word])
    said = [w for row in rows for w in sorted(row, key=lambda w: w.box.top if down else -w.box.bottom)]
    box = hull(w.box for w in words)
    return Piece(text_of(said), box, box.bottom, size)


def pieces_of(line: Line, columns: Sequence[Extent]) -> list[Piece]:
    """A heading line in pieces: parted by wide gaps, and by narrower ones where a gutter runs."""
    result: list[Piece] = []
    part: list[Word] = []
    usual = usual_gap(line)
    for word in line.words:
        if part:
            gap = (word.box.x0 - part[-1].box.x1) / word.size / word.space
            edge = any(part[-1].box.x1 - 1 <= c.left <= word.box.x0 + 1 for c in columns[1:])
            other = _nearest(part[-1], columns) != _nearest(word, columns)
            wide = gap > APART and (edge or other or gap > WIDER * usual)
            if gap > 0.75 or wide or (edge and gap > 0.36 and _both_known(part, word)):
                result.append(_piece(part))
                part = []
        part.append(word)
    result.append(_piece(part))
    return result


def _nearest(word: Word, columns: Sequence[Extent]) -> int:
    return next((j for j, c in enumerate(columns) if word.box.middle < c.right), len(columns))


def _both_known(part: Sequence[Word], word: Word) -> bool:
    """True when the words before and after a gutter each say something of their own."""
    return bool(lexicon.tags(text_of(part))) and bool(lexicon.tags(word.text))


def _piece(words: Sequence[Word]) -> Piece:
    box = Box(words[0].box.x0, min(w.box.top for w in words), words[-1].box.x1, max(w.box.bottom for w in words))
    return Piece(text_of(words), box, words[0].base, words[0].size)


def wrapped(rows: list[list[Piece]], columns: Sequence[Extent], first: int) -> list[list[Piece]]:
    """Pieces that are one heading set on several lines, as one piece on its lowest line.

    A piece goes on below when the next line stands as close as lines of one text do and is set to the same side or
    middle, and when its wording is unfinished, most headings of its line go on below too, or it can stand over no more
    than the one column.
    """
    levels = [list(row) for row in rows if row]
    printed = [list(row) for row in levels]
    for n in range(len(levels) - 2, -1, -1):
        pairs = []
        for upper in levels[n]:
            below = [(m, p) for m in range(n + 1, min(n + 8, len(levels))) for p in levels[m] if _goes_on(upper, p)]
            if below:
                pairs.append((upper, *min(below, key=lambda item: item[1].base)))
        lower_all = [p for level in levels[n + 1 :] for p in level]
        lowest = max((sum(_level(p, lower) for p in lower_all) for _, _, lower in pairs), default=0)
        over = [p for p in printed[n] if columns_under(p, columns)[0] >= first]
        inside = [pair for pair in pairs if pair[0] in over]
        dense = len(inside) >= 0.6 * len(over) and len(over) >= 0.7 * lowest and len(inside) > 1
        ends = [lower for _, _, lower in pairs]
        for upper, m, lower in pairs:
            if (
                _comes_again(lower, printed[m])
                and any(p not in ends for p in levels[m])
                and not _unfinished(upper, lower)
            ):
                continue  # a group: what stands beside the lower heading has none over it
            under = [p for level in levels[n + 1 :] for p in level]
            inner = any(_over(lower, p) for p in under)
            same = abs(upper.box.middle - lower.box.middle) <= 2.2 or abs(upper.box.x0 - lower.box.x0) <= 1
            one = (dense and not _comes_again(lower, printed[m])) or _unfinished(upper, lower) or (inner and same)
            said = _stack_text(upper, levels[:n])
            own = set(lexicon.tags(upper.text)) - {"other", "code"}
            leaf = bool(own) and not own & GROUP
            if one or leaf or not names_group(said) or not _can_span(upper, lower, printed[n], under, columns, first):
                levels[m][levels[m].index(lower)] = _united(upper, lower)
                levels[n].remove(upper)
    return [level for level in levels if level]


def _comes_again(piece: Piece, row: Sequence[Piece]) -> bool:
    """True for a site or a year that several headings of a line name: each is under what stands over it."""
    alike = sum(other.text.lower() == piece.text.lower() for other in row)
    said = set(lexicon.tags(piece.text))
    return alike > 1 and ((bool(said) and said <= SETTINGS) or bool(years(piece.text)))


def _stack_text(piece: Piece, above: Sequence[Sequence[Piece]]) -> str:
    """The text of a piece with that of the lines that go on into it."""
    for level in reversed(above):
        for upper in level:
            if _goes_on(upper, piece):
                return f"{_stack_text(upper, above[: above.index(level)])} {piece.text}"
    return piece.text


def _united(upper: Piece, lower: Piece) -> Piece:
    glue = "" if upper.text.endswith("-") and lower.text[:1].islower() else " "
    text = f"{upper.text if glue else upper.text.removesuffix('-')}{glue}{lower.text}"
    return Piece(text, hull((upper.box, lower.box)), lower.base, lower.size, first=upper.first or upper.base)


def _over(upper: Piece, lower: Piece) -> bool:
    """True when a piece stands under another."""
    return lower.box.top >= upper.box.bottom - 2 and min(upper.box.x1, lower.box.x1) > max(upper.box.x0, lower.box.x0)


def _goes_on(upper: Piece, lower: Piece) -> bool:
    """True when the second piece stands under the first as close as lines of one text, to the same side or middle."""
    a, b = upper.box, lower.box
    step = (lower.first or lower.base) - upper.base
    close = 0 < step <= 1.65 * lower.size and b.top - a.bottom < 0.55 * lower.size
    level = min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.middle - b.middle)) <= 2.2
    return close and level and min(a.x1, b.x1) > max(a.x0, b.x0) and 0.8 < upper.size / lower.size < 1.25


def _unfinished(upper: Piece, lower: Piece) -> bool:
    open_bracket = upper.text.count("(") > upper.text.count(")")
    last, first = upper.text.split()[-1].lower(), lower.text[:1]
    return (
        open_bracket
        or upper.text.endswith(("-", "/", ",", "&", "–"))
        or last in {"of", "and", "or", "the", "for", "per", "in", "to"}
        or first.islower()
        or first in "(/&"
    )


def _can_span(
    piece: Piece, lower: Piece, row: Sequence[Piece], under: Sequence[Piece], columns: Sequence[Extent], first: int
) -> bool:
    """True when a piece may stand over more than the column of the piece below it."""
    if len(row) == 1 and is_over_table(piece, columns) and abs(piece.box.middle - lower.box.middle) > 2.2:
        return True
    hit = columns_under(piece, columns)
    if hit[0] < first:
        return False
    if any(p is not lower and min(piece.box.x1, p.box.x1) - max(piece.box.x0, p.box.x0) > 3 for p in under):
        return True  # it reaches over a neighbour's heading, so it is not of the one column
    beside = {j for other in row if other is not piece for j in columns_under(other, columns)} - set(hit)
    runs = [(a, b) for a in range(first, hit[0] + 1) for b in range(hit[-1], len(columns)) if b > a]
    runs = [(a, b) for a, b in runs if not beside & set(range(a, b + 1))]
    room = not any(other.box.x0 > piece.box.x1 and columns_under(other, columns)[0] <= hit[-1] + 1 for other in row)
    flush = abs(piece.box.x0 - lower.box.x0) <= 2.2 and hit[-1] + 1 < len(columns)
    runs = [(a, b) for a, b in runs if not contradicted(piece, under, columns, a, b)]
    aside = min(abs(piece.box.x0 - lower.box.x0), abs(piece.box.x1 - lower.box.x1))
    if abs(piece.box.middle - lower.box.middle) <= min(2.2, max(0.5, aside)):
        centred = any(errors(piece, columns, a, b)[0] <= 0.6 * OFF for a, b in runs)
        if centred or not _comes_again(lower, under):
            return centred
    left_room = not any(
        other.box.x1 < piece.box.x0 and columns_under(other, columns)[-1] >= hit[0] - 1 for other in row
    )
    flush_right = abs(piece.box.x1 - lower.box.x1) <= 2.2 and hit[0] - 1 >= first
    return (
        any(min(errors(piece, columns, a, b)[:3:2]) <= OFF for a, b in runs)
        or (flush and room)
        or (flush_right and left_room)
    )
