"""Every link of a built site followed: what leads nowhere, and what would ask another host."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from feebook import document
from feebook.publish import processes

_TAG = re.compile(
    r"<(a|link|script|img|form|source|iframe|object|embed|use)\b((?:\s+[^\s=>]+(?:=(?:\"[^\"]*\"|[^\s>]*))?)*)"
)
_ATTRIBUTE = re.compile(r"\s(href|src|action|data|rel|srcset)=(?:\"([^\"]*)\"|([^\s>\"]*))")
_ID = re.compile(r"\sid=(?:\"([^\"]*)\"|([^\s>\"]+))")
_OUTSIDE = frozenset({"http", "https", "mailto", "tel"})
_FETCHED = frozenset({"stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest", "preconnect"})
"""Relations of a `link` whose address a browser asks for by itself."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that does not hold: the page it stands on, its address as written, and what is wrong with it."""

    page: str
    address: str
    why: str

    def __str__(self) -> str:
        return f"{self.page} · {self.address} · {self.why}"


def broken(root: Path, base: str = "/") -> list[Broken]:
    """Every link of a site that leads nowhere, once for each target, and every request to another host.

    `base` is the path under which absolute addresses, as those of 404.html, are meant. An anchor with `=` in it is the
    filter of a page and no place on it.
    """
    known = {path.relative_to(root).as_posix() for path in document.files(root)}
    pages = sorted(name for name in known if name.endswith(".html"))
    size = -(-len(pages) // (4 * processes.many())) or 1
    shares = [pages[at : at + size] for at in range(0, len(pages), size)]
    targets: dict[tuple[str, str], tuple[str, str]] = {}
    found: list[Broken] = []
    for wrong, asked in processes.share(partial(_read, root, base), shares):
        found += wrong
        for target, place in asked.items():
            targets.setdefault(target, place)
    ids = cache(lambda name: _ids((root / name).read_text(encoding="utf-8")))
    for (path, anchor), (page, address) in targets.items():
        name = _file(path, known)
        if not name:
            found.append(Broken(page, address, "leads nowhere"))
        elif anchor and "=" not in anchor and name.endswith(".html") and anchor not in ids(name):
            found.append(Broken(page, address, f"{name} has no place called {anchor}"))
    return sorted(found, key=str)


def _read(root: Path, base: str, pages: Sequence[str]) -> tuple[list[Broken], dict[tuple[str, str], tuple[str, str]]]:
    """What is wrong within pages, and what they lead to: (path, anchor) → the first page and address that ask."""
    wrong: list[Broken] = []
    asked: dict[tuple[str, str], tuple[str, str]] = {}
    for page in pages:
        text = (root / page).read_text(encoding="utf-8")
        for address, fetched in set(_addresses(text)):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                if fetched and parts.scheme != "data":
                    wrong.append(Broken(page, address, "asks another host"))
                elif parts.scheme not in _OUTSIDE | {"data"}:
                    wrong.append(Broken(page, address, "is no address of a page"))
                continue
            target = _resolved(page, unquote(parts.path), base)
            asked.setdefault((target, unquote(parts.fragment)), (page, address))
    return wrong, asked


def _addresses(text: str) -> Iterator[tuple[str, bool]]:
    """Each address of a page, and whether a browser asks for it by itself."""
    for tag, attributes in _TAG.findall(text):
        said = {name: html.unescape(one or two) for name, one, two in _ATTRIBUTE.findall(attributes)}
        fetched = tag not in ("a", "form") and (tag != "link" or bool(_FETCHED & set(said.get("rel", "").split())))
        yield from ((said[name], fetched) for name in ("href", "src", "action", "data") if said.get(name))


def _resolved(page: str, path: str, base: str) -> str:
    """A path below the site, with a slash at its end where it names a folder."""
    if path.startswith(base):
        path, page = path.removeprefix(base), ""
    if not path:
        return page
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return "" if joined == "." else joined


def _file(target: str, known: set[str]) -> str:
    """The file that an address is answered with, empty where there is none."""
    ways = (target, f"{target}/index.html".lstrip("/"))
    return next((way for way in ways if way in known), "")


def _ids(text: str) -> frozenset[str]:
    return frozenset(html.unescape(one or two) for one, two in _ID.findall(text))
