"""Writing a package: beside its place, then renamed into it, so that a package on disk is always whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from feebook.package.descriptor import NOTICES, describe, described, to_json
from feebook.package.held import Package, restore
from feebook.package.resources import RESOURCES, Row, to_csv


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
    restore(datasets)
    place = datasets / str(year)
    contents = {f"{name}.csv": to_csv(name, tables[name]) for name in RESOURCES if tables.get(name)}
    version = _version(place, year, tables)
    said = describe(f"feebook-{year}", f"What Medicare pays, {year}", version, contents, sources)
    said["notices"] = [notice.format(code_year=year - 1) for notice in NOTICES]
    contents["datapackage.json"] = to_json(said)
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
    said["resources"] = sorted([*others, described(resource, data)], key=lambda one: RESOURCES.index(one["name"]))
    contents = {f"{resource}.csv": data, "datapackage.json": to_json(said)}
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
    contents["datapackage.json"] = to_json(
        describe("feebook-conversion-factors", title, f"{last}.{len(rows)}.0", contents, ())
    )
    changed = [name for name, data in contents.items() if not _holds(place / name, data)]
    if changed:
        _put(place, contents, ())
    return changed


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
    """Put a folder in the place of another; a stop between the two renames is mended by `restore`."""
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _version(place: Path, year: int, tables: Mapping[str, Iterable[Mapping[str, str]]]) -> str:
    """`<year>.<CMS releases folded in>.<our revision>`; the revision stays until a release bumps it."""
    releases = {
        row["release"] for row in tables["documents"] if row["kind"] == "schedule" and row["release"] and row["sha256"]
    }
    revision = 0
    if (place / "datapackage.json").exists():
        revision = int(Package(place).descriptor()["version"].split(".")[2])
    return f"{year}.{len(releases)}.{revision}"
