"""Heading paths of columns without cells: which columns each piece of the heading lines stands over.

A piece stands over the columns it overlaps. A piece with headings under it may stand over more: over those that the
rule beneath it or the box around it spans, else over the neighbours that it is centred over or flush with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from feebook.guides import lexicon
from feebook.guides.box import Box
from feebook.guides.extents import (
    OFF,
    Extent,
    Piece,
    columns_under,
    contradicts,
    errors,
    is_over_table,
    is_wrong_kind,
    names_group,
)
from feebook.guides.headings import meanings
from feebook.guides.lines import Line
from feebook.guides.page import Page, Rule
from feebook.guides.wraps import levels_of, pieces_of, turned_pieces, wrapped

CONTRADICTION: Final = 25.0
"""Points that a heading over one that contradicts it counts as."""


PARTED: Final = 12.0
"""Points that a heading over only one of a facility and a non-facility column counts as."""


RIVAL: Final = 2.0
"""Another way to place a line's headings that costs no more than this above the best is a rival."""


UNCOVERED: Final = 3.0
"""Points that leaving a column without a heading of a level counts as."""


CROSSED: Final = "its headings stand partly over one another's columns"


BESIDE: Final = "the headings stand beside their figures, and a column has none: they may be the neighbours'"


@dataclass(frozen=True, slots=True)
class Headed:
    """How a column is headed: its path, other paths that fit nearly as well, and why the path is in doubt."""

    path: tuple[str, ...] = ()
    rivals: tuple[tuple[str, ...], ...] = ()
    doubt: str = ""


def heading_paths(found: Sequence[Line], columns: Sequence[Extent], page: Page, first: int, top: float) -> list[Headed]:
    """How each column is headed.

    `first` is the first column after the codes and their wording; `top` is where the code lines begin.
    """
    rows = [pieces_of(line, columns) for line in found]
    rows += [[piece] for piece in turned_pieces(page, top, columns)]
    chosen: list[list[Piece]] = []
    others: list[tuple[int, list[Piece]]] = []
    levels = levels_of([piece for row in wrapped(rows, columns, first) for piece in row])
    wide = list(columns)  # with the headings that each column has so far
    for n, row in enumerate(levels):  # from the lowest up: a heading with headings below may span
        below = {
            j: tuple(p.text for level in reversed(chosen) for p in level if j in p.span) for j in range(len(columns))
        }
        best, rivals = _placed(row, wide, {j: path for j, path in below.items() if path}, page, first)
        chosen.append(best)
        wide = _widened(wide, best)
        others += [(n, rival) for rival in rivals]
    chosen = _nested(chosen, columns)
    paths = _paths(chosen, len(columns))
    crossed = _crossed([p.span for level in chosen for p in level])
    rival_paths = [_paths([*chosen[:n], rival, *chosen[n + 1 :]], len(columns)) for n, rival in others]
    rival_paths += _beside(paths, columns)
    rivals_of = [tuple(dict.fromkeys(r[j] for r in rival_paths if r[j] != paths[j])) for j in range(len(columns))]
    beside = _shifted(chosen, paths, columns, first)
    doubts = [CROSSED if j in crossed else BESIDE if j in beside else "" for j in range(len(columns))]
    return [Headed(paths[j], rivals_of[j], doubts[j]) for j in range(len(columns))]


def _shifted(
    levels: Sequence[Sequence[Piece]], paths: Sequence[tuple[str, ...]], columns: Sequence[Extent], first: int
) -> frozenset[int]:
    """The columns whose headings may be their neighbours', where a column of figures has none.

    Where a heading stands beside the words of its column nothing says that the others do not. One that reaches over
    the column without one may hold its heading.
    """
    bare = {j for j in range(first, len(columns)) if not paths[j] and columns[j].figures}
    alone = [(j, p) for level in levels for p in level if len(p.span) == 1 for j in p.span if j >= first]
    if bare and any(_apart(p, columns[j]) > 0 for j, p in alone):
        return frozenset(j for j in range(first, len(columns)) if paths[j])
    return frozenset(j for j, p in alone if bare & set(columns_under(p, columns)))


def _widened(columns: Sequence[Extent], placed: Sequence[Piece]) -> list[Extent]:
    """Columns with the headings over one of them alone, which may be set to another side than the figures."""
    result = list(columns)
    for piece in placed:
        if len(piece.span) == 1:
            (j,) = piece.span
            column = result[j]
            result[j] = replace(column, x0=min(column.x0, piece.box.x0), x1=max(column.x1, piece.box.x1))
    return result


def _nested(levels: Sequence[Sequence[Piece]], columns: Sequence[Extent]) -> list[list[Piece]]:
    """Headings each over no more than those above it stand over; a lower one that reached further loses the rest.

    It keeps what it shares with the upper heading that its own words stand under.
    """
    result = [list(level) for level in levels]
    uppers = [p for level in levels for p in level]
    for level in result:
        for n, piece in enumerate(level):
            own = set(columns_under(piece, columns))
            for upper in uppers:
                higher = upper.base < piece.base - 0.5 * piece.size
                if not higher or piece.span <= upper.span or not piece.span & upper.span:
                    continue
                if own <= upper.span:
                    level[n] = replace(level[n], span=level[n].span & upper.span)
                elif not own & upper.span:
                    level[n] = replace(level[n], span=level[n].span - upper.span)
    return result


def _crossed(spans: Sequence[frozenset[int]]) -> frozenset[int]:
    """The columns under headings of which each stands partly over the other's: one of them is misplaced."""
    pairs = [(a, b) for n, a in enumerate(spans) for b in spans[n + 1 :] if a & b and not a <= b and not b <= a]
    return frozenset().union(*(a | b for a, b in pairs))


def _beside(paths: Sequence[tuple[str, ...]], columns: Sequence[Extent]) -> list[list[tuple[str, ...]]]:
    """The paths where a column whose own heading does not say all goes under a neighbour's upper one.

    That is done for columns without an upper heading, and for those without figures that would bear theirs out: where
    a block ends only the place of its heading says.
    """
    result = []
    for step in (-1, 1):
        other = list(paths)
        for j, path in enumerate(paths):
            near = paths[j + step] if 0 <= j + step < len(paths) else ()
            bare = len(path) == 1 and names_group(path[0]) and "change" not in lexicon.tags(path[0])
            if len(near) > 1 and (bare or (len(path) > 1 and not columns[j].figures)) and _lack(path[-1:]) == UNCOVERED:
                other[j] = (*near[:-1], path[-1])
        result.append(other)
    return result


def _paths(levels: Sequence[Sequence[Piece]], count: int) -> list[tuple[str, ...]]:
    placed = sorted((p for level in levels for p in level), key=lambda p: (p.base, p.box.x0))
    return [_stacked([p for p in placed if j in p.span]) for j in range(count)]


def _placed(
    row: Sequence[Piece], columns: Sequence[Extent], below: Mapping[int, tuple[str, ...]], page: Page, first: int
) -> tuple[list[Piece], list[list[Piece]]]:
    """The pieces of one heading line with the columns that each stands over, and other ways that fit nearly as well.

    Headings of one line are set one way: all centred over the words or the cells of their columns, or all flush with
    the first. No column lies under two of them, and none under one that its own heading contradicts.
    """
    here = sorted(row, key=lambda p: p.box.x0)
    if len(here) == 1 and below and (is_over_table(here[0], columns) or _fenced_whole(here[0], page, columns)):
        hit = columns_under(here[0], columns)
        if hit[0] < first:
            return [replace(here[0], span=frozenset(range(len(columns))))], []
    if not any(j >= first for j in below):
        right = [p for p in here if not first or p.box.x0 > columns[first - 1].x1 - 1]
        left = [replace(p, span=frozenset(columns_under(p, columns))) for p in here if p not in right]
        if not any(j >= first for p in left for j in p.span) and _one_each(right, columns, first):
            return [*left, *(replace(p, span=frozenset([first + n])) for n, p in enumerate(right))], []
    lack = {j: _lack(path) for j, path in below.items() if j >= first}
    pairs = _pairs(below)
    blocks = _repeated(here, columns, below, first)
    found: dict[tuple[frozenset[int], ...], float] = {}
    for way in range(5):
        options = [_options(piece, here, columns, below, page, first, way) for piece in here]
        for cost, spans in _disjoint(options):
            covered = frozenset().union(*spans)
            whole = cost + sum(price for j, price in lack.items() if j not in covered) + (way in (1, 4))
            whole += PARTED * sum(_parts(spans, pair) for pair in pairs)
            whole += PARTED * sum(spans[n] != run for n, run in blocks.items())
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


def _one_each(here: Sequence[Piece], columns: Sequence[Extent], first: int) -> bool:
    """True when there is a heading for each value column, each between what the columns on its two sides print.

    So are headings known that are set to the left of cells whose figures are set to the right.
    """
    return len(here) == len(columns) - first and all(
        (j == 0 or p.box.x0 > columns[j - 1].x1 - 1) and (j + 1 == len(columns) or p.box.x1 < columns[j + 1].x0 + 1)
        for j, p in enumerate(here, first)
    )


def _repeated(
    here: Sequence[Piece], columns: Sequence[Extent], below: Mapping[int, tuple[str, ...]], first: int
) -> dict[int, frozenset[int]]:
    """Where the same headings come again and again under a line: the columns of each of its pieces; else nothing."""
    over = [n for n, p in enumerate(here) if columns_under(p, columns)[0] >= first]
    said = [below[j][-1].lower() if j in below else "" for j in range(first, len(columns))]
    width = len(said) // max(1, len(over))
    if len(over) < 2 or width < 2 or said != said[:width] * len(over) or not all(said) or len(set(said)) < width:
        return {}
    runs = {n: frozenset(range(first + k * width, first + (k + 1) * width)) for k, n in enumerate(over)}
    return runs if all(set(columns_under(here[n], columns)) <= run for n, run in runs.items()) else {}


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


def _fenced_whole(piece: Piece, page: Page, columns: Sequence[Extent]) -> bool:
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


def _options(
    piece: Piece,
    row: Sequence[Piece],
    columns: Sequence[Extent],
    below: Mapping[int, tuple[str, ...]],
    page: Page,
    first: int,
    way: int,
) -> list[tuple[float, frozenset[int]]]:
    """The runs of columns that a piece may stand over, each with how badly it fits, in points."""
    hit = columns_under(piece, columns)
    within = [j for j in hit if columns[j].left <= piece.box.middle <= columns[j].right]
    if len(hit) > 1 and not set(hit) & set(below):  # nothing below: it can stand over one column only
        hit = within or hit[:1]
    if hit[0] < first and piece.box.x0 < columns[min(first, len(columns) - 1)].left - 6:
        return [(0.0, frozenset(j for j in hit if j < first))]
    if not set(hit) & set(below):
        free = [j for j in (hit[0] - 1, *hit, hit[-1] + 1) if first <= j < len(columns) and j not in below]
        apart = [(_apart(piece, columns[j]), frozenset([j])) for j in free]
        return apart if len(hit) == 1 and apart and min(apart)[0] > 0 else [(0.0, frozenset(hit))]
    fence = _fence(piece, page, (columns[0].left, columns[-1].right))
    if fence and not any(fence[0] < other.box.middle < fence[1] for other in row if other is not piece):
        inside = [j for j, c in enumerate(columns) if fence[0] - 3 <= (c.x0 + c.x1) / 2 <= fence[1] + 3]
        if set(hit) & set(inside):
            return [(0.0, frozenset(inside))]
    if not names_group(piece.text):
        return [(0.0, frozenset(within[:1] or hit[:1]))]
    result = []
    near = [j for j in range(hit[0] - 1, hit[-1] + 2) if first <= j < len(columns)] if way == 2 else hit
    for a in range(near[-1], first - 1, -1):
        for b in range(max(a, near[0]), len(columns)):
            run = range(a, b + 1)
            if any(j not in below and j not in hit for j in run) or not set(run) & set(hit):
                continue
            error = errors(piece, columns, a, b)[way]
            if error <= OFF + 0.03 * (columns[b].x1 - columns[a].x0) or list(run) == hit:
                error += CONTRADICTION * sum(contradicts(piece.text, below[j]) for j in run if j in below)
                error += CONTRADICTION * sum(is_wrong_kind(piece.text, columns, j) for j in run)
                result.append((error, frozenset(run)))
    return result


def _apart(piece: Piece, column: Extent) -> float:
    """How many points a piece stands beside the words of a column; 0 where it stands over them."""
    return max(0.0, piece.box.x0 - column.x1, column.x0 - piece.box.x1)


def _fence(piece: Piece, page: Page, table: tuple[float, float]) -> tuple[float, float] | None:
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


def _stacked(own: Sequence[Piece]) -> tuple[str, ...]:
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
