"""Letterspaced text put together again: `P A Y M E N T` is one word.

Its letters stand apart by one width, its words by that and a space more. Single signs of a table's cells stand further
apart than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from feebook.guides.lines import hull, lines
from feebook.guides.page import Word

WIDEST: Final = 0.6
"""Letters of one word stand no more than this many sizes apart."""

SPACE: Final = 0.14
"""Words of letterspaced text stand at least this many sizes further apart than its letters."""

LEAST: Final = 4
"""Letterspaced text has at least this many parts."""

SHARE: Final = 0.6
"""At least this share of its parts are single letters."""

NEAR: Final = 0.2
"""Parts of a broken word stand less than this many sizes apart; beside wider spaces it is none."""

FEW: Final = 3
"""A line whose words letters set apart broke has at least this many gaps within them."""

_YEAR: Final = re.compile(r"20[1-4]\d[.,;:)]?")

LETTERS: Final = 4
"""Letters that may stand together where pairs are set closer, if the file puts no space before them."""


def unspaced(words: Sequence[Word]) -> list[Word]:
    """The words, those whose letters were spaced put together."""
    words = _unbroken(words)
    if sum(len(word.text) == 1 and word.text.isalpha() and not word.turned for word in words) < SHARE * LEAST:
        return list(words)
    found = [word for line in lines(words) for run in _runs(line.words) for word in _joined(run)]
    return [*found, *(word for word in words if word.turned)]


def _unbroken(words: Sequence[Word]) -> Sequence[Word]:
    """The words, those put together that letters set a little apart broke: `Facsi mile`, or `202 5`, a year."""
    if not any(_is_near(a, b) for a, b in pairwise(words)):
        return words
    upright = [word for line in lines(words) for word in _mended(line.words)]
    return [*upright, *(word for word in words if word.turned)]


def _is_near(one: Word, other: Word) -> bool:
    """True for letters after letters, or digits after digits, with less than a space between them."""
    a, b = one.text[-1], other.text[0]
    alike = (a.isalpha() and b.isalpha()) or (a.isdigit() and b.isdigit())
    return alike and 0 <= _gap(one, other) < NEAR


def _mended(words: Sequence[Word]) -> list[Word]:
    """The words of a line; near ones put together where most are and all others stand plainly further apart."""
    gaps = [_gap(a, b) for a, b in pairwise(words)]
    near = [_is_near(a, b) for a, b in pairwise(words)]
    close = [gap for gap, is_near in zip(gaps, near, strict=True) if is_near]
    others = [gap for gap, is_near in zip(gaps, near, strict=True) if not is_near]
    if len(close) < max(FEW, len(others)) or not max(close) + SPACE <= min(others, default=0.0) <= WIDEST:
        return list(words)
    parts = [[words[0]]]
    for is_near, word in zip(near, words[1:], strict=True):
        if is_near:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [word for part in parts for word in _whole(part)]


def _whole(part: Sequence[Word]) -> Sequence[Word]:
    """Near words as one; numbers only where they are a year."""
    text = "".join(word.text for word in part)
    return part if len(part) == 1 or (text[0].isdigit() and not _YEAR.fullmatch(text)) else [_word(part, part[0].space)]


def _runs(words: Sequence[Word]) -> list[list[Word]]:
    """Words of one line in runs: those of letters that may be one text together, the others alone."""
    if sum(len(word.text) <= 2 for word in words) < LEAST:
        return [[word] for word in words]
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if last and _may_be_parts(last, word) and _gap(last, word) <= WIDEST + SPACE + 0.5:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _may_be_parts(one: Word, other: Word) -> bool:
    """True for one or two signs each, and for a few letters without a space between them in the file."""
    if len(one.text) <= 2 and len(other.text) <= 2:
        return True
    few = len(one.text) <= LETTERS and len(other.text) <= LETTERS
    return few and other.tight and one.text.isalpha() and other.text.isalpha()


def _gap(one: Word, other: Word) -> float:
    return (other.box.x0 - one.box.x1) / max(one.size, other.size)


def _joined(run: Sequence[Word]) -> Iterable[Word]:
    """The words that a run of letters makes; the run as it is where it is not letterspaced."""
    if len(run) < LEAST or sum(len(w.text) == 1 and w.text.isalpha() for w in run) < SHARE * len(run):
        return run
    usual = median(_gap(a, b) for a, b in pairwise(run))
    if usual > WIDEST:
        return run
    parts: list[list[Word]] = [[run[0]]]
    for before, word in pairwise(run):
        if _gap(before, word) > usual + SPACE:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [_word(part, 1 + 4 * max(0.0, usual)) for part in parts]


def _word(part: Sequence[Word], space: float) -> Word:
    text, marks = "".join(w.text for w in part), "".join(w.mark for w in part)
    box = hull(w.box for w in part)
    return part[0]._replace(text=text, box=box, size=max(w.size for w in part), mark=marks, space=space)
