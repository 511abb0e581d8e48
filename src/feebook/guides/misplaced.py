"""Headings that may be misplaced: those that cross, stand beside their figures, or end where only their place says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feebook.guides import lexicon
from feebook.guides.dates import years
from feebook.guides.extents import Extent, Piece, columns_under, is_wrong_kind, names_group
from feebook.guides.ordered import is_past
from feebook.guides.placing import STEP, UNCOVERED, apart, lack
from feebook.guides.sets import parts_a_set, sets_of

CROSSED: Final = "its headings stand partly over one another's columns"


BESIDE: Final = "the headings stand beside their figures, and a column has none: they may be the neighbours'"


REACHING: Final = "a heading of one column reaches over the figures of another: it may hold words of the other's"


HOMELESS: Final = "a heading finds no column of its own: the others may stand over the wrong ones"


PARTED: Final = "a heading stands over part of a set of columns that comes again under the others"


LACKING: Final = "a column lacks the year or the track that another of the same headings has"


DOUBLE: Final = "a heading names two kinds of units: it is those of two columns, and a neighbour lacks its own"


UNSITED: Final = "a column lacks the upper heading that another of the same headings has"


OTHER_YEAR: Final = "the year over this column may be that of its neighbour: one beside it prints a later year"


REACH: Final = 0.5
"""The share of a column's figures that no heading of another column stands over."""


def without_their_year(paths: Sequence[tuple[str, ...]], first: int) -> frozenset[int]:
    """The columns without the upper heading of a year or a track that their like have, and all under such headings."""
    under = {j for j, path in enumerate(paths) if j >= first and len(path) > 1}
    timed = {j for j in under if _names_time(paths[j][0]) or _names_time(paths[j][1])}
    lacking = {j for j, path in enumerate(paths) if path and any(paths[k][1:] == path for k in timed)}
    return frozenset(lacking | timed) if lacking else frozenset()


def without_their_site(paths: Sequence[tuple[str, ...]], columns: Sequence[Extent], first: int) -> frozenset[int]:
    """The columns of a payment without an upper heading that their like have, their like, and all beside those.

    The upper headings may then stand over their neighbours' columns.
    """
    bare = {j for j, path in enumerate(paths) if j >= first and _is_ownerless(path) and columns[j].figures}
    alike = {k for k, path in enumerate(paths) if len(path) > 1 and any(paths[j] == path[1:] for j in bare)}
    lacking = {j for j in bare if any(paths[j] == paths[k][1:] for k in alike)}
    beside = {k for k, path in enumerate(paths) if len(path) > 1 and any(path[0] == paths[j][0] for j in alike)}
    return frozenset(lacking | beside) if lacking else frozenset()


def _is_ownerless(path: Sequence[str]) -> bool:
    """True for one heading that names a payment and not whose it is."""
    said = set(lexicon.tags(path[0])) if len(path) == 1 else set()
    return "payment" in said and not said & {"facility", "nonfacility", "asc", "opps", "physician", "drg", "drug"}


def under_other_years(paths: Sequence[tuple[str, ...]], first: int) -> frozenset[int]:
    """The columns whose year is that of an upper heading under which another column prints a later one itself.

    A year may be the first line of one column's heading, which seems to stand over its neighbours too.
    """
    found = set()
    for j, path in enumerate(paths):
        upper = [year for part in path[:-1] for year in years(part)]
        if j >= first and upper and not years(path[-1]):
            beside = [year for other in paths if other[:-1] == path[:-1] for year in years(other[-1])]
            if max(beside, default="") > max(upper):
                found.add(j)
    return frozenset(found)


def of_two_units(paths: Sequence[tuple[str, ...]], first: int) -> frozenset[int]:
    """The columns of a heading that names two kinds of units, such as PE MP, and all under its upper heading.

    Two headings stand too close to be told apart; a column beside it lacks its own.
    """
    said = [set(lexicon.tags(path[-1])) if path else set() for path in paths]
    double = [j for j, tags in enumerate(said) if len(tags & {"work", "pe", "mp"}) > 1 and not tags & {"total", "rvu"}]
    uppers = {paths[j][0] for j in double if j >= first}
    return frozenset(j for j, path in enumerate(paths) if j >= first and path and path[0] in uppers)


def _names_time(heading: str) -> bool:
    said = set(lexicon.tags(heading))
    return bool(years(heading) or said & {"qp", "nonqp", "proposed", "final"})


def shifted(
    levels: Sequence[Sequence[Piece]],
    paths: Sequence[tuple[str, ...]],
    columns: Sequence[Extent],
    first: int,
) -> frozenset[int]:
    """The columns whose headings may be their neighbours', where a column of figures has none.

    Where a heading stands beside the words of its column nothing says that the others do not. One that reaches over
    the column without one may hold its heading. One past the side that figures are set to is of another cell, which may
    have none.
    """
    bare = {j for j in range(first, len(columns)) if not paths[j] and columns[j].figures}
    alone = [(j, p) for level in levels for p in level if len(p.span) == 1 for j in p.span if j >= first]
    past = any(is_past(p, columns[j]) for j, p in alone)
    if past or (bare and any(apart(p, columns[j]) > 0 for j, p in alone)):
        return frozenset(j for j in range(first, len(columns)) if paths[j])
    return frozenset(j for j, p in alone if bare & set(columns_under(p, columns)))


def reaching(levels: Sequence[Sequence[Piece]], columns: Sequence[Extent], first: int) -> frozenset[int]:
    """The columns whose headings may be in one another's, as in headings that stand no further apart than words do.

    A heading in a cell of its own never stands over the figures of the next cell.
    """
    found: set[int] = set()
    for piece in (p for level in levels for p in level if len(p.span) == 1):
        (own,) = piece.span
        for j, column in enumerate(columns):
            shared = min(piece.box.x1, column.x1) - max(piece.box.x0, column.x0)
            if own >= first and j >= first and j != own and shared > REACH * (column.x1 - column.x0):
                found |= {own, j}
    return frozenset(found)


def nested(levels: Sequence[Sequence[Piece]], columns: Sequence[Extent]) -> tuple[list[list[Piece]], frozenset[int]]:
    """Headings each over no more than those above it stand over; a lower one that reached further loses the rest.

    It keeps what it shares with the upper heading that its own words stand under. Beside them, the columns beyond an
    upper heading that a lower one reached under: nothing says whose they are.
    """
    result = [list(level) for level in levels]
    beyond: set[int] = set()
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
                    rest = level[n].span - upper.span
                    kept = {j for j in rest if all(rest.issuperset(_between(j, k)) for k in own & rest)}
                    beyond |= rest - kept
                    level[n] = replace(level[n], span=frozenset(kept))
    return result, frozenset(beyond)


def tells_apart(text: str) -> bool:
    """True for a heading that says more than units or payments: whose they are, where, or when."""
    return names_group(text) and (bool(years(text)) or not set(lexicon.tags(text)) <= {"rvu", "payment", "weight"})


def parted_sets(levels: Sequence[Sequence[Piece]], first: int, end: int) -> frozenset[int]:
    """The columns of sets that come again of which an upper heading takes some and leaves others, and all under it.

    A heading that comes again in every set over the same columns of it parts none.
    """
    pieces = sorted((p for level in levels for p in level), key=lambda p: p.base)
    lowest = {j: p.text for p in pieces for j in p.span}
    sets = sets_of(lowest, first, end)
    found: set[int] = set()
    parting: dict[frozenset[int], list[str]] = {}  # by their columns, for a heading may be set on several lines
    for piece in pieces:
        if len(piece.span) > 1 and parts_a_set(piece.span, sets):
            parting.setdefault(piece.span, []).extend(lexicon.words(piece.text))
    within = {span: _within_its_set(span, sets) for span in parting}
    again = Counter((within[span], *said) for span, said in parting.items())
    for span, said in parting.items():
        if not within[span] or again[within[span], *said] < len(sets):
            found |= span.union(*(run for run in sets if not span.isdisjoint(run)))
    return frozenset(found)


def _within_its_set(span: frozenset[int], sets: Sequence[range]) -> frozenset[int]:
    """Which columns of a set, counted from its first, a heading within it stands over; none where it reaches beyond."""
    run = next((run for run in sets if span <= frozenset(run)), range(0))
    return frozenset(j - run.start for j in span if j in run)


def _between(one: int, other: int) -> range:
    return range(min(one, other), max(one, other) + 1)


def crossed(spans: Sequence[frozenset[int]]) -> frozenset[int]:
    """The columns under headings of which each stands partly over the other's: one of them is misplaced."""
    pairs = [(a, b) for n, a in enumerate(spans) for b in spans[n + 1 :] if a & b and not a <= b and not b <= a]
    return frozenset().union(*(a | b for a, b in pairs))


def _is_above(levels: Sequence[Sequence[Piece]], upper: int, lower: int) -> bool:
    """True when the highest heading of one column stands over those of another, not beside them."""
    own = [p.first or p.base for level in levels for p in level if lower in p.span]
    over = min((p for level in levels for p in level if upper in p.span), key=lambda p: p.base)
    return not own or min(own) >= over.base + STEP * over.size


def under_neighbours(
    levels: Sequence[Sequence[Piece]], paths: Sequence[tuple[str, ...]], columns: Sequence[Extent]
) -> list[list[tuple[str, ...]]]:
    """The paths where a column whose own heading does not say all goes under a neighbour's upper one.

    That is done for columns without an upper heading, and for those without figures that would bear theirs out: where
    a block ends only the place of its heading says. A facility goes with its office, and an office with its facility.
    """
    result = []
    for step in (-1, 1):
        other = list(paths)
        for j, path in enumerate(paths):
            near = paths[j + step] if 0 <= j + step < len(paths) else ()
            open_end = len(near) > 1 and _is_above(levels, j + step, j) and _is_open(path, columns[j])
            if open_end or _is_parted(path, near, columns, j):
                other[j] = (*(near[:-1] or near), path[-1])
        result.append(other)
    return result


def _is_open(path: Sequence[str], column: Extent) -> bool:
    """True for a column whose own heading does not say all, without an upper one or without figures."""
    bare = len(path) == 1 and names_group(path[0]) and "change" not in lexicon.tags(path[0])
    return lack(tuple(path[-1:])) == UNCOVERED and (bare or (len(path) > 1 and not column.figures))


def _is_parted(path: Sequence[str], near: Sequence[str], columns: Sequence[Extent], j: int) -> bool:
    """True for one of a facility and an office of which only the other is under units or changes."""
    if len(path) != 1 or not near or any(is_wrong_kind(upper, columns, j) for upper in near):
        return False
    sites = [{"facility", "nonfacility"} & set(lexicon.tags(heading)) for heading in (path[0], near[-1])]
    kinds = [
        {"rvu", "pe", "change", "limiting"} & {t for text in said for t in lexicon.tags(text)} for said in (near, path)
    ]
    return all(len(said) == 1 for said in sites) and sites[0] != sites[1] and bool(kinds[0] - kinds[1])
