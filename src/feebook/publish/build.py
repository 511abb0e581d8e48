"""One build of the site, from the packages to the last file; the hook of MkDocs calls its steps in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from feebook import document, errata, project
from feebook.compare.families import families
from feebook.package import NOTICES, read_csv
from feebook.publish import (
    api,
    downloads,
    errataview,
    feed,
    inputs,
    output,
    packagefiles,
    pairs,
    rights,
    searchindex,
    shell,
    site,
    terms,
)  # fmt: skip
from feebook.publish import book as books
from feebook.publish.book import Book
from feebook.publish.errataview import Errata
from feebook.publish.output import Output
from feebook.publish.pages import Pages
from feebook.publish.rights import Rights
from feebook.publish.shell import Shell
from feebook.publish.whys import Whys

COMMENTS: Final = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)
"""Lines of a script that are for its reader here, not for a visitor's browser."""


@dataclass(slots=True)
class Build:
    """What a build has gathered so far. Steps are called by MkDocs, so this one type keeps state."""

    book: Book
    site_url: str
    out: Output
    key: str
    pages: Pages
    whys: Whys
    rights: Rights
    shell: Shell | None = None
    addresses: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def start(cls, site_url: str, root: Path, publish: Mapping[str, Any]) -> Build:
        """Read the packages. `root` is the folder of the site, `publish` what mkdocs.yml says of what is published."""
        held, to = books.folder(), rights.rights(publish, project.root())
        if to.mode == rights.HCPCS2_ONLY:
            filtered = output.state(root) / "datasets"
            to, held = rights.level_two(held, filtered), filtered
        book = books.read(held)
        made_from = (inputs.ENGINE, project.folder("extract"), held)
        key = inputs.digest(inputs.libraries(), inputs.settings(), to.mode, json.dumps(to.descriptors), *made_from)
        pages = Pages(book, site_url, to.families(families()), errata=_errata(book, to))
        return cls(book, site_url, Output.open(root), key, pages, Whys(), to)

    def extra(self, theme: list[Path]) -> dict[str, Any]:
        """What the theme prints on every page. The name of Material's style sheet carries a hash of its version."""
        (css,) = [path.name for folder in theme for path in (folder / "assets" / "stylesheets").glob("main.*.min.css")]
        return {
            "shell_css": css,
            "notice": downloads.notice(self.book.years[-1]),
            "disclaimer": NOTICES[1],
            "example": self.rights.text("37252").replace(rights.UNNAMED, "G0463"),
        }

    def virtual_pages(self) -> Iterator[tuple[str, str]]:
        """Pages that are data only, as Markdown: path and text. The shell is one of them.

        The years are compared with each other here, and the files of the comparisons are written at once.
        """
        self.pages.files = packagefiles.packages(self.book, self.out)
        packagefiles.others(self.book, self.out)
        for pair in pairs.compared(self.book, self.pages.families, self.out, self.key):
            self.whys.add(pair.reasons, pair.headings)
            self.pages.spans.append(pair.moves)
        yield shell.SOURCE, shell.MARKDOWN
        yield from self.pages.virtual()

    def markdown(self, path: str, text: str) -> str:
        """Data into a page: the page is a Jinja template; its tables are put in after Markdown has been at work."""
        return text if path == shell.SOURCE else self.pages.markdown(path, text)

    def content(self, path: str, title: str, url: str, html: str) -> str:
        """A page after Markdown: its data put in; the headings of a written page are kept for the index."""
        made = self.rights.page(self.pages.content(html))
        if path != shell.SOURCE and path not in self.pages.own and url not in ("", "./"):
            self.headings += searchindex.headings(title, url, made)
        return made

    def page(self, path: str, output: str, canonical: str, url: str) -> str:
        """A finished page; the shell is taken out of the site and kept."""
        output = self.rights.page(output)
        if path == shell.SOURCE:
            self.shell = shell.cut(output, canonical, self.site_url)
            return ""
        self.addresses.append("" if url == "./" else url)
        return shell.clean(output)

    def finish(self, pages: Path) -> None:
        """Everything that MkDocs does not write: code pages, downloads, the API, the sitemap; then what MkDocs wrote.

        `pages` is the folder that MkDocs wrote into.
        """
        assert self.shell is not None
        book, filled, root = self.book, self.shell, self.out.root
        key = inputs.digest(self.key, self.site_url, project.folder("templates"), *filled.parts)
        write = partial(site.write_codes, book, self.whys, filled, self.pages.families, root, self.rights.descriptors)
        of_codes, lines = self.out.step("codes", key, write)
        words = searchindex.word_lines(book, self.pages.families, self.pages.guides, self.headings)
        self.out.add("index", [output.put(root, "codes.txt", "\n".join([*lines, *words]) + "\n")])
        self.out.add("api", api.api(book, root, self.pages.files, self.pages.pairs))
        self.out.add("terms", [output.put(root, "assets/terms.js", terms.script(book.indicators))])
        told = feed.atom(feed.entries(book, self.pages.errata), self.site_url)
        self.out.add("feed", [output.put(root, feed.ADDRESS, told)])
        self.out.add("sitemap", site.sitemap(root, self.site_url, sorted(self.addresses + of_codes)))
        written = [path.relative_to(pages).as_posix() for path in document.files(pages)]
        shown = [name for name in written if self.rights.file(name)]
        self.out.add("pages", [self._bring(pages, name) for name in shown])
        self.out.finish()

    def _bring(self, pages: Path, name: str) -> str:
        """A file that MkDocs wrote, into the site; a script says nothing of codes that must not show either."""
        data = (pages / name).read_bytes()
        if re.fullmatch(r"assets/\w+\.js", name):
            data = COMMENTS.sub(b"", data)
        if self.rights.hidden and name.endswith(".js") and name.startswith("assets/f"):
            data = self.rights.text(data.decode()).encode()
        return output.put(self.out.root, name, data)


def _errata(book: Book, to: Rights) -> Errata:
    """The ledger and the listed exceptions of the project's recipes."""
    folder = project.folder("extract")
    path = folder / "exceptions" / "exceptions.csv"
    breaches = read_csv(path) if path.exists() else ()
    told = (
        replace(one, title=to.text(one.title), wrong=to.text(one.wrong), changed=to.text(one.changed), sample=())
        for one in errata.read(folder / "errata.toml")
    )
    return errataview.errata(book, told, [row for row in breaches if row["code"] not in to.hidden])
