"""Cells from rules: every smallest box that rules and the edges of shades close, and the tables they make up.

The cell at a crossing is the one whose box covers it, so a cell merged over rows or columns is found by geometry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from feebook.guides import lexicon
from feebook.guides.across import Entry, turned_table
from feebook.guides.boxes import BAND, NEAR, Filled, bands_of, closed_boxes, edges, filled_boxes, touching
from feebook.guides.codecells import begins_with_code
from feebook.guides.components import part_of
from feebook.guides.headings import names_other_numbers
from feebook.guides.labels import bare_code, is_group
from feebook.guides.lines import hull, lines, pieces
from feebook.guides.page import Page, Word
from feebook.guides.printed import MODIFIER
from feebook.guides.rules import joined
from feebook.guides.stacked import FIGURE, crossing, rows_of, runs
from feebook.guides.tables import KEY, Column, Crossing, Row, Table

WIDE_GAP: Final = 1.6
"""A gap of this many sizes between words of one cell says that two columns stand in it."""


def ruled_tables(page: Page, before: Table | None = None) -> list[Table]:
    """Every code table whose rules part each of its cells; `before` is the table that may go on here without a code."""
    rules = joined([*page.rules, *(rule for shade in page.shades for rule in edges(shade))])
    found = []
    for group in touching(closed_boxes(rules)):
        found += _tables(page, filled_boxes(group, page.words), before)
    return found


def _axis(values: Iterable[float]) -> list[float]:
    """Positions that differ by less than NEAR as one."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > NEAR:
            result.append(value)
    return result


def _tables(page: Page, filled: list[Filled], before: Table | None) -> list[Table]:
    xs = _axis(x for f in filled for x in (f.box.x0, f.box.x1))
    ys = _axis(y for f in filled for y in (f.box.top, f.box.bottom))
    if len(xs) < 3 or len(ys) < 2:
        return []
    matrix = _crossings(filled, [(a + b) / 2 for a, b in pairwise(xs)], [(a + b) / 2 for a, b in pairwise(ys)])
    matrix = [row for i, row in enumerate(matrix) if i == 0 or row != matrix[i - 1]]
    keep = [j for j in range(len(xs) - 1) if j == 0 or any(row[j] is not row[j - 1] for row in matrix)]
    matrix = [[row[j] for j in keep] for row in matrix]
    sides = [(xs[a], xs[b]) for a, b in zip(keep, [*keep[1:], len(xs) - 1], strict=True)]
    code = _code_column(matrix)
    if code is None and before and _goes_on(matrix, sides, before):
        return [_table(page, matrix, before.code, filled, sides)]
    alone = code is None or len({id(row[code]) for row in matrix if _has_code(row[code])}) == 1
    if alone and (table := _across(page, matrix, filled)):
        return [table]
    if code is None or not _parted(matrix, code) or _are_heaped(matrix, code):
        table = None if alone else _across(page, matrix, filled)
        return [table] if table else []
    return [_table(page, matrix, code, filled, sides)]


_Matrix = list[list["Filled | None"]]


def _crossings(filled: list[Filled], xs: Sequence[float], ys: Sequence[float]) -> _Matrix:
    """The cell that covers each point, row by row."""
    cell_of = {f.box: f for f in reversed(filled)}
    bands = bands_of(f.box for f in filled)
    return [
        [next((cell for x0, x1, cell in level if x0 < x < x1), None) for x in xs]
        for y in ys
        for near in (bands.get(int(y // BAND), ()),)
        for level in ([(b.x0, b.x1, cell_of[b]) for b in near if b.top < y < b.bottom],)
    ]


def _has_code(cell: Filled | None) -> bool:
    return cell is not None and begins_with_code(cell.text) and any(not w.turned for w in cell.words)


def _code_column(matrix: _Matrix) -> int | None:
    """The leftmost column in which most cells below the headings begin with a code, numbers of other kinds last."""
    best: tuple[int, int] | None = None
    for j in range(len(matrix[0])):
        count = len({id(row[j]) for row in matrix if _has_code(row[j])})
        if count and _holds_other_numbers(matrix, j):
            count = 1
        if count and (best is None or count > best[0]):
            best = count, j
    return best[1] if best else None


def _holds_other_numbers(matrix: _Matrix, j: int) -> bool:
    """True when the heading of a column names numbers that only look like codes."""
    above = list(takewhile(lambda row: not _has_code(row[j]), matrix))
    named = [cell.text for row in above if (cell := row[j]) and cell.words and not _spans_all(row)]
    return any(names_other_numbers([text]) for text in named)


def _parted(matrix: _Matrix, code: int) -> bool:
    """True when no code row holds two columns in one cell, or a run of codes beside a run of values."""
    checked = wide = 0
    for row in matrix:
        if not _has_code(row[code]):
            continue
        for cell in {id(c): c for c in row if c}.values():
            gaps = len(cell.words) > 1 and any(len(_columns_in(line.words)) > 1 for line in lines(cell.words))
            checked, wide = checked + 1, wide + gaps
        if runs(row, code) or _holds_a_row(row[code], row):
            return False
    return checked >= 2 and wide <= checked // 8 and len({id(c) for c in matrix[-1]}) > 1


def _are_heaped(matrix: _Matrix, code: int) -> bool:
    """True when one box over several columns holds the headings of each, which no rule parts."""
    first = next(i for i, row in enumerate(matrix) if _has_code(row[code]))
    for j in range(len(matrix[0])):
        own = next((row[j] for row in reversed(matrix[:first]) if (cell := row[j]) and cell.words), None)
        if own is None or own in [row[code] for row in matrix[:first]]:
            continue
        under = {id(cell) for cell, over in zip(matrix[first], matrix[first - 1], strict=True) if over is own}
        if len(under) > 1 and len(_columns_in(lines(own.words)[-1].words)) > 1:
            return True
    return False


def _holds_a_row(cell: Filled | None, row: list[Filled | None]) -> bool:
    """True for a code's cell that reaches over every column and holds figures: a row that no rule parts."""
    return cell is not None and _spans_all(row) and any(FIGURE.search(w.text) for w in cell.words[1:])


def _columns_in(words: Sequence[Word]) -> list[tuple[Word, ...]]:
    plain = [w for w in words if w.text not in {"$", "+"}]
    return pieces(plain, WIDE_GAP)


def _across(page: Page, matrix: _Matrix, filled: list[Filled]) -> Table | None:
    """The table whose codes head columns side by side; None where another column holds cells, or a cell two lines."""
    at = max(range(len(matrix)), key=lambda i: sum(map(_is_code, matrix[i])))
    codes = [j for j, cell in enumerate(matrix[at]) if _is_code(cell)]
    first = codes[0] if codes else 0
    if len(codes) < 2 or first == 0 or codes != list(range(first, len(matrix[at]))):
        return None
    entries: list[Entry] = []
    group: tuple[str, ...] = ()
    for row in matrix[at + 1 :]:
        if _has_code(row[0]) or _has_code(row[first]):
            return None
        if _spans_all(row):
            group = tuple(filter(None, [row[0].text if row[0] else ""]))
            continue
        label = tuple(dict.fromkeys(c.text for c in row[:first] if c and c.words))
        own = [crossing(c) if c not in row[:first] else None for c in row[first:]]
        rivals = (label,) if group and label and not is_group(group[0]) else ()
        entries.append(Entry(group, label, own, rivals))
    title = tuple(filter(None, (row[0].text for row in matrix[:at] if _spans_all(row) and row[0])))
    heads = [head for j in codes if (head := crossing(matrix[at][j]))]
    named = [replace(head, text=bare_code(head.text)) for head in heads]
    return turned_table(page, hull(f.box for f in filled), title, named, entries, True)


def _is_code(cell: Filled | None) -> bool:
    return cell is not None and bool(bare_code(cell.text))


def _table(page: Page, matrix: _Matrix, code: int, filled: list[Filled], sides: Sequence[tuple[float, float]]) -> Table:
    first = next(i for i, row in enumerate(matrix) if _has_code(row[code]) or _is_part(row, code))
    named = [i for i in range(first) if matrix[i][code] and matrix[i][code].words]  # type: ignore[union-attr]
    last = max(named, default=-1) + 1
    last += len(list(takewhile(_is_heading, matrix[last:first]))) if last else 0
    head, title, key = _headings(matrix[:last], len(matrix[0]), code)
    columns = tuple(Column(path, *side) for path, side in zip(head, sides, strict=True))
    rows: list[Row] = []
    for cells_of in matrix[first:]:
        here = cells_of[code]
        if _spans_all(cells_of) or _key(_alone(cells_of, code)):
            key = _key(_alone(cells_of, code)) or key
        elif here is not None and _has_code(here):
            rows += rows_of(cells_of, code, key)
        elif here is not None and (_is_part(cells_of, code) or (rows and not here.words and _has_words(cells_of))):
            rows.append(Row(Crossing("", here.box), tuple(crossing(c) for c in cells_of), key, here.box.top))
    return Table(page, hull(f.box for f in filled), title, code, columns, tuple(rows), True)


def _has_words(row: list[Filled | None]) -> bool:
    return any(c and c.words for c in row)


def _is_part(row: list[Filled | None], code: int) -> bool:
    """True for a row of figures that names a modifier and no code: it is of the code before it."""
    here = row[code]
    bare = here is not None and (not here.words or bool(MODIFIER.fullmatch(here.text)))
    named = any(c and (MODIFIER.fullmatch(c.text) or part_of(c.text)) for c in row)
    return bare and named and any(c and FIGURE.search(c.text) for c in row)


def _goes_on(matrix: _Matrix, sides: Sequence[tuple[float, float]], before: Table) -> bool:
    """True for rows of modifiers without a code between the sides of the columns of the table before."""
    near = len(sides) == len(before.columns) and all(
        abs(c.x0 - x0) < 4 and abs(c.x1 - x1) < 4 for c, (x0, x1) in zip(before.columns, sides, strict=True)
    )
    return near and before.ruled and _is_part(matrix[-1], before.code)


def _is_heading(row: list[Filled | None]) -> bool:
    """True for a further line of headings, its box over the codes empty: several cells of words and years."""
    texts = {id(c): c.text for c in row if c and c.words}.values()
    return len(texts) > 1 and not any(FIGURE.search(text) or lexicon.status(text, "") for text in texts)


def _spans_all(row: list[Filled | None]) -> bool:
    return len({id(c) for c in row}) == 1


def _alone(row: list[Filled | None], code: int) -> Filled | None:
    """The one cell of a row that holds words, where it is the first or stands with the codes."""
    filled = {id(c): c for c in row if c and c.words}
    return next((c for c in (row[0], row[code]) if c and c.words), None) if len(filled) == 1 else None


def _key(cell: Filled | None) -> Crossing | None:
    """A group line that names an APC."""
    return crossing(cell) if cell and KEY.fullmatch(cell.text) else None


def _headings(head: _Matrix, width: int, code: int) -> tuple[list[tuple[str, ...]], tuple[str, ...], Crossing | None]:
    """Heading paths by column, the lines over the whole table before them, and a group line after them."""
    paths: list[list[Filled]] = [[] for _ in range(width)]
    title: list[str] = []
    key: Crossing | None = None
    for row in head:
        if any(paths) and _key(_alone(row, code)):
            key = _key(_alone(row, code))
            continue
        if _spans_all(row):
            text = row[0].text if row[0] else ""
            if not any(paths):
                title.append(text)
            continue
        for path, cell in zip(paths, row, strict=True):
            if cell and cell.words and cell not in path:
                path.append(cell)
    return [tuple(f.text for f in path) for path in paths], tuple(filter(None, title)), key
