"""The second opinion: what pdfplumber, an engine of its own, prints in the boxes that pdfium was read in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from feebook.guides.box import Box
from feebook.guides.words import SUPERSCRIPT

SLACK: Final = 1.0
"""Points that the two engines' boxes of one character may differ by."""


def texts(path: Path, wanted: Sequence[tuple[int, Box]]) -> list[str]:
    """The text in each box, without spaces; a box comes with the number of its page, as seen."""
    import pdfplumber

    by_page: dict[int, list[int]] = defaultdict(list)
    for i, (number, _) in enumerate(wanted):
        by_page[number].append(i)
    found = [""] * len(wanted)
    with pdfplumber.open(path) as document:
        for number in sorted(by_page):
            page = document.pages[number - 1]
            left, top = page.cropbox[0] - page.mediabox[0], page.cropbox[1] - page.mediabox[1]
            chars = page.chars
            for i in by_page[number]:
                x0, upper, x1, lower = wanted[i][1]
                found[i] = _text(chars, Box(x0 + left, upper + top, x1 + left, lower + top))
            page.close()
    return found


def _text(chars: Sequence[dict[str, Any]], box: Box) -> str:
    """The characters in a box, line by line, raised marks left out."""
    inside = [
        c
        for c in chars
        if box.x0 - SLACK <= (c["x0"] + c["x1"]) / 2 <= box.x1 + SLACK
        and box.top - SLACK <= (c["top"] + c["bottom"]) / 2 <= box.bottom + SLACK
        and not c["text"].isspace()
    ]
    largest = max((c["size"] for c in inside), default=0.0)
    full = sorted((c for c in inside if c["size"] > SUPERSCRIPT * largest), key=lambda c: (c["bottom"], c["x0"]))
    lines: list[list[dict[str, Any]]] = []
    for char in full:
        if lines and char["bottom"] - lines[-1][0]["bottom"] < 0.4 * char["size"]:
            lines[-1].append(char)
        else:
            lines.append([char])
    return "".join(c["text"] for line in lines for c in sorted(line, key=lambda c: c["x0"]))


def agree(ours: str, theirs: str) -> bool:
    """True when two readings of a box have the same characters in the same order, spaces and soft hyphens aside."""
    return _plain(ours) == _plain(theirs)


def _plain(text: str) -> str:
    kept = "".join(c for c in text if not c.isspace() and c not in "\xad\u200b")
    return kept.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("−", "-").replace("‐", "-")
