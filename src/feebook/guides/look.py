"""The tables of a guide as found, for a person: heading paths in words, and pictures of the pages with their boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from feebook.guides import ink
from feebook.guides.box import Box
from feebook.guides.cells import Cell, place
from feebook.guides.headings import meanings, path_text
from feebook.guides.read import Refused, tables
from feebook.guides.tables import Table

SCALE: Final = 2.0
"""Pixels per point of the pictures."""


class Looked(NamedTuple):
    """What a look at a guide gives: lines that describe its tables, and the name and bytes of each picture."""

    lines: list[str]
    pictures: list[tuple[str, bytes]]


def looked(path: Path, cells: Sequence[Cell] | None) -> Looked:
    """The tables of a guide as found, with pictures where its cells are given. Raises Refused."""
    found = tables(path)
    if not found:
        raise Refused("no_table")
    return Looked(list(described(found)), [] if cells is None else list(pictures(path, found, cells)))


def described(tables: Sequence[Table]) -> Iterator[str]:
    """Each table's place, title, codes, and each column's heading path with what it measures."""
    for n, table in enumerate(tables, 1):
        how = "rules" if table.ruled else "gutters"
        how += ", codes over their figures" if table.across else ""
        yield f"table {n}, page {table.page.number}: {len(table.rows)} rows, parted by {how}"
        for line in table.title:
            yield f"  above: {line}"
        for j, column in enumerate(table.columns):
            if j == table.code:
                means = "the codes"
            else:
                said = [m for m in meanings(column.path, table.title) if m.measure]
                several = len({m.period.year for m in said}) > 1
                names = [" ".join(filter(None, (m.measure, m.variant, several * m.period.year))) for m in said]
                means = ", ".join(names) or "read past"
            yield f"  {path_text(column.path) or '(no heading)'} → {means}"


def pictures(path: Path, tables: Sequence[Table], cells: Iterable[Cell]) -> Iterator[tuple[str, bytes]]:
    """A PNG for each page with a table: its name and bytes.

    Heading boxes are blue, codes green, cells grey, and those of the cells read that are flagged red.
    """
    from PIL import ImageDraw

    flagged = {cell.place for cell in cells if cell.flag}
    opened = ink.open_pdf(path)
    try:
        for number in sorted({table.page.number for table in tables}):
            image = ink.picture(opened, number - 1, SCALE).convert("RGB")
            draw = ImageDraw.Draw(image)
            for table in (t for t in tables if t.page.number == number):
                for box, colour in _boxes(table, flagged):
                    draw.rectangle([value * SCALE for value in table.page.seen(box)], outline=colour, width=2)
            data = BytesIO()
            image.save(data, "PNG")
            yield f"{path.stem}-{number}.png", data.getvalue()
    finally:
        opened.close()


def _boxes(table: Table, flagged: set[str]) -> Iterator[tuple[Box, str]]:
    yield table.box, "#6b7280"
    top = min(row.code.box.top for row in table.rows)
    for column in table.columns:
        if column.path:
            yield Box(column.x0, table.box.top, column.x1, max(top, table.box.top)), "#1d4ed8"
    for row in table.rows:
        yield row.code.box, "#15803d"
        for j, crossing in enumerate(row.crossings):
            if crossing is not None and j != table.code:
                yield crossing.box, "#dc2626" if place(table.page, crossing.box) in flagged else "#9ca3af"
