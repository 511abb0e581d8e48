"""Parts of a code's page: what carries the payment of a packaged code, and which part of a rate is its device.

The small resources of all packages are read once; a page then only looks its code up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from feebook.amounts import CENT
from feebook.package import Package, Row
from feebook.publish import figures
from feebook.publish.lines import Block
from feebook.publish.records import Record
from feebook.schedules.packaging import device_in, service_share

SHOWN = 8
"""Pairs that are shown at once, those with the largest lift; the others are folded."""

OFFSETS = {"asc": "asc_offsets", "outpatient": "opps_offsets"}
"""Setting → the resource that holds the device in its rates."""

DEVICE_INTENSIVE = "J8"
"""The indicator whose offset is a part of the rate that Addendum FF prints; of others it is one of the center's own."""

_SAME = Decimal("0.001")
"""How far the share of one procedure may lie from that of its year: rates are printed in cents."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as the page of one of its codes shows it: the other code, both classifications and rates.

    `unrounded` are the two rates before they were rounded to the cent: whole dollars come of them.
    """

    other: str
    apc: str
    adjusted_apc: str
    alone: Decimal
    paid: Decimal
    unrounded: tuple[Decimal, Decimal]

    @property
    def lift(self) -> Decimal:
        return self.paid - self.alone


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of one code in one year, largest lift first, and the document that they were read from."""

    year: int
    document: str
    rows: tuple[Pair, ...]

    @property
    def first(self) -> tuple[Pair, ...]:
        """The pairs to show at once."""
        return self.rows[:SHOWN] if self.rest else self.rows

    @property
    def rest(self) -> tuple[Pair, ...]:
        """The pairs to fold: of a single one more than are shown, none."""
        return self.rows[SHOWN:] if len(self.rows) > SHOWN + 1 else ()


@dataclass(frozen=True, slots=True)
class Packaged:
    """What the page of a code says: pairs with it as the secondary and as the primary, and what is not known.

    `packaged` and `asc_packaged` are the years in which an outpatient row says N, a surgery center row N1; `listed` the
    years of a C75xx code; `held` and `missing` the years with and without an Addendum J; `silent` those in which the
    code was packaged and no pair, rated or not, has it as the secondary. `counts` is year → codes for pairs in a
    surgery center.
    """

    lifts: tuple[Pairs, ...]
    lifted: tuple[Pairs, ...]
    packaged: tuple[int, ...]
    asc_packaged: tuple[int, ...]
    listed: tuple[int, ...]
    held: tuple[int, ...]
    missing: tuple[int, ...]
    counts: Mapping[int, int]
    silent: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Device:
    """The device in one line of a facility's rate: dollars, percent of that rate, and where it was read."""

    year: str
    part: str
    amount: Decimal
    of: Decimal
    document: str

    @property
    def share(self) -> str:
        return figures.share(self.amount, self.of)

    def same_as(self, other: Device) -> bool:
        """Whether a page says the same of both."""
        return (self.year, self.amount, self.share) == (other.year, other.amount, other.share)


@dataclass(frozen=True, slots=True)
class Packaging:
    """What the packages hold of pairs and offsets, by code.

    `named` is year → the secondary codes of all pairs of Addendum J, for the years whose pairs are all known. `counts`
    is year → codes for pairs in a surgery center, `shares` year → what a center is paid of the service of a
    device-intensive procedure.
    """

    years: tuple[int, ...]
    held: tuple[int, ...]
    named: Mapping[int, frozenset[str]]
    counts: Mapping[int, int]
    lifts: Mapping[str, tuple[Pairs, ...]]
    lifted: Mapping[str, tuple[Pairs, ...]]
    listed: Mapping[str, tuple[int, ...]]
    offsets: Mapping[tuple[str, str], tuple[Row, ...]]
    documents: Mapping[tuple[str, str], str]
    shares: Mapping[str, Decimal]

    def of(self, record: Record) -> Packaged | None:
        """What the page of a code says; None for a code that packaging does not touch."""
        code = record.code.code
        packaged, asc_packaged = (
            _years(record, *at) for at in (("outpatient", "status_indicator", "N"), ("asc", "payment_indicator", "N1"))
        )
        lifts, lifted = self.lifts.get(code, ()), self.lifted.get(code, ())
        listed = self.listed.get(code, ())
        if not (packaged or asc_packaged or lifts or lifted or listed):
            return None
        known = tuple(year for year in self.years if year in record.code.years)
        missing = tuple(year for year in known if year not in self.held)
        silent = tuple(year for year in packaged if year in self.named and code not in self.named[year])
        return Packaged(lifts, lifted, packaged, asc_packaged, listed, self.held, missing, self.counts, silent)

    def devices(self, code: str, block: Block) -> list[Device]:
        """The device in each rate that a facility is paid, as far as an offset of that very rate is held."""
        rows = self.offsets.get((block.setting.key, code), ())
        found: list[Device] = []
        for line in block.lines if rows else ():
            row = next((row for row in rows if row["from"] <= line.first <= row["through"]), None)
            if row and line.printed and self._is_part_of(row, str(line.printed)):
                document = self.documents.get((OFFSETS[block.setting.key], row["release"]), "")
                device = Device(line.first[:4], line.part, Decimal(row["device_offset"]), line.printed, document)
                if found and found[-1].same_as(device):
                    device = replace(found.pop(), part="")
                found.append(device)
        return found

    def _is_part_of(self, row: Row, rate: str) -> bool:
        """Whether an offset is a part of this rate: printed for it, or its percentage of it; else it is of another."""
        if "payment" in row:
            return Decimal(row["payment"]) == Decimal(rate)
        if row["payment_indicator"] == DEVICE_INTENSIVE:
            if row["opps_payment"] in ("", row["device_offset"]):
                return False
            share = service_share(rate, row["opps_payment"], row["device_offset"])
            of_year = self.shares.get(row["from"][:4])
            return of_year is not None and abs(share - of_year) <= _SAME
        return abs(device_in(rate, row["device_offset_percent"]) - Decimal(row["device_offset"])) <= CENT


def _years(record: Record, schedule: str, column: str, indicator: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(year for year, row in record.all(schedule) if row[column] == indicator))


def packaging(packages: Sequence[Package], documents: Mapping[int, Sequence[Row]], whole: bool = True) -> Packaging:
    """What the packages hold, read once. `documents` is year → the documents of its package; `whole` is false where
    pairs of Level I codes are left out of the packages, so that no code can be called without a pair."""
    lifts: dict[str, list[Pairs]] = {}
    lifted: dict[str, list[Pairs]] = {}
    listed: dict[str, list[int]] = {}
    named: dict[int, frozenset[str]] = {}
    counts: dict[int, int] = {}
    held = tuple(package.year for package in packages if _has_pairs(documents.get(package.year, ())))
    for package in packages:
        rows = package.rows("packaging_pairs")
        pairs = [row for row in rows if row["schedule"] == "outpatient"]
        codes = sorted({row["adjusted_code"] for row in rows if row["schedule"] == "asc"})
        if whole and package.year in held:
            named[package.year] = frozenset(row["secondary"] for row in pairs)
        counts |= {package.year: len(codes)} if codes else {}
        for code in codes:
            listed.setdefault(code, []).append(package.year)
        exact = _unrounded(package) if pairs else {}
        for to, at, other in ((lifts, "secondary", "primary"), (lifted, "primary", "secondary")):
            for code, found in _grouped(pairs, at, other, exact):
                to.setdefault(code, []).append(Pairs(package.year, pairs[0]["document"], found))
    return Packaging(
        tuple(package.year for package in packages),
        held,
        named,
        counts,
        {code: tuple(found) for code, found in lifts.items()},
        {code: tuple(found) for code, found in lifted.items()},
        {code: tuple(years) for code, years in listed.items()},
        {key: tuple(rows) for key, rows in _offsets(packages)},
        {
            (row["schedule"], row["release"]): row["document"]
            for rows in documents.values()
            for row in reversed(rows)
            if row["schedule"] in OFFSETS.values()
        },
        dict(_shares(packages)),
    )


def _has_pairs(documents: Sequence[Row]) -> bool:
    """Whether an Addendum J is held; the surgery center's own codes for pairs stand in another."""
    return any(
        row["schedule"] == "packaging_pairs" and row["sha256"] and "Addendum J" in row["title"] for row in documents
    )


def _unrounded(package: Package) -> dict[tuple[str, str], Decimal]:
    """APC and rate → weight x factor, where that is how the rate came about."""
    paid = [
        row
        for row in package.rows("conversion_factors")
        if (row["schedule"], row["standing"]) == ("outpatient", "paid")
    ]
    return {
        (row["apc"], row["payment"]): figures.exact(row["weight"], paid[-1]["factor"], row["payment"])
        for row in (package.rows("outpatient") if paid else ())
        if row["weight"] and row["payment"]
    }


def _grouped(
    pairs: Sequence[Row], at: str, other: str, exact: Mapping[tuple[str, str], Decimal]
) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    """Code → its pairs with both rates, largest lift first."""
    rated = [row for row in pairs if row["primary_payment"] and row["adjusted_payment"]]
    for code, rows in groupby(sorted(rated, key=lambda row: row[at]), key=lambda row: row[at]):
        found = [
            Pair(
                row[other],
                row["primary_apc"],
                row["adjusted_apc"],
                Decimal(row["primary_payment"]),
                Decimal(row["adjusted_payment"]),
                (
                    exact.get((row["primary_apc"], row["primary_payment"]), Decimal(row["primary_payment"])),
                    exact.get((row["adjusted_apc"], row["adjusted_payment"]), Decimal(row["adjusted_payment"])),
                ),
            )
            for row in rows
        ]
        yield code, tuple(sorted(found, key=lambda pair: (-pair.lift, pair.other)))


def _offsets(packages: Sequence[Package]) -> Iterator[tuple[tuple[str, str], list[Row]]]:
    """Setting and code → the rows with a device, in the order of their days."""
    for setting, resource in OFFSETS.items():
        rows = [row for package in packages for row in package.rows(resource) if row["device_offset"].strip("0.")]
        by_code = sorted(rows, key=lambda row: (row["code"], row["from"]))
        for code, found in groupby(by_code, key=lambda row: row["code"]):
            yield (setting, code), list(found)


def _shares(packages: Sequence[Package]) -> Iterator[tuple[str, Decimal]]:
    """Year → the share of the service that a center is paid: the median over its device-intensive procedures."""
    for package in packages:
        rates = {
            (row["code"], row["from"]): row["payment"]
            for row in package.rows("asc")
            if row["payment_indicator"] == DEVICE_INTENSIVE and row["payment"]
        }
        found = sorted(
            service_share(rates[row["code"], row["from"]], row["opps_payment"], row["device_offset"])
            for row in package.rows("asc_offsets")
            if row["payment_indicator"] == DEVICE_INTENSIVE and row["opps_payment"] not in ("", row["device_offset"])
            if (row["code"], row["from"]) in rates
        )
        if found:
            yield str(package.year), found[len(found) // 2]
