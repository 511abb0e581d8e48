"""What stands over the first code and is of its row, not of the headings: figures, wording and phrases of its cells."""

from __future__ import annotations

import re
from typing import Final

from feebook.guides import lexicon
from feebook.guides.lines import Line, hull, pieces, text_of

CLOSE: Final = 1.45
"""Lines of one text stand less than this many sizes apart."""

_FIGURE: Final = re.compile(r"\$\d[\d,]*(\.\d\d)?|\d[\d,]*\.\d{1,3}|\d{1,3},\d{3}")


def has_figures(line: Line) -> bool:
    """True for a line with amounts in it, which no heading prints; a factor of four places is none."""
    return any(_FIGURE.fullmatch(word.text) for word in line.words)


def is_another_row(line: Line, above: float, size: float) -> bool:
    """True for figures just above the first code: another row of the code."""
    return above < 2.2 * size and has_figures(line)


def goes_on(line: Line, below: Line) -> bool:
    """True for wording that goes on in the line below it: as close as lines of one text, and flush with a piece."""
    under = [hull(word.box for word in piece) for piece in pieces(below.words, 0.75)]
    over = [hull(word.box for word in piece) for piece in pieces(line.words, 0.75)]
    flush = all(any(abs(a.x0 - b.x0) < 1.5 or abs(a.middle - b.middle) < 1.5 for b in under) for a in over)
    alike = all(word.bold == below.words[-1].bold for word in line.words) or not line.words[0].bold
    return below.base - line.base < CLOSE * line.size and flush and alike and not lexicon.tags(line.text)


def is_phrase_of(line: Line, below: Line) -> bool:
    """True when each piece of a line is how a phrase for no amount begins that goes on in the line close below it.

    The words below are no amount, nor a phrase of their own: without their beginning they say nothing.
    """
    if below.base - line.base >= CLOSE * line.size:
        return False
    under = [(hull(w.box for w in piece), text_of(piece)) for piece in pieces(below.words, 0.75)]
    return all(
        any(
            box.x0 < piece[-1].box.x1 and piece[0].box.x0 < box.x1 and _is_phrase(text_of(piece), text)
            for box, text in under
        )
        for piece in pieces(line.words, 0.75)
    )


def _is_phrase(begin: str, end: str) -> bool:
    whole = f"{begin} {end}"
    alone = lexicon.status(end, "asc_payment") or any(c.isdigit() for c in end)
    return not alone and any(c.isalpha() for c in end) and bool(lexicon.status(whole, "asc_payment"))
