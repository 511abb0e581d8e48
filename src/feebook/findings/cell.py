"""A number as a guide prints it, whether it was just read or lies in a package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from feebook.amounts import CENT, DOLLAR
from feebook.package import Row

if TYPE_CHECKING:
    from feebook.guides.read import Reading

PAYMENTS: Final = ("facility_payment", "nonfacility_payment", "limiting_charge")
PROPOSED: Final = "proposed"
_LONGEST: Final = 16


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed number or reason, and the days it is printed for; `unlabelled` where its heading names no site."""

    document: str
    table: str
    code: str
    modifier: str
    measure: str
    variant: str
    year: str
    first: str
    last: str
    value: str
    status: str
    printed: str
    place: str
    flag: str
    unlabelled: bool = False

    @property
    def amount(self) -> Decimal | None:
        """The number; None for an indicator or a reason."""
        return number(self.value)

    @property
    def column(self) -> tuple[str, ...]:
        """What it has in common with the other cells of its column."""
        return self.table, self.measure, self.variant, self.year, self.first

    @property
    def unit(self) -> Decimal:
        """The unit that an amount is printed in: dollars or cents."""
        return CENT if "." in self.value else DOLLAR


def number(text: str) -> Decimal | None:
    """A plain decimal as a number; None for any other text, and for one longer than any figure of a fee schedule."""
    digits = text.removeprefix("-")
    plain = len(digits) <= _LONGEST and digits.isascii() and digits.replace(".", "", 1).isdigit()
    return Decimal(text) if plain else None


def by_column(cells: Sequence[Cell]) -> dict[tuple[str, ...], list[int]]:
    """Column → the places of its cells, in their order."""
    columns: dict[tuple[str, ...], list[int]] = {}
    for n, cell in enumerate(cells):
        columns.setdefault(cell.column, []).append(n)
    return columns


def of_reading(reading: Reading) -> Iterator[Cell]:
    """The cells of a guide that was read without a recipe; one without dates is printed for its year.

    A cell whose year no heading and no word of the guide tells has no days.
    """
    for cell in reading.cells:
        year = cell.year or reading.year or cell.effective_from[:4]
        first = cell.effective_from or (f"{year}-01-01" if year else "")
        yield Cell(
            document=cell.file,
            table=cell.table,
            code=cell.code,
            modifier=cell.modifier,
            measure=cell.measure,
            variant=cell.variant,
            year=year,
            first=first,
            last=max(first, cell.effective_through or f"{first[:4]}-12-31") if first else "",
            value=cell.value,
            status=cell.status,
            printed=cell.printed,
            place=cell.place,
            flag=cell.flag,
            unlabelled=(cell.table, cell.code, cell.modifier, cell.place) in reading.unlabelled,
        )


def of_rows(
    rows: Sequence[Row], through: Mapping[str, str], unlabelled: Iterable[tuple[str, str, str]] = ()
) -> Iterator[Cell]:
    """The cells of a package.

    A cell holds to the day before the same number is printed anew, else to the last day of its document (`through`),
    else to the end of its year. `unlabelled` names document, table and measure of totals whose heading names no site.
    """
    without = set(unlabelled)
    starts: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        starts.setdefault(_number(row), []).append(row["from"])
    for row in rows:
        later = min((day for day in starts[_number(row)] if day > row["from"]), default="")
        last = _day_before(later) if later else through.get(row["document"]) or f"{row['from'][:4]}-12-31"
        yield Cell(
            **{name: row[name] for name in ("document", "table", "code", "modifier", "measure", "variant", "year")},
            first=row["from"],
            last=max(row["from"], last),
            value=row["value"],
            status=row["status"],
            printed=row["printed"],
            place=row.get("place", ""),
            flag=row.get("flag", ""),
            unlabelled=(row["document"], row["table"], row["measure"]) in without,
        )


def _number(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("document", "table", "code", "modifier", "measure", "variant", "year"))


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat()
