"""A recipe drafted from a guide that was read without one, for a person to check against a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from feebook.guides.headings import meanings, path_text
from feebook.guides.read import Reading
from feebook.guides.tables import Table, leaves


def draft(reading: Reading, tables: Sequence[Table], publisher: str, name: str) -> str:
    """The TOML of a recipe: the edition with its counts, and a layout with every heading path of every table."""
    cells = [cell for cell in reading.cells if not cell.flag]
    starts = Counter(cell.effective_from for cell in reading.cells if cell.effective_from)
    ends = Counter(cell.effective_through for cell in reading.cells if cell.effective_through)
    start = starts.most_common(1)[0][0] if starts else f"{reading.year or '1900'}-01-01"
    lines = [
        "# Drafted by `feebook add`: check every line against the picture, then delete this one.",
        f"publisher = {_text(publisher)}",
        f"id = {_text(name)}",
        f"title = {_text(name)}",
        'kind = "guide"',
        "",
        "[[edition]]",
        f"year = {reading.year or start[:4]}",
        f"document = {_text(name + '-' + (reading.year or start[:4]))}",
        'form = "original"',
        f"sha256 = {_text(reading.sha256)}",
        f"pages = {reading.pages}",
        f"effective_from = {start}",
    ]
    if ends:
        lines.append(f"effective_through = {ends.most_common(1)[0][0]}")
    if reading.factors:
        lines.append(f'conversion_factor = "{reading.factors[0]}"')
    lines += ['layout = "first"', f"codes = {len({c.code for c in reading.cells})}", f"cells = {len(reading.cells)}"]
    if len(cells) < len(reading.cells):
        lines.append(f"# {len(reading.cells) - len(cells)} cells were flagged; `feebook look --png` shows them in red")
    for n, table in _first(tables):
        lines += ["", *_layout(n, table, reading)]
    return "\n".join(lines) + "\n"


def _first(tables: Sequence[Table]) -> Iterator[tuple[int, Table]]:
    """The tables with their numbers, without those that only go on with the one before."""
    before: list[str] = []
    for n, table in enumerate(tables, 1):
        own = leaves([c.path for c in table.columns], table.code)
        if not (table.continued or own == before):
            yield n, table
        before = own


def _layout(n: int, table: Table, reading: Reading) -> Iterator[str]:
    sited = {cell.measure for cell in reading.cells if cell.table == str(n)}
    yield f"[layout.first.table{n}]"
    yield f"heading = {_text(table.title[-1] if table.title else '')}"
    yield f"code = {_text(path_text(table.columns[table.code].path))}"
    columns: list[str] = []
    merged: list[str] = []
    ignore: list[str] = []
    for j, column in enumerate(table.columns):
        path = path_text(column.path)
        named = [m.measure for m in meanings(column.path, table.title) if m.measure]
        if j == table.code:
            continue
        if not named:
            ignore.append(path)
        elif len(named) == 1:
            columns.append(f"{_text(path)} = {_text(_sited(named[0], sited))}")
        else:
            merged.append(f"{_text(path)} = [{', '.join(map(_text, named))}]")
    if ignore:
        yield f"ignore = [{', '.join(map(_text, dict.fromkeys(ignore)))}]"
    for name, entries in (("columns", columns), ("merged", merged)):
        if entries or name == "columns":
            yield ""
            yield f"[layout.first.table{n}.{name}]"
            yield from entries


def _sited(measure: str, known: set[str]) -> str:
    """A total without a site, by the site that the arithmetic gave it."""
    if measure != "total_rvu":
        return measure
    return next((m for m in ("facility_total_rvu", "nonfacility_total_rvu") if m in known), measure)


def _text(text: str) -> str:
    """A TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
