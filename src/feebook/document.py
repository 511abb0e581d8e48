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


def name(path: Path) -> str:
    """The name of a file as it can be printed on a line: what is no text in it, or would end the line, as an escape."""
    text = os.fsencode(path.name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in the order of the paths."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(here, name) for name in sorted(names))


def by_sha256(folder: Path) -> dict[str, Path]:
    """sha256 → file, for every file below a folder; of two with the same bytes the first path stands."""
    found: dict[str, Path] = {}
    for path in filter(Path.is_file, files(folder)):
        found.setdefault(sha256(path), path)
    return found


def write(path: Path, data: bytes) -> None:
    """Write a whole file or nothing: into a temporary file beside it, then renamed over it.

    A device or a pipe is written into: nothing can take its place.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    put(str(path), data)


def put(path: str, data: bytes) -> None:
    """Write a whole file or nothing, where no device can stand, with the folders above it that lack.

    A build writes 64,000 files, and `pathlib` takes longer for each than writing it does.
    """
    folder, name = os.path.split(path)
    part = os.path.join(folder, f".{name}.part{os.getpid()}")  # noqa: PTH118
    try:
        try:
            file = open(part, "wb")  # noqa: PTH123, SIM115
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            file = open(part, "wb")  # noqa: PTH123, SIM115
        with file:
            file.write(data)
        os.replace(part, path)  # noqa: PTH105
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
