"""A rectangle on a page, and how it looks when the page is turned."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom, in points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        """The x of the centre."""
        return (self.x0 + self.x1) / 2

    @property
    def centre(self) -> float:
        """The y of the centre."""
        return (self.top + self.bottom) / 2


boxed: Final[Callable[[tuple[float, float, float, float]], Box]] = partial(tuple.__new__, Box)
"""A box from its sides, for places that make very many: a plain call of Box costs twice as much."""


def turned(box: Box, turn: int, width: float, height: float) -> Box:
    """A box in a frame of the given size, seen in the frame that is turned back by `turn` quarter turns.

    After a turn of 1 text that ran down runs to the right, and width and height change places.
    """
    x0, top, x1, bottom = box
    if turn == 1:
        return Box(top, width - x1, bottom, width - x0)
    if turn == 2:
        return Box(width - x1, height - bottom, width - x0, height - top)
    if turn == 3:
        return Box(height - bottom, x0, height - top, x1)
    return box
