"""Cards: a code, or a list of codes, as the title of a few lines, each a label with its values, several on a page.

The cards of a page that stand together are one table, a row for each code, as tables with codes across the top are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from feebook.guides.across import Entry, turned_table
from feebook.guides.box import Box
from feebook.guides.cardcolumns import columned_pairs
from feebook.guides.cardlines import FAR, Pair, aligned, in_one, lines_within, pairs_of
from feebook.guides.cardtitles import Title, titles_of
from feebook.guides.dates import years
from feebook.guides.headings import meanings
from feebook.guides.lines import Line, hull
from feebook.guides.page import Page, Word
from feebook.guides.tables import Crossing, Table

LEAST: Final = 2
"""Lines that measure something make a card."""

SAME: Final = 3.0
"""Points that the titles of cards under the same headings may stand off each other."""

STACKED: Final = "another code stands over the one that heads these values"


@dataclass(frozen=True, slots=True)
class _Card:
    """A title, the pairs under it, and the area they fill."""

    title: Title
    pairs: tuple[Pair, ...]
    box: Box
    over: tuple[Line, ...] = ()
    """The lines of the headings over its values."""


def card_tables(page: Page, every: Sequence[Line], taken: Sequence[Table]) -> Iterator[Table]:
    """The tables that cards make, outside the tables that were found."""
    outside = [(n, line) for n, line in enumerate(every) if not _is_within(line.box, taken)]
    titles = [title for n, line in outside for title in titles_of(n, line) if not _is_taken(title.box, taken)]
    cards: list[_Card] = []
    for title in titles:
        over = (c for c in reversed(cards) if c.box.bottom <= title.box.top + 1 and c.box.x0 < title.box.x1 < c.box.x1)
        card = _card(page, every, title, titles, next(over, None))
        cards += [card] if card else []
    cards = [replace(card, pairs=tuple(_doubted(card.pairs, _over(card, cards, titles)))) for card in cards]
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


def _card(
    page: Page, every: Sequence[Line], title: Title, titles: Sequence[Title], before: _Card | None
) -> _Card | None:
    """The card under a title, within the first sides that give one; `before` is the card above."""
    for left, right in dict.fromkeys(_sides(page, title, titles)):
        centred = abs(title.box.middle - (left + right) / 2) < 3
        lines = in_one(lines_within(every, title, titles, left, right), title)
        found = columned_pairs(page, lines, title, centred, _above(every, title, left, right, before))
        card = _made(title, left, found.pairs, found.bottom, found.over) if found else None
        card = card or _made(title, left, *pairs_of(lines, title, centred), [])
        if card:
            return card
    return None


def _made(title: Title, left: float, pairs: Sequence[Pair], bottom: float, over: Sequence[Line]) -> _Card | None:
    """A card of some pairs; None where too few of them measure something."""
    if sum(any(m.measure for m in meanings(pair.path, ())) for pair in pairs) < LEAST:
        return None
    x1 = max(title.box.x1, *(pair.value.box.x1 for pair in pairs))
    box = Box(min(left, title.box.x0), title.box.top, x1, bottom)
    return _Card(title, tuple(_doubted(aligned(pairs), title.doubt)), box, tuple(over))


def _above(every: Sequence[Line], title: Title, left: float, right: float, before: _Card | None) -> list[Line]:
    """The lines close over a title that may head its values; those of the card above where nothing stands between."""
    if (
        before
        and abs(before.title.box.x0 - title.box.x0) < SAME
        and title.box.top - before.box.bottom < FAR * title.size
    ):
        return list(before.over)
    top = before.box.bottom if before else 0.0
    near = [li for li in every[: title.line] if title.base - li.base < 2 * FAR * title.size and top < li.box.top]
    cut = (Line(li.base, tuple(w for w in li.words if left <= w.box.middle <= right)) for li in near)
    return [line for line in cut if line.words]


def _over(card: _Card, cards: Sequence[_Card], titles: Sequence[Title]) -> str:
    """Why a card may be of another code: one that heads no card of its own stands close over its title."""
    own = card.title
    headed = [c.title for c in cards]
    near = [t for t in titles if 0 < own.base - t.base < FAR * own.size and t not in headed]
    return STACKED if any(t.box.x0 < own.box.x1 and own.box.x0 < t.box.x1 for t in near) else ""


def _doubted(pairs: Iterable[Pair], doubt: str) -> Iterator[Pair]:
    for pair in pairs:
        yield replace(pair, value=replace(pair.value, doubt=pair.value.doubt or doubt))


def _sides(page: Page, title: Title, titles: Sequence[Title]) -> Iterator[tuple[float, float]]:
    """The sides that a card may have: those of its box, up to the next title beside it, up to the next on the page."""
    box = title.box
    level = [r.at for r in page.rules if not r.level and r.start - 1 <= box.centre <= r.end + 1]
    lefts = [*(x for x in level if x <= box.x0 + 1), *(s.x0 for s in _around(box, page))]
    rights = [*(x for x in level if x >= box.x1 - 1), *(s.x1 for s in _around(box, page))]
    if lefts and rights:
        yield max(lefts), min(rights)
    left = box.x0 - 1.5 * title.size
    first = bisect_right(titles, title.base - 3 * title.size, key=attrgetter("base"))
    end = bisect_left(titles, title.base + 3 * title.size, key=attrgetter("base"))
    for near in (titles[first:end], titles):
        yield left, min((t.box.x0 - 2 for t in near if t.box.x0 > box.x1), default=page.width)


def _around(box: Box, page: Page) -> list[Box]:
    """The shades that a title stands in."""
    return [s for s in page.shades if s.x0 <= box.x0 and box.x1 <= s.x1 and s.top <= box.centre <= s.bottom]


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
