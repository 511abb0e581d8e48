"""The whole site: what MkDocs does not write itself, straight into the output."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import jinja2

from feebook.compare.families import Family
from feebook.publish import downloads, processes
from feebook.publish.book import Book, Code
from feebook.publish.codepage import Printer
from feebook.publish.packaged import packaging
from feebook.publish.pages import ranges
from feebook.publish.records import records
from feebook.publish.shell import Shell
from feebook.publish.templates import environment
from feebook.publish.whys import Whys

WORTH_A_PROCESS = 2_000
"""Codes from which on starting processes pays."""


@dataclass(frozen=True, slots=True)
class Work:
    """What it takes to write the pages of codes."""

    book: Book
    printer: Printer
    out: Path

    def write(self, codes: Sequence[Code]) -> list[str]:
        """The page, CSV and JSON of each code; their lines of the code index."""
        api = self.out / "api" / "v1" / "codes"
        lines = []
        for record in records(self.book, codes):
            code = record.code.code
            page, found = self.printer.page(record)
            place = self.out / "codes" / code
            place.mkdir(parents=True, exist_ok=True)
            (place / "index.html").write_bytes(page.encode())
            (place / f"{code}.csv").write_bytes(downloads.code_csv(self.book, record).encode())
            (api / f"{code}.json").write_bytes(downloads.code_json(record, self.book.years[-1]).encode())
            lines.append(downloads.index_line(code, found))
        return lines


def write_codes(book: Book, whys: Whys, shell: Shell, families: Sequence[Family], out: Path) -> list[str]:
    """The files of every code, the pages of their ranges and the code index; the addresses written."""
    env = environment()
    order = sorted(book.codes)
    known = {code: family for family in families for code in sorted(family.codes)}
    work = Work(
        book,
        Printer(
            book, whys, shell, env.get_template("code.html"), packaging(book.packages, book.documents), order, known
        ),
        out,
    )
    (out / "api" / "v1" / "codes").mkdir(parents=True, exist_ok=True)
    size = -(-len(order) // processes.many()) if len(order) > WORTH_A_PROCESS else len(order)
    shares = [[book.codes[name] for name in order[at : at + size]] for at in range(0, len(order), size)]
    lines = [line for part in processes.share(work.write, shares) for line in part]
    (out / "codes.txt").write_text("\n".join([*lines, *_words(book, families)]) + "\n", encoding="utf-8")
    index = dict(zip(order, lines, strict=True))
    return [f"codes/{name}/" for name in order] + list(
        _ranges(shell, env.get_template("range.html"), order, index, out)
    )


def _ranges(
    shell: Shell, template: jinja2.Template, order: list[str], index: dict[str, str], out: Path
) -> Iterator[str]:
    """A page for each range of codes, for readers without the field."""
    for title, found in ranges(order).items():
        for name, codes in found.items():
            content = template.render(title=title, name=name, codes=[index[code].split() for code in codes])
            place = out / "codes" / name
            place.mkdir(parents=True, exist_ok=True)
            described = (
                f"{len(codes)} codes of {title}, {codes[0]} to {codes[-1]}, with what Medicare pays a physician."
            )
            page = shell.fill(f"codes/{name}/", f"Codes {name}", described, content)
            (place / "index.html").write_bytes(page.encode())
            yield f"codes/{name}/"


_PAGES = (
    ("conversion factors", "factors/"),
    ("data, downloads, API", "data/"),
    ("method: how it is read and checked", "method/"),
    ("check a guide against CMS, a worked example", "check-a-guide/"),
    ("glossary: status and payment indicators, global days, modifiers", "glossary/"),
    ("rights, notices, CPT copyright", "rights/"),
    ("errata: what we corrected", "errata/"),
)


def _words(book: Book, families: Sequence[Family]) -> Iterator[str]:
    """Lines of the index that are found by words: families in our own words, years, pages."""
    for family in families:
        if family.codes & book.codes.keys():
            yield f">{family.label}|families/{family.slug}/"
    yield from (f">year {year}|years/{year}/" for year in book.years)
    yield from (f">{words}|{address}" for words, address in _PAGES)


def sitemap(out: Path, site_url: str, addresses: Iterable[str]) -> None:
    """Every page for search engines; without dates, because a build has no clock."""
    lines = "".join(f"<url><loc>{escape(site_url + address)}</loc></url>\n" for address in addresses)
    data = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + lines
        + "</urlset>\n"
    ).encode()
    (out / "sitemap.xml").write_bytes(data)
    (out / "sitemap.xml.gz").write_bytes(gzip.compress(data, mtime=0))
