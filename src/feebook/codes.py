"""What a procedure code looks like, and which code set it belongs to. Codes are always text."""

from __future__ import annotations

import re
from typing import Final

CODE: Final = re.compile(r"[0-9]{4}[0-9AFTUM]|[A-CE-HJ-MP-VY][0-9]{4}|D[0-9]{4}")
"""A CPT code of category I, II (F), III (T), a multianalyte (M), laboratory (U) or
immunization (A) code, or a HCPCS Level II code."""

MODIFIERS: Final = ("", "26", "TC", "53")
"""Modifiers that split a row of the physician schedule: global, professional, technical, discontinued."""

_SYSTEMS: Final = (
    (re.compile(r"[0-9]{5}|[0-9]{4}[AUM]"), "cpt-1"),
    (re.compile(r"[0-9]{4}F"), "cpt-2"),
    (re.compile(r"[0-9]{4}T"), "cpt-3"),
    (re.compile(r"[A-Z][0-9]{4}"), "hcpcs-2"),
)


def is_code(text: str) -> bool:
    """True when the whole text has the form of a code; says nothing of whether the code exists."""
    return CODE.fullmatch(text) is not None


def system(code: str) -> str:
    """The code set of a code: `cpt-1`, `cpt-2`, `cpt-3` or `hcpcs-2`.

    Raises ValueError for a text that is no code.
    """
    for form, name in _SYSTEMS:
        if form.fullmatch(code):
            return name
    raise ValueError(f"{code!r} is not the form of a procedure code")


def split_add_on(printed: str) -> tuple[str, bool]:
    """A printed code without its add-on sign, and whether the sign was there: `+37252` → (`37252`, True)."""
    text = printed.strip()
    return (text[1:].strip(), True) if text.startswith("+") else (text, False)
