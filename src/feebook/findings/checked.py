"""A guide PDF read without a recipe and held against the packages, for the days that it claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from feebook.findings.cell import Cell, of_reading
from feebook.findings.columns import Column
from feebook.findings.finding import Finding
from feebook.findings.guide import judge
from feebook.findings.held import held
from feebook.guides.read import Reading, read


@dataclass(frozen=True, slots=True)
class Checked:
    """A guide held against CMS: its findings in the order of the page, and the factors that its columns fit."""

    file: str
    sha256: str
    year: str
    findings: tuple[Finding, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]


def check_guide(path: Path, datasets: Path) -> Checked:
    """Read a guide and judge each of its numbers. Raises feebook.guides.read.Refused for a file that gives no cells."""
    (found,) = check_readings([read(path)], datasets)
    return found


def check_readings(readings: Sequence[Reading], datasets: Path) -> list[Checked]:
    """What was read of some guides, judged; the packages are looked through once for all of them."""
    cells = [list(of_reading(reading)) for reading in readings]
    every = [cell for some in cells for cell in some]
    known = held(datasets, sorted(years(every)), {cell.code for cell in every})
    return [
        Checked(one.file, one.sha256, one.year, found.findings, found.columns, one.notes)
        for one, some in zip(readings, cells, strict=True)
        for found in [judge(some, known, one.factors)]
    ]


def years(cells: Sequence[Cell]) -> set[int]:
    """The years that cells speak of, each with the one before it."""
    dated = [cell for cell in cells if cell.first]
    spoken = {year for cell in dated for year in range(int(cell.first[:4]), int(cell.last[:4]) + 1)}
    return spoken | {year - 1 for year in spoken}
