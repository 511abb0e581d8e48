"""Titles of cards: pieces of lines that name a code, or a list or range of codes, and head what stands beneath them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from feebook.codes import CODE
from feebook.guides.box import Box
from feebook.guides.codecells import begins_with_code, may_begin_code, printed_codes
from feebook.guides.headlines import is_sentence
from feebook.guides.labels import FIGURE, GAP, names_codes
from feebook.guides.lines import Line, hull, pieces, text_of
from feebook.guides.page import Word
from feebook.guides.tables import Crossing

_OVER_LABELS: Final = frozenset(["measure", "setting", "item", "site", "site of service", "place of service"])
"""Headings of labels, as a code's heads their values."""

FURTHER: Final = "the words after its code name further codes"


@dataclass(frozen=True, slots=True)
class Title:
    """Codes that head a card: where they and their words stand, the codes as printed, and what is said after them."""

    line: int
    base: float
    size: float
    box: Box
    code: Crossing
    rest: str

    @property
    def doubt(self) -> str:
        """Why the card may not be of its codes alone."""
        return FURTHER if CODE.search(self.rest) else ""


def titles_of(n: int, line: Line) -> Iterator[Title]:
    """The pieces of the line at a place of its page that name codes: alone, after a word for codes, before wording."""
    if not CODE.search(line.text):
        return
    before: tuple[Word, ...] = ()
    for piece in pieces(line.words, GAP):
        title = _title(n, line, piece, before)
        if title is not None:
            yield title
        before = piece


def _title(n: int, line: Line, piece: tuple[Word, ...], before: tuple[Word, ...]) -> Title | None:
    begins = (i for i, word in enumerate(piece) if may_begin_code(word.text) and begins_with_code(text_of(piece[i:])))
    at = next(begins, None)
    if at is None:
        return None
    if at == 0 and before and _heads_labels(text_of(before)):
        piece, at = (*before, *piece), len(before)
    said = text_of(piece[at:])
    codes, rest = printed_codes(said)
    ends = [] if rest else [text_of(piece[at - k : at]) for k in (1, 2) if k <= at]
    named = not at or any(_heads_labels(text) for text in (text_of(piece[:at]), *ends))
    if not named or FIGURE.search(rest) or is_sentence(Line(line.base, piece)):
        return None
    upto = (i for i in range(at, len(piece)) if len(printed_codes(text_of(piece[at : i + 1]))[0]) == len(codes))
    box = hull(w.box for w in piece[at : next(upto, at) + 1])
    return Title(n, line.base, line.size, hull(w.box for w in piece), Crossing(said, box), rest)


def _heads_labels(text: str) -> bool:
    """True for words before a code that heads a card: they name codes, or the labels beneath."""
    return names_codes(text) or text.lower() in _OVER_LABELS
