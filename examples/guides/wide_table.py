"""The later layout: on a landscape page one wide table per group of codes, ruled across only.

Blocks stand side by side: physician facility, physician non-facility, surgery center, hospital outpatient; the
indicator stands beside the amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parts import Cell, Figure, Guide, facility_dollars, mark, physician_dollars, printed_code, style, text
from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Table, TableStyle

GAP: Final = 9
"""Points between two blocks, so that the rule under a block's name ends where the block does."""

WIDTHS: Final = (66, 58, GAP, 60, 60, GAP, 60, 60, GAP, 36, 80, GAP, 36, 60, 84)
UPPER: Final = (
    *("CPT® code", "Work RVU", "", f"Physician, facility{mark(1)}", "", "", f"Physician, non-facility{mark(1)}", ""),
    *("", f"ASC{mark(2)}", "", "", f"Hospital outpatient{mark(3)}", "", ""),
)
LOWER: Final = (
    *("", "", "", "Total RVU", "Payment", "", "Total RVU", "Payment"),
    *("", "PI", "Payment", "", "SI", "APC", "Payment"),
)
BLOCKS: Final = ((3, 4), (6, 7), (9, 10), (12, 14))
"""First and last column of each block; the column before each is the gap."""

LEAF: Final = HexColor("#1f5b4a")
HAIR: Final = HexColor("#c3cfca")


def wide(guide: Guide, group: tuple[Figure, ...], table: str) -> Flowable:
    """The table of one group."""
    left, right, centred = (style(8.4, bold=True, color=LEAF, align=align) for align in (0, 2, 1))
    over = (left, right, *[centred] * (len(UPPER) - 2))
    upper = [text(words, how) if words else "" for words, how in zip(UPPER, over, strict=True)]
    lower = [text(words, centred if words in ("PI", "SI") else right) if words else "" for words in LOWER]
    rows = [_spaced([printed_code(figure), *(c.printed for c in wide_cells(guide, figure, table))]) for figure in group]
    return Table([upper, lower, *rows], colWidths=list(WIDTHS), hAlign="LEFT", style=_style())


def _spaced(printed: list[str]) -> list[str]:
    """The texts of a row with an empty one in each gap."""
    texts = iter(printed)
    return ["" if width == GAP else next(texts) for width in WIDTHS]


def _style() -> TableStyle:
    return TableStyle(
        [
            *(("SPAN", (first, 0), (last, 0)) for first, last in BLOCKS),
            *(("SPAN", (column, 0), (column, 1)) for column in (0, 1)),
            *(("LINEBELOW", (first, 0), (last, 0), 0.5, LEAF) for first, last in BLOCKS),
            ("LINEABOVE", (0, 0), (-1, 0), 1.4, LEAF),
            ("LINEBELOW", (0, 1), (-1, 1), 0.9, LEAF),
            ("LINEBELOW", (0, 2), (-1, -2), 0.4, HAIR),
            ("LINEBELOW", (0, -1), (-1, -1), 1.4, LEAF),
            ("FONT", (0, 2), (0, -1), "Helvetica-Bold", 9.2),
            ("FONT", (1, 2), (-1, -1), "Helvetica", 9.2),
            ("ALIGN", (1, 2), (-1, -1), "RIGHT"),
            *(("ALIGN", (column, 2), (column, -1), "CENTER") for column in (9, 12)),
            ("VALIGN", (0, 0), (-1, 1), "BOTTOM"),
            ("VALIGN", (0, 2), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 3.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.4),
        ]
    )


def wide_cells(guide: Guide, figure: Figure, table: str) -> Iterator[Cell]:
    """What the wide table prints of a code, in the order of its columns."""
    code, packaged = figure["code"], figure["asc_indicator"] == "N1"
    yield Cell(table, code, "work_rvu", figure["work_rvu"])
    for site in ("facility", "nonfacility"):
        yield Cell(table, code, f"{site}_total_rvu", figure[f"{site}_total_rvu"])
        yield Cell(table, code, f"{site}_payment", physician_dollars(guide, figure, site))
    yield Cell(table, code, "asc_indicator", figure["asc_indicator"])
    if packaged:
        yield Cell(table, code, "asc_payment", "Packaged", status="packaged")
    else:
        yield Cell(table, code, "asc_payment", facility_dollars(guide, figure, "asc"))
    yield Cell(table, code, "opps_status_indicator", figure["opps_status_indicator"])
    if packaged:
        yield Cell(table, code, "apc", "–", status="not_applicable")
        yield Cell(table, code, "opps_payment", "Packaged", status="packaged")
    else:
        yield Cell(table, code, "apc", figure["apc"])
        yield Cell(table, code, "opps_payment", facility_dollars(guide, figure, "opps"))
