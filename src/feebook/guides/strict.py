"""A guide held to its recipe: every heading mapped or ignored, every cell an amount or a status, counts as due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from feebook import document
from feebook.errors import Wrong
from feebook.guides import find, ink, second
from feebook.guides.box import Box
from feebook.guides.cells import Cell, codes_of, modifier_columns, place, row_modifier, values
from feebook.guides.components import components
from feebook.guides.doubts import table_doubt
from feebook.guides.guards import guarded
from feebook.guides.habits import in_habit
from feebook.guides.headings import Meaning, path_text
from feebook.guides.lines import Line
from feebook.guides.printed import split_values
from feebook.guides.proof import flagged, proven
from feebook.guides.tables import Crossing, Row, Table
from feebook.recipe import Edition, Fix, Recipe, TableLayout


class LayoutError(Wrong):
    """A document that is not laid out as its recipe says; the message names document, table, what was due and found."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A cell with the boxes that it and its code were read in, for the second opinion."""

    cell: Cell
    crossing: Crossing
    code: Crossing
    table: Table


def read_edition(path: Path, recipe: Recipe, edition: Edition) -> list[Cell]:
    """The cells of one edition, flagged where the two engines differ or the arithmetic does. Raises LayoutError."""
    where = edition.document
    if edition.sha256 and document.sha256(path) != edition.sha256:
        raise LayoutError(f"{where}: {path.name} has another sha256 than the recipe says")
    try:
        with closing(ink.open_pdf(path)) as opened:
            found = find.found(opened)
    except ink.Unreadable:
        raise LayoutError(f"{where}: {path.name}, or a page of it, cannot be opened") from None
    fixes = Counter(dict.fromkeys(edition.fixes, 0))
    read: list[_Read] = []
    for layout in recipe.layout(edition):
        tables = _tables(where, found, layout, recipe.layout(edition))
        for table in tables:
            read += _cells(where, table, layout, edition, fixes)
    _counted(where, edition, [r.cell for r in read])
    unused = [fix for fix, times in fixes.items() if not times]
    if unused:
        names = "; ".join(f"{f.table} {f.code} {f.measure} {f.printed!r}" for f in unused)
        raise LayoutError(f"{where}: no cell prints what the fix is for: {names}")
    factors = tuple(Decimal(f) for f in [edition.conversion_factor] if f)
    return in_habit(guarded(proven(_agreed(path, read), factors)))


def _tables(where: str, found: find.Found, layout: TableLayout, layouts: Sequence[TableLayout]) -> list[Table]:
    """The table under a layout's anchor words, and the tables after it that go on with the same headings."""
    line, page = _anchor(where, found, layout.heading)
    below = [
        t
        for t in found.tables
        if t.page.number == page
        and t.box.bottom > line.box.bottom
        and t.box.x0 < line.box.x1 + 40
        and t.box.x1 > line.box.x0
        and min(row.top for row in t.rows) > line.base
    ]
    if not below:
        raise LayoutError(f"{where}: no table under {layout.heading!r} on page {page}")
    first = min(below, key=lambda t: t.box.top)
    result = [first]
    others = [_anchor(where, found, other.heading) for other in layouts if other is not layout]
    for table in found.tables[found.tables.index(first) + 1 :]:
        more = going_on(table, first, layout)
        if more is None or any(_between(line, page, other, number, table) for other, number in others):
            break
        result.append(more)
    return result


def going_on(table: Table, first: Table, layout: TableLayout) -> Table | None:
    """A table under the heading paths of the first, or None where it has others.

    The column of codes and those that are read past may lack words over their own heading: a heading over several
    columns is placed anew on each page. What is read may not.
    """
    if len(table.columns) != len(first.columns) or table.code != first.code:
        return None
    free = {first.code, *(j for j, column in enumerate(first.columns) if path_text(column.path) in layout.ignore)}
    for j, (own, due) in enumerate(zip(table.columns, first.columns, strict=True)):
        if own.path != due.path and (j not in free or own.path[-1:] != due.path[-1:]):
            return None
    columns = [replace(own, path=due.path) for own, due in zip(table.columns, first.columns, strict=True)]
    return replace(table, columns=tuple(columns))


def _between(line: Line, page: int, other: Line, number: int, table: Table) -> bool:
    """True when another anchor stands after ours and before a table."""
    return (page, line.base) < (number, other.base) and (number, other.box.top) < (table.page.number, table.box.bottom)


def _anchor(where: str, found: find.Found, heading: str) -> tuple[Line, int]:
    wanted = " ".join(heading.split())
    if not wanted:
        raise LayoutError(f"{where}: a table without a heading: a line that stands once in the guide is due above it")
    hits = [(line, number) for number, lines in found.lines for line in lines if wanted in " ".join(line.text.split())]
    if len(hits) != 1:
        raise LayoutError(f"{where}: {heading!r} is due once above a table, found {len(hits)} times")
    return hits[0]


def _mapped(where: str, table: Table, layout: TableLayout) -> list[tuple[Meaning, ...]]:
    """The measures of each column by its heading path; unknown and missing paths are named together."""
    paths = [path_text(column.path) for column in table.columns]
    known = {layout.code, *layout.columns, *layout.merged, *layout.ignore}
    unknown = sorted(set(paths) - known)
    missing = sorted(known - set(paths) - set(layout.optional))
    twice = sorted(path for path, times in Counter(paths).items() if times > 1 and path not in layout.ignore)
    if unknown or missing or twice or paths[table.code] != layout.code:
        said = [
            f"{name} {', '.join(map(repr, some))}"
            for name, some in (("unknown", unknown), ("missing", missing), ("twice", twice))
            if some
        ]
        if paths[table.code] != layout.code:
            said.append(f"codes are due under {layout.code!r}, found under {paths[table.code]!r}")
        raise LayoutError(f"{where}: page {table.page.number}: table {layout.name}: heading paths: {'; '.join(said)}")
    named = [
        tuple(layout.merged.get(path, ())) or tuple(filter(None, [layout.columns.get(path, "")])) for path in paths
    ]
    return [tuple(Meaning(measure) for measure in names) for names in named]


def _cells(where: str, table: Table, layout: TableLayout, edition: Edition, fixes: Counter[Fix]) -> Iterator[_Read]:
    measures = _mapped(where, table, layout)
    paths = [column.path for column in table.columns]
    parts = [part for part, _ in components(paths)]
    modifiers = modifier_columns(table)
    doubt = table_doubt(table, measures)
    for row in table.rows:
        extra, unknown = row_modifier(row, modifiers, table.code)
        for j, crossing in enumerate(row.crossings):
            if not measures[j] or crossing is None:
                continue
            texts = split_values(crossing.text, len(measures[j]))
            for meaning, text in zip(measures[j], texts, strict=True):
                for read in _crossed(
                    where, table, layout, edition, row, crossing, meaning.measure, text, measures, fixes
                ):
                    part = read.cell.modifier or parts[j] or extra
                    cell = replace(read.cell, modifier=part)
                    amiss = table.page.why_in_doubt(crossing.box) + table.page.why_in_doubt(row.code.box)
                    reason = unknown or doubt or "; ".join(amiss)
                    yield replace(read, cell=flagged(cell, reason) if reason else cell)


def _crossed(
    where: str,
    table: Table,
    layout: TableLayout,
    edition: Edition,
    row: Row,
    crossing: Crossing,
    measure: str,
    text: str,
    measures: Sequence[tuple[Meaning, ...]],
    fixes: Counter[Fix],
) -> Iterator[_Read]:
    codes, _ = codes_of(row.code.text, table.kind)
    for code in codes:
        fix = next(
            (f for f in fixes if (f.table, f.code, f.measure, f.printed) == (layout.name, code.code, measure, text)),
            None,
        )
        if fix:
            fixes[fix] += 1
        for name, said in values(fix.read if fix else text, measure, row, crossing, measures):
            doubt = said.doubt or crossing.doubt or code.doubt
            if doubt:
                at = place(table.page, crossing.box)
                raise LayoutError(f"{where}: {at}: table {layout.name}: {code.code} {name}: printed {text!r}: {doubt}")
            cell = Cell(
                file=edition.document,
                page=str(table.page.number),
                table=layout.name,
                code=code.code,
                add_on="1" if code.add_on else "0",
                modifier=code.modifier,
                year=str(edition.year),
                effective_from=edition.effective_from.isoformat(),
                effective_through=edition.effective_through.isoformat() if edition.effective_through else "",
                measure=name,
                variant="",
                value=said.value,
                status=said.status,
                printed=crossing.text,
                place=place(table.page, crossing.box),
                flag="",
            )
            yield _Read(replace(cell, flag=fix.why) if fix else cell, crossing, row.code, table)


def _counted(where: str, edition: Edition, cells: Sequence[Cell]) -> None:
    """Raises LayoutError for counts other than due, and for a code that is printed twice with different values."""
    seen: dict[tuple[str, str, str], Cell] = {}
    for cell in cells:
        first = seen.setdefault((cell.code, cell.modifier, cell.measure), cell)
        if (first.value, first.status) != (cell.value, cell.status):
            raise LayoutError(
                f"{where}: {cell.code} {cell.measure} is {first.value or first.status} at {first.place} "
                f"and {cell.value or cell.status} at {cell.place}"
            )
    for name, due, got in (
        ("codes", edition.codes, len({c.code for c in cells})),
        ("cells", edition.cells, len(cells)),
    ):
        if due and due != got:
            raise LayoutError(f"{where}: {due} {name} are due, {got} were read")


def _agreed(path: Path, read: Sequence[_Read]) -> list[Cell]:
    """The cells, flagged where the second engine prints something else in their box, or in that of their code."""
    boxes = [_wanted(r.table, crossing) for r in read for crossing in (r.crossing, r.code)]
    theirs = second.texts(path, boxes)
    result = []
    for one, value, code in zip(read, theirs[::2], theirs[1::2], strict=True):
        cell = one.cell
        if not second.agree(one.crossing.text, value):
            cell = flagged(cell, f"a second engine reads {value!r}")
        if not _same_code(one, code):
            cell = flagged(cell, f"a second engine reads {code!r} for the code")
        result.append(cell)
    return result


def _wanted(table: Table, crossing: Crossing) -> second.Wanted:
    return second.Wanted(table.page.number, table.page.seen(crossing.box), table.page.turn)


def _same_code(read: _Read, theirs: str) -> bool:
    """True when both engines print the first code of a row alike; one that stands on the page before is not held to."""
    codes, _ = codes_of(read.code.text, read.table.kind)
    if not codes:
        return True
    code = codes[0].code
    is_here = any(code in word.text and _is_in(word.box, read.code.box) for word in read.table.page.words)
    return not is_here or second.same_code(read.code.text, theirs, code)


def _is_in(box: Box, outer: Box) -> bool:
    return outer.x0 <= box.middle <= outer.x1 and outer.top <= box.centre <= outer.bottom
