"""Cards: a code as the title of a few lines, each a label and its value, several on a page.

The cards of a page that stand together are one table, a row for each code, as tables with codes across the top are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from feebook.codes import CODE
from feebook.guides.across import Entry, turned_table
from feebook.guides.box import Box
from feebook.guides.codecells import begins_with_code, may_begin_code, printed_codes
from feebook.guides.dates import years
from feebook.guides.headings import meanings
from feebook.guides.headlines import is_sentence
from feebook.guides.labels import (
    FIGURE,
    GAP,
    detailed,
    has_columns,
    is_group,
    is_value,
    labelled,
    may_be_group,
    names_codes,
)
from feebook.guides.lines import Line, hull, pieces, text_of
from feebook.guides.page import Page, Word
from feebook.guides.tables import Crossing, Table

FAR: Final = 3.0
"""A line more than this many sizes under the one before is no longer of the card."""

INDENT: Final = 2.5
"""A label begins no more than this many sizes right of its title, unless that is centred."""

LEAST: Final = 2
"""Lines that measure something make a card."""

_OVER_LABELS: Final = frozenset(["measure", "setting", "item", "site", "site of service", "place of service"])
"""Headings of labels, as a code's heads their values."""

STRAY: Final = "its value does not stand where the other values of its card do"


@dataclass(frozen=True, slots=True)
class _Title:
    """A code that heads a card: where it and its words stand, the code as printed, and what is said after it."""

    line: int
    base: float
    size: float
    box: Box
    code: Crossing
    rest: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label and its value. `apart` says that nothing but space joins them."""

    group: tuple[str, ...]
    label: str
    value: Crossing
    apart: bool
    rivals: tuple[tuple[str, ...], ...]

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.group, self.label)


@dataclass(frozen=True, slots=True)
class _Card:
    """A title, the pairs under it, and the area they fill."""

    title: _Title
    pairs: tuple[_Pair, ...]
    box: Box


def card_tables(page: Page, every: Sequence[Line], taken: Sequence[Table]) -> Iterator[Table]:
    """The tables that cards make, outside the tables that were found."""
    outside = [(n, line) for n, line in enumerate(every) if not _is_within(line.box, taken)]
    titles = [title for n, line in outside for title in _titles(n, line) if not _is_taken(title.box, taken)]
    cards = [card for title in titles if (card := _card(page, every, title, titles))]
    for run in _runs([card for card in cards if not _is_taken(card.box, taken)], every):
        table = _table(page, run, every)
        if table is not None:
            yield table


def _is_within(box: Box, taken: Sequence[Table]) -> bool:
    return any(
        t.box.x0 < box.x0 and box.x1 < t.box.x1 and t.box.top < box.top and box.bottom < t.box.bottom for t in taken
    )


def _is_taken(box: Box, taken: Sequence[Table]) -> bool:
    return any(
        t.box.x0 < box.x1 and box.x0 < t.box.x1 and t.box.top < box.bottom and box.top < t.box.bottom for t in taken
    )


def _titles(n: int, line: Line) -> Iterator[_Title]:
    """The pieces of a line that name one code: alone, after a word for codes, before wording."""
    if not CODE.search(line.text):
        return
    before: tuple[Word, ...] = ()
    for piece in pieces(line.words, GAP):
        title = _title(n, line, piece, before)
        if title is not None:
            yield title
        before = piece


def _title(n: int, line: Line, piece: tuple[Word, ...], before: tuple[Word, ...]) -> _Title | None:
    begins = (i for i, word in enumerate(piece) if may_begin_code(word.text) and begins_with_code(text_of(piece[i:])))
    at = next(begins, None)
    if at is None:
        return None
    if at == 0 and before and _heads_labels(text_of(before)):
        piece, at = (*before, *piece), len(before)
    said = text_of(piece[at:])
    codes, rest = printed_codes(said)
    ends = [] if rest else [text_of(piece[at - k : at]) for k in (1, 2) if k <= at]
    named = not at or any(_heads_labels(text) for text in (text_of(piece[:at]), *ends))
    if len(codes) != 1 or not named or FIGURE.search(rest) or is_sentence(Line(line.base, piece)):
        return None
    end = next((i for i in range(at, len(piece)) if codes[0].code in text_of(piece[at : i + 1])), at)
    box = hull(w.box for w in piece[at : end + 1])
    return _Title(n, line.base, line.size, hull(w.box for w in piece), Crossing(said, box), rest)


def _heads_labels(text: str) -> bool:
    """True for words before a code that heads a card: they name codes, or the labels beneath."""
    return names_codes(text) or text.lower() in _OVER_LABELS


def _card(page: Page, every: Sequence[Line], title: _Title, titles: Sequence[_Title]) -> _Card | None:
    """The card under a title, within the first sides that give one."""
    for left, right in _sides(page, title, titles):
        pairs, bottom = _pairs(every, title, titles, left, right)
        measured = [pair for pair in pairs if any(m.measure for m in meanings(pair.path, ()))]
        if len(measured) >= LEAST:
            x1 = max(title.box.x1, *(pair.value.box.x1 for pair in pairs))
            return _Card(title, tuple(_aligned(pairs)), Box(min(left, title.box.x0), title.box.top, x1, bottom))
    return None


def _sides(page: Page, title: _Title, titles: Sequence[_Title]) -> Iterator[tuple[float, float]]:
    """The sides that a card may have: those of its box, up to the next title beside it, up to the next on the page."""
    box = title.box
    level = [r.at for r in page.rules if not r.level and r.start - 1 <= box.centre <= r.end + 1]
    lefts = [*(x for x in level if x <= box.x0 + 1), *(s.x0 for s in _around(box, page))]
    rights = [*(x for x in level if x >= box.x1 - 1), *(s.x1 for s in _around(box, page))]
    if lefts and rights:
        yield max(lefts), min(rights)
    left = box.x0 - 1.5 * title.size
    beside = [t for t in titles if t.box.x0 > box.x1]
    for near in ([t for t in beside if abs(t.base - title.base) < 3 * title.size], beside):
        yield left, min((t.box.x0 - 2 for t in near), default=page.width)


def _around(box: Box, page: Page) -> list[Box]:
    """The shades that a title stands in."""
    return [s for s in page.shades if s.x0 <= box.x0 and box.x1 <= s.x1 and s.top <= box.centre <= s.bottom]


def _pairs(
    every: Sequence[Line], title: _Title, titles: Sequence[_Title], left: float, right: float
) -> tuple[list[_Pair], float]:
    """The labels with their values between two sides under a title, and where they end; none where columns stand."""
    centred = abs(title.box.middle - (left + right) / 2) < 3
    found: list[_Pair] = []
    group: tuple[str, ...] = ()
    unsure = ""
    base, bottom = title.base, title.box.bottom
    for line in _within(every, title, titles, left, right):
        if line.base - base > FAR * max(title.size, line.size):
            break
        both = detailed(line.words)
        pair = both[0] if both else labelled(line.words)
        stray = has_columns(line.words) if pair is None else not (centred or _is_under(title, line))
        if line.base == title.base or stray:
            return [], bottom
        base = line.base
        text = line.text
        if pair is not None:
            label, value, apart = pair
            found.append(_Pair(group, label, value, apart, ((unsure, label),) if unsure else ()))
            if both:
                found.append(_Pair((*group, label), *both[1], ()))
        elif found and not unsure and _goes_on(text):
            found[-1] = replace(found[-1], label=f"{found[-1].label} {text}")
        elif is_group(text):
            group, unsure = (text,), ""
            continue
        elif may_be_group(text) and len(line.words) <= 6:
            unsure = text
            continue
        else:
            continue
        bottom = line.box.bottom
    return found, bottom


def _is_under(title: _Title, line: Line) -> bool:
    """True for a label that begins about where the title does: one set further right stands beside a code's column."""
    return line.words[0].box.x0 - title.box.x0 < INDENT * title.size


def _goes_on(text: str) -> bool:
    """True for words that go on from those before them."""
    return text.startswith(("(", "/", "&")) or text[:1].islower()


def _ends(above: Line, below: Line) -> bool:
    """True where a label ends on the line of its value and begins on the one above, or the value stands there alone."""
    pair = labelled(below.words)
    return (
        bool(pair and _goes_on(pair[0])) and labelled(above.words) is None and below.base - above.base < 2 * below.size
    )


def _within(every: Sequence[Line], title: _Title, titles: Sequence[_Title], left: float, right: float) -> list[Line]:
    """The lines between two sides from a title down to the next; those of one label as one."""
    heads = [t.line for t in titles if t.line > title.line and left <= t.box.x0 < right]
    result: list[Line] = []
    for line in every[title.line : min(heads, default=len(every))]:
        words = tuple(w for w in line.words if left <= w.box.middle <= right)
        words = tuple(w for w in words if line.base > title.base or w.box.x0 > title.box.x1)
        if not words:
            continue
        result.append(Line(line.base, words))
        if len(result) > 2 and result[-1].base - result[-3].base < 1.4 * line.size and is_value(result[-2].text):
            above, value, below = result[-3:]
            if value.box.x0 > max(above.box.x1, below.box.x1):
                result[-3:] = [Line(value.base, (*above.words, *below.words, *value.words))]
        elif len(result) > 1 and _ends(*result[-2:]) and result[-2].base > title.base:
            result[-2:] = [Line(line.base, (*result[-2].words, *words))]
    return result


def _aligned(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """The pairs; in doubt values that stand elsewhere than the others of their card, and labels that come twice."""
    apart = [pair.value.box for pair in pairs if pair.apart]
    ends = [Counter(round(getattr(box, side) / 3) for box in apart) for side in ("x0", "x1")]
    usual = [count.most_common(1)[0][0] if count else 0 for count in ends]
    paths = Counter(pair.path for pair in pairs)
    for pair in pairs:
        doubt = ""
        off = [abs(getattr(pair.value.box, side) - 3 * at) for side, at in zip(("x0", "x1"), usual, strict=True)]
        if pair.apart and min(off) > 4.5:
            doubt = STRAY
        if paths[pair.path] > 1:
            doubt = "its card prints this label twice"
        yield replace(pair, value=replace(pair.value, doubt=doubt)) if doubt else pair


def _runs(cards: Sequence[_Card], every: Sequence[Line]) -> Iterator[list[_Card]]:
    """Cards that stand together: between them stand no words of another kind, and none has a year of its own."""
    strange = [line for line in every if not all(any(_holds(c, w) for c in cards) for w in line.words)]
    run: list[_Card] = []
    for card in sorted(cards, key=lambda c: (c.title.base, c.box.x0)):
        top = min((c.box.top for c in run), default=0.0)
        parted = any(top < line.box.top and line.box.bottom <= card.box.top + 1 for line in strange)
        if run and (parted or years(card.title.rest) or years(run[-1].title.rest)):
            yield run
            run = []
        run.append(card)
    if run:
        yield run


def _holds(card: _Card, word: Word) -> bool:
    box = card.box
    return box.x0 <= word.box.middle <= box.x1 + 6 and box.top - 1 <= word.box.centre <= box.bottom + 1


def _table(page: Page, run: Sequence[_Card], every: Sequence[Line]) -> Table | None:
    """The cards of a run as a table: what their labels say, in the order of the page, and a row for each code."""
    kinds = dict.fromkeys((pair.path, pair.rivals) for card in run for pair in card.pairs)
    entries = [
        Entry(path[:-1], path[-1:], [_crossing(card, path, rivals) for card in run], rivals) for path, rivals in kinds
    ]
    title = tuple(filter(None, [run[0].title.rest])) if years(run[0].title.rest) else ()
    table = turned_table(page, hull(c.box for c in run), title, [c.title.code for c in run], entries, False)
    above = [li for li in every if 0 <= run[0].box.top - li.box.bottom < FAR * li.size]
    several = len({year for line in above for year in years(line.text)}) > 1
    if table is not None and several and not any(years(text) for path, _ in kinds for text in path):
        return replace(table, doubt="the line over these cards prints several years")
    return table


def _crossing(card: _Card, path: tuple[str, ...], rivals: tuple[tuple[str, ...], ...]) -> Crossing | None:
    return next((pair.value for pair in card.pairs if (pair.path, pair.rivals) == (path, rivals)), None)
