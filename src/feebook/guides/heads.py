"""Heading paths of columns without cells: which columns each piece of the heading lines stands over.

A piece stands over the columns it overlaps. A piece with headings under it may stand over more: over those that the
rule beneath it or the box around it spans, else over the neighbours that it is centred over or flush with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feebook.guides.closeset import close_headings
from feebook.guides.extents import Extent, Piece, contradicts
from feebook.guides.lines import Line
from feebook.guides.misplaced import (
    BESIDE,
    CROSSED,
    DOUBLE,
    HOMELESS,
    LACKING,
    OTHER_YEAR,
    PARTED,
    REACHING,
    UNSITED,
    crossed,
    nested,
    of_two_units,
    parted_sets,
    reaching,
    shifted,
    tells_apart,
    under_neighbours,
    under_other_years,
    without_their_site,
    without_their_year,
)
from feebook.guides.ordered import in_order
from feebook.guides.page import Page
from feebook.guides.placing import placed
from feebook.guides.reckoned import with_ends
from feebook.guides.wraps import levels_of, pieces_of, turned_pieces, wrapped


@dataclass(frozen=True, slots=True)
class Headed:
    """How a column is headed: its path, other paths that fit nearly as well, and why the path is in doubt."""

    path: tuple[str, ...] = ()
    rivals: tuple[tuple[str, ...], ...] = ()
    doubt: str = ""
    ordered: bool = False
    """Whether its own heading stands aside with those of all columns, in their order."""


def heading_paths(found: Sequence[Line], columns: Sequence[Extent], page: Page, first: int, top: float) -> list[Headed]:
    """How each column is headed.

    `first` is the first column after the codes and their wording; `top` is where the code lines begin.
    """
    rows = [pieces_of(line, columns) for line in found[:-1]]
    rows += [
        [p for part in close_headings(li, columns) for p in pieces_of(Line(li.base, part), columns)]
        for li in found[-1:]
    ]
    rows += [[piece] for piece in turned_pieces(page, top, columns)]
    chosen: list[list[Piece]] = []
    others: list[tuple[int, list[Piece]]] = []
    homeless: list[Piece] = []
    levels = levels_of(_with_signs([piece for row in wrapped(rows, columns, first) for piece in row]))
    known = in_order([piece for level in levels for piece in level], columns, first)
    wide = list(columns)  # with the headings that each column has so far
    for n, row in enumerate(levels):  # from the lowest up: a heading with headings below may span
        below = {
            j: tuple(p.text for level in reversed(chosen) for p in level if j in p.span) for j in range(len(columns))
        }
        below = {j: path for j, path in below.items() if path}
        tops = {j: min(p.first or p.base for level in chosen for p in level if j in p.span) for j in below}
        sure = [replace(p, span=frozenset([known[p]])) for p in row if p in known]
        rest = [p for p in row if p not in known]
        above = [p for higher in levels[n + 1 :] for p in higher]
        best, rivals = placed(rest, _widened(wide, sure), below, tops, page, first, above) if rest else ([], [])
        homeless += [p for p in rest if not any(p.box == q.box for q in best)]
        chosen.append([*sure, *best])
        wide = _widened(wide if n else with_ends(wide, chosen[-1], first), chosen[-1])
        others += [(n, [*sure, *rival]) for rival in rivals]
    chosen, beyond = nested(chosen, columns)
    paths = _paths(chosen, len(columns))
    crossing = crossed([p.span for level in chosen for p in level])
    rival_paths = [_paths([*chosen[:n], rival, *chosen[n + 1 :]], len(columns)) for n, rival in others]
    rival_paths += under_neighbours(chosen, paths, columns)
    rival_paths = [r for r in rival_paths if not _twins(r) - _twins(paths)]  # no two columns say the same
    rivals_of = [
        tuple(dict.fromkeys(r[j] for r in rival_paths if r[j] != paths[j] and not _is_contradictory(r[j])))
        for j in range(len(columns))
    ]
    parted = parted_sets(chosen, first, len(columns))
    strayed = shifted(chosen, paths, columns, first)
    lacking = without_their_year(paths, first)
    shared = reaching(chosen, columns, first)
    lost = range(first, len(columns)) if any(tells_apart(p.text) for p in homeless) else ()
    reasons = {
        **dict.fromkeys(lost, HOMELESS),
        **dict.fromkeys(shared, REACHING),
        **dict.fromkeys(of_two_units(paths, first), DOUBLE),
        **dict.fromkeys(under_other_years(paths, first), OTHER_YEAR),
        **dict.fromkeys(without_their_site(paths, columns, first), UNSITED),
        **dict.fromkeys(lacking, LACKING),
        **dict.fromkeys(strayed, BESIDE),
        **dict.fromkeys(crossing | beyond, CROSSED),
        **dict.fromkeys(parted, PARTED),
    }
    return [Headed(paths[j], rivals_of[j], reasons.get(j, ""), bool(known)) for j in range(len(columns))]


def _with_signs(pieces: Sequence[Piece]) -> list[Piece]:
    """Headings with the signs that stand beneath them, such as `($)`, as part of what they say."""
    result = [p for p in pieces if re.search(r"\w", p.text)]
    for sign in (p for p in pieces if p not in result):
        over = [p for p in result if p.base < sign.base and p.box.x0 < sign.box.x1 and sign.box.x0 < p.box.x1]
        if over:
            nearest = max(over, key=lambda p: p.base)
            result[result.index(nearest)] = replace(nearest, text=f"{nearest.text} {sign.text}")
    return result


def _widened(columns: Sequence[Extent], placed: Sequence[Piece]) -> list[Extent]:
    """Columns with the headings over one of them alone, which may be set to another side than the figures."""
    result = list(columns)
    for piece in placed:
        if len(piece.span) == 1:
            (j,) = piece.span
            column = result[j]
            result[j] = replace(column, x0=min(column.x0, piece.box.x0), x1=max(column.x1, piece.box.x1))
    return result


def _paths(levels: Sequence[Sequence[Piece]], count: int) -> list[tuple[str, ...]]:
    placed = sorted((p for level in levels for p in level), key=lambda p: (p.base, p.box.x0))
    return [_stacked([p for p in placed if j in p.span]) for j in range(count)]


def _twins(paths: Sequence[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The paths that several columns have."""
    return {path for path, count in Counter(paths).items() if path and count > 1}


def _is_contradictory(path: Sequence[str]) -> bool:
    """True for headings of which one cannot stand over those beneath it."""
    return any(contradicts(upper, path[n:]) for n, upper in enumerate(path[:-1], 1))


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
