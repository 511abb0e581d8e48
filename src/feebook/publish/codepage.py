"""The page of a code: what Medicare pays in every setting and year, why it moved, where each number comes from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

import jinja2

from feebook import absence
from feebook.compare.families import CONFIDENCE, Family
from feebook.compare.lives import Turns
from feebook.package import Row
from feebook.publish import answer, celltexts, chart, figures, glance, guideview, technical, words
from feebook.publish.blocks import blocks
from feebook.publish.book import Book
from feebook.publish.indicators import Meanings
from feebook.publish.lines import Block
from feebook.publish.packaged import Packaging
from feebook.publish.records import Record
from feebook.publish.shell import Shell
from feebook.publish.terms import INDICATORS
from feebook.publish.whys import Why, Whys

NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints the page of one code after the other."""

    book: Book
    whys: Whys
    shell: Shell
    template: jinja2.Template
    packaging: Packaging
    order: Sequence[str]
    families: Mapping[str, Family]
    columns: Sequence[glance.Column]
    descriptors: Mapping[str, str]
    turns: Turns

    def page(self, record: Record) -> tuple[str, tuple[Block, ...]]:
        """The HTML of the page, and the blocks it shows."""
        code = record.code.code
        family = self.families.get(code)
        life = record.life(self.book.files, self.turns)
        found = blocks(self.book, record, self.factor, life)
        newest = self.book.years[-1]
        physician = record.all("physician")
        capped = code in self.book.capped
        modifiers, parts = technical.parts(physician, capped)
        lede = answer.sentence(
            found,
            record.code.last,
            newest,
            ended=life.gone(f"{newest}-01-01", f"{newest}-12-31"),
            professional=technical.professional(parts),
        )
        rows = glance.glance(found, self.columns)
        whys = self.whys.of(code)
        replaced = [one for one in (family.replacements if family else ()) if code in one.before | one.after]
        content = self.template.render(
            code=record.code,
            blocks=found,
            charts=self._charts(code, found),
            lede=lede,
            descriptor=self.descriptors.get(code, ""),
            columns=self.columns,
            basis=_basis(self.columns),
            rows=rows,
            cells=celltexts.cells,
            lines=celltexts.lines,
            days=sorted({row.days for row in rows if row.since is not None}),
            places=any(row[f"{setting}_payment"] for _, row in physician for setting in ("facility", "nonfacility")),
            capped=capped,
            caps=technical.notes(found),
            whys=whys,
            bars=self._bars(code, whys),
            headings={measure: _headings(self.whys.headings[measure]) for measure in whys},
            units=list(_units(physician)),
            modifiers=modifiers,
            parts=parts,
            facts=list(_facts(self.book.indicators, physician)),
            packaged=self.packaging.of(record),
            devices={block.setting.key: self.packaging.devices(code, block) for block in found},
            keys=_keys(self.book.indicators, found),
            sources=_sources(self.book, found),
            mentions=guideview.mentions(self.book, record.rows.get("guide_cells", {}), record.rows.get("findings", {})),
            near=self.near(code),
            family=family,
            replaced=replaced,
            before={one: self._known(one.before) for one in replaced},
            after={one: self._known(one.after) for one in replaced},
            confidence=CONFIDENCE,
            cite=self._cite(code),
            siblings=self._siblings(code),
            years=self.book.years,
            broken=_notes(found),
            absent=_absent(found),
        )
        title = f"{code}: what Medicare pays, {_span(self.book.years)}"
        return self.shell.fill(f"codes/{code}/", title, f"{code}. {lede}", content, self._data(code)), found

    def _siblings(self, code: str) -> list[str]:
        """The other codes of the family, as far as there are pages of them."""
        family = self.families.get(code)
        return self._known(family.codes - {code}) if family else []

    def _known(self, codes: Iterable[str]) -> list[str]:
        """Those of some codes that have a page."""
        return [name for name in sorted(codes) if name in self.book.codes]

    def _cite(self, code: str) -> str:
        versions = ", ".join(self.book.versions.values())
        return f"Feebook: what Medicare pays for {code}. Data packages {versions}. {self.shell.site_url}codes/{code}/"

    def _bars(self, code: str, whys: Mapping[str, Sequence[Why]]) -> dict[str, str]:
        """Measure → the bars of its changes. Bars of the same years use the years of the first once more."""
        drawn: dict[str, str] = {}
        known: dict[tuple[str, ...], str] = {}
        for measure, reasons in whys.items():
            parts = self.whys.headings[measure]
            pairs = tuple(f"{why.years[0]}\u2192{why.years[1] % 100:02}" for why in reasons)
            changes = [list(zip(parts, why.amounts, strict=True)) for why in reasons]
            title = f"{code}, {words.MEASURES[measure]}: parts of each change; table below"
            drawn[measure] = chart.bars(title, pairs, changes, known)
        return drawn

    def factor(self, schedule: str, day: str) -> str:
        """The conversion factor paid on a day, empty where none is known."""
        for row in self.book.factors:
            if row["schedule"] == schedule and row["standing"] == "paid" and row["from"] <= day <= row["through"]:
                return row["factor"]
        return ""

    def near(self, code: str) -> list[str]:
        """The codes before and after this one."""
        at = bisect_left(self.order, code)
        return [*self.order[max(0, at - NEIGHBOURS) : at], *self.order[at + 1 : at + 1 + NEIGHBOURS]]

    def _charts(self, code: str, found: Sequence[Block]) -> dict[str, str]:
        """Setting → its chart, where it has more than one amount."""
        charts: dict[str, str] = {}
        drawn: set[str] = set()
        for block in found:
            steps = [
                chart.Step(line.first, line.last, line.dollars, line.provisional or line.cap_open)
                for line in block.lines
                if line.paid is not None and line.track != "qp"
            ]
            title = f"{code}, {block.setting.title}, dollars by date; table below"
            one = chart.svg(title, steps, self.book.years[0], self.book.years[-1], drawn)
            charts |= {block.setting.key: one} if one else {}
        return charts

    def _data(self, code: str) -> dict[str, Any]:
        site = self.shell.site_url
        return {
            "@type": "Dataset",
            "name": f"What Medicare pays for {code}",
            "description": f"Medicare payment for {code} by setting and date of service, with sources.",
            "url": f"{site}codes/{code}/",
            "license": f"{site}rights/",
            "creator": {"@type": "Organization", "name": "Feebook"},
            "temporalCoverage": f"{self.book.years[0]}-01-01/{self.book.years[-1]}-12-31",
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{site}codes/{code}/{code}.csv"}
            ],
        }


def _basis(columns: Sequence[glance.Column]) -> str:
    """What the columns show, in words."""
    split = [column for column in columns if column.part and not column.part.startswith("Jan 1")]
    told = "".join(f", and {figures.day(column.first)}, when the physician factor changed" for column in split)
    tracks = ", ".join(column.year for column in columns if column.track)
    most = f" {tracks} is at the factor of most physicians (non-QP)." if tracks else ""
    return f"Columns show January 1{told}.{most}"


_SHORT = {"Practice expense": "PE", "Malpractice": "MP"}


@cache
def _headings(parts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The parts of a change as headings of a table: the colour in the bars of those that have one, and words."""
    colours = {part: f"p{at}" for at, part in enumerate(chart.BAR_PARTS)}
    return tuple((colours.get(part, ""), _SHORT.get(part, part)) for part in parts)


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}\u2013{years[-1]}" if len(years) > 1 else str(years[0])


_RVUS = itemgetter(
    "work_rvu",
    "facility_pe_rvu",
    "nonfacility_pe_rvu",
    "malpractice_rvu",
    "facility_total_rvu",
    "nonfacility_total_rvu",
)


def _units(rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[str, ...]]:
    """The RVUs behind the amounts, for each stretch in which they and their totals hold: year and part of it, then
    work, practice expense in a facility and elsewhere, malpractice."""
    held: list[tuple[int, str, str, tuple[str, ...]]] = []
    for year, row in rows:
        if row["modifier"] or row["track"] == "qp":
            continue
        first, rvus = row["from"], _RVUS(row)
        if held and held[-1][0] == year and held[-1][3] == rvus:
            first = held.pop()[1]
        held.append((year, first, row["through"], rvus))
    for year, first, last, rvus in held:
        if any(rvu.strip("0.") for rvu in rvus):
            yield str(year), figures.part_of_year(first, last), *rvus[:4]


_FACTS = (
    ("status", "Status"),
    ("global_days", "Global days"),
    ("pctc", "Professional and technical parts"),
    ("multiple_procedure", "Several procedures"),
    ("bilateral", "Both sides"),
    ("assistant_surgery", "Assistant at surgery"),
)


def _facts(meanings: Meanings, rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[str, str, str, str]]:
    """Name, indicator, its meaning and the year it last changed in, from the newest row."""
    main = [(year, row) for year, row in rows if not row["modifier"] and row["track"] != "qp"]
    if not main:
        return
    at, newest = main[-1]
    for name, title in _FACTS:
        value = newest[name]
        if not value or value == "9":
            continue
        before = [(year, row[name]) for year, row in main if row[name] != value]
        was = f"{before[-1][1]} until {before[-1][0]}" if before else ""
        yield title, value, meanings.of("physician", name, value, at), was


def _keys(meanings: Meanings, found: Sequence[Block]) -> dict[str, list[tuple[str, str]]]:
    """The indicators that the lines of a facility show, with their meaning in those years."""
    shown: dict[str, dict[str, list[int]]] = {}
    for block in (block for block in found if block.setting.schedule != "physician"):
        for line in block.lines:
            if line.indicator:
                years = range(int(line.first[:4]), int(line.last[:4]) + 1)
                shown.setdefault(block.setting.key, {}).setdefault(line.indicator, []).extend(years)
    return {
        key: [(name, meanings.over(key, INDICATORS[key], name, years)) for name, years in indicators.items()]
        for key, indicators in shown.items()
    }


def _sources(book: Book, found: Sequence[Block]) -> dict[str, dict[str, list[str]]]:
    """Publisher and schedule → form → the releases that the page's numbers come from, in the order of the years."""
    keys = {line.source for block in found for line in block.lines if line.source}
    sources: dict[str, dict[str, list[str]]] = {}
    for year, schedule, release, addendum in sorted(keys, key=lambda key: (key[1] != "physician", key[1], *key)):
        documents = book.release_documents(year, schedule, release, addendum)
        if documents:
            title = f"{documents[0]['publisher']}, {words.SCHEDULES[schedule]}"
            sources.setdefault(title, {}).setdefault(documents[0]["form"], []).append(release)
    return {
        title: {form: list(dict.fromkeys(found)) for form, found in forms.items()} for title, forms in sources.items()
    }


def anchor(schedule: str, release: str) -> str:
    """Where the page of a year lists the documents of a release."""
    return f"{schedule}-{release}"


def _notes(found: Sequence[Block]) -> list[str]:
    """The notes of the page: each reason that a change has no percentage, and what marks mean, once."""
    return list(dict.fromkeys(line.broke for block in found for line in block.lines if line.broke))


def _absent(found: Sequence[Block]) -> list[str]:
    """The reasons that stand in a table in place of an amount, each once."""
    tables = [block for block in found if block.listed and len(block.lines) > 1]
    statuses = (line.status for block in tables for line in block.lines if line.paid is None)
    return [status for status in dict.fromkeys(statuses) if status in absence.WORDS]
