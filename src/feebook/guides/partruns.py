"""Lines of parts of a service (global, 26, TC) and the codes among them: which lines are of one code."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

PARTS: Final = "the order of the parts does not say of which code this line is"


def runs_of_parts(names: Sequence[str], coded: Sequence[bool], goes_on: bool) -> list[list[list[int]]]:
    """The ways to part lines into runs that name no part twice, each with the one code in the same place.

    `names` are the parts that lines name, `coded` says which of them print a code: the first of each run, the last or
    the middle one. Several ways mean that the lines alone do not decide; none, that they are parted otherwise. Where a
    table goes on, the lines before the first code may be of the code before. By custom the code and the global service
    open a run: lines that can be read so are.
    """
    codes = [i for i, has_code in enumerate(coded) if has_code]
    if not codes:
        return []
    opened = codes if codes[0] == 0 or not goes_on else [0, *codes]
    ways: list[list[list[int]]] = []
    for begins in (opened, [0, *(i + 1 for i in codes[:-1])], _around(codes)):
        runs = [list(range(a, b)) for a, b in pairwise([*begins, len(names)])]
        fit = begins[0] == 0 and begins[-1] < len(names) and all(_is_run([names[i] for i in run]) for run in runs)
        if fit and runs not in ways and (begins is opened or _alike(runs, codes)):
            ways.append(runs)
        if ways and begins is opened and all(names[i] or i == run[0] for run in runs for i in run):
            return ways
    return ways


def _around(codes: Sequence[int]) -> list[int]:
    """Where runs begin whose codes stand in their middle: as many lines above as below."""
    begins = [0]
    for code in codes[:-1]:
        begins.append(2 * code - begins[-1] + 1)
    return begins


def _is_run(names: Sequence[str]) -> bool:
    return bool(names) and len(set(names)) == len(names)


def _alike(runs: Sequence[Sequence[int]], codes: Sequence[int]) -> bool:
    """True where all runs have their code on the last line, or all in the middle."""
    places = [(run.index(code), len(run) - 1) for run, code in zip(runs, codes, strict=True) if code in run]
    same = all(at == last for at, last in places) or all(2 * at == last for at, last in places)
    return same and len(places) == len(runs)
