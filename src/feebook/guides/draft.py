"""A recipe drafted from a guide that was read without one, for a person to check against a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from feebook.guides.cells import Cell
from feebook.guides.context import Context
from feebook.guides.dates import Period
from feebook.guides.headings import Meaning, path_text
from feebook.guides.measured import columns_of
from feebook.guides.proof import UNSITED
from feebook.guides.read import Reading, read, tables, text_lines
from feebook.guides.tables import Table, leaves


def drafted(path: Path, publisher: str, name: str) -> str:
    """The TOML of a recipe for a guide PDF. Raises Refused."""
    return draft(read(path), tables(path), text_lines(path), publisher, name)


def draft(reading: Reading, tables: Sequence[Table], lines: Sequence[str], publisher: str, name: str) -> str:
    """The TOML of a recipe: the edition with its counts, and a layout with every heading path of every table.

    `lines` are all lines of the guide, by which an anchor that stands only once is found.
    """
    year = _year(reading)
    cells = [cell for cell in reading.cells if not cell.flag]
    starts = Counter(cell.effective_from for cell in reading.cells if cell.effective_from)
    ends = Counter(cell.effective_through for cell in reading.cells if cell.effective_through)
    start = starts.most_common(1)[0][0] if starts else f"{year}-01-01"
    said = [
        "# Drafted by `feebook add`: check every line against the picture, then delete the line `draft = true`.",
        "draft = true",
        f"publisher = {_text(publisher)}",
        f"id = {_text(name)}",
        f"title = {_text(name)}",
        'kind = "guide"',
        "",
        "[[edition]]",
        f"year = {year}",
        f"document = {_text(name if name.endswith(year) else f'{name}-{year}')}",
        'form = "original"',
        f"sha256 = {_text(reading.sha256)}",
        f"pages = {reading.pages}",
        f"effective_from = {start}",
    ]
    if ends:
        said.append(f"effective_through = {ends.most_common(1)[0][0]}")
    if reading.factors:
        said.append(f'conversion_factor = "{reading.factors[0]}"')
    held = [cell for cell in reading.cells if _is_held(cell, year, start, tables)]
    said += ['layout = "first"', f"codes = {len({c.code for c in held})}", f"cells = {len(held)}"]
    if len(cells) < len(reading.cells):
        said.append(f"# {len(reading.cells) - len(cells)} cells were flagged; `feebook look --png` shows them in red")
    for n, table in _first(tables):
        said += ["", *_layout(n, table, reading, lines, (year, start))]
    return "\n".join(said) + "\n"


def _is_held(cell: Cell, year: str, start: str, tables: Sequence[Table]) -> bool:
    """True for a cell that an edition of one year and one first day holds; APCs of group lines it does not."""
    table = tables[int(cell.table) - 1]
    columns = columns_of(table, Context("", "", table.title, Period(year)))
    named = {m.measure for said in columns for m in said}
    if cell.measure == "apc" and "apc" not in named:
        return False
    if cell.measure in {m.measure for said in columns if len({m.period.year for m in said}) > 1 for m in said}:
        return False  # a column of two years is no column of an edition
    return not _is_other(Meaning(cell.measure, Period(cell.year, cell.effective_from), cell.variant), (year, start))


def _year(reading: Reading) -> str:
    """The last year that half as many cells are of as of any: the year before is printed to compare with."""
    years = Counter(cell.year for cell in reading.cells if cell.year)
    most = max(years.values(), default=0)
    return max((year for year, cells in years.items() if 2 * cells >= most), default=reading.year or "1900")


def _first(tables: Sequence[Table]) -> Iterator[tuple[int, Table]]:
    """The tables with their numbers, without those that only go on with the one before."""
    before: list[str] = []
    for n, table in enumerate(tables, 1):
        own = leaves([c.path for c in table.columns], table.code)
        if not (table.continued or own == before):
            yield n, table
        before = own


def _layout(n: int, table: Table, reading: Reading, lines: Sequence[str], held: tuple[str, str]) -> Iterator[str]:
    sited = {cell.measure for cell in reading.cells if cell.table == str(n)}
    yield f"[layout.first.table{n}]"
    anchor = _anchor(table, lines)
    if not anchor:
        yield "# no line over the table stands only once in the guide: name one"
    yield f"heading = {_text(anchor)}"
    yield f"code = {_text(path_text(table.columns[table.code].path))}"
    columns: list[str] = []
    merged: list[str] = []
    ignore: list[str] = []
    other: list[str] = []
    measured = columns_of(table, Context("", str(n), table.title, Period(held[0])))
    for j, column in enumerate(table.columns):
        path = path_text(column.path)
        named = [m.measure for m in measured[j]]
        if j == table.code:
            continue
        if any(_is_other(m, held) for m in measured[j]):
            other.append(path)
        elif not named:
            ignore.append(path)
        elif len(named) == 1:
            columns.append(f"{_text(path)} = {_text(_sited(named[0], sited))}")
        else:
            merged.append(f"{_text(path)} = [{', '.join(map(_text, named))}]")
    if other:
        yield f"# of other years, days or rules than the edition: {', '.join(dict.fromkeys(other))}"
    if ignore or other:
        yield f"ignore = [{', '.join(map(_text, dict.fromkeys([*ignore, *other])))}]"
    for name, entries in (("columns", columns), ("merged", merged)):
        if entries or name == "columns":
            yield ""
            yield f"[layout.first.table{n}.{name}]"
            yield from entries


def _is_other(meaning: Meaning, held: tuple[str, str]) -> bool:
    """True for a column that the edition, of one year and one first day, does not hold."""
    year, start = held
    when = meaning.period
    return bool(
        when.year not in ("", year)
        or (when.start and when.start != start)
        or meaning.variant in ("nonqp", "proposed")
        or meaning.measure == "change_percent"
    )


def _anchor(table: Table, lines: Sequence[str]) -> str:
    """The nearest line over a table, or the first of its upper headings, that stands once in the guide."""
    headings = [column.path[0] for column in table.columns if column.path]
    wanted = [" ".join(text.split()) for text in (*reversed(table.title), *headings)]
    return next((text for text in wanted if text and sum(text in line for line in lines) == 1), "")


def _sited(measure: str, known: set[str]) -> str:
    """A measure without a site as the arithmetic named it."""
    kind = {unsited: name for unsited, name, _ in UNSITED}.get(measure, "")
    return next((m for m in (f"facility_{kind}", f"nonfacility_{kind}") if kind and m in known), measure)


def _text(text: str) -> str:
    """A TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
