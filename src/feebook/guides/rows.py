"""The rows of a table without rules: which lines hold values, and which code each of them belongs to.

A line belongs to the code on it. A line of values without a code is a further row of a code nearby (its 26 and TC
rows): of the one in the same band where rules part the codes, else of the one whose run of modifiers it continues.
Codes on lines of their own beside one line of values are a list that shares them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final

from feebook.guides import lexicon, printed
from feebook.guides.anchors import Anchor
from feebook.guides.codecells import printed_codes
from feebook.guides.components import part_of
from feebook.guides.crossings import crossings
from feebook.guides.extents import Extent
from feebook.guides.lines import Line, hull, text_of
from feebook.guides.page import Page
from feebook.guides.partruns import PARTS, runs_of_parts
from feebook.guides.straying import ABOVE, EITHER, STRAY, placed_lines
from feebook.guides.tables import KEY, Crossing, Row, Table
from feebook.guides.walls import group_rules, walls_between

_AMOUNT: Final = re.compile(r"[$(]?\$?-?\d[\d,]*(\.\d+)?\)?[*†]?%?")
_WORD: Final = re.compile(r"n/?a\.?|[-–—]+|\d{4}|[A-Z]\d?", re.IGNORECASE)
LISTED: Final = re.compile(r"[,;/&]\s*$|\b(?:and|or)\s*$", re.IGNORECASE)


def rows(
    page: Page,
    group: Sequence[Anchor],
    columns: Sequence[Extent],
    code: int,
    first: int,
    modifiers: Sequence[int],
    lines: Sequence[Line],
    size: float,
    before: Table | None,
) -> list[Row]:
    """The rows that lines below the headings of a table give, from the top; `before` is the table that goes on here."""
    anchors = {anchor.base: anchor for anchor in group}
    held = [li for li in lines if li.base in anchors or _holds_values(li, columns, first, modifiers)]
    held = _contiguous(held, anchors, size, 3.0 if before else 1.0)
    if not held:
        return []
    walls = walls_between([li.base for li in held if _reaches_values(li, columns, code, first)], columns, page)
    walls = walls or walls_between(sorted(anchors), columns, page, 1.0)
    groups = group_rules(sorted(anchors), columns, page) if not walls and not modifiers else []
    held = [li for li in held if li.base in anchors] if groups else held
    reach = held[-1].base + max(3.2 * size, min(_pitch(group, size), 6 * size))
    own = [li for li in lines if held[0].base - 1.6 * size <= li.base < reach]
    bases = [li.base for li in held]
    crossed = crossings(own, bases, columns, walls, first, size, groups, code)
    codes = _codes(held, anchors, crossed, code, first, modifiers, walls, size, before)
    keys = [Crossing(li.text, li.box) for li in lines if KEY.fullmatch(li.text)]
    result = []
    for line, slots, (said, doubt) in zip(held, crossed, codes, strict=True):
        anchor = anchors.get(line.base)
        if anchor is not None:
            said = _code_of(slots[code], anchor)
        elif any(c and printed.is_sum(c.text) for c in slots[:first]):
            continue
        if said is not None:
            key = next((k for k in reversed(keys) if k.box.top < line.base), None)
            slots = [replace(c, doubt=c.doubt or doubt) if c else None for c in slots]
            result.append(Row(said, tuple(slots), key, line.base))
    return _lists(result, code, first, walls, size)


def _reaches_values(line: Line, columns: Sequence[Extent], code: int, first: int) -> bool:
    """True for a line with words in the value columns, which may stand before the codes."""
    own = columns[code]
    return any(w.box.x0 > columns[first].left and not own.left <= w.box.middle < own.right for w in line.words)


def _holds_values(line: Line, columns: Sequence[Extent], first: int, modifiers: Sequence[int]) -> bool:
    """True for a line without a code that fills value columns: a modifier and a figure, or figures in most."""
    filled = amounts = 0
    modifier = False
    for j in range(first, len(columns)):
        words = [w for w in line.words if columns[j].left <= w.box.middle < columns[j].right]
        text = text_of(words)
        if j in modifiers:
            modifier = bool(words) and printed.modifier(text) is not None and len(words) <= 2
            continue
        amount = bool(_AMOUNT.fullmatch(text)) and bool(re.search(r"\$|\d\.\d", text))
        filled += amount or bool(_WORD.fullmatch(text)) or bool(lexicon.status(text, "asc_payment"))
        amounts += amount
    for j in modifiers:
        if j < first:
            words = [w for w in line.words if columns[j].left <= w.box.middle < columns[j].right]
            text = text_of(words)
            modifier = modifier or bool(words and (printed.MODIFIER.fullmatch(text) or part_of(text)))
    values = len(columns) - first - sum(j >= first for j in modifiers)
    if modifier and (amounts or filled):
        return True
    return amounts >= 1 and filled >= max(2, 0.6 * values)


def _contiguous(held: Sequence[Line], anchors: dict[float, Anchor], size: float, above: float) -> list[Line]:
    """Lines of values that stand with the codes: none far above the first code or below the last."""
    bases = sorted(anchors)
    pitches = [b.base - a.base for a, b in pairwise(held)]
    usual = max(2.6 * size, 1.6 * median(pitches)) if pitches else 2.6 * size
    result = [li for li in held if bases[0] <= li.base <= bases[-1]]
    below = [li for li in held if li.base > bases[-1]]
    last = bases[-1]
    for line in below:
        if line.base - last > usual:
            break
        result.append(line)
        last = line.base
    last = bases[0]
    for line in [li for li in held if li.base < bases[0]][::-1]:
        if last - line.base > above * usual:
            break
        result.insert(0, line)
        last = line.base
    return result


def _pitch(group: Sequence[Anchor], size: float) -> float:
    pitches = [b.base - a.base for a, b in pairwise(group) if b.base > a.base]
    return median(pitches) if pitches else 3.2 * size


def _codes(
    held: Sequence[Line],
    anchors: dict[float, Anchor],
    crossed: Sequence[Sequence[Crossing | None]],
    code: int,
    first: int,
    modifiers: Sequence[int],
    walls: Sequence[float],
    size: float,
    before: Table | None,
) -> list[tuple[Crossing | None, str]]:
    """The code of each line of values, and why it is in doubt."""
    last = next((row.code for row in reversed(before.rows) if row.code.text), None) if before else None
    if all(line.base in anchors for line in held):
        return [(None, "")] * len(held)
    result: list[tuple[Crossing | None, str]] = [(None, "")] * len(held)
    free = not modifiers and not walls and not _are_lists(held, anchors)
    side, near = placed_lines(held, list(anchors), crossed, first, size, before is not None) if free else ("", {})
    if side == ABOVE:
        near |= {i: held[i + 1].base for i, line in enumerate(held) if line.base not in anchors and i not in near}
    groups, unsure = _groups(held, anchors, crossed, modifiers, walls, first, code, before is not None)
    for group in groups:
        inside = [anchors[held[i].base] for i in group if held[i].base in anchors]
        bare = [i for i in group if held[i].base not in anchors]
        empty = not any(_fills(crossed[i], first, code) for i in group if i not in bare)
        for i in bare:
            above = [a for a in inside if a.base < held[i].base]
            if i in near:
                result[i] = Crossing(anchors[near[i]].text, anchors[near[i]].box), ""
            elif len(inside) == 1:
                result[i] = Crossing(inside[0].text, inside[0].box), STRAY if side == EITHER else unsure
            elif inside and empty and len(bare) == 1:
                texts = [_line_codes(held, a) for a in inside]
                result[i] = Crossing(", ".join(t.rstrip(" ,;") for t in texts), hull(a.box for a in inside)), ""
            elif above:
                result[i] = Crossing(above[-1].text, above[-1].box), "a line of figures between codes"
            elif not inside and group[0] == 0:
                result[i] = last, STRAY if side == EITHER else ""
    return result


def _are_lists(held: Sequence[Line], anchors: dict[float, Anchor]) -> bool:
    """True where a line of codes holds several."""
    return any(len(printed_codes(_line_codes(held, anchor))[0]) > 1 for anchor in anchors.values())


def _line_codes(held: Sequence[Line], anchor: Anchor) -> str:
    """The codes that an anchor's line begins with, as printed."""
    line = next(li for li in held if li.base == anchor.base)
    text = text_of(w for w in line.words if w.box.x0 >= anchor.box.x0 - 12)
    _, rest = printed_codes(text)
    return text[: len(text) - len(rest)] if rest else text


def _groups(
    held: Sequence[Line],
    anchors: dict[float, Anchor],
    crossed: Sequence[Sequence[Crossing | None]],
    modifiers: Sequence[int],
    walls: Sequence[float],
    first: int,
    code: int,
    goes_on: bool,
) -> tuple[list[list[int]], str]:
    """Lines that belong to one code: those of a band between walls, else those of one run of modifiers; and a doubt.

    Walls between all lines part no codes.
    """
    if walls:
        bands: dict[int, list[int]] = {}
        for i, line in enumerate(held):
            bands.setdefault(bisect_right(walls, line.base - 2), []).append(i)
        if not modifiers or any(len(band) > 1 for band in bands.values()):
            return [bands[k] for k in sorted(bands)], ""
    said = [_modifier(slots, modifiers) for slots in crossed]
    coded_lines = [line.base in anchors for line in held]
    own = [i for i, has_code in enumerate(coded_lines) if has_code]
    listed = any(LISTED.search(_line_codes(held, anchors[held[i].base])) for i in own)
    if modifiers and not listed and all(_fills(crossed[i], first, code) for i in own):
        ways = runs_of_parts(said, coded_lines, goes_on)
        if ways:
            return ways[0], PARTS if len(ways) > 1 else ""
    unsure = PARTS if modifiers and not all(coded_lines) and said[0] and "" in said else ""
    result: list[list[int]] = []
    for i, name in enumerate(said):
        seen = {said[k] for k in result[-1]} if result else set()
        coded = bool(result) and any(held[k].base in anchors for k in result[-1])
        fresh = not modifiers and held[i].base in anchors
        if result and _listed(held, result[-1], i, anchors):
            result[-1].append(i)
            continue
        if not result or (modifiers and (name in seen or name == "")) or fresh or (held[i].base in anchors and coded):
            result.append([i])
        else:
            result[-1].append(i)
    return result, unsure


def _listed(held: Sequence[Line], group: Sequence[int], i: int, anchors: dict[float, Anchor]) -> bool:
    """True when a line lies inside a list of codes: the last code before it ends with a comma."""
    codes = [k for k in group if held[k].base in anchors]
    return bool(codes) and bool(LISTED.search(_line_codes(held, anchors[held[codes[-1]].base])))


def _modifier(slots: Sequence[Crossing | None], modifiers: Sequence[int]) -> str:
    for j in modifiers:
        crossing = slots[j]
        if crossing is not None:
            return printed.modifier(crossing.text) or ""
    return ""


def _code_of(crossing: Crossing | None, anchor: Anchor) -> Crossing:
    """The code cell of an anchor's line, with the box of the code itself."""
    if crossing is None or (anchor.kind == "code" and not printed_codes(crossing.text)[0]):
        return Crossing(anchor.text, anchor.box)
    return replace(crossing, box=anchor.box)


def _lists(found: list[Row], code: int, first: int, walls: Sequence[float], size: float) -> list[Row]:
    """Rows with the codes of lists brought together: codes without values, tied by a comma, a band or their pitch."""
    stacks = (
        _stacks([row.top for row in found], [_values(row, first, code) for row in found], size) if not walls else {}
    )
    result: list[Row] = []
    for n, row in enumerate(found):
        last = result[-1] if result else None
        tied = last is not None and (
            _goes_on(last.code.text)
            or (bool(walls) and bisect_right(walls, last.top - 2) == bisect_right(walls, row.top - 2))
            or stacks.get(n, -1) == stacks.get(n - 1, -2)
        )
        if last is not None and tied and (not _values(last, first, code) or not _values(row, first, code)):
            doubt = _shared_doubt(last, row, stacks, n, [_values(row, first, code) for row in found], first, code)
            if doubt and (_values(last, first, code) or _values(row, first, code)):
                result[-1:] = _lent(last, row, first, code, doubt)
                continue
            crossings_ = tuple(a or b for a, b in zip(last.crossings, row.crossings, strict=True))
            both = Crossing(_both(last.code.text, row.code.text), hull((last.code.box, row.code.box)))
            result[-1] = replace(last, code=both, crossings=crossings_, top=row.top)
        else:
            result.append(row)
    return result


def _goes_on(text: str) -> bool:
    """True for a list of codes that ends with a comma or its like, and for no wording that does."""
    _, rest = printed_codes(text)
    return bool(LISTED.search(text)) and len(rest.split()) <= 1


def _lent(last: Row, row: Row, first: int, code: int, doubt: str) -> list[Row]:
    """Two rows of a stack, the one without values with those of the other, in doubt."""
    full = last if _values(last, first, code) else row
    values = [replace(c, doubt=c.doubt or doubt) if c else None for c in full.crossings]
    return [r if r is full else replace(r, crossings=_with_values(r, values, first, code)) for r in (last, row)]


def _with_values(row: Row, values: Sequence[Crossing | None], first: int, code: int) -> tuple[Crossing | None, ...]:
    own = zip(row.crossings, values, strict=True)
    return tuple(lent if j >= first and j != code else c for j, (c, lent) in enumerate(own))


def _both(one: str, other: str) -> str:
    """Two lists of codes as one, each code once."""
    known, more = [printed_codes(text)[0] for text in (one, other)]
    held = {c.code for c in known}
    fresh = [f"{'+' * c.add_on}{c.code}{'-' * bool(c.modifier)}{c.modifier}" for c in more if c.code not in held]
    return ", ".join([one.rstrip(" ,;"), *fresh]) if known else other


def _stacks(tops: Sequence[float], filled: Sequence[bool], size: float) -> dict[int, int]:
    """Rows by the stack they stand in: codes set close on lines of their own, with one line of values for each stack.

    Nothing unless wider spaces part every stack from the next, and each has just one line of values.
    """
    gaps = [b - a for a, b in pairwise(tops)]
    if not gaps or min(gaps) > 1.6 * size:
        return {}
    stacks: dict[int, int] = {0: 0}
    for n, gap in enumerate(gaps, 1):
        stacks[n] = stacks[n - 1] + (gap > 1.25 * min(gaps))
    counts = Counter(stacks[n] for n, full in enumerate(filled) if full)
    return stacks if all(counts[stack] == 1 for stack in set(stacks.values())) else {}


def _shared_doubt(
    last: Row, row: Row, stacks: dict[int, int], n: int, filled: Sequence[bool], first: int, code: int
) -> str:
    """Why values that stand beside one code of a stack may not be those of the others; empty where they may not stray.

    Values on the middle line of a stack are set beside the stack, those on another line beside that line's code.
    """
    if not stacks or _goes_on(last.code.text):
        return ""
    if _worded(last, first, code) and _worded(row, first, code):
        return "one line of values beside several codes, each with wording of its own"
    own = [k for k, stack in stacks.items() if stack == stacks[n]]
    middle = [filled[k] for k in own].index(True) == len(own) // 2 and len(own) % 2 == 1
    return "" if middle else "one line of values beside several codes, printed on the line of one of them"


def _worded(row: Row, first: int, code: int) -> bool:
    return any(c is not None for j, c in enumerate(row.crossings[:first]) if j != code)


def _values(row: Row, first: int, code: int) -> bool:
    return _fills(row.crossings, first, code)


def _fills(slots: Sequence[Crossing | None], first: int, code: int) -> bool:
    """True when something stands in the value columns, which may stand before the codes."""
    return any(c is not None for j, c in enumerate(slots) if j >= first and j != code)
