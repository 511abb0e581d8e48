"""One small model of a page: the words a viewer sees, with their boxes, and the rules and shades drawn behind them.

Coordinates are points from the top left of the page as seen. A page whose table is printed sideways gives one more
frame, turned so that its text runs to the right; `Page.seen` takes a box of a frame back to the page as seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from feebook.guides.box import Box, turned


class Word(NamedTuple):
    """A run of characters without a gap; `mark` is the raised small text that was printed against it."""

    text: str
    box: Box
    base: float
    size: float
    mark: str = ""
    bold: bool = False
    turned: int = 0
    """Quarter turns, clockwise, of its own text against its frame: 1 runs down, 3 runs up."""
    space: float = 1.0
    """How wide its font sets a space, against a usual one: 2 where every character is as wide as the next."""
    tight: bool = False
    """Whether it stands apart from the word before it without a space in the file."""


class Rule(NamedTuple):
    """A straight rule: `at` is its y when level, its x when upright; `start` and `end` are the other coordinate."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """One frame of a page. `turn` counts the quarter turns, clockwise, of its text against the page as seen."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    shades: tuple[Box, ...]
    turn: int = 0
    spoilt: tuple[tuple[Box, str], ...] = ()
    """Words that are not what they seem, and why."""

    def why_in_doubt(self, box: Box) -> list[str]:
        """What spoils the words in a box."""
        return [
            why for word, why in self.spoilt if box.x0 <= word.middle <= box.x1 and box.top <= word.centre <= box.bottom
        ]

    def seen(self, box: Box) -> Box:
        """The box in the coordinates of the page as seen."""
        return turned(box, -self.turn % 4, self.width, self.height)
