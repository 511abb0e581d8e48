"""The schedules of CMS: what each reads and how its rows are keyed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from feebook import absence, codes
from feebook.schedules import asc, localities, outpatient, packaging, physician, secondary
from feebook.schedules.segments import Key, Row, keyed
from feebook.schedules.sheet import Record

Parts = Mapping[str, tuple[str, Iterable[Record]]]
"""The files of one release by part: the document's name and its records."""


Secondary = Callable[[str, Iterable[Record], Mapping[str, str], Mapping[Key, Row]], Iterable[Row]]
"""Rows of somebody else's copy: the document, its records, factor by track, and the rows in force before it."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule: the resource it fills, the key of its rows, and the rows of the parts of one release."""

    resource: str
    key: tuple[str, ...]
    read: Callable[[Parts], Iterable[Row]]
    is_key: Callable[[str], bool] = codes.is_code
    secondary: Secondary | None = None
    indicator: str = ""

    def unknown(self, rows: Mapping[Key, Row], indicators: Sequence[str]) -> dict[Key, Row]:
        """Rows on the days of a release that we do not hold: the amounts that it renews are no longer known."""
        return {key: _unknown(row) if row[self.indicator] in indicators else row for key, row in rows.items()}

    def rows(self, release: str, parts: Parts) -> dict[Key, Row]:
        """The rows of one release by key; a key twice with other values stops the reading."""
        return keyed(release, self.read(parts), self.key)


def _unknown(row: Row) -> Row:
    if not row["payment"]:
        return row
    renewed = [
        name for name in row if name.endswith("copayment") or name in ("payment", "coinsurance_percent", "flags")
    ]
    return {**row, **dict.fromkeys(renewed, ""), "payment_status": absence.NO_SOURCE}


def _physician(parts: Parts) -> Iterable[Row]:
    for track, (document, records) in parts.items():
        yield from physician.rows(document, records, track)


def _asc(parts: Parts) -> Iterable[Row]:
    for addendum, (document, records) in parts.items():
        yield from asc.rows(document, records, addendum)


def _localities(parts: Parts) -> Iterable[Row]:
    document, gpci = parts["gpci"]
    return localities.rows(document, gpci, parts["anesthesia"][1] if "anesthesia" in parts else ())


def _pairs(parts: Parts) -> Iterable[Row]:
    return packaging.pairs(*parts["J"], parts["A"])


def _one(read: Callable[[str, Iterable[Record]], Iterable[Row]]) -> Callable[[Parts], Iterable[Row]]:
    """A schedule whose release is one file."""

    def rows(parts: Parts) -> Iterable[Row]:
        (only,) = parts.values()
        return read(*only)

    return rows


SCHEDULES = {
    schedule.resource: schedule
    for schedule in (
        Schedule("physician", physician.KEY, _physician, secondary=secondary.physician_rows),
        Schedule(
            "outpatient",
            outpatient.KEY,
            _one(outpatient.rows),
            secondary=secondary.outpatient_rows,
            indicator="status_indicator",
        ),
        Schedule("asc", asc.KEY, _asc, secondary=secondary.asc_rows, indicator="payment_indicator"),
        Schedule("asc_offsets", asc.KEY, _one(asc.offsets)),
        Schedule("opps_offsets", packaging.OFFSET_KEY, packaging.offsets),
        Schedule("packaging_pairs", packaging.KEY, _pairs, packaging.is_key),
        Schedule("localities", localities.KEY, _localities, localities.is_contractor),
        Schedule("zip_localities", localities.ZIP_KEY, _one(localities.zips), localities.is_zip),
        Schedule("opps_cap", localities.CAP_KEY, _one(localities.caps)),
    )
}
"""Every schedule by the resource it fills, in the order of the packages."""
