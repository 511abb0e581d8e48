"""What indicators mean, from the packages: in the year of a row, and over the years for the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feebook.package import Package

Column = tuple[str, str]
"""A schedule and the column of its resource that carries an indicator."""

UNKNOWN = "as in the list of CMS of that year"


@dataclass(frozen=True, slots=True)
class Meanings:
    """Schedule and column → indicator → year → its meaning, as far as the packages name it."""

    held: Mapping[Column, Mapping[str, Mapping[int, str]]]

    def of(self, schedule: str, column: str, indicator: str, year: int) -> str:
        """The meaning of an indicator in a year."""
        return self.held.get((schedule, column), {}).get(indicator, {}).get(year, UNKNOWN)

    def over(self, schedule: str, column: str, indicator: str, years: Iterable[int]) -> str:
        """The meaning in some years; where it changed among them, each with its years."""
        said: dict[str, list[int]] = {}
        for year in sorted(set(years)):
            said.setdefault(self.of(schedule, column, indicator, year), []).append(year)
        if len(said) < 2:
            return next(iter(said), UNKNOWN)
        *before, last = said
        told = [f"{meaning} (to {said[meaning][-1]})" for meaning in before]
        return "; ".join([f"{last} (from {said[last][0]})", *reversed(told)])

    def table(self, schedule: str, column: str) -> dict[str, tuple[str, str]]:
        """Indicator → its meaning and the year since which it is seen, empty where that is the first year we hold."""
        held = self.held.get((schedule, column), {})
        oldest = min((year for years in held.values() for year in years), default=0)
        return {
            indicator: (self.over(schedule, column, indicator, years), str(min(years)) if min(years) > oldest else "")
            for indicator, years in sorted(held.items())
        }


def meanings(packages: Iterable[Package]) -> Meanings:
    """The meanings that the packages hold."""
    found: dict[Column, dict[str, dict[int, str]]] = {}
    for held in packages:
        for row in held.rows("indicators"):
            column = found.setdefault((row["schedule"], row["column"]), {})
            column.setdefault(row["indicator"], {})[int(row["year"])] = row["meaning"]
    return Meanings(found)
