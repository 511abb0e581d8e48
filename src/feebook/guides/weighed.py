"""Weights of no named schedule: the hospital outpatient's where its payments are that many times one factor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from feebook import amounts
from feebook.guides.headings import Meaning
from feebook.guides.tables import Table

FACTORS: Final = Decimal(65), Decimal(105)
"""No outpatient conversion factor since 2010 lies outside these; those of surgery centers and of inpatients do."""

ENOUGH: Final = 3
"""Weights that must give their payments by one factor, so that it is no chance."""

SHARE: Final = Decimal("0.8")
"""The share of lines that must fit it: one misprint makes no other column of the weights."""

_WEIGHT: Final = re.compile(r"\d{1,4}\.\d{3,4}")
_PAID: Final = re.compile(r"\$?(?P<amount>\d[\d,]*(?:\.\d\d)?)[*†‡]?")


def weighed(table: Table, found: Sequence[tuple[Meaning, ...]], weights: dict[int, Meaning]) -> dict[int, Meaning]:
    """Of columns of weights without a schedule the one that is the outpatient's beside its APC and payment.

    Not where the table pays surgery centers too, whose weights are in proportion to the hospital's.
    """
    measures = [m.measure for said in found for m in said]
    paid = [j for j, said in enumerate(found) if [m.measure for m in said] == ["opps_payment"]]
    alone = len(weights) == len(paid) == measures.count("opps_payment") == 1
    if not alone or "apc" not in measures or any(name.startswith(("asc", "drg", "opps_weight")) for name in measures):
        return {}
    ((j, meaning),) = weights.items()
    same = found[paid[0]][0].period == meaning.period
    return {j: meaning} if same and _is_factor(table, j, paid[0]) else {}


def _is_factor(table: Table, weight: int, paid: int) -> bool:
    """True when the payments of a table are its weights times one factor, as near as the payments are rounded."""
    spans: list[tuple[Decimal, Decimal]] = []
    for row in table.rows:
        units, amount = row.crossings[weight], row.crossings[paid]
        printed = _PAID.fullmatch(amount.text.strip()) if amount else None
        if units and printed and _WEIGHT.fullmatch(units.text.strip()) and Decimal(units.text.strip()):
            dollars, by = Decimal(printed["amount"].replace(",", "")), Decimal(units.text.strip())
            half = (amounts.CENT if "." in printed["amount"] else amounts.DOLLAR) / 2
            spans.append(((dollars - half) / by, (dollars + half) / by))
    within = [low for low, _ in spans if FACTORS[0] < low < FACTORS[1]]
    most = max((sum(low <= at <= high for low, high in spans) for at in within), default=0)
    return most >= ENOUGH and most >= SHARE * len(spans)
