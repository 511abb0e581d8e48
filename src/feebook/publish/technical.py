"""What a code's page says of the parts of a test, 26, TC and 53, and of the OPPS cap on the technical one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from feebook.amounts import half_up
from feebook.package import Row
from feebook.publish import figures
from feebook.publish.lines import Block, Line
from feebook.schedules import caps

CAP, OPEN = "cap", "cap not held"
"""The marks beside an amount: the OPPS cap is paid; a cap there may be is not held."""

Shown = tuple[str, str, str]
"""An amount in whole dollars, in cents, and its mark; or a status and nothing."""
Segment = tuple[str, str, dict[str, tuple[Shown, Shown]]]
"""First and last day, modifier → its amounts in a facility and elsewhere."""
Parts = tuple[tuple[str, ...], list[Segment]]


def parts(rows: Sequence[tuple[int, Row]], capped: bool) -> Parts:
    """The modifiers there are, and for each stretch of dates their amounts: modifier → facility, non-facility.

    `capped` tells that CMS's list of OPPS caps has the code in any year.
    """
    segments: dict[tuple[str, str], dict[str, tuple[Shown, Shown]]] = {}
    for _, row in rows:
        if row["modifier"] and row["track"] != "qp":
            shown = _amount(row, "facility", capped), _amount(row, "nonfacility", capped)
            segments.setdefault((row["from"], row["through"]), {})[row["modifier"]] = shown
    modifiers = tuple(name for name in ("26", "TC", "53") if any(name in found for found in segments.values()))
    folded: list[Segment] = []
    for (first, last), found in sorted(segments.items()):
        if folded and folded[-1][2] == found and folded[-1][0][:4] == first[:4]:
            folded[-1] = (folded[-1][0], last, found)
        else:
            folded.append((first, last, found))
    return modifiers, folded


def professional(found: Sequence[Segment]) -> tuple[str, str]:
    """The last day of the newest amount of the professional part in a facility, and that amount; nothing if none."""
    for _, last, amounts in reversed(found):
        text, cents, _ = amounts.get("26", (("", "", ""),))[0]
        if cents:
            return last, text
    return "", ""


def _amount(row: Row, setting: str, capped: bool) -> Shown:
    paid, factor = row[f"{setting}_payment"], row["conversion_factor"]
    if not paid:
        return row[f"{setting}_status"], "", ""
    units = caps.capped_units(row, setting)
    if units is not None:
        most = units * Decimal(factor)
        return figures.whole(most), instead(half_up(most), Decimal(paid)), CAP
    amount = figures.whole(figures.exact(row[f"{setting}_total_rvu"], factor, paid))
    return amount, figures.cents(Decimal(paid)), OPEN if capped and caps.is_untold(row, setting) else ""


def instead(paid: Decimal, uncapped: Decimal) -> str:
    """`$350.31 (cap) instead of $699.98 by RVUs`."""
    return f"{figures.cents(paid)} (cap) instead of {figures.cents(uncapped)} by RVUs"


def notes(found: Sequence[Block]) -> dict[str, tuple[str, ...]]:
    """Setting → what is to be known of the OPPS cap in its lines; settings without a word of it are left out."""
    return {block.setting.key: told for block in found if (told := tuple(_notes(block.lines)))}


def _notes(lines: Sequence[Line]) -> list[str]:
    under = [
        f"{instead(line.printed, line.uncapped)} ({' '.join(filter(None, (line.year, line.part)))})"
        for line in reversed(lines)
        if line.printed is not None and line.uncapped is not None
    ]
    open_years = ", ".join(dict.fromkeys(line.year for line in lines if line.cap_open))
    told = [f"Above the OPPS cap on imaging: Medicare pays {'; '.join(under)}."] if under else []
    if open_years:
        told.append(f"The OPPS cap on imaging of {open_years} is not held: Medicare pays the amount by RVUs at most.")
    return told
