"""The Jinja environment of the pages: what every template may call."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import jinja2

from feebook import absence, project
from feebook.findings.finding import PLAIN, VERDICTS, WRONG
from feebook.publish import chart, figures, rowfile, terms, words

_QUOTED = re.compile(
    r'((?:href|id)=|title=(?="{{ [\w.]+\|cents }}")|\b[a-z-]+=(?="[\w#./-]+"))"((?:[^"{ ]|{{[^}]*}})+)"'
)
"""An attribute whose value HTML lets stand without quotes; the page of a code has some hundreds of them."""


_OF_A_CODE = ("code.html", "parts/packaged.html", "parts/device.html", "parts/mentions.html")
"""The templates of the pages that there are some twenty thousand of."""


class _Lean(jinja2.FileSystemLoader):
    """Templates with such quotes left out, so that they can be written with them."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, name, fresh = super().get_source(environment, template)
        return _QUOTED.sub(r"\1\2", source) if template in _OF_A_CODE else source, name, fresh


class _Environment(jinja2.Environment):
    """An environment whose templates have all that it gives them in one dictionary: a chain of them is slow to copy,
    and each page copies it."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(folder: Path | None = None) -> jinja2.Environment:
    """Templates of `templates/`, strict about names and escaping what they print."""
    env = _Environment(
        loader=_Lean(folder or project.folder("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )
    env.globals.update(
        absence=absence.WORDS,
        words=words,
        verdicts=VERDICTS,
        plain=PLAIN,
        wrong=WRONG,
        fig=figures,
        chart=chart.factors,
        exact=rowfile,
        term=terms.term,
        terms=terms.TERMS,
    )
    env.filters.update(
        whole=figures.whole,
        cents=figures.cents,
        change=figures.change,
        day=figures.day,
        dollars=figures.dollars,
        share=figures.share,
    )
    return env
