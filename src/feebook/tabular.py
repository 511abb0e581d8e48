"""Tables as CSV text, and texts that a spreadsheet which opens one would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA: Final = re.compile(r"[=@\t\r]|[+-](?!\$?[\d.,]+ ?%?$)(?=.*\w)", re.DOTALL)
"""How a text begins that a spreadsheet would take for a formula; a signed number is none, nor is a lone dash."""


def to_csv(heads: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV: LF line ends, quotes where they are needed, every text exactly as it is."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")  # before Python 3.13 it quotes only the ends that it writes
    writer.writerow(heads)
    writer.writerows(rows)
    return "".join([f"{line[:-2]}\n" for line in lines])


class _Lines(list[str]):
    write = list.append


def to_safe_csv(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """The same for texts of anybody's: one that a spreadsheet would run gets an apostrophe before it."""
    return to_csv(heads, ([f"'{text}" if _FORMULA.match(text) else text for text in row] for row in rows))
