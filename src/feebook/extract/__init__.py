"""Recipes and sources become year packages.

A resource is rebuilt when every source that its recipes name is at hand; else the committed rows stand, and that is
said. A document is known by its sha256, wherever it lies in the folder of sources. A year with a source that is not as
its recipe says stays as it was, and the other years go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from feebook import history, package
from feebook.compare import changes
from feebook.document import by_sha256
from feebook.errors import Usage, Wrong
from feebook.extract.source import Source
from feebook.extract.year import year_tables
from feebook.package import Row
from feebook.recipe import recipes


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one year: the files that changed, and what stands as committed since its sources are not at hand.

    `wrong` says why nothing of it was written: a sentence for each document that is not as its recipe says.
    """

    year: int
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    wrong: tuple[str, ...] = ()


def extract(
    years: Sequence[int], recipe_folder: Path, source_folders: Sequence[Path], datasets: Path
) -> Iterator[Report]:
    """Build the packages of the years (all that the recipes name, if none), one after the other."""
    files: dict[str, Path] = {}
    for folder in source_folders:
        files = by_sha256(folder) | files
    sources = [
        Source(recipe, edition, files.get(edition.sha256))
        for recipe in recipes(recipe_folder)
        for edition in recipe.editions
    ]
    factors = list(package.read_csv(recipe_folder / "factors" / "conversion_factors.csv"))
    known = sorted({source.edition.year for source in sources})
    strange = sorted(set(years) - set(known))
    if strange:
        raise Usage(f"no recipe names a source of {strange[0]}: there are {', '.join(map(str, known))}")
    built = list(years) or known
    package.write_factors(datasets, factors)
    for year in built:
        yield _year(year, [s for s in sources if s.edition.year == year], factors, recipe_folder, datasets)
    for year in sorted({*built, *(one + 1 for one in built)}):
        yield from _changes(year, datasets)


def _year(year: int, sources: Sequence[Source], factors: Sequence[Row], recipe_folder: Path, datasets: Path) -> Report:
    report = Report(year, (), ())
    try:
        tables, kept = year_tables(year, sources, factors, recipe_folder, datasets)
        committed = package.Package(datasets / str(year))
        changed = package.write(
            datasets, year, tables, tables["documents"], lambda names: history.changelog(committed, tables, names)
        )
        report = Report(year, tuple(changed), tuple(kept))
    except* Wrong as wrong:
        report = Report(year, (), (), tuple(map(str, wrong.exceptions)))
    return report


def _changes(year: int, datasets: Path) -> Iterator[Report]:
    """Renew what changed from the year before, which hangs on the packages of both years."""
    if {year - 1, year} <= set(package.years(datasets)):
        before, held = (package.load(one, datasets) for one in (year - 1, year))
        rows = changes(before, held)
        if package.replace(held, "changes", rows, lambda names: history.changelog(held, {"changes": rows}, names)):
            yield Report(year, ("changes.csv", "datapackage.json", "CHANGELOG.md"), ())


__all__ = ["Report", "extract"]
