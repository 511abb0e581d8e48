"""Words of a page as lines, and words of a line as the pieces that stand together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feebook.guides.box import Box
from feebook.guides.page import Word


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, from the left."""

    base: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return text_of(self.words)

    @property
    def box(self) -> Box:
        return hull(word.box for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)


def lines(words: Iterable[Word]) -> list[Line]:
    """The lines of upright words, from the top; words whose baselines differ by little share one."""
    upright = [w for w in words if not w.turned]
    if len(upright) == 1:
        return [Line(upright[0].base, (upright[0],))]
    if len({w.base for w in upright}) == 1:
        return [Line(upright[0].base, tuple(sorted(upright, key=lambda w: w.box.x0)))]
    rows: list[list[Word]] = []
    base = size = 0.0
    for word in sorted(upright, key=lambda w: (w.base, w.box.x0)):
        if rows and word.base - base <= 0.28 * min(word.size, size):
            rows[-1].append(word)
        else:
            rows.append([word])
            base, size = word.base, word.size
    return [Line(row[0].base, tuple(sorted(row, key=lambda w: w.box.x0))) for row in rows]


def pieces(words: Iterable[Word], gap: float) -> list[tuple[Word, ...]]:
    """Words of a line parted wherever the space between two is wider than `gap` times the size, for a usual font."""
    parts: list[list[Word]] = []
    end = size = 0.0
    for word in words:
        box = word.box
        if parts and box.x0 - end <= gap * word.space * max(word.size, size):
            parts[-1].append(word)
        else:
            parts.append([word])
        end, size = box.x1, word.size
    return [tuple(part) for part in parts]


def text_of(words: Iterable[Word]) -> str:
    """The text of words on one line."""
    return " ".join([word.text for word in words])


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around boxes."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


def block_text(words: Iterable[Word]) -> str:
    """The text of words on several lines, read line by line; a hyphen at a line's end joins a wrapped word."""
    upright = list(words)
    if len(upright) == 1:
        return upright[0].text
    text = ""
    for line in lines(upright):
        part = line.text
        if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and part[:1].islower():
            text = text[:-1] + part
        else:
            text = f"{text} {part}".strip()
    turned = [w for w in upright if w.turned]
    if turned:  # text that runs up or down: its lines are columns, read from its own left
        turned.sort(key=lambda w: (round(w.box.x0 / 4), -w.box.bottom))
        text = f"{text} {text_of(turned)}".strip()
    return text
