"""The OPPS cap on imaging beside a comparison, whose amounts are those of the packages: before the cap.

Of imaging above the cap Medicare pays less than RVUs times factor. The note of a row says what it pays, on every basis;
of a day for which the cap is not held (2026), that the cap is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final

from feebook.amounts import half_up
from feebook.compare import kinds
from feebook.compare.held import Columns
from feebook.package import Package, Row
from feebook.schedules import caps

if TYPE_CHECKING:
    from feebook.compare.joined import Block

SETTINGS: Final = ("facility", "nonfacility")

Key = tuple[str, str, str, str]
"""Code, modifier, track and measure."""

Caps = Mapping[Key, str]
"""Where the cap is lower, what Medicare pays, US dollars; `not held` where that is not known."""

NAME: Final = "OPPS cap"
NOT_HELD: Final = "not held"


def listed(packages: Iterable[Package]) -> Iterator[str]:
    """The codes of CMS's lists of OPPS caps in any year, again and again; in the first column no field is quoted."""
    for path in (held.path("opps_cap") for held in packages):
        if path.exists():
            with path.open(encoding="utf-8") as file:
                yield from {line.partition(",")[0] for line in islice(file, 1, None)}


def is_listed(code: str, packages: Iterable[Package]) -> bool:
    """Whether CMS's list of OPPS caps has a code in any year; read as bytes, since the lists are long."""
    paths = (held.path("opps_cap") for held in packages)
    return any(path.exists() and f"\n{code},".encode() in path.read_bytes() for path in paths)


def of(physician: Columns, packages: Sequence[Package]) -> Caps:
    """What the rows of a day say of the cap; `packages` are all that are held, whose lists tell what is imaging."""
    told: dict[Key, str] = {}
    for row in _imaging(physician, packages):
        for setting in SETTINGS:
            units, untold = caps.capped_units(row, setting), caps.is_untold(row, setting)
            if row[f"{setting}_payment"] and (untold or units is not None):
                paid = NOT_HELD if units is None else str(half_up(units * Decimal(row["conversion_factor"])))
                told[row["code"], row["modifier"], row["track"], f"{setting}_payment"] = paid
    return told


def _imaging(physician: Columns, packages: Sequence[Package]) -> Iterator[Row]:
    """The rows of imaging: those that say what the outpatient schedule pays, and of a file that does not, those that
    CMS's lists have."""
    expense = [physician[f"opps_{setting}_pe"].tolist() for setting in SETTINGS]
    rows = [at for at, both in enumerate(zip(*expense, strict=True)) if any(text.strip("0.") for text in both)]
    silent = [at for at, both in enumerate(zip(*expense, strict=True)) if not all(both)]
    if silent:
        known = frozenset(listed(packages))
        rows += [at for at in silent if physician["code"][at] in known]
    for at in rows:
        yield {name: column[at] for name, column in physician.items()}


def marks(block: Block, sides: tuple[Caps, Caps]) -> dict[int, tuple[str, str]]:
    """Row → what Medicare pays under the cap on each of the two days, in dollars; `not held`; empty where more is not.

    Rows without a word of the cap on either day are left out.
    """
    imaging = {key[0] for side in sides for key in side}
    rows = [at for at, code in enumerate(block.code.tolist()) if code in imaging] if imaging else []
    found = {at: (_paid(block, at, block.before, sides[0]), _paid(block, at, block.after, sides[1])) for at in rows}
    return {at: both for at, both in found.items() if any(both)}


def _paid(block: Block, at: int, day: kinds.Day, side: Caps) -> str:
    if not day.paid[at]:
        return ""
    code, modifier, track = block.code[at], block.modifier[at], block.track[at]
    # Before 2026 one row stands for what are two tracks since.
    return side.get((code, modifier, track, block.measure)) or side.get((code, modifier, "", block.measure), "")


def note(both: tuple[str, str]) -> str:
    """Both days of the cap in words: `OPPS cap 179.45 → not held`."""
    return f"{NAME} {both[0] or 'none'} → {both[1] or 'none'}"
