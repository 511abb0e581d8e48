"""Which lines over a table are its headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from feebook.guides import lexicon
from feebook.guides.box import Box
from feebook.guides.codecells import printed_codes
from feebook.guides.dates import years
from feebook.guides.extents import names_group
from feebook.guides.firstrow import goes_on, has_figures, is_another_row, is_phrase_of
from feebook.guides.gutters import set_apart
from feebook.guides.lines import Line, pieces, text_of
from feebook.guides.page import Page, Word
from feebook.guides.tables import KEY

REACH: Final = 2.9
"""The lowest heading line stands less than this many sizes over the first code line."""


LEVELS: Final = 1.7
"""Heading lines stand less than this many sizes apart."""


BESIDE: Final = 40
"""Points that the heading of the codes may begin right of the table's left side, where it is not flush with it."""


ASIDE: Final = 60
"""Points right of the table's left side where no title begins."""


SMALL: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "may",
        "not",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "with",
        "you",
        "your",
    ]
)
"""Words that sentences hold more of than headings."""


def heading_lines(
    lines: Sequence[Line],
    box: Box,
    page: Page,
    size: float,
    values: float = 0.0,
    ahead: float = 0.0,
    reach_right: float = 12.0,
    reach_left: float = 12.0,
) -> list[Line]:
    """The heading lines over a table, from the top; `box` is that of its code lines.

    Lines of the first row that stand over its code are passed over: wording left of `values`, where the value columns
    begin (`ahead` is where the words of the columns before them end), and figures of a row before the code's. A heading
    begins no more than `reach_right` points right of the code lines, or half the widest space in them, and ends no more
    than `reach_left` points left of them. Stops at prose, at a code line, at larger text, at a wide space, and at a
    line of its own flush with the table's left side, which is a title.
    """
    found: list[Line] = []
    reach_right = max([reach_right, *_gaps(lines, box)])
    waiting: list[
        Line
    ] = []  # lines left of the values below their lowest heading: of the first row, or the lowest headings
    upper = box.top
    below = min((li for li in lines if li.base > box.top), key=lambda li: li.base, default=None)  # the first code's
    above = [
        li
        for li in lines
        if li.box.bottom <= box.top + 0.3 * size and li.box.x1 > box.x0 - 4 and li.box.x0 < box.x1 + 4
    ]
    for line in sorted(above, key=lambda li: -li.base):
        words = tuple(
            w
            for piece in pieces(line.words, 0.75)
            for w in piece
            if piece[-1].box.x1 > box.x0 - reach_left and piece[0].box.x0 < box.x1 + reach_right
        )
        if words and _is_stroke(words):
            upper = min(upper, line.box.top)
        if not words or _is_stroke(words):
            continue
        inner = Line(line.base, words)
        if KEY.fullmatch(inner.text) and upper - inner.box.bottom < 2 * REACH * size:
            upper = inner.box.top
            continue
        if not found and upper - inner.box.bottom < LEVELS * size and is_another_row(inner, box.top - inner.base, size):
            upper = inner.box.top
            continue
        if (
            below
            and not found
            and ((inner.words[0].box.x1 < values and goes_on(inner, below)) or is_phrase_of(inner, below))
        ):
            upper, below = inner.box.top, inner
            continue
        if not found and not waiting and _is_band(inner, lines, page):
            upper = inner.box.top
            continue
        gap = _top_of_turned(page, inner.box.bottom, upper, box) - inner.box.bottom
        fenced = _boxed(inner.box, page)
        reach = LEVELS if found and not _names_groups(inner, box) else REACH
        if gap > (2 * reach if fenced else reach) * max(inner.size, size) or len(found) >= 9:
            break
        wording = not any(_reaches(li, values, ahead) for li in (*found, inner))
        if _is_code_line(inner) or has_figures(inner) or inner.size > 1.35 * size:
            break
        if (_is_prose(inner, box) and not wording) or _is_title(inner, box, found, fenced):
            break
        if wording:
            upper = inner.box.top
            waiting.append(inner)
            continue
        if waiting:
            found += [li for li in waiting if li.base - inner.base < 1.4 * size or _is_beside_turned(li, page, box)]
            waiting = []
        found.append(inner)
        upper = inner.box.top
    return (found or waiting)[::-1]


def _reaches(line: Line, values: float, ahead: float) -> bool:
    """True for a line over the values: it ends over them, or words of it begin right of the columns before them."""
    return line.box.x1 >= values or pieces(line.words, 0.75)[-1][0].box.x0 > ahead


def _names_groups(line: Line, box: Box) -> bool:
    """True for headings of groups of columns right of the table's left side, which may stand wide over lower ones."""
    parts = [text_of(piece) for piece in pieces(line.words, 0.75)]
    return line.box.x0 > box.x0 + ASIDE and all(names_group(text) and len(text.split()) <= 6 for text in parts)


def _top_of_turned(page: Page, top: float, bottom: float, box: Box) -> float:
    """Where headings that run up or down begin between two lines: as tall as they are, so far apart lines may stand."""
    between = (
        w.box.top
        for w in page.words
        if w.turned % 2 and top < w.box.bottom and w.box.top < bottom and box.x0 < w.box.x1
    )
    return min((y for y in between if y > top - 1), default=bottom)


def _is_beside_turned(line: Line, page: Page, box: Box) -> bool:
    """True for a line level with headings that run up or down: it is in the middle of cells as tall as theirs."""
    return any(
        w.turned % 2 and w.box.top < line.box.centre < w.box.bottom and box.x0 < w.box.middle < box.x1
        for w in page.words
    )


def _gaps(lines: Sequence[Line], box: Box) -> list[float]:
    """The spaces between the words of code lines, half of them: as far a heading may be set right of its figures."""
    first = min((li for li in lines if li.base > box.top), key=lambda li: li.base, default=None)
    return [(b.box.x0 - a.box.x1) / 2 for a, b in pairwise(first.words)] if first else []


def _is_band(line: Line, lines: Sequence[Line], page: Page) -> bool:
    """True for words alone on their line that name the rows beneath: apart from the headings over them by their look.

    These head several columns, one of them that which the words stand over, and lie in a shade or are bold where the
    words do not, or a rule parts them.
    """
    if len(pieces(line.words, 0.75)) > 1 or lexicon.tags(line.text) or years(line.text) or has_figures(line):
        return False
    over = max((li for li in lines if li.base < line.base - 0.5 * line.size), key=lambda li: li.base, default=None)
    if over is None or line.box.top - over.box.bottom > LEVELS * line.size:
        return False
    heads = pieces(over.words, 0.75)
    own = any(piece[0].box.x0 < line.box.x1 and line.box.x0 < piece[-1].box.x1 for piece in heads)
    known = [piece for piece in heads if lexicon.tags(text_of(piece))]
    bolder = all(w.bold for w in over.words) and not any(w.bold for w in line.words)
    ruled = any(
        r.level and over.base < r.at < line.base and r.start < over.box.x0 + 4 and r.end > over.box.x1 - 4
        for r in page.rules
    )
    shaded = _is_shaded_apart(over, line, page)
    return own and len(known) >= 2 and (bolder or ruled or shaded)


def _is_shaded_apart(over: Line, line: Line, page: Page) -> bool:
    """True when all words of a line lie in shades, of the line or of its cells, and none of these holds the other."""
    around = [[s for s in page.shades if _holds(s, w.box)] for w in over.words]
    return all(around) and not any(_holds(s, w.box) for shades in around for s in shades for w in line.words)


def _holds(shade: Box, box: Box) -> bool:
    return shade.x0 <= box.middle <= shade.x1 and shade.top <= box.centre <= shade.bottom


def _is_stroke(words: Sequence[Word]) -> bool:
    return all(set(w.text) <= set("-–—−_=.") for w in words)


def _is_code_line(line: Line) -> bool:
    return any(printed_codes(text_of(piece))[0] for piece in pieces(line.words, 1.0))


def _is_prose(line: Line, box: Box) -> bool:
    """True for running text: a long piece with the small words of a sentence."""
    parts = pieces(line.words, 0.9)
    longest = max(parts, key=len)
    small = sum(w.text.lower().strip(".,;:") in SMALL for w in longest)
    if _is_close_headings(line) or _names_columns(line):
        return False
    wide = len(parts) <= 2 and len(longest) > 6 and line.box.x1 - line.box.x0 > 0.6 * (box.x1 - box.x0)
    return (len(longest) > 9 or wide) and (small >= 2 or longest[-1].text.endswith("."))


def _names_columns(line: Line) -> bool:
    """True for words that begin with a heading of codes and say nothing beside the field's: headings no space parts."""
    said = lexicon.words(line.text)
    known = all(word in SMALL or lexicon.is_known(word) for word in said)
    return known and "code" in lexicon.tags(line.words[0].text) and not line.text.endswith(".")


def _is_close_headings(line: Line) -> bool:
    """True for headings that stand close to each other, each with words of the field: no running text, no title."""
    ways = (pieces(line.words, 0.75), set_apart(line))
    return any(len(close) > 2 and all(lexicon.tags(text_of(piece)) for piece in close) for close in ways)


def _is_title(line: Line, box: Box, found: Sequence[Line], fenced: bool) -> bool:
    """A single piece at the left over headings that were found, wider than the code column or larger: a title."""
    parts = pieces(line.words, 1.5)
    if len(parts) > 1 or not found or fenced:
        return False
    if _is_close_headings(line):
        return False
    left = min(box.x0, *(li.box.x0 for li in found))
    firsts = [pieces(li.words, 0.45)[0] for li in found]
    near = [p for p in firsts if abs(p[0].box.x0 - left) < 12] or [p for p in firsts if p[0].box.x0 - left < BESIDE]
    own = [word for piece in near for word in piece]
    if "code" in lexicon.tags(line.words[0].text):
        return False
    if not own:  # over wording without a heading
        return line.box.x0 < left + 8 and bool(years(line.text))
    larger = line.size > 1.2 * max(li.size for li in found)
    return line.box.x0 < left + 8 and (larger or line.box.x1 > max(w.box.x1 for w in own) + 8)


def is_sentence(line: Line) -> bool:
    """True for a line of running text, whatever stands beneath it."""
    longest = max(pieces(line.words, 0.9), key=len)
    return len(longest) > 9 and sum(w.text.lower().strip(".,;:") in SMALL for w in longest) >= 2


def _boxed(box: Box, page: Page) -> bool:
    """True when a line lies in a shade that is no larger than a heading's."""
    return any(
        s.x0 - 2 <= box.x0
        and box.x1 <= s.x1 + 2
        and s.top - 2 <= box.top + 2
        and box.bottom - 2 <= s.bottom + 2
        and s.bottom - s.top < 90
        for s in page.shades
    )
