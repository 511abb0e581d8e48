"""The parts that every drawn guide is made of: what it says, what it prints where, and how text is set."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Spacer

from feebook.amounts import DOLLAR, half_up

FIGURES: Final = Path(__file__).parent / "figures"
INK: Final = HexColor("#1d2733")
GREY: Final = HexColor("#5b6770")

Figure = dict[str, str]
"""One code of a figures file, by column; every value text."""

TRUTH_HEAD: Final = (
    *("file", "page", "table", "code", "add_on", "modifier", "year", "effective_from", "effective_through"),
    *("measure", "value", "status", "printed", "planted", "variant"),
)


@dataclass(frozen=True, slots=True)
class Guide:
    """One printing of a drawn guide; `codes` are its figures in the order printed."""

    file: str
    layout: str
    year: int
    first: date
    last: date
    number: str
    factor: Decimal
    asc_factor: Decimal
    opps_factor: Decimal
    codes: tuple[Figure, ...]

    def group(self, start: str) -> tuple[Figure, ...]:
        """The codes that begin with the same digits."""
        return tuple(figure for figure in self.codes if figure["code"].startswith(start))

    def period(self) -> str:
        """The printed period, such as `March 9 – December 31, 2024`."""
        return f"{self.first:%B} {self.first.day} – {self.last:%B} {self.last.day}, {self.last.year}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed crossing; a status sentence prints a status and, where it names one, an indicator."""

    table: str
    code: str
    measure: str
    printed: str
    status: str = ""
    value: str = ""
    planted: str = ""


def guides(said: Iterable[dict[str, Any]]) -> Iterator[Guide]:
    """The guides of `guides.toml`, with their figures."""
    for one in said:
        with (FIGURES / one["figures"]).open(encoding="utf-8", newline="") as file:
            codes = tuple(csv.DictReader(file))
        physician, asc, opps = (Decimal(one.get(f"{name}_factor", "0")) for name in ("physician", "asc", "opps"))
        file, layout, number = str(one["file"]), str(one["layout"]), str(one["number"])
        yield Guide(file, layout, one["year"], one["from"], one["through"], number, physician, asc, opps, codes)


def truth(guide: Guide, cells: Iterable[Cell], page: int = 1) -> Iterator[tuple[str, ...]]:
    """The truth lines of the printed cells, columns as in TRUTH_HEAD."""
    add_on = {figure["code"]: figure["add_on"] for figure in guide.codes}
    for cell in cells:
        value = "" if cell.status else cell.value or cell.printed.lstrip("$").replace(",", "")
        yield (
            *(f"{guide.file}.pdf", str(page), cell.table, cell.code, add_on[cell.code], "", str(guide.year)),
            *(guide.first.isoformat(), guide.last.isoformat()),
            *(cell.measure, value, cell.status, cell.printed, cell.planted, ""),
        )


def physician_dollars(guide: Guide, figure: Figure, site: str) -> str:
    """The physician payment of a site as printed: total RVU x factor, rounded once, in whole dollars."""
    return dollars(Decimal(figure[f"{site}_total_rvu"]) * guide.factor)


def facility_dollars(guide: Guide, figure: Figure, schedule: str) -> str:
    """An ASC or outpatient rate as printed: from weight x factor where a weight is given, else from the rate."""
    factor = guide.asc_factor if schedule == "asc" else guide.opps_factor
    weight = figure[f"{schedule}_weight"]
    return dollars(Decimal(weight) * factor if weight else Decimal(figure[f"{schedule}_payment"]))


def dollars(amount: Decimal) -> str:
    """`$1,234`, half up from the unrounded amount."""
    return f"${half_up(amount, DOLLAR):,}"


def printed_code(figure: Figure) -> str:
    """A code with the add-on sign where it is one."""
    return ("+" if figure["add_on"] == "1" else "") + figure["code"]


def style(size: float, *, bold: bool = False, color: Color = INK, align: int = 0, after: float = 0) -> ParagraphStyle:
    """A paragraph style; `align` 0 left, 1 centred, 2 right."""
    font = "Helvetica-Bold" if bold else "Helvetica"
    leading = round(size * 1.28, 2)
    return ParagraphStyle(
        font, fontName=font, fontSize=size, leading=leading, textColor=color, alignment=align, spaceAfter=after
    )


def text(words: str, how: ParagraphStyle) -> Paragraph:
    """A paragraph; `mark` sets a note mark."""
    return Paragraph(words, how)


def mark(note: int) -> str:
    """The raised number of a note."""
    return f'<super size="5.6" rise="3.2">{note}</super>'


def paragraphs(texts: Sequence[str], how: ParagraphStyle, gap: float = 5) -> Iterator[Flowable]:
    """Paragraphs one below the other."""
    for words in texts:
        yield text(words, how)
        yield Spacer(0, gap)


def cpt_notice(year: int) -> str:
    """The notice that stands wherever Level I codes are shown; the code set is copyright of the year before."""
    return (
        f"CPT® copyright {year - 1} American Medical Association. All rights reserved. CPT is a registered trademark "
        "of the American Medical Association. FARS/DFARS restrictions apply to government use. Fee schedules, "
        "relative value units and conversion factors are not assigned by the AMA, which does not recommend their use. "
        "Code numbers only are shown; group names are our own words."
    )
