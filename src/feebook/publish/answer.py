"""The answer in a sentence or two: what Medicare pays for a code, in the newest year that is held.

Where an amount holds for a part of the year only, the sentence names the part.

`2025: Medicare pays the physician $84 in a facility, $860 in an office; hospital outpatient and surgery center:
packaged into the main procedure.`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from feebook import absence
from feebook.publish import figures
from feebook.publish.lines import Block, Line

_PLACES = {"facility": "in a facility", "nonfacility": "in an office"}
_PAID = {"asc": "the surgery center", "outpatient": "the hospital outpatient department"}
_NAMES = {
    "facility": "physician",
    "nonfacility": "physician",
    "asc": "surgery center",
    "outpatient": "hospital outpatient",
}
_ORDER = ("facility", "nonfacility", "outpatient", "asc")
_UNKNOWN = (absence.NO_SOURCE, absence.NO_CODE, absence.NOT_PUBLISHED, absence.SEE_NOTE)
_DRUGS = ("G", "K", "K1", "K2")
"""Indicators of drugs, whose rate is for one billing unit of the code."""

_CONDITIONS = {
    "Q1": " when not packaged beside other services",
    "Q2": " when not packaged beside a procedure",
    "Q3": " when not part of a composite",
}
"""Outpatient indicators that pay only on a condition."""
_LABORATORY = "Q4"
_ANESTHESIA = "J"

_PHRASES = {
    absence.PACKAGED: "packaged into the main procedure",
    absence.CONTRACTOR_PRICED: "priced by the regional Medicare contractor",
    absence.NOT_COVERED: "not paid",
    absence.INPATIENT_ONLY: "paid for inpatients only",
    absence.NOT_ON_ASC_LIST: "not on its list",
    absence.OTHER_SCHEDULE: "paid under another fee schedule, if at all",
    absence.NOT_APPLICABLE: "not applicable",
}


@dataclass(frozen=True, slots=True)
class _Head:
    """The days that a sentence is about: a year, or the part of it that all its amounts hold for."""

    first: str
    last: str

    @property
    def year(self) -> str:
        return self.first[:4]

    def __str__(self) -> str:
        part = figures.part_of_year(self.first, self.last)
        return f"{part[0].upper()}{part[1:]}, {self.year}" if part else self.year


def sentence(
    found: Sequence[Block], last_seen: str, newest: int, ended: bool, professional: tuple[str, str] = ("", "")
) -> str:
    """The answer. `ended` tells that the files prove the code deleted after the day on which it was last seen;
    `professional` is the newest amount of a test's professional part in a facility, after the last day of it.
    """
    latest = {block.setting.key: block.latest for block in found}
    lines = {key: _seen(line, last_seen) for key, line in latest.items() if line.status not in _UNKNOWN}
    paid = {key: line for key, line in lines.items() if line.paid is not None}
    head = _head((paid or lines).values())
    said = [_ending(last_seen, bool(paid))] if ended else []
    clauses = [*_payments(paid, lines, head, ended, professional), *_reasons(lines, paid, head)]
    if not clauses:
        return " ".join([*said, "No national amount in the files held."])
    sure = all(not line.provisional for line in (paid or lines).values() if line.last[:4] == head.year)
    said.append(f"{head}{'' if sure else ' (provisional)'}: {'; '.join(clauses)}.")
    said += [f"The OPPS cap on imaging of {head.year} is not held." for line in paid.values() if line.cap_open][:1]
    if not ended and last_seen < f"{newest}-01-01":
        said.append(f"It is in none of the files held for {_after(last_seen, newest)}.")
    return " ".join(said)


def _head(lines: Iterable[Line]) -> _Head:
    """The part of the newest year that all its lines hold for, else the year."""
    told = list(lines)
    year = max((line.last[:4] for line in told), default="0001")
    whole = _Head(f"{year}-01-01", f"{year}-12-31")
    parts = {_Head(max(line.first, whole.first), line.last) for line in told if line.last[:4] == year}
    return parts.pop() if len(parts) == 1 else whole


def _seen(line: Line, last_seen: str) -> Line:
    """The line up to the day on which the code was last seen."""
    return replace(line, last=last_seen) if line.last > last_seen else line


def _ending(last_seen: str, paid: bool) -> str:
    verb = "Paid" if paid else "Listed"
    if last_seen[5:] == "12-31":
        return f"{verb} until {last_seen[:4]}, deleted in {int(last_seen[:4]) + 1}."
    return f"{verb} until {figures.day(last_seen)}, then deleted."


def _after(last_seen: str, newest: int) -> str:
    first = int(last_seen[:4]) + 1
    return str(newest) if first >= newest else f"{first} to {newest}"


def _payments(
    paid: dict[str, Line], lines: dict[str, Line], head: _Head, ended: bool, professional: tuple[str, str]
) -> Iterator[str]:
    """`Medicare pays the physician $84 in a facility, $860 in an office; the surgery center $1,000`."""
    said = [*_physician(paid, lines, head, professional), *_facilities(paid, head)]
    if said:
        yield f"Medicare {'paid' if ended else 'pays'} {'; '.join(said)}"


def _physician(
    paid: dict[str, Line], lines: dict[str, Line], head: _Head, professional: tuple[str, str]
) -> Iterator[str]:
    told = [(_most(line), _PLACES[key], _cap(line) + _when(line, head)) for key, line in _amounts(paid, _PLACES)]
    if len(told) == 2 and told[0][::2] == told[1][::2]:
        yield f"the physician {told[0][0]} in a facility or an office{told[0][2]}"
    elif told:
        if len(told) == 2 and told[0][2] == told[1][2]:
            told[0] = (*told[0][:2], "")
        others = [line for key, line in lines.items() if key in _PLACES and key not in paid]
        only = " only" if any(line.status == absence.NOT_APPLICABLE for line in others) else ""
        own = f", {professional[1]} for the professional part (26)"
        part = own if "facility" not in paid and professional[0][:4] == head.year else ""
        yield "the physician " + ", ".join(f"{amount} {place}{only}{year}" for amount, place, year in told) + part


def _most(line: Line) -> str:
    return f"at most {figures.whole(line.dollars)}" if line.cap_open else figures.whole(line.dollars)


def _cap(line: Line) -> str:
    """What the RVUs would give where the OPPS cap is lower."""
    return "" if line.uncapped is None else f" (OPPS cap; {figures.whole(line.uncapped)} by RVUs)"


def _amounts(paid: dict[str, Line], keys: Iterable[str]) -> Iterator[tuple[str, Line]]:
    yield from ((key, paid[key]) for key in keys if key in paid)


def _facilities(paid: dict[str, Line], head: _Head) -> Iterator[str]:
    for key, line in _amounts(paid, _PAID):
        unit = " per billing unit" if line.indicator in _DRUGS else _CONDITIONS.get(line.indicator, "")
        yield f"{_PAID[key]} {figures.whole(line.dollars)}{unit}{_when(line, head)}"


def _reasons(lines: dict[str, Line], paid: dict[str, Line], head: _Head) -> Iterator[str]:
    """`hospital outpatient and surgery center: packaged into the main procedure`."""
    told: dict[str, list[str]] = {}
    for key in _ORDER:
        line = lines.get(key)
        physician = key in _PLACES
        if line is None or line.paid is not None or (physician and any(place in paid for place in _PLACES)):
            continue
        if physician and line.status == absence.NOT_APPLICABLE and len(lines.keys() & _PLACES) == 2:
            continue  # the other of the two says more
        if line.status == absence.NOT_ON_ASC_LIST and (told or paid) and not paid.keys() & _PLACES:
            continue  # only who reads of a physician's amount may ask whether a surgery center is paid beside it
        phrase = _phrase(line, physician, lines)
        told.setdefault(phrase, []).append(_NAMES[key] + _when(line, head))
    for phrase, names in told.items():
        yield f"{_listed(list(dict.fromkeys(names)))}: {phrase}"


def _phrase(line: Line, physician: bool, lines: dict[str, Line]) -> str:
    if physician and line.status == absence.PACKAGED:
        return "part of other services, never paid alone"
    if physician and line.status == absence.OTHER_SCHEDULE:
        return _other_schedule(line, lines)
    if line.status == absence.PACKAGED and line.indicator == _LABORATORY:
        return "packaged beside other services, else by the laboratory fee schedule"
    return _PHRASES.get(line.status, absence.WORDS[line.status][0])


def _other_schedule(line: Line, lines: dict[str, Line]) -> str:
    """The schedule that pays in place of the physician's, as far as the indicators tell it."""
    if line.indicator == _ANESTHESIA:
        return "by anesthesia base and time units, at the anesthesia factor"
    if any(other.paid is not None and other.indicator in _DRUGS for other in lines.values()):
        return "by the drug payment limit of another CMS file"
    if "outpatient" in lines and lines["outpatient"].indicator == _LABORATORY:
        return "by the laboratory fee schedule, if covered"
    return _PHRASES[line.status]


def _when(line: Line, head: _Head) -> str:
    """The days of a setting that does not hold for all days of the sentence."""
    if line.first <= head.first and line.last >= head.last:
        return ""
    year = min(line.last[:4], head.year) if line.first[:4] <= head.year else line.first[:4]
    part = figures.part_of_year(max(line.first, f"{year}-01-01"), min(line.last, f"{year}-12-31"))
    return f" ({part or year})" if year == head.year else f" ({part}, {year})" if part else f" ({year})"


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
