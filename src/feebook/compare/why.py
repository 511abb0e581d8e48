"""Why an amount moved: the change split into the factor and the units behind it, to the cent.

The midpoint rule: each change counts times the mean of the other, so neither is credited with what both did, and the
split of a change is the mirror image of the split of its reverse. Each part is rounded half up to the cent; what the
rounding of parts and payments leaves is a part of its own, so the parts always add up to the change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from feebook.compare.exact import CENT, UNIT_PLACES, Ints, Mask, half_up

FACTOR, ROUNDING = "factor", "rounding"
_CENT_OF_PRODUCTS: Final = 10 ** (2 * UNIT_PLACES) // 100


def product(units: Ints, factor: Ints) -> Ints:
    """The amount that units x factor pays, rounded half up to the cent."""
    return half_up(units * factor, _CENT_OF_PRODUCTS) * CENT


def parts(
    units: tuple[Mapping[str, Ints], Mapping[str, Ints]], factors: tuple[Ints, Ints], change: Ints
) -> dict[str, Ints]:
    """The parts of each change, in millionths of a dollar: `factor`, each kind of unit, `rounding`."""
    mean = factors[0] + factors[1]
    whole = sum(units[0].values(), start=np.zeros_like(change)) + sum(units[1].values(), start=np.zeros_like(change))
    found = {FACTOR: half_up((factors[1] - factors[0]) * whole, 2 * _CENT_OF_PRODUCTS) * CENT}
    for name, before in units[0].items():
        found[name] = half_up((units[1][name] - before) * mean, 2 * _CENT_OF_PRODUCTS) * CENT
    return found | {ROUNDING: change - sum(found.values(), start=np.zeros_like(change))}


def explains(units: Ints, factor: Ints, amount: Ints, paid: Mask) -> Mask:
    """Where the amount is units x factor: not for drugs, pass-through devices and physician-based ASC rates."""
    result: Mask = paid & (units > 0) & (factor > 0) & (product(units, factor) == amount)
    return result
