"""What a code cell prints: one code, a list or a range of them, with add-on signs and modifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from feebook import codes

_SIGN: Final = r"[*†‡§#^~•●◆◊▲►Δ★☆\s]*"
_MARKS: Final = "*†‡§#^~•●◆◊▲►Δ★☆®™©°¹²³⁰⁴⁵⁶⁷⁸⁹"
_FORM: Final = rf"(?:{codes.CODE.pattern})"
_ONE: Final = re.compile(
    rf"{_SIGN}(?P<plus>[+✚➕＋]?)\s*{_SIGN}(?P<code>{_FORM})(?:\s?[-–]\s?(?P<mod>26|TC|53|62|50|51|52|59|80|82|LT|RT|JZ|JW|PN|PO)(?![0-9A-Za-z]))?"
    rf"(?P<marks>[{_MARKS}]*)(?![0-9A-Za-z])(?![-–][0-9]{{4}}(?![0-9]))"
)
_RANGE: Final = re.compile(
    rf"\s*(?:-|–|—|−|to|through|thru)\s*\+?(?P<last>{_FORM}|[0-9]{{2}})(?![0-9A-Za-z])", re.IGNORECASE
)
_NEXT: Final = re.compile(
    r"\s*(?:,\s*(?:and|or|&)?|/|;|&|\band\b|\bor\b|\bwith\b|\||\s)\s*(?=[+*†]?\s*[0-9A-V][0-9]{3})", re.IGNORECASE
)
_MAY_BEGIN: Final = re.compile(rf"{_SIGN}[+✚➕＋]?{_SIGN}(?:{_FORM}|$)")
TOGETHER: Final = "the codes of this cell may be paid together"
"""Why codes joined by a plus sign or `with` are in doubt: a combination is paid otherwise than its parts."""

EITHER: Final = " may be a modifier or a range"
"""The end of a doubt that other rows settle: its code with another modifier, or a 26 that can end no range."""

LONGEST_RANGE: Final = 40
"""A range of more codes than this is not expanded."""


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A code as a cell prints it; `doubt` says in words why the reading is not sure."""

    code: str
    add_on: bool = False
    modifier: str = ""
    doubt: str = ""


def printed_codes(text: str) -> tuple[list[PrintedCode], str]:
    """The codes that a text begins with, and the rest of the text; no codes when it begins with something else.

    `+93571–93572` gives both codes, each an add-on; `93451-26 Right heart` gives 93451 with modifier 26.
    """
    found: list[PrintedCode] = []
    at = 0
    together = False
    while match := _ONE.match(text, at):
        first = PrintedCode(match["code"], bool(match["plus"]), match["mod"] or "")
        at = match.end()
        upto = _RANGE.match(text, at)
        if upto and _is_range(first, upto["last"]):
            found += _expanded(first, upto["last"])
            at = upto.end()
        elif first.modifier.isdigit() and _is_range(first, first.modifier):
            found.append(PrintedCode(first.code, first.add_on, first.modifier, f"-{first.modifier}{EITHER}"))
        else:
            found.append(first)
        step = _NEXT.match(text, at)
        following = _ONE.match(text, step.end()) if step else None
        if not step or not following:
            break
        added = not step[0].strip() and bool(following["plus"]) and not found[-1].add_on
        together = together or added or step[0].strip().lower() == "with"
        at = step.end()
    if together:
        found = [replace(code, doubt=code.doubt or TOGETHER) for code in found]
    return found, text[at:].strip(" \t:,;|–-—") if found else text


def begins_with_code(text: str) -> bool:
    """True when a text begins with a code: it is one that `printed_codes` finds some in."""
    return _ONE.match(text) is not None


def may_begin_code(word: str) -> bool:
    """True when a code may begin in a word of a line: with its first character after signs, or in the word after it."""
    return _MAY_BEGIN.match(word) is not None


def is_code_word(text: str) -> bool:
    """True when a word is a code, or a range or list of codes, with nothing else."""
    found, rest = printed_codes(text)
    return bool(found) and not rest.strip(_MARKS)


def _is_range(first: PrintedCode, last: str) -> bool:
    last = _whole(first.code, last)
    return last > first.code and _shape(last) == _shape(first.code)


def _whole(first: str, last: str) -> str:
    return last if len(last) == 5 else first[:3] + last


def _shape(code: str) -> str:
    return "".join("9" if c.isdigit() else c for c in code)


def _expanded(first: PrintedCode, last: str) -> list[PrintedCode]:
    last = _whole(first.code, last)
    start = next(i for i, c in enumerate(first.code) if c.isdigit())
    stop = start + sum(c.isdigit() for c in first.code)
    low, high = int(first.code[start:stop]), int(last[start:stop])
    if high - low >= LONGEST_RANGE:
        doubt = f"a range of {high - low + 1} codes is not expanded"
        return [PrintedCode(code, first.add_on, first.modifier, doubt) for code in (first.code, last)]
    width = stop - start
    return [
        PrintedCode(f"{first.code[:start]}{n:0{width}}{first.code[stop:]}", first.add_on, first.modifier)
        for n in range(low, high + 1)
    ]
