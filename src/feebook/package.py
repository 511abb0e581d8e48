"""A year package: the CSV resources of one calendar year and the datapackage.json that describes them.

All CSV is UTF-8 with LF line ends, sorted by key, amounts as exact text. A package on disk is always whole: it is
written beside its place and then renamed into it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feebook.errors import Usage

if TYPE_CHECKING:
    from pandas import DataFrame

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

NOTICES = (
    "CPT® codes copyright {code_year} American Medical Association. All rights reserved. CPT is a registered "
    "trademark of the American Medical Association. Applicable FARS/DFARS restrictions apply to government use. Fee "
    "schedules, relative value units, conversion factors and related components are not assigned by the AMA, are not "
    "part of CPT, and the AMA is not recommending their use. The AMA assumes no liability for data contained or not "
    "contained herein.",
    "National unadjusted amounts. No locality, claim edits, multiple-procedure reduction or sequestration unless "
    "shown. Not legal, coding or reimbursement advice. The source wins over us. No affiliation with CMS, the AMA or "
    "any vendor.",
)
"""What every package and page with Level I codes says; the code set is one year older than the fee schedule."""


class PackageError(Usage):
    """A package that is not there or not as described; the message says which and what was due."""


@cache
def schema(resource: str) -> dict[str, Any]:
    """The Table Schema of a resource."""
    path = Path(__file__).parent / "schemas" / f"{resource}.json"
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
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(
        [row.get(name, "") for name in names] for row in sorted(rows, key=lambda row: [row.get(k, "") for k in at])
    )
    return file.getvalue().encode()


def read_csv(path: Path) -> Iterator[Row]:
    """The rows of a CSV as text, nothing taken for a number or for a gap."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


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
    _restore(datasets)
    return sorted(int(p.parent.name) for p in datasets.glob("[12][0-9][0-9][0-9]/datapackage.json"))


def load(year: int, datasets: Path) -> Package:
    """The package of a year. Raises PackageError naming the years there are."""
    if year not in years(datasets):
        raise PackageError(f"no package for {year}: there are {', '.join(map(str, years(datasets))) or 'none'}")
    return Package(datasets / str(year))


def write(
    datasets: Path,
    year: int,
    tables: Mapping[str, Iterable[Mapping[str, str]]],
    sources: Sequence[Row],
    changelog: Callable[[Sequence[str]], str] | None = None,
) -> list[str]:
    """Write the package of a year, whole or not at all; the names of the files that changed.

    `tables` holds the rows by resource; a resource without rows is left out. Other files of the folder stay.
    `changelog` gives the text of CHANGELOG.md from the names of the resources that changed.
    """
    _restore(datasets)
    place = datasets / str(year)
    contents = {f"{name}.csv": to_csv(name, tables[name]) for name in RESOURCES if tables.get(name)}
    version = _version(place, year, tables)
    said = _describe(f"feebook-{year}", f"What Medicare pays, {year}", version, contents, sources)
    said["notices"] = [notice.format(code_year=year - 1) for notice in NOTICES]
    contents["datapackage.json"] = _json(said)
    changed = [name for name, data in contents.items() if not _holds(place / name, data)]
    gone = [f"{name}.csv" for name in RESOURCES if f"{name}.csv" not in contents and (place / f"{name}.csv").exists()]
    if not changed and not gone:
        return []
    if changelog:
        resources = [name.removesuffix(".csv") for name in changed + gone if name.endswith(".csv")]
        if resources:
            contents["CHANGELOG.md"] = changelog(resources).encode()
            changed.append("CHANGELOG.md")
    _put(place, {name: contents[name] for name in changed}, gone)
    return changed + gone


def replace(
    held: Package, resource: str, rows: Sequence[Row], changelog: Callable[[Sequence[str]], str] | None = None
) -> bool:
    """Put the rows of one resource in the place of those a package holds; True where that changed anything."""
    data = to_csv(resource, rows)
    if _holds(held.path(resource), data) or not (rows or held.path(resource).exists()):
        return False
    said = held.descriptor()
    others = [one for one in said["resources"] if one["name"] != resource]
    said["resources"] = sorted([*others, _resource(resource, data)], key=lambda one: RESOURCES.index(one["name"]))
    contents = {f"{resource}.csv": data, "datapackage.json": _json(said)}
    if changelog:
        contents["CHANGELOG.md"] = changelog([resource]).encode()
    _put(held.folder, contents, ())
    return True


def write_factors(datasets: Path, rows: Sequence[Row]) -> list[str]:
    """Write every conversion factor we know of as a package of its own; the names of the files that changed."""
    place = datasets / "conversion_factors"
    contents = {"conversion_factors.csv": to_csv("conversion_factors", rows)}
    first, last = (pick(row["from"][:4] for row in rows) for pick in (min, max))
    title = f"Medicare conversion factors, {first} to {last}: paid, proposed, final and superseded"
    contents["datapackage.json"] = _json(
        _describe("feebook-conversion-factors", title, f"{last}.{len(rows)}.0", contents, ())
    )
    changed = [name for name, data in contents.items() if not _holds(place / name, data)]
    if changed:
        _put(place, contents, ())
    return changed


def _json(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()


def _put(place: Path, contents: Mapping[str, bytes], gone: Sequence[str]) -> None:
    """Put files into a folder, all at once; other files of the folder stay."""
    new = place.with_name(f".{place.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    if place.exists():
        shutil.copytree(place, new, ignore=shutil.ignore_patterns(*gone))
    new.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        (new / name).write_bytes(data)
    _swap(place, new)


def _holds(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() == data


def _swap(place: Path, new: Path) -> None:
    """Put a folder in the place of another; a stop between the two renames is mended by `_restore`."""
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _restore(datasets: Path) -> None:
    for old in datasets.glob(".*.old"):
        place = datasets / old.name.strip(".").removesuffix(".old")
        if not place.exists():
            old.rename(place)


def _version(place: Path, year: int, tables: Mapping[str, Iterable[Mapping[str, str]]]) -> str:
    """`<year>.<CMS releases folded in>.<our revision>`; the revision stays until a release bumps it."""
    releases = {
        row["release"] for row in tables["documents"] if row["kind"] == "schedule" and row["release"] and row["sha256"]
    }
    revision = 0
    if (place / "datapackage.json").exists():
        revision = int(Package(place).descriptor()["version"].split(".")[2])
    return f"{year}.{len(releases)}.{revision}"


def _describe(
    name: str, title: str, version: str, contents: Mapping[str, bytes], sources: Sequence[Row]
) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": name,
        "title": title,
        "version": version,
        "licenses": [
            {
                "name": "CC0-1.0",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
                "title": "CC0 1.0 for figures and arrangement; CPT codes copyright American Medical Association",
            }
        ],
        "sources": [
            {"title": row["title"], **({"path": row["url"]} if row["url"] else {})}
            for row in sources
            if row["kind"] != "guide"
        ],
        "resources": [_resource(name, contents[f"{name}.csv"]) for name in RESOURCES if f"{name}.csv" in contents],
    }


def _resource(name: str, data: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "title": schema(name)["title"],
        "path": f"{name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "rows": data.count(b"\n") - 1,
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema(name),
    }
