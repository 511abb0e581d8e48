"""Cards with headings over their values: a small table under a code, a label at the left of each line.

What a figure measures is told by its label and by the heading over its column; where the one read over the other says
something else, or a heading may stand over other columns, the figure is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final, NamedTuple

from feebook.guides.cardlines import FAR, INDENT, Pair
from feebook.guides.cardtitles import Title
from feebook.guides.columns import extents
from feebook.guides.crossings import crossings
from feebook.guides.dates import years
from feebook.guides.extents import Extent
from feebook.guides.gutters import APART, gutters
from feebook.guides.headlines import is_sentence
from feebook.guides.heads import Headed, heading_paths
from feebook.guides.labels import FIGURE, detailed, is_group, is_value, may_be_group
from feebook.guides.lexicon import tags
from feebook.guides.lines import Line, pieces, text_of
from feebook.guides.page import Page
from feebook.guides.printed import MODIFIER
from feebook.guides.tables import Crossing

_APC: Final = re.compile(r"\(\s*APC:?\s*(\d{4})\s*\)")
"""The group of a hospital's payment, in brackets after the name of its setting."""


class Columned(NamedTuple):
    """The pairs that a card with headed columns gives, where they end, and the lines of its headings."""

    pairs: list[Pair]
    bottom: float
    over: list[Line]


def columned_pairs(
    page: Page, lines: Sequence[Line], title: Title, centred: bool, above: Sequence[Line]
) -> Columned | None:
    """The labels with the values of each headed column; None where a column lacks its heading.

    `lines` are those of a card between its sides, the words beside its title first; `centred` says that labels may
    begin anywhere under the title. `above` are lines over the title, whose headings count where the card has none.
    """
    own = _near(lines, title)
    sure = [li for li in own if li.base > title.base and _is_row(li) and (centred or _begins_under(li, title))]
    if len(sure) < 2 or any(detailed(li.words) for li in own):
        return None
    columns = extents([li.words for li in sure], gutters([li.words for li in sure], _uprights(page, sure)))
    over = [li for li in own if li.base < sure[0].base and _is_over_values(li, columns)]
    over = over or _headings(above, columns)
    if len(columns) < 2 or not over:
        return None
    headed = heading_paths(over, columns, page, 1, sure[0].box.top)
    if not all(any(tags(text) or years(text) for text in h.path) for h in headed[1:]):
        return None
    size = median(li.size for li in sure)
    held = [li for li in own if sure[0].base - 1.6 * size < li.base < sure[-1].base + 2 * size and li not in over]
    groups = [li for li in own if title.base < li.base and _names_group(li, columns)]
    held = [li for li in held if li not in groups]
    values = [li for li in held if li in sure or (sure[0].base < li.base < sure[-1].base and _fills(li, columns))]
    grid = crossings(held, [li.base for li in values], columns, [], 1, size)
    found = [
        pair
        for line, slots in zip(values, grid, strict=True)
        for pair in _pairs(slots, headed, [li.text for li in groups if li.base < line.base][-1:])
    ]
    return Columned(found, max(w.box.bottom for li in held for w in li.words), over)


def _headings(above: Sequence[Line], columns: Sequence[Extent]) -> list[Line]:
    """The lines over a title that head the columns beneath it: a few words over each of several, and no figure."""
    result: list[Line] = []
    for line in reversed(above):
        parts = [piece for piece in pieces(line.words, APART) if piece[0].box.x0 >= columns[0].x1 - 1]
        short = all(len(piece) <= 4 and not FIGURE.search(text_of(piece)) for piece in parts)
        far = result and result[-1].base - line.base > 1.7 * line.size
        if len(parts) < 2 or not short or far or not _is_over_values(line, columns):
            break
        result.append(line)
    return result[::-1] if len(columns) > 2 else []


def _near(lines: Sequence[Line], title: Title) -> list[Line]:
    """The lines that follow a title with no wide space and no running text between them."""
    result: list[Line] = []
    base = title.base
    for line in lines:
        running = is_sentence(line)
        if line.base - base > FAR * max(title.size, line.size) or (running and any(map(_is_row, result))):
            break
        result += [] if running else [line]  # a long description under the code is passed over
        base = line.base
    return result


def _is_row(line: Line) -> bool:
    """True for a label with a value, or several, apart from it."""
    label, *rest = (text_of(piece) for piece in pieces(line.words, APART))
    named = bool(MODIFIER.fullmatch(label)) or not is_value(label)
    dated = all(years(text) for text in rest)  # headings
    return named and not dated and all(is_value(text) or FIGURE.search(text) for text in rest)


def _fills(line: Line, columns: Sequence[Extent]) -> bool:
    """True for a line with words both in the column of labels and in others."""
    labels = [w.box.middle < columns[0].right for w in line.words]
    return any(labels) and not all(labels)


def _begins_under(line: Line, title: Title) -> bool:
    return line.words[0].box.x0 - title.box.x0 < INDENT * title.size


def _uprights(page: Page, values: Sequence[Line]) -> list[float]:
    """The x of upright rules along the lines of values."""
    top, bottom = values[0].box.centre, values[-1].box.centre
    left, right = min(li.box.x0 for li in values), max(li.box.x1 for li in values)
    along = [r.at for r in page.rules if not r.level and r.start < top and r.end > bottom and left < r.at < right]
    return sorted({round(x) + 0.0 for x in along})


def _is_over_values(line: Line, columns: Sequence[Extent]) -> bool:
    """True for a line with words over the values, and not one that runs on from over the labels."""
    inside = [piece for piece in pieces(line.words, APART) if piece[0].box.x0 >= columns[0].x1 - 1]
    return any(piece[-1].box.x1 > columns[1].x0 - 6 for piece in inside)


def _names_group(line: Line, columns: Sequence[Extent]) -> bool:
    """True for words at the left that name the site or the schedule of the lines beneath them."""
    alone = len(pieces(line.words, APART)) == 1 and len(line.words) <= 6
    return alone and line.box.x0 < columns[0].x0 + 6 and may_be_group(line.text)


def _pairs(slots: Sequence[Crossing | None], headed: Sequence[Headed], groups: Sequence[str]) -> Iterator[Pair]:
    """What one line gives, column by column: a path of group, label and heading, and that with these in other order."""
    named = slots[0].text if slots[0] else ""
    group, label = _APC.search(named), _APC.sub("", named).strip()
    above = tuple(text for text in groups if is_group(text))
    unsure = tuple(text for text in groups if text not in above)
    for value, head in zip(slots[1:], headed[1:], strict=True):
        if value is None or not label:
            continue
        changes = any("change" in tags(text) for text in head.path)
        orders = [] if changes else [(*above, *head.path, label)]
        orders += [(*above, label, *path) for path in head.rivals]
        orders += [(*unsure, label, *head.path)] if unsure else []
        if head.doubt:
            value = replace(value, doubt=value.doubt or head.doubt)
        yield Pair((*above, label, *head.path[:-1]), head.path[-1], value, False, tuple(orders))
    if group and slots[0] and len({tuple(years(" ".join(head.path))) for head in headed[1:]}) == 1:
        yield Pair((*above, label), "APC", replace(slots[0], text=group[1]), False, ())
