"""Two editions of a guide side by side: which codes came and went, how the layout changed, how its figures moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from feebook import project
from feebook.compare.families import Family, Replacement
from feebook.findings.cell import number
from feebook.publish.guideview import Cell, Guide, Printing
from feebook.recipe import recipes

POINT: Final = Decimal(1)
"""Percentage points by which a guide's move may be off CMS's before it deserves a look."""

Paths = Mapping[str, Mapping[str, Sequence[str]]]
"""Document → measure → the heading paths of its columns, as its recipe has them."""


@dataclass(frozen=True, slots=True)
class Move:
    """An amount that both editions print, and CMS's amount on the days that each is printed for."""

    code: str
    modifier: str
    measure: str
    printed: tuple[Decimal, Decimal]
    cms: tuple[Decimal, Decimal]

    @property
    def off(self) -> Decimal:
        """Percentage points between the guide's move and CMS's."""
        guide, cms = ((after - before) * 100 / before for before, after in (self.printed, self.cms))
        return abs(guide - cms)

    @property
    def apart(self) -> bool:
        """True where the guide moved otherwise than CMS by more than a point and than rounding a dollar can do."""
        return self.off > max(POINT, 100 / min(self.printed))


@dataclass(frozen=True, slots=True)
class Step:
    """What changed from one edition to the next."""

    before: Printing
    after: Printing
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    replaced: tuple[Replacement, ...]
    tables: tuple[tuple[str, ...], tuple[str, ...]]
    measures: tuple[tuple[str, ...], tuple[str, ...]]
    headings: tuple[tuple[str, str, str], ...]
    moves: tuple[Move, ...]

    @property
    def apart(self) -> list[Move]:
        """The amounts that moved otherwise than CMS's, the farthest first."""
        some = [move for move in self.moves if move.apart]
        return sorted(some, key=lambda move: -move.off)

    @property
    def same_layout(self) -> bool:
        return self.tables[0] == self.tables[1] and not any(self.measures) and not self.headings


def steps(guide: Guide, families: Sequence[Family]) -> list[Step]:
    """Each edition beside the one before it, the newest first."""
    pairs = list(zip(guide.printings, guide.printings[1:], strict=False))
    paths = heading_paths() if pairs else {}
    return [_step(before, after, families, paths) for before, after in reversed(pairs)]


def heading_paths() -> Paths:
    """The heading paths of every guide's columns by measure, from the recipes; none where there are no recipes."""
    found: dict[str, dict[str, list[str]]] = {}
    for recipe in recipes(project.folder("extract")):
        for edition in recipe.editions if recipe.kind == "guide" else ():
            own = found.setdefault(edition.document, {})
            for table in recipe.layout(edition):
                for path, measure in table.columns.items():
                    if path not in own.setdefault(measure, []):
                        own[measure].append(path)
    return found


def _step(before: Printing, after: Printing, families: Sequence[Family], paths: Paths) -> Step:
    added, dropped = sorted(after.codes - before.codes), sorted(before.codes - after.codes)
    replaced = [
        one
        for family in families
        for one in family.replacements
        if one.before & set(dropped) and one.after & set(added)
    ]
    one, two = ({cell.measure for cell in printing.cells} for printing in (before, after))
    return Step(
        before,
        after,
        tuple(added),
        tuple(dropped),
        tuple(replaced),
        (_tables(before), _tables(after)),
        (tuple(sorted(two - one)), tuple(sorted(one - two))),
        tuple(_headings(before, after, paths)),
        tuple(_moves(before, after)),
    )


def _tables(printing: Printing) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.table for cell in printing.cells))


def _headings(before: Printing, after: Printing, paths: Paths) -> Iterator[tuple[str, str, str]]:
    """Measure, heading path before and after, where both editions have it under other words."""
    one, two = (paths.get(printing.document["document"], {}) for printing in (before, after))
    for measure in one:
        if measure in two and one[measure] != two[measure]:
            yield measure, ", ".join(one[measure]), ", ".join(two[measure])


def _moves(before: Printing, after: Printing) -> Iterator[Move]:
    earlier = {(cell.code, cell.modifier, cell.measure): cell for cell in before.cells if not cell.variant}
    for cell in after.cells:
        at = cell.code, cell.modifier, cell.measure
        if cell.measure.endswith("_payment") and not cell.variant and at in earlier:
            one, two = _amounts(earlier[at]), _amounts(cell)
            if one and two:
                yield Move(*at, (one[0], two[0]), (one[1], two[1]))


def _amounts(cell: Cell) -> tuple[Decimal, Decimal] | None:
    """What a cell prints, and CMS's amount on its days; of several the one nearest to it."""
    printed = number(cell.value)
    held = [amount for text in cell.expected.split(" · ") if (amount := number(text))]
    if not printed or not held:
        return None
    return printed, min(held, key=lambda amount: abs(amount - printed))
