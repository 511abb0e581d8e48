"""What Medicare pays on two days, compared: the whole result as plain data, and the question that leads to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import numpy as np

from feebook import package, project
from feebook.compare import capped, held, joined, kinds
from feebook.compare.change import MEASURES, Change, Known, changes
from feebook.compare.days import BASES, CompareError, Side, side
from feebook.compare.exact import MONEY_PLACES, Mask, factor, is_less_than, scaled_one
from feebook.compare.families import Family, Links, families, links
from feebook.compare.held import SCHEDULES
from feebook.compare.joined import Block
from feebook.compare.lives import Lives, lives
from feebook.compare.loaded import Loaded, load, with_apc
from feebook.compare.selection import select, years_of

Factors = dict[str, tuple[Decimal | None, Decimal | None]]
"""Schedule or schedule/track → the factor on each of the two days, None where none is known."""


@dataclass(frozen=True)  # without slots, so that `rows` can be made once, when it is first asked for
class Comparison:
    """Two days compared on a stated basis.

    `factors` is schedule or schedule/track → the conversion factors of the two days, None where none is known. `days`
    is schedule → the two days, which are `before` and `after` unless only a later day of the year is held. `partial` is
    schedule → the days held only as a copy by others. `missing` is schedule → why it could not be compared.
    """

    asked: tuple[str, str]
    before: date
    after: date
    basis: str
    factors: Factors
    days: Mapping[str, tuple[date, date]]
    partial: Mapping[str, tuple[date, ...]]
    missing: Mapping[str, str]
    min_dollars: Decimal
    min_percent: Decimal
    blocks: tuple[Block, ...]
    sides: tuple[Loaded, Loaded]
    links: Links

    @property
    def schedules(self) -> tuple[str, ...]:
        """The schedules that were compared."""
        return tuple(self.days)

    @cached_property
    def rows(self) -> tuple[Change, ...]:
        """Every row compared, those that stayed the same too, by schedule, code, modifier, track and measure."""
        return self._made(self.blocks)

    @cached_property
    def changed(self) -> tuple[Change, ...]:
        """The rows that differ, large or small: not what stayed the same, nor what is not held on one of the days."""
        return self._made(block.only(~np.isin(block.kind, kinds.UNCHANGED)) for block in self.blocks)

    @cached_property
    def not_held(self) -> tuple[Change, ...]:
        """The rows that are not held on one of the days."""
        return self._made(block.only(block.kind == kinds.NOT_HELD) for block in self.blocks)

    def _made(self, blocks: Iterable[Block]) -> tuple[Change, ...]:
        """The rows of some blocks in the order of a comparison."""
        known = Known(self.sides[0].known, self.sides[1].known, (self.sides[0].caps, self.sides[1].caps))
        made = [change for block in blocks for change in changes(block, known, self.links)]
        order = {name: at for at, name in enumerate(SCHEDULES)}
        made.sort(key=lambda c: (order[c.schedule], c.code, c.modifier, c.track, MEASURES.index(c.measure)))
        return tuple(made)

    def counts(self, schedule: str = "", measure: str = "") -> dict[str, int]:
        """Kind → rows, of one schedule or measure or of all, in the order of the kinds; none is 0."""
        found: Counter[str] = Counter()
        for block in self.blocks:
            if schedule in ("", block.schedule) and measure in ("", block.measure):
                found.update(block.kind.tolist())
        return {kind: found[kind] for kind in kinds.WORDS if found[kind]}

    def material(self) -> tuple[Change, ...]:
        """The rows that changed and are no noise: what moved by enough, and every change of another kind."""
        return tuple(change for change in self.rows if self.is_material(change))

    def is_material(self, change: Change) -> bool:
        """False for what stayed the same, is not held, or moved by less than the least dollars or the least percent."""
        if change.kind in (kinds.MOVED, kinds.RESTATED) and change.change is not None:
            dollars = abs(change.change)
            enough = change.before is None or dollars * 100 >= self.min_percent * change.before
            return dollars >= self.min_dollars and enough
        return change.kind not in (kinds.SAME, kinds.NOT_HELD)

    @cached_property
    def capped(self) -> tuple[int, int]:
        """How many amounts are of imaging above the OPPS cap on one of the days, and of how many that is not known."""
        sides = self.sides[0].caps, self.sides[1].caps
        found = [both for block in self.blocks for both in capped.marks(block, sides).values()]
        unknown = sum(set(both) <= {"", capped.NOT_HELD} for both in found)
        return len(found) - unknown, unknown

    @cached_property
    def unweighted(self) -> dict[tuple[str, date], int]:
        """Schedule and day → how many amounts could not be put at one factor, since no weight of them is held."""
        found: Counter[tuple[str, date]] = Counter()
        for block in self.blocks:
            for at, day in enumerate((block.before, block.after)):
                found[block.schedule, self.days[block.schedule][at]] += int(np.count_nonzero(day.unweighted))
        return {key: rows for key, rows in found.items() if rows}

    @property
    def noise(self) -> int:
        """How many rows moved by less than the line."""
        return sum(int(np.count_nonzero(self._noise(block))) for block in self.blocks)

    def _noise(self, block: Block) -> Mask:
        moved = (block.kind == kinds.MOVED) | (block.kind == kinds.RESTATED)
        least = scaled_one(f"{self.min_dollars:f}", MONEY_PLACES)
        little = is_less_than(block.change, f"{self.min_percent:f}", block.before.amount)
        return np.asarray(moved & ((np.abs(block.change) < least) | little), dtype=bool)

    def of(self, code: str) -> tuple[Change, ...]:
        """The rows of one code."""
        return self._by_code.get(code, ())

    @cached_property
    def _by_code(self) -> dict[str, tuple[Change, ...]]:
        found: dict[str, list[Change]] = {}
        for change in self.rows:
            found.setdefault(change.code, []).append(change)
        return {code: tuple(rows) for code, rows in found.items()}


def compare(
    a: int | str | date,
    b: int | str | date,
    *,
    schedule: str | None = None,
    basis: str = "paid",
    codes: Iterable[str] | None = None,
    min_dollars: str | Decimal = "1",
    min_percent: str | Decimal = "0.5",
    datasets: Path | None = None,
) -> Comparison:
    """What changed from `a` to `b`: years (their 1 January), dates or releases, in one schedule or in all.

    The basis is `paid` (what was payable on the two days), `latest` (the last segments of the two years) or
    `constant-cf` (both days at the factor of the earlier one). `codes` are codes, ranges, slugs of families or
    `@file`. Raises CompareError, one sentence, for a question that the packages cannot answer.
    """
    datasets = datasets or project.folder("datasets")
    if basis not in BASES:
        raise CompareError(f"{basis!r} is no basis; there are {', '.join(BASES)}")
    if schedule is not None and schedule not in SCHEDULES:
        raise CompareError(f"{schedule!r} is no schedule; there are {', '.join(SCHEDULES)}")
    sides = side(a, basis, datasets), side(b, basis, datasets)
    wanted = None if codes is None else select(codes, datasets)
    schedules = (schedule,) if schedule else _shared(sides)
    one, two = (load(at, schedules, wanted) for at in sides)
    found = between(one, two, schedules, basis, Decimal(min_dollars), Decimal(min_percent))
    if not found.schedules:
        raise CompareError(f"{_said(found.missing)}; {_years_with(found.missing, datasets)}")
    if wanted is not None and not any(len(block.code) for block in found.blocks):
        raise CompareError(_neither(wanted, sides, datasets))
    return found


def _shared(sides: tuple[Side, Side]) -> tuple[str, ...]:
    """The schedules that a question is about: all, or those that the releases named are of."""
    found = tuple(name for name in SCHEDULES if all(not at.schedules or name in at.schedules for at in sides))
    if not found:
        said = (f"{at.asked} of {', '.join(at.schedules) or 'every schedule'}" for at in sides)
        raise CompareError(f"these are releases of different schedules: {' and '.join(said)}")
    return found


def between(
    one: Loaded,
    two: Loaded,
    schedules: Iterable[str],
    basis: str,
    min_dollars: Decimal,
    min_percent: Decimal,
    every: Sequence[Family] | None = None,
    known: Lives | None = None,
) -> Comparison:
    """Two loaded sides compared, in the schedules that both have; `every` family links codes, else those known.

    `known` are the lives of all codes, where they are read already and both sides are of their packages.
    """
    blocks: list[Block] = []
    factors: Factors = {}
    missing = {name: _why_missing(name, one, two) for name in schedules if not _both(name, one, two)}
    found = [name for name in schedules if name not in missing]
    every = families() if every is None else every
    of = (known, known) if known else _lives(one, two, _apart(one, two, found), every)
    for name in found:
        scaled = one.factors[name], two.factors[name]
        constant = scaled[one.side.day > two.side.day] if basis == "constant-cf" else None
        columns = one.columns[name], two.columns[name]
        if name == "asc" and one.apcs and two.apcs:
            columns = with_apc(columns[0], one.apcs), with_apc(columns[1], two.apcs)
        silences = one.silences(name, two, of[0]), two.silences(name, one, of[1])
        made = list(joined.blocks(name, *columns, scaled, constant, silences))
        factors |= _named(name, *((constant, constant) if constant else scaled))
        if one.days[name] == two.days[name]:
            _restate(made)
        blocks += made
    linked = _links(one.side, two.side, every)
    for block in blocks:
        joined.replaced(block, lambda: two.known, linked.after)
    return Comparison(
        asked=(one.side.asked, two.side.asked),
        before=one.side.day,
        after=two.side.day,
        basis=basis,
        factors=factors,
        days={name: (one.days[name], two.days[name]) for name in found},
        partial={name: partial_days(name, one, two) for name in found if partial_days(name, one, two)},
        missing=missing,
        min_dollars=min_dollars,
        min_percent=min_percent,
        blocks=tuple(blocks),
        sides=(one, two),
        links=linked,
    )


def _apart(one: Loaded, two: Loaded, schedules: Iterable[str]) -> frozenset[str]:
    """The codes that have a row on one of the two days which they do not have on the other."""
    found: set[str] = set()
    for name in schedules:
        keys = (
            set(zip(*(at.columns[name][key].tolist() for key in ("code", "modifier")), strict=True))
            for at in (one, two)
        )
        found.update(code for code, _ in set.symmetric_difference(*keys))
    return frozenset(found)


def _lives(one: Loaded, two: Loaded, wanted: frozenset[str], every: Sequence[Family]) -> tuple[Lives, Lives]:
    """The lives of codes by the packages of each side: two versions of a package lie in two folders."""
    folders = [at.side.package.folder.parent for at in (one, two)]
    first = lives(folders[0], every, wanted)
    return first, first if folders[0] == folders[1] else lives(folders[1], every, wanted)


def partial_days(schedule: str, one: Loaded, two: Loaded) -> tuple[date, ...]:
    """The days of the two on which a schedule is held in part only."""
    return tuple(at.days[schedule] for at in (one, two) if schedule in at.partial)


def _restate(blocks: Iterable[Block]) -> None:
    """On one and the same day nothing moves: what differs between two packages was restated."""
    for block in blocks:
        block.kind[block.kind == kinds.MOVED] = kinds.RESTATED


def _both(schedule: str, one: Loaded, two: Loaded) -> bool:
    return schedule in one.columns and schedule in two.columns


def _why_missing(schedule: str, one: Loaded, two: Loaded) -> str:
    at = two.side if schedule in one.columns else one.side
    if at.schedules and schedule not in at.schedules:
        return f"{at.asked} is a release of {', '.join(at.schedules)}"
    first = held.first_day(at.package, schedule)
    return f"no source held for {at.day}" + (f", only from {first}" if first else "")


def _said(missing: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {why}" for name, why in missing.items())


def _years_with(schedules: Iterable[str], datasets: Path) -> str:
    every = [package.load(year, datasets) for year in package.years(datasets)]
    years = {name: [str(one.year) for one in every if one.path(name).exists()] for name in schedules}
    return "the packages have " + ", ".join(f"{name} for {', '.join(of) or 'no year'}" for name, of in years.items())


def _neither(wanted: Iterable[str], sides: tuple[Side, Side], datasets: Path) -> str:
    code, years = min(years_of(wanted, datasets).items())
    return f"{code} has no row on {sides[0].day} or {sides[1].day}; it is in {', '.join(map(str, years))}"


def _links(one: Side, two: Side, every: Iterable[Family]) -> Links:
    """The replacements between the two days; read backwards, the old codes stand in the place of the new ones."""
    if one.day <= two.day:
        return links(every, one.day, two.day)
    forward = links(every, two.day, one.day)
    return Links(after=forward.before, before=forward.after)


def _named(schedule: str, one: Mapping[str, int], two: Mapping[str, int]) -> Factors:
    """`physician` or `physician/qp` → the two factors; a day without tracks stands against each track of the other."""
    tracks = sorted(set(one) | set(two)) or [""]
    if len(tracks) > 1:
        tracks = [track for track in tracks if track]
    return {
        f"{schedule}/{track}" if track else schedule: (
            factor(one.get(track, one.get("", 0))),
            factor(two.get(track, two.get("", 0))),
        )
        for track in tracks
    }
