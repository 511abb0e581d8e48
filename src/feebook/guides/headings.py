"""What a column measures, from the words of its heading path and the title above its table.

The lowest heading counts first, then the ones above it, then the title. Facility and non-facility are known by words,
never by order. A column whose words do not decide gives no measure, or one with its doubt in words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from feebook.guides import lexicon
from feebook.guides.apcpairs import names_apc_and_payment
from feebook.guides.dates import NEVER, Period, period, years
from feebook.guides.sites import SITES, Words, facilitys_own, is_physicians, joined_sites, site_of, words_of
from feebook.guides.yearpairs import years_of

_SHARE: Final = re.compile(r"(?<![\d.+])\b\d\d\s?%")
_SINCE_YEAR: Final = re.compile(
    r"\b(?:since|from|over|vs\.?|versus|against|compared (?:to|with))\s+(?:CY\s*|FY\s*)?20\d\d", re.IGNORECASE
)
"""A change since a year belongs to a later one."""

_KINDS: Final = (
    "limiting",
    "work",
    "pe",
    "mp",
    "asc_indicator",
    "status_indicator",
    "weight",
    "apc_payment",
    "rvu",
    "apc",
    "payment",
    "indicator",
)


_NATIONAL: Final = re.compile(r"(?:U\.?S\.? )?nat(?:iona)?l\.?(?: average)?", re.IGNORECASE)
"""A heading under a site that says of an amount no more than that it is the schedule's own."""

_UNITS: Final = ("work", "pe", "mp")
"""The kinds of relative value units that make up a total."""

UNSAID: Final = "no heading says whether the changes are per cent or dollars"
"""A doubt that the per cent sign of a cell settles."""

UNCHANGED: Final = "no heading says what changed"
"""A doubt that payments beside a change settle, of one site, from which it follows."""

INDICATOR: Final = "an indicator of no known schedule"
"""A doubt that indicators settle which only one schedule has."""

TOTALS: Final = "the heading does not say whether its totals are units or dollars"
"""A doubt that figures without the dollar sign settle where other figures of their table have it."""


WHOSE: Final = "its heading names the physician and a facility: it may be what either is paid"
"""A doubt that a column of the physician's payment in a facility settles: the other is the facility's."""


OWNERLESS: Final = "a payment of no known schedule"
"""A doubt that units beside it settle: only the physician schedule prints both."""

SCHEDULELESS: Final = "a weight of no known schedule"
"""A doubt that the hospital outpatient payments of the table settle where they are that many times one factor."""

EARLIER: Final = "its heading speaks of an earlier time and prints no year"

UNNAMED: Final = "its heading names the physician and no payment"
"""A doubt that the dollars of a column settle."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column's figures are; `doubt` says in words why that is not sure.

    `total_rvu` and `physician_payment` still lack their site.
    """

    measure: str
    period: Period = NEVER
    variant: str = ""
    doubt: str = ""
    modifier: str | None = None
    """The modifier that its heading names, empty for the global service; None where it names none."""


def path_text(path: Sequence[str]) -> str:
    """A heading path as recipes print it: headings cleaned of marks, top to bottom, joined by ` / `."""
    return " / ".join(filter(None, (cleaned(part) for part in path)))


def cleaned(heading: str) -> str:
    """A heading without trademark signs, raised digits, asterisks and daggers."""
    plain = re.sub(r"[®™©¹²³⁰⁴-⁹†‡§]|\*+\d*", "", heading.replace("\xad", ""))
    return " ".join(plain.split())


def is_code_heading(path: Sequence[str]) -> bool:
    """True when the heading path names procedure codes."""
    found = [tag for part in path for tag in lexicon.tags(part)]
    return "code" in found


def names_codes(heading: str) -> bool:
    """True for a heading of codes and of nothing else."""
    return set(lexicon.tags(heading)) == {"code"}


def names_other_numbers(path: Sequence[str]) -> bool:
    """True when the heading path names numbers that only look like codes: ZIP, catalogue, contractor, ICD-10."""
    found = [tag for part in path[-1:] for tag in lexicon.tags(part)]
    return "decoy" in found and "code" not in found


def is_modifier_heading(path: Sequence[str]) -> bool:
    """True when the column holds modifiers."""
    return (
        bool(path)
        and len(path[-1].split()) <= 4
        and "modifier" in lexicon.tags(path[-1])
        and "code" not in lexicon.tags(path[-1])
    )


def is_read_past(path: Sequence[str]) -> bool:
    """True when the words of a heading path name something that is no measure."""
    parts = [words_of(part) for part in path]
    return bool(parts) and _read_past(parts[-1], parts[:-1])


def meanings(path: Sequence[str], title: Sequence[str], year: str = "") -> tuple[Meaning, ...]:
    """What each value of a column's cells measures: one as a rule, two where a heading joins two.

    It joins two sites (`Fac / Non-Fac`) or two years (`2025 (2024)`); which value is which of both it does not say.
    """
    both, plain = years_of(path)
    said = _said(plain, title, year)
    if not both:
        return said
    if len(said) > 1:
        return tuple(replace(m, doubt=m.doubt or "its heading names two years and two sites") for m in said)
    return tuple(replace(m, period=when) for m in said if m.measure != "change_percent" for when in both) or said


def _said(path: Sequence[str], title: Sequence[str], year: str) -> tuple[Meaning, ...]:
    """What a column measures in one year, by the words of its headings; `year` stands in where they print none."""
    if not path:
        return ()
    parts = [words_of(part) for part in path]
    leaf, above = parts[-1], parts[:-1]
    when = _period(path, year)
    variant = _variant(parts)
    if names_apc_and_payment(path[-1]):
        return tuple(Meaning(name, when, variant) for name in ("apc", "opps_payment"))
    joined = joined_sites(path[-1])
    if joined and not _is_foreign(parts):
        kind = _kind((leaf, *reversed(above))) or "payment"
        doubt = WHOSE if kind == "payment" and any(is_physicians(parts, s) is not False for s in joined) else ""
        return tuple(replace(_meaning(kind, s, parts), period=when, variant=variant, doubt=doubt) for s in joined)
    if _read_past(leaf, above) or ("payment" in leaf.every and _SHARE.search(path[-1])):
        return ()  # 80 % of a payment is none of the schedule's amounts
    over = next((p for p in reversed(above) if p.every), None)
    if (
        "change" in leaf.every
        or (any("change" in p.every for p in above) and not _kind((leaf,)))
        or (over is not None and set(over.plain) == {"change"} and _kind((leaf,)) == "payment")
    ):
        return _change(path, when, site_of(parts, title))
    site = site_of(parts, title)
    kind = _kind((leaf,)) or (_kind(tuple(reversed(above))) if site or above else "")
    if (
        kind in ("payment", "")
        and "payment" not in leaf.plain
        and _kind(tuple(reversed(above))) == "rvu"
        and set(leaf.every) & {"facility", "nonfacility", "total"}
    ):
        kind = "rvu"
    if kind == "rvu" and leaf.every == ("rvu",):  # RVU alone: of what, the heading above says
        kind = next((k for p in reversed(above) for k in ("work", "pe", "mp") if k in p.every), kind)
    if not kind and "total" in leaf.every and any("rvu" in p.every for p in above):
        kind = "rvu"
    if not kind and site and "total" in leaf.every:
        name = {"asc": "asc_payment", "opps": "opps_payment"}.get(site, f"{site}_total_rvu")
        return (Meaning(name, when, variant, TOTALS),)
    if not kind and site and set(leaf.every) & {*SITES[:4], "physician", "final", "proposed", "qp", "nonqp"}:
        kind = "payment"
    if not kind and site and not leaf.every and _NATIONAL.fullmatch(path[-1].strip(" *†‡")):
        kind = "payment"
    if not kind and site and when.year and not leaf.every:
        kind = "payment"
    if not kind and not site and _names_physician(leaf, above, when):
        return (Meaning("physician_payment", when, variant, UNNAMED),)
    if not kind:
        return ()
    whose = is_physicians(parts, site) if kind == "payment" else False
    if kind == "payment" and site and facilitys_own(path[-1]) == site:
        whose = None  # a column of the physician's own facility beside it says that it is not
    found = _meaning(kind, "facility" if whose else site, parts)
    doubt = WHOSE if whose is None else ""
    if any("earlier" in p.every for p in parts) and not years(" ".join(path)) and not (when.start or when.end):
        doubt = EARLIER
    return (replace(found, period=when, variant=variant, doubt=found.doubt or doubt),)


def _names_physician(leaf: Words, above: Sequence[Words], when: Period) -> bool:
    """True for a heading of which no word says more than whose payment it is, in what year or by what rule."""
    said = set(leaf.every)
    return ("physician" in said or (any("physician" in p.every for p in above) and bool(said or when.year))) and (
        said <= {"physician", "final", "proposed", "qp", "nonqp"}
    )


def _change(path: Sequence[str], when: Period, site: str) -> tuple[Meaning, ...]:
    """A column of changes: per cent, or dollars, which are read past."""
    if "$" in path[-1] or "dollar" in path[-1].lower():
        return ()
    if when.year and _SINCE_YEAR.search(path[-1]) and len(set(years(path[-1]))) == 1:
        when = NEVER  # the year before the change, not that of the figure
    doubt = "" if site else UNCHANGED
    if not any(re.search(r"%|percent|per cent|pct", part, re.IGNORECASE) for part in path):
        doubt = doubt or UNSAID
    return (Meaning("change_percent", when, site, doubt),)


def _period(path: Sequence[str], year: str) -> Period:
    """The period of the lowest heading that prints one; a year above fills in what the lower one lacks."""
    found = Period()
    whole = [y for part in path for y in years(part)]
    near = whole[-1] if whole else year
    for part in reversed(path):
        said = period(part, near)
        if said.start or said.end or said.year:
            found = found | said if (found.year or found.start) else said
    return found if found.year or not (found.start or found.end) else replace(found, year=near)


def _variant(parts: Sequence[Words]) -> str:
    every = [tag for part in parts for tag in part.every]
    for name in ("nonqp", "qp", "proposed", "final"):
        if name in every and not (name == "qp" and "nonqp" in every):
            return name
    return ""


def _is_foreign(parts: Sequence[Words]) -> bool:
    """True for amounts of another kind than those of the schedules: shares of patients, other payers, places, time."""
    return any("foreign" in part.plain for part in parts)


def _read_past(leaf: Words, above: Sequence[Words]) -> bool:
    """True for columns that hold no measure: wording, days, copay, NDC and their like; and the codes themselves."""
    if _is_foreign((leaf, *above)) or "other" in leaf.plain:
        return True
    if "code" in leaf.plain or "modifier" in leaf.plain or "decoy" in leaf.plain:
        return not set(leaf.plain) & {"apc", "payment", "rvu"}
    if not leaf.plain and "other" in leaf.aside:
        return True
    return any(
        "other" in p.plain and not set(p.plain) & {"payment", "rvu", *SITES, "physician"} for p in above
    ) and not set(leaf.plain) & {"work", "rvu", "apc", "payment", *SITES}


def _kind(parts: Sequence[Words]) -> str:
    """What kind of figure the nearest heading that says so names; `RVU (work)` names work."""
    for part in parts:
        if "rvu" in part.plain and not set(part.plain) & set(_UNITS):
            for kind in _UNITS:
                if kind in part.aside:
                    return kind
        for tags in (part.plain, part.aside):
            for kind in _KINDS:
                if kind in tags:
                    return kind
    return ""


def _meaning(kind: str, site: str, parts: Sequence[Words]) -> Meaning:
    """The measure of a kind of figure at a site."""
    physician = site in ("facility", "nonfacility")
    if kind == "work":
        return Meaning("work_rvu")
    if kind == "mp":
        return Meaning("malpractice_rvu")
    if kind == "pe":
        return (
            Meaning(f"{site}_pe_rvu")
            if physician
            else Meaning("facility_pe_rvu", doubt="the heading does not say facility or office")
        )
    if kind == "rvu":
        return Meaning(f"{site}_total_rvu") if physician else Meaning("total_rvu")
    if kind == "apc":
        return Meaning("apc")
    if kind == "limiting":
        return Meaning("limiting_charge", variant=site)
    if kind == "asc_indicator" or (kind in ("indicator", "status_indicator") and site == "asc"):
        return Meaning("asc_indicator")
    if kind in ("status_indicator", "indicator"):
        return Meaning("opps_status_indicator") if site == "opps" else Meaning("", doubt=INDICATOR)
    if kind == "weight":
        named = {"asc": "asc_weight", "opps": "opps_weight", "drg": "drg_weight"}.get(site, "")
        return Meaning(named, doubt="" if named else SCHEDULELESS)
    if kind == "apc_payment":
        return Meaning("opps_payment")
    names = {
        "facility": "facility_payment",
        "nonfacility": "nonfacility_payment",
        "asc": "asc_payment",
        "opps": "opps_payment",
        "drg": "drg_payment",
        "drug": "drug_payment",
    }
    if site in names:
        return Meaning(names[site])
    if any("physician" in p.every for p in parts):
        return Meaning("physician_payment")
    return Meaning("", doubt=OWNERLESS if kind == "payment" else "")
