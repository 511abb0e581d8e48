"""What the packages beside a day say of the rows that it does not have: a file that is not held may have had them."""

from __future__ import annotations

from collections.abc import Mapping

from feebook.compare.held import SCHEDULES
from feebook.package import Package, years
from feebook.silence import Gap, gaps

Gaps = Mapping[str, tuple[Gap, ...]]
"""Schedule → the days without a file of CMS's own that is held whole."""


def gaps_of(package: Package) -> Gaps:
    """The gaps of each schedule, by the documents of a package and of those beside it; none where it names none."""
    if not package.path("documents").exists():
        return {}
    documents = {one.year: one.rows("documents") for one in (*beside(package), package)}
    return {name: gaps(documents, name) for name in SCHEDULES}


def beside(package: Package) -> list[Package]:
    """The packages of a folder, in the order of their years."""
    return [_of_year(package, year) for year in years(package.folder.parent)]


def _of_year(package: Package, year: int) -> Package:
    return Package(package.folder.parent / str(year))
