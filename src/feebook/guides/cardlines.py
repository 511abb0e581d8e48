"""The lines of a card: labels, each with its value, under the groups that lines without a value name."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from feebook.guides.cardtitles import Title
from feebook.guides.labels import GAP, detailed, has_columns, is_group, is_value, labelled, may_be_group
from feebook.guides.lines import Line, pieces, text_of
from feebook.guides.tables import Crossing

FAR: Final = 3.0
"""A line more than this many sizes under the one before is no longer of the card."""

INDENT: Final = 2.5
"""A label begins no more than this many sizes right of its title, unless that is centred."""

STRAY: Final = "its value does not stand where the other values of its card do"


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value. `apart` says that nothing but space joins them."""

    group: tuple[str, ...]
    label: str
    value: Crossing
    apart: bool
    rivals: tuple[tuple[str, ...], ...]

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.group, self.label)


def pairs_of(lines: Sequence[Line], title: Title, centred: bool) -> tuple[list[Pair], float]:
    """The labels with their values that lines under a title hold, and where they end; none where columns stand."""
    found: list[Pair] = []
    group: tuple[str, ...] = ()
    unsure = ""
    base, bottom = title.base, title.box.bottom
    for line in lines:
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
            found.append(Pair(group, label, value, apart, ((unsure, label),) if unsure else ()))
            if both:
                found.append(Pair((*group, label), *both[1], ()))
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


def _is_under(title: Title, line: Line) -> bool:
    """True for a label that begins about where the title does: one set further right stands beside a code's column."""
    return line.words[0].box.x0 - title.box.x0 < INDENT * title.size


def _goes_on(text: str) -> bool:
    """True for words that go on from those before them."""
    return text.startswith(("(", "/", "&")) or text[:1].islower()


def _are_values(line: Line) -> bool:
    return all(is_value(text_of(piece)) for piece in pieces(line.words, GAP))


def _ends(above: Line, below: Line) -> bool:
    """True where a label ends on the line of its value and begins on the one above, or the value stands there alone."""
    pair = labelled(below.words)
    return (
        bool(pair and _goes_on(pair[0])) and labelled(above.words) is None and below.base - above.base < 2 * below.size
    )


def lines_within(every: Sequence[Line], title: Title, titles: Sequence[Title], left: float, right: float) -> list[Line]:
    """The lines between two sides from a title down to the next, of its own line what stands right of it."""
    below = titles[bisect_right(titles, title.line, key=attrgetter("line")) :]
    end = next((t.line for t in below if left <= t.box.x0 < right), len(every))
    result: list[Line] = []
    for line in every[title.line : end]:
        words = tuple(w for w in line.words if left <= w.box.middle <= right)
        words = tuple(w for w in words if line.base > title.base or w.box.x0 > title.box.x1)
        if words:
            result.append(Line(line.base, words))
    return result


def in_one(lines: Sequence[Line], title: Title) -> list[Line]:
    """Lines under a title, those of one label with its value as one."""
    result: list[Line] = []
    for line in lines:
        result.append(line)
        if len(result) > 2 and result[-1].base - result[-3].base < 1.4 * line.size and _are_values(result[-2]):
            above, value, below = result[-3:]
            if value.box.x0 > max(above.box.x1, below.box.x1):
                result[-3:] = [Line(value.base, (*above.words, *below.words, *value.words))]
        elif len(result) > 1 and _ends(*result[-2:]) and result[-2].base > title.base:
            result[-2:] = [Line(line.base, (*result[-2].words, *line.words))]
    return result


def aligned(pairs: Sequence[Pair]) -> Iterator[Pair]:
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
