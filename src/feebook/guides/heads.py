"""Heading paths of columns without cells: which columns each piece of the heading lines stands over.

A piece stands over the columns it overlaps. A piece with headings under it may stand over more: over those that the
rule beneath it or the box around it spans, else over the neighbours that it is centred over or flush with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from feebook.guides import lexicon
from feebook.guides.codecells import printed_codes
from feebook.guides.dates import period, years
from feebook.guides.gutters import APART
from feebook.guides.headings import meanings
from feebook.guides.lines import Line, hull, pieces, text_of
from feebook.guides.page import Box, Page, Rule, Word
from feebook.guides.tables import KEY

REACH: Final = 2.9
"""The lowest heading line stands less than this many sizes over the first code line."""

LEVELS: Final = 1.7
"""Heading lines stand less than this many sizes apart."""

GROUP: Final = frozenset(
    [
        "facility",
        "nonfacility",
        "asc",
        "opps",
        "physician",
        "inpatient",
        "drg",
        "drug",
        "rvu",
        "payment",
        "proposed",
        "final",
        "qp",
        "nonqp",
        "change",
        "apc_payment",
        "apc",
        "weight",
    ]
)
"""What a heading over several columns names."""

SMALL: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "may",
        "not",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "with",
        "you",
        "your",
    ]
)
"""Words that sentences hold more of than headings."""

OFF: Final = 7.0
"""A heading is over a run of columns when it is no more than this many points off its middle or its left."""

PADDING: Final = 5.0
"""Points between the words of a cell and its side, about."""

CONTRADICTION: Final = 25.0
"""Points that a heading over one that contradicts it counts as."""

PARTED: Final = 12.0
"""Points that a heading over only one of a facility and a non-facility column counts as."""

RIVAL: Final = 2.0
"""Another way to place a line's headings that costs no more than this above the best is a rival."""

UNCOVERED: Final = 3.0
"""Points that leaving a column without a heading of a level counts as."""


_FIGURE: Final = re.compile(r"\$\d[\d,]*(\.\d\d)?|\d[\d,]*\.\d{1,3}|\d{1,3},\d{3}")


@dataclass(frozen=True, slots=True)
class Extent:
    """A column: the sides it may use, and the hull of its own words."""

    left: float
    right: float
    x0: float
    x1: float
    flush_left: bool = True
    flush_right: bool = True
    """Whether its words all begin, or all end, at one x."""
    money: bool | None = None
    """Whether its figures have dollar signs; None where it has no figures."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    box: Box
    base: float
    size: float
    span: frozenset[int] = frozenset()
    first: float = 0.0
    """The baseline of its first line, where it has several."""


def heading_lines(lines: Sequence[Line], box: Box, page: Page, size: float, values: float = 0.0) -> list[Line]:
    """The heading lines over a table, from the top; `box` is that of its code lines.

    Lines of the first row that stand over its code are passed over: wording left of `values`, where the value columns
    begin, and figures of a row before the code's. Stops at prose, at a code line, at larger text, at a wide space, and
    at a line of its own flush with the table's
    left side, which is a title.
    """
    found: list[Line] = []
    waiting: list[
        Line
    ] = []  # lines left of the values below their lowest heading: of the first row, or the lowest headings
    upper = box.top
    above = [
        li
        for li in lines
        if li.box.bottom <= box.top + 0.3 * size and li.box.x1 > box.x0 - 4 and li.box.x0 < box.x1 + 4
    ]
    for line in sorted(above, key=lambda li: -li.base):
        words = tuple(
            w
            for piece in pieces(line.words, 0.75)
            for w in piece
            if piece[-1].box.x1 > box.x0 - 12 and piece[0].box.x0 < box.x1 + 12
        )
        if words and _is_stroke(words):
            upper = min(upper, line.box.top)
        if not words or _is_stroke(words):
            continue
        inner = Line(line.base, words)
        if KEY.fullmatch(inner.text) and upper - inner.box.bottom < 2 * REACH * size:
            upper = inner.box.top
            continue
        if not found and upper - inner.box.bottom < LEVELS * size and _is_first_row(inner, box.top - inner.base, size):
            upper = inner.box.top
            continue
        gap = upper - inner.box.bottom
        fenced = _boxed(inner.box, page)
        reach = LEVELS if found else REACH
        if gap > (2 * reach if fenced else reach) * max(inner.size, size) or len(found) >= 9:
            break
        if _is_code_line(inner) or _has_figures(inner) or _is_prose(inner, box) or inner.size > 1.35 * size:
            break
        if _is_title(inner, box, found, fenced):
            break
        if inner.box.x1 < values and not any(li.box.x1 > values for li in found):
            upper = inner.box.top
            waiting.append(inner)
            continue
        if waiting:
            found += [li for li in waiting if li.base - inner.base < 1.4 * size]
            waiting = []
        found.append(inner)
        upper = inner.box.top
    return (found or waiting)[::-1]


def _is_first_row(line: Line, above: float, size: float) -> bool:
    """True for figures just above the first code: another row of the code."""
    return above < 2.2 * size and _has_figures(line)


def _is_stroke(words: Sequence[Word]) -> bool:
    return all(set(w.text) <= set("-–—−_=.") for w in words)


def _is_code_line(line: Line) -> bool:
    return any(printed_codes(text_of(piece))[0] for piece in pieces(line.words, 1.0))


def _has_figures(line: Line) -> bool:
    """True for a line with amounts in it, which no heading prints; a factor of four places is none."""
    return any(_FIGURE.fullmatch(word.text) for word in line.words)


def _is_prose(line: Line, box: Box) -> bool:
    """True for running text: a long piece with the small words of a sentence."""
    parts = pieces(line.words, 0.9)
    longest = max(parts, key=len)
    small = sum(w.text.lower().strip(".,;:") in SMALL for w in longest)
    wide = len(parts) <= 2 and len(longest) > 6 and line.box.x1 - line.box.x0 > 0.6 * (box.x1 - box.x0)
    return (len(longest) > 9 or wide) and (small >= 2 or longest[-1].text.endswith("."))


def _is_title(line: Line, box: Box, found: Sequence[Line], fenced: bool) -> bool:
    """A single piece at the left over headings that were found, wider than the code column: a title, not a heading."""
    parts = pieces(line.words, 1.5)
    if len(parts) > 1 or not found or fenced:
        return False
    own = [t for li in found for p in pieces(li.words, 1.2) if abs(p[0].box.x0 - box.x0) < 12 for t in p]
    if not own or "code" in lexicon.tags(line.words[0].text):
        return False
    return line.box.x0 < box.x0 + 8 and line.box.x1 > max(w.box.x1 for w in own) + 8


def _boxed(box: Box, page: Page) -> bool:
    """True when a line lies in a shade that is no larger than a heading's."""
    return any(
        s.x0 - 2 <= box.x0
        and box.x1 <= s.x1 + 2
        and s.top - 2 <= box.top + 2
        and box.bottom - 2 <= s.bottom + 2
        and s.bottom - s.top < 90
        for s in page.shades
    )


def heading_paths(
    found: Sequence[Line], columns: Sequence[Extent], page: Page, first: int
) -> tuple[list[tuple[str, ...]], list[tuple[tuple[str, ...], ...]]]:
    """The heading path of each column, and the other paths that fit each nearly as well.

    `first` is the first column after the codes and their wording.
    """
    rows = [_pieces_of(line, columns) for line in found]
    rows += [[_Piece(w.text, w.box, w.base, w.size)] for w in _turned_words(page, found, columns)]
    chosen: list[list[_Piece]] = []
    others: list[tuple[int, list[_Piece]]] = []
    levels = _levels([piece for row in _wrapped(rows, columns, first) for piece in row])
    for n, row in enumerate(levels):  # from the lowest up: a heading with headings below may span
        below = {
            j: tuple(p.text for level in reversed(chosen) for p in level if j in p.span) for j in range(len(columns))
        }
        best, rivals = _placed(row, columns, {j: path for j, path in below.items() if path}, page, first)
        chosen.append(best)
        others += [(n, rival) for rival in rivals]
    paths = _paths(chosen, len(columns))
    rival_paths = [_paths([*chosen[:n], rival, *chosen[n + 1 :]], len(columns)) for n, rival in others]
    return paths, [tuple(dict.fromkeys(r[j] for r in rival_paths if r[j] != paths[j])) for j in range(len(columns))]


def _levels(pieces_: Sequence[_Piece]) -> list[list[_Piece]]:
    """Headings that stand side by side, the lowest first: those whose heights overlap and whose widths do not."""
    levels: list[list[_Piece]] = []
    for piece in sorted(pieces_, key=lambda p: (-p.box.bottom, p.box.x0)):
        if levels and all(_beside(piece, other) for other in levels[-1]) and any(_level(piece, o) for o in levels[-1]):
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels


def _beside(one: _Piece, other: _Piece) -> bool:
    return one.box.x1 <= other.box.x0 + 1 or other.box.x1 <= one.box.x0 + 1


def _level(one: _Piece, other: _Piece) -> bool:
    shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    return shared > 0.4 * min(one.box.bottom - one.box.top, other.box.bottom - other.box.top)


def _paths(levels: Sequence[Sequence[_Piece]], count: int) -> list[tuple[str, ...]]:
    placed = sorted((p for level in levels for p in level), key=lambda p: (p.base, p.box.x0))
    return [_stacked([p for p in placed if j in p.span]) for j in range(count)]


def _turned_words(page: Page, found: Sequence[Line], columns: Sequence[Extent]) -> list[Word]:
    """Words that run up or down among the heading lines."""
    if not found:
        return []
    top, bottom = min(li.box.top for li in found) - 60, max(li.box.bottom for li in found) + 30
    return [
        w
        for w in page.words
        if w.turned and top < w.box.top and w.box.bottom < bottom and columns[0].left < w.box.middle < columns[-1].right
    ]


def _pieces_of(line: Line, columns: Sequence[Extent]) -> list[_Piece]:
    """A heading line in pieces: parted by wide gaps, and by narrower ones where a gutter runs."""
    result: list[_Piece] = []
    part: list[Word] = []
    for word in line.words:
        if part:
            gap = (word.box.x0 - part[-1].box.x1) / word.size / word.space
            edge = any(part[-1].box.x1 - 1 <= c.left <= word.box.x0 + 1 for c in columns[1:])
            other = _nearest(part[-1], columns) != _nearest(word, columns)
            if gap > 0.75 or (gap > APART and (edge or other)) or (edge and gap > 0.36 and _both_known(part, word)):
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


def _piece(words: Sequence[Word]) -> _Piece:
    box = Box(words[0].box.x0, min(w.box.top for w in words), words[-1].box.x1, max(w.box.bottom for w in words))
    return _Piece(text_of(words), box, words[0].base, words[0].size)


def _wrapped(rows: list[list[_Piece]], columns: Sequence[Extent], first: int) -> list[list[_Piece]]:
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
        over = [p for p in printed[n] if _hit(p, columns)[0] >= first]
        inside = [pair for pair in pairs if pair[0] in over]
        dense = len(inside) >= 0.6 * len(over) and len(over) >= 0.7 * lowest and len(inside) > 1
        for upper, m, lower in pairs:
            under = [p for level in levels[n + 1 :] for p in level]
            inner = any(_over(lower, p) for p in under)
            same = abs(upper.box.middle - lower.box.middle) <= 2.2 or abs(upper.box.x0 - lower.box.x0) <= 1
            one = dense or _unfinished(upper, lower) or (inner and same)
            said = _stack_text(upper, levels[:n])
            own = set(lexicon.tags(upper.text)) - {"other", "code"}
            leaf = bool(own) and not own & GROUP
            if one or leaf or not _names_group(said) or not _can_span(upper, lower, printed[n], under, columns, first):
                levels[m][levels[m].index(lower)] = _united(upper, lower)
                levels[n].remove(upper)
    return [level for level in levels if level]


def _stack_text(piece: _Piece, above: Sequence[Sequence[_Piece]]) -> str:
    """The text of a piece with that of the lines that go on into it."""
    for level in reversed(above):
        for upper in level:
            if _goes_on(upper, piece):
                return f"{_stack_text(upper, above[: above.index(level)])} {piece.text}"
    return piece.text


def _united(upper: _Piece, lower: _Piece) -> _Piece:
    glue = "" if upper.text.endswith("-") and lower.text[:1].islower() else " "
    text = f"{upper.text if glue else upper.text.removesuffix('-')}{glue}{lower.text}"
    return _Piece(text, hull((upper.box, lower.box)), lower.base, lower.size, first=upper.first or upper.base)


def _over(upper: _Piece, lower: _Piece) -> bool:
    """True when a piece stands under another."""
    return lower.box.top >= upper.box.bottom - 2 and min(upper.box.x1, lower.box.x1) > max(upper.box.x0, lower.box.x0)


def _goes_on(upper: _Piece, lower: _Piece) -> bool:
    """True when the second piece stands under the first as close as lines of one text, to the same side or middle."""
    a, b = upper.box, lower.box
    step = (lower.first or lower.base) - upper.base
    close = 0 < step <= 1.65 * lower.size and b.top - a.bottom < 0.55 * lower.size
    level = min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.middle - b.middle)) <= 2.2
    return close and level and min(a.x1, b.x1) > max(a.x0, b.x0) and 0.8 < upper.size / lower.size < 1.25


def _unfinished(upper: _Piece, lower: _Piece) -> bool:
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
    piece: _Piece, lower: _Piece, row: Sequence[_Piece], under: Sequence[_Piece], columns: Sequence[Extent], first: int
) -> bool:
    """True when a piece may stand over more than the column of the piece below it."""
    if len(row) == 1 and _over_table(piece, columns) and abs(piece.box.middle - lower.box.middle) > 2.2:
        return True
    hit = _hit(piece, columns)
    if hit[0] < first:
        return False
    if any(p is not lower and min(piece.box.x1, p.box.x1) - max(piece.box.x0, p.box.x0) > 3 for p in under):
        return True  # it reaches over a neighbour's heading, so it is not of the one column
    runs = [(a, b) for a in range(first, hit[0] + 1) for b in range(hit[-1], len(columns)) if b > a]
    room = not any(other.box.x0 > piece.box.x1 and _hit(other, columns)[0] <= hit[-1] + 1 for other in row)
    flush = abs(piece.box.x0 - lower.box.x0) <= 2.2 < abs(piece.box.middle - lower.box.middle) and hit[-1] + 1 < len(
        columns
    )
    runs = [(a, b) for a, b in runs if not _contradicted(piece, under, columns, a, b)]
    if abs(piece.box.middle - lower.box.middle) <= 2.2:
        return any(_errors(piece, columns, a, b)[0] <= 0.6 * OFF for a, b in runs)
    left_room = not any(other.box.x1 < piece.box.x0 and _hit(other, columns)[-1] >= hit[0] - 1 for other in row)
    flush_right = abs(piece.box.x1 - lower.box.x1) <= 2.2 and hit[0] - 1 >= first
    return (
        any(min(_errors(piece, columns, a, b)[:3:2]) <= OFF for a, b in runs)
        or (flush and room)
        or (flush_right and left_room)
    )


def _contradicted(piece: _Piece, under: Sequence[_Piece], columns: Sequence[Extent], low: int, high: int) -> bool:
    """True when a heading under a run of columns contradicts the piece."""
    run = set(range(low, high + 1))
    return any(_contradicts(piece.text, [p.text]) for p in under if run & set(_hit(p, columns)))


def _names_group(text: str) -> bool:
    """True when a heading says what several columns can share: a site, a schedule, a kind of figure, a time."""
    return (
        bool(GROUP & set(lexicon.tags(text)))
        or bool(years(text))
        or bool(period(text, "2000").start or period(text, "2000").end)
    )


def _over_table(piece: _Piece, columns: Sequence[Extent]) -> bool:
    """True when a piece is centred over the whole table."""
    return abs((columns[0].x0 + columns[-1].x1) / 2 - piece.box.middle) <= OFF + 3


def _overlap(piece: _Piece, column: Extent) -> float:
    return min(piece.box.x1, column.x1) - max(piece.box.x0, column.x0)


def _placed(
    row: Sequence[_Piece], columns: Sequence[Extent], below: Mapping[int, tuple[str, ...]], page: Page, first: int
) -> tuple[list[_Piece], list[list[_Piece]]]:
    """The pieces of one heading line with the columns that each stands over, and other ways that fit nearly as well.

    Headings of one line are set one way: all centred over the words or the cells of their columns, or all flush with
    the first. No column lies under two of them, and none under one that its own heading contradicts.
    """
    here = sorted(row, key=lambda p: p.box.x0)
    if len(here) == 1 and below and (_over_table(here[0], columns) or _fenced_whole(here[0], page, columns)):
        hit = _hit(here[0], columns)
        if hit[0] < first:
            return [replace(here[0], span=frozenset(range(len(columns))))], []
    lack = {j: _lack(path) for j, path in below.items() if j >= first}
    pairs = _pairs(below)
    found: dict[tuple[frozenset[int], ...], float] = {}
    for way in range(5):
        options = [_options(piece, here, columns, below, page, first, way) for piece in here]
        for cost, spans in _disjoint(options):
            covered = frozenset().union(*spans)
            whole = cost + sum(price for j, price in lack.items() if j not in covered) + (way in (1, 4))
            whole += PARTED * sum(_parts(spans, pair) for pair in pairs)
            found[spans] = min(whole, found.get(spans, float("inf")))
    ranked = sorted(found.items(), key=lambda item: item[1])
    ways = [
        [replace(p, span=span) for p, span in zip(here, spans, strict=True) if span]
        for spans, cost in ranked
        if cost <= ranked[0][1] + RIVAL
    ]
    covered = frozenset().union(*(p.span for p in ways[0]))
    rivals = [way for way in ways[1:] if not frozenset().union(*(p.span for p in way)) < covered]
    return ways[0], rivals[:3]


def _lack(path: tuple[str, ...]) -> float:
    """What leaving a column without one more heading costs: little where its own words say all."""
    said = meanings(path, ())
    sure = said and all(m.measure not in ("", "total_rvu", "change_percent") and not m.doubt for m in said)
    return 0.5 if sure else UNCOVERED


def _pairs(below: Mapping[int, tuple[str, ...]]) -> list[tuple[int, int]]:
    """Neighbouring columns of which one is headed facility and one non-facility: they belong together."""
    sites = {
        j: next((t for t in lexicon.tags(path[-1]) if t in ("facility", "nonfacility")), "")
        for j, path in below.items()
    }
    result = []
    j = min(below, default=0)
    while j < max(below, default=0):
        if {sites.get(j), sites.get(j + 1)} == {"facility", "nonfacility"}:
            result.append((j, j + 1))
            j += 1
        j += 1
    return result


def _parts(spans: Sequence[frozenset[int]], pair: tuple[int, int]) -> bool:
    """True when a heading stands over one of two columns and not over the other."""
    return any((pair[0] in span) != (pair[1] in span) for span in spans)


def _contradicts(upper: str, lower: Sequence[str]) -> bool:
    """True when a heading over another names a schedule that the lower one's figures do not belong to."""
    above, own = set(lexicon.tags(upper)), {tag for text in lower for tag in lexicon.tags(text)}
    physician = above & {"physician", "nonfacility", "rvu"} and not above & {"asc", "opps"}
    if own & {"status_indicator", "apc"} and (physician or ("asc" in above and "opps" not in above)):
        return True
    if "asc_indicator" in own and (physician or ("opps" in above and "asc" not in above)):
        return True
    if (
        own & {"rvu", "work", "pe", "total"}
        and above & {"asc", "opps", "drg"}
        and not above & {"physician", "facility", "rvu"}
    ):
        return True
    if (
        "work" in above
        and own & {"apc", "status_indicator", "asc_indicator", "payment", "facility", "nonfacility"}
        and "rvu" not in above
    ):
        return True
    if above & {"apc", "status_indicator"} and own & {
        "asc",
        "rvu",
        "work",
        "facility",
        "nonfacility",
        "physician",
        "asc_indicator",
    }:
        return True
    if "asc" in own and "opps" in above and "asc" not in above:
        return True
    return bool("opps" in own and "asc" in above and "opps" not in above)


def _wrong_kind(text: str, columns: Sequence[Extent], j: int) -> bool:
    """True when a heading of units stands over dollars, or one of payments over figures that are none."""
    said = set(lexicon.tags(text))
    if "rvu" in said and "payment" not in said:
        return columns[j].money is True
    paid = "payment" in said and not said & {"rvu", "work"}
    return paid and columns[j].money is False and any(c.money for c in columns)


def _fenced_whole(piece: _Piece, page: Page, columns: Sequence[Extent]) -> bool:
    """True when a piece stands alone in a shade as wide as the table."""
    return any(
        s.x0 <= columns[0].x0 + 4
        and s.x1 >= columns[-1].x1 - 4
        and s.top - 1 <= piece.box.centre <= s.bottom + 1
        and s.bottom - s.top < 3 * piece.size
        for s in page.shades
    )


def _disjoint(
    options: Sequence[Sequence[tuple[float, frozenset[int]]]],
) -> list[tuple[float, tuple[frozenset[int], ...]]]:
    """Choices of one run for each piece, from the left, none over another's; one without room stands over nothing."""
    best: list[tuple[float, int, tuple[frozenset[int], ...]]] = [(0.0, -1, ())]
    for choices in options:
        grown = [
            (cost + more, max(span), (*spans, span))
            for cost, last, spans in best
            for more, span in choices
            if min(span) > last
        ]
        grown += [(cost + 60, last, (*spans, frozenset())) for cost, last, spans in best]
        best = sorted(grown, key=lambda item: item[0])[:200]
    return [(cost, spans) for cost, _, spans in best]


def _hit(piece: _Piece, columns: Sequence[Extent]) -> list[int]:
    """The columns that a piece overlaps, else the one it is nearest to."""
    hit = [
        j for j, c in enumerate(columns) if _overlap(piece, c) > 0.15 * min(piece.box.x1 - piece.box.x0, c.x1 - c.x0)
    ]
    return (
        hit
        or [j for j, c in enumerate(columns) if c.left <= piece.box.middle <= c.right][:1]
        or [min(range(len(columns)), key=lambda j: abs((columns[j].x0 + columns[j].x1) / 2 - piece.box.middle))]
    )


def _options(
    piece: _Piece,
    row: Sequence[_Piece],
    columns: Sequence[Extent],
    below: Mapping[int, tuple[str, ...]],
    page: Page,
    first: int,
    way: int,
) -> list[tuple[float, frozenset[int]]]:
    """The runs of columns that a piece may stand over, each with how badly it fits, in points."""
    hit = _hit(piece, columns)
    within = [j for j in hit if columns[j].left <= piece.box.middle <= columns[j].right]
    if len(hit) > 1 and not set(hit) & set(below):  # nothing below: it can stand over one column only
        hit = within or hit[:1]
    if hit[0] < first and piece.box.x0 < columns[min(first, len(columns) - 1)].left - 6:
        return [(0.0, frozenset(j for j in hit if j < first))]
    if not set(hit) & set(below):
        return [(0.0, frozenset(hit))]
    fence = _fence(piece, page, (columns[0].left, columns[-1].right))
    if fence and not any(fence[0] < other.box.middle < fence[1] for other in row if other is not piece):
        inside = [j for j, c in enumerate(columns) if fence[0] - 3 <= (c.x0 + c.x1) / 2 <= fence[1] + 3]
        if set(hit) & set(inside):
            return [(0.0, frozenset(inside))]
    if not _names_group(piece.text):
        return [(0.0, frozenset(within[:1] or hit[:1]))]
    result = []
    near = [j for j in range(hit[0] - 1, hit[-1] + 2) if first <= j < len(columns)] if way == 2 else hit
    for a in range(near[-1], first - 1, -1):
        for b in range(max(a, near[0]), len(columns)):
            run = range(a, b + 1)
            if any(j not in below and j not in hit for j in run) or not set(run) & set(hit):
                continue
            error = _errors(piece, columns, a, b)[way]
            if error <= OFF + 0.03 * (columns[b].x1 - columns[a].x0) or list(run) == hit:
                error += CONTRADICTION * sum(_contradicts(piece.text, below[j]) for j in run if j in below)
                error += CONTRADICTION * sum(_wrong_kind(piece.text, columns, j) for j in run)
                result.append((error, frozenset(run)))
    return result


def _fence(piece: _Piece, page: Page, table: tuple[float, float]) -> tuple[float, float] | None:
    """The sides of the rule close under a piece or of the box around it, when narrower than the table."""
    width = table[1] - table[0]
    box = piece.box
    best: tuple[float, float] | None = None
    for rule in page.rules:
        if (
            rule.level
            and -1 <= rule.at - box.bottom <= 1.1 * piece.size
            and _fits(rule, box, width)
            and (best is None or rule.end - rule.start < best[1] - best[0])
        ):
            best = rule.start, rule.end
    for shade in page.shades:
        if (
            shade.x0 - 1 <= box.x0
            and box.x1 <= shade.x1 + 1
            and shade.top - 1 <= box.centre <= shade.bottom + 1
            and shade.x1 - shade.x0 < 0.85 * width
        ):
            best = best or (shade.x0, shade.x1)
    lefts = [
        r.at
        for r in page.rules
        if not r.level and r.start <= box.centre <= r.end and table[0] - 4 <= r.at <= box.x0 + 1
    ]
    rights = [
        r.at
        for r in page.rules
        if not r.level and r.start <= box.centre <= r.end and box.x1 - 1 <= r.at <= table[1] + 4
    ]
    if best is None and (lefts or rights):
        side = max(lefts, default=table[0]), min(rights, default=table[1])
        best = side if side[1] - side[0] < 0.85 * width and lefts and rights else None
    return best


def _fits(rule: Rule, box: Box, width: float) -> bool:
    return rule.start <= box.x0 + 2 and rule.end >= box.x1 - 2 and rule.end - rule.start < 0.85 * width


def _errors(piece: _Piece, columns: Sequence[Extent], low: int, high: int) -> tuple[float, float, float, float, float]:
    """How far, in points, a piece is off a run of columns, by the ways that headings are set over columns.

    Centred over their words or the gutters around them; flush with the first; centred over cells whose words are set
    to the right (each cell begins where the words before it end), and over cells whose words are set to the left;
    flush with the last.
    """
    middle = piece.box.middle
    words = abs((columns[low].x0 + columns[high].x1) / 2 - middle)
    sides = abs((columns[low].left + columns[high].right) / 2 - middle)
    flush = min(abs(columns[low].x0 - piece.box.x0), abs(columns[low].left - piece.box.x0))
    starts = [columns[low - 1].x1] if low else []
    starts += [2 * columns[low].x1 - columns[low + 1].x1] if high > low else []  # as wide as the next
    right = min((abs((start + columns[high].x1) / 2 + PADDING - middle) for start in starts), default=1e9)
    left = abs((columns[low].x0 + columns[high + 1].x0) / 2 - PADDING - middle) if high + 1 < len(columns) else 1e9
    run = columns[low : high + 1]
    if not all(c.flush_right for c in run):
        right = 1e9
    if not all(c.flush_left for c in run):
        left = 1e9
    end = min(abs(columns[high].x1 - piece.box.x1), abs(columns[high].right - piece.box.x1))
    return min(words, sides), flush, max(0.0, right - 3), max(0.0, left - 3), end


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
