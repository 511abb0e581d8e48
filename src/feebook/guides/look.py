"""The tables of a guide as found, for a person: heading paths in words, and pictures of the pages with their boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from feebook.guides.headings import meanings, path_text
from feebook.guides.tables import Table


def described(tables: Sequence[Table]) -> Iterator[str]:
    """Each table's place, title, codes, and each column's heading path with what it measures."""
    for n, table in enumerate(tables, 1):
        how = "rules" if table.ruled else "gutters"
        yield f"table {n}, page {table.page.number}: {len(table.rows)} rows, parted by {how}"
        for line in table.title:
            yield f"  above: {line}"
        for j, column in enumerate(table.columns):
            if j == table.code:
                means = "the codes"
            else:
                means = (
                    ", ".join(
                        f"{m.measure} {m.variant}".strip() for m in meanings(column.path, table.title) if m.measure
                    )
                    or "read past"
                )
            yield f"  {path_text(column.path) or '(no heading)'} → {means}"


def pictures(path: Path, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """A PNG for each page with a table: name and bytes."""
    raise NotImplementedError
