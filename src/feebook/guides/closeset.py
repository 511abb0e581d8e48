"""Headings set so close that no space tells them apart: parted where the figures of the columns under them stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from feebook.guides import lexicon
from feebook.guides.extents import Extent
from feebook.guides.lines import Line, hull, pieces, text_of
from feebook.guides.page import Word

NEAR: Final = 2.5
"""Points that a heading may be off the side or the middle of its figures."""

_Way = Callable[[Sequence[Word], Extent], float]

_WAYS: Final[tuple[_Way, ...]] = (
    lambda words, column: abs(words[0].box.x0 - column.x0),
    lambda words, column: abs(words[-1].box.x1 - column.x1),
    lambda words, column: abs((words[0].box.x0 + words[-1].box.x1 - column.x0 - column.x1) / 2),
)
"""How headings are set over figures: flush with their left, flush with their right, centred over them."""


def close_headings(line: Line, columns: Sequence[Extent]) -> list[tuple[Word, ...]]:
    """The lowest heading line in pieces; one that reaches over several columns is parted where just one parting fits.

    Each part then names something, and all are set one way over the figures of their columns.
    """
    result: list[tuple[Word, ...]] = []
    for piece in pieces(line.words, 0.75):
        box = hull(w.box for w in piece)
        under = [c for c in columns if c.x0 < box.x1 and box.x0 < c.x1]
        ways = [list(_partings(piece, under, way)) for way in _WAYS] if len(under) > 1 else []
        found = {tuple(map(len, parting)): parting for partings in ways for parting in partings}
        result += next(iter(found.values())) if len(found) == 1 else [piece]
    return result


def _partings(words: Sequence[Word], columns: Sequence[Extent], way: _Way) -> Iterator[list[tuple[Word, ...]]]:
    """The ways to share words out to columns in their order, each part near its figures and with a meaning."""
    if not columns:
        if not words:
            yield []
        return
    for end in range(1, len(words) - len(columns) + 2):
        part = tuple(words[:end])
        if way(part, columns[0]) <= NEAR and lexicon.tags(text_of(part)):
            for rest in _partings(words[end:], columns[1:], way):
                yield [part, *rest]
