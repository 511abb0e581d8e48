"""The four settings of a code as blocks of lines: dates of service ascending, amount, change, units, factor, source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from feebook import absence
from feebook.amounts import half_up
from feebook.compare.kinds import same_class
from feebook.package import Row
from feebook.publish import existence, figures
from feebook.publish.book import PROVISIONAL_FORMS, Book
from feebook.publish.records import Record
from feebook.schedules import caps
from feebook.silence import step

SourceKey = tuple[int, str, str, str]
"""Year, schedule, release and addendum: what leads from a number to its documents."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One column of a fee schedule: where an amount stands in a row, and the words for it."""

    key: str
    title: str
    schedule: str
    paid: str
    status: str
    units: str
    indicator: str
    unit_name: str


SETTINGS = (
    Setting(
        "facility",
        "Physician, facility",
        "physician",
        "facility_payment",
        "facility_status",
        "facility_total_rvu",
        "status",
        "RVU",
    ),
    Setting(
        "nonfacility",
        "Physician, non-facility",
        "physician",
        "nonfacility_payment",
        "nonfacility_status",
        "nonfacility_total_rvu",
        "status",
        "RVU",
    ),
    Setting("asc", "Surgery center (ASC)", "asc", "payment", "payment_status", "weight", "payment_indicator", "Weight"),
    Setting(
        "outpatient",
        "Hospital outpatient",
        "outpatient",
        "payment",
        "payment_status",
        "weight",
        "status_indicator",
        "Weight",
    ),
)
"""The settings in the order in which experts read them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One stretch of dates of service in one setting. `paid` is dollars before rounding, None where `status` says why.

    `since` is the change from the line before, None where there is none to state; `broke` says why it cannot be. Under
    the OPPS cap on imaging `uncapped` is what the RVUs would give; `cap_open` tells that such a cap is not held.
    """

    first: str
    last: str
    track: str
    paid: Decimal | None
    printed: Decimal | None
    status: str
    indicator: str
    apc: str
    units: str
    factor: str
    source: SourceKey | None
    provisional: bool
    since: Decimal | None = None
    before: Decimal | None = None
    broke: str = ""
    new_indicator: bool = False
    new_apc: bool = False
    uncapped: Decimal | None = None
    cap_open: bool = False

    @property
    def dollars(self) -> Decimal:
        """What is paid. Raises ValueError where nothing is."""
        if self.paid is None:
            raise ValueError(f"{self.first}: {self.status} is no amount")
        return self.paid

    @property
    def year(self) -> str:
        """`2024`, or `2019–2022` for years that say the same."""
        if self.first[:4] == self.last[:4]:
            return self.first[:4]
        last = self.last[:4] if self.last[5:] == "12-31" else figures.day(self.last)
        return f"{self.first[:4]}\u2013{last}"

    @property
    def part(self) -> str:
        """The part of the year, empty for the whole."""
        return figures.part_of_year(self.first, self.last) if self.first[:4] == self.last[:4] else ""


@dataclass(frozen=True, slots=True)
class Block:
    """A setting with its lines, ascending. `listed` is false where no file held of its schedule ever had the code;
    `seen` is the last day on which any file had it."""

    setting: Setting
    lines: tuple[Line, ...]
    listed: bool = True
    seen: str = "9999"

    @property
    def latest(self) -> Line:
        """What the newest source says up to the day on which the code was last seen: of two tracks the one that most
        physicians are paid on."""
        unknown = (absence.NO_SOURCE, absence.NO_CODE)
        held = [line for line in self.lines if line.status not in unknown and line.first <= self.seen]
        held = held or [line for line in self.lines if line.status != absence.NO_SOURCE] or list(self.lines)
        return next(line for line in held if line.first == held[-1].first)

    @property
    def pays(self) -> bool:
        return any(line.paid is not None for line in self.lines)


Factors = Callable[[str, str], str]


def blocks(book: Book, record: Record, factors: Factors, gone: frozenset[int] = frozenset()) -> tuple[Block, ...]:
    """The four blocks of a code. `factors(schedule, day)` is the factor paid on a day, where rows do not carry it;
    `gone` are the years in which the code did not exist."""
    return tuple(
        Block(
            setting,
            tuple(_lines(book, record, setting, factors, gone)),
            bool(record.rows.get(setting.schedule)),
            record.code.last,
        )
        for setting in SETTINGS
    )


def _lines(book: Book, record: Record, setting: Setting, factors: Factors, gone: frozenset[int]) -> Iterator[Line]:
    """Lines with their changes, years of the same absence folded into one."""
    found = [line for year in book.years for line in _year(book, record, setting, year, factors, gone)]
    previous: dict[str, Line] = {}
    waiting: Line | None = None
    for line in found:
        line = _since(setting, line, previous.get(line.track) or previous.get(""))
        if line.status != absence.NO_SOURCE:
            previous[line.track] = line
        if waiting and _same_absence(waiting, line):
            waiting = replace(line, first=waiting.first)
            continue
        if waiting:
            yield waiting
        waiting = line
    if waiting:
        yield waiting


def _year(
    book: Book, record: Record, setting: Setting, year: int, factors: Factors, gone: frozenset[int]
) -> list[Line]:
    rows = [row for row in record.rows.get(setting.schedule, {}).get(year, ()) if not row.get("modifier")]
    if not rows:
        if year in gone:
            return [_absent(f"{year}-01-01", f"{year}-12-31", absence.NO_CODE)]
        return _silent(book, record, setting.schedule, f"{year}-01-01", f"{year}-12-31")
    before = _before(book, record, setting.schedule, year, min(row["from"] for row in rows))
    return [*before, *_held(book, setting, year, rows, factors), *_after(book, record, setting.schedule, year, rows)]


def _held(book: Book, setting: Setting, year: int, rows: list[Row], factors: Factors) -> list[Line]:
    """The lines of a year's rows."""
    if not rows[0].get("track") or len({row["track"] for row in rows}) == 1:
        return list(_folded([_line(book, setting, year, row, factors) for row in rows]))
    by_track = [
        list(same) for _, same in groupby(sorted(rows, key=lambda row: row["track"]), key=lambda row: row["track"])
    ]
    lines = [line for same in by_track for line in _folded([_line(book, setting, year, row, factors) for row in same])]
    if all(line.paid is None for line in lines):
        return [replace(line, track="") for line in lines if line.track == lines[0].track]
    return sorted(lines, key=lambda line: (line.first, line.track))


def _before(book: Book, record: Record, schedule: str, year: int, first: str) -> list[Line]:
    """The part of a year before the first row: days without a source, without the code, or off this schedule."""
    if first <= f"{year}-01-01":
        return []
    return _silent(book, record, schedule, f"{year}-01-01", step(first, -1))


def _after(book: Book, record: Record, schedule: str, year: int, rows: list[Row]) -> list[Line]:
    """The part of a year after the last row, where a later release has dropped the code."""
    last = max(row["through"] for row in rows)
    if last >= f"{year}-12-31":
        return []
    day_after = step(last, 1)
    if record.code.last <= last and (year, schedule) not in book.partial:
        return [_absent(day_after, f"{year}-12-31", absence.NO_CODE)]
    return _silent(book, record, schedule, day_after, f"{year}-12-31")


def _silent(book: Book, record: Record, schedule: str, first: str, last: str) -> list[Line]:
    """Days of a year without a row."""
    found = existence.silence(book, record, schedule, first, last)
    return [
        _absent(min(day for day, _, _ in same), max(day for _, day, _ in same), status)
        for status, same in ((status, list(run)) for status, run in groupby(found, key=lambda piece: piece[2]))
    ]


def _absent(first: str, last: str, status: str) -> Line:
    return Line(first, last, "", None, None, status, "", "", "", "", None, False)


def _line(book: Book, setting: Setting, year: int, row: Row, factors: Factors) -> Line:
    paid, units = row[setting.paid], row.get(setting.units, "")
    factor = row.get("conversion_factor", "") or (factors(setting.schedule, row["from"]) if units else "")
    documents = book.documents_of(year, setting.schedule, row)
    uncapped, cap_open = None, False
    if paid and setting.schedule == "physician":
        cap_open = row["code"] in book.capped and caps.is_untold(row, setting.key)
        capped = caps.capped_units(row, setting.key)
        if capped is not None:
            uncapped, units, paid = Decimal(paid), str(capped), str(half_up(capped * Decimal(factor)))
    return Line(
        row["from"],
        row["through"],
        row.get("track", ""),
        figures.exact(units, factor, paid) if paid else None,
        Decimal(paid) if paid else None,
        row[setting.status],
        row[setting.indicator],
        row.get("apc", ""),
        units if paid else "",
        factor,
        (year, setting.schedule, row["release"], row.get("addendum", "")),
        bool(documents) and all(document["form"] in PROVISIONAL_FORMS for document in documents),
        uncapped=uncapped,
        cap_open=cap_open,
    )


def _folded(lines: Sequence[Line]) -> Iterator[Line]:
    """Segments of one year that differ only in what this block does not show become one."""
    waiting = lines[0]
    for line in lines[1:]:
        if _shown(waiting) == _shown(line):
            waiting = replace(waiting, last=line.last)
            continue
        yield waiting
        waiting = line
    yield waiting


def _shown(line: Line) -> tuple[object, ...]:
    paid = line.printed, line.uncapped, line.cap_open
    return *paid, line.status, line.indicator, line.apc, line.units, line.factor, line.track, line.provisional


def _same_absence(one: Line, two: Line) -> bool:
    return (
        one.paid is None
        and two.paid is None
        and (one.status, one.indicator, one.apc, one.track, one.provisional)
        == (two.status, two.indicator, two.apc, two.track, two.provisional)
        and not two.new_indicator
    )


def _since(setting: Setting, line: Line, before: Line | None) -> Line:
    """The line with its change from the one before it."""
    if before is None:
        return line
    told = bool(line.indicator and before.indicator)
    moved = told and line.indicator != before.indicator
    apc = told and bool(line.apc and before.apc) and line.apc != before.apc
    since, base, broke = None, None, ""
    if line.printed is not None and before.printed is not None:
        since, base = line.printed - before.printed, before.printed
        if line.cap_open or before.cap_open:
            since, base, broke = None, None, f"the OPPS cap of {(line if line.cap_open else before).year} is not held"
        elif moved and not same_class(setting.schedule, before.indicator, line.indicator):
            base, broke = None, f"{before.indicator} → {line.indicator} pays by another rule"
    elif line.printed is not None and before.status != absence.NO_SOURCE:
        broke = f"before: {absence.WORDS.get(before.status, ('no amount', ''))[0]}"
    if since is None and not (moved or apc or broke):
        return line
    return replace(line, since=since, before=base, broke=broke, new_indicator=moved, new_apc=apc)
