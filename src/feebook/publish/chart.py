"""Small charts as SVG drawn at build time: an amount over dates of service, and the parts of its changes.

Colours come from the style sheet, so they read in both schemes; the table of the same numbers stands beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from feebook.publish.book import Book

WIDTH, HEIGHT = 360, 112
LEFT, RIGHT, TOP, BOTTOM = 46, 4, 10, 18
_FROM_ZERO = Decimal("0.5")
"""An axis starts at zero where the lowest amount is less than this share of the highest."""


@dataclass(frozen=True, slots=True)
class Step:
    """An amount from one day through another."""

    first: str
    last: str
    amount: Decimal
    provisional: bool = False


def svg(title: str, steps: Sequence[Step], first_year: int, last_year: int, drawn: set[str] | None = None) -> str:
    """The chart, or nothing where one amount would make a line without news.

    The axis starts at zero, or at a round amount below the lowest; then the chart says so in words. `drawn` names what
    stands on the page already, to be used again; what this chart adds is added.
    """
    drawn = set() if drawn is None else drawn
    if len({step.amount for step in steps}) < 2:
        return ""
    low, high = min(step.amount for step in steps), max(step.amount for step in steps)
    floor, top, unit = _axis(low, high)
    start, end = date(first_year, 1, 1).toordinal(), date(last_year + 1, 1, 1).toordinal()

    def x(day: int) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * (day - start) / (end - start):.0f}"

    def y(amount: Decimal) -> str:
        return f"{TOP + (HEIGHT - TOP - BOTTOM) * (top - amount) / (top - floor):.0f}"

    paths, at = {False: "", True: ""}, 0
    for step in steps:
        begin, until = _ordinal(step.first), _ordinal(step.last) + 1
        path = paths[step.provisional]
        joins = begin == at and (path or not step.provisional)
        paths[step.provisional] += f"{'V' if joins and path else f'M{x(begin)} '}{y(step.amount)}H{x(until)}"
        at = until if not step.provisional else 0
    years = range(first_year, last_year + 1)
    marks = [(mark, y(mark)) for mark in (floor + unit * step for step in range(int((top - floor) / unit) + 1))]
    hairs = "".join(f"M{LEFT} {place}H{WIDTH}" for _, place in marks)
    grid = _once(f"fb-grid{len(marks)}", f'class=g d="{hairs}"', drawn)
    labels = "".join(f"<text class=y x={LEFT - 5} y={int(place) + 3}>{_label(mark)}</text>" for mark, place in marks)
    note = "" if not floor else f"<text class=z x={WIDTH} y=7>axis from {_label(floor)}, not from zero</text>"
    dashed = f'<path class="l v" d="{paths[True]}"/>' if paths[True] else ""
    return (
        f'<svg class=fb-chart viewBox="0 0 {WIDTH} {HEIGHT}" role=img><title>{title}</title>{_years(years, x, drawn)}'
        f'{grid}{labels}{note}<path class=l d="{paths[False]}"/>{dashed}</svg>'
    )


@lru_cache(maxsize=4096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _once(name: str, path: str, drawn: set[str]) -> str:
    """A path, or its like that stands on the page already: lines of a grid lie in the same places in many charts."""
    if name in drawn:
        return f"<use href=#{name} />"
    drawn.add(name)
    return f"<path id={name} {path}/>"


def _years(years: range, x: Callable[[int], str], drawn: set[str]) -> str:
    """The years under a chart and a hairline at each January 1; the other charts of a page use those of the first."""
    if "fb-years" in drawn:
        return "<use href=#fb-years />"
    drawn.add("fb-years")
    every = 1 if len(years) <= 9 else 4
    hairs = "".join(f"M{x(date(year, 1, 1).toordinal())} {TOP}V{HEIGHT - BOTTOM}" for year in years)
    ticks = "".join(
        f"<text x={x(date(year, 7, 1).toordinal())} y={HEIGHT - 4}>{year}</text>" for year in years[::every]
    )
    return f'<g id=fb-years class=fb-ticks><path d="{hairs}"/>{ticks}</g>'


@lru_cache(maxsize=4096)
def _axis(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Where the axis starts and ends, and the round amount between its marks: at most three steps."""
    base = Decimal(0) if low < high * _FROM_ZERO else low
    span = high - base
    size = Decimal(1).scaleb(span.adjusted() - 1)
    units = [size * by for by in (1, 2, 5, 10, 20, 25, 50, 100)]
    for unit in units:
        floor, top = _round(base, unit, ROUND_FLOOR), _round(high, unit, ROUND_CEILING)
        if (top - floor) / unit <= 3:
            return floor, top, unit
    return Decimal(0), high, high


def _round(amount: Decimal, unit: Decimal, way: str) -> Decimal:
    return (amount / unit).to_integral_value(way) * unit


@lru_cache(maxsize=4096)
def _label(amount: Decimal) -> str:
    """`$1,200`, `$0.50`: an amount on an axis, round as it is."""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


BAR_PARTS = ("Factor", "Work", "Practice expense", "Malpractice", "Weight")
"""The parts of a change that a bar shows, in the order of its colours; rounding is too small to be seen."""


Parts = Sequence[tuple[str, Decimal]]
_NOTHING = Decimal(0)


def bars(title: str, pairs: tuple[str, ...], changes: Sequence[Parts], known: dict[tuple[str, ...], str]) -> str:
    """A bar for each change, split into its parts: what raises the amount stands above the line, what lowers it below.

    `known` names the labels already on the page, to be used again; those of this chart are added.
    """
    shown = [[(name, part) for name, part in parts if part and name in BAR_PARTS] for parts in changes]
    up = max((sum((part for _, part in parts if part > 0), _NOTHING) for parts in shown), default=_NOTHING)
    down = -min((sum((part for _, part in parts if part < 0), _NOTHING) for parts in shown), default=_NOTHING)
    if not up + down:
        return ""
    scale, step = Decimal(80) / (up + down), (WIDTH - LEFT) / len(changes)
    zero = 6 + up * scale
    paths: dict[str, str] = {}
    for at, parts in enumerate(shown):
        ends = {True: zero, False: zero}
        middle = f"{LEFT + step * (at + 0.5):.0f}"
        for name, part in parts:
            begin = ends[part > 0]
            end = ends[part > 0] = begin - part * scale
            paths[name] = f"{paths.get(name, '')}M{middle} {_short(begin)}V{_short(end)}"
    drawn = "".join(f'<path class=p{BAR_PARTS.index(name)} d="{path}"/>' for name, path in sorted(paths.items()))
    return (
        f'<svg class="fb-chart fb-parts" viewBox="0 0 {WIDTH} 106" role=img><title>{title}</title>{drawn}'
        f'<path class=g d="M{LEFT} {_short(zero)}H{WIDTH}"/><text class=y x={LEFT - 5} y={zero + 3:.0f}>0</text>'
        f"{_labels(pairs, step, known)}</svg>"
    )


def _labels(pairs: tuple[str, ...], step: float, known: dict[tuple[str, ...], str]) -> str:
    if pairs in known:
        return f"<use href=#{known[pairs]} />"
    known[pairs] = f"fb-pairs{len(known)}"
    texts = "".join(f"<text x={LEFT + step * (at + 0.5):.0f} y=102>{pair}</text>" for at, pair in enumerate(pairs))
    return f"<g id={known[pairs]} class=fb-ticks>{texts}</g>"


def _short(place: Decimal) -> str:
    return f"{place:.0f}"


def factors(book: Book) -> str:
    """The physician factor as it was paid, over all years that the packages know."""
    rows = [
        row
        for row in book.factors
        if row["schedule"] == "physician" and row["standing"] == "paid" and row["track"] != "qp"
    ]
    steps = [Step(row["from"], row["through"], Decimal(row["factor"])) for row in rows if row["factor"]]
    if not steps:
        return ""
    return svg(
        "Physician conversion factor as paid, dollars; table below",
        steps,
        int(steps[0].first[:4]),
        int(steps[-1].last[:4]),
    )
