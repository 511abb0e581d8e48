"""The page of a family: its codes side by side over the years, a table for each setting, and what replaced what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import jinja2

from feebook.compare.families import CONFIDENCE, Family
from feebook.publish.book import Book
from feebook.publish.glance import Column, Row
from feebook.publish.lines import Setting
from feebook.publish.shell import Shell

Glances = Mapping[str, tuple[Row, ...]]
"""Code → the rows of its settings."""


@dataclass(frozen=True, slots=True)
class Table:
    """A setting of a family: the codes that are ever paid in it with their rows, and those that never are."""

    setting: Setting
    rows: tuple[tuple[str, Row], ...]
    never: tuple[str, ...]


def tables(codes: Sequence[str], glances: Glances) -> list[Table]:
    """The settings that any code of a family is paid in, in the order of a code's page."""
    found: dict[str, list[tuple[str, Row]]] = {}
    for code in codes:
        for row in glances[code]:
            found.setdefault(row.setting.key, []).append((code, row))
    order = {row.setting.key: row.setting for code in codes for row in glances[code]}
    every = [(order[key], rows) for key, rows in found.items()]
    return [
        Table(
            setting,
            tuple((code, row) for code, row in rows if _pays(row)),
            tuple(code for code, row in rows if not _pays(row)),
        )
        for setting, rows in every
        if any(_pays(row) for _, row in rows)
    ]


def _pays(row: Row) -> bool:
    return any(cell.line.paid is not None for cell in row.cells)


def pages(
    book: Book,
    families: Sequence[Family],
    glances: Glances,
    columns: Sequence[Column],
    shell: Shell,
    template: jinja2.Template,
) -> Iterator[tuple[str, str]]:
    """Address and HTML of every family that any package has a code of."""
    for family in families:
        codes = [code for code in sorted(family.codes) if code in book.codes]
        if not codes:
            continue
        content = template.render(
            family=family,
            codes=codes,
            held=book.codes,
            tables=tables(codes, glances),
            columns=columns,
            years=book.years,
            confidence=CONFIDENCE,
        )
        address = f"families/{family.slug}/"
        described = f"{family.label}: {len(codes)} codes side by side, {book.years[0]} to {book.years[-1]}, by setting."
        yield address, shell.fill(address, family.label, described, content)
