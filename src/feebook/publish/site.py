"""The whole site: what MkDocs does not write itself, straight into the output."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import jinja2

from feebook.compare.families import Family
from feebook.compare.lives import turns
from feebook.publish import downloads, familyview, glance, places, processes, searchindex
from feebook.publish.book import Book, Code
from feebook.publish.codepage import Printer
from feebook.publish.glance import Row
from feebook.publish.output import put
from feebook.publish.packaged import packaging
from feebook.publish.pages import ranges
from feebook.publish.records import records
from feebook.publish.rights import FILTERED
from feebook.publish.shell import Shell
from feebook.publish.templates import environment
from feebook.publish.whys import Whys

WORTH_A_PROCESS = 2_000
"""Codes from which on starting processes pays."""

SHARE = 500
"""Codes that a process writes at a time: some are far more work than others, so that halves would not end together."""


@dataclass(frozen=True, slots=True)
class Work:
    """What it takes to write the pages of codes."""

    book: Book
    printer: Printer
    root: Path

    def write(self, codes: Sequence[Code]) -> tuple[list[str], list[str], dict[str, tuple[Row, ...]]]:
        """The page, CSV and JSON of each code: files written, lines of the index, settings of codes in families."""
        files, lines, glances = [], [], {}
        for record in records(self.book, codes):
            code = record.code.code
            page, found = self.printer.page(record)
            files.append(put(self.root, f"codes/{code}/index.html", page))
            files.append(put(self.root, f"codes/{code}/{code}.csv", downloads.code_csv(self.book, record)))
            told = downloads.code_json(self.book, record, self.printer.descriptors.get(code, ""))
            files.append(put(self.root, f"api/v1/codes/{code}.json", told))
            lines.append(searchindex.code_line(record.code, found, self.book.years[-1]))
            if code in self.printer.families:
                glances[code] = glance.glance(found, self.printer.columns)
        return files, lines, glances


def write_codes(
    book: Book, whys: Whys, shell: Shell, families: Sequence[Family], root: Path, descriptors: Mapping[str, str]
) -> tuple[list[str], tuple[list[str], list[str]]]:
    """Every code and the pages of their ranges: the files, then the addresses and the lines of the index."""
    env = environment()
    order = sorted(book.codes)
    known = {code: family for family in families for code in sorted(family.codes)}
    whole = not any(version.endswith(FILTERED) for version in book.versions.values())
    files = places.write(book, root)
    template, packed = env.get_template("code.html"), packaging(book.packages, book.documents, whole)
    printer = Printer(
        book, whys, shell, template, packed, order, known, glance.columns(book), descriptors, turns(families)
    )
    work = Work(book, printer, root)
    size = SHARE if len(order) > WORTH_A_PROCESS else len(order)
    shares = [[book.codes[name] for name in order[at : at + size]] for at in range(0, len(order), size or 1)]
    parts = processes.share(work.write, shares)
    files += [name for written, *_ in parts for name in written]
    lines = [line for _, found, _ in parts for line in found]
    glances = {code: rows for *_, found in parts for code, rows in found.items()}
    index = dict(zip(order, lines, strict=True))
    ranged = dict(_ranges(shell, env.get_template("range.html"), order, index))
    ranged |= familyview.pages(book, families, glances, printer.columns, shell, env.get_template("family.html"))
    files += [put(root, f"{address}index.html", page) for address, page in ranged.items()]
    return files, ([*(f"codes/{name}/" for name in order), *ranged], lines)


def _ranges(
    shell: Shell, template: jinja2.Template, order: list[str], index: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """A page for each range of codes, for readers without the field: address and HTML."""
    for title, found in ranges(order).items():
        for name, codes in found.items():
            content = template.render(
                title=title, name=name, codes=[(code, searchindex.note(index[code])) for code in codes]
            )
            described = (
                f"{len(codes)} codes of {title}, {codes[0]} to {codes[-1]}, with what Medicare pays a physician."
            )
            address = f"codes/{name}/"
            yield address, shell.fill(address, f"Codes {name}", described, content)


def sitemap(root: Path, site_url: str, addresses: Iterable[str]) -> list[str]:
    """Every page for search engines, without dates, because a build has no clock; the files written."""
    lines = "".join(f"<url><loc>{escape(site_url + address)}</loc></url>\n" for address in addresses)
    data = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + lines
        + "</urlset>\n"
    ).encode()
    return [put(root, "sitemap.xml", data), put(root, "sitemap.xml.gz", gzip.compress(data, mtime=0))]
