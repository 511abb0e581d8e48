"""Tables with codes across the top: each code heads a column, each row says what its figures measure.

They are read only where every figure stands under one code, and each code's figures are made a row of the usual kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from feebook.guides import lexicon
from feebook.guides.box import Box
from feebook.guides.codecells import printed_codes
from feebook.guides.headlines import is_sentence
from feebook.guides.labels import bare_code, is_group
from feebook.guides.lines import Line, hull, pieces, text_of
from feebook.guides.page import Page, Word
from feebook.guides.tables import Column, Crossing, Row, Table

FAR: Final = 3.2
"""A line more than this many sizes under the one before is no longer of the table."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of figures: the words before them, the figures by code, and the lines of words alone around it."""

    base: float
    label: tuple[Word, ...]
    values: dict[int, tuple[Word, ...]]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line of a table says of its codes: the headings of its group, its own, and its cell for each code.

    `rivals` are other heading paths that it may have.
    """

    group: tuple[str, ...]
    label: tuple[str, ...]
    crossings: Sequence[Crossing | None]
    rivals: tuple[tuple[str, ...], ...] = ()


def across_tables(page: Page, every: Sequence[Line], taken: Sequence[Table]) -> Iterator[Table]:
    """The tables whose codes stand side by side on one line, outside the tables that were found."""
    for n, line in enumerate(every):
        codes = codes_across(line)
        if len(codes) < 2 or any(_inside(hull(w.box for w in codes[0]), table.box) for table in taken):
            continue
        found = list(_lines(every[n + 1 :], line, codes))
        table = _table(page, line, codes, found)
        if table is not None:
            yield table


def codes_across(line: Line) -> list[tuple[Word, ...]]:
    """The pieces of a line that are one code each, where at most one piece of words stands before them, none after."""
    parts = pieces(line.words, 0.7)
    if not parts or not bare_code(text_of(parts[-1])):
        return []
    codes = [part for part in parts if bare_code(text_of(part))]
    first = parts.index(codes[0])
    return codes if first <= 1 and len(codes) == len(parts) - first else []


def _inside(box: Box, area: Box) -> bool:
    return area.x0 <= box.middle <= area.x1 and area.top <= box.centre <= area.bottom


def _lines(every: Sequence[Line], head: Line, codes: Sequence[Sequence[Word]]) -> Iterator[_Line]:
    """The lines of figures under some codes, down to a wide space, a code line, or running text."""
    middles = [hull(w.box for w in code).middle for code in codes]
    sides = _sides(codes)
    alone: list[tuple[float, str]] = []
    last: _Line | None = None
    base = head.base
    for line in every:
        if line.base - base > FAR * head.size or codes_across(line) or printed_codes(line.text)[0] or is_sentence(line):
            break
        base = line.base
        rest = [w for w in line.words if w.box.middle >= sides[0]]
        label = tuple(w for w in line.words if w.box.middle < sides[0])
        if not rest:
            alone.append((line.base, text_of(label)))
            continue
        values, doubt = _values(rest, sides, middles)
        if last is not None:
            after = [text for at, text in alone if _goes_on(text, at - last.base, line.base - at)]
            yield replace(last, below=tuple(after))
            alone = alone[len(after) :]
        last = _Line(line.base, label, values, tuple(text for _, text in alone), (), doubt)
        alone = []
    if last is not None:
        yield replace(last, below=tuple(text for at, text in alone if at - last.base < 1.5 * head.size))


def _goes_on(text: str, to_above: float, to_below: float) -> bool:
    """True when words alone on their line go on from the line above rather than head the lines below."""
    return text[:1].islower() or text.startswith(("(", "/", "&")) or to_above < 0.9 * to_below


def _values(
    rest: Sequence[Word], sides: Sequence[float], middles: Sequence[float]
) -> tuple[dict[int, tuple[Word, ...]], str]:
    """The pieces of a line by the code they stand under, and in words what stands under none, or more than one."""
    values: dict[int, tuple[Word, ...]] = {}
    doubt = ""
    for piece in pieces(rest, 0.7):
        box = hull(w.box for w in piece)
        under = [n for n, (a, b) in enumerate(pairwise(sides)) if a <= box.x0 and box.x1 <= b]
        if len(under) == 1 and under[0] not in values and sum(box.x0 <= middle <= box.x1 for middle in middles) < 2:
            values[under[0]] = piece
        else:
            doubt = f"{text_of(piece)!r} does not stand under one code"
    return values, doubt


def _sides(codes: Sequence[Sequence[Word]]) -> list[float]:
    """The sides of the columns that codes stand over: half way between them, as wide at the ends."""
    boxes = [hull(w.box for w in code) for code in codes]
    between = [(a.x1 + b.x0) / 2 for a, b in pairwise(boxes)]
    half = min(b.middle - a.middle for a, b in pairwise(boxes)) / 2
    return [boxes[0].middle - half, *between, boxes[-1].middle + half]


def _table(page: Page, head: Line, codes: Sequence[Sequence[Word]], found: Sequence[_Line]) -> Table | None:
    """The table turned to the usual kind, where a line says what it measures."""
    entries: list[Entry] = []
    group: tuple[str, ...] = ()
    for line in found:
        group = tuple(line.above) or group
        label = (*((text_of(line.label),) if line.label else ()), *line.below)
        rivals = (label,) if group and label and not is_group(" ".join(group)) else ()
        entries.append(Entry(group, label, [_crossing(line, n) for n in range(len(codes))], rivals))
    words = [w for line in found for part in (line.label, *line.values.values()) for w in part]
    named = [Crossing(bare_code(text_of(code)), hull(w.box for w in code)) for code in codes]
    return turned_table(page, hull(w.box for w in (*head.words, *words)), (), named, entries, False)


def turned_table(
    page: Page, box: Box, title: tuple[str, ...], codes: Sequence[Crossing], entries: Sequence[Entry], ruled: bool
) -> Table | None:
    """The table of some codes and of what stands under them, a row for each code; None where nothing is measured."""
    if not any(lexicon.tags(" ".join((*e.group, *e.label))) for e in entries):
        return None
    x0, _, x1, _ = hull(code.box for code in codes)
    columns = [Column(("Code",), x0, x1)]
    columns += [Column((*entry.group, *entry.label), x0, x1, entry.rivals) for entry in entries]
    rows = [Row(code, (code, *(e.crossings[n] for e in entries)), None, code.box.top) for n, code in enumerate(codes)]
    return Table(page, box, title, 0, tuple(columns), tuple(rows), ruled, across=True)


def _crossing(line: _Line, n: int) -> Crossing | None:
    words = line.values.get(n)
    return Crossing(text_of(words), hull(w.box for w in words), doubt=line.doubt) if words else None
