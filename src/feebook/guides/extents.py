"""Columns by their extent, pieces of heading lines, and which columns a piece can stand over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from feebook.guides import lexicon
from feebook.guides.box import Box
from feebook.guides.dates import period, years

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
        "pe",
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


OFF: Final = 7.0
"""A heading is over a run of columns when it is no more than this many points off its middle or its left."""


PADDING: Final = 5.0
"""Points between the words of a cell and its side, about."""


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
    figures: bool = True
    """Whether it has figures at all; words such as NA prove no heading."""
    before: float | None = None
    """Where figures of a cell before it would end, if that is known of a first column."""
    after: float | None = None
    """Where figures of a cell after it would begin, if that is known of a last column."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    box: Box
    base: float
    size: float
    span: frozenset[int] = frozenset()
    first: float = 0.0
    """The baseline of its first line, where it has several."""


def contradicted(piece: Piece, under: Sequence[Piece], columns: Sequence[Extent], low: int, high: int) -> bool:
    """True when a heading under a run of columns contradicts the piece."""
    run = set(range(low, high + 1))
    return any(contradicts(piece.text, [p.text]) for p in under if run & set(columns_under(p, columns)))


def names_group(text: str) -> bool:
    """True when a heading says what several columns can share: a site, a schedule, a kind of figure, a time."""
    return (
        bool(GROUP & set(lexicon.tags(text)))
        or bool(years(text))
        or bool(period(text, "2000").start or period(text, "2000").end)
    )


def is_over_table(piece: Piece, columns: Sequence[Extent]) -> bool:
    """True when a piece is centred over the whole table."""
    return abs((columns[0].x0 + columns[-1].x1) / 2 - piece.box.middle) <= OFF + 3


def shared(piece: Piece, column: Extent) -> float:
    """How many points of a piece stand over a column; below 0 where it stands beside."""
    return min(piece.box.x1, column.x1) - max(piece.box.x0, column.x0)


def contradicts(upper: str, lower: Sequence[str]) -> bool:
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
    if "nonfacility" in own and above & {"asc", "opps"} and not above & {"physician", "facility", "nonfacility"}:
        return True
    if "asc" in own and "opps" in above and "asc" not in above:
        return True
    return bool("opps" in own and "asc" in above and "opps" not in above)


def is_wrong_kind(text: str, columns: Sequence[Extent], j: int) -> bool:
    """True when a heading of units stands over dollars, or one of payments over figures that are none."""
    said = set(lexicon.tags(text))
    if said & {"rvu", "pe"} and "payment" not in said:
        return columns[j].money is True
    paid = "payment" in said and not said & {"rvu", "work"}
    return paid and columns[j].money is False and any(c.money for c in columns)


def columns_under(piece: Piece, columns: Sequence[Extent]) -> list[int]:
    """The columns that a piece overlaps, else the one it is nearest to."""
    hit = [j for j, c in enumerate(columns) if shared(piece, c) > 0.15 * min(piece.box.x1 - piece.box.x0, c.x1 - c.x0)]
    return (
        hit
        or [j for j, c in enumerate(columns) if c.left <= piece.box.middle <= c.right][:1]
        or [min(range(len(columns)), key=lambda j: abs((columns[j].x0 + columns[j].x1) / 2 - piece.box.middle))]
    )


def errors(piece: Piece, columns: Sequence[Extent], low: int, high: int) -> tuple[float, float, float, float, float]:
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
    before = columns[low].before
    starts += [before] if before is not None else []
    starts += [2 * columns[low].x1 - columns[low + 1].x1] if high > low else []  # as wide as the next
    right = min((abs((start + columns[high].x1) / 2 + PADDING - middle) for start in starts), default=1e9)
    after = columns[high + 1].x0 if high + 1 < len(columns) else columns[high].after
    left = abs((columns[low].x0 + after) / 2 - PADDING - middle) if after is not None else 1e9
    run = columns[low : high + 1]
    if not all(c.flush_right for c in run):
        right = 1e9
    if not all(c.flush_left for c in run):
        left = 1e9
    end = min(abs(columns[high].x1 - piece.box.x1), abs(columns[high].right - piece.box.x1))
    return min(words, sides), flush, max(0.0, right - 3), max(0.0, left - 3), end
