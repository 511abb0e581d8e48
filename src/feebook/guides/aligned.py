"""Code tables without rules: columns from the gutters between words, rows from the lines that codes stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from feebook.guides.abreast import doubted
from feebook.guides.across import across_tables, codes_across
from feebook.guides.anchors import Anchor, anchors, columns_of_codes, runs
from feebook.guides.box import Box
from feebook.guides.cards import card_tables
from feebook.guides.codecells import printed_codes
from feebook.guides.columns import extent_of, is_wording, money, wording_ends
from feebook.guides.components import are_parts
from feebook.guides.extents import Extent, names_group
from feebook.guides.gutters import APART, gathered
from feebook.guides.headings import is_modifier_heading
from feebook.guides.headlines import heading_lines, is_sentence
from feebook.guides.heads import Headed, heading_paths
from feebook.guides.labels import is_value
from feebook.guides.laid import cut, ends_as, heads_of, laid, same_heads
from feebook.guides.leaders import without_leaders
from feebook.guides.lines import Line, hull, lines, pieces, text_of
from feebook.guides.page import Page, Word
from feebook.guides.parts import beside_codes, beside_lists, in_column, is_list, opening_parts, part_lines
from feebook.guides.ranges import bounded, ranges
from feebook.guides.rows import rows
from feebook.guides.settinglines import UNPARTED, setting_table, settings_of
from feebook.guides.tables import KEY, Column, Row, Table, leaves
from feebook.guides.wordedcodes import worded_anchors

ASTRAY: Final = "a heading stands beside the table: the others may not stand over their columns"


OTHERS: Final = "some of these columns have headings of their own, and these are not those of the table before"


SAME: Final = 6.0
"""Points that the columns of a table that goes on may stand off those before."""

OTHERWISE: Final = "these codes have no headings, and their figures stand otherwise than those of the table before"


def aligned_tables(page: Page, ruled: Sequence[Table], before: Table | None) -> tuple[list[Table], list[Table]]:
    """The ruled tables that hold, and the tables found by gutters where rules do not part every cell."""
    plain = tuple(without_leaders(page.words))
    every = [gathered(line) for line in lines(plain)]
    found = anchors(every)
    found += worded_anchors(every, found)
    kept: list[Table] = []
    groups = [run for column in columns_of_codes(found) for run in runs(column, every)]
    refused: set[int] = set()
    for group in groups:
        owners = {_owner(anchor, ruled) for anchor in group}
        refused |= owners - {-1} if not _holds(owners, ruled) else set()
    kept = [_headed(table, every, before, page) for n, table in enumerate(ruled) if n not in refused]
    left = [[a for a in group if _owner(a, kept) < 0] for group in groups]
    left = [group for group in left if group and not _are_across(group, every)]
    result: list[Table] = []
    for group, box in bounded(ranges(left, every, page)):
        last = result[-1] if result else (kept[-1] if kept else before)
        settings = settings_of(group, box, every)
        table = setting_table(page, group, settings, box, every, last) if settings else None
        if table is None:
            table = _table(page, group, box, every, last)
            table = replace(table, doubt=table.doubt or UNPARTED) if table and settings else table
        if table:
            result.append(table)
    result = doubted(result)
    result += across_tables(page, every, [*kept, *result])
    with_leaders = every if plain == page.words else [gathered(line) for line in lines(page.words)]
    result += card_tables(page, with_leaders, [*kept, *result])
    result += opening_parts(page, every, before, [*kept, *result])
    return kept, result


def _are_across(group: Sequence[Anchor], every: Sequence[Line]) -> bool:
    """True for one code alone in its column, on a line of codes side by side: they head columns."""
    return len(group) == 1 and len(codes_across(every[group[0].line])) > 1


def _owner(anchor: Anchor, tables: Sequence[Table]) -> int:
    for n, table in enumerate(tables):
        b = table.box
        if b.x0 <= anchor.box.middle <= b.x1 and b.top <= anchor.box.centre <= b.bottom:
            return n
    return -1


def _holds(owners: set[int], ruled: Sequence[Table]) -> bool:
    """True when ruled tables own every code of a column, and each is more than a shaded line of one."""
    if -1 in owners:
        return False
    return all(len(ruled[n].rows) > 1 or any(c.path for c in ruled[n].columns) for n in owners)


def _headed(table: Table, every: Sequence[Line], before: Table | None, page: Page) -> Table:
    """A ruled table with headings: its own, else those over its codes, else those of the table it continues."""
    if table.across or sum(bool(c.path) for c in table.columns) * 2 > len(table.columns):
        return table
    first = min(row.top for row in table.rows)
    extents = [extent_of(table, j) for j in range(len(table.columns))]
    found = heading_lines(
        every, Box(table.box.x0, first, table.box.x1, table.box.bottom), page, _size(every, table.box)
    )
    value = _first_value(table.columns, table.rows, table.code)
    named = heading_paths(found, extents, page, value, first)
    if sum(bool(h.path) for h in named) * 2 > len(named):
        top = min((line.box.top for line in found), default=first)
        title = tuple(t for t in table.title if t not in {" ".join(text_of(li.words) for li in found)})
        box = table.box._replace(top=min(table.box.top, top))
        return replace(
            table,
            box=box,
            title=title if len(title) < len(table.title) else (),
            columns=_named(table.columns, named),
        )
    if (
        before
        and not before.across
        and len(before.columns) == len(table.columns)
        and abs(before.columns[-1].x1 - table.columns[-1].x1) < 40
    ):
        shift = table.columns[0].x0 - before.columns[0].x0
        same = all(abs(c.x0 - b.x0 - shift) < SAME for c, b in zip(table.columns, before.columns, strict=True))
        doubt = before.doubt or ("" if same else OTHERWISE)
        return replace(table, columns=_named(table.columns, _headed_as(before)), continued=True, doubt=doubt)
    return table


def _named(columns: Sequence[Column], heads: Sequence[Headed]) -> tuple[Column, ...]:
    pairs = zip(columns, heads, strict=True)
    return tuple(replace(c, path=h.path, rivals=h.rivals, doubt=h.doubt) for c, h in pairs)


def _headed_as(table: Table) -> list[Headed]:
    return [Headed(c.path, c.rivals, c.doubt) for c in table.columns]


def _size(every: Sequence[Line], box: Box) -> float:
    sizes = [line.size for line in every if box.top <= line.box.centre <= box.bottom]
    return median(sizes) if sizes else 9.0


def _first_value(columns: Sequence[Column], rows: Sequence[Row], code: int) -> int:
    """The first column that holds figures or short words rather than codes or wording."""
    for j in range(len(columns)):
        texts = [c.text for row in rows if (c := row.crossings[j]) is not None]
        if j != code and texts and not is_wording(texts) and j > code:
            return j
    return min(code + 1, len(columns) - 1)


def _table(page: Page, group: list[Anchor], box: Box, every: Sequence[Line], before: Table | None) -> Table | None:
    """The table that a column of codes heads, or nothing where no heading says what its columns are."""
    size = median(every[a.line].size for a in group)
    bodies = [cut(every[a.line], box) for a in group]
    coded = {anchor.base for anchor in group}
    group, bodies = _without_prose(group, bodies)
    prose = coded - {anchor.base for anchor in group}
    if not group:
        return None
    beside = beside_lists(group, bodies, every, box, size) or beside_codes(group, bodies, every, box, page)
    if not any(_says_something(words) for words in (*bodies, *beside)):
        return None
    parts = part_lines(group, every, box, size)
    filled = [*bodies, *parts, *beside]
    columns, code, first, area, named, headed, astray = laid(
        page, group, filled, every, box, before.heads if before else ()
    )
    lefts, rights = area.x0, area.x1
    heads = heads_of(named)
    unheaded = sum(bool(h.path) for h in headed[code + 1 :]) * 2 < len(headed) - code - 1 or not any(
        h.path for h in headed
    )
    repeated = before is not None and (
        (same_heads(before.heads, heads) and _knows_more(before, group, headed))
        or (ends_as(before.heads, heads) and _opens_page(page, before, every, named[0]))
    )
    again = _carried(before, group, page) if before and (repeated or unheaded) else None
    doubt = ASTRAY if astray else ""
    if before and again:
        others = any(names_group(text) for h in headed[first:] for text in h.path) and not repeated
        columns, code = again, before.code
        headed, first = _headed_as(before), wording_ends(filled, columns, code)
        doubt = before.doubt or (OTHERS if others else "")
        doubt = doubt if repeated or doubt else _misfit(before, page, group, bodies, columns, every)
    elif unheaded or len(columns) < 2:  # a column of codes alone says nothing of them, whatever stands over it
        return None
    continued = again is not None and not repeated
    paths = [h.path for h in headed]
    among = [cut(li, box) for li in every if group[0].base - 1 < li.base < group[-1].base + 1]
    modifiers = [
        j
        for j, path in enumerate(paths)
        if is_modifier_heading(path) or (j != code and are_parts(_texts_in(columns[j], among)))
    ]
    if any(in_column(words, columns[code]) for words in parts):
        modifiers.append(code)
    upper = max((li.base for li in named), default=0.0) + 1 if not continued else 0.0
    if continued and before and before.page.number == page.number:
        upper = before.box.bottom
    within = [li for li in every if upper < li.base < box.bottom and li.base not in prose]
    own = [Line(li.base, tuple(words)) for li in within if (words := cut(li, box))]
    goes_on = before if continued or (modifiers and before and _same_headings(before, paths, code, page)) else None
    found = rows(page, group, columns, code, first, modifiers, own, size, goes_on)
    if group[0].worded:
        found = [row for row in found if row.top in {anchor.base for anchor in group}]
    if not found:
        return None
    top = min((li.box.top for li in named), default=area.top) if not continued else area.top
    made = _named([Column((), c.left, c.right) for c in columns], headed)
    whole = Box(lefts, top, rights, max(area.bottom, max(row.code.box.bottom for row in found)))
    return Table(page, whole, (), code, made, tuple(found), False, group[0].kind, continued, heads, doubt)


def _texts_in(column: Extent, lines: Sequence[Sequence[Word]]) -> list[str]:
    """What lines print in a column, from the top; lines without words there left out."""
    cells = ([w for w in words if column.left <= w.box.middle < column.right] for words in lines)
    return [text_of(words) for words in cells if words]


def _without_prose(group: Sequence[Anchor], bodies: Sequence[list[Word]]) -> tuple[list[Anchor], list[list[Word]]]:
    """Code lines that are running text taken out, when the others are not."""
    keep = [len(pieces(words, 0.9)) > 1 or len(words) <= 6 or is_list(words) for words in bodies]
    return [a for a, k in zip(group, keep, strict=True) if k], [b for b, k in zip(bodies, keep, strict=True) if k]


def _says_something(words: Sequence[Word]) -> bool:
    """True for a code line that holds more than codes and wording: a figure, or words that stand for one."""
    rest = [printed_codes(text)[1] for piece in pieces(words, APART) if (text := text_of(piece))]
    return any(is_value(text) or any(c.isdigit() for c in text) for text in rest)


def _carried(before: Table, group: Sequence[Anchor], page: Page) -> list[Extent] | None:
    """The columns of the table that goes on here, shifted to where its codes now stand."""
    if before.across or not 0 <= page.number - before.page.number <= 1 or before.kind != group[0].kind:
        return None
    if page.number == before.page.number and group[0].base < before.box.bottom:
        return None
    old = [row.code.box.x1 for row in before.rows if row.code.text]
    shift = max(a.box.x1 for a in group) - max(old, default=0.0)
    shift = 0.0 if abs(shift) < 12 else shift
    if abs(shift) > 60:
        return None
    extents_ = [extent_of(before, j) for j in range(len(before.columns))]
    return [Extent(e.left + shift, e.right + shift, e.x0 + shift, e.x1 + shift) for e in extents_]


def _misfit(
    before: Table,
    page: Page,
    group: Sequence[Anchor],
    bodies: Sequence[Sequence[Word]],
    columns: Sequence[Extent],
    every: Sequence[Line],
) -> str:
    """Why codes without headings may not go on with the columns of the table before; empty where they do."""
    top = before.box.bottom + 1 if before.page.number == page.number else 0.0
    between = [li for li in every if top < li.base < group[0].base - 1 and not KEY.fullmatch(li.text)]
    if any(is_sentence(li) for li in between) or (top and any(len(li.words) > 5 for li in between)):
        return "text stands between these codes and the headings of the table before"
    for j, column in enumerate(columns):
        own = [w for words in bodies for w in words if column.left <= w.box.middle < column.right]
        old = [c.text for row in before.rows if (c := row.crossings[j]) is not None]
        if j == before.code or not own or not old:
            continue
        box = hull(w.box for w in own)
        if min(abs(box.x0 - column.x0), abs(box.x1 - column.x1), abs(box.middle - (column.x0 + column.x1) / 2)) > 6:
            return OTHERWISE
        if {money(old), money([w.text for w in own])} == {True, False}:
            return "these codes have no headings, and their figures are of another kind than those of the table before"
    return ""


def _opens_page(page: Page, before: Table, every: Sequence[Line], named: Line) -> bool:
    """True for headings on the page after another table's, under no line that says whose their columns are."""
    over = [line.text for line in every if line.base < named.base]
    return page.number == before.page.number + 1 and not any(names_group(text) for text in over)


def _knows_more(before: Table | None, group: Sequence[Anchor], headed: Sequence[Headed]) -> bool:
    """True when the columns of a table tell more than those of the one that repeats its headings: rows, or headings."""
    if before is None:
        return False
    return len(before.rows) > len(group) or sum(not c.path for c in before.columns) < sum(not h.path for h in headed)


def _same_headings(before: Table, paths: Sequence[tuple[str, ...]], code: int, page: Page) -> bool:
    """True when the last table of the page before has the same headings."""
    same = leaves([c.path for c in before.columns], before.code) == leaves(paths, code)
    return page.number - before.page.number == 1 and same
