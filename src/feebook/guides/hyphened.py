"""A code and its modifier that a narrow column parts after the hyphen: `93886-` over `TC` is one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feebook import codes
from feebook.guides.lines import hull
from feebook.guides.page import Word
from feebook.guides.printed import MODIFIER

_OPEN: Final = re.compile(rf"\+?(?:{codes.CODE.pattern})[-–]")

PITCH: Final = (0.7, 1.6)
"""How many sizes the modifier stands under its code."""


def unhyphened(words: Sequence[Word]) -> list[Word]:
    """The words, each code with the modifier under it as one, on the line that the other cells of its row stand on."""
    result = list(words)
    for code in [word for word in words if _OPEN.fullmatch(word.text) and not word.turned]:
        under = [word for word in words if _is_under(code, word)]
        if len(under) != 1 or not MODIFIER.fullmatch(under[0].text):
            continue
        (modifier,) = under
        others = [word.base for word in words if word not in (code, modifier) and not word.turned]
        middle = (code.base + modifier.base) / 2
        stands = (at for at in (middle, code.base, modifier.base) if any(abs(base - at) < 1 for base in others))
        whole = code._replace(
            text=code.text + modifier.text, box=hull((code.box, modifier.box)), base=next(stands, code.base)
        )
        result[result.index(code)] = whole
        result.remove(modifier)
    return result


def _is_under(code: Word, word: Word) -> bool:
    near, far = PITCH
    overlaps = word.box.x0 < code.box.x1 and code.box.x0 < word.box.x1
    return overlaps and not word.turned and near * code.size < word.base - code.base < far * code.size
