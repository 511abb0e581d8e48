"""Leaders taken away: the rows of dots that lead the eye from a code to its figure are no text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from feebook.guides.page import Word

_LEADER: Final = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|_{4,})[.…·_]*")

MANY: Final = 6
"""So many dots on one line, each set apart, are leaders."""


def without_leaders(words: Sequence[Word]) -> Iterator[Word]:
    """The words, each without the leader that it is printed against; a word that is nothing else is left out."""
    dotted = Counter(round(word.base) for word in words if _is_dots(word))
    for word in words:
        if _is_dots(word) and dotted[round(word.base)] >= MANY:
            continue
        if word.turned or not _LEADER.search(word.text):
            yield word
            continue
        width = (word.box.x1 - word.box.x0) / len(word.text)
        at = 0
        for leader in [*_LEADER.finditer(word.text), None]:
            end = leader.start() if leader else len(word.text)
            if end > at:
                box = word.box._replace(x0=word.box.x0 + at * width, x1=word.box.x0 + end * width)
                yield word._replace(text=word.text[at:end], box=box, mark="" if leader else word.mark)
            at = leader.end() if leader else end


def _is_dots(word: Word) -> bool:
    return not word.turned and not word.text.strip(".·")
