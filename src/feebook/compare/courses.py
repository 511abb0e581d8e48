"""The paths of codes over the years as text: plain rows, CSV, JSON, Markdown and a table for the terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from feebook import absence, tabular
from feebook.compare import capped, grid
from feebook.compare.chained import Course, Point
from feebook.compare.change import SCHEDULE_OF, SETTINGS
from feebook.compare.printers import signed

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS: Final = (
    "code",
    "modifier",
    "track",
    "measure",
    "day",
    "amount",
    "status",
    "indicator",
    "apc",
    "constant",
    "change",
    "percent",
    "broke",
    "annual",
    "annual_constant",
)
"""The columns of a plain row: one per code, modifier, track, measure and day; exact text, US dollars and percent."""

CONSTANT: Final = (
    "Constant dollars: of January of the last year, by the CPI-U (BLS series CUUR0000SA0, all items, not seasonally "
    "adjusted). They are ours, no amount that was ever paid."
)


def to_rows(courses: Sequence[Course]) -> list[dict[str, str]]:
    """One row of exact text per code, modifier, track, measure and day."""
    rows = []
    for course in courses:
        for point, step in zip(course.points, (None, *course.steps), strict=True):
            said = (
                course.code,
                course.modifier,
                course.track,
                course.measure,
                point.day,
                point.amount,
                point.status,
                point.indicator,
                point.apc,
                point.constant,
                step.change if step else None,
                step.percent if step else None,
                point.broke,
                course.annual,
                course.annual_constant,
            )
            rows.append({name: "" if one is None else str(one) for name, one in zip(COLUMNS, said, strict=True)})
    return rows


def to_csv(courses: Sequence[Course]) -> str:
    """The plain rows as CSV."""
    return tabular.to_csv(COLUMNS, (row.values() for row in to_rows(courses)))


def to_json(courses: Sequence[Course]) -> str:
    """The plain rows as JSON, with what constant dollars are."""
    return json.dumps({"constant_dollars": CONSTANT, "rows": to_rows(courses)}, indent=1, ensure_ascii=False) + "\n"


def headline(courses: Sequence[Course], constant: bool) -> list[str]:
    """What is shown, one sentence a line."""
    days = [point.day for point in courses[0].points]
    latest = all((point.day.month, point.day.day) == (12, 31) for course in courses for point in course.points)
    basis = "the last segment of each year" if latest else "as paid on 1 January of each year"
    lines = [f"{days[0].year}–{days[-1].year}, {basis}; national, unadjusted, US dollars", *([CONSTANT] * constant)]
    lines += _days(courses, latest)
    if any(capped.NAME in step.note for course in courses for step in course.steps if step):
        lines.append("Amounts are before the OPPS cap on imaging; where it is lower, the last column has what is paid")
    if any(_short(course) for course in courses):
        lines.append("† marks a change that does not span all the years: it is of the years that the last column names")
    return [
        *lines,
        "% per calendar year: compound, one step for each yearly schedule, on whatever day of its year an amount is "
        "held; only where the basis held all the way. * marks an amount that does not compare back",
    ]


def _days(courses: Sequence[Course], latest: bool) -> list[str]:
    """What is not of 1 January, and what is known from copies by others only, schedule by schedule."""
    held = [(SCHEDULE_OF[course.measure], point) for course in courses for point in course.points]
    later = [] if latest else [(name, point.day) for name, point in held if (point.day.month, point.day.day) != (1, 1)]
    copied = [(name, point.day) for name, point in held if point.provisional]
    return [
        *(f"{day.year}, {name}: as paid on {day}, since no file of 1 January is held" for name, day in _once(later)),
        *(f"Provisional, {name}: of {day} we hold a copy by others, in part" for name, day in _once(copied)),
    ]


def _once(found: Sequence[tuple[str, date]]) -> list[tuple[str, date]]:
    return list(dict.fromkeys(found))


def _short(course: Course) -> bool:
    """True for a change whose first or last year has no amount."""
    return course.ends is not None and course.ends != (course.points[0], course.points[-1])


def to_markdown(courses: Sequence[Course], constant: bool = False) -> str:
    """A Markdown table under the headline."""
    return (
        "".join(f"- {line}\n" for line in headline(courses, constant))
        + "\n"
        + grid.markdown(*_cells(courses, constant))
    )


def table(courses: Sequence[Course], constant: bool = False) -> Table:
    """A table for the terminal."""
    return grid.terminal(*_cells(courses, constant))


def _cells(courses: Sequence[Course], constant: bool) -> tuple[list[str], list[list[str]]]:
    """Heads and cells for a reader, years ascending; `constant` puts every amount into dollars of the last year."""
    years = [str(point.day.year) for point in courses[0].points]
    heads = ["Code", "Mod", "Setting", *years, "Change", "% per calendar year", "What"]
    rows = [
        [
            course.code,
            course.modifier,
            SETTINGS[course.measure] + (f", {course.track}" if course.track else ""),
            *(_amount(point, constant) for point in course.points),
            _marked(course, course.change_constant if constant else course.change),
            _marked(course, course.annual_constant if constant else course.annual),
            _what(course),
        ]
        for course in courses
    ]
    return heads, rows


def _amount(point: Point, constant: bool) -> str:
    amount = point.constant if constant else point.amount
    if amount is None:
        return absence.WORDS[absence.NO_SOURCE if point.amount is not None else point.status][0]
    return f"${amount:,}" + ("*" if point.broke else "")


def _marked(course: Course, moved: Decimal | None) -> str:
    return signed(moved) + ("†" if moved is not None and _short(course) else "")


def _what(course: Course) -> str:
    """Where the basis broke and where the indicator or the APC moved, with the year."""
    said = []
    for point, step in zip(course.points[1:], course.steps, strict=True):
        moved = step.note if step else ""
        words = moved or (point.broke if point.amount is not None else "")
        said += [f"{point.day.year}: {words}"] if words else []
    if course.ends and _short(course):
        said.append(f"change of {course.ends[0].day.year}–{course.ends[1].day.year}")
    return "; ".join(said)
