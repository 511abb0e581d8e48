"""The resource `changes` of a package: every amount that differs from 1 January of the year before, and why."""

from __future__ import annotations

from decimal import Decimal

from feebook.compare.comparison import between
from feebook.compare.days import first_of
from feebook.compare.held import SCHEDULES
from feebook.compare.loaded import load
from feebook.compare.printers import to_rows
from feebook.package import Package, Row, columns


def changes(before: Package, after: Package) -> list[Row]:
    """The rows of the resource, in the columns of `schemas/changes.json`; what stayed the same is left out.

    Amounts as paid on 1 January of the two years, or on the first day that is held. `material` is 1 where the change
    passes the default line of $1 and 0.5 %, or is of another kind than a moved amount.
    """
    one, two = (load(first_of(held)) for held in (before, after))
    found = between(one, two, tuple(SCHEDULES), "paid", Decimal(1), Decimal("0.5"))
    material = ["1" if found.is_material(change) else "0" for change in found.changed]
    names = columns("changes")
    rows = zip(to_rows(found, found.changed), material, strict=True)
    return [{name: (row | {"material": flag})[name] for name in names} for row, flag in rows]
