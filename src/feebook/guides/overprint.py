"""Which of the characters shows that stand over one another: what was written before a correction, or after it.

Whoever mends a printed page in an editor paints over a number and writes another in its place, or pastes a note upon
it: both are in the file, and the ink in that place belongs to one. The text objects are left out of a picture in
turns: a character whose going changes nothing is covered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from feebook.guides import pdfium
from feebook.guides.glyphs import Glyph
from feebook.guides.raster import COLOUR, Part, core, differ, pictured

BAND: Final = 4.0
"""Points by which the middles of characters that stand over one another differ at most, from top to bottom."""

BESIDE: Final = 3.0
"""Points by which the sides of two text objects that print the same in one place differ at most."""

LAYERS: Final = 8
"""Characters of one place that are looked at: nobody corrects a number more often."""

FIGURES: Final = "$.,%+"
"""What belongs to numbers and codes beside letters and digits; an accent or a stroke over a letter is meant."""

UNREADABLE: Final = "\N{REPLACEMENT CHARACTER}"

_Spot = tuple[float, float, int]
"""Left, right and place of a character among the others."""


class Apart(NamedTuple):
    """The characters of a page told apart, and how many lay covered."""

    glyphs: list[Glyph]
    covered: int


def apart(page: Any, part: Part, glyphs: Sequence[Glyph], texts: Sequence[int]) -> Apart:
    """The characters without those that lie covered under others, and without a second print of the same.

    Of those of one size that show through one another none can be read: each is given as UNREADABLE. `texts` are all
    text objects of the page.
    """
    if not any(True for _ in _overlapping(glyphs)):
        return Apart(list(glyphs), 0)
    glyphs = _once(glyphs)
    twins: set[int] = set()
    rivals: dict[int, set[int]] = defaultdict(set)
    for one, other in _overlapping(glyphs):
        if _is_twin(glyphs[one], glyphs[other]):
            twins.add(one)
        elif all(glyphs[i].text.isalnum() or glyphs[i].text in FIGURES for i in (one, other)):
            rivals[one].add(other)
            rivals[other].add(one)
    covered = _covered(page, part, glyphs, rivals, texts) - twins if rivals else set()
    gone = twins | covered
    mixed = {i for i, others in rivals.items() if any(_are_alike(glyphs[i], glyphs[j]) for j in others - gone)}
    return Apart(
        [g._replace(text=UNREADABLE) if i in mixed else g for i, g in enumerate(glyphs) if i not in gone], len(covered)
    )


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters, of those that are the same in the very same place the last: a page may be printed many times."""
    last = {(glyph.text, glyph.box, glyph.size, glyph.turn): glyph for glyph in glyphs if not glyph.text.isspace()}
    kept = {id(glyph) for glyph in last.values()}
    return [glyph for glyph in glyphs if glyph.text.isspace() or id(glyph) in kept]


def _is_twin(one: Glyph, other: Glyph) -> bool:
    """True for the same character printed again a little beside, to look bold or to throw a shadow."""
    return one.text == other.text and _are_alike(one, other)


def _are_alike(one: Glyph, other: Glyph) -> bool:
    """True for characters of one size; a mark of another may stand over a letter's corner."""
    return 0.85 < one.size / other.size < 1.18


def _overlapping(glyphs: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """Pairs of characters of different text objects, one half or more over the other."""
    bands: dict[int, list[_Spot]] = defaultdict(list)
    sides = (0.0, 0.0)
    here = bands[0]
    for i, (text, (x0, top, x1, bottom), _, _, _, _, _, _, item) in enumerate(glyphs):
        if item and text != " ":
            if (top, bottom) != sides:  # the characters of a run share them
                sides = top, bottom
                here = bands[int((top + bottom) / (2 * BAND))]
            here.append((x0, x1, i))
    for band, spots in bands.items():
        yield from _pairs(sorted(spots + bands[band + 1] if band + 1 in bands else spots), glyphs)


def _pairs(spots: Iterable[_Spot], glyphs: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """The pairs among characters from left to right."""
    before: list[_Spot] = []
    furthest = float("-inf")
    for spot in spots:
        x0, x1, i = spot
        if furthest - x0 > (x1 - x0) / 4:
            before = [other for other in before if other[1] > x0][-LAYERS:]
            for _, _, j in before:
                if glyphs[i].item != glyphs[j].item and _is_over(glyphs[i], glyphs[j]):
                    yield min(i, j), max(i, j)
            before.append(spot)
        else:
            before = [spot]
        if x1 > furthest:
            furthest = x1


def _is_over(one: Glyph, other: Glyph) -> bool:
    """True when two characters of like size and direction share a place; what is far larger is a watermark."""
    a, b = one.box, other.box
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    tall = min(a.bottom, b.bottom) - max(a.top, b.top)
    return (
        wide > 0.5 * min(a.x1 - a.x0, b.x1 - b.x0)
        and tall > 0.6 * min(a.bottom - a.top, b.bottom - b.top)
        and 0.5 < one.size / other.size < 2
        and one.turn == other.turn
    )


def _covered(
    page: Any, part: Part, glyphs: Sequence[Glyph], rivals: dict[int, set[int]], texts: Sequence[int]
) -> set[int]:
    """The characters among rivals whose text object may go without a change in their place."""
    own: dict[int, list[int]] = defaultdict(list)
    for i in sorted(rivals):
        own[glyphs[i].item].append(i)
    against = {item: {glyphs[j].item for i in mine for j in rivals[i]} for item, mine in own.items()}
    listed = {glyph.item for glyph in glyphs}
    again = _again(list(own), [item for item in texts if item not in listed])
    whole = pictured(page, part, COLOUR)
    gone: set[int] = set()
    waiting = list(own)
    while waiting:
        turn = _at_once(waiting, against)
        pdfium.leave_out([one for item in turn for one in again[item]])
        without = pictured(page, part, COLOUR)
        for item in turn:
            covered = {i for i in own[item] if not differ(whole, without, core(glyphs[i].box))}
            gone |= covered
            if len(covered) < len(own[item]):
                pdfium.put_back(again[item])
        waiting = [item for item in waiting if item not in set(turn)]
    return gone


def _again(items: Sequence[int], unlisted: Sequence[int]) -> dict[int, list[int]]:
    """Each text object with those in its place of which pdfium gives no characters, since it has them already."""
    others = list(zip(unlisted, pdfium.bounds(unlisted), strict=True))
    return {
        item: [
            item,
            *(one for one, theirs in others if all(abs(a - b) < BESIDE for a, b in zip(box, theirs, strict=True))),
        ]
        for item, box in zip(items, pdfium.bounds(items), strict=True)
    }


def _at_once(waiting: Sequence[int], against: dict[int, set[int]]) -> list[int]:
    """Text objects none of which stands over another, the first drawn first."""
    turn: list[int] = []
    blocked: set[int] = set()
    for item in waiting:
        if item not in blocked:
            turn.append(item)
            blocked |= against[item]
    return turn
