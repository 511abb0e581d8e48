"""Heads and cells as a table: for the terminal or in Markdown, figures to the right and never broken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.table import Table

LEFT: Final = ("Code", "Mod", "Setting", "What")
WRAPS: Final = "What"
"""The one column whose words may be broken over lines."""


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    rule = ["---" if head in LEFT else "--:" for head in heads]
    return "".join("| " + " | ".join(row) + " |\n" for row in [heads, rule, *rows])


def terminal(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table for the terminal: a figure that is cut off reads as another figure, so each column has its full width."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for at, head in enumerate(heads):
        longest = max([len(head), *(len(row[at]) for row in rows)])
        wraps = head == WRAPS
        made.add_column(
            head,
            justify="left" if head in LEFT else "right",
            no_wrap=not wraps,
            min_width=min(longest, 28) if wraps else longest,
        )
    for row in rows:
        made.add_row(*row)
    return made
