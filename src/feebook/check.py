"""Is a package what it says: schema, keys, hashes, segments, arithmetic and counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from feebook import codes, package
from feebook.document import write
from feebook.package import Package, Row
from feebook.project import cache_folder
from feebook.schedules import physician
from feebook.schedules.segments import problems


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    year: int
    resource: str
    what: str

    def __str__(self) -> str:
        return f"datasets/{self.year} · {self.resource} · {self.what}"


def check(held: Package, known: set[str] | None = None) -> Iterator[Problem]:
    """Everything that is wrong with a package.

    `known` holds the fingerprints of resources that were found valid before; frictionless reads only the others, and
    what it finds valid is added. None makes it read all.
    """
    described = {resource["name"]: resource for resource in held.descriptor()["resources"]}
    for name in held.resources:
        if name not in described:
            yield Problem(held.year, name, "is on disk but not described in datapackage.json")
            continue
        data = held.path(name).read_bytes()
        found = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if found != described[name]["hash"]:
            yield Problem(held.year, name, f"hash {described[name]['hash']} was due, found {found}")
    for name in sorted(set(described) - set(held.resources)):
        yield Problem(held.year, name, "is described in datapackage.json but not on disk")
    yield from _frictionless(held, known)
    for name in held.resources:
        rows = held.rows(name)
        yield from _keys(held.year, name, rows)
        if name == "physician":
            yield from _segments(held.year, name, rows)
            yield from _physician(held, rows)


def _frictionless(held: Package, known: set[str] | None) -> Iterator[Problem]:
    """The judgement of frictionless on every resource that is not known to be valid."""
    import frictionless

    print_ = _fingerprint(held)
    if known is not None and print_ in known:
        return
    report = frictionless.Package(str(held.folder / "datapackage.json")).validate()
    for task in report.tasks:
        for error in task.errors:
            yield Problem(held.year, task.name, f"frictionless: {error.message}")
    if report.valid and known is not None:
        known.add(print_)


def _fingerprint(held: Package) -> str:
    """Names the bytes of a whole package, since its keys tie the resources together."""
    data = (held.folder / "datapackage.json").read_bytes()
    sums = [hashlib.sha256(held.path(name).read_bytes()).hexdigest() for name in held.resources]
    return hashlib.sha256(data + json.dumps(sums).encode()).hexdigest()


def _keys(year: int, name: str, rows: list[Row]) -> Iterator[Problem]:
    at = package.key(name)
    keys = [tuple(row[column] for column in at) for row in rows]
    for one, two in pairwise(keys):
        if one == two:
            yield Problem(year, name, f"{' '.join(filter(None, one))}: the key stands twice")
        elif one > two:
            yield Problem(year, name, f"{' '.join(filter(None, two))}: not in the order of the keys")


def _segments(year: int, name: str, rows: list[Row]) -> Iterator[Problem]:
    at = tuple(column for column in package.key(name) if column != "from")
    for what in problems(rows, at, year):
        yield Problem(year, name, what)


def _physician(held: Package, rows: list[Row]) -> Iterator[Problem]:
    """Sums and payments by the rule, factors as paid on the days, on every row."""
    paid = [
        row for row in held.rows("conversion_factors") if row["schedule"] == "physician" and row["standing"] == "paid"
    ]
    for row in rows:
        where = f"{row['code']} {row['modifier']} {row['from']}".replace("  ", " ")
        for setting in physician.SETTINGS:
            for what in _wrong_payment(row, setting):
                yield Problem(held.year, "physician", f"{where} · {what}")
        due = [
            f["factor"]
            for f in paid
            if f["track"] == row["track"] and f["from"] <= row["from"] <= row["through"] <= f["through"]
        ]
        if row["conversion_factor"] and due != [row["conversion_factor"]]:
            yield Problem(
                held.year,
                "physician",
                f"{where} · factor {row['conversion_factor']} where {' and '.join(due) or 'none'} was paid",
            )
        if not codes.is_code(row["code"]):
            yield Problem(held.year, "physician", f"{where} · not the form of a code")


def _wrong_payment(row: Row, setting: str) -> Iterator[str]:
    due = physician.payment_of(row, setting)
    found = (row[f"{setting}_payment"], row[f"{setting}_status"])
    if found != due:
        yield f"{setting} payment {found[0] or found[1]}, expected {due[0] or due[1]}"
    total, parts = physician.total_and_parts(row, setting)
    if total != parts:
        yield f"{setting} total {total} is not the sum of its parts, {parts}"


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
