"""A package on disk, and the years that there are packages of."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feebook.errors import Usage
from feebook.package.resources import RESOURCES, Row, read_csv

if TYPE_CHECKING:
    from pandas import DataFrame


class PackageError(Usage):
    """A package that is not there or not as described; the message says which and what was due."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package on disk. `package["physician"]` is a data frame of text; `rows` reads without pandas."""

    folder: Path

    @property
    def year(self) -> int:
        return int(self.folder.name)

    @property
    def resources(self) -> tuple[str, ...]:
        """The resources that this package holds."""
        return tuple(name for name in RESOURCES if self.path(name).exists())

    def descriptor(self) -> dict[str, Any]:
        """The datapackage.json."""
        found: dict[str, Any] = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        return found

    def path(self, resource: str) -> Path:
        return self.folder / f"{resource}.csv"

    def rows(self, resource: str, code: str = "", column: str = "code") -> list[Row]:
        """The rows of a resource, all or those of one code; none where the package has no such resource.

        `column` names another column that `code` is looked for in.
        """
        path = self.path(resource)
        if not path.exists():
            return []
        if not code:
            return list(read_csv(path))
        with path.open(encoding="utf-8", newline="") as file:
            lines = [next(file), *(line for line in file if code in line)]
        return [row for row in csv.DictReader(lines) if row[column] == code]

    def __getitem__(self, resource: str) -> DataFrame:
        import pandas as pd

        if resource not in self.resources:
            raise PackageError(f"{self.folder.name} has no {resource}; it has {', '.join(self.resources)}")
        return pd.read_csv(self.path(resource), dtype=str, keep_default_na=False)


def years(datasets: Path) -> list[int]:
    """The years that there are packages of, ascending."""
    restore(datasets)
    return sorted(int(p.parent.name) for p in datasets.glob("[12][0-9][0-9][0-9]/datapackage.json"))


def load(year: int, datasets: Path) -> Package:
    """The package of a year. Raises PackageError naming the years there are."""
    if year not in years(datasets):
        raise PackageError(f"no package for {year}: there are {', '.join(map(str, years(datasets))) or 'none'}")
    return Package(datasets / str(year))


def restore(datasets: Path) -> None:
    """Mend what a stop between the two renames of a writing has left."""
    for old in datasets.glob(".*.old"):
        place = datasets / old.name.strip(".").removesuffix(".old")
        if not place.exists():
            old.rename(place)
