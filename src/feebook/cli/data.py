"""The commands on packages: extract, fetch, release, check."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feebook import project
from feebook.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Years = Annotated[
    list[int] | None, typer.Argument(help="Years, such as 2024; all if none is given.", show_default=False)
]


def extract(
    years: Years = None,
    sources: Annotated[
        list[Path] | None,
        typer.Option(
            envvar="FEEBOOK_SOURCES",
            help="A folder of source files, known by their sha256; may be given again.",
        ),
    ] = None,
    datasets: Annotated[Path | None, typer.Option(help="Where the packages are written.")] = None,
) -> None:
    """Build the year packages from recipes and sources."""
    from feebook.extract import extract as run
    from feebook.recipe import drafts

    always = (project.root() / "examples" / "guides", project.cache_folder() / "sources")
    folders = [*(sources or []), *(folder for folder in always if folder.is_dir())]
    for folder in folders:
        if not folder.is_dir():
            raise Usage(f"{folder}: no such folder of sources")
    place, recipes = datasets or project.folder("datasets"), project.folder("extract")
    for draft in drafts(recipes):
        typer.echo(
            f"{draft.relative_to(recipes)}: a draft, passed over until its line `draft = true` is gone", err=True
        )
    wrong = False
    for report in run(years or [], recipes, folders, place):
        for sentence in report.wrong:
            typer.echo(sentence, err=True)
        wrong = wrong or bool(report.wrong)
        what = f"{', '.join(report.changed)} changed" if report.changed else "nothing changed"
        if report.wrong:
            what = "stays as it was, for what is wrong with its sources"
        typer.echo(f"{place.name}/{report.year}: {what}")
        if report.kept:
            typer.echo(f"  as committed, since the sources are not at hand: {', '.join(report.kept)}")
    if wrong:
        raise typer.Exit(1)


def fetch(
    years: Years = None,
    cache: Annotated[Path | None, typer.Option(help="Where the sources are kept; extract looks there too.")] = None,
) -> None:
    """Download the sources that the recipes name, verified by sha256; what broke off is resumed."""
    from feebook.fetch import fetch as run
    from feebook.recipe import recipes

    editions = [
        e for recipe in recipes(project.folder("extract")) for e in recipe.editions if not years or e.year in years
    ]
    wrong = 0
    with _progress() as told:
        for found in run(editions, cache or project.cache_folder() / "sources", told):
            wrong += found.path is None
            typer.echo(f"{found.document}: {found.why or 'fetched'}", err=found.path is None)
    if wrong:
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar for the download under way on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda document, done, due: progress.update(task, description=document, completed=done, total=due or None)


def release(
    year: Annotated[int, typer.Argument(help="The year whose package is released.")],
    datasets: Annotated[Path | None, typer.Option(help="Where the packages are.")] = None,
) -> None:
    """Give a package the next version, check all of it, and write its archive."""
    from feebook import package
    from feebook.check import check as run_check
    from feebook.release import release as run

    place = datasets or project.folder("datasets")
    held = package.load(year, place)
    exceptions = list(package.read_csv(project.folder("extract") / "exceptions" / "exceptions.csv"))
    ledger = project.folder("extract") / "errata.toml"
    problems = list(run_check(held, exceptions))
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{place.name}/archive/{run(held, place / 'archive', ledger).name} written")


def check_packages(years: list[int], full: bool, place: Path) -> None:
    """Check the packages of some years, all if none is given."""
    from feebook import package
    from feebook.check import check as run
    from feebook.check import notes, remembered

    exceptions = list(package.read_csv(project.folder("extract") / "exceptions" / "exceptions.csv"))
    if not package.years(place):
        raise Usage(f"{place}: no packages there")
    wrong = 0
    with remembered(full) as known:
        for year in years or package.years(place):
            held = package.load(year, place)
            problems = list(run(held, exceptions, known))
            wrong += len(problems)
            for problem in problems:
                typer.echo(problem)
            rows = sum(resource["rows"] for resource in held.descriptor()["resources"])
            if not problems:
                typer.echo(f"{place.name}/{year}: {len(held.resources)} resources, {rows:,} rows, valid")
            for note in notes(held):
                typer.echo(f"  {note}")
    if wrong:
        raise typer.Exit(1)
