"""Codes inside the wording of rows without a column of codes: `Lead implantation (CPT 64581)`, `CPT® 64581: lead`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from feebook.guides.anchors import Anchor
from feebook.guides.codecells import printed_codes
from feebook.guides.gutters import APART
from feebook.guides.headlines import is_sentence
from feebook.guides.labels import FIGURE, is_value
from feebook.guides.lines import Line, hull, pieces, text_of

_LABEL: Final = re.compile(
    r"(?:\b(?:CPT|HCPCS)\s*[®*]*(?:\s*/\s*(?:CPT|HCPCS)[®*]*)?(?:\s+codes?)?\s*[:#]?|\()\s*(?=[+]?[0-9A-V][0-9]{3})",
    re.IGNORECASE,
)
"""What says that a code follows: the name of the code set, or a bracket."""

_OTHERS: Final = frozenset(
    [
        "see",
        "with",
        "to",
        "than",
        "without",
        "not",
        "excludes",
        "excluding",
        "includes",
        "including",
        "like",
        "as",
        "of",
    ]
)
"""Words before a code that is another than that of the row."""

FEW: Final = 2
"""Rows from which on codes in wording are those of rows."""


def worded_anchors(lines: Sequence[Line], known: Sequence[Anchor]) -> list[Anchor]:
    """The codes in the wording of rows with values; none where codes of a column of their own stand among the rows."""
    found = [anchor for n, line in enumerate(lines) if (anchor := _anchor(n, line)) is not None]
    if len(found) < FEW or any(found[0].base - 1 < other.base < found[-1].base + 1 for other in known):
        return []
    return found


def _anchor(n: int, line: Line) -> Anchor | None:
    """The codes that the wording of a line names, where values stand right of it."""
    wording, *rest = pieces(line.words, APART)
    texts = [text_of(piece) for piece in rest]
    if not any(is_value(text) or FIGURE.search(text) for text in texts) or is_sentence(Line(line.base, wording)):
        return None
    text = text_of(wording)
    named = list(_named(text))
    if not named:
        return None
    return Anchor(hull(w.box for w in wording), n, line.base, " with ".join(named), worded=True)


def _named(text: str) -> Iterator[str]:
    """Each code, list or range of codes that words for codes or a bracket stand before."""
    end = 0
    for label in _LABEL.finditer(text):
        codes, rest = printed_codes(text[label.end() :])
        closed = not label[0].startswith("(") or rest.startswith(")")
        before = text[: label.start()].lower().replace("(", " ").split()[-1:]
        closed = closed and not _OTHERS.intersection(before)
        if codes and closed and label.start() >= end:
            end = len(text) - len(rest)
            yield text[label.end() : end].rstrip(" :,;–-")
