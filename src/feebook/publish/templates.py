"""The Jinja environment of the pages: what every template may call."""

from __future__ import annotations

from pathlib import Path

import jinja2

from feebook import absence, project
from feebook.publish import chart, figures, words


def environment(folder: Path | None = None) -> jinja2.Environment:
    """Templates of `templates/`, strict about names and escaping what they print."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder or project.folder("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    env.globals.update(absence=absence.WORDS, words=words, fig=figures, chart=chart.factors)
    env.filters.update(whole=figures.whole, cents=figures.cents, change=figures.change, day=figures.day)
    return env
