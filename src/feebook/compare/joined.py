"""The rows of two days side by side, one block of columns for each measure of a schedule."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from feebook import absence
from feebook.compare import kinds, why
from feebook.compare.exact import MONEY_PLACES, UNIT_PLACES, Ints, Mask, Texts, percent_of, scaled
from feebook.compare.held import SCHEDULES, Columns, Measure
from feebook.compare.kinds import Day
from feebook.compare.loaded import Silences

Rows = NDArray[np.intp]
Factors = tuple[Mapping[str, int], Mapping[str, int]]
"""Track → factor in ten-thousandths, on each of the two days."""


@dataclass(frozen=True, slots=True)
class Block:
    """One measure of a schedule on both days, one row per code, modifier and track.

    Amounts, changes and parts in millionths of a dollar, percent with four places. `percent` holds only where `holds`;
    `parts` hold only where both days are explained by units x factor.
    """

    schedule: str
    measure: str
    code: Texts
    modifier: Texts
    track: Texts
    kind: Texts
    before: Day
    after: Day
    change: Ints
    holds: Mask
    percent: Ints
    parts: Mapping[str, Ints]

    def only(self, rows: Mask) -> Block:
        """The rows that a mask keeps."""
        return Block(
            self.schedule,
            self.measure,
            self.code[rows],
            self.modifier[rows],
            self.track[rows],
            self.kind[rows],
            self.before.only(rows),
            self.after.only(rows),
            self.change[rows],
            self.holds[rows],
            self.percent[rows],
            {name: part[rows] for name, part in self.parts.items()},
        )


def replaced(block: Block, after: Callable[[], Container[str]], successors: Container[str]) -> None:
    """Mark the rows of codes that ended and have successors; `after` gives the codes known on the second day."""
    # What a copy leaves out is not known to be gone, unless the family says that the code ended.
    ended = np.flatnonzero((block.kind == kinds.GONE) | ((block.kind == kinds.NOT_HELD) & ~block.after.there))
    rows = [at for at in ended.tolist() if block.code[at] in successors]
    known = after() if rows else ()
    block.kind[[at for at in rows if block.code[at] not in known]] = kinds.REPLACED


def blocks(
    schedule: str,
    before: Columns,
    after: Columns,
    factors: Factors,
    constant: Mapping[str, int] | None = None,
    silences: tuple[Silences | None, Silences | None] = (None, None),
) -> Iterator[Block]:
    """The measures of a schedule compared.

    `constant` is, by track, the one factor that both days are put at. `silences` tell of each day why rows that it does
    not have are missing.
    """
    before, after = _with_tracks(before, after), _with_tracks(after, before)
    first, second = _joined(before, after)
    code, modifier, track = (
        np.where(first < 0, _take(after[name], second), _take(before[name], first))
        for name in ("code", "modifier", "track")
    )
    absent = tuple(_absent(rows, code, modifier, tells) for rows, tells in zip((first, second), silences, strict=True))
    one, two = (_factors(track, by_track) for by_track in factors)
    same = None if constant is None else _factors(track, constant)
    shared: tuple[dict[str, Ints], dict[str, Ints]] = ({}, {})
    for measure in SCHEDULES[schedule].measures:
        left = _side(schedule, measure, before, first, one, same, absent[0], shared[0])
        right = _side(schedule, measure, after, second, two, same, absent[1], shared[1])
        block = _block(schedule, measure.name, (code, modifier, track), left, right)
        yield block if constant is None else _at_one_factor(block)


def _absent(rows: Rows, code: Texts, modifier: Texts, silences: Silences | None) -> Texts:
    """Why rows that one day does not have are missing; empty where it has them."""
    found: Texts = np.full(len(rows), "", dtype=object)
    missing = np.flatnonzero(rows < 0)
    if silences is not None and len(missing):
        found[missing] = silences(zip(code[missing].tolist(), modifier[missing].tolist(), strict=True))
    return found


@dataclass(frozen=True, slots=True)
class _Side:
    day: Day
    units: dict[str, Ints]


def _side(
    schedule: str,
    measure: Measure,
    columns: Columns,
    rows: Rows,
    factor: Ints,
    constant: Ints | None,
    absent: Texts,
    shared: dict[str, Ints],
) -> _Side:
    """One measure on one day; `absent` says why it has not the rows that it has not.

    `shared` keeps the figures that the measures of a schedule have in common.
    """
    status, printed, indicator, apc, release = (
        _take(columns[name], rows)
        for name in (measure.status, measure.amount, SCHEDULES[schedule].indicator, "apc", "release")
    )
    status = np.where(rows < 0, absent, status)
    there = (rows >= 0) & (status != absence.NO_CODE).astype(bool)
    unknown = (status == absence.NO_SOURCE).astype(bool)
    paid = there & (printed != "").astype(bool)
    amount = scaled(printed, MONEY_PLACES)
    for name in measure.parts.values():
        if name not in shared:
            shared[name] = scaled(_take(columns[name], rows), UNIT_PLACES)
    units = {part: shared[name] for part, name in measure.parts.items()}
    total = sum(units.values(), start=np.zeros_like(amount))
    explained = why.explains(total, factor, amount, paid)
    if constant is not None:
        amount = np.where(explained, why.product(total, constant), amount)
        factor = np.where(explained, constant, factor)  # what has no units stands as paid, at the factor of its day
    return _Side(Day(there, unknown, paid, amount, status, indicator, apc, total, factor, release, explained), units)


def _block(schedule: str, measure: str, key: tuple[Texts, Texts, Texts], one: _Side, two: _Side) -> Block:
    before, after = one.day, two.day
    change = np.where(before.paid & after.paid, after.amount - before.amount, 0)
    holds = kinds.basis_holds(schedule, before, after)
    percent = np.where(holds, percent_of(change, np.where(holds, before.amount, 1)), 0)
    split = why.parts((one.units, two.units), (before.factor, after.factor), change)
    found = kinds.kinds(schedule, before, after)
    block = Block(schedule, measure, *key, found, before, after, change, holds, percent, split)
    rows = before.there | after.there
    return block if rows.all() else block.only(rows)


def lacks_units(block: Block) -> tuple[Mask, Mask]:
    """The amounts of the two days that cannot be put at one factor: the other day's is units x factor, theirs is not.

    Such is a rate by weight of which a copy gives the dollars alone. As paid it holds the other factor, and the change
    would be that of the factor, which this basis leaves out.
    """
    one, two = block.before.explained, block.after.explained
    return block.holds & two & ~one, block.holds & one & ~two


def _at_one_factor(block: Block) -> Block:
    """A block at one factor without the amounts that have no units to be put there; the rest of such rows stays."""
    before, after = lacks_units(block)
    either = before | after
    if not either.any():
        return block
    kind = block.kind.copy()
    kind[either & np.isin(block.kind, (kinds.SAME, kinds.MOVED))] = kinds.NOT_HELD
    return replace(
        block,
        kind=kind,
        before=block.before.without(before),
        after=block.after.without(after),
        change=np.where(either, 0, block.change),
        holds=block.holds & ~either,
        percent=np.where(either, 0, block.percent),
    )


def _with_tracks(columns: Columns, other: Columns) -> Columns:
    """The columns with the tracks of the other day: before 2026 one row stood for what are two tracks since."""
    tracks = sorted(set(other["track"]) - {""})
    if not tracks or set(columns["track"]) - {""}:
        return columns
    repeated = {name: np.concatenate([column] * len(tracks)) for name, column in columns.items()}
    return repeated | {"track": np.repeat(np.array(tracks, dtype=object), len(columns["track"]))}


def _joined(before: Columns, after: Columns) -> tuple[Rows, Rows]:
    """For each key of either day its row in both, −1 where it has none, in the order of the keys."""
    tracked = any(columns["track"].any() for columns in (before, after))
    keys = [pd.Index(_keys(columns, tracked)) for columns in (before, after)]
    if keys[0].equals(keys[1]):
        every = np.arange(len(keys[0]))
        return every, every
    both = keys[0].union(keys[1])
    return keys[0].get_indexer(both), keys[1].get_indexer(both)


def _keys(columns: Columns, tracked: bool) -> Texts:
    """One text per row: a code has five signs, so that nothing need stand between it, the modifier and the track."""
    keys: Texts = columns["code"]
    if columns["modifier"].any():
        keys = keys + columns["modifier"]
    return keys + columns["track"] if tracked else keys


def _take(column: Texts, rows: Rows) -> Texts:
    """The text of each row, empty where there is none (−1)."""
    result: Texts = np.append(column, "")[rows] if len(column) else np.full(len(rows), "", dtype=object)
    return result


def _factors(tracks: Texts, by_track: Mapping[str, int]) -> Ints:
    """The factor of each row, 0 where none is known; a day before 2026 has one for all tracks."""
    if set(by_track) <= {""}:
        return np.full(len(tracks), by_track.get("", 0), dtype=np.int64)
    return np.array([by_track.get(track, 0) for track in tracks], dtype=np.int64)
