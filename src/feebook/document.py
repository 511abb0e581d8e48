"""A document is its bytes, known by their sha256; a file name says nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path


def sha256(path: Path) -> str:
    """The sha256 of a file, in lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in the order of the paths."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(here, name) for name in sorted(names))


def by_sha256(folder: Path) -> dict[str, Path]:
    """sha256 → file, for every file below a folder; of two with the same bytes the first path stands."""
    found: dict[str, Path] = {}
    for path in files(folder):
        found.setdefault(sha256(path), path)
    return found


def write(path: Path, data: bytes) -> None:
    """Write a whole file or nothing: into a temporary file beside it, then renamed over it.

    A device or a pipe is written into: nothing can take its place.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
