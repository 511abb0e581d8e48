"""Figures that prove themselves: RVU x conversion factor must round to the printed dollars.

The factor is the one that most of a guide's own lines fit. A payment that does not fit it is flagged with what was
expected; a total without a site is of the site whose dollars it gives, dollars without one of the site whose total
gives them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from feebook import absence, amounts
from feebook.guides.cells import Cell, unit

PAIRS: Final = (
    ("facility_total_rvu", "facility_payment"),
    ("nonfacility_total_rvu", "nonfacility_payment"),
    ("opps_weight", "opps_payment"),
)
PHYSICIAN: Final = (Decimal(20), Decimal(48))
"""No physician conversion factor since 1992 lies outside these."""

UNSITED: Final = (
    ("total_rvu", "total_rvu", "the heading does not say facility or office, and no dollars prove it"),
    ("physician_payment", "payment", "the heading does not say facility or office"),
)
"""What lacks a site, what it is called with one, and why it is in doubt where no arithmetic gives it one."""

ENOUGH: Final = Decimal("0.6")
"""The share of lines that must fit one factor before the others are called wrong."""


@dataclass(frozen=True, slots=True)
class Factor:
    """The factors, from the lowest to below the highest, that `fit` of `lines` lines are consistent with."""

    schedule: str
    year: str
    effective_from: str
    variant: str
    low: Decimal
    high: Decimal
    fit: int
    lines: int

    def holds(self, factor: Decimal) -> bool:
        """True when the figures are consistent with a factor."""
        return self.low <= factor <= self.high

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2


_Key = tuple[str, str, str, str]


def _key(cell: Cell) -> _Key:
    return cell.year, cell.effective_from, cell.effective_through, cell.variant


def _range(units: Decimal, payment: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    """The factors at which the units round half up to the payment."""
    return (payment - step / 2) / units, (payment + step / 2) / units


def _best(ranges: Sequence[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal, int]:
    """The span of factors that the most ranges hold, and how many do."""
    ends = sorted([(low, 0) for low, _ in ranges] + [(high, 1) for _, high in ranges])
    held, best = 0, (Decimal(0), Decimal(0), 0)
    for n, (at, closing) in enumerate(ends):
        if closing:
            held -= 1
        else:
            held += 1
            if held > best[2]:
                best = at, ends[n + 1][0], held
    return best


def _amount(cell: Cell) -> Decimal | None:
    return _figure(cell.value) if cell.status == "" else None


@lru_cache(maxsize=4096)  # each is asked for many times
def _figure(text: str) -> Decimal | None:
    """The number that a text is; None for any other text."""
    return Decimal(text) if text.replace(".", "", 1).isdigit() else None


def _joined(cells: Sequence[Cell], units: str, payment: str) -> list[tuple[int, int]]:
    """Pairs of cells, by their places in the list: the units of a code and the payment that they should give."""
    seen: dict[tuple[str, ...], int] = {}
    for i, cell in enumerate(cells):
        if cell.measure == units and _amount(cell):
            seen[(cell.code, cell.modifier, cell.table, *_key(cell))] = i
            seen.setdefault((cell.code, cell.modifier, cell.table, cell.year, cell.variant), i)
    pairs = []
    for i, cell in enumerate(cells):
        if cell.measure == payment and _amount(cell):
            j = seen.get(
                (cell.code, cell.modifier, cell.table, *_key(cell)),
                seen.get((cell.code, cell.modifier, cell.table, cell.year, cell.variant)),
            )
            if j is not None:
                pairs.append((j, i))
    return pairs


def _plausible(
    cells: Sequence[Cell], pairs: Iterable[tuple[int, int]], payment: str
) -> list[tuple[int, int, tuple[Decimal, Decimal]]]:
    result = []
    for j, i in pairs:
        units, paid = _amount(cells[j]), _amount(cells[i])
        assert units is not None
        assert paid is not None
        result.append(
            (
                j,
                i,
                _range(
                    units, paid, unit(cells[i].value if "." in cells[i].value else cells[i].printed.replace(",", ""))
                ),
            )
        )
    return result


def inferred_factors(cells: Sequence[Cell]) -> list[Factor]:
    """The conversion factors that the figures of a guide fit, one for each schedule, year, period and variant."""
    ranges: dict[tuple[str, str, str, str], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for units, payment in PAIRS:
        for _, i, span in _plausible(cells, _joined(cells, units, payment), payment):
            schedule = "outpatient" if payment.startswith("opps") else "physician"
            ranges[(schedule, cells[i].year, cells[i].effective_from, cells[i].variant)].append(span)
    found = []
    for (schedule, year, start, variant), spans in sorted(ranges.items()):
        inside = [s for s in spans if schedule != "physician" or (s[1] > PHYSICIAN[0] and s[0] < PHYSICIAN[1])]
        if inside:
            low, high, fit = _best(inside)
            found.append(Factor(schedule, year, start, variant, low, high, fit, len(spans)))
    return found


def inferred_factor(cells: Sequence[Cell]) -> Factor | None:
    """The physician conversion factor that the most lines of a guide fit."""
    physician = [f for f in inferred_factors(cells) if f.schedule == "physician"]
    return max(physician, key=lambda f: f.fit, default=None)


def proven(cells: Sequence[Cell], printed: Sequence[Decimal] = ()) -> list[Cell]:
    """The cells with their totals' sites proven, and every figure that the arithmetic contradicts flagged.

    `printed` are the conversion factors that the guide's own text gives.
    """
    result = _sited(list(cells), printed)
    factors = {(f.schedule, f.year, f.effective_from, f.variant): f for f in inferred_factors(result)}
    for units, payment in PAIRS:
        schedule = "outpatient" if payment.startswith("opps") else "physician"
        for j, i, (low, high) in _plausible(result, _joined(result, units, payment), payment):
            factor = factors.get((schedule, result[i].year, result[i].effective_from, result[i].variant))
            if factor is None or not _settled(factor, printed):
                continue
            if high < factor.low or low > factor.high:
                at = next((p for p in printed if factor.holds(p)), factor.middle)
                due = amounts.half_up(
                    Decimal(result[j].value) * at,
                    unit(result[i].value if "." in result[i].value else result[i].printed),
                )
                result[i] = flagged(result[i], f"expected {due} = {result[j].value} x {at.quantize(Decimal('0.0001'))}")
    return _work_checked(list(_twice_checked(result)))


def _settled(factor: Factor, printed: Sequence[Decimal]) -> bool:
    if factor.lines >= 3 or (factor.lines == 2 and factor.fit == 2):
        return factor.fit >= 2 and Decimal(factor.fit) / factor.lines >= ENOUGH
    return any(factor.holds(p) for p in printed)


def _sited(cells: list[Cell], printed: Sequence[Decimal]) -> list[Cell]:
    """Totals and payments without a site named by what stands beside them, table by table; flagged without proof."""
    for unsited, kind, unproven in UNSITED:
        for table, *key in dict.fromkeys((c.table, *_key(c)) for c in cells if c.measure == unsited):
            here = [
                c for c in cells if c.table == table and (kind == "total_rvu" or not c.flag or c.measure == unsited)
            ]
            scores = {site: _fits(here, key, unsited, site, printed) for site in ("facility", "nonfacility")}
            best = max(scores, key=lambda s: scores[s])
            proof = scores[best] and scores["facility"] != scores["nonfacility"]
            for i, cell in enumerate(cells):
                if cell.measure == unsited and (cell.table, *_key(cell)) == (table, *key):
                    sited = replace(cell, measure=f"{best}_{kind}")
                    cells[i] = sited if proof else flagged(sited, unproven)
    return cells


def resited(cells: Sequence[Cell], printed: Sequence[Decimal] = ()) -> list[Cell]:
    """The cells, totals without a site named by dollars beside them that are in doubt no longer."""
    unsited, _, unproven = UNSITED[0]
    result = list(cells)
    for n, cell in enumerate(cells):
        reasons = cell.flag.split("; ")
        if unproven in reasons:
            left = "; ".join(reason for reason in reasons if reason != unproven)
            result[n] = replace(cell, measure=unsited, flag=left)
    sure = [n for n, cell in enumerate(result) if cell.measure == unsited or not cell.flag]
    for n, cell in zip(sure, _sited([result[n] for n in sure], printed), strict=True):
        result[n] = cell
    return result


def _fits(here: Sequence[Cell], key: Sequence[str], unsited: str, site: str, printed: Sequence[Decimal]) -> int:
    """How many rows of a table fit one factor where figures without a site are those of this one; 0 where not sure."""
    total = unsited == "total_rvu"
    units, payment = (unsited, f"{site}_payment") if total else (f"{site}_total_rvu", unsited)
    own = 0 if total else 1
    pairs = [pair for pair in _joined(here, units, payment) if list(_key(here[pair[own]])) == key]
    spans = [span for _, _, span in _plausible(here, pairs, "")]
    inside = [s for s in spans if s[1] > PHYSICIAN[0] and s[0] < PHYSICIAN[1]]
    low, high, fit = _best(inside) if inside else (Decimal(0), Decimal(0), 0)
    sure = (fit >= 2 or any(low <= p <= high for p in printed)) and 10 * fit >= 7 * len(spans)
    return fit if sure else 0


def flagged(cell: Cell, reason: str) -> Cell:
    """The cell with one more reason to doubt it."""
    return replace(cell, flag=f"{cell.flag}; {reason}" if cell.flag else reason)


_CONTRADICTS: Final = re.compile(r"expected \S+ = \S+ x \S+|.* is printed at page=.*|more than the total of .*")
"""Flags that say what a guide prints against itself; every other flag doubts the reading."""


_DISORDER: Final = re.compile(r".* is larger than .*|\w+ is packaged and has no amount")
"""Flags on a row whose numbers cannot stand beside each other: a misprint, or columns taken for each other."""


def doubts(flag: str, proven: bool = False) -> bool:
    """True when a flag doubts that the cell was read right, not only that the guide printed it right.

    `proven` says that the cell's column is the one it is taken for; then a row in disorder is a misprint.
    """
    reasons = [reason for reason in flag.split("; ") if reason and not _CONTRADICTS.fullmatch(reason)]
    return any(not (proven and _DISORDER.fullmatch(reason)) for reason in reasons)


def _twice_checked(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Cells of one code and measure that print different values, each flagged with the other's place."""
    groups: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[(cell.code, cell.modifier, cell.measure, *_key(cell))].append(cell)
    for cell in cells:
        group = groups[(cell.code, cell.modifier, cell.measure, *_key(cell))]
        others = [
            o
            for o in (group if len(group) > 1 else ())
            if not _agree(o, cell) and absence.SEE_NOTE not in (o.status, cell.status)
        ]
        yield (
            flagged(cell, f"{others[0].value or others[0].status} is printed at {others[0].place}") if others else cell
        )


def _agree(one: Cell, other: Cell) -> bool:
    """True for the same printed twice, also for a payment once in cents and once in the dollars they round to."""
    a, b = _number(one), _number(other)
    if (a, one.status) == (b, other.status):
        return True
    if not isinstance(a, Decimal) or not isinstance(b, Decimal) or not one.measure.endswith(("_payment", "_charge")):
        return False
    fine, coarse = (one, other) if unit(one.value) < unit(other.value) else (other, one)
    return amounts.half_up(Decimal(fine.value), unit(coarse.value)) == Decimal(coarse.value)


def _number(cell: Cell) -> Decimal | str:
    figure = _figure(cell.value)
    return cell.value if figure is None else figure


def _work_checked(cells: list[Cell]) -> list[Cell]:
    """Work units larger than the total of their own line are flagged."""
    totals: dict[tuple[str, ...], Decimal] = {}
    for cell in cells:
        amount = _amount(cell) if cell.measure.endswith("_total_rvu") else None
        if amount is not None:
            key = (cell.code, cell.modifier, cell.table, *_key(cell))
            totals[key] = max(amount, totals.get(key, Decimal(0)))
    for i, cell in enumerate(cells):
        if cell.measure != "work_rvu":
            continue
        amount = _amount(cell)
        most = totals.get((cell.code, cell.modifier, cell.table, *_key(cell)))
        if amount is not None and most is not None and amount > most:
            cells[i] = flagged(cell, f"more than the total of {most}")
    return cells
