"""The command `feebook`: one verb a command, the same verbs as the Python API."""

from __future__ import annotations

import os
import sys

import typer

from feebook.cli import check, data, guides, show, site
from feebook.cli import compare as compare_
from feebook.errors import Wrong

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="What Medicare pays: read code tables, keep them as packages by year, compare them, publish them.",
)
for command in (
    guides.read,
    guides.look,
    guides.add,
    data.extract,
    check.check,
    show.show,
    data.fetch,
    data.release,
    compare_.compare,
    site.build,
    site.serve,
):
    app.command()(command)


def main() -> None:
    """Run a command. What is wrong is one sentence on standard error; the exit code says which kind."""
    try:
        app()
    except Wrong as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has left; nothing is wrong. Python must not complain again while it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        print(f"{error.filename or 'output'}: {error.strerror or error}", file=sys.stderr)
        sys.exit(2)
