"""An APC and what stands beside it in a cell: its rate, `5213 $24,532`, or the status indicator, `5072 (J1)`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feebook.guides.lexicon import words
from feebook.guides.printed import APC_AND_INDICATOR, TITLED_APC, VALUE

_BOTH: Final = re.compile(
    r"\bAPCs?(?:\s+(?:number|no\.?|group))?\s*(?:/|\||,|;|\+|&|\band\b|\bwith\b|[–-]|\()\s*"
    r"(?:(?:national|medicare|average|hospital|unadjusted|2\d{3})\s+)*(?:payments?|rates?|amounts?)\b",
    re.IGNORECASE,
)
_APC: Final = r"(?:APC\s*)?(?P<apc>\d{4})"
_RATE: Final = r"(?P<rate>\$\s?\d[\d,]*(?:\.\d\d)?[*†‡]?)"
_CELL: Final = re.compile(
    rf"{_APC}\s*(?:[/|,;:(–-]\s*)?{_RATE}\s*\)?|{_RATE.replace('rate', 'first')}\s*[/|,;(]\s*"
    rf"{_APC.replace('apc', 'last')}\s*\)?",
    re.IGNORECASE,
)
_NAME: Final = r"[(\[]?\s*APC\s*[#:]?\s*(?P<apc>\d{4})\s*[)\]]?"
_NAMED: Final = re.compile(
    rf"{_RATE}\s*[/|,;:–-]?\s*{_NAME}|{_NAME.replace('apc', 'first')}\s*[/|,;:–-]?\s*{_RATE.replace('rate', 'last')}",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(rf"{VALUE}|{_APC}", re.IGNORECASE)

UNPARTED: Final = "the cell does not print an APC and a rate as its heading says"


def names_apc_and_payment(heading: str) -> bool:
    """True for a heading that joins an APC and its payment: `APC / payment`, `Hospital APC and rate`."""
    return bool(_BOTH.search(heading))


def holds_apcs(heading: str, texts: Sequence[str]) -> bool:
    """True for a column of APCs with their titles or indicators: its heading names the APC, so begins each cell."""
    said = [text.strip() for text in texts if re.search(r"\d{2}", text)]
    forms = (TITLED_APC, APC_AND_INDICATOR)
    return "apc" in words(heading) and bool(said) and any(all(map(form.fullmatch, said)) for form in forms)


def apc_and_payment(text: str) -> tuple[list[str], str]:
    """What a cell prints as its APC and as its payment, and why that is in doubt.

    Words such as Packaged are those of the payment alone, a dash stands for both.
    """
    plain = " ".join(text.split())
    if match := _CELL.fullmatch(plain):
        return [match["apc"] or match["last"], match["rate"] or match["first"]], ""
    if not any(c.isdigit() for c in plain):
        return [plain if _ALONE.fullmatch(plain) else "", plain], ""
    return [plain, plain], UNPARTED


def rate_and_apc(text: str) -> tuple[str, str] | None:
    """The rate and the APC of a cell that names its APC, `$5,834 (APC 5361)`, under a heading that does not."""
    match = _NAMED.fullmatch(" ".join(text.split()))
    return (match["rate"] or match["last"], match["apc"] or match["first"]) if match else None
