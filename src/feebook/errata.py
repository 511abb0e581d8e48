"""The ledger of what a source or we got wrong, and whether a released value has changed without a word in it.

The ledger is `extract/errata.toml`. A release of a package compares it with the archive of its last version; where a
value that stood there differs or is gone, the ledger must say why before the new version can be written.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from feebook import absence, package
from feebook.document import write
from feebook.errors import Wrong
from feebook.package import Package, Row

DERIVED: Final = ("documents", "codes", "indicators", "findings", "changes")
"""Resources that hold no value of their own: words, or what follows from the others."""

_NO_VALUE: Final = ("through", "release", "document", "place", "rate_document", "source", "note")
"""Columns that say in words where a value comes from, or how long it holds: they move when a release is added."""

_SAMPLE: Final = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was wrong: who had it wrong, when it was seen, what stood there and what was done.

    `before` is the last version of a package that has it, empty where it was mended before the first; `since` are the
    versions from which on it is right. `values`, `digest` and `sample` name the values that a release changed.
    """

    title: str
    seen: date | None = None
    whose: str = ""
    wrong: str = ""
    changed: str = ""
    before: str = ""
    since: tuple[str, ...] = ()
    values: int = 0
    digest: str = ""
    sample: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """False for a draft, in which a person has still to say what was wrong."""
        return bool(self.seen and self.whose in WHOSE and self.wrong and self.changed)


WHOSE: Final = ("ours", "source")


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of a ledger, as they stand in it. Raises Wrong for a key that is not known or one that is missing."""
    if not path.exists():
        return ()
    return tuple(_entry(path, said) for said in tomllib.loads(path.read_text(encoding="utf-8")).get("entry", []))


def _entry(path: Path, said: dict[str, Any]) -> Entry:
    unknown = sorted(set(said) - {field.name for field in fields(Entry)})
    if unknown or "title" not in said:
        raise Wrong(f"{path.name}: an entry has {', '.join(unknown) or 'no title'}; title, seen, whose, … were due")
    facts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Entry(**facts)


@dataclass(frozen=True, slots=True)
class Changed:
    """A value of a released version that is another now, or gone (`now` is None)."""

    resource: str
    key: tuple[str, ...]
    column: str
    before: str
    now: str | None

    def __str__(self) -> str:
        what = "row gone" if self.now is None else f"{self.column} {self.before or 'empty'} → {self.now or 'empty'}"
        return f"{self.resource} {' '.join(filter(None, self.key))}: {what}"


def last_version(held: Package, archives: Path) -> str:
    """The newest released version of a package's year; empty where there is none."""
    names = (path.stem.removeprefix("feebook-") for path in archives.glob(f"feebook-{held.year}.*.zip"))
    return max(names, key=lambda name: [int(part) for part in name.split(".")], default="")


def changed(held: Package, archives: Path) -> list[Changed]:
    """Every value of the last version that is another in the package now. New rows and new columns are no change."""
    version = last_version(held, archives)
    found: list[Changed] = []
    if version:
        with zipfile.ZipFile(archives / f"feebook-{version}.zip") as bundle:
            documents = _rows(bundle.read(f"feebook-{version}/documents.csv"))
            known = frozenset(row["release"] for row in documents if row["sha256"])
            for name in (name for name in package.RESOURCES if name not in DERIVED):
                member = f"feebook-{version}/{name}.csv"
                if member in bundle.namelist():
                    data = bundle.read(member)
                    now = held.path(name).read_bytes() if held.path(name).exists() else b""
                    found += _differences(name, data, now, known) if data != now else []
    return found


def _differences(name: str, before: bytes, now: bytes, known: frozenset[str]) -> Iterator[Changed]:
    """What is other over the days of each row of a version; `known` are the releases that it was made from."""
    at = package.key(name)
    stretches: dict[tuple[str, ...], list[Row]] = {}
    for row in _rows(now):
        stretches.setdefault(_without_day(at, row), []).append(row)
    for row in _rows(before):
        pieces = [new for new in stretches.get(_without_day(at, row), ()) if _is_piece(row, new, known)]
        if not pieces:
            yield Changed(name, _key(at, row), "", "", None)
        elif absence.NO_SOURCE not in row.values():
            for new in pieces:
                columns = (column for column in row if column in new and column not in (*at, *_NO_VALUE))
                yield from (Changed(name, _key(at, new), c, row[c], new[c]) for c in columns if row[c] != new[c])


def _key(at: Iterable[str], row: Row) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in at)


def _without_day(at: Iterable[str], row: Row) -> tuple[str, ...]:
    return _key((column for column in at if column != "from"), row)


def _is_piece(row: Row, new: Row, known: frozenset[str]) -> bool:
    """Whether a row of now speaks of days of a released one: its own, or a later part of them.

    Days that a release held since then has renewed are no part of it: the earlier one was right to be carried on.
    """
    if "through" not in row or "from" not in row or new["from"] == row["from"]:
        return new.get("from") == row.get("from")
    inside = row["from"] < new["from"] <= row["through"]
    return inside and new.get("release", "") in known


def _rows(data: bytes) -> Iterable[Row]:
    return csv.DictReader(io.StringIO(data.decode(), newline=""))


def demand(held: Package, archives: Path, ledger: Path, version: str) -> None:
    """Raise Wrong where released values have changed and the ledger has no complete entry for just these changes.

    A draft of the entry is put at the end of the ledger, with what changed; what was wrong and when it was seen is for
    a person to say.
    """
    found = changed(held, archives)
    if not found:
        return
    before, digest = last_version(held, archives), _digest(found)
    known = [entry for entry in read(ledger) if (entry.before, entry.digest) == (before, digest)]
    if any(entry.complete for entry in known):
        return
    if not known:
        _draft(ledger, before, version, digest, found)
    raise Wrong(
        f"{held.folder.name}: {len(found)} values of {before} have changed; say in {ledger.name}, where a draft of "
        "the entry stands, what was wrong and when it was seen, then release again"
    )


def _digest(found: Iterable[Changed]) -> str:
    lines = sorted(f"{one.resource}\0{one.key}\0{one.column}\0{one.before}\0{one.now}" for one in found)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _draft(ledger: Path, before: str, version: str, digest: str, found: list[Changed]) -> None:
    """The ledger with a draft at its end; an earlier draft on the same version makes room for it."""
    text = ledger.read_text(encoding="utf-8") if ledger.exists() else ""
    head, *blocks = text.split("[[entry]]\n")
    kept = [block for block in blocks if not _is_draft_on(block, before)]
    facts: dict[str, Any] = {
        "title": f"{len(found)} values of {before}",
        "whose": "",
        "wrong": "",
        "changed": "",
        "before": before,
        "since": [version],
        "values": len(found),
        "digest": digest,
        "sample": [str(one) for one in found[:_SAMPLE]],
    }
    draft = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in facts.items())
    write(ledger, "[[entry]]\n".join([head, *(f"{block.rstrip()}\n\n" for block in kept), draft]).encode())


def _is_draft_on(block: str, before: str) -> bool:
    (entry,) = tomllib.loads(f"[[entry]]\n{block}")["entry"]
    return entry.get("before") == before and not entry.get("seen") and not entry.get("wrong")
