"""Lines of figures off the lines of codes, where nothing parts the rows: which side of their codes they stand on.

In rows of wrapped wording the codes and the figures may be set to different heights, so that the figures of each row
stand a line or more above or below its code, and the nearest code may be that of the next row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from feebook.guides.lines import Line
from feebook.guides.tables import Crossing

STRAY: Final = "a line of figures stands between codes, and nothing says which of them it is of"

BELOW: Final = "below"
ABOVE: Final = "above"
EITHER: Final = "either"


BESIDE: Final = 0.95
"""Sizes that a line of figures may be off that of its code and still stand beside it: less than lines of text are."""

LEVEL: Final = 0.7
"""Sizes that the middle of a value may be off that of its code's line and still stand beside it."""


def are_astray(near: Sequence[tuple[float, int]], lacking: Sequence[bool], bases: Sequence[float], size: float) -> bool:
    """True where values of one column, given to the nearest rows, may be those of the next.

    `near` are their heights with the row of each, -1 for none; `lacking` says which rows have nothing on their own
    line. They are sure beside their codes, or where every row that lacks one has its own, all on one side of the codes
    and no other code between.
    """
    off = [(y - bases[i] + 0.35 * size, y, i) for y, i in near if i >= 0]
    stray = any(i < 0 for _, i in near)
    if all(abs(step) <= LEVEL * size for step, _, _ in off) and not stray:
        return False
    sides = {step > 0 for step, _, _ in off}
    crossed = any(min(y, bases[i]) < base < max(y, bases[i]) for _, y, i in off for base in bases)
    taken = sorted(i for _, _, i in off)
    return stray or len(sides) > 1 or crossed or taken != [i for i, lacks in enumerate(lacking) if lacks]


def placed_lines(
    held: Sequence[Line],
    codes: Sequence[float],
    crossed: Sequence[Sequence[Crossing | None]],
    first: int,
    size: float,
    goes_on: bool,
) -> tuple[str, dict[int, float]]:
    """The side that lines without a code stand on, and those beside a code with the height of its line.

    Those beside a code are less than a line off it; their figures count as on its line.
    """
    near: dict[int, float] = {}
    whole = {line.base: list(slots) for line, slots in zip(held, crossed, strict=True) if line.base in codes}
    for i, line in enumerate(held):
        base = min(codes, key=lambda y: abs(y - line.base))
        if line.base not in codes and abs(base - line.base) <= BESIDE * size:
            near[i] = base
            whole[base] = [a or b for a, b in zip(whole[base], crossed[i], strict=True)]
    rest = [line for i, line in enumerate(held) if i not in near]
    slots = [whole.get(line.base, own) for line, own in zip(held, crossed, strict=True) if line in rest]
    if len(rest) == len(codes):
        return BELOW, near
    return side_of_figures([line.base in codes for line in rest], slots, first, goes_on), near


def side_of_figures(
    coded: Sequence[bool], crossed: Sequence[Sequence[Crossing | None]], first: int, goes_on: bool
) -> str:
    """BELOW or ABOVE for figures below or above their codes, EITHER where the lines do not say.

    `coded` says of each line of a table whether a code stands on it, `crossed` what it holds in each column, of which
    those from `first` on hold values; `goes_on` that the first lines may be of a row of the page before. Figures below
    their codes follow on each code that lacks them, and not on one that has its own before one that lacks them. Figures
    above stand on the line before each code that lacks them, and nowhere else.
    """
    bare = [i for i, is_code in enumerate(coded) if not is_code]
    lacks = _lacking(coded, crossed, first)
    last = len(coded) - 1
    owed = [i for i, lacking in enumerate(lacks) if lacking]
    if (
        coded[0]
        and all(i < last and not coded[i + 1] for i in owed)
        and not any(_between(i, coded, lacks) for i in bare)
    ):
        return BELOW
    paired = all(i < last and lacks[i + 1] for i in bare) and all(i and not coded[i - 1] for i in owed)
    return ABOVE if paired and not (goes_on and not coded[0]) else EITHER


def _lacking(coded: Sequence[bool], crossed: Sequence[Sequence[Crossing | None]], first: int) -> list[bool]:
    """For each line whether a code stands on it that lacks most of what the lines without codes print."""
    bare = [slots for slots, is_code in zip(crossed, coded, strict=True) if not is_code]
    times = Counter(j for slots in bare for j, crossing in enumerate(slots) if j >= first and crossing is not None)
    usual = [j for j, count in times.items() if 2 * count >= len(bare)]
    return [
        is_code and 2 * sum(slots[j] is not None for j in usual) < len(usual)
        for slots, is_code in zip(crossed, coded, strict=True)
    ]


def _between(i: int, coded: Sequence[bool], lacks: Sequence[bool]) -> bool:
    """True for a line after a code that has its figures and before one that lacks them."""
    above = max((k for k in range(i) if coded[k]), default=-1)
    below = next((k for k in range(i + 1, len(coded)) if coded[k]), -1)
    return above >= 0 and below >= 0 and not lacks[above] and lacks[below]
