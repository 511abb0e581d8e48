"""Columns of exact figures: text from a package as integers, and back to decimals.

RVUs, weights and factors have at most four decimal places, amounts up to six (drug rates of 2019 and 2020), so units
are kept in ten-thousandths and money in millionths. The products that are needed stay inside 64 bits, and no figure
is ever a binary float.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Texts = NDArray[np.object_]
Mask = NDArray[np.bool_]

UNIT_PLACES: Final = 4
MONEY_PLACES: Final = 6
CENT: Final = 10 ** (MONEY_PLACES - 2)
PERCENT_PLACES: Final = 4

_PERCENT: Final = 100 * 10**PERCENT_PLACES
_WIDE: Final = 4 * 10**12
"""Above 4 million dollars a product with `_PERCENT` could leave 64 bits: Python's own integers take such columns."""


def scaled(texts: Texts, places: int) -> Ints:
    """Figures with so many places as integers, 0 where the text is empty. Raises ValueError for a figure with more.

    Figures repeat a lot in a fee schedule and from year to year, so each different text is read once.
    """
    if not len(texts):
        return np.zeros(0, dtype=np.int64)
    codes, different = pd.factorize(texts)
    return np.array([scaled_one(text, places) for text in different], dtype=np.int64)[codes]


@lru_cache(maxsize=1 << 18)
def scaled_one(text: str, places: int = UNIT_PLACES) -> int:
    """One figure as an integer: `27.85` with four places → 278500, the empty text → 0."""
    if not text:
        return 0
    whole, _, after = text.partition(".")
    if len(after) > places:
        if after[places:].strip("0"):
            raise ValueError(f"{text!r} has more than {places} decimal places")
        after = after[:places]
    return int(whole + after.ljust(places, "0"))


def half_up(value: Ints, unit: int) -> Ints:
    """How many units the value holds, rounded half up, a tie away from zero (so that a mirror image is exact)."""
    found: Ints = np.sign(value) * ((2 * np.abs(value) + unit) // (2 * unit))
    return found


def percent_of(change: Ints, before: Ints) -> Ints:
    """A change as percent of what was before, with four places, rounded half up; `before` is above zero."""
    wide = change.astype(object) if np.abs(change).max(initial=0) > _WIDE else change
    found: Ints = (np.sign(wide) * ((2 * _PERCENT * np.abs(wide) + before) // (2 * before))).astype(np.int64)
    return found


def is_less_than(change: Ints, percent: str, before: Ints) -> Mask:
    """Where a change is less than so many percent of what was before, exactly."""
    found: Mask = np.minimum(np.abs(change), 2 * _WIDE) * _PERCENT < scaled_one(percent) * before
    return found


@lru_cache(maxsize=1 << 18)
def money(units: int) -> Decimal:
    """Millionths of a dollar as a decimal with two places, or as many as it takes: drug rates are printed with more."""
    cents, rest = divmod(units, CENT)
    if not rest:
        return Decimal(cents).scaleb(-2)
    return Decimal(units).scaleb(-MONEY_PLACES).normalize()


@lru_cache(maxsize=1 << 16)
def unit(units: int) -> Decimal | None:
    """Ten-thousandths of an RVU or a weight as a decimal with two places at least; None for 0, which is none."""
    hundredths, rest = divmod(units, 10 ** (UNIT_PLACES - 2))
    if not units:
        return None
    return Decimal(units).scaleb(-UNIT_PLACES) if rest else Decimal(hundredths).scaleb(-2)


@lru_cache(maxsize=1 << 10)
def factor(units: int) -> Decimal | None:
    """A factor with its four places, as it is published; None for 0, which is none."""
    return Decimal(units).scaleb(-UNIT_PLACES) if units else None
