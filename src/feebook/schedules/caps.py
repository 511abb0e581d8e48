"""The OPPS cap on imaging: the technical part pays the lower of the physician and the outpatient schedule.

CMS's physician file holds the practice expense and malpractice that the outpatient schedule would pay. Work and these
two, where they are fewer than the total, times the factor are the national amount under the cap: in 2020 to 2025 every
such row stands in CMS's own list of capped codes (`opps_cap`). The amounts of the packages are before the cap.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

TECHNICAL = ("", "TC")
"""Modifiers of rows that hold a technical part: the whole and the technical part itself."""


def capped_units(row: Mapping[str, str], setting: str) -> Decimal | None:
    """The RVUs of a physician row under the cap; None where it is not lower, or the row does not say."""
    expense = row.get(f"opps_{setting}_pe", "")
    if not expense.strip("0."):
        return None  # most rows are of no imaging
    total, work, malpractice = (row.get(name, "") for name in (f"{setting}_total_rvu", "work_rvu", "opps_malpractice"))
    if not (total and work and malpractice):
        return None
    units = Decimal(work) + Decimal(expense) + Decimal(malpractice)
    return units if units < Decimal(total) else None


def is_untold(row: Mapping[str, str], setting: str) -> bool:
    """Whether a row with a technical part does not say what the outpatient schedule pays: its cap is not held."""
    return row.get("modifier", "") in TECHNICAL and not row.get(f"opps_{setting}_pe")
