"""Boxes from rules: the smallest that rules and edges of shades close, which of them touch, what words they hold."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from feebook.guides.box import Box
from feebook.guides.lines import block_text
from feebook.guides.page import Rule, Word

NEAR: Final = 2.2
"""Rules that end this many points apart still meet."""

BAND: Final = 16.0
"""Points of a band by which boxes are looked up."""


class Filled(NamedTuple):
    """A cell of a grid with the words in it."""

    box: Box
    words: tuple[Word, ...]
    text: str


def edges(box: Box) -> Iterable[Rule]:
    if box.x1 - box.x0 < 8 or box.bottom - box.top < 5:
        return
    for y in (box.top, box.bottom):
        yield Rule(True, y, box.x0, box.x1)
    for x in (box.x0, box.x1):
        yield Rule(False, x, box.top, box.bottom)


def closed_boxes(rules: Sequence[Rule]) -> list[Box]:
    """The smallest boxes that level and upright rules close."""
    level = sorted((r for r in rules if r.level), key=lambda r: r.at)
    upright = sorted((r for r in rules if not r.level), key=lambda r: r.at)
    meets: dict[int, list[int]] = {}
    for i, h in enumerate(level):
        meets[i] = [
            j
            for j, v in enumerate(upright)
            if h.start - NEAR <= v.at <= h.end + NEAR and v.start - NEAR <= h.at <= v.end + NEAR
        ]
    crossing = {(i, j) for i, js in meets.items() for j in js}
    below: dict[int, list[int]] = defaultdict(list)
    for i, js in meets.items():
        for j in js:
            below[j].append(i)
    result = []
    for i, js in meets.items():
        for n, j in enumerate(js):
            box = _smallest(i, j, js[n + 1 :], below[j], crossing, level, upright)
            if box:
                result.append(box)
    return result


def _smallest(
    i: int,
    j: int,
    rights: Sequence[int],
    downs: Sequence[int],
    crossing: set[tuple[int, int]],
    level: Sequence[Rule],
    upright: Sequence[Rule],
) -> Box | None:
    """The smallest box with its upper left corner where the level rule i meets the upright rule j."""
    for k in downs[bisect.bisect_right(downs, i) :]:
        if level[k].at - level[i].at < 4:
            continue
        for m in rights:
            if upright[m].at - upright[j].at >= 4 and (i, m) in crossing and (k, m) in crossing and (k, j) in crossing:
                return Box(upright[j].at, level[i].at, upright[m].at, level[k].at)
    return None


def touching(boxes: list[Box]) -> list[list[Box]]:
    """Boxes that touch by a corner, as one group each, from the top of the page."""
    whole = [tuple(map(round, box)) for box in boxes]
    corners = [((x0, top), (x0, bottom), (x1, top), (x1, bottom)) for x0, top, x1, bottom in whole]
    at: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, own in enumerate(corners):
        for corner in own:
            at[corner].append(i)
    groups: list[list[Box]] = []
    left = set(range(len(boxes)))
    for first in range(len(boxes)):
        if first not in left:
            continue
        left.remove(first)
        group = [first]
        for i in group:  # grows while it is gone through
            for corner in corners[i]:
                for k in at.pop(corner, ()):
                    if k in left:
                        left.remove(k)
                        group.append(k)
        groups.append([boxes[i] for i in sorted(group)])
    return sorted((g for g in groups if len(g) >= 4), key=lambda g: (min(b.top for b in g), min(b.x0 for b in g)))


def filled_boxes(boxes: list[Box], words: Sequence[Word]) -> list[Filled]:
    inside: dict[Box, list[Word]] = {box: [] for box in boxes}
    bands = {band: [(*box, inside[box]) for box in own] for band, own in bands_of(inside).items()}
    for word in words:
        x, y = word.box.middle, word.box.centre
        for x0, top, x1, bottom, own in bands.get(int(y // BAND), ()):
            if x0 <= x <= x1 and top <= y <= bottom:
                own.append(word)
                break
    return [Filled(box, tuple(ws), block_text(ws)) for box, ws in inside.items()]


def bands_of(boxes: Iterable[Box]) -> dict[int, list[Box]]:
    """Boxes by the level bands of a page that they reach into, in their order: few need to be looked through."""
    bands: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        for band in range(int(box.top // BAND), int(box.bottom // BAND) + 1):
            bands[band].append(box)
    return bands
