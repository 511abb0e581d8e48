"""What the text of a cell says: an amount, a typed status, a modifier, or several values side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from feebook import absence, amounts
from feebook.guides import lexicon
from feebook.guides.components import part_of

MODIFIER: Final = re.compile(r"[-–(]?\s*(26|TC|53|50|51|52|59|62|80|82|LT|RT|PN|PO|JZ|JW)\s*\)?", re.IGNORECASE)
_EACH: Final = re.compile(r"(?<![0-9A-Za-z])(?:26|TC|53|62)(?![0-9A-Za-z])", re.IGNORECASE)
_GLOBAL: Final = frozenset({"global", "glob", "none", "", "-", "—", "–", "global service", "blank"})
_LONG: Final = {
    "professional": "26",
    "professional component": "26",
    "prof": "26",
    "pc": "26",
    "technical": "TC",
    "technical component": "TC",
    "tech": "TC",
    "interpretation": "26",
}
_DASH: Final = frozenset(
    {"-", "–", "—", "−", "--", "---", "‐", "‑", "―", "*", "n/a", "na", "n.a.", "#n/a", "n/c", "none"}
)
_NOTE: Final = re.compile(r"[*†‡§^~¹²³⁰⁴-⁹]+$")
_NUMBER: Final = re.compile(r"-?\(?\$?\s*-?\d[\d,]*(?:\.\d+)?\)?|\$?\s*\.\d+")
_ARROW: Final = re.compile(r"(?P<a>[▲▼↑↓⬆⬇])\s*(?P<x>\d[\d.]*)|(?P<x2>\d[\d.]*)\s*(?P<b>[▲▼↑↓⬆⬇])")
"""A change whose sign an arrow says."""
_COMMA: Final = re.compile(r"\$?\s?\d{1,3}(?:\.\d{3})*,\d{2}\s?\$?")
"""An amount with a comma before its cents; a comma before thousands has three digits after it."""
VALUE: Final = r"(?:\$?\d[\d,]*(?:\.\d+)?[*†]?|n/?a\.?|[–—-])"
"""One of several values of a cell."""
_WHOLE: Final = re.compile(VALUE, re.IGNORECASE)
_BESIDE: Final = re.compile(
    r"(?P<a>[A-Z][0-9]?)\s*[,;:/|–—-]?\s*(?P<x>\$\s?[\d,]+(?:\.\d\d)?)"
    r"|(?P<y>\$\s?[\d,]+(?:\.\d\d)?)\s*[,;/]?\s*(?:APC:?\s*(?P<apc>\d{4})\s*)?"
    r"(?:\(?(?:(?:status|payment)?\s?indicator|SI|PI|status)[:\s]\s*)?\(?(?P<b>[A-Z][0-9]?)\)?"
    r"|(?P<z>\$\s?[\d,]+(?:\.\d\d)?)\s*[,;/]?\s*\(?APC:?\s*(?P<lone>\d{4})\)?",
    re.IGNORECASE,
)
_INDICATED: Final = re.compile(
    r"(?:status(?: indicator)?|payment indicator|indicator|SI|PI)\s*[:=-]?\s*(?P<a>[A-Z][0-9]?)\b"
    r"|^(?P<b>[A-Z][0-9]?)\s*(?:[\(:–—-]|[/|](?!\s?A\b))",
    re.IGNORECASE,
)
_LAST: Final = re.compile(r"\(([A-Z][0-9]?)\)$")
"""An indicator in brackets after the words for it; a note's letter looks alike, so the words must mean the same."""

APC_AND_INDICATOR: Final = re.compile(
    r"(?:(?:APC\s*)?(?P<apc>\d{4})|n/?a|[–—-])\s*[(/|,;–-]?\s*(?:(?:status|SI)[:\s]*)?(?P<si>[A-Z]\d?)\)?"
    r"|\((?P<alone>[A-Z]\d?)\)",
    re.IGNORECASE,
)
"""An APC, or none, and the status indicator beside it; or the indicator in its brackets where no APC stands."""

TITLED_APC: Final = re.compile(
    r"(?:APC\s*)?(?P<apc>\d{4})\s*[-–—:]?\s+(?P<title>[A-Z][a-z]+(?:\D|(?<!\d)\d{1,2}(?!\d)|\(\$[\d,]+\s*[-–—]\s*\$?[\d,]+\))*)"
)
"""An APC with its title, `5193 Level 3 Vessel`, in which no number is longer than that of a level."""

TWO: Final = {absence.PACKAGED, absence.NOT_ON_ASC_LIST}
"""Statuses of which no cell has both: the words of two cells have run together."""

_BY_INDICATOR: Final = {
    "N": absence.PACKAGED,
    "N1": absence.PACKAGED,
    "C": absence.INPATIENT_ONLY,
    "E1": absence.NOT_COVERED,
}


@dataclass(frozen=True, slots=True)
class Value:
    """What a text says: an amount or indicator, or a status; `also` and `apc` what stands beside it; or a doubt."""

    value: str = ""
    status: str = ""
    also: str = ""
    doubt: str = ""
    apc: str = ""


def modifier(text: str) -> str | None:
    """The modifier that a cell of a modifier column prints, empty for the global row, None when it is none."""
    plain = text.strip().strip("*†").lower()
    if plain in _GLOBAL:
        return ""
    if plain in _LONG:
        return _LONG[plain]
    match = MODIFIER.fullmatch(text.strip())
    if match:
        return match[1].upper()
    part = part_of(text)
    if part is not None:
        return part
    first = lexicon.words(text)[:1]
    held = MODIFIER.search(text)
    if len(_EACH.findall(text)) > 1:
        return None
    if held and re.search(rf"(?<![0-9A-Za-z]){held[1]}(?![0-9A-Za-z])", text) and len(text) < 40:
        return held[1].upper()
    return _LONG.get(first[0]) if first else ""


def is_sum(text: str) -> bool:
    """True for the words of a row that adds up or averages other rows: `Total`, `Combined payment`."""
    said = lexicon.words(text)
    return bool(said) and said[0] in {"total", "totals", "subtotal", "sum", "average", "combined", "mean", "median"}


def value_of(text: str, measure: str) -> Value:
    """What the text of one cell says of a measure."""
    plain = " ".join(text.replace("\xad", "").split())
    if plain.lower() in _DASH:
        return Value(status=absence.NOT_APPLICABLE)
    if measure.endswith("indicator"):
        return _indicator(plain, measure)
    if measure == "apc":
        return _apc(plain)
    bare = _NOTE.sub("", plain).strip()
    if measure == "change_percent":
        bare = _signed(bare.replace("%", "").strip())
    if _COMMA.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    try:
        return _amount(bare, measure)
    except ValueError:
        return _status(plain, measure)


def _signed(change: str) -> str:
    """A change with the sign that an arrow before or after its figure says: `▼ 2.5` is -2.5."""
    match = _ARROW.fullmatch(change)
    if not match:
        return change
    fall = (match["a"] or match["b"]) in "▼↓⬇"
    return f"{'-' * fall}{match['x'] or match['x2']}"


def _amount(text: str, measure: str) -> Value:
    value = amounts.printed_amount(text)
    doubt = ""
    if measure.endswith(("_rvu", "_weight")):
        if "$" in text:
            doubt = "dollars stand in a column of units"
        elif value > 400 and measure.endswith("_rvu"):
            doubt = f"{value} is too large for relative value units"
    elif measure == "change_percent":
        doubt = "dollars stand in a column of percentages" if "$" in text else ""
    elif value < 0:
        doubt = "a payment below zero"
    elif text.startswith("0") and text[1:].isdecimal():
        doubt = f"{text} does not look like an amount"
    most = _places(measure)
    if not doubt and most is not None and value != round(value, most):
        doubt = f"{text} has more than {most} places"
    return Value(format(value, "f"), doubt=doubt)


def _places(measure: str) -> int | None:
    """The most places after the point that CMS gives figures of a measure; None where there is no such rule."""
    if measure.endswith("_rvu"):
        return 2
    if measure.endswith(("_payment", "_charge")):
        return 3 if measure == "drug_payment" else 2
    return 4 if measure.endswith("_weight") else None


def _apc(text: str) -> Value:
    bare = _NOTE.sub("", text).strip()
    match = re.fullmatch(r"(?:APC\s*)?(0?\d{4})", bare, re.IGNORECASE)
    if match:
        return Value(match[1])
    beside = APC_AND_INDICATOR.fullmatch(bare)
    also = ((beside and (beside["si"] or beside["alone"])) or "").upper()
    if beside and also in lexicon.lexicon().opps_indicators:
        if beside["alone"]:
            return Value(also=also)
        return Value(beside["apc"], also=also) if beside["apc"] else Value(status=absence.NOT_APPLICABLE, also=also)
    titled = TITLED_APC.fullmatch(bare)
    if titled and "$" not in re.sub(r"\(.*?\)", "", titled["title"]) and not lexicon.status(titled["title"], "apc"):
        return Value(titled["apc"])
    found = _status(text, "apc")
    return found if found.status else Value(bare, doubt=f"{text!r} is no APC")


def _indicator(text: str, measure: str) -> Value:
    known = lexicon.lexicon().asc_indicators if measure.startswith("asc") else lexicon.lexicon().opps_indicators
    bare = _NOTE.sub("", text).strip()
    if bare.upper() in known:
        return Value(bare.upper())
    match = _INDICATED.search(text)
    if match:
        name = (match["a"] or match["b"]).upper()
        if name in known:
            return Value(name)
    found = _status(text, measure)
    if found.status and any(word in known for word in bare.split()):
        return replace(found, doubt=f"{text!r} says two things")  # words of the next cell beside an indicator
    return found if found.status else Value(bare, doubt=f"{text!r} is no known indicator")


def _status(text: str, measure: str) -> Value:
    lex = lexicon.lexicon()
    site = "asc" if measure.startswith("asc") else "opps" if measure.startswith("opps") else ""
    known = {"asc": lex.asc_indicators, "opps": lex.opps_indicators}.get(site, frozenset())
    also = ""
    match = _INDICATED.search(text) if known else None
    if match and (match["a"] or match["b"]).upper() in known:
        also = (match["a"] or match["b"]).upper()
    paid = _BESIDE.fullmatch(_NOTE.sub("", text).strip()) if known else None
    beside = (paid["a"] or paid["b"] or "") if paid else ""
    apc = (paid["apc"] or paid["lone"] or "") if paid else ""
    if paid and (beside in known or (not beside and apc)) and (site == "opps" or not apc):
        return replace(_amount(paid["x"] or paid["y"] or paid["z"], measure), also=beside, apc=apc)
    bare = _NOTE.sub("", text).strip().upper()
    if known and bare in {"N1", "N"} & known:
        return Value(status=absence.PACKAGED, also=bare)
    found = lexicon.status(text, measure)
    last = _LAST.search(text) if known else None
    if last and not also and last[1] in known and _BY_INDICATOR.get(last[1]) == found:
        also = last[1]
    found = found or (_BY_INDICATOR.get(also, "") if re.fullmatch(_INDICATED, text.strip()) else "")
    if found and not _amounts_in(text, found):
        both = found in TWO and lexicon.statuses(text, measure) >= TWO
        return Value(status=found, also=also, doubt=f"{text[:60]!r} says two things" if both else "")
    return Value(value="", doubt=f"{text[:60]!r} is neither an amount nor a known phrase")


def _amounts_in(text: str, found: str) -> bool:
    """True where a dollar amount stands beside the words of a status."""
    return "$" in text or bool(re.search(r"\d\.\d\d", text))


def split_values(text: str, count: int) -> list[str]:
    """The texts that a cell joins by strokes (`$86 / $927`), or the whole text for each when it says one thing."""
    tokens = text.split()
    if len(tokens) == count > 1 and all(_WHOLE.fullmatch(t) for t in tokens):
        return tokens  # set on lines of their own
    if "/" not in text and "|" not in text:
        return [text if count > 1 else text.strip()] * count
    parts = re.split(r"\s+/\s+|(?<=[\d)])\s*/\s*(?=[$\dNn])|(?<=[Aa])\s*/\s*(?=[$\dNn])|\s*\|\s*", text.strip())
    if len(parts) == count:
        return [part.strip() for part in parts]
    return [text] * count
