"""CMS's own figures as the last witness of a reading: they contradict columns, and settle doubts about headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from feebook.findings.cell import Cell, of_reading
from feebook.findings.checked import years
from feebook.findings.guide import judge
from feebook.findings.held import Held, held
from feebook.findings.misread import misread
from feebook.findings.proven import other_doubts, proven
from feebook.guides import cells as read_cells
from feebook.guides.proof import flagged, resited
from feebook.guides.read import Reading


def witnessed(readings: Sequence[Reading], datasets: Path) -> list[Reading]:
    """Readings with the flags that CMS's figures give, and without those that they settle.

    Packages of the years that are missing say nothing, and leave a reading as it is.
    """
    cells = [list(of_reading(reading)) for reading in readings]
    every = [cell for some in cells for cell in some]
    known = held(datasets, sorted(years(every)), {cell.code for cell in every})
    return [
        replace(one, cells=tuple(resited(list(_told(one, some, known)), one.factors)))
        for one, some in zip(readings, cells, strict=True)
    ]


def _told(reading: Reading, cells: Sequence[Cell], known: Held) -> Iterator[read_cells.Cell]:
    bare = [replace(cell, flag=other_doubts(cell.flag)) for cell in cells]
    findings = judge(bare, known, reading.factors).findings
    doubts, sure = misread(findings, known), proven(findings, known)
    for n, cell in enumerate(reading.cells):
        if cell.flag and n in sure:
            yield replace(cell, flag=bare[n].flag)
        else:
            yield flagged(cell, doubts[n]) if n in doubts and not cell.flag else cell
