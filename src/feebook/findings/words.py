"""Findings in plain words: what a guide prints, what CMS has, and from which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from feebook import absence
from feebook.amounts import CENT
from feebook.findings.cell import Cell, number
from feebook.findings.cms import INDICATORS, NO_ROW, NONE, Stretch
from feebook.findings.factors import Inference
from feebook.findings.known import Known, Named

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONEY: Final = ("_payment", "_copayment", "_charge")
"""How measures in dollars end."""

_STANDINGS: Final = {
    "paid": "paid {days}",
    "final": "printed as final for {year}, not paid",
    "proposed": "proposed for {year}, never paid",
    "superseded": "superseded before {year}, never paid",
}


def day(iso: str, year: bool = True) -> str:
    """A day as it is said: `9 March 2024`."""
    return f"{int(iso[8:])} {_MONTHS[int(iso[5:7]) - 1]}" + (f" {iso[:4]}" if year else "")


def days(first: str, last: str) -> str:
    """Days as they are said: `in 2024`, `from 9 March 2024`, `until 8 March 2024`, `from 1 April to 30 June 2024`."""
    if first[:4] != last[:4]:
        return f"from {day(first)} to {day(last)}"
    if first[5:] == "01-01" and last[5:] == "12-31":
        return f"in {first[:4]}"
    if last[5:] == "12-31":
        return f"from {day(first)}"
    if first[5:] == "01-01":
        return f"until {day(last)}"
    return f"from {day(first, False)} to {day(last)}"


def amount(value: Decimal) -> str:
    """`$1,056` or `$86.21`, as exact as it is given."""
    return f"{'-' if value < 0 else ''}${abs(value):,}"


def figure(measure: str, value: Decimal) -> str:
    """A number as its measure is said: `$86.21`, `2.59`."""
    return amount(value) if measure.endswith(MONEY) else str(value)


def has(measure: str, stretch: Stretch) -> str:
    """What CMS has, for a reader: `$86.21`, `2.59`, `N1`, `packaged`."""
    found = number(stretch.figure)
    if found is not None:
        return figure(measure, found)
    if stretch.figure:
        return stretch.figure
    if stretch.has == NO_ROW:
        return "no such row"
    return absence.WORDS[stretch.reason][0] if stretch.reason in absence.WORDS else NONE


def prints(cell: Cell) -> str:
    """What the guide prints, for a reader: `prints $86`, `prints N1`, `says packaged`."""
    found = cell.amount
    if not cell.value:
        return f"says {absence.WORDS[cell.status][0]}" if cell.status in absence.WORDS else "prints no amount"
    if found is not None and cell.measure.endswith(MONEY):
        return f"prints {amount(found)}"
    if cell.measure == "change_percent":
        return f"prints {cell.value} %"
    return f"prints {cell.value}"


def by_days(measure: str, told: Sequence[tuple[Stretch, bool]]) -> str:
    """What CMS has over the days, what the guide prints first: `$86.21 from 9 March, $84.81 before`."""
    if len(told) == 1:
        return has(measure, told[0][0])
    if len(told) == 2 and told[0][0].first[:4] == told[1][0].last[:4]:
        (one, early), (two, late) = told
        until, since = f"until {day(one.last, False)}", f"from {day(two.first, False)}"
        touch = date.fromisoformat(two.first) - date.fromisoformat(one.last) == timedelta(1)
        if late and not early:
            return f"{has(measure, two)} {since}, {has(measure, one)} {'before' if touch else until}"
        return f"{has(measure, one)} {until}, {has(measure, two)} {'after' if touch else since}"
    ordered = [s for s, fit in told if fit] + [s for s, fit in told if not fit]
    return ", ".join(f"{has(measure, s)} {days(s.first, s.last)}" for s in ordered)


def not_held(stretches: Sequence[Stretch]) -> str:
    """The days of which no file is held, as a sentence to add; empty where all are held."""
    gaps = [s for s in stretches if not s.told]
    return f"; no CMS file held {', '.join(days(s.first, s.last) for s in gaps)}" if gaps else ""


def factor(one: Known) -> str:
    """A known factor with what became of it: `32.74, that is 32.7442 in two decimals, paid until 8 March 2024`."""
    about = _STANDINGS[one.standing].format(days=days(one.first, one.last), year=one.first[:4])
    short = f", that is {one.full} in two decimals" if one.rounded else ""
    return f"{one.factor}{short}{_TRACKS.get(one.track, '')}, {about}"


def made_with(one: Known) -> str:
    """A factor beside an amount: `32.74 (32.7442 in two decimals)`, `33.0607 (superseded)`."""
    about = {"paid": f"paid {days(one.first, one.last)}"}.get(one.standing, one.standing)
    short = f"{one.full} in two decimals" if one.rounded else about
    return f"{one.factor} ({short if one.standing == 'paid' or not one.rounded else f'{short}, {about}'})"


def period(first: str, last: str) -> str:
    """The days that something is printed for: `2024`, `9 March to 31 December 2024`."""
    if (first[5:], last[5:]) == ("01-01", "12-31") and first[:4] == last[:4]:
        return first[:4]
    return f"{day(first, first[:4] != last[:4])} to {day(last)}"


_TRACKS: Final = {"qp": " (QP)", "nonqp": " (non-QP)"}
_SCHEDULES: Final = {"physician": "physician", "outpatient": "hospital outpatient", "asc": "surgery center"}


def inferred(schedule: str, found: Inference, names: Named) -> str:
    """What the amounts of a schedule say of their factor, and how sure that is, in a sentence or two."""
    kind = _SCHEDULES[schedule]
    many = f"{found.fit} of {found.cells} {kind} amounts"
    if not found.settled:
        return f"No one factor explains the {kind} amounts: at most {many} fit the same one."
    low, high = found.spans[0].told()
    span = f"{many} fit the factors from {low} to {high}"
    if names.best is None:
        return f"No factor that we know of fits: {span}."
    alike = " or ".join(str(one.factor) for one in names.alike)
    if not names.unique:
        return f"Factor {factor(names.best)}; the amounts cannot tell it from {alike}. {span}."
    tail = f"; they cannot tell it from {alike}, its two decimals" if alike else ""
    return f"Factor {factor(names.best)}. {span}, and no other known factor of that time{tail}."


def transposed(one: Decimal, two: Decimal) -> bool:
    """True when one number is the other with two neighbouring digits in each other's place."""
    a, b = str(one), str(two)
    apart = [n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return (
        len(a) == len(b)
        and len(apart) == 2
        and apart[1] - apart[0] in (1, 2)
        and (a[apart[0]], a[apart[1]]) == (b[apart[1]], b[apart[0]])
        and set(a[apart[0] + 1 : apart[1]]) <= {"."}
    )


def signed(value: Decimal) -> str:
    """A difference in dollars with its sign, as plain text: `-100`, `10.00`."""
    return str(value if value.as_tuple().exponent == 0 else value.quantize(CENT))


def is_indicator(measure: str) -> bool:
    """True for a measure that names a rule and no number."""
    return measure in INDICATORS
