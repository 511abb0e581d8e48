"""Words that stand beside figures and over groups of them, where a table runs down the page instead of across."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feebook.guides import lexicon
from feebook.guides.codecells import is_code_word, printed_codes
from feebook.guides.dates import years
from feebook.guides.lines import hull, pieces, text_of
from feebook.guides.page import Word
from feebook.guides.tables import Crossing

GAP: Final = 0.9
"""A label and its value stand more than this many sizes apart where no colon or dots join them."""

FIGURE: Final = re.compile(r"\$\s?\d|\d\.\d")
_DOTS: Final = re.compile(r"[._…·•]{3,}|…+")

_GROUPS: Final = frozenset(["facility", "nonfacility", "asc", "opps", "physician", "rvu", "drug"])
_FILL: Final = frozenset(
    lexicon.words(
        "the of and or in for a at by to s service services medicare national average averages unadjusted setting"
        " settings cy fy calendar year part b department dept center centre centers system data"
    )
)
"""Words that a group's name may hold beside those of the lexicon."""

_AMOUNT: Final = re.compile(r"\(?-?\$\s?-?[\d,]*\.?\d+\)?[*†‡]?|-?[\d,]*\.\d+%?[*†‡]?|\d{1,3}(?:,\d{3})+[*†‡]?")
_WHOLE: Final = re.compile(r"\d{1,6}%?[*†‡]?")
_NONE: Final = re.compile(r"n/?a\.?|[-–—]+", re.IGNORECASE)


def is_group(text: str) -> bool:
    """True for words that only name a site or a schedule, not what is paid: they speak of the lines beneath them."""
    said = lexicon.words(text)
    tags = set(lexicon.tags(text))
    known = all(w in _FILL or w in years(text) or lexicon.is_known(w) for w in said)
    return known and bool(_GROUPS & tags) and not tags & {"other", "code", "payment"}


def may_be_group(text: str) -> bool:
    """True for words that name a site or schedule among other words: a group's name, or wording."""
    return bool(_GROUPS & set(lexicon.tags(text)))


def names_codes(text: str) -> bool:
    """True for words that only name procedure codes: `CPT`, `HCPCS code:`."""
    return set(lexicon.tags(text)) == {"code"} and len(text.split()) <= 3


def bare_code(text: str) -> str:
    """The one code that is the whole text, without words before it that only name codes; empty where it is not."""
    said = text.split()
    for n in range(min(4, len(said))):
        rest = " ".join(said[n:])
        if (n == 0 or names_codes(" ".join(said[:n]))) and is_code_word(rest) and len(printed_codes(rest)[0]) == 1:
            return rest
    return ""


def is_amount(text: str) -> bool:
    """True for a text that is an amount by its form: with a dollar sign, decimals or thousands."""
    return bool(_AMOUNT.fullmatch(text))


def is_value(text: str) -> bool:
    """True for a text that a cell could hold: an amount, a whole number, an indicator, NA or a known phrase."""
    indicators = lexicon.lexicon().asc_indicators | lexicon.lexicon().opps_indicators
    return bool(
        is_amount(text)
        or _WHOLE.fullmatch(text)
        or _NONE.fullmatch(text)
        or text in indicators
        or (len(text.split()) <= 8 and lexicon.status(text, ""))
    )


def has_columns(words: Sequence[Word]) -> bool:
    """True for a line with figures in several columns, which no card has."""
    return len(pieces(words, GAP)) > 2 and any(is_amount(w.text) for w in words)


def labelled(words: Sequence[Word]) -> tuple[str, Crossing, bool] | None:
    """The label and the value of a line: joined by a colon, dots or space, or where its last word alone is a value.

    The third says that nothing but space joins them.
    """
    dotted = [w for w in words if not _DOTS.fullmatch(w.text)]
    plain = [w._replace(text=_DOTS.sub("", w.text)) if _DOTS.search(w.text) else w for w in dotted]
    colon = next((i for i, w in enumerate(plain[:-1]) if w.text.endswith(":")), None)
    parts = pieces(plain, GAP)
    if colon is not None:
        label, value, apart = plain[: colon + 1], plain[colon + 1 :], False
    elif len(dotted) < len(words) or any(a.text != b.text for a, b in zip(plain, dotted, strict=True)):
        at = next((i for i, w in enumerate(words) if _DOTS.search(w.text)), 0)
        cut = sum(not _DOTS.fullmatch(w.text) for w in words[: at + 1])
        label, value, apart = plain[:cut], plain[cut:], False
    elif len(parts) == 2:
        label, value, apart = list(parts[0]), list(parts[1]), True
    elif len(parts) == 1 and len(plain) > 1 and _ends_with_value(plain):
        label, value, apart = plain[:-1], plain[-1:], False
    else:
        return None
    said = text_of(value)
    if not label or not value or not (is_value(said) or FIGURE.search(said)) or len(label) > 9:
        return None
    return text_of(label).rstrip(":"), Crossing(said, hull(w.box for w in value)), apart


def detailed(words: Sequence[Word]) -> tuple[tuple[str, Crossing, bool], tuple[str, Crossing, bool]] | None:
    """What `labelled` gives of a line with a label, its value and, apart from both, a second label with its value."""
    parts = pieces(words, GAP)
    if len(parts) != 3:
        return None
    first, second = labelled((*parts[0], *parts[1])), labelled(parts[2])
    return (first, second) if first and second else None


def _ends_with_value(words: Sequence[Word]) -> bool:
    """True for words of which only the last is a value by its form, a label before it."""
    last, before = words[-1].text, text_of(words[:-1])
    apc = bool(re.fullmatch(r"\d{4}", last)) and set(lexicon.tags(before)) == {"apc"}
    formed = is_amount(last) or (is_value(last) and not last.isdigit())
    return (formed or apc) and not is_value(words[-2].text) and bool(lexicon.tags(before))
