"""Columns of exact figures: text from a package as integers of a ten-thousandth, and back to decimals.

Dollars, RVUs, weights and factors all have at most four decimal places, so one scale holds them; products of two
stay far inside 64 bits. No figure is ever a binary float.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Texts = NDArray[np.object_]
Mask = NDArray[np.bool_]

PLACES: Final = 4
SCALE: Final = 10**PLACES
CENT: Final = SCALE // 100


def scaled(texts: Texts) -> Ints:
    """Figures in ten-thousandths, 0 where the text is empty. Raises ValueError for a figure with more places.

    Figures repeat a lot in a fee schedule, so each different text is read once.
    """
    codes, different = pd.factorize(texts)
    return np.array([scaled_one(text) for text in different], dtype=np.int64)[codes] if len(texts) else _none()


def scaled_one(text: str) -> int:
    """One figure in ten-thousandths: `27.85` → 278500, the empty text → 0."""
    whole, _, places = text.partition(".")
    if len(places) > PLACES:
        if places[PLACES:].strip("0"):
            raise ValueError(f"{text!r} has more than {PLACES} decimal places")
        places = places[:PLACES]
    return int(whole + places.ljust(PLACES, "0")) if text else 0


def half_up(value: Ints, unit: int) -> Ints:
    """How many units the value holds, rounded half up, a tie away from zero (so that a mirror image is exact)."""
    found: Ints = np.sign(value) * ((2 * np.abs(value) + unit) // (2 * unit))
    return found


def percent_of(change: Ints, before: Ints) -> Ints:
    """A change as percent of what was before, in ten-thousandths, rounded half up; `before` is above zero."""
    found: Ints = np.sign(change) * ((200 * SCALE * np.abs(change) + before) // (2 * before))
    return found


def decimal(units: int) -> Decimal:
    """Ten-thousandths as a decimal with two places, or as many as it takes: drug rates are printed with three."""
    cents, rest = divmod(units, CENT)
    if not rest:
        return Decimal(cents).scaleb(-2)
    return Decimal(units).scaleb(-PLACES) if units % 10 else Decimal(units // 10).scaleb(1 - PLACES)


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)
