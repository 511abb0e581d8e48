"""The command `feebook check`: the packages of some years, or guides against the packages."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from feebook import document, project
from feebook.cli.data import check_packages
from feebook.cli.guides import Format, Timeout, answers, by_name, pdfs, say, writable
from feebook.errors import Usage

What = Annotated[
    list[str] | None,
    typer.Argument(
        help="Years, such as 2024, whose packages are checked (all if none is given); or guide PDFs and folders of "
        "them, whose numbers are held against the packages.",
        show_default=False,
    ),
]


def check(
    what: What = None,
    full: Annotated[
        bool, typer.Option("--full", help="Packages: let frictionless read every one, not only changed ones.")
    ] = False,
    format_: Annotated[
        Format | None, typer.Option("--format", help="Guides: table, csv or json; by the name of OUT if none is given.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Guides: write here, not to the screen.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Guides: list what plainly agrees too.")] = False,
    timeout: Timeout = 60,
    workers: Annotated[int, typer.Option(min=0, help="Guides: processes; 0 chooses.")] = 0,
    datasets: Annotated[Path | None, typer.Option(help="Where the packages are.")] = None,
) -> None:
    """Check the packages: schema, keys, hashes, segments, arithmetic, counts; or each number of a guide against CMS.

    Exit code 1: something is wrong; for a guide: a number differs, or was made with a factor that was not paid on the
    days it is printed for. 3: a file was refused.
    """
    place = datasets or project.folder("datasets")
    years = [word for word in what or [] if re.fullmatch(r"[12]\d{3}", word) and not Path(word).exists()]
    others = [Path(word) for word in what or [] if word not in years]
    if years and others:
        raise Usage(f"{years[0]} is a year and {others[0]} is a guide: check the one or the other")
    if not others:
        if format_ or output or every:
            raise Usage("--format, --output and --all are for guides: name a guide PDF")
        check_packages([int(year) for year in years], full, place)
        return
    if full:
        raise Usage("--full is for packages: name years, not guides")
    _guides(others, format_, output, every, timeout, workers, place)


def _guides(
    paths: list[Path],
    format_: Format | None,
    output: Path | None,
    every: bool,
    timeout: float,
    workers: int,
    datasets: Path,
) -> None:
    from feebook.findings import printers
    from feebook.findings.checked import check_readings

    files = pdfs(paths)
    writable(output)
    given = list(answers(files, timeout, workers))
    guides = check_readings([one.reading for one in given if one.reading], datasets)
    chosen = format_ or by_name(output)
    if chosen == Format.json:
        text = printers.to_json(guides, every)
    elif chosen == Format.csv:
        text = printers.to_csv(f for one in guides for f in printers.shown(one.findings, every))
    else:
        text = "\n".join(printers.told(one, every) for one in guides)
    if output:
        document.write(output, text.encode())
    else:
        sys.stdout.write(text)
    if output or chosen == Format.csv:  # a pipe carries rows alone
        for line in (line for one in guides for line in printers.summary(one)):
            typer.echo(line, err=output is None)
    for answer in given:
        say(answer)
    if any(one.reading is None for one in given):
        raise typer.Exit(3)
    if any(f.wrong for one in guides for f in one.findings):
        raise typer.Exit(1)
