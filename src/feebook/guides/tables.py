"""The code tables of a page: rows and columns with the boxes of their cells.

A table comes out of rules where they part every cell, else out of the gutters between the words of its code lines.
Both give the same thing: columns with their heading paths, and rows whose crossings know the box that covers them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from feebook.guides.box import Box
from feebook.guides.page import Page


@dataclass(frozen=True, slots=True)
class Crossing:
    """What stands where a row meets a column; `box` covers every row and column that the cell is merged over."""

    text: str
    box: Box
    lines: tuple[str, ...] = ()
    doubt: str = ""


KEY: Final = re.compile(
    r"APC\s*(?:group|number|no\.?|#)?\s*[:#]?\s*(?P<apc>\d{4})(?![\d.]|,\s*\d)(?P<rest>[^$]*)", re.IGNORECASE
)
"""A group line that gives every code under it its APC."""

STATUS: Final = re.compile(
    r"\b(?:SI|(?i:status(?:\s+ind(?:icator|\.)?)?))\s*[:=–—-]?\s*(?P<si>[A-Z][0-9]?)(?=\s*(?:[),;|/–—-]|$))"
)
"""The status indicator that a group line names beside its APC."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading path, top to bottom, and its extent."""

    path: tuple[str, ...]
    x0: float
    x1: float
    rivals: tuple[tuple[str, ...], ...] = ()
    """Other heading paths that the page allows nearly as well."""
    doubt: str = ""
    """Why its heading path is not sure."""


@dataclass(frozen=True, slots=True)
class Row:
    """One code line: the text of its code cell, and its crossings by column."""

    code: Crossing
    crossings: tuple[Crossing | None, ...]
    key: Crossing | None = None
    """The group line over the row that holds for it, such as `APC 5051`."""
    top: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """One code table on one page. `title` is the text above it, nearest last; `kind` is code or drg."""

    page: Page
    box: Box
    title: tuple[str, ...]
    code: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    ruled: bool
    kind: str = "code"
    continued: bool = False
    heads: tuple[tuple[str, float], ...] = ()
    """The words of its heading lines and where they begin; a later page that repeats them goes on with its columns."""
    doubt: str = ""
    """Why none of its cells is sure."""
    across: bool = False
    """Printed with its codes over their figures, across the top or as cards; here its rows are those codes."""

    def texts(self, j: int) -> list[str]:
        """What the cells of a column print, from the top; blank cells left out."""
        return [c.text for row in self.rows if (c := row.crossings[j]) is not None and c.text.strip()]


def leaves(paths: Sequence[tuple[str, ...]], code: int) -> list[str]:
    """The lowest headings of the columns beside the codes, which a table that goes on has as its beginning."""
    return [path[-1] for j, path in enumerate(paths) if path and j != code]
