"""The folder of a build: what did not change is not written again, what no build of today writes is removed.

A build is a few steps. Each has a key, the digest of all it is made from, and a list of the files it wrote. A step
whose key is that of the build before, and whose files stand as they were left, is not run again. The ledger lies in a
folder beside the output (`.public.build` beside `public`), so that nothing of it is ever published.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from feebook import document
from feebook.publish import processes

Value = TypeVar("Value")

Made: TypeAlias = tuple[Iterable[str], Value]
"""The names of the files that a step wrote, and what later steps need of it."""

_LEDGER = "ledger.json"


def put(root: Path, name: str, data: bytes | str) -> str:
    """Write a file below a folder unless it holds these bytes already; its name, for the ledger."""
    path = f"{root}/{name}"
    told = data.encode() if isinstance(data, str) else data
    if not _holds(path, told):
        document.put(path, told)
    return name


def _holds(path: str, data: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == data
    except FileNotFoundError:
        return False


def copy(root: Path, name: str, source: Path) -> str:
    """Put the bytes of another file below a folder; its name, for the ledger."""
    return put(root, name, source.read_bytes())


@dataclass(slots=True)
class Output:
    """The folder of a site with the ledger of the build before; steps are run in the order in which they are told."""

    root: Path
    before: dict[str, Any]
    now: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def open(cls, root: Path) -> Output:
        """The folder, with the ledger of the build before where there is one."""
        try:
            before = json.loads((state(root) / _LEDGER).read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            before = {}
        return cls(root, before)

    def step(self, name: str, key: str, make: Callable[[], Made[Value]]) -> Value:
        """What a step gives: as kept from the build before where nothing it is made from changed, else made anew."""
        if self._kept(name, key):
            known: Value = self._value(name)
            return known
        return self._keep(name, key, make())

    def each(self, name: str, keys: Mapping[str, str], make: Callable[[str], Made[Value]]) -> dict[str, Value]:
        """A step for each item, those that are due shared among processes; `keys` are item → key."""
        due = [item for item, key in keys.items() if not self._kept(f"{name}-{item}", key)]
        made = dict(zip(due, processes.share(make, due), strict=True))
        return {
            item: self._keep(f"{name}-{item}", key, made[item]) if item in made else self._value(f"{name}-{item}")
            for item, key in keys.items()
        }

    def _kept(self, name: str, key: str) -> bool:
        kept = self.before.get(name, {"key": ""})
        return kept["key"] == key and self._pickle(name, key).exists() and self._stands(kept["files"])

    def _value(self, name: str) -> Any:
        self.now[name] = self.before[name]
        with self._pickle(name, self.before[name]["key"]).open("rb") as file:
            return pickle.load(file)

    def _keep(self, name: str, key: str, made: Made[Value]) -> Value:
        names, value = made
        self.now[name] = {"key": key, "files": {one: self._mark(one) for one in sorted(names)}}
        document.write(self._pickle(name, key), pickle.dumps(value))
        return value

    def _pickle(self, name: str, key: str) -> Path:
        """Where what a step gave is kept, by its key: a build that failed leaves that of the build before alone."""
        return state(self.root) / f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.pickle"

    def add(self, name: str, names: Iterable[str]) -> None:
        """Files of a step that is run each time."""
        self.now[name] = {"key": "", "files": {one: self._mark(one) for one in sorted(names)}}

    def _mark(self, name: str) -> list[int]:
        stat = os.stat(f"{self.root}/{name}")  # noqa: PTH116
        return [stat.st_size, stat.st_mtime_ns]

    def _stands(self, files: dict[str, list[int]]) -> bool:
        try:
            return all(self._mark(name) == mark for name, mark in files.items())
        except FileNotFoundError:
            return False

    def finish(self) -> None:
        """Remove what no step wrote and keep the ledger; names that begin with a dot are not ours and stay."""
        known = {name for step in self.now.values() for name in step["files"]}
        folders = {"", *(name[:at] for name in known for at in _slashes(name))}
        for here, below, names in os.walk(self.root):
            at = "" if here == str(self.root) else f"{Path(here).relative_to(self.root).as_posix()}/"
            for name in names:
                if f"{at}{name}" not in known and not (at == "" and name.startswith(".")):
                    Path(here, name).unlink()
            for name in list(below):
                if f"{at}{name}" not in folders and not (at == "" and name.startswith(".")):
                    shutil.rmtree(Path(here, name))
                    below.remove(name)
        kept = {self._pickle(name, step["key"]) for name, step in self.now.items()}
        for path in sorted(state(self.root).glob("*.pickle")):
            if path not in kept:
                path.unlink()
        document.write(state(self.root) / _LEDGER, json.dumps(self.now, separators=(",", ":")).encode())


def _slashes(name: str) -> Sequence[int]:
    return [at for at, sign in enumerate(name) if sign == "/"]


def state(root: Path) -> Path:
    """The folder beside the output in which a build keeps its ledger and the pages of MkDocs."""
    return root.with_name(f".{root.name}.build")
