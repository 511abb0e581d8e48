"""The theme's page rendered once, then filled for each code: what takes MkDocs 10 ms a page takes a fraction of it.

What is the page's own is set per page: title, description, canonical link, structured data and content. The shell is
rendered at the depth of a code page, so its relative links hold.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SOURCE = "codes/0shell.md"
"""Where the page that becomes the shell lies; its output is taken and never written."""

TITLE, DESCRIPTION, CONTENT, HEAD = "FEEBOOK-TITLE", "FEEBOOK-DESCRIPTION", "FEEBOOK-CONTENT", "@@HEAD@@"
MARKDOWN = f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nshell: true\n---\n{CONTENT}\n"

_MARKS = re.compile(
    "|".join(("FEEBOOK-TITLE", "FEEBOOK-DESCRIPTION", "FEEBOOK-CANONICAL", "FEEBOOK-CONTENT", "@@HEAD@@"))
)


_UNUSED = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r'|<div class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>'
    r"|<script>(?:__md_scope|var target).*?</script>"
    r'| data-md-component="(?:container|main|content|header)"'
)
"""What the theme prints for its own script, which no page loads."""


_QUOTED = re.compile(r'(\s(?:href|src|class|role|name|type|action|autocomplete)=)"([\w./#-]+)"(?=[ >])')
"""An attribute whose value HTML lets stand without quotes: every byte of the shell is on each of 19,000 pages."""


_BLANK = re.compile(r"(<pre.*?</pre>)|\n\s*\n", re.S)
"""Blank lines of a page, which only add weight; those of an example are part of it."""


class ShellError(ValueError):
    """The theme's page has not the places that a code page needs; the message names the missing one."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The theme's page cut at the places that differ."""

    parts: tuple[str, ...]
    site_url: str

    def fill(self, path: str, title: str, description: str, content: str, data: Mapping[str, Any] | None = None) -> str:
        """A whole page. `path` is its address below the site, such as `codes/37252/`; `content` is HTML."""
        values = {
            TITLE: html.escape(title),
            DESCRIPTION: html.escape(description),
            "FEEBOOK-CANONICAL": self.site_url + path,
            CONTENT: content,
            HEAD: structured(data) if data else "",
        }
        return "".join(values.get(part, part) for part in self.parts)


def clean(page: str) -> str:
    """A page without what the theme prints for its own script, and without empty lines outside of code."""
    return _BLANK.sub(lambda found: found[1] or "\n", _UNUSED.sub("", page))


def cut(page: str, canonical: str, site_url: str) -> Shell:
    """The shell from the theme's page. Raises ShellError where the theme no longer prints one of the places."""
    page = page.replace(f"<p>{CONTENT}</p>", CONTENT).replace(f"<div>{CONTENT}</div>", CONTENT)
    if canonical:
        page = page.replace(canonical, "FEEBOOK-CANONICAL")
    head, body, rest = re.sub(r"\n\s*", "\n", _UNUSED.sub("", page.replace(f"<h1>{TITLE}</h1>", ""))).partition("<body")
    page = head + body + _QUOTED.sub(r"\1\2", rest)
    parts = tuple(part for part in re.split(f"({_MARKS.pattern})", page) if part)
    wanted = (TITLE, DESCRIPTION, CONTENT, HEAD, *(("FEEBOOK-CANONICAL",) if canonical else ()))
    missing = [mark for mark in wanted if mark not in parts]
    if missing:
        raise ShellError(f"the theme's page lacks {', '.join(missing)}: see templates/theme/main.html")
    return Shell(parts, site_url)


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def structured(data: Mapping[str, Any]) -> str:
    """A schema.org block; `</` is broken so that no text can end the script."""
    text = _compact({"@context": "https://schema.org", **data})
    safe = text.replace("</", "<\\/")
    return f'<script type="application/ld+json">{safe}</script>'
