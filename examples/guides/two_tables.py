"""The layout of the known vendor guide: a ruled physician table, then a ruled table of the two facility settings.

Two heading rows, note marks on headings, add-on codes, and a status sentence printed once over the rows it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from parts import Cell, Figure, Guide, facility_dollars, physician_dollars, printed_code, style, text
from reportlab.lib.colors import HexColor, white
from reportlab.platypus import Flowable, Table, TableStyle

STATUS: Final = {
    "N1": "Status N1: Packaged. No separate payment is made to the center",
    "N": "Status N: Packaged. No separate payment is made to the hospital",
}
GROUPS: Final = (("3690", "Dialysis circuit"), ("3725", "Peripheral IVUS"))

Row = list[object]
Span = tuple[tuple[int, int], tuple[int, int]]
"""A merged cell: its first and last (column, row)."""


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a vendor."""

    band: str
    rule: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Two heading rows; an empty text under a text is merged with it, an empty text beside one is spanned by it."""

    upper: Sequence[str]
    lower: Sequence[str]
    spans: Sequence[Span]


def physician(guide: Guide, look: Look, measures: Sequence[str], heading: Heading, widths: Sequence[float]) -> Flowable:
    """The physician table: code, group, RVUs and payments."""
    rows, spans = list[Row](), list(heading.spans)
    for start, name in GROUPS:
        group = guide.group(start)
        if group:
            spans.append(((1, len(rows) + 2), (1, len(rows) + 1 + len(group))))
        for n, figure in enumerate(group):
            printed = (cell.printed for cell in physician_cells(guide, figure, measures))
            rows.append([printed_code(figure), text(name, style(8.6)) if n == 0 else "", *printed])
    return ruled(heading, rows, widths, spans, look)


def physician_cells(guide: Guide, figure: Figure, measures: Sequence[str]) -> Iterator[Cell]:
    """What the physician table prints of a code."""
    for measure in measures:
        site, _, kind = measure.partition("_")
        given = figure.get(measure, "")
        if kind == "payment":
            printed = f"${given}" if given else physician_dollars(guide, figure, site)
            yield Cell("physician", figure["code"], measure, printed)
        else:
            planted = "unlabelled_total=facility" if guide.layout == "transcribed" and kind == "total_rvu" else ""
            yield Cell("physician", figure["code"], measure, given, planted=planted)


def facility(guide: Guide, look: Look, heading: Heading, widths: Sequence[float], apc: bool) -> Flowable:
    """The table of surgery centers and hospitals; packaged codes of a group share one sentence in each setting."""
    rows, spans = list[Row](), list(heading.spans)
    sentence = style(8.2, align=1)
    for start, name in GROUPS:
        group = guide.group(start)
        packaged = [figure for figure in group if figure["asc_indicator"] == "N1"]
        if group:
            spans.append(((1, len(rows) + 2), (1, len(rows) + 1 + len(group))))
        for n, figure in enumerate(group):
            row: Row = [printed_code(figure), text(name, style(8.6)) if n == 0 else ""]
            if figure not in packaged:
                row += [facility_dollars(guide, figure, "asc"), figure["apc"], facility_dollars(guide, figure, "opps")]
            elif figure is packaged[0]:
                first, last = len(rows) + 2, len(rows) + 1 + len(packaged)
                spans += [((2, first), (2, last)), ((3, first), (4 if apc else 3, last))]
                row += [text(STATUS["N1"], sentence), text(STATUS["N"], sentence), *([""] if apc else [])]
            else:
                row += ["", "", *([""] if apc else [])]
            rows.append(row)
    return ruled(heading, rows, widths, spans, look)


def facility_cells(guide: Guide, figure: Figure) -> Iterator[Cell]:
    """What the facility table prints of a code."""
    code = figure["code"]
    if figure["asc_indicator"] != "N1":
        yield Cell("facility", code, "asc_payment", facility_dollars(guide, figure, "asc"))
        yield Cell("facility", code, "apc", figure["apc"])
        yield Cell("facility", code, "opps_payment", facility_dollars(guide, figure, "opps"))
        return
    for setting, indicator in (("asc_payment", "asc_indicator"), ("opps_payment", "opps_status_indicator")):
        status = figure[indicator]
        yield Cell("facility", code, setting, STATUS[status], status="packaged")
        yield Cell("facility", code, indicator, STATUS[status], value=status)


def ruled(
    heading: Heading, rows: Sequence[Row], widths: Sequence[float], spans: Sequence[Span], look: Look
) -> Flowable:
    """A table with every rule drawn, coloured headings and merged cells."""
    head = style(8.6, bold=True, color=white, align=1)
    data = [[text(words, head) if words else "" for words in line] for line in (heading.upper, heading.lower)]
    band, rule = HexColor(look.band), HexColor(look.rule)
    return Table(
        [*data, *rows],
        colWidths=list(widths),
        hAlign="LEFT",
        style=TableStyle(
            [
                *(("SPAN", first, last) for first, last in spans),
                ("BACKGROUND", (0, 0), (-1, 1), band),
                ("GRID", (0, 0), (-1, 1), 0.9, white),
                ("GRID", (0, 2), (-1, -1), 0.7, rule),
                ("BOX", (0, 0), (-1, -1), 0.9, band),
                ("FONT", (0, 2), (0, -1), "Helvetica-Bold", 8.8),
                ("FONT", (1, 2), (-1, -1), "Helvetica", 8.8),
                ("ALIGN", (2, 2), (-1, -1), "CENTER"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 3.4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4.4),
            ]
        ),
    )
