"""What a number that differs may come of, and how far it is from what CMS has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from feebook.amounts import half_up
from feebook.findings import cms, words
from feebook.findings.cell import Cell, number
from feebook.findings.cms import TOTALS, Stretch, stretches
from feebook.findings.columns import Column, tracks
from feebook.findings.factors import Evidence
from feebook.findings.fit import fits, remark
from feebook.findings.held import Held
from feebook.findings.known import Known


@dataclass(frozen=True, slots=True)
class Around:
    """What a verdict needs besides the cell: CMS's rows, its own evidence, its columns with the factors found in them.

    `printed` are the factors that the guide's text gives, `known` those that we know of; `proven`
    says that most numbers of its column are CMS's, so that the column is the one it is taken for.
    """

    held: Held
    evidence: Evidence | None = None
    columns: tuple[Column, ...] = ()
    printed: tuple[Decimal, ...] = ()
    known: tuple[Known, ...] = ()
    proven: bool = False

    @property
    def factors(self) -> tuple[Known, ...]:
        """The factors that the columns of the cell were made with, as far as they are known."""
        return tuple(one.best for one in self.columns if one.best is not None)


def reasons(
    cell: Cell, around: Around, measure: str, told: Sequence[Stretch], nearest: Decimal | None
) -> Iterator[str]:
    """What a number that differs may come of."""
    if cell.amount is None:
        return
    units = around.evidence.units if around.evidence else None
    factor = next((one.factor for one in around.factors if one.factor not in {one.factor for one in told}), None)
    own = half_up(units * factor, cell.unit) if units and factor else None
    for right in dict.fromkeys((nearest, own)):
        if right is not None and words.transposed(cell.amount, right):
            yield f"perhaps {words.figure(cell.measure, right)} with two digits swapped"
    yield from dict.fromkeys(note for one in told if (note := remark(cell, one)))
    for one in told:
        if around.evidence and one.factor and units != one.units and around.evidence.fits(one.factor):
            yield f"it follows from the units that the guide prints, {units}; CMS has {one.units}"
            break
    if own is not None:
        yield f"at {factor}, the factor of the amounts beside it, {words.amount(own)}"
    other = _other_site(cell, around, told)
    if other:
        yield other
    before = f"{int(cell.first[:4]) - 1}-01-01", f"{int(cell.first[:4]) - 1}-12-31"
    for track in ("", *tracks(cell.variant)):
        for one in stretches(around.held, cell, measure, *before, track):
            if one.told and one.figure and fits(cell, one):
                yield f"it is what CMS had {words.days(one.first, one.last)}"
                return


def _other_site(cell: Cell, around: Around, told: Sequence[Stretch]) -> str:
    """Where a physician number is that of the other site, the words for it."""
    site, _, what = cell.measure.partition("_")
    if site not in cms.SITES or not told:
        return ""
    other = cms.SITES[1 - cms.SITES.index(site)]
    found = stretches(around.held, cell, f"{other}_{what}", cell.first, cell.last, told[0].track)
    return f"it is that of the other site, {other}" if any(one.figure and fits(cell, one) for one in found) else ""


def due(cell: Cell, told: Sequence[Stretch], around: Around) -> Decimal | None:
    """The figure of CMS that a number is measured by, in the unit that is printed.

    Of several: one of the column's own factor, one with two digits changed about, else the nearest.
    """
    printed = cell.amount
    exacts = [(one, exact) for one in told if (exact := _exact(cell, one)) is not None]
    if printed is None or not exacts:
        return None
    full = {factor.full for factor in around.factors}
    money = cell.measure.endswith(words.MONEY)
    rounded = [(one, half_up(exact, cell.unit) if money else exact) for one, exact in exacts]
    return min(
        rounded,
        key=lambda pair: (
            pair[0].factor not in full,
            not words.transposed(printed, pair[1]),
            abs(printed - pair[1]),
        ),
    )[1]


def _exact(cell: Cell, one: Stretch) -> Decimal | None:
    if cell.measure == "limiting_charge":
        return cms.limiting_charges(one)
    found = number(one.figure)
    if found is not None and cell.measure in TOTALS and one.units is not None and one.factor is not None:
        return one.units * one.factor
    return found


def difference(cell: Cell, nearest: Decimal | None) -> str:
    """Printed less what is due, as plain text; empty where there is no such number, or no difference."""
    if nearest is None or cell.amount is None or cell.measure == "apc" or nearest == cell.amount:
        return ""
    return words.signed(cell.amount - nearest)
