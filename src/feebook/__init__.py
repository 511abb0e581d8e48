"""What Medicare pays: read code tables, keep them as packages by year, compare them, publish them.

The verbs of the command are here too, each imported when it is first used:

- `read(path)` reads a guide PDF into cells,
- `load(2024)` gives the package of a year, its resources as data frames,
- `check_guide(path)` holds each number of a guide PDF against the packages,
- `compare(2023, 2024)` gives what changed between two days, and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from feebook.compare import compare
    from feebook.findings.checked import Checked
    from feebook.guides.read import Reading
    from feebook.package import Package

__all__ = ["check_guide", "compare", "load", "read"]


def read(path: str | PathLike[str], datasets: str | PathLike[str] | None = None) -> Reading:
    """The cells of a guide PDF, those flagged whose column the packages contradict.

    Raises feebook.guides.read.Refused for a file that cannot be read, with the reason.
    """
    from pathlib import Path

    from feebook import project
    from feebook.findings.witness import witnessed
    from feebook.guides.read import read as run

    return witnessed([run(Path(path))], Path(datasets) if datasets else project.folder("datasets"))[0]


def load(year: int, datasets: str | PathLike[str] | None = None) -> Package:
    """The package of a year: `load(2024)["physician"]` is a data frame of exact text."""
    from pathlib import Path

    from feebook import package, project

    return package.load(year, Path(datasets) if datasets else project.folder("datasets"))


def check_guide(path: str | PathLike[str], datasets: str | PathLike[str] | None = None) -> Checked:
    """Each number of a guide PDF with its verdict against CMS: `.findings`, and the factors of its amounts, `.columns`.

    Raises feebook.guides.read.Refused for a file that cannot be read, with the reason.
    """
    from pathlib import Path

    from feebook import project
    from feebook.findings.checked import check_guide as run

    return run(Path(path), Path(datasets) if datasets else project.folder("datasets"))


def __getattr__(name: str) -> object:
    """`compare` is a package and a verb at once; it is imported when it is first used."""
    if name == "compare":
        import importlib

        return importlib.import_module("feebook.compare")
    raise AttributeError(f"module 'feebook' has no attribute {name!r}")
