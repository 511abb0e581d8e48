"""Tables with a row for each track of 2026 under a code: the column that says for whom a row's payments hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feebook.guides import lexicon
from feebook.guides.headings import Meaning
from feebook.guides.tables import Row, Table

MOST: Final = 0.6
"""The share of a table's rows that must name a track."""

LONGEST: Final = 6
"""The name of a track has no more words than this."""

TRACKLESS: Final = "the row does not name its track as the others do"

_TRACKS: Final = frozenset(["qp", "nonqp"])
_PAID: Final = ("facility_payment", "nonfacility_payment", "physician_payment", "limiting_charge")
"""What depends on the track: the units of a service do not."""


def track_column(table: Table, measured: Sequence[Sequence[Meaning]]) -> int | None:
    """The column without a measure in which most rows name a track, not all of them the same; None as a rule."""
    for j, said in enumerate(measured):
        if said or j == table.code:
            continue
        tracks = [track for row in table.rows if (track := _track(row, j))]
        if len(set(tracks)) > 1 and len(tracks) >= MOST * len(table.rows):
            return j
    return None


def of_track(row: Row, column: int, measured: Sequence[tuple[Meaning, ...]]) -> list[tuple[Meaning, ...]]:
    """What each column measures in a row: payments of the physician for those of its track."""
    track = _track(row, column)
    return [tuple(_for(m, track) for m in said) for said in measured]


def _for(meaning: Meaning, track: str) -> Meaning:
    if meaning.measure not in _PAID or meaning.variant:
        return meaning
    return replace(meaning, variant=track, doubt=meaning.doubt or ("" if track else TRACKLESS))


def _track(row: Row, column: int) -> str:
    """The track that a row names in a column, qp or nonqp; empty where it names none, or says more."""
    crossing = row.crossings[column]
    said = set(lexicon.tags(crossing.text)) if crossing and len(crossing.text.split()) <= LONGEST else set()
    return said.pop() if len(said) == 1 and said <= _TRACKS else ""
