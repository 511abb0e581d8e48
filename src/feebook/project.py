"""Where the folders are: the project's own if we stand in one, else the copy that the wheel carries."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_MARKS = ("extract", "datasets", "templates", "mkdocs.yml")


@cache
def root() -> Path:
    """The folder that holds `extract/`, `datasets/` and `templates/`.

    The working folder or one above it, when it is a Feebook project; else the checkout this package is run from; else
    the data of the installed wheel.
    """
    here = Path(__file__).resolve()
    cwd = Path.cwd()
    for folder in (cwd, *cwd.parents, here.parents[2]):
        if all((folder / mark).exists() for mark in _MARKS):
            return folder
    return here.parent / "data"


def folder(name: str) -> Path:
    """One of the project's folders: `extract`, `datasets`, `templates`, `site`."""
    return root() / name


def cache_folder() -> Path:
    """Where fetched sources and what was found valid are kept: FEEBOOK_CACHE, else the user's cache folder."""
    said = os.environ.get("FEEBOOK_CACHE")
    return Path(said) if said else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "feebook"
