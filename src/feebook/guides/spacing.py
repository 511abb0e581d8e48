"""Cells of several lines told apart by the spaces between them, where no rules part the rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from feebook.guides.lines import Line

WIDER: Final = 0.25
"""Sizes by which the spaces between cells are wider than those between the lines of one."""


def parted(left: Sequence[Line], filled: Sequence[bool], bases: Sequence[float], size: float) -> dict[float, int]:
    """The row of each line of a column that stands on no code's line, where wider spaces part all cells of the column.

    Nothing unless the lines stand in as many groups as there are rows, each over just one code's line.
    """
    tops = sorted({line.base for line in left} | {base for base, full in zip(bases, filled, strict=True) if full})
    gaps = [b - a for a, b in pairwise(tops)]
    if not left or not gaps:
        return {}
    groups = [tops[:1]]
    for gap, top in zip(gaps, tops[1:], strict=True):
        if gap > min(gaps) + WIDER * size:
            groups.append([top])
        else:
            groups[-1].append(top)
    owners = [[i for i, base in enumerate(bases) if group[0] - 1 <= base <= group[-1] + 1] for group in groups]
    if owners != [[i] for i in range(len(bases))]:
        return {}
    return {top: i for i, group in enumerate(groups) for top in group}
