"""The words of a heading as tags, and the site that they name: where the service is done, or whose schedule pays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from feebook.guides import lexicon
from feebook.guides.dates import MONTHS
from feebook.guides.localities import names_place

_BRACKETS: Final = re.compile(r"[\(\[]([^)\]]*)[\)\]]")
_FACTOR: Final = re.compile(r"\b(?:CF|conversion factor)[\s:=]*\$?\d\d\.\d+", re.IGNORECASE)
_EITHER: Final = re.compile(r"\bhospital\s*/\s*facility\b|\bfacility\s*/\s*hospital\b", re.IGNORECASE)
"""A hospital as an example of a facility."""
_SINCE: Final = re.compile(
    rf"\beff(?:ective|\.)?(?:\s+date)?:?\s+(?=\d|(?:{'|'.join(MONTHS)})\w*\.?\s+\d)", re.IGNORECASE
)
_OF_FACILITIES: Final = re.compile(
    r"\s*facility(?:\s+(?:payment|rate|fee))?\s*[:–—-]\s*(?P<own>[A-Za-z].*)", re.IGNORECASE
)
SITES: Final = ("facility", "nonfacility", "asc", "opps", "drg", "drug")
"""The tags of sites and of schedules that pay."""


@dataclass(frozen=True, slots=True)
class Words:
    """The tags of one heading: those outside brackets, then those inside."""

    plain: tuple[str, ...]
    aside: tuple[str, ...]
    own: str = ""
    """The hospital or surgery center that it names as a facility."""

    @property
    def every(self) -> tuple[str, ...]:
        return self.plain + self.aside


def words_of(heading: str) -> Words:
    """The words of one heading as tags."""
    heading = _FACTOR.sub(" ", heading)  # a factor beside a site says what the dollars came of, not what they are
    heading = _EITHER.sub("facility", heading)
    heading = _SINCE.sub(" ", heading)  # figures since a day, not a column of days
    aside = tuple(tag for inner in _BRACKETS.findall(heading) for tag in lexicon.tags(inner))
    plain = tuple(lexicon.tags(_BRACKETS.sub(" ", heading)))
    return Words((*plain, "foreign") if names_place(heading) else plain, aside, facilitys_own(heading))


def facilitys_own(heading: str) -> str:
    """The hospital or surgery center that a heading names as a facility, `Facility: ASC`; empty for any other."""
    match = _OF_FACILITIES.match(heading)
    found = {tag for tag in lexicon.tags(match["own"]) if tag in (*SITES, "physician")} if match else set()
    return found.pop() if found in ({"asc"}, {"opps"}) else ""


def joined_sites(leaf: str) -> tuple[str, ...]:
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


def site_of(parts: Sequence[Words], title: Sequence[str]) -> str:
    """Where the service is done, or whose schedule pays: the lowest heading that says so, then the title."""
    above = list(reversed(parts[:-1]))
    leaf = parts[-1]
    physicians = any("physician" in p.every for p in parts)
    own = ("" if physicians else leaf.own) or _one_site(leaf.plain) or _one_site(leaf.aside)
    nearest = next((s for s in (_one_site(p.plain) or _one_site(p.aside) for p in above) if s), "")
    if own == "facility" and nearest in ("asc", "opps") and not physicians:
        return nearest
    if "physician" in leaf.plain and not own and nearest in ("asc", "opps"):
        return "facility"
    if own:
        return own
    if nearest:
        return nearest
    return next((site for text in reversed(title) if (site := _title_site(text, physicians)) is not None), "")


def is_physicians(parts: Sequence[Words], site: str) -> bool | None:
    """Whether headings of a hospital or surgery center speak of what the physician is paid there; None if unsure."""
    n = next((n for n in range(len(parts) - 1, -1, -1) if site in parts[n].every), None)
    if n is None or site not in ("asc", "opps"):
        return False
    own = parts[n]
    if "physician" in own.every:
        return True if "physician" in own.plain and site not in own.plain else None
    said = ({*SITES, "physician", "inpatient"} & {*p.every} for p in reversed(parts[:n]))
    above: set[str] = next(filter(None, said), set())
    return None if above == {"physician"} else False


def _one_site(tags: Sequence[str]) -> str:
    """The site that tags name, the physician's before the facility's own; nothing when they name two."""
    found = [t for t in SITES if t in tags]
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
    found = {t for t in lexicon.tags(text) if t in (*SITES, "physician", "inpatient")}
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
