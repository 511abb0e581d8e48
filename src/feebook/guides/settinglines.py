"""Tables without cells in which each code has a line for each setting: which lines are of which code.

The code stands on the first of its lines, on the last, or level with their middle, in the whole table alike. A way is
held only where it gives every line to a code and no code a setting twice; rules between the codes must agree with it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from feebook.guides.anchors import Anchor
from feebook.guides.box import Box
from feebook.guides.crossings import crossings
from feebook.guides.dates import years
from feebook.guides.extents import Extent
from feebook.guides.gutters import APART
from feebook.guides.labels import FIGURE, is_value
from feebook.guides.laid import cut, heads_of, laid
from feebook.guides.lexicon import tags
from feebook.guides.lines import Line, block_text, hull, pieces, text_of
from feebook.guides.page import Page, Word
from feebook.guides.siterows import MOST, site_named
from feebook.guides.tables import Column, Crossing, Row, Table
from feebook.guides.walls import walls_between

FLUSH: Final = 2.0
"""Points that settings under each other may stand off one another."""

APART_LINES: Final = 4.0
"""Settings under each other stand no more than this many sizes apart."""

MORE: Final = 1.5
"""Lines of settings for each code, at least."""

UNPARTED: Final = "which of the lines that name settings are of which code is not sure"

EITHER: Final = "the lines of these codes may be parted otherwise"


class Setting(NamedTuple):
    """A line that names a setting and holds values: the words of the setting, its own and those it goes on with."""

    line: Line
    name: Crossing

    @property
    def base(self) -> float:
        return self.line.base

    @property
    def site(self) -> str:
        return site_named(self.name.text)


_Block = list[Setting]


class Settings(NamedTuple):
    """Settings under each other: where they begin, their lines, and all lines of their table without what goes on."""

    begin: float
    held: list[Setting]
    near: list[Line]


def settings_of(group: Sequence[Anchor], box: Box, every: Sequence[Line]) -> Settings | None:
    """The lines of settings beside some codes; None where there are hardly more of them than codes."""
    size = median(every[a.line].size for a in group)
    upper = group[0].base - 2 * APART_LINES * size
    near = [Line(li.base, tuple(words)) for li in every if upper < li.base < box.bottom and (words := cut(li, box))]
    found = _settings(near, max(a.box.x1 for a in group), size)
    return found if found and len(found.held) >= MORE * len(group) else None


def setting_table(
    page: Page,
    group: Sequence[Anchor],
    settings: Settings,
    box: Box,
    every: Sequence[Line],
    before: Table | None,
) -> Table | None:
    """The table of codes with a line for each setting; None where it is not known which of the lines are whose.

    Lines over the first code are of the last one of the page before, where the table goes on from there.
    """
    begin, held, near = settings
    size = median(every[a.line].size for a in group)
    left = min(a.box.x0 for a in group)
    walls = walls_between([a.base for a in group], [Extent(left, left, left, held[0].line.box.x1)], page)
    opening = [s for s in held if s.base < group[0].base - 0.3 * size] if _opens(before, page) else []
    own = held[len(opening) :]
    ways = [_by_walls(group, own, walls), *_by_codes(group, own, size), _by_turns(group, own)]
    sure = [way for way in ways if way is not None and _holds(way)]
    if not sure:
        return None
    pairs = list(zip(group, sure[0], strict=True))
    bodies = [[w for w in s.line.words if w.box.x0 >= begin - FLUSH] for s in opening]
    bodies += [words for anchor, block in pairs for words in _bodies(anchor, block, near, begin)]
    found = laid(page, group, bodies, every, box, ())
    if found.first <= found.code or not any(h.path for h in found.headed[found.first :]):
        return None
    right = [Line(li.base, ws) for li in near if (ws := tuple(w for w in li.words if w.box.x0 > begin - FLUSH))]
    right = [li for li in right if held[0].base - size < li.base < held[-1].base + 1.6 * size]
    grid = crossings(right, [s.base for s in held], found.columns, walls, found.first, size)
    names = next((j for j, c in enumerate(found.columns) if c.left <= begin + FLUSH < c.right), 0)
    bare = group[0].box._replace(top=held[0].line.box.top, bottom=held[0].line.box.bottom)
    codes = [Crossing("", bare)] * len(opening)
    codes += [Crossing(anchor.text, anchor.box) for anchor, block in pairs for _ in block]
    rows = [
        Row(code, tuple(s.name if j == names else slot for j, slot in enumerate(slots)), None, s.base)
        for code, s, slots in zip(codes, held, grid, strict=True)
    ]
    heads = zip(found.columns, found.headed, strict=True)
    columns = tuple(Column(h.path, c.left, c.right, h.rivals, h.doubt) for c, h in heads)
    whole = hull([found.area, *(li.box for li in (*found.named, *(s.line for s in held))), *(a.box for a in group)])
    doubt = EITHER if any(way != sure[0] for way in sure) else ""
    return Table(page, whole, (), found.code, columns, tuple(rows), False, heads=heads_of(found.named), doubt=doubt)


def _opens(before: Table | None, page: Page) -> bool:
    """True where the table of the page before has each code on the first of its lines, as its lines may go on here."""
    if before is None or before.page.number + 1 != page.number or before.across:
        return False
    first = {row.code.box: row.top for row in reversed(before.rows) if row.code.text}
    return len(first) < len(before.rows) and all(box.top < top < box.bottom + 1 for box, top in first.items())


def _settings(near: Sequence[Line], after: float, size: float) -> Settings | None:
    """Settings under each other, each with values right of it; None where most name no site, or stand far apart."""
    begins = Counter(
        round(piece[0].box.x0)
        for line in near
        for piece, *rest in _ends(line)
        if piece[0].box.x0 > after and rest and site_named(text_of(piece))
    )
    if not begins:
        return None
    begin = float(begins.most_common(1)[0][0])
    held: list[Setting] = []
    plain: list[Line] = []
    for line in near:
        parts = next((parts for parts in _ends(line) if abs(parts[0][0].box.x0 - begin) <= FLUSH), [])
        last = held[-1] if held else None
        if len(parts) > 1 and _holds_values(parts[1:]):
            held.append(Setting(line, Crossing(text_of(parts[0]), hull(w.box for w in parts[0]))))
        elif parts and last and line.base - last.base < 1.45 * size:
            words = [w for w in last.line.words if last.name.box.x0 - 1 < w.box.middle < last.name.box.x1 + 1]
            words += parts[0]
            held[-1] = last._replace(name=Crossing(block_text(words), hull(w.box for w in words)))
            line = Line(line.base, tuple(w for w in line.words if w not in parts[0]))
        plain += [line] if line.words else []
    close = all(b.base - a.base <= APART_LINES * size for a, b in pairwise(held))
    named = sum(bool(s.site) for s in held) >= MOST * len(held)
    return Settings(begin, held, plain) if held and close and named else None


def _ends(line: Line) -> list[list[tuple[Word, ...]]]:
    """The pieces of a line from each of them on."""
    parts = pieces(line.words, APART)
    return [parts[k:] for k in range(len(parts))]


def _holds_values(rest: Sequence[Sequence[Word]]) -> bool:
    texts = [text_of(piece) for piece in rest]
    dated = all(years(text) or "change" in tags(text) for text in texts)  # headings
    return not dated and any(is_value(text) or FIGURE.search(text) for text in texts)


def _by_walls(group: Sequence[Anchor], held: Sequence[Setting], walls: Sequence[float]) -> list[_Block] | None:
    """The lines of each code between rules that part the codes; None where a line stands with no code."""
    if not walls:
        return None
    blocks: dict[int, _Block] = {bisect_right(walls, a.base - 2): [] for a in group}
    if len(blocks) < len(group):
        return None
    for line in held:
        band = bisect_right(walls, line.base - 2)
        if band not in blocks:
            return None
        blocks[band].append(line)
    return list(blocks.values())


def _by_codes(group: Sequence[Anchor], held: Sequence[Setting], size: float) -> list[list[_Block] | None]:
    """The lines of each code where it stands on the first of them, on the last, or level with their middle."""
    bases = [a.base for a in group]
    starts = [n for n, line in enumerate(held) if any(abs(line.base - base) < 0.3 * size for base in bases)]
    first = last = None
    if len(starts) == len(group):
        if starts[0] == 0:
            first = [list(held[a:b]) for a, b in pairwise([*starts, len(held)])]
        if starts[-1] == len(held) - 1:
            last = [list(held[a:b]) for a, b in pairwise([0, *(n + 1 for n in starts)])]
    return [first, last, _centred(bases, held, size)]


def _centred(bases: Sequence[float], held: Sequence[Setting], size: float) -> list[_Block] | None:
    """The lines of each code level with the middle of them."""
    blocks: list[_Block] = []
    at = 0
    for base in bases:
        upto = range(at + 1, len(held) + 1)
        end = next((n for n in upto if abs((held[at].base + held[n - 1].base) / 2 - base) < 0.35 * size), None)
        if end is None:
            return None
        blocks.append(list(held[at:end]))
        at = end
    return blocks if at == len(held) else None


def _by_turns(group: Sequence[Anchor], held: Sequence[Setting]) -> list[_Block] | None:
    """The lines of each code where the same settings come again for every code, in one order."""
    count = len(held) // len(group)
    blocks = [list(held[n : n + count]) for n in range(0, len(held), count)]
    named = [[setting.site for setting in block] for block in blocks]
    inside = all(b[0].base - 1 < a.base < b[-1].base + 1 for a, b in zip(group, blocks, strict=False))
    return blocks if len(blocks) == len(group) and inside and all(own == named[0] for own in named) else None


def _holds(blocks: Sequence[_Block]) -> bool:
    """True where every code has lines, and none a setting twice."""
    named = [[setting.site or setting.name.text for setting in block] for block in blocks]
    return all(own and len(set(own)) == len(own) for own in named)


def _bodies(anchor: Anchor, block: _Block, near: Sequence[Line], begin: float) -> list[list[Word]]:
    """The words of each line of a code, those of the code and its wording with the first."""
    top, bottom = min(anchor.base, block[0].base), max(anchor.base, block[-1].base)
    before = [w for li in near if top - 1 < li.base < bottom + 1 for w in li.words if w.box.x0 < begin - FLUSH]
    own = [[w for w in s.line.words if w.box.x0 >= begin - FLUSH] for s in block]
    return [[*sorted(before, key=lambda w: w.box.x0), *own[0]], *own[1:]]
