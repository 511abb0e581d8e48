"""The commands on guide PDFs: read, look, add."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from feebook import document
from feebook.errors import Usage

if TYPE_CHECKING:
    from feebook.guides.cells import Cell
    from feebook.guides.worker import Answer


class Format(StrEnum):
    """How cells are printed."""

    table = "table"
    csv = "csv"
    json = "json"


T = TypeVar("T")

Files = Annotated[list[Path], typer.Argument(help="Guide PDFs, or folders of them.", show_default=False)]
Timeout = Annotated[float, typer.Option(min=0.1, help="Seconds that one file may take.")]


def read(
    paths: Files,
    format: Annotated[
        Format | None, typer.Option(help="table, csv or json; by the name of OUT if none is given.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write here instead of to the screen.")] = None,
    timeout: Timeout = 60,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 chooses.")] = 0,
    datasets: Annotated[Path | None, typer.Option(help="The packages that the columns are held against.")] = None,
) -> None:
    """Read the code tables of any guide PDF: every cell, its place, and a flag where the reading is not sure."""
    from feebook import project

    files = pdfs(paths)
    writable(output)
    given = _witnessed(list(answers(files, timeout, workers)), datasets or project.folder("datasets"))
    found = [cell for answer in given for cell in _cells(answer)]
    chosen = format or by_name(output)
    text = {Format.csv: _csv, Format.json: _json, Format.table: _table}[chosen](found)
    if output:
        document.write(output, text.encode())
    else:
        sys.stdout.write(text)
    for answer in given:
        say(answer)
    if any(answer.reading is None for answer in given):
        raise typer.Exit(3)


def pdfs(paths: Iterable[Path]) -> list[Path]:
    """The files of some paths, folders looked into. Raises Usage where a path leads nowhere, or there are none."""
    paths = list(paths)
    lost = [str(path) for path in paths if not path.exists()]
    if lost:  # a path that was mistyped is said at once, and not after the others took their time
        raise Usage(f"{', '.join(lost)}: no such file or folder; nothing was read")
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [file for file in document.files(path) if file.suffix.lower() == ".pdf"]
        else:
            found.append(path)
    if not found:
        raise Usage(f"{', '.join(map(str, paths))}: no PDF files")
    return found


_TEXTS = ("", ".csv", ".json", ".md", ".txt", ".toml")


def writable(output: Path | None) -> None:
    """Before the work, not after it: nothing is read for an output that cannot be written, or that is no text."""
    import os

    if output is None:
        return
    if output.suffix.lower() not in _TEXTS:
        raise Usage(f"{output}: a name that ends in .csv, .json, .md or .txt was due; {output.suffix} is not written")
    folder = output.parent
    while not folder.exists():
        folder = folder.parent
    if output.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise Usage(f"{output}: cannot be written")


def answers(files: Sequence[Path], timeout: float, workers: int) -> Iterator[Answer]:
    """What each file gave, in order, with a bar on a terminal."""
    import os

    from feebook.guides.worker import read_all

    size = sum(file.stat().st_size for file in files if file.is_file())
    chosen = workers or (min(os.cpu_count() or 1, len(files)) if len(files) > 3 or size > 4_000_000 else 1)
    given = read_all(files, timeout, chosen)
    if len(files) < 2 or not sys.stderr.isatty():
        yield from given
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(given, "reading", total=len(files), console=Console(stderr=True), transient=True)


def _witnessed(given: Sequence[Answer], datasets: Path) -> list[Answer]:
    """What was read, the columns flagged that CMS's own figures contradict."""
    from feebook.findings.witness import witnessed

    checked = iter(witnessed([one.reading for one in given if one.reading], datasets))
    return [replace(one, reading=next(checked)) if one.reading else one for one in given]


def _cells(answer: Answer) -> list[Cell]:
    from feebook.guides.read import outcome

    return list(answer.reading.cells) if answer.reading else [outcome(document.name(answer.path), answer.outcome)]


def say(answer: Answer) -> None:
    """Refusals and notes, one line each, on standard error."""
    if answer.reading is None:
        _refused(answer.path, answer.outcome, answer.unforeseen)
        return
    for note in answer.reading.notes:
        typer.echo(f"{answer.reading.file}: {note}", err=True)


def _refused(path: Path, outcome: str, unforeseen: str) -> None:
    """Say why a file gives nothing."""
    from feebook.guides.read import OUTCOMES

    fault = f" (or a fault of the reader: {unforeseen})" if unforeseen else ""
    typer.echo(f"{document.name(path)}: {OUTCOMES[outcome]}{fault}", err=True)


def _done(work: Callable[[Path], T], path: Path, timeout: float) -> T:
    """What work on one guide gives under the limits of a reading; a refusal is said, and ends the command."""
    from feebook.guides.worker import done_for_all

    (given,) = done_for_all(work, [path], timeout)
    if given.outcome:
        _refused(path, given.outcome, given.unforeseen)
        raise typer.Exit(3)
    result: T = given.result
    return result


def by_name(output: Path | None) -> Format:
    """The format that the name of an output asks for; a table on the screen."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    return Format(suffix) if suffix in ("csv", "json") else Format.csv if output else Format.table


def _csv(cells: Sequence[Cell]) -> str:
    from feebook.guides.cells import FIELDS
    from feebook.tabular import to_safe_csv

    return to_safe_csv(FIELDS, ([getattr(cell, name) for name in FIELDS] for cell in cells))


def _json(cells: Sequence[Cell]) -> str:
    from feebook.guides.cells import FIELDS

    return (
        json.dumps([{name: getattr(cell, name) for name in FIELDS} for cell in cells], ensure_ascii=False, indent=1)
        + "\n"
    )


def _table(cells: Sequence[Cell]) -> str:
    """Plain columns for the terminal: what was read, and the flag."""
    heads = ("page", "code", "mod", "year", "from", "measure", "value", "printed", "flag")
    rows = [heads]
    for c in cells:
        code = f"+{c.code}" if c.add_on == "1" else c.code
        printed = c.printed if len(c.printed) < 40 else c.printed[:37] + "..."
        measure = f"{c.measure} {c.variant}".strip()
        rows.append((c.page, code, c.modifier, c.year, c.effective_from, measure, c.value or c.status, printed, c.flag))
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads) - 1)]
    return "".join(
        "  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[-1]]).rstrip() + "\n"
        for row in rows
    )


def look(
    path: Annotated[Path, typer.Argument(help="A guide PDF.")],
    png: Annotated[Path | None, typer.Option(help="A folder for a picture of each page with a table.")] = None,
    timeout: Timeout = 60,
) -> None:
    """Show the tables and heading paths of a guide, as found."""
    from feebook import project
    from feebook.findings.witness import witnessed
    from feebook.guides.look import looked
    from feebook.guides.read import read as run

    if not path.is_file():
        raise Usage(f"{path}: no such file")
    cells = None
    if png:
        writable(png / "page")
        (reading,) = witnessed([_done(run, path, timeout)], project.folder("datasets"))
        cells = reading.cells
    found = _done(partial(looked, cells=cells), path, timeout)
    for line in found.lines:
        typer.echo(line)
    for name, data in found.pictures:
        assert png
        document.write(png / name, data)
        typer.echo(f"wrote {png / name}")


def add(
    path: Annotated[Path, typer.Argument(help="A guide PDF.")],
    publisher: Annotated[str | None, typer.Option(help="Who prints it; needed unless --into is given.")] = None,
    name: Annotated[
        str | None, typer.Option("--id", help="The id of the source; from the file's name if none is given.")
    ] = None,
    into: Annotated[Path | None, typer.Option(help="The folder of recipes; extract/ if none is given.")] = None,
    timeout: Timeout = 60,
) -> None:
    """Draft the recipe of a guide, for a person to check."""
    import re

    from feebook import project
    from feebook.guides.draft import drafted

    if not path.is_file():
        raise Usage(f"{path}: no such file")
    if publisher is None and into is None:
        raise Usage("name the --publisher, or a folder of drafts with --into")
    publisher = publisher or "Unknown publisher"
    slug = re.sub(r"[^a-z0-9]+", "-", (name or path.stem).lower()).strip("-")
    folder = re.sub(r"[^a-z0-9]+", "-", publisher.lower()).strip("-")
    target = (into or project.folder("extract")) / folder / f"{slug}.toml"
    if target.exists():
        raise Usage(f"{target}: there is a recipe already; name another --id")
    writable(target)
    text = _done(partial(drafted, publisher=publisher, name=slug), path, timeout)
    document.write(target, text.encode())
    typer.echo(f"wrote {target}, a draft that `feebook extract` passes over")
    typer.echo(f"next: hold each line to `feebook look {path} --png FOLDER`, mend it, delete the line `draft = true`")
