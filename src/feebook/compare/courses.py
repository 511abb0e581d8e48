"""The paths of codes over the years as text: plain rows, CSV, JSON, Markdown and a table for the terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from feebook import absence
from feebook.compare import grid
from feebook.compare.chained import Course, Point
from feebook.compare.change import SETTINGS
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
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(to_rows(courses))
    return file.getvalue()


def to_json(courses: Sequence[Course]) -> str:
    """The plain rows as JSON, with what constant dollars are."""
    return json.dumps({"constant_dollars": CONSTANT, "rows": to_rows(courses)}, indent=1, ensure_ascii=False) + "\n"


def headline(courses: Sequence[Course], constant: bool) -> list[str]:
    """What is shown, one sentence a line."""
    days = [point.day for point in courses[0].points]
    lines = [f"{days[0].year}–{days[-1].year}, as paid; national, unadjusted, US dollars", *([CONSTANT] * constant)]
    return [
        *lines,
        "% a year: compound, where the basis held all the way; * marks an amount that does not compare back",
    ]


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
    heads = ["Code", "Mod", "Setting", *years, "Change", "% a year", "What"]
    rows = [
        [
            course.code,
            course.modifier,
            SETTINGS[course.measure] + (f", {course.track}" if course.track else ""),
            *(_amount(point, constant) for point in course.points),
            signed(_moved(course, constant)),
            signed(course.annual_constant if constant else course.annual),
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


def _moved(course: Course, constant: bool) -> Decimal | None:
    first, last = course.points[0].constant, course.points[-1].constant
    if not constant:
        return course.change
    return None if first is None or last is None else last - first


def _what(course: Course) -> str:
    """Where the basis broke and where the indicator or the APC moved, with the year."""
    said = []
    for point, step in zip(course.points[1:], course.steps, strict=True):
        moved = step.note if step else ""
        words = moved or (point.broke if point.amount is not None else "")
        said += [f"{point.day.year}: {words}"] if words else []
    return "; ".join(said)
