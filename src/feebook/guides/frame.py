"""From points of a PDF file to points as seen on its page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from feebook.guides.box import Box, boxed


class Frame(NamedTuple):
    """Takes points of the file to points as seen: the visible box, and the turn of the page."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as seen."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box as seen, from two of its corners."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        if ax > bx:
            ax, bx = bx, ax
        if ay > by:
            ay, by = by, ay
        return Box(ax, ay, bx, by)

    def points(self, every: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """Points as seen."""
        if self.turn == 0:
            left, _, _, top, _ = self
            return [(x - left, top - y) for x, y in every]
        return [self.point(x, y) for x, y in every]

    def boxes(self, every: Iterable[tuple[float, float, float, float]]) -> list[Box]:
        """Boxes as seen, each from its left, top, right and bottom."""
        if self.turn == 0:
            left, _, _, top, _ = self
            return [
                boxed((x0 - left, top - y1, x1 - left, top - y0)) if x0 <= x1 and y0 <= y1 else self.box(x0, y0, x1, y1)
                for x0, y1, x1, y0 in every
            ]
        return [self.box(x0, y0, x1, y1) for x0, y1, x1, y0 in every]
