"""The path of a code over the years, setting by setting: each year's amount, each step, and where the basis broke."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import pairwise
from pathlib import Path

from feebook import package, project
from feebook.amounts import half_up
from feebook.compare.change import SCHEDULE_OF, SETTINGS, Change
from feebook.compare.comparison import between
from feebook.compare.days import CompareError, Side, side
from feebook.compare.families import families
from feebook.compare.held import SCHEDULES
from feebook.compare.lives import Lives, lives
from feebook.compare.loaded import Loaded, load
from feebook.compare.selection import select
from feebook.existence import Life

Key = tuple[str, str, str, str]
"""Code, modifier, track and measure."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was paid on one day; `constant` is the same in the dollars of the last day of the path, by the CPI-U.

    `broke` says in words why this amount does not compare with the one before it, and is empty where it does.
    `provisional` is true where the schedule of the day is known from a copy by others only.
    """

    day: date
    amount: Decimal | None
    status: str
    indicator: str
    apc: str
    constant: Decimal | None
    broke: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A code's amounts in one setting; `steps` are the changes from point to point, None where one is not held.

    `annual` is the compound change per calendar year from the first amount to the last in percent: schedules are set by
    the year, so that of 2026 is two steps from that of 2024 also where it is held from April only. `annual_constant` is
    the same in constant dollars. Both are None where there are not two amounts or the basis broke between them.
    """

    code: str
    modifier: str
    track: str
    measure: str
    points: tuple[Point, ...]
    steps: tuple[Change | None, ...]
    annual: Decimal | None
    annual_constant: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """From the first amount to the last, US dollars; None where there are not two."""
        if self.ends is None or (one := self.ends[0].amount) is None or (two := self.ends[1].amount) is None:
            return None
        return two - one

    @property
    def change_constant(self) -> Decimal | None:
        """The same in the dollars of the last day of the path; None where the price index lacks either day."""
        if self.ends is None or (one := self.ends[0].constant) is None or (two := self.ends[1].constant) is None:
            return None
        return two - one

    @property
    def ends(self) -> tuple[Point, Point] | None:
        """The first and the last point that have an amount; None where there are not two."""
        paid = [point for point in self.points if point.amount is not None]
        return (paid[0], paid[-1]) if len(paid) > 1 else None


def chain(
    codes: Iterable[str],
    years: Sequence[int] | str,
    *,
    schedule: str | None = None,
    basis: str = "paid",
    datasets: Path | None = None,
) -> tuple[Course, ...]:
    """The paths of codes over years (`2019-2026` or a list), by code, modifier, track and setting.

    On 1 January of each year, or its last segment when the basis is `latest`. Raises CompareError, one sentence, for
    years, codes or a basis that are not there.
    """
    datasets = datasets or project.folder("datasets")
    if basis not in ("paid", "latest"):
        raise CompareError(f"a path is of what was paid: the basis is paid or latest, not {basis}")
    wanted = select(codes, datasets)
    schedules = (schedule,) if schedule else tuple(SCHEDULES)
    days = [
        load(side(year, basis, datasets), schedules, wanted)
        for year in (_years(years) if isinstance(years, str) else years)
    ]
    if len(days) < 2:
        raise CompareError("a path needs two years at least, such as 2019-2026")
    known = lives(datasets, families(), wanted)
    states = [_rows(day, day, schedules, known) for day in days]
    steps = [_rows(one, two, schedules, known) for one, two in pairwise(days)]
    prices = cpi(project.folder("extract") / "cpi.csv")
    return tuple(_path(key, days, states, steps, prices, known.of(key[0], days[0].gaps)) for key in _keys(states))


def _years(text: str) -> list[int]:
    first, _, last = text.partition("-")
    if not (first.isdigit() and (last or first).isdigit() and int(first) <= int(last or first)):
        raise CompareError(f"{text!r} is no span of years, such as 2019-2026")
    return list(range(int(first), int(last or first) + 1))


def _rows(one: Loaded, two: Loaded, schedules: Sequence[str], known: Lives) -> dict[Key, Change]:
    found = between(one, two, schedules, "paid", Decimal(0), Decimal(0), known=known)
    return {(row.code, row.modifier, row.track, row.measure): row for row in found.rows}


def _keys(states: Sequence[Mapping[Key, Change]]) -> list[Key]:
    """Every key of any day; one without a track gives way where the code has tracks on another day."""
    every = {key for state in states for key in state}
    tracked = {(code, modifier, measure) for code, modifier, track, measure in every if track}
    kept = [key for key in every if key[2] or (key[0], key[1], key[3]) not in tracked]
    return sorted(kept, key=lambda key: (key[0], key[1], key[2], tuple(SETTINGS).index(key[3])))


def _path(
    key: Key,
    days: Sequence[Loaded],
    states: Sequence[Mapping[Key, Change]],
    steps: Sequence[Mapping[Key, Change]],
    prices: Mapping[str, Decimal],
    life: Life,
) -> Course:
    code, modifier, _, measure = key
    untracked = (code, modifier, "", measure)
    taken = [None, *(step.get(key) or step.get(untracked) for step in steps)]
    found = [state.get(key) or state.get(untracked) for state in states]
    points = tuple(
        _point(key, day, state, step, any(found[:at]), _ratio(prices, day.side, days[-1].side), life)
        for at, (day, state, step) in enumerate(zip(days, found, taken, strict=True))
    )
    return Course(*key, points, tuple(taken[1:]), *_annual(points))


def _point(
    key: Key, day: Loaded, state: Change | None, step: Change | None, later: bool, ratio: Decimal | None, life: Life
) -> Point:
    schedule = SCHEDULE_OF[key[3]]
    held = schedule in day.columns
    at, copied = day.days.get(schedule, day.side.day), schedule in day.partial
    broke = _broke(step, held) if later else ""  # before the first row there is nothing to compare with
    if state is None:
        why = life.why(schedule, at.isoformat(), key[1])
        return Point(at, None, why, "", "", None, broke, copied)
    constant = half_up(state.before * ratio) if state.before is not None and ratio else None
    said = (state.before, state.before_status, state.before_indicator, state.before_apc)
    return Point(at, *said, constant, broke, copied)


def _broke(step: Change | None, held: bool) -> str:
    """Why a point does not compare with the one before it."""
    if step is None:
        return "nothing to compare with" if held else "no source held"
    return step.reason


def _annual(points: Sequence[Point]) -> tuple[Decimal | None, Decimal | None]:
    """The compound change per calendar year from the first amount to the last, as paid and in constant dollars."""
    paid = [at for at, point in enumerate(points) if point.amount is not None]
    if len(paid) < 2 or any(point.broke for point in points[paid[0] + 1 : paid[-1] + 1]):
        return None, None
    one, two = points[paid[0]], points[paid[-1]]
    years = two.day.year - one.day.year
    return _compound(one.amount, two.amount, years), _compound(one.constant, two.constant, years)


def _compound(first: Decimal | None, last: Decimal | None, years: int) -> Decimal | None:
    """(last / first) ^ (1 / years) - 1 in percent, two decimals."""
    if not first or not last:
        return None
    with localcontext() as exact:
        exact.prec = 40
        return half_up(((last / first) ** (1 / Decimal(years)) - 1) * 100)


def cpi(path: Path) -> dict[str, Decimal]:
    """Month (`2024-01`) → index: the CPI-U, U.S. city average, all items, not seasonally adjusted, 1982-84 = 100."""
    if not path.exists():
        return {}
    return {row["month"]: Decimal(row["index"]) for row in package.read_csv(path)}


def _ratio(prices: Mapping[str, Decimal], at: Side, last: Side) -> Decimal | None:
    """What a dollar of one day is in dollars of the last one; None where the series lacks either month."""
    one, two = prices.get(f"{at.day:%Y-%m}"), prices.get(f"{last.day:%Y-%m}")
    return two / one if one and two else None
