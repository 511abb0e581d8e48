"""Group lines that close a page: `APC 5224` under the last code, its own codes at the top of the next page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feebook.guides.headlines import is_sentence
from feebook.guides.lines import Line
from feebook.guides.tables import KEY, Crossing, Table

NEAR: Final = 3.0
"""Points that a group line may stand off those before it."""

UNLIKE: Final = "a line at the end of the page before may name the APC of these codes"


def closing_key(table: Table, said: Sequence[Line]) -> Crossing | None:
    """The group line that holds for what goes on after a table's page: one under its last code, else that code's own.

    `said` is every line of the page. A line set otherwise than the group lines before it, which may be a note, is in
    doubt.
    """
    own = table.rows[-1].key
    end = table.rows[-1].code.box.bottom
    under = [li for li in said if li.box.top >= end - 1 and KEY.fullmatch(li.text) and not is_sentence(li)]
    under = [li for li in under if li.box.x0 < table.box.x1 and table.box.x0 < li.box.x1]
    if own is None or not under:
        return own
    last = under[-1]
    key = Crossing(last.text, last.box)
    return key if _is_set_alike(key, own) else replace(key, doubt=UNLIKE)


def _is_set_alike(key: Crossing, other: Crossing) -> bool:
    """True where two group lines begin, or are centred, in one place, and both say more than their APC or neither."""
    near = min(abs(key.box.x0 - other.box.x0), abs(key.box.middle - other.box.middle)) < NEAR
    return near and _rest(key) == _rest(other)


def _rest(key: Crossing) -> bool:
    match = KEY.fullmatch(key.text)
    return bool(match and match["rest"].strip())
