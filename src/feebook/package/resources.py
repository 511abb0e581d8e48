"""The resources of a package: their names, their schemas, and their CSV as exact text."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from feebook import tabular

Row = dict[str, str]

RESOURCES = (
    "documents",
    "conversion_factors",
    "codes",
    "physician",
    "outpatient",
    "asc",
    "asc_offsets",
    "opps_offsets",
    "packaging_pairs",
    "indicators",
    "localities",
    "zip_localities",
    "opps_cap",
    "guide_cells",
    "findings",
    "changes",
)
"""The resources of a package, in the order in which they are described."""


@cache
def schema(resource: str) -> dict[str, Any]:
    """The Table Schema of a resource."""
    path = Path(__file__).parents[1] / "schemas" / f"{resource}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def columns(resource: str) -> tuple[str, ...]:
    """The columns of a resource, in order."""
    return tuple(field["name"] for field in schema(resource)["fields"])


def key(resource: str) -> tuple[str, ...]:
    """The columns that together name a row of a resource."""
    return tuple(schema(resource)["primaryKey"])


def to_csv(resource: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The CSV of a resource: its columns in order, its rows sorted by key."""
    names = columns(resource)
    at = key(resource)
    ordered = sorted(rows, key=lambda row: [row.get(k, "") for k in at])
    return tabular.to_csv(names, ([row.get(name, "") for name in names] for row in ordered)).encode()


def read_csv(path: Path) -> Iterator[Row]:
    """The rows of a CSV as text, nothing taken for a number or for a gap."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
