"""Columns whose headings were in doubt, and whose figures tell what they are: CMS has them there and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feebook.findings.cell import by_column
from feebook.findings.elsewhere import MEASURES, other_places
from feebook.findings.finding import AGREES, STATUS_AGREES, Finding
from feebook.findings.held import Held

CODES: Final = 3
"""Codes whose figures must be CMS's, so that it is no chance."""

APART: Final = 2
"""Figures that must not be CMS's under any other heading, for other printed days or on the lines beside."""

_HEADINGS: Final = re.compile(
    r"a heading finds no column of its own: .*"
    r"|the headings stand beside their (?:figures|columns).*"
    r"|a heading of one column reaches over the figures of another: .*"
    r"|the headings may also be read as .*"
    r"|text stands between these codes and the headings of the table before"
    r"|the figures of this column have no dollar sign, those of other payments do"
    r"|the heading does not say facility or office"
    r"|the heading does not say whether its totals are units or dollars"
    r"|this column stands nearer to the codes of the table beside it .*"
    r"|two columns hold codes, and no heading says whose the figures are"
)
"""Flags that doubt which column a figure is of; every other flag doubts the figure, or says what the guide prints."""


def other_doubts(flag: str) -> str:
    """What is left of a flag without the doubts about headings, which the figures themselves may settle."""
    return "; ".join(reason for reason in flag.split("; ") if reason and not _HEADINGS.fullmatch(reason))


def proven(findings: Sequence[Finding], known: Held) -> set[int]:
    """Places of the cells that CMS confirms, each by itself, in columns that their figures prove.

    `findings` are those of cells without the doubts about their headings.
    """
    cells = [found.cell for found in findings]
    return {
        n
        for places in by_column(cells).values()
        if _is_proven([n for n in places if cells[n].value], findings, known)
        for n in places
        if findings[n].verdict in (AGREES, STATUS_AGREES)
    }


def _is_proven(places: Sequence[int], findings: Sequence[Finding], known: Held) -> bool:
    """True when CMS has every figure of a column where it was read, and no other place has them too."""
    cells = [found.cell for found in findings]
    if len({cells[n].code for n in places}) < CODES or cells[places[0]].measure not in MEASURES:
        return False
    if any(findings[n].verdict != AGREES for n in places):
        return False
    return all(
        sum(not place.holds(cells, n, known) for n in places) >= APART
        for place in other_places(cells[places[0]], cells)
    )
