"""What a page shows of a setting: its lines, ascending by dates of service, each with amount, change and source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from feebook import absence
from feebook.publish import figures

_UNKNOWN = (absence.NO_SOURCE, absence.NO_CODE)

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
        return years_of(self.first, self.last)

    @property
    def part(self) -> str:
        """The part of the year, empty for the whole."""
        return figures.part_of_year(self.first, self.last) if self.first[:4] == self.last[:4] else ""


def years_of(first: str, last: str) -> str:
    """The years of some days: `2024`, or `2019–2022`."""
    if first[:4] == last[:4]:
        return first[:4]
    return f"{first[:4]}\u2013{last[:4] if last[5:] == '12-31' else figures.day(last)}"


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
        held = [line for line in self.lines if line.status not in _UNKNOWN and line.first <= self.seen]
        held = held or [line for line in self.lines if line.status != absence.NO_SOURCE] or list(self.lines)
        return next(line for line in held if line.first == held[-1].first)

    @property
    def told(self) -> tuple[Line, ...]:
        """The lines that say more than that a file or the code is missing; all, where none does."""
        return tuple(line for line in self.lines if line.status not in _UNKNOWN) or self.lines

    @property
    def pays(self) -> bool:
        return any(line.paid is not None for line in self.lines)
