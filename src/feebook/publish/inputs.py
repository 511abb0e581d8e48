"""What a build is made from, as digests: the same digest means the same bytes."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from feebook import document

_LIBRARIES = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "numpy", "pandas", "pyarrow", "xlsxwriter")
"""Libraries whose version shows in what is written."""

ENGINE = Path(__file__).resolve().parents[1]
"""The folder of the engine's own source."""


def digest(*parts: str | Path) -> str:
    """The digest of texts, files and all files of folders, with the names of the files."""
    found = hashlib.sha256()
    for part in parts:
        told = _files(part) if isinstance(part, Path) else [part]
        found.update("".join(f"{one}\0" for one in told).encode() + b"\1")
    return found.hexdigest()


def _files(place: Path) -> Iterator[str]:
    if place.is_file():
        yield f"{place.name} {document.sha256(place)}"
    for path in _below(place):
        yield f"{path.relative_to(place).as_posix()} {document.sha256(path)}"


def _below(folder: Path) -> Iterable[Path]:
    return (path for path in document.files(folder) if "__pycache__" not in path.parts)


def libraries() -> str:
    """The versions of Python and of the libraries whose version shows in what is written."""
    return " ".join([sys.version, *(f"{name} {metadata.version(name)}" for name in _LIBRARIES)])


def settings() -> str:
    """What the environment says to the build."""
    said = (f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("FEEBOOK_"))
    return " ".join(said)
