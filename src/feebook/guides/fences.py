"""What fences a heading: the rule close under it, or the box around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feebook.guides.box import Box
from feebook.guides.extents import Extent, Piece, contradicts, is_over_table
from feebook.guides.page import Page, Rule


def is_fenced_whole(piece: Piece, page: Page, columns: Sequence[Extent]) -> bool:
    """True when a piece stands alone in a shade as wide as the table."""
    return any(
        s.x0 <= columns[0].x0 + 4
        and s.x1 >= columns[-1].x1 - 4
        and s.top - 1 <= piece.box.centre <= s.bottom + 1
        and s.bottom - s.top < 3 * piece.size
        for s in page.shades
    )


def is_ruled_off(piece: Piece, page: Page, columns: Sequence[Extent], below: Mapping[int, Sequence[str]]) -> bool:
    """True when a piece in the middle of a table has a rule as wide as the table close over it and one close under it.

    It contradicts none of the headings beneath: it speaks of the whole table.
    """
    box = piece.box
    wide = [r.at for r in page.rules if r.level and r.start <= columns[0].x0 + 4 and r.end >= columns[-1].x1 - 4]
    over = any(0 <= box.top + 2 - at <= piece.size + 2 for at in wide)
    under = any(0 <= at + 2 - box.bottom <= piece.size + 2 for at in wide)
    middle = is_over_table(piece, columns) and not any(contradicts(piece.text, path) for path in below.values())
    return over and under and middle


def fence(piece: Piece, page: Page, table: tuple[float, float]) -> tuple[float, float] | None:
    """The sides of the rule close under a piece or of the box around it, when narrower than the table."""
    width = table[1] - table[0]
    box = piece.box
    best: tuple[float, float] | None = None
    for rule in page.rules:
        if (
            rule.level
            and -1 <= rule.at - box.bottom <= 1.1 * piece.size
            and _fits(rule, box, width)
            and (best is None or rule.end - rule.start < best[1] - best[0])
        ):
            best = rule.start, rule.end
    for shade in page.shades:
        if (
            shade.x0 - 1 <= box.x0
            and box.x1 <= shade.x1 + 1
            and shade.top - 1 <= box.centre <= shade.bottom + 1
            and shade.x1 - shade.x0 < 0.85 * width
        ):
            best = best or (shade.x0, shade.x1)
    lefts = [
        r.at
        for r in page.rules
        if not r.level and r.start <= box.centre <= r.end and table[0] - 4 <= r.at <= box.x0 + 1
    ]
    rights = [
        r.at
        for r in page.rules
        if not r.level and r.start <= box.centre <= r.end and box.x1 - 1 <= r.at <= table[1] + 4
    ]
    if best is None and (lefts or rights):
        side = max(lefts, default=table[0]), min(rights, default=table[1])
        best = side if side[1] - side[0] < 0.85 * width and lefts and rights else None
    return best


def shaded_columns(piece: Piece, row: Sequence[Piece], page: Page, columns: Sequence[Extent]) -> list[int]:
    """The columns of which the whole words lie within the shade of a heading's own cell; none where it has no own."""
    box = piece.box
    around = [
        s for s in page.shades if s.x0 - 1 <= box.x0 and box.x1 <= s.x1 + 1 and s.top - 1 <= box.centre <= s.bottom + 1
    ]
    own = min(around, key=lambda s: (s.x1 - s.x0) * (s.bottom - s.top), default=None)
    if own is None or any(other is not piece and own.x0 < other.box.middle < own.x1 for other in row):
        return []
    touched = [j for j, c in enumerate(columns) if c.x0 < own.x1 - 1 and c.x1 > own.x0 + 1]
    whole = [j for j in touched if columns[j].x0 >= own.x0 - 1 and columns[j].x1 <= own.x1 + 1]
    return whole if whole == touched and len(whole) < len(columns) else []


def _fits(rule: Rule, box: Box, width: float) -> bool:
    return rule.start <= box.x0 + 2 and rule.end >= box.x1 - 2 and rule.end - rule.start < 0.85 * width
