"""Rows of two codes: what the physician bills and, under a heading of its own, what the hospital bills for the same.

The heading over the second codes says whose the columns from there on are, so the table is read as two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from feebook.guides.codecells import begins_with_code
from feebook.guides.headings import names_codes
from feebook.guides.lexicon import tags
from feebook.guides.tables import Row, Table


def by_code(table: Table) -> Iterator[Table]:
    """The table; or two, parted before its second codes, where one heading of a site spans these and all after them."""
    at = _second_codes(table)
    if at is None:
        yield table
        return
    yield _part(table, range(at), table.code)
    yield _part(table, range(at, len(table.columns)), at)


def _second_codes(table: Table) -> int | None:
    """The column of the second codes; None as a rule, and where headings leave in doubt which columns are theirs."""
    found = [j for j in range(len(table.columns)) if j != table.code and _holds_codes(table, j)]
    if len(found) != 1 or found[0] < table.code or any(column.doubt for column in table.columns):
        return None
    at = found[0]
    group = table.columns[at].path[0]
    mine, others = table.columns[at:], table.columns[:at]
    spanned = all(len(c.path) > 1 and c.path[0] == group and not c.rivals for c in mine)
    apart = len(mine) > 1 and not any(group in path for c in others for path in (c.path, *c.rivals))
    return at if spanned and apart and {"opps", "asc"} & set(tags(group)) else None


def _holds_codes(table: Table, j: int) -> bool:
    """True for a column headed as codes that holds them in most rows."""
    path = table.columns[j].path
    return bool(path) and names_codes(path[-1]) and 2 * sum(_has_code(row, j) for row in table.rows) > len(table.rows)


def _has_code(row: Row, j: int) -> bool:
    crossing = row.crossings[j]
    return crossing is not None and begins_with_code(crossing.text)


def _part(table: Table, own: range, code: int) -> Table:
    """Some columns of a table with the rows of the codes among them."""
    rows = []
    for row in table.rows:
        here = row.code if code == table.code else row.crossings[code]
        if here is not None and (code == table.code or begins_with_code(here.text)):
            rows.append(replace(row, code=here, crossings=row.crossings[own.start : own.stop]))
    columns = table.columns[own.start : own.stop]
    return replace(table, code=code - own.start, columns=columns, rows=tuple(rows))
