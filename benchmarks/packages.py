"""What building and checking the packages costs, against the least that any program must do with the same files.

    python benchmarks/packages.py SOURCES [YEAR ...]

Extracting is measured against only reading the cells of the same source files (csv, calamine); checking against
frictionless alone on the same packages. Both sides run in this process, one after the other: trust the ratios.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from feebook import package, project
from feebook.check import check
from feebook.document import by_sha256
from feebook.extract import extract
from feebook.recipe import recipes
from feebook.schedules import sheet


def seconds(run: Callable[[], object]) -> float:
    """Processor seconds, which a busy machine does not stretch as it does the clock."""
    start = time.process_time()
    run()
    return time.process_time() - start


def read_cells(sources: Path, years: list[int]) -> None:
    """Every cell of every source of the years as text, nothing made of it."""
    files = by_sha256(sources)
    for recipe in recipes(project.folder("extract")):
        for edition in recipe.editions:
            if edition.year in years and edition.sha256 in files and recipe.kind == "schedule":
                sheet.rows(files[edition.sha256], edition.member, edition.sheet, edition.encoding)


def build(sources: Path, years: list[int], datasets: Path) -> None:
    folders = [sources, project.root() / "examples" / "guides"]
    for report in extract(years, project.folder("extract"), folders, datasets):
        print(f"  built {report.year}", file=sys.stderr)


def judge(years: list[int], datasets: Path) -> None:
    import frictionless

    for year in years:
        frictionless.Package(str(datasets / str(year) / "datapackage.json")).validate()


def check_all(years: list[int], datasets: Path) -> None:
    exceptions = list(package.read_csv(project.folder("extract") / "exceptions" / "exceptions.csv"))
    for year in years:
        assert not list(check(package.load(year, datasets), exceptions))


def main() -> None:
    sources = Path(sys.argv[1])
    held = project.folder("datasets")
    years = [int(word) for word in sys.argv[2:]] or package.years(held)
    with tempfile.TemporaryDirectory() as folder:
        datasets = Path(folder) / "datasets"
        shutil.copytree(held, datasets)
        least = seconds(lambda: read_cells(sources, years))
        built = seconds(lambda: build(sources, years, datasets))
        alone = seconds(lambda: judge(years, datasets))
        checked = seconds(lambda: check_all(years, datasets))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print("| what | seconds | the least | seconds | ratio | goal |\n|---|---|---|---|---|---|")
    span = f"{years[0]}–{years[-1]}"
    print(f"| extract {span} | {built:.1f} | reading the cells | {least:.1f} | {built / least:.1f}× | 90 s |")
    print(f"| check in full | {checked:.1f} | frictionless alone | {alone:.1f} | {checked / alone:.2f}× | 60 s |")
    print(f"\nPeak memory {peak} MB.")


if __name__ == "__main__":
    main()
