"""A small step chart of an amount over dates of service, as SVG drawn at build time.

Colours come from the style sheet, so it reads in both schemes; the table of the same numbers stands below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from feebook.publish import figures
from feebook.publish.book import Book

WIDTH, HEIGHT = 320, 84
LEFT, RIGHT, TOP, BOTTOM = 46, 8, 8, 16


@dataclass(frozen=True, slots=True)
class Step:
    """An amount from one day through another."""

    first: str
    last: str
    amount: Decimal


def svg(title: str, steps: Sequence[Step], first_year: int, last_year: int) -> str:
    """The chart, or nothing where one amount would make a line without news."""
    if len(steps) < 2:
        return ""
    low, high = min(step.amount for step in steps), max(step.amount for step in steps)
    if low == high:
        return ""
    start, end = date(first_year, 1, 1).toordinal(), date(last_year + 1, 1, 1).toordinal()

    def x(day: int) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * (day - start) / (end - start):.0f}"

    def y(amount: Decimal) -> str:
        return f"{TOP + (HEIGHT - TOP - BOTTOM) * float((high - amount) / (high - low)):.0f}"

    path, at = "", 0
    for step in steps:
        begin, until = date.fromisoformat(step.first).toordinal(), date.fromisoformat(step.last).toordinal() + 1
        path += f"{'V' if begin == at else 'M' + x(begin) + ' '}{y(step.amount)}H{x(until)}"
        at = until
    marked = {first_year, last_year, (first_year + last_year) // 2}
    ticks = "".join(
        f'<text x="{x(date(year, 7, 1).toordinal())}" y="{HEIGHT - 3}">{year}</text>' for year in sorted(marked)
    )
    return (
        f'<svg class="fb-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{title}</title>'
        f'<path class="g" d="M{LEFT} {y(high)}H{WIDTH - RIGHT}M{LEFT} {y(low)}H{WIDTH - RIGHT}"/>'
        f'<text class="y" x="{LEFT - 5}" y="{int(y(high)) + 4}">{figures.whole(high)}</text>'
        f'<text class="y" x="{LEFT - 5}" y="{int(y(low)) + 4}">{figures.whole(low)}</text>'
        f'<path class="l" d="{path}"/>{ticks}</svg>'
    )


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
