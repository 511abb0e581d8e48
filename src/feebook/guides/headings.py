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
from feebook.guides.dates import NEVER, Period, period, years

_BRACKETS: Final = re.compile(r"[\(\[]([^)\]]*)[\)\]]")
_FACTOR: Final = re.compile(r"\b(?:CF|conversion factor)[\s:=]*\$?\d\d\.\d+", re.IGNORECASE)
_SHARE: Final = re.compile(r"(?<![\d.+])\b\d\d\s?%")
_SITES: Final = ("facility", "nonfacility", "asc", "opps", "drg", "drug")
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


UNSAID: Final = "no heading says whether the changes are per cent or dollars"
"""A doubt that the per cent sign of a cell settles."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column's figures are; `doubt` says in words why that is not sure. `total_rvu` still lacks its site."""

    measure: str
    period: Period = NEVER
    variant: str = ""
    doubt: str = ""
    modifier: str | None = None
    """The modifier that its heading names, empty for the global service; None where it names none."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The tags of one heading: those outside brackets, then those inside."""

    plain: tuple[str, ...]
    aside: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        return self.plain + self.aside


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
    parts = [_words(part) for part in path]
    return bool(parts) and _read_past(parts[-1], parts[:-1])


def meanings(path: Sequence[str], title: Sequence[str], year: str = "") -> tuple[Meaning, ...]:
    """What each value of a column's cells measures: one as a rule, two where a heading joins two (`Fac / Non-Fac`)."""
    if not path:
        return ()
    parts = [_words(part) for part in path]
    leaf, above = parts[-1], parts[:-1]
    when = _period(path, year)
    variant = _variant(parts)
    joined = _joined(path[-1])
    if joined:
        kind = _kind((leaf, *reversed(above))) or "payment"
        return tuple(replace(_meaning(kind, site, parts), period=when, variant=variant) for site in joined)
    if _read_past(leaf, above) or ("payment" in leaf.every and _SHARE.search(path[-1])):
        return ()  # 80 % of a payment is none of the schedule's amounts
    if "change" in leaf.every or (any("change" in p.every for p in above) and not _kind((leaf,))):
        return _change(path, when, _site(parts, title))
    site = _site(parts, title)
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
        return (Meaning(name, when, variant, "the heading does not say whether its totals are units or dollars"),)
    if not kind and site and set(leaf.every) & {*_SITES[:4], "physician", "final", "proposed", "qp", "nonqp"}:
        kind = "payment"
    if not kind and site and when.year and not leaf.every:
        kind = "payment"
    if not kind:
        return ()
    return (replace(_meaning(kind, site, parts), period=when, variant=variant),)


def _change(path: Sequence[str], when: Period, site: str) -> tuple[Meaning, ...]:
    """A column of changes: per cent, or dollars, which are read past."""
    if "$" in path[-1] or "dollar" in path[-1].lower():
        return ()
    doubt = "" if site else "no heading says what changed"
    if not any(re.search(r"%|percent|per cent|pct", part, re.IGNORECASE) for part in path):
        doubt = doubt or UNSAID
    return (Meaning("change_percent", when, site, doubt),)


def _words(heading: str) -> _Words:
    heading = _FACTOR.sub(" ", heading)  # a factor beside a site says what the dollars came of, not what they are
    aside = tuple(tag for inner in _BRACKETS.findall(heading) for tag in lexicon.tags(inner))
    plain = tuple(lexicon.tags(_BRACKETS.sub(" ", heading)))
    return _Words(plain, aside)


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


def _variant(parts: Sequence[_Words]) -> str:
    every = [tag for part in parts for tag in part.every]
    for name in ("nonqp", "qp", "proposed", "final"):
        if name in every and not (name == "qp" and "nonqp" in every):
            return name
    return ""


def _joined(leaf: str) -> tuple[str, ...]:
    """The two sites of a heading that joins them by a stroke: `Fac / Non-Fac`, `Total RVU (office / facility)`."""
    match = re.search(r"([\w\s.-]+?)\s*[/|]\s*([\w\s.-]+)", leaf)
    if not match:
        return ()
    sites = [
        [t for t in lexicon.tags(side) if t in ("facility", "nonfacility", "asc", "opps")] for side in match.groups()
    ]
    if len(sites[0]) == 1 and len(sites[1]) == 1 and sites[0] != sites[1]:
        both = sites[0][0], sites[1][0]
        return both if "nonfacility" in both or set(both) == {"asc", "opps"} else ()
    return ()


def _read_past(leaf: _Words, above: Sequence[_Words]) -> bool:
    """True for columns that hold no measure: wording, days, copay, NDC and their like; and the codes themselves."""
    if "other" in leaf.plain:
        return True
    if "code" in leaf.plain or "modifier" in leaf.plain or "decoy" in leaf.plain:
        return not set(leaf.plain) & {"apc", "payment", "rvu"}
    if not leaf.plain and "other" in leaf.aside:
        return True
    return any(
        "other" in p.plain and not set(p.plain) & {"payment", "rvu", *_SITES, "physician"} for p in above
    ) and not set(leaf.plain) & {"work", "rvu", "apc", "payment", *_SITES}


def _kind(parts: Sequence[_Words]) -> str:
    """What kind of figure the nearest heading that says so names."""
    for part in parts:
        for tags in (part.plain, part.aside):
            for kind in _KINDS:
                if kind in tags:
                    return kind
    return ""


def _site(parts: Sequence[_Words], title: Sequence[str]) -> str:
    """Where the service is done, or whose schedule pays: the lowest heading that says so, then the title."""
    above = list(reversed(parts[:-1]))
    leaf = parts[-1]
    own = _one_site(leaf.plain) or _one_site(leaf.aside)
    nearest = next((s for s in (_one_site(p.plain) or _one_site(p.aside) for p in above) if s), "")
    if own == "facility" and nearest in ("asc", "opps") and not any("physician" in p.every for p in parts):
        return nearest
    if "physician" in leaf.plain and not own and nearest in ("asc", "opps"):
        return "facility"
    if own:
        return own
    if nearest:
        return nearest
    physician = any("physician" in p.every for p in parts)
    return next((site for text in reversed(title) if (site := _title_site(text, physician)) is not None), "")


def _one_site(tags: Sequence[str]) -> str:
    """The site that tags name, the physician's before the facility's own; nothing when they name two."""
    found = [t for t in _SITES if t in tags]
    if "apc_payment" in tags and not found:
        return "opps"
    if "status_indicator" in tags and not found:
        return "opps"
    if "asc_indicator" in tags and not found:
        return "asc"
    if "apc" in tags and not found:
        return "opps"
    if not found:
        return ""
    if found[0] in ("facility", "nonfacility") and "physician" not in tags and len(found) > 1:
        return next(t for t in tags if t in found)
    if "facility" in found and "nonfacility" in found:
        return ""
    if len(found) > 1 and "drg" in found:
        return "drg"
    return found[0] if len(found) == 1 or found[0] in ("facility", "nonfacility") else ""


def _title_site(text: str, physician: bool) -> str | None:
    """The site that a line over the table gives its columns, empty where it does not decide; None where it names none.

    An office is the physician's; a facility is the physician's only where the line or the heading says so.
    """
    found = {t for t in lexicon.tags(text) if t in (*_SITES, "physician", "inpatient")}
    if not found:
        return None
    sites = found - ({"physician", "inpatient"} if "drg" in found else {"physician"})
    if len(sites) != 1 or sites == {"inpatient"}:
        return ""
    (site,) = sites
    if site == "nonfacility":
        return site
    if site == "facility":
        return site if physician or "physician" in found else ""
    return "" if physician or "physician" in found else site


def _meaning(kind: str, site: str, parts: Sequence[_Words]) -> Meaning:
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
        return (
            Meaning("opps_status_indicator")
            if site == "opps"
            else Meaning("", doubt="an indicator of no known schedule")
        )
    if kind == "weight":
        return Meaning({"asc": "asc_weight", "opps": "opps_weight", "drg": "drg_weight"}.get(site, ""))
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
        return Meaning("facility_payment", doubt="the heading does not say facility or office")
    return Meaning("")
