"""Every code table of a document, page after page, and the text that stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Final

from feebook import codes
from feebook.guides import ink
from feebook.guides.aligned import aligned_tables
from feebook.guides.box import Box
from feebook.guides.closing import closing_key
from feebook.guides.context import title_lines
from feebook.guides.frames import frames
from feebook.guides.grid import ruled_tables
from feebook.guides.headings import meanings
from feebook.guides.headlines import is_sentence
from feebook.guides.hyphened import unhyphened
from feebook.guides.lines import Line, lines, pieces
from feebook.guides.page import Page
from feebook.guides.spaced import unspaced
from feebook.guides.tables import Table, leaves
from feebook.guides.twocodes import by_code
from feebook.guides.unread import in_figures

LONG: Final = 24
"""Of a document with more pages than this only those whose text looks like a code table are read for tables."""

_CODE: Final = re.compile(rf"(?<![\w.,$-])[+*]?(?:{codes.CODE.pattern})(?!\w)")
_DIGITS: Final = re.compile(r"[0-9]{4}")

_CENTS: Final = re.compile(r"[0-9]\.[0-9]{2}")

_NONE: Final = re.compile(r"n(?<!\wn)/?a\b")
"""NA or N/A; what must not stand before it is asked after its first letter, which is found soonest."""


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of a document, the lines before the first, all lines by page, its text, and what was not read."""

    tables: tuple[Table, ...]
    intro: tuple[Line, ...]
    lines: tuple[tuple[int, tuple[Line, ...]], ...]
    text: str
    pages: int
    blank: bool
    pictures: int
    hidden: int
    unread: bool
    """Whether its figures hold characters that the file gives no meaning."""


LEFT: Final = 4
"""Lines of a title that may be left over on the page before."""

LARGER: Final = 1.1
"""A title is printed at least this many times as large as the words of its table."""

FLUSH: Final = 8.0
"""Points by which a title may begin off the side of its table."""

OTHER_TITLE: Final = "a line at the end of the page before speaks of other measures than the table that goes on here"


def found(document: Any) -> Found:
    """The code tables of an open document."""
    count = len(document)
    tables: list[Table] = []
    intro: list[Line] = []
    every: list[tuple[int, tuple[Line, ...]]] = []
    pictures = hidden = seen = 0
    unread = False
    for sheet in _sheets(document):
        pictures += not sheet.glyphs and sheet.pictures > 0
        hidden += sheet.hidden
        seen += len(sheet.glyphs)
        for whole in frames(sheet):
            unread = unread or in_figures(word.text for word in whole.words)
            frame = replace(whole, words=tuple(unhyphened(unspaced(whole.words))))
            said = lines(frame.words)
            last = every[-1] if every and every[-1][0] == frame.number - 1 else (0, ())
            every.append((frame.number, tuple(said)))
            here = _titled(page_tables(frame, tables[-1] if tables else None), said)
            here = _carried(here, tables, last, said)
            if not tables:
                top = min((t.box.top for t in here), default=float("inf"))
                intro += [line for line in said if line.box.bottom <= top]
            tables += here
    blank = seen < 20 or (not tables and 2 * pictures >= count)
    text = "\n".join(line.text for _, said in every for line in said)
    parted = tuple(part for table in tables for part in by_code(table))
    return Found(parted, tuple(intro), tuple(every), text, count, blank and pictures > 0, pictures, hidden, unread)


def _sheets(document: Any) -> Iterator[ink.Sheet]:
    """The pages; of a long document the first, those whose text looks like a code table, and the page after each."""
    count = len(document)
    wanted = True
    for index in range(count):
        with ink.leaf(document, index) as leaf:
            like = count > LONG and _like_a_table(leaf.plain())
            sheet = leaf.sheet() if wanted or like else None
        wanted = count <= LONG or like
        if sheet:
            yield sheet


def _like_a_table(text: str) -> bool:
    """True when two lines hold a code and one of them a figure."""
    rows = list(_lines_with_codes(text))
    return len(rows) >= 2 and _has_figure("\n".join(rows))


def _lines_with_codes(text: str) -> Iterator[str]:
    """The lines that hold a code; a code's four digits are found sooner than a code."""
    end = -1
    for digits in _DIGITS.finditer(text):
        at, past = digits.span()
        if at > end and _CODE.search(text, max(0, at - 2), past + 2):
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", past)
            end = end if end >= 0 else len(text)
            yield text[start:end]


def _has_figure(text: str) -> bool:
    low = text.lower()
    return "$" in low or "packaged" in low or bool(_CENTS.search(low) or _NONE.search(low))


def page_tables(frame: Page, before: Table | None) -> list[Table]:
    """The tables of one frame, from the top; `before` is the table that may go on here."""
    ruled = ruled_tables(frame, before)
    ruled, open_ones = aligned_tables(frame, ruled, before)
    return sorted([*ruled, *open_ones], key=lambda t: (round(t.box.top / 20), t.box.x0))


def _left_over(page_before: tuple[int, tuple[Line, ...]], tables: Sequence[Table]) -> tuple[Line, ...]:
    """The last lines under the tables of the page before: a title may be parted from its table by the page's end."""
    number, said = page_before
    bottom = max((t.box.bottom for t in tables if t.page.number == number), default=float("inf"))
    return tuple(line for line in said if line.box.top > bottom and not is_sentence(line))[-LEFT:]


def _carried(
    tables: Sequence[Table], before: Sequence[Table], page_before: tuple[int, tuple[Line, ...]], said: Sequence[Line]
) -> list[Table]:
    """Tables with what goes on from the page before under the same headings: its title, last group line, last code.

    A first table of other headings without a line over it has the lines that were left over there; so has one of the
    same headings, where those lines make other measures of them and look like a title.
    """
    result = list(tables)
    last = before[-1] if before else None
    if not result or last is None or not 0 <= result[0].page.number - last.page.number <= 1:
        return result
    first = result[0]
    left = _left_over(page_before, before)
    if leaves([c.path for c in first.columns], first.code) == leaves([c.path for c in last.columns], last.code):
        key = closing_key(last, page_before[1] if last.page.number == page_before[0] else ())
        code = next((row.code.text for row in reversed(last.rows) if row.code.text), "")
        bare = len(list(takewhile(lambda row: not row.code.text, first.rows)))
        rows = tuple(
            replace(row, key=row.key or key, code=replace(row.code, text=code) if n < bare else row.code)
            for n, row in enumerate(first.rows)
        )
        result[0] = replace(first, title=last.title + first.title, rows=rows)
        texts = {line.text for line in said}
        own = [line for line in left if line.text not in texts]  # a line at the foot of every page is no title
        if own and not first.title and _makes_other_measures(last, [line.text for line in own]):
            result[0] = _retitled(result[0], own, last)
    elif not first.title:
        result[0] = replace(first, title=tuple(line.text for line in left))
    return result


def _makes_other_measures(table: Table, title: Sequence[str]) -> bool:
    """True where some lines of title give columns of a table measures other than those of its own title."""
    pairs = ((meanings(c.path, title), meanings(c.path, table.title)) for c in table.columns)
    return any({m.measure for m in new} - {m.measure for m in old} - {""} for new, old in pairs)


def _retitled(table: Table, own: Sequence[Line], last: Table) -> Table:
    """The table under the lines left over on the page before; in doubt where they are no larger than its words."""
    if own[-1].size > LARGER * _size(last):
        return replace(table, title=tuple(line.text for line in own))
    return replace(table, doubt=table.doubt or OTHER_TITLE)


def _size(table: Table) -> float:
    """The usual size of the words of a table."""
    sizes = sorted(word.size for word in table.page.words if _is_within(word.box, table.box))
    return sizes[len(sizes) // 2] if sizes else 0.0


def _is_within(box: Box, area: Box) -> bool:
    return area.x0 <= box.middle <= area.x1 and area.top <= box.centre <= area.bottom


def _titled(tables: Sequence[Table], said: Sequence[Line]) -> list[Table]:
    result = []
    for table in tables:
        beside = [t.box.x1 for t in tables if t.box.x1 <= table.box.x0 and t.box.top < table.box.bottom]
        box = table.box._replace(x0=max(beside, default=0.0))  # a title may begin left of the codes
        above = max(
            (t.box.bottom for t in tables if t.box.bottom <= box.top and t.box.x0 < box.x1 and box.x0 < t.box.x1),
            default=0.0,
        )
        near = [part for line in said if (part := _without_beside(line, box, tables))]
        title = _in_one(title_lines(replace(table, box=box), near, above))
        result.append(replace(table, title=title + table.title))
    return result


def _in_one(said: Sequence[Line]) -> tuple[str, ...]:
    """The texts of lines over a table; one that goes on in small letters, set as the line before, is one text with it.

    So running text in a narrow column is as long as a sentence is, and gives a table no year.
    """
    texts: list[str] = []
    last: Line | None = None
    for line in said:
        close = last is not None and abs(line.size - last.size) < 0.3 and line.base - last.base < 1.6 * line.size
        if close and line.text[:1].islower():
            texts[-1] = f"{texts[-1]} {line.text}"
        else:
            texts.append(line.text)
        last = line
    return tuple(texts)


def _sides(tables: Sequence[Table]) -> list[float]:
    """The left sides of tables beside each other, those one under the other once; infinite beyond the last."""
    found: list[float] = []
    for x in sorted(t.box.x0 for t in tables):
        if not found or x - found[-1] > FLUSH:
            found.append(x)
    return [*found, float("inf")]


def _without_beside(line: Line, box: Box, tables: Sequence[Table]) -> Line | None:
    """A line without the words in a table beside the box, or over it next to words over the box: another column's.

    A line over both tables that is larger than their words, or stands over the other alone, may be the page's title;
    not so one of which each piece begins with a table of its own.
    """
    beside = [t.box for t in tables if t.box.x0 >= box.x1 or t.box.x1 <= box.x0]
    if not beside or (box.x0 <= line.box.x0 and line.box.x1 <= box.x1):
        return line
    parts = [(piece, piece[0].box.x0, piece[-1].box.x1) for piece in pieces(line.words, 0.9)]
    sides = _sides(tables)
    if len(parts) > 1 and all(abs(x0 - side) < FLUSH for (_, x0, _), side in zip(parts, sides, strict=False)):
        own = max(side for side in sides if side < box.x1)
        return next((Line(line.base, piece) for piece, x0, _ in parts if abs(x0 - own) < FLUSH), None)
    large = line.size > LARGER * max(_size(t) for t in tables)
    both = not large and any(x0 < box.x1 and box.x0 < x1 for _, x0, x1 in parts)
    words = tuple(
        word
        for piece, x0, x1 in parts
        if (x0 < box.x1 and box.x0 < x1)
        or not any(x0 < b.x1 and b.x0 < x1 and (both or line.base > b.top) for b in beside)
        for word in piece
    )
    return Line(line.base, words) if words else None
