"""The second opinion: what pdfplumber, an engine of its own, prints in the boxes that pdfium was read in.

A box is the hull of the characters that were read, so a character that only the second engine has may stand just
outside: those that go on with a line of the box without a gap are read with it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

from feebook.guides.box import Box, turned
from feebook.guides.words import SUPERSCRIPT

SLACK: Final = 1.0
"""Points that the two engines' boxes of one character may differ by."""

GAP: Final = 0.08
"""Sizes that a character may stand off a word and still be of it; half of what parts two words, and less."""

LARGE: Final = 2.0
"""Text of so many times the usual size of its box is a watermark that runs across it."""

TWICE: Final = 0.3
"""The same character printed twice stands off itself by no more than this share of its smaller side."""

LEADERS: Final = frozenset(".…·_")
"""Dots that lead from a code to its figure are no part of either."""


class Wanted(NamedTuple):
    """A box to look into: its page, the box as seen, and the quarter turns of its text against the page as seen."""

    number: int
    box: Box
    turn: int = 0


class _Char(NamedTuple):
    """A character as its text runs: to the right."""

    text: str
    box: Box

    @property
    def size(self) -> float:
        return self.box.bottom - self.box.top


def texts(path: Path, wanted: Sequence[Wanted]) -> list[str]:
    """The text in each box, without spaces."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of fonts; what counts is what it reads
    by_page: dict[int, list[int]] = defaultdict(list)
    for i, want in enumerate(wanted):
        by_page[want.number].append(i)
    found = [""] * len(wanted)
    with pdfplumber.open(path) as document:
        for number in sorted(by_page):
            page = document.pages[number - 1]
            left, top = page.cropbox[0] - page.mediabox[0], page.cropbox[1] - page.mediabox[1]
            turns = {wanted[i].turn for i in by_page[number]}
            chars = {turn: list(_chars(page.chars, left, top, turn)) for turn in turns}
            for i in by_page[number]:
                _, box, turn = wanted[i]
                found[i] = _text(chars[turn], _run(box, turn))
            page.close()
    return found


def _chars(chars: Iterable[dict[str, Any]], left: float, top: float, turn: int) -> Iterable[_Char]:
    """The characters of a page but spaces, each once: bold that is made by printing twice stands a hair aside."""
    seen: dict[tuple[str, int, int], Box] = {}
    for c in chars:
        text, box = c["text"], Box(c["x0"] - left, c["top"] - top, c["x1"] - left, c["bottom"] - top)
        if text.isspace():
            continue
        x, y = round(box.x0), round(box.top)
        near = [seen.get((text, x + i, y + j)) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        if not any(other and _is_twice(box, other) for other in near):
            seen[(text, x, y)] = box
            yield _Char(text, _run(box, turn))


def _is_twice(box: Box, other: Box) -> bool:
    """True for two boxes that cover each other but for a hair."""
    hair = TWICE * min(box.x1 - box.x0, box.bottom - box.top)
    return abs(box.x0 - other.x0) <= hair and abs(box.top - other.top) <= hair


def _run(box: Box, turn: int) -> Box:
    """A box as its text runs; where the origin lies does not matter."""
    return turned(box, turn, 0, 0)


def _text(chars: Sequence[_Char], box: Box) -> str:
    """The characters in a box, line by line, raised marks left out; a hyphen at a line's end joins a wrapped word."""
    inside = [
        c
        for c in chars
        if box.x0 - SLACK <= c.box.middle <= box.x1 + SLACK and box.top - SLACK <= c.box.centre <= box.bottom + SLACK
    ]
    usual = median(c.size for c in inside) if inside else 0.0
    plain = [c for c in inside if c.size < LARGE * usual]
    largest = max((c.size for c in plain), default=0.0)
    full = sorted((c for c in plain if c.size > SUPERSCRIPT * largest), key=lambda c: (c.box.bottom, c.box.x0))
    lines: list[list[_Char]] = []
    for char in full:
        if lines and char.box.bottom - lines[-1][0].box.bottom < 0.4 * char.size:
            lines[-1].append(char)
        else:
            lines.append([char])
    text = ""
    for line in lines:
        part = "".join(c.text for c in _whole(sorted(line, key=lambda c: c.box.x0), chars))
        joins = text[-1:] == "-" and text[-2:-1].isalpha() and part[:1].islower()
        text = (text[:-1] if joins else text) + part
    return text


def _whole(line: list[_Char], chars: Sequence[_Char]) -> list[_Char]:
    """A line of a box with the characters that go on with it on either side."""
    size, base = line[0].size, line[0].box.bottom
    beside = [
        c
        for c in chars
        if abs(c.box.bottom - base) < 0.1 * size
        and SUPERSCRIPT < c.size / size < 1 / SUPERSCRIPT
        and c.text not in LEADERS
    ]
    beside.sort(key=lambda c: c.box.x0)
    before = [c for c in reversed(beside) if c.box.middle < line[0].box.x0]
    after = [c for c in beside if c.box.middle > line[-1].box.x1]
    for c in before:
        if line[0].box.x0 - c.box.x1 > GAP * size:
            break
        line.insert(0, c)
    for c in after:
        if c.box.x0 - line[-1].box.x1 > GAP * size:
            break
        line.append(c)
    return line


def agree(ours: str, theirs: str) -> bool:
    """True when two readings of a box have the same characters in the same order, spaces and soft hyphens aside."""
    return _plain(ours) == _plain(theirs)


def same_code(ours: str, theirs: str, code: str) -> bool:
    """True when theirs begins with a code of ours and says the same as far as both go, signs aside.

    The box of a code cell may hold less than its text: not the plus sign before it, nor the lines under its code.
    """
    one, two = ("".join(c for c in _plain(text) if c.isalnum()) for text in (ours, theirs))
    one = one[one.find(code) :]
    least = min(len(one), len(two))
    return two.startswith(code) and one[:least] == two[:least]


def _plain(text: str) -> str:
    kept = "".join(c for c in text if not c.isspace() and c not in "\xad\u200b")
    return kept.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("−", "-").replace("‐", "-")
