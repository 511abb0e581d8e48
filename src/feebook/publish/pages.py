"""Pages beside those of the codes: hand-written Markdown with data put in, and pages that are data only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import jinja2
from markupsafe import Markup

from feebook.compare import kinds
from feebook.compare.families import Family
from feebook.package import NOTICES
from feebook.publish import editions, guideview, terms, yearview
from feebook.publish.book import Book
from feebook.publish.errataview import Errata
from feebook.publish.moves import Moves, chart
from feebook.publish.packagefiles import FORMATS, Files
from feebook.publish.templates import environment

_PLACE = "<!--feebook:{}-->"


@dataclass(slots=True)
class Pages:
    """The book as the templates see it, and the parts that wait for their page."""

    book: Book
    site_url: str
    families: tuple[Family, ...] = ()
    env: jinja2.Environment = field(default_factory=environment)
    stash: dict[str, str] = field(default_factory=dict)
    spans: list[Moves] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    guides: list[tuple[str, str, str]] = field(default_factory=list)
    errata: Errata = field(default_factory=Errata)
    files: dict[int, Files] = field(default_factory=dict)

    @property
    def moves(self) -> list[Moves]:
        """Each year against the one before it; `spans` are all pairs of years."""
        return [view for view in self.spans if view.years in pairwise(self.book.years)]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return [view.years for view in self.moves]

    def virtual(self) -> Iterator[tuple[str, str]]:
        """Pages that are data only, as Markdown: path and text."""
        guides = guideview.guides(self.book)
        held = [family for family in self.families if family.codes & self.book.codes.keys()]
        yield self._page("codes/index.md", "codes", ranges=ranges(list(self.book.codes)), families=held)
        yield self._page("compare/index.md", "comparisons", moves=self.moves[::-1], spans=self.spans)
        for view in self.spans:
            yield self._comparison(view, held)
        years = [yearview.year(self.book, year) for year in self.book.years]
        yield self._page("years/index.md", "years", years=years[::-1])
        for one in years:
            yield self._page(
                f"years/{one.year}.md", "year", one=one, pairs=[pair for pair in self.pairs if one.year in pair]
            )
        yield self._page("guides/index.md", "guides", guides=guides)
        for guide in guides:
            self.guides.append((guide.name, guide.title, guide.publisher))
            sides = editions.steps(guide, self.families)
            yield self._page(f"guides/{guide.name}.md", "guide", guide=guide, steps=sides)
        yield self._page("families/index.md", "families", families=held)

    def _comparison(self, view: Moves, families: list[Family]) -> tuple[str, str]:
        charts = {one.measure: chart(one.bars, f"{one.title}: share of change") for one in view.settings}
        path = f"compare/{view.years[0]}-{view.years[1]}.md"
        values = {"view": view, "charts": charts, "kinds": kinds.WORDS, "families": families}
        return self._page(path, "comparison", spans=self.spans, pairs=self.pairs, **values)

    def _page(self, path: str, template: str, **values: Any) -> tuple[str, str]:
        self.own.add(path)
        return path, self.env.get_template(f"pages/{template}.md").render(self._values() | values)

    def markdown(self, path: str, text: str) -> str:
        """The Markdown of a hand-written page with its data; a page of our own has it already."""
        return text if path in self.own else self.env.from_string(text).render(self._values())

    def _values(self) -> dict[str, Any]:
        return {
            "book": self.book,
            "part": self.part,
            "site_url": self.site_url,
            "moves": self.moves,
            "errata": self.errata,
            "absences": terms.absences(),
            "files": self.files,
            "example": _example(self.book),
            "formats": FORMATS,
            "newest": self.moves[-1] if self.moves else None,
            "notices": [notice.format(code_year=self.book.years[-1] - 1) for notice in NOTICES],
        }

    def part(self, name: str, **values: Any) -> Markup:
        """A part of HTML leaves a mark, so that Markdown never reads it."""
        mark = _PLACE.format(len(self.stash))
        self.stash[mark] = self.env.get_template(f"parts/{name}.html").render(self._values() | values)
        return Markup(mark)

    def content(self, html: str) -> str:
        """The page with its parts in the place of their marks."""
        for mark, part in self.stash.items():
            if mark in html:
                html = html.replace(mark, f'<div class="fb-part">{part}</div>')
        return html


def _example(book: Book) -> str:
    """The code that examples of the API speak of: one of HCPCS Level II that outpatient departments are paid for."""
    return next((code for code in ("G0463", *book.codes) if code in book.codes), "G0463")


def ranges(codes: list[str]) -> dict[str, dict[str, list[str]]]:
    """Code set → range → codes. A range is what a reader scans for: `37xxx`, `J0xxx`, `xxxxT`."""
    found: dict[str, dict[str, list[str]]] = {}
    for code in codes:
        title, name = range_of(code)
        found.setdefault(title, {}).setdefault(name, []).append(code)
    return {title: found[title] for title in _TITLES if title in found}


_TITLES = (
    "CPT category I",
    "CPT category III",
    "HCPCS Level II",
    "Laboratory, multianalyte and immunization",
    "CPT category II",
)
_BY_LETTER = {
    "T": "CPT category III",
    "F": "CPT category II",
    "A": "Laboratory, multianalyte and immunization",
    "M": "Laboratory, multianalyte and immunization",
    "U": "Laboratory, multianalyte and immunization",
}


def range_of(code: str) -> tuple[str, str]:
    """The code set and the range of a code."""
    if code[0].isalpha():
        return "HCPCS Level II", f"{code[:2]}xxx"
    if code[-1].isalpha():
        return _BY_LETTER[code[-1]], f"{code[0]}xxx{code[-1]}"
    return "CPT category I", f"{code[:2]}xxx"
