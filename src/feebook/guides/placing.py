"""The pieces of one heading line placed over columns: by their words, their fences, or how the line is set.

A piece with headings under it may stand over several columns; the way that fits best is taken, and ways that fit
nearly as well are its rivals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from feebook.guides import lexicon
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
    shared,
)
from feebook.guides.fences import fence, is_fenced_whole, is_ruled_off, shaded_columns
from feebook.guides.headings import meanings, names_codes
from feebook.guides.ordered import is_between, is_past
from feebook.guides.page import Page
from feebook.guides.sets import parts_a_set, sets_of

CONTRADICTION: Final = 25.0
"""Points that a heading over one that contradicts it counts as."""


PARTED: Final = 12.0
"""Points that a heading over only one of a facility and a non-facility column counts as."""


FLUSH: Final = 2.2
"""Points by which headings that begin at one place may differ."""


STEP: Final = 0.95
"""A heading beneath another stands at least this many sizes lower; one less low stands beside it."""


RIVAL: Final = 2.0
"""Another way to place a line's headings that costs no more than this above the best is a rival."""


UNCOVERED: Final = 3.0
"""Points that leaving a column without a heading of a level counts as."""


def placed(
    row: Sequence[Piece],
    columns: Sequence[Extent],
    below: Mapping[int, tuple[str, ...]],
    tops: Mapping[int, float],
    page: Page,
    first: int,
    above: Sequence[Piece] = (),
) -> tuple[list[Piece], list[list[Piece]]]:
    """The pieces of one heading line with the columns that each stands over, and other ways that fit nearly as well.

    `below` are the headings that the columns have so far, and `tops` the baselines where these begin; `above` are the
    headings of higher lines.

    Headings of one line are set one way: all centred over the words or the cells of their columns, or all flush with
    the first. No column lies under two of them, and none under one that its own heading contradicts.
    """
    here = sorted(row, key=lambda p: p.box.x0)
    if len(here) == 1 and below and (is_over_table(here[0], columns) or is_fenced_whole(here[0], page, columns)):
        hit = columns_under(here[0], columns)
        if hit[0] < first or is_ruled_off(here[0], page, columns, below):
            return [replace(here[0], span=frozenset(range(len(columns))))], []
    if not any(j >= first for j in below):
        right = [p for p in here if not first or (p.box.x0 > columns[first - 1].x1 - 1 and not names_codes(p.text))]
        if right and first - 1 not in below and _is_of_wording(right[0], here, columns, first):
            right = right[1:]
        left = [replace(p, span=_before_values(p, columns, first)) for p in here if p not in right]
        if not any(j >= first for p in left for j in p.span) and _one_each(right, columns, first):
            return [*left, *(replace(p, span=frozenset([first + n])) for n, p in enumerate(right))], []
    lacking = {j: lack(path) for j, path in below.items() if j >= first}
    pairs = _pairs(below)
    sets = sets_of({j: path[-1] for j, path in below.items()}, first, len(columns))
    each = _one_set_each(here, columns, sets, page)
    groups = [p for p in above if names_group(p.text)]
    uppers = [(set(columns_under(p, columns)), _reaches(p, groups, columns, first)) for p in groups]
    found: dict[tuple[frozenset[int], ...], float] = {}
    for way in range(5):
        options = [
            [(0.0, each[n])] if n in each else _options(piece, here, columns, below, tops, page, first, way, uppers)
            for n, piece in enumerate(here)
        ]
        for cost, spans in _disjoint(options):
            covered = frozenset().union(*spans)
            whole = cost + sum(price for j, price in lacking.items() if j not in covered) + (way in (1, 4))
            whole += PARTED * sum(_parts(spans, pair) for pair in pairs)
            whole += PARTED * sum(parts_a_set(span, sets) for span in spans)
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
        is_between(p, columns, j) and not is_past(p, columns[j]) for j, p in enumerate(here, first)
    )


def _one_set_each(
    here: Sequence[Piece], columns: Sequence[Extent], sets: Sequence[range], page: Page
) -> dict[int, frozenset[int]]:
    """The set of columns that each piece of a line stands over, where there are as many as sets and all fit.

    None fits that a rule or a box fences over other columns.
    """
    within = frozenset(j for run in sets for j in run)
    over = [n for n, p in enumerate(here) if not within.isdisjoint(columns_under(p, columns))]
    runs = {n: frozenset(run) for n, run in zip(over, sets, strict=False)}
    fits = len(over) == len(sets) and all(
        (set(columns_under(here[n], columns)) <= run or abs(here[n].box.x0 - columns[min(run)].x0) <= FLUSH)
        and _fenced(here[n], here, columns, page) in (run, frozenset())
        for n, run in runs.items()
    )
    return runs if fits else {}


def _fenced(piece: Piece, row: Sequence[Piece], columns: Sequence[Extent], page: Page) -> frozenset[int]:
    """The columns within a rule or a box of a piece's own; none where it has none, or shares it with its line."""
    sides = fence(piece, page, (columns[0].left, columns[-1].right))
    if not sides or any(sides[0] < other.box.middle < sides[1] for other in row if other is not piece):
        return frozenset()
    return frozenset(_between(sides, columns))


def lack(path: tuple[str, ...]) -> float:
    """What leaving a column without one more heading costs: little where its own words say all."""
    said = meanings(path, ())
    sure = said and all(
        m.measure not in ("", "total_rvu", "physician_payment", "change_percent") and not m.doubt for m in said
    )
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
    tops: Mapping[int, float],
    page: Page,
    first: int,
    way: int,
    uppers: Sequence[tuple[set[int], list[tuple[int, int]]]] = (),
) -> list[tuple[float, frozenset[int]]]:
    """The runs of columns that a piece may stand over, each with how badly it fits, in points."""
    shaded = shaded_columns(piece, row, page, columns)
    if shaded and shaded[0] >= first:
        return [(0.0, frozenset(shaded))]
    hit = columns_under(piece, columns)
    within = [j for j in hit if columns[j].left <= piece.box.middle <= columns[j].right]
    if len(hit) > 1 and not set(hit) & set(below):  # nothing below: it can stand over one column only
        hit = within or hit[:1]
    if hit[0] < first and piece.box.x0 < columns[min(first, len(columns) - 1)].left - 6:
        return [(0.0, frozenset(j for j in hit if j < first))]
    before = 0 < first in hit and piece.box.x1 < columns[first].x0
    wording = _is_of_wording(piece, row, columns, first) or (first in below and _names_wording(piece))
    if before and (names_codes(piece.text) or wording):
        return [(0.0, frozenset([first - 1]))]
    if not set(hit) & set(below):
        free = [j for j in (hit[0] - 1, *hit, hit[-1] + 1) if first <= j < len(columns) and j not in below]
        beside = [(apart(piece, columns[j]), frozenset([j])) for j in free]
        return beside if len(hit) == 1 and beside and min(beside)[0] > 0 else [(0.0, frozenset(hit))]
    sides = fence(piece, page, (columns[0].left, columns[-1].right))
    inside = _between(sides, columns) if sides else []
    bounds = set(inside if set(hit) & set(inside) else range(len(columns)))
    common = any(sides[0] < other.box.middle < sides[1] for other in row if other is not piece) if sides else False
    if set(hit) & set(inside) and not common:
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
            if _leaves_its_upper(hit, a, b, uppers):
                continue
            if not bounds.issuperset(run):
                continue  # beyond the end of a rule that several headings share
            if any(j in tops and tops[j] < piece.base + STEP * piece.size for j in run):
                continue  # a heading beside it, not beneath
            error = errors(piece, columns, a, b)[way]
            if error <= OFF + 0.03 * (columns[b].x1 - columns[a].x0) or list(run) == hit:
                error += sum(min(PARTED, shared(piece, columns[j])) for j in hit if j in below and j not in run)
                error += CONTRADICTION * sum(contradicts(piece.text, below[j]) for j in run if j in below)
                error += CONTRADICTION * sum(is_wrong_kind(piece.text, columns, j) for j in run)
                result.append((error, frozenset(run)))
    return result


def _between(sides: tuple[float, float], columns: Sequence[Extent]) -> list[int]:
    """The columns between the ends of a rule, or the sides of a box."""
    return [j for j, c in enumerate(columns) if sides[0] - 3 <= (c.x0 + c.x1) / 2 <= sides[1] + 3]


def _reaches(piece: Piece, row: Sequence[Piece], columns: Sequence[Extent], first: int) -> list[tuple[int, int]]:
    """The first and the last column of each run that a heading of a higher line can stand over, others beside it."""
    hit = columns_under(piece, columns)
    beside = [p for p in row if p is not piece and abs(p.base - piece.base) < 0.5 * piece.size]
    others = {j for p in beside for j in columns_under(p, columns)} - set(hit)
    runs = [(a, b) for a in range(first, hit[0] + 1) for b in range(hit[-1], len(columns))]
    runs = [(a, b) for a, b in runs if others.isdisjoint(range(a, b + 1))]
    return [(a, b) for a, b in runs if min(errors(piece, columns, a, b)) <= OFF]


def _leaves_its_upper(
    hit: Sequence[int], low: int, high: int, uppers: Sequence[tuple[set[int], list[tuple[int, int]]]]
) -> bool:
    """True for a run that goes on under a higher heading that cannot stand over all of it: that is the next group."""
    return any(
        over.isdisjoint(hit)
        and not over.isdisjoint(range(low, high + 1))
        and not any(a <= low and high <= b for a, b in runs)
        for over, runs in uppers
    )


def _before_values(piece: Piece, columns: Sequence[Extent], first: int) -> frozenset[int]:
    """The columns under a heading of no figures; one left of the first figures is of what is before them."""
    hit = columns_under(piece, columns)
    beside = first and hit[0] >= first and piece.box.x1 < columns[first].x0
    return frozenset([first - 1]) if beside else frozenset(hit)


def _is_of_wording(piece: Piece, row: Sequence[Piece], columns: Sequence[Extent], first: int) -> bool:
    """True for a heading set to the right over wording: it names no figures, and no other stands over the wording."""
    beside = first > 0 and piece.box.x1 < columns[first].x0
    others = [p for p in row if p is not piece and apart(p, columns[first - 1]) == 0]
    return beside and _names_wording(piece) and not others


def _names_wording(piece: Piece) -> bool:
    """True for a heading of codes or of what is read past, and of nothing else."""
    said = set(lexicon.tags(piece.text))
    return bool(said) and said <= {"other", "code"}


def apart(piece: Piece, column: Extent) -> float:
    """How many points a piece stands beside the words of a column; 0 where it stands over them."""
    return max(0.0, piece.box.x0 - column.x1, column.x0 - piece.box.x1)
