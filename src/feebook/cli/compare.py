"""The command `feebook compare`: what changed between two days, by how much, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feebook import project
from feebook.cli.guides import writable
from feebook.errors import Usage

if TYPE_CHECKING:
    from rich.table import Table

    from feebook.compare import Change, Comparison

_SHOWN = 40
_NOTICE = "CPT® codes copyright American Medical Association. Not legal, coding or reimbursement advice."
_FORMATS = ("table", "csv", "json", "markdown")


def compare(
    a: Annotated[
        str,
        typer.Argument(
            help="A year (its 1 January), a day or a release: 2023, 2024-03-09, 2024AR; or a package, "
            "today's or a version of it: datasets/2024, datasets/2024@2024.4.0."
        ),
    ] = "",
    b: Annotated[str, typer.Argument(help="The same, later.")] = "",
    schedule: Annotated[str | None, typer.Option(help="physician, outpatient or asc; all if left out.")] = None,
    basis: Annotated[
        str,
        typer.Option(help="paid (on the two days), latest (last segments of the years) or constant-cf (one factor)."),
    ] = "paid",
    codes: Annotated[
        list[str] | None,
        typer.Option(help="Codes, ranges (37220-37235), families (leg-revascularization) or @file; may be repeated."),
    ] = None,
    years: Annotated[
        str | None, typer.Option(help="In place of two days: the path of --codes over years, such as 2019-2026.")
    ] = None,
    constant: Annotated[
        bool, typer.Option("--constant-dollars", help="With --years: in dollars of the last year, by the CPI-U.")
    ] = False,
    min_dollars: Annotated[str, typer.Option(help="Smaller moves are counted, not listed.")] = "1",
    min_percent: Annotated[str, typer.Option(help="Smaller moves are counted, not listed.")] = "0.5",
    every: Annotated[
        bool, typer.Option("--all", help="List what stayed the same and what moved by little too.")
    ] = False,
    sort: Annotated[str | None, typer.Option(help="dollars, percent or code; dollars in a table, else code.")] = None,
    limit: Annotated[int, typer.Option(help="Rows of the terminal's table; 0 for all.")] = _SHOWN,
    format_: Annotated[
        str | None,
        typer.Option("--format", help="table, csv, json or markdown; by the name of OUT if none is given."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    datasets: Annotated[Path | None, typer.Option(help="Where the packages are.")] = None,
) -> None:
    """Compare what Medicare pays on two days: what changed, by how much, and why."""
    from feebook.compare import compare as run
    from feebook.compare import printers

    writable(output)
    suffix = output.suffix.lower().lstrip(".") if output else ""
    format_ = format_ or (suffix if suffix in ("csv", "json") else "table")
    if format_ not in _FORMATS:
        raise Usage(f"--format {format_}: one of {', '.join(_FORMATS)} was due")
    place = datasets or project.folder("datasets")
    if years is not None:
        if a or b or not codes:
            raise Usage("--years takes the place of the two days and needs --codes, such as --codes 37252")
        _chain(years, codes, schedule, basis, constant, format_, output, place)
        return
    if not (a and b):
        raise Usage("name two days, such as feebook compare 2024 2025, or --years 2019-2026 with --codes 37252")
    if "/" in a + b or "@" in a + b:
        _versions(a, b, schedule, codes, format_, output, place)
        return
    order = sort or ("dollars" if format_ == "table" else "code")
    if order not in printers.SORTS:
        raise Usage(f"--sort {sort}: one of {', '.join(printers.SORTS)} was due")
    for name, value in (("--min-dollars", min_dollars), ("--min-percent", min_percent)):
        _amount(name, value)
    found = run(
        a,
        b,
        schedule=schedule,
        basis=basis,
        codes=codes,
        min_dollars=min_dollars,
        min_percent=min_percent,
        datasets=place,
    )
    if found.before > found.after:
        raise Usage(f"{a} is after {b}: name the earlier one first, feebook compare {b} {a}")
    rows = sorted(found.rows if every else found.material(), key=printers.SORTS[order])
    if format_ == "table" and output is None:
        _print(found, rows, limit)
        return
    _write(found, rows, format_, output)


def _chain(
    years: str,
    codes: list[str],
    schedule: str | None,
    basis: str,
    constant: bool,
    format_: str,
    output: Path | None,
    datasets: Path,
) -> None:
    """The paths of codes over years."""
    from rich.console import Console

    from feebook.compare import courses
    from feebook.compare.chained import chain

    found = chain(codes, years, schedule=schedule, basis=basis, datasets=datasets)
    if format_ == "table" and output is None:
        console = Console(highlight=False)
        for line in courses.headline(found, constant):
            console.print(line, soft_wrap=True)
        _wide(courses.table(found, constant))
        console.print(_NOTICE, soft_wrap=True)
        return
    if format_ in ("csv", "json"):
        _out({"csv": courses.to_csv, "json": courses.to_json}[format_](found), output)
    else:
        _out(courses.to_markdown(found, constant), output)


def _versions(
    a: str, b: str, schedule: str | None, codes: list[str] | None, format_: str, output: Path | None, datasets: Path
) -> None:
    """What differs between two versions of one year's package, day by day."""
    from feebook.compare import printers
    from feebook.compare.selection import select
    from feebook.compare.versions import restatements

    if format_ == "json":
        raise Usage("--format json: table, csv or markdown was due for two versions of a package")
    found = restatements(a, b, schedule=schedule, wanted=select(codes, datasets) if codes else None)
    if format_ == "table" and output is None:
        for day in found:
            _print(day.comparison, list(day.rows), 0)
        return
    texts = [(printers.to_csv if format_ == "csv" else printers.to_markdown)(day.comparison, day.rows) for day in found]
    if format_ == "csv":  # one table: the heads stand once
        texts = [text if not at else text.partition("\n")[2] for at, text in enumerate(texts)]
    _out(("" if format_ == "csv" else "\n").join(texts), output)


def _out(text: str, output: Path | None) -> None:
    """Text to the standard output or, whole, to a file."""
    from feebook import document

    if output is None:
        typer.echo(text, nl=False)
    else:
        document.write(output, text.encode())


def _wide(made: Table) -> None:
    """Print a table whole: a figure that is cut off reads as another figure, so a narrow terminal wraps the line."""
    from rich.console import Console

    wide = Console(width=1000)
    needed = wide.measure(made).minimum
    Console(width=max(Console().width, needed), highlight=False).print(made)


def _amount(name: str, text: str) -> None:
    from feebook.amounts import printed_amount

    try:
        wrong = printed_amount(text) < 0 or len(text.partition(".")[2]) > 4
    except ValueError:
        wrong = True
    if wrong:
        raise Usage(f"{name} {text}: a number of 0 or more, with at most four decimals, was due")


def _write(found: Comparison, rows: list[Change], format_: str, output: Path | None) -> None:
    """The rows in a file's format; what is not listed is said beside it, so that a pipe carries rows alone."""
    from feebook.compare import printers

    printer = {"csv": printers.to_csv, "json": printers.to_json}.get(format_, printers.to_markdown)
    text = printer(found, rows)
    _out(text, output)
    if format_ == "csv":
        for line in printers.headline(found):
            typer.echo(line, err=True)


def _print(found: Comparison, rows: list[Change], limit: int) -> None:
    from rich.console import Console

    from feebook.compare import printers

    console = Console(highlight=False)
    for line in printers.headline(found):
        console.print(line, soft_wrap=True)
    shown = rows[:limit] if limit else rows
    if not rows:
        console.print("Nothing to list.")
        return
    _wide(printers.table(shown))
    if len(shown) < len(rows):
        console.print(f"{len(rows) - len(shown):,} more; --limit 0 lists them all", soft_wrap=True)
    console.print(_NOTICE, soft_wrap=True)
