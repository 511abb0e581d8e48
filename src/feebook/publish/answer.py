"""The answer in a sentence or two: what Medicare pays for a code, in the newest year that is held.

`2025: Medicare pays the physician $84 in a facility, $860 in an office; hospital outpatient and surgery center:
packaged into the main procedure.`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from feebook import absence
from feebook.publish import figures
from feebook.publish.blocks import Block, Line

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

_PHRASES = {
    absence.PACKAGED: "packaged into the main procedure",
    absence.CONTRACTOR_PRICED: "priced by the regional Medicare contractor",
    absence.NOT_COVERED: "not paid",
    absence.INPATIENT_ONLY: "paid for inpatients only",
    absence.NOT_ON_ASC_LIST: "not on its list",
    absence.OTHER_SCHEDULE: "paid under another fee schedule, if at all",
    absence.NOT_APPLICABLE: "not applicable",
}


def sentence(
    found: Sequence[Block], last_seen: str, newest: int, ended: bool, professional: tuple[str, str] = ("", "")
) -> str:
    """The answer. `ended` tells that the files prove the code deleted after the day on which it was last seen;
    `professional` is the newest amount of a test's professional part in a facility, after the last day of it.
    """
    lines = {
        block.setting.key: _seen(block.latest, last_seen) for block in found if block.latest.status not in _UNKNOWN
    }
    paid = {key: line for key, line in lines.items() if line.paid is not None}
    head = max((line.last[:4] for line in (paid or lines).values()), default="")
    said = [_ending(last_seen, bool(paid))] if ended else []
    clauses = [*_payments(paid, lines, head, ended, professional), *_reasons(lines, paid, head)]
    if not clauses:
        return " ".join([*said, "No national amount in the files held."])
    sure = all(not line.provisional for line in paid.values() if line.last[:4] == head)
    said.append(f"{head}{'' if sure else ' (provisional)'}: {'; '.join(clauses)}.")
    said += [f"The OPPS cap on imaging of {head} is not held." for line in paid.values() if line.cap_open][:1]
    if not ended and last_seen < f"{newest}-01-01":
        said.append(f"It is in none of the files held for {_after(last_seen, newest)}.")
    return " ".join(said)


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
    paid: dict[str, Line], lines: dict[str, Line], head: str, ended: bool, professional: tuple[str, str]
) -> Iterator[str]:
    """`Medicare pays the physician $84 in a facility, $860 in an office; the surgery center $1,000`."""
    said = [*_physician(paid, lines, head, professional), *_facilities(paid, head)]
    if said:
        yield f"Medicare {'paid' if ended else 'pays'} {'; '.join(said)}"


def _physician(
    paid: dict[str, Line], lines: dict[str, Line], head: str, professional: tuple[str, str]
) -> Iterator[str]:
    told = [(_most(line), _PLACES[key], _year(line, head) + _cap(line)) for key, line in _amounts(paid, _PLACES)]
    if len(told) == 2 and told[0][::2] == told[1][::2]:
        yield f"the physician {told[0][0]} in a facility or an office{told[0][2]}"
    elif told:
        others = [line for key, line in lines.items() if key in _PLACES and key not in paid]
        only = " only" if any(line.status == absence.NOT_APPLICABLE for line in others) else ""
        own = f", {professional[1]} for the professional part (26)"
        part = own if "facility" not in paid and professional[0][:4] == head else ""
        yield "the physician " + ", ".join(f"{amount} {place}{year}" for amount, place, year in told) + only + part


def _most(line: Line) -> str:
    return f"at most {figures.whole(line.dollars)}" if line.cap_open else figures.whole(line.dollars)


def _cap(line: Line) -> str:
    """What the RVUs would give where the OPPS cap is lower."""
    return "" if line.uncapped is None else f" (OPPS cap; {figures.whole(line.uncapped)} by RVUs)"


def _amounts(paid: dict[str, Line], keys: Iterable[str]) -> Iterator[tuple[str, Line]]:
    yield from ((key, paid[key]) for key in keys if key in paid)


def _facilities(paid: dict[str, Line], head: str) -> Iterator[str]:
    for key, line in _amounts(paid, _PAID):
        unit = " per billing unit" if line.indicator in _DRUGS else ""
        yield f"{_PAID[key]} {figures.whole(line.dollars)}{unit}{_year(line, head)}"


def _reasons(lines: dict[str, Line], paid: dict[str, Line], head: str) -> Iterator[str]:
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
        phrase = _phrase(line, physician, any(other.indicator in _DRUGS for other in paid.values()))
        told.setdefault(phrase, []).append(_NAMES[key] + _year(line, head))
    for phrase, names in told.items():
        yield f"{_listed(list(dict.fromkeys(names)))}: {phrase}"


def _phrase(line: Line, physician: bool, drug: bool) -> str:
    if physician and line.status == absence.PACKAGED:
        return "part of other services, never paid alone"
    if physician and drug and line.status == absence.OTHER_SCHEDULE:
        return "by the drug payment limit of another CMS file"
    return _PHRASES.get(line.status, absence.WORDS[line.status][0])


def _year(line: Line, head: str) -> str:
    """The year of a setting whose newest source is of another year than the sentence."""
    last = line.last[:4]
    return f" ({last})" if last < head else ""


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
