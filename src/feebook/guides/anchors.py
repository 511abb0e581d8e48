"""Where codes stand on a page: the code columns of tables without rules, told from codes in prose."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from feebook import absence
from feebook.guides import lexicon
from feebook.guides.box import Box
from feebook.guides.codecells import may_begin_code, printed_codes
from feebook.guides.extents import names_group
from feebook.guides.gutters import APART
from feebook.guides.headings import names_codes
from feebook.guides.headlines import is_sentence
from feebook.guides.lines import Line, pieces, text_of
from feebook.guides.page import Word

_DRG: Final = re.compile(r"\d{3}(?!\d)")
_NAMED: Final = re.compile(r"(?:MS-?)?DRG:?", re.IGNORECASE)
_LETTER: Final = re.compile(r"[A-Za-z]")
_AMOUNT: Final = re.compile(r"[-−+(]?(?:\$[\d,]+(?:\.\d\d)?|\d[\d,]*\.\d{2}|\d[\d.]*\s?%)\)?")
_LISTED: Final = re.compile(r"[,;/&]$|^(?:and|or|&|/)$", re.IGNORECASE)
ASIDE: Final = 160.0
"""Points that the heading of codes may be set right of them, in a wide cell."""
SHARED: Final = 0.5
"""Codes whose boxes overlap by this share stand in one column."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A code at the start of a piece of a line: the box of the code itself, and the line it stands on."""

    box: Box
    line: int
    base: float
    text: str
    kind: str = "code"
    end: float = 0.0
    """Where the list of codes that it begins ends; 0 where it begins none."""
    worded: bool = False
    """Whether it stands inside wording, whose box this is: a line without a code is then of no code."""

    @property
    def right(self) -> float:
        """Where its last code ends."""
        return max(self.end, self.box.x1)


def anchors(lines: Sequence[Line]) -> list[Anchor]:
    """Every code that begins a piece of a line, and every three-digit number under a heading that names DRGs."""
    found: list[Anchor] = []
    for n, line in enumerate(lines):
        for i, word in enumerate(line.words):
            if not may_begin_code(word.text):
                continue
            before = line.words[i - 1] if i else None
            if before and word.box.x0 - before.box.x1 < 0.7 * word.size and not _numbers(before):
                continue
            if before and printed_codes(before.text)[0] and _follows(before, word):
                continue  # a further code of a list
            rest = text_of(line.words[i : i + 6])
            codes, after = printed_codes(rest)
            if codes and not _part_of_number(line.words, i):
                box = _code_box(line.words[i:], codes[-1].code, rest, after)
                found.append(Anchor(box, n, line.base, rest, end=_list_end(line.words[i:])))
    return found + _drgs(lines)


def _numbers(word: Word) -> bool:
    return bool(re.fullmatch(r"[\d.,$–-]+|[+*]", word.text))


def _part_of_number(words: Sequence[Word], i: int) -> bool:
    """True for a ZIP after a state, and for a number that a unit or a dash ties to what stands before it."""
    before = words[i - 1].text if i else ""
    return bool(re.fullmatch(r"[A-Z]{2},?", before)) and words[i].box.x0 - words[i - 1].box.x1 < words[i].size


def _follows(before: Word, word: Word) -> bool:
    """True for a code after another with a comma between them, or with no more than the space of one text."""
    gap = word.box.x0 - before.box.x1
    return gap < (word.size if _LISTED.search(before.text) else APART * word.size * word.space)


def _list_end(words: Sequence[Word]) -> float:
    """Where the codes end that follow each other from the first word on, no further apart than words of one text."""
    end = 0.0
    last = words[0]
    for word in words:
        if word.box.x0 - last.box.x1 > word.size or not (printed_codes(word.text)[0] or _LISTED.search(word.text)):
            break
        end = word.box.x1 if printed_codes(word.text)[0] else end
        last = word
    return end


def _code_box(words: Sequence[Word], last: str, rest: str, after: str) -> Box:
    """The box of the first code of a piece, without a sign before it."""
    word = words[0] if any(c.isdigit() for c in words[0].text) or len(words) < 2 else words[1]
    text = word.text
    start = next((k for k, c in enumerate(text) if c.isalnum()), 0)
    width = (word.box.x1 - word.box.x0) / max(1, len(text))
    return Box(
        word.box.x0 + start * width,
        word.box.top,
        min(word.box.x1, word.box.x0 + (start + 5) * width + 1),
        word.box.bottom,
    )


def _drgs(lines: Sequence[Line]) -> list[Anchor]:
    found: list[Anchor] = []
    heads: list[tuple[int, Box]] = []
    text = " ".join([line.text for line in lines]).lower()
    if not any(word in text for word in lexicon.telling("drg")):
        return found
    for n, line in enumerate(lines):
        for piece in pieces(line.words, 0.7):
            text = text_of(piece) if len(piece) <= 3 else ""
            said = lexicon.tags(text) if _LETTER.search(text) else ()
            if "drg" in said and "weight" not in said and not any(_DRG.fullmatch(w.text) for w in piece):
                heads.append((n, Box(piece[0].box.x0, piece[0].box.top, piece[-1].box.x1, piece[0].box.bottom)))
                continue
            word = piece[1] if len(piece) > 1 and _NAMED.fullmatch(piece[0].text) else piece[0]
            if _DRG.fullmatch(word.text) and any(
                _is_under(word, piece[0] is line.words[0], head, at, lines) for at, head in heads
            ):
                found.append(Anchor(word.box, n, line.base, word.text, "drg"))
    return found


def _is_under(word: Word, opens: bool, head: Box, at: int, lines: Sequence[Line]) -> bool:
    """True for a number under a heading of DRGs: not far aside where both open their lines, as in a wide cell."""
    reach = ASIDE if opens and head.x0 == lines[at].words[0].box.x0 else 14
    return head.x0 - reach < word.box.middle < head.x1 + reach


def columns_of_codes(found: Sequence[Anchor]) -> list[list[Anchor]]:
    """Anchors that stand under each other, from the left; each column from the top."""
    columns: list[list[Anchor]] = []
    for anchor in sorted(found, key=lambda a: (a.kind, a.base)):
        for column in columns:
            other = column[-1]
            near = min(anchor.right, other.right) - max(anchor.box.x0, other.box.x0)
            width = min(anchor.right - anchor.box.x0, other.right - other.box.x0)
            if anchor.kind == other.kind and near > SHARED * width:
                column.append(anchor)
                break
        else:
            columns.append([anchor])
    return sorted(columns, key=lambda c: median(a.box.x0 for a in c))


def is_heading_between(lines: Sequence[Line], first: int, last: int, box: Box) -> bool:
    """True when between two lines stands one that names the codes of a new table over the same column."""
    between = lines[first + 1 : last]
    for line in between:
        parts = pieces(line.words, 0.7)
        close = pieces(line.words, APART)
        if any(_AMOUNT.fullmatch(text_of(part)) for part in parts):
            continue  # wording that goes on beside figures, whatever it names
        if _is_heading_line(close) or _names_every_column(parts, box):
            return True
        if _heads_codes(close, box, 12) if len(parts) == 1 else _heads_codes(parts, box, ASIDE):
            return True
        beside = any(li is not line and li.box.x0 > box.x1 and _is_level(line, li) for li in between)
        for piece in parts:
            aside = beside and len(parts) == 1 and names_codes(text_of(piece))  # set between the lines of the others
            over = piece[0].box.x0 < box.x1 + (ASIDE if aside else 12) and piece[-1].box.x1 > box.x0 - 12
            if (
                over
                and len(piece) <= 5
                and _names_numbers(text_of(piece))
                and (len(parts) >= 2 or (beside and len(piece) <= 3))
            ):
                return True
    return False


def _names_numbers(text: str) -> bool:
    """True for words that name codes, or numbers which only look like codes: `Part` does, wording that ends so not."""
    said = {"code", "drg", "decoy"} & set(lexicon.tags(text))
    return bool(said) and (said != {"decoy"} or not text[:1].islower())


def _is_heading_line(parts: Sequence[Sequence[Word]]) -> bool:
    """True for headings side by side and nothing else: what they say makes groups of columns, and none is a value."""
    short = len(parts) >= 3 and all(len(part) <= 5 for part in parts)
    return short and all(names_group(text) and not _is_value(text) for text in map(text_of, parts))


def _is_value(text: str) -> bool:
    """True for a figure, and for a phrase that a cell prints instead of one; `Inpatient` may be a heading."""
    status = lexicon.status(text, "")
    named = status == absence.INPATIENT_ONLY and "only" not in lexicon.words(text)
    return bool(re.search(r"[$.]\d", text)) or (bool(status) and not named)


def _names_every_column(parts: Sequence[Sequence[Word]], box: Box) -> bool:
    """True for headings side by side, each with words of the field, one of codes near the column and none a figure."""
    texts = [text_of(part) for part in parts]
    near = any(
        names_codes(text) and part[0].box.x0 < box.x1 + ASIDE and part[-1].box.x1 > box.x0 - ASIDE
        for part, text in zip(parts, texts, strict=True)
    )
    return near and len(parts) >= 3 and all(lexicon.tags(text) and len(text.split()) <= 5 for text in texts)


def _heads_codes(parts: Sequence[Sequence[Word]], box: Box, reach: float) -> bool:
    """True for a line of headings of which the first says no more than that codes stand under it, or not far aside."""
    if len(parts) < 3 or not lexicon.tags(text_of(parts[1])):
        return False
    over = parts[0][0].box.x0 < box.x1 + reach and parts[0][-1].box.x1 > box.x0 - 12
    return over and names_codes(text_of(parts[0]))


def _is_level(one: Line, other: Line) -> bool:
    """True for headings side by side of which one is set between the lines of the other."""
    return abs(one.base - other.base) < 1.3 * max(one.size, other.size)


def _is_parted(lines: Sequence[Line], first: int, last: int, box: Box) -> bool:
    """True when running text stands between two lines, over the code column and far beyond it."""
    return any(
        line.box.x0 < box.x1 and line.box.x1 > box.x1 + 100 and is_sentence(line) for line in lines[first + 1 : last]
    )


def runs(column: Sequence[Anchor], lines: Sequence[Line]) -> list[list[Anchor]]:
    """A code column parted into tables: at a new heading, and at a wide empty space."""
    pitches = [b.base - a.base for a, b in itertools.pairwise(column)]
    usual = median(pitches) if pitches else 20.0
    result = [[column[0]]]
    for before, anchor in itertools.pairwise(column):
        far = anchor.base - before.base > max(7 * usual, 90)
        if far or any(test(lines, before.line, anchor.line, before.box) for test in (is_heading_between, _is_parted)):
            result.append([anchor])
        else:
            result[-1].append(anchor)
    return result
