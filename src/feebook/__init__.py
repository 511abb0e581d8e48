"""What Medicare pays: read code tables, keep them as packages by year, compare them, publish them.

The verbs of the command are here too, each imported when it is first used:

- `read(path)` reads a guide PDF into cells,
- `load(2024)` gives the package of a year, its resources as data frames,
- `compare(2023, 2024)` gives what changed between two days, and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from feebook.compare import compare
    from feebook.guides.read import read
    from feebook.package import Package

__all__ = ["compare", "load", "read"]


def load(year: int, datasets: Path | None = None) -> Package:
    """The package of a year: `load(2024)["physician"]` is a data frame of exact text."""
    from feebook import package, project

    return package.load(year, datasets or project.folder("datasets"))


def __getattr__(name: str) -> object:
    if name == "read":
        from feebook.guides.read import read

        return read
    if name == "compare":
        from feebook.compare import compare

        return compare
    raise AttributeError(f"module 'feebook' has no attribute {name!r}")
