"""Is a package what it says: schema, keys, hashes, segments, arithmetic and counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from feebook import package
from feebook.document import write
from feebook.package import Package, Row
from feebook.project import cache_folder
from feebook.schedules.rules import (
    Breach,
    asc_breaches,
    offset_breaches,
    outpatient_breaches,
    pair_breaches,
    physician_breaches,
    ties,
)
from feebook.schedules.segments import problems


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    year: int
    resource: str
    what: str

    def __str__(self) -> str:
        return f"datasets/{self.year} · {self.resource} · {self.what}"


def check(held: Package, exceptions: Iterable[Row] = (), known: set[str] | None = None) -> Iterator[Problem]:
    """Everything that is wrong with a package.

    `exceptions` are the breaches of arithmetic that CMS's own files have, one by one; a new one is a problem, and so
    is one that is not there any more. `known` holds the fingerprints of packages found valid before; frictionless reads
    only others, and what it finds valid is added. None makes it read all.
    """
    yield from _described(held)
    yield from _frictionless(held, known)
    excused = [row for row in exceptions if row["year"] == str(held.year)]
    for name in held.resources:
        rows = held.rows(name)
        yield from _keys(held.year, name, rows)
        if "through" in package.columns(name) and name != "conversion_factors":
            yield from _segments(held.year, name, rows)
        if name in ("physician", "outpatient", "asc"):
            yield from _arithmetic(held, name, rows, [row for row in excused if row["resource"] == name])
        if name in ("opps_offsets", "packaging_pairs"):
            yield from _packaging(held, name, rows)


def notes(held: Package) -> Iterator[str]:
    """What is not wrong but to be known: payments that lie exactly between two cents."""
    tied = [row["code"] for row in held.rows("physician") if any(ties(row))]
    if tied:
        names = ", ".join(list(dict.fromkeys(tied))[:8]) + (" …" if len(set(tied)) > 8 else "")
        yield f"{len(tied)} physician rows lie exactly between two cents, rounded half up: {names}"


def _described(held: Package) -> Iterator[Problem]:
    """Every resource is described with its hash and its count, and every described one is there."""
    described = {resource["name"]: resource for resource in held.descriptor()["resources"]}
    for name in held.resources:
        if name not in described:
            yield Problem(held.year, name, "is on disk but not described in datapackage.json")
            continue
        data = held.path(name).read_bytes()
        found = {
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "bytes": len(data),
            "rows": data.count(b"\n") - 1,
        }
        for fact, value in found.items():
            if described[name][fact] != value:
                yield Problem(held.year, name, f"{fact} {described[name][fact]} was due, found {value}")
    for name in sorted(set(described) - set(held.resources)):
        yield Problem(held.year, name, "is described in datapackage.json but not on disk")


def _frictionless(held: Package, known: set[str] | None) -> Iterator[Problem]:
    """The judgement of frictionless on the whole package, unless these bytes were found valid before."""
    fingerprint = _fingerprint(held)
    if known is not None and fingerprint in known:
        return
    import frictionless

    report = frictionless.Package(str(held.folder / "datapackage.json")).validate()
    for task in report.tasks:
        for error in task.errors:
            yield Problem(held.year, task.name, f"frictionless: {error.message}")
    for error in report.errors:
        yield Problem(held.year, "datapackage.json", f"frictionless: {error.message}")
    if report.valid and known is not None:
        known.add(fingerprint)


def _fingerprint(held: Package) -> str:
    """Names the bytes of a whole package, since its keys tie the resources together."""
    data = (held.folder / "datapackage.json").read_bytes()
    sums = [hashlib.sha256(held.path(name).read_bytes()).hexdigest() for name in held.resources]
    return hashlib.sha256(data + json.dumps(sums).encode()).hexdigest()


def _keys(year: int, name: str, rows: Sequence[Row]) -> Iterator[Problem]:
    at = package.key(name)
    keys = [tuple(row[column] for column in at) for row in rows]
    for one, two in pairwise(keys):
        if one == two:
            yield Problem(year, name, f"{' '.join(filter(None, one))}: the key stands twice")
        elif one > two:
            yield Problem(year, name, f"{' '.join(filter(None, two))}: not in the order of the keys")


def _segments(year: int, name: str, rows: Sequence[Row]) -> Iterator[Problem]:
    at = tuple(column for column in package.key(name) if column != "from")
    for what in problems(rows, at, year):
        yield Problem(year, name, what)


def _packaging(held: Package, name: str, rows: Sequence[Row]) -> Iterator[Problem]:
    """Device offsets are what their percentage makes, pairs stand on the rates of their primaries."""
    alone = {(row["code"], row["from"]): row for row in held.rows("outpatient")}
    for row in rows:
        if name == "opps_offsets":
            where, found = row["code"], list(offset_breaches(row))
        elif row["schedule"] == "outpatient":
            where, primary = f"{row['primary']} {row['secondary']}", alone.get((row["primary"], row["from"]))
            found = list(pair_breaches(row, primary))
        else:
            continue
        for breach in found:
            yield Problem(held.year, name, f"{where} · {breach.rule} {breach.found}, expected {breach.expected}")


def _arithmetic(held: Package, name: str, rows: Sequence[Row], excused: Sequence[Row]) -> Iterator[Problem]:
    due = {(row["code"], row["from"], row["rule"], row["printed"], row["expected"]) for row in excused}
    for row, breach in _breaches(held, name, rows):
        found = (row["code"], row["from"], breach.rule, breach.found, breach.expected)
        if found in due:
            due.remove(found)
            continue
        where = " ".join(filter(None, [row["code"], row.get("modifier"), row.get("track"), row["from"]]))
        yield Problem(held.year, name, f"{where} · {breach.rule} {breach.found}, expected {breach.expected}")
    for code, first, rule, printed, _ in sorted(due):
        yield Problem(held.year, name, f"{code} {first} · {rule} {printed} is listed as an exception but is none")


def _breaches(held: Package, name: str, rows: Sequence[Row]) -> Iterator[tuple[Row, Breach]]:
    paid = [row for row in held.rows("conversion_factors") if row["schedule"] == name and row["standing"] == "paid"]
    for row in rows:
        if name == "physician":
            yield from ((row, breach) for breach in physician_breaches(row))
        factors = [f["factor"] for f in paid if f["track"] == row.get("track", "") and _within(row, f)]
        if name == "physician" and factors != [row["conversion_factor"]]:
            yield (
                row,
                Breach("conversion_factor", row["conversion_factor"], " and ".join(factors) or "one that was paid"),
            )
        if name == "outpatient":
            yield from ((row, breach) for breach in outpatient_breaches(row, "".join(factors)))
        if name == "asc":
            yield from ((row, breach) for breach in asc_breaches(row, "".join(factors)))


def _within(row: Row, factor: Row) -> bool:
    return factor["from"] <= row["from"] and row["through"] <= factor["through"]


@contextmanager
def remembered(full: bool) -> Iterator[set[str] | None]:
    """The fingerprints of packages found valid before, kept in the user's cache; None when all are to be read."""
    if full:
        yield None
        return
    path = cache_folder() / "checked.txt"
    known = set(path.read_text().split()) if path.exists() else set()
    before = len(known)
    yield known
    if len(known) > before:
        write(path, "\n".join(sorted(known)).encode())
