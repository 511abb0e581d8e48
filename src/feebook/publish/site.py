"""The whole site: what MkDocs does not write itself, straight into the output."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import jinja2

from feebook.compare.families import Family
from feebook.publish import downloads
from feebook.publish.book import Book
from feebook.publish.codepage import Printer
from feebook.publish.pages import ranges
from feebook.publish.records import records
from feebook.publish.shell import Shell
from feebook.publish.templates import environment
from feebook.publish.whys import Whys


def write_codes(book: Book, whys: Whys, shell: Shell, families: Sequence[Family], out: Path) -> list[str]:
    """The page, CSV and JSON of every code, the pages of their ranges and the code index; the addresses written."""
    env = environment()
    order = sorted(book.codes)
    known = {code: family for family in families for code in sorted(family.codes)}
    printer = Printer(book, whys, shell, env.get_template("code.html"), order, known)
    api = out / "api" / "v1" / "codes"
    api.mkdir(parents=True, exist_ok=True)
    index: dict[str, str] = {}
    for record in records(book):
        code = record.code.code
        page, found = printer.page(record)
        place = out / "codes" / code
        place.mkdir(parents=True, exist_ok=True)
        (place / "index.html").write_bytes(page.encode())
        (place / f"{code}.csv").write_bytes(downloads.code_csv(book, record).encode())
        (api / f"{code}.json").write_bytes(downloads.code_json(record, book.years[-1]).encode())
        index[code] = downloads.index_line(code, found)
    (out / "codes.txt").write_text("\n".join([*index.values(), *_words(book, families)]) + "\n", encoding="utf-8")
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
