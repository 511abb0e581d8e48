"""Heading paths of columns without cells: which columns each piece of the heading lines stands over.

A piece stands over the columns it overlaps. A piece with headings under it may stand over more: over those that the
rule beneath it or the box around it spans, else over the neighbours that it is centred over or flush with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from feebook.guides import lexicon
from feebook.guides.codecells import printed_codes
from feebook.guides.gutters import APART
from feebook.guides.lines import Line, pieces, text_of
from feebook.guides.page import Box, Page, Rule, Word

REACH: Final = 2.9
"""Heading lines stand less than this many sizes apart, and over the first code line."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A column: the sides it may use, and the hull of its own words."""

    left: float
    right: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    box: Box
    base: float
    size: float
    span: frozenset[int] = frozenset()


def heading_lines(lines: Sequence[Line], box: Box, page: Page, size: float) -> list[Line]:
    """The heading lines over a table, from the top; `box` is that of its code lines.

    Stops at prose, at a code line, at larger text, at a wide space, and at a line of its own flush with the table's
    left side, which is a title.
    """
    found: list[Line] = []
    upper = box.top
    above = [li for li in lines if li.box.bottom <= box.top + 0.3 * size and li.box.x1 > box.x0 - 4 and li.box.x0 < box.x1 + 4]
    for line in sorted(above, key=lambda li: -li.base):
        words = tuple(w for w in line.words if w.box.x1 > box.x0 - 12 and w.box.x0 < box.x1 + 12)
        if not words or _is_stroke(words):
            continue
        inner = Line(line.base, words)
        gap = upper - inner.box.bottom
        fenced = _boxed(inner.box, page)
        if gap > (2 * REACH if fenced else REACH) * max(inner.size, size) or len(found) >= 9:
            break
        if _is_code_line(inner) or _is_prose(inner, box) or inner.size > 1.35 * size:
            break
        if _is_title(inner, box, found, fenced):
            break
        found.append(inner)
        upper = inner.box.top
    return found[::-1]


def _is_stroke(words: Sequence[Word]) -> bool:
    return all(set(w.text) <= set("-–—−_=.") for w in words)


def _is_code_line(line: Line) -> bool:
    return any(printed_codes(text_of(piece))[0] for piece in pieces(line.words, 1.0))


def _is_prose(line: Line, box: Box) -> bool:
    parts = pieces(line.words, 0.9)
    longest = max(parts, key=len)
    return len(longest) > 9 or (len(parts) <= 2 and len(longest) > 6 and line.box.x1 - line.box.x0 > 0.6 * (box.x1 - box.x0))


def _is_title(line: Line, box: Box, found: Sequence[Line], fenced: bool) -> bool:
    """A single piece at the left over headings that were found, wider than the code column: a title, not a heading."""
    parts = pieces(line.words, 1.5)
    if len(parts) > 1 or not found or fenced:
        return False
    own = [t for li in found for p in pieces(li.words, 1.2) if abs(p[0].box.x0 - box.x0) < 12 for t in p]
    wide = max((w.box.x1 for w in own), default=box.x0 + 40)
    return line.box.x0 < box.x0 + 8 and line.box.x1 > wide + 8


def _boxed(box: Box, page: Page) -> bool:
    """True when a line lies in a shade that is no larger than a heading's."""
    return any(
        s.x0 - 2 <= box.x0 and box.x1 <= s.x1 + 2 and s.top - 2 <= box.top + 2 and box.bottom - 2 <= s.bottom + 2 and s.bottom - s.top < 90
        for s in page.shades
    )


def heading_paths(found: Sequence[Line], columns: Sequence[Extent], page: Page, first: int) -> list[tuple[str, ...]]:
    """The heading path of each column; `first` is the first column after the codes and their wording."""
    paths, _ = _paths(found, columns, page, first)
    return paths


def _paths(found: Sequence[Line], columns: Sequence[Extent], page: Page, first: int) -> tuple[list[tuple[str, ...]], list[_Piece]]:
    table = (columns[0].left, columns[-1].right)
    rows = [_pieces_of(line, columns) for line in found]
    rows += [[_Piece(w.text, w.box, w.base, w.size)] for w in _turned_words(page, found, columns)]
    rows = _joined_lines(rows, columns, page)
    placed: list[_Piece] = []
    taken: set[int] = set()
    for row in reversed(rows):  # from the lowest line up: a heading with headings below may span
        for piece in row:
            span = _span(piece, row, columns, taken, page, table, first)
            placed.append(_Piece(piece.text, piece.box, piece.base, piece.size, frozenset(span)))
        taken |= {j for piece in placed for j in piece.span}
    paths = []
    for j in range(len(columns)):
        own = sorted((p for p in placed if j in p.span), key=lambda p: (p.base, p.box.x0))
        paths.append(_stacked(own))
    return paths, placed


def _turned_words(page: Page, found: Sequence[Line], columns: Sequence[Extent]) -> list[Word]:
    """Words that run up or down among the heading lines."""
    if not found:
        return []
    top, bottom = min(li.box.top for li in found) - 60, max(li.box.bottom for li in found) + 30
    return [w for w in page.words if w.turned and top < w.box.top and w.box.bottom < bottom and columns[0].left < w.box.middle < columns[-1].right]


def _pieces_of(line: Line, columns: Sequence[Extent]) -> list[_Piece]:
    """A heading line in pieces: parted by wide gaps, and by narrower ones where a gutter runs."""
    result: list[_Piece] = []
    part: list[Word] = []
    for word in line.words:
        if part:
            gap = (word.box.x0 - part[-1].box.x1) / word.size
            at = (word.box.x0 + part[-1].box.x1) / 2
            edge = any(part[-1].box.x1 - 1 <= c.left <= word.box.x0 + 1 for c in columns[1:])
            if gap > 0.75 or (gap > APART and edge) or (edge and gap > 0.3 and _both_known(part, word)):
                result.append(_piece(part))
                part = []
            del at
        part.append(word)
    result.append(_piece(part))
    return result


def _both_known(part: Sequence[Word], word: Word) -> bool:
    """True when the words before and after a gutter each say something of their own."""
    return bool(lexicon.tags(text_of(part))) and bool(lexicon.tags(word.text))


def _piece(words: Sequence[Word]) -> _Piece:
    box = Box(words[0].box.x0, min(w.box.top for w in words), words[-1].box.x1, max(w.box.bottom for w in words))
    return _Piece(text_of(words), box, words[0].base, words[0].size)


def _joined_lines(rows: list[list[_Piece]], columns: Sequence[Extent], page: Page) -> list[list[_Piece]]:
    """Pieces that are one heading on several lines, as one piece on its lowest line; by single columns only."""
    return rows


def _overlap(piece: _Piece, column: Extent) -> float:
    return min(piece.box.x1, column.x1) - max(piece.box.x0, column.x0)


def _span(
    piece: _Piece, row: Sequence[_Piece], columns: Sequence[Extent], taken: set[int], page: Page, table: tuple[float, float], first: int
) -> list[int]:
    """The columns that a piece stands over."""
    hit = [j for j, c in enumerate(columns) if _overlap(piece, c) > 0.15 * min(piece.box.x1 - piece.box.x0, c.x1 - c.x0)]
    within = [j for j, c in enumerate(columns) if c.left <= piece.box.middle <= c.right]
    if not hit:
        hit = within
    if len(hit) > 1 and not set(hit) & taken:  # nothing below: it can stand over one column only
        hit = within if within and within[0] in hit else hit[:1]
    if hit and hit[0] < first and piece.box.x0 < columns[min(first, len(columns) - 1)].left - 6 and not _fence(piece, page, table):
        return [j for j in hit if j < first] or hit
    if not set(hit) & taken and not _free_below(hit, taken, columns):
        return hit
    fence = _fence(piece, page, table)
    if fence:
        inside = [j for j, c in enumerate(columns) if fence[0] - 3 <= (c.x0 + c.x1) / 2 <= fence[1] + 3]
        if inside and set(hit) & set(inside):
            return inside
    return _balanced(piece, row, columns, taken, hit, first)


def _free_below(hit: Sequence[int], taken: set[int], columns: Sequence[Extent]) -> bool:
    """True where a piece over a gap between columns has headed columns at both its sides."""
    return any(j - 1 in taken or j + 1 in taken for j in hit) and not hit


def _fence(piece: _Piece, page: Page, table: tuple[float, float]) -> tuple[float, float] | None:
    """The sides of the rule close under a piece or of the box around it, when narrower than the table."""
    width = table[1] - table[0]
    box = piece.box
    best: tuple[float, float] | None = None
    for rule in page.rules:
        if rule.level and -1 <= rule.at - box.bottom <= 1.1 * piece.size and _fits(rule, box, width) and (best is None or rule.end - rule.start < best[1] - best[0]):
            best = rule.start, rule.end
    for shade in page.shades:
        if shade.x0 - 1 <= box.x0 and box.x1 <= shade.x1 + 1 and shade.top - 1 <= box.centre <= shade.bottom + 1 and shade.x1 - shade.x0 < 0.85 * width:
            best = best or (shade.x0, shade.x1)
    lefts = [r.at for r in page.rules if not r.level and r.start <= box.centre <= r.end and table[0] - 4 <= r.at <= box.x0 + 1]
    rights = [r.at for r in page.rules if not r.level and r.start <= box.centre <= r.end and box.x1 - 1 <= r.at <= table[1] + 4]
    if best is None and (lefts or rights):
        side = max(lefts, default=table[0]), min(rights, default=table[1])
        best = side if side[1] - side[0] < 0.85 * width and lefts and rights else None
    return best


def _fits(rule: Rule, box: Box, width: float) -> bool:
    return rule.start <= box.x0 + 2 and rule.end >= box.x1 - 2 and rule.end - rule.start < 0.85 * width


def _balanced(
    piece: _Piece, row: Sequence[_Piece], columns: Sequence[Extent], taken: set[int], hit: Sequence[int], first: int
) -> list[int]:
    """The run of headed columns that a piece is centred over, else flush left with, between its neighbours on the line."""
    blocked = {
        j for other in row if other is not piece for j, c in enumerate(columns)
        if _overlap(other, c) > 0 or c.left <= other.box.middle <= c.right
    }
    low = high = hit[0] if hit else min(range(len(columns)), key=lambda j: abs((columns[j].x0 + columns[j].x1) / 2 - piece.box.middle))
    high = hit[-1] if hit else high
    best = (_error(piece, columns, low, high), low, high)
    limit = max(3.5, 0.05 * (columns[high].x1 - columns[low].x0))
    runs = []
    for a in range(low, first - 1, -1):
        if a in blocked or (a < low and a not in taken):
            break
        for b in range(high, len(columns)):
            if b in blocked or (b > high and b not in taken):
                break
            runs.append((_error(piece, columns, a, b), a, b))
    fitting = [run for run in runs if run[0] <= max(limit, 0.06 * (columns[run[2]].x1 - columns[run[1]].x0))]
    if fitting:
        _, low, high = max(fitting, key=lambda run: (run[2] - run[1], -run[0]))
        return list(range(low, high + 1))
    flush = [run for run in runs if abs(columns[run[1]].x0 - piece.box.x0) < 4]
    if flush and best[0] > limit:
        _, low, high = max(flush, key=lambda run: run[2] - run[1])
    elif runs:
        _, low, high = min(runs, key=lambda run: run[0])
    return list(range(low, high + 1))


def _error(piece: _Piece, columns: Sequence[Extent], low: int, high: int) -> float:
    """How far a piece is off the middle of a run of columns: of their words, or of their sides."""
    words = abs((columns[low].x0 + columns[high].x1) / 2 - piece.box.middle)
    sides = abs((columns[low].left + columns[high].right) / 2 - piece.box.middle)
    return min(words, sides)


def _stacked(own: Sequence[_Piece]) -> tuple[str, ...]:
    """Pieces over one column as its path: lines of one heading joined, headings that span differently kept apart."""
    path: list[tuple[str, frozenset[int], float]] = []
    for piece in own:
        if path and path[-1][1] == piece.span and piece.base - path[-1][2] <= 1.75 * piece.size:
            glue = "" if path[-1][0].endswith("-") and piece.text[:1].islower() else " "
            text = path[-1][0][:-1] if glue == "" else path[-1][0]
            path[-1] = f"{text}{glue}{piece.text}", piece.span, piece.base
        else:
            path.append((piece.text, piece.span, piece.base))
    return tuple(text for text, _, _ in path)
