"""Draw the example guides and write their truth beside them: `python examples/guides/draw.py [FOLDER]`.

The figures stand in `figures/`; the same figures give the same bytes (no clock, no random, nothing compressed). Every
page says that it is a facsimile for testing. Names of groups are our own words; no CPT descriptor is printed.
"""

from __future__ import annotations

import csv
import io
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from parts import FIGURES, GREY, TRUTH_HEAD, Cell, Guide, cpt_notice, guides, mark, paragraphs, style, text, truth
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Spacer
from two_tables import Heading, Look, facility, facility_cells, physician, physician_cells
from wide_table import LEAF, wide, wide_cells

TRANSCRIBED: Final = "Facsimile for testing · transcribed figures · not the vendor's document, no affiliation"
INVENTED: Final = "Facsimile for testing · invented vendor · figures: CMS"
BOSTON: Final = Look("#17406d", "#8fa6bd")
TAMARACK: Final = Look("#0f6a6f", "#9dbcbe")
BANDS: Final = {"transcribed": HexColor(BOSTON.band), "two-tables": HexColor(TAMARACK.band), "wide": LEAF}

MEASURES_2024: Final = ("work_rvu", "facility_total_rvu", "facility_payment", "nonfacility_payment")
MEASURES: Final = ("work_rvu", "facility_total_rvu", "nonfacility_total_rvu", "facility_payment", "nonfacility_payment")

INTRODUCTION: Final = (
    "This guide lists the procedure codes that may describe intravascular ultrasound outside the heart, with the "
    "national Medicare rates for the physician, the surgery center and the hospital outpatient department.",
    "The codes are add-on codes. They stand beside a primary procedure, for instance one of the dialysis circuit codes "
    "36901 to 36906, and are chosen by the physician from what was done and documented.",
    "Other payers set their own rates and rules. Check coverage and place of service before treatment.",
)
NOTES: Final = (
    "+ An add-on code; it is reported only together with a primary procedure.",
    "** National rate of a surgery center, not adjusted for wages.",
    "*** National rate of a hospital outpatient department, not adjusted for wages.",
    "An add-on code is not subject to the multiple procedure reduction.",
)
SOURCES: Final = (
    "1. Code numbers: CPT code set.",
    "2. {year} Medicare Physician Fee Schedule, CMS-1784-F. {year} conversion factor of ${factor}.",
    "3. {year} ASC payment, CMS-1786-FC.",
    "4. {year} OPPOS payment, CMS-1786-FC.",
)
ABOUT: Final = (
    "The figures of document {number} were transcribed and set again to test the reading of such guides. It is not a "
    "publication of Boston Scientific, is not endorsed by it, and carries none of its wording. Amounts are national "
    "and unadjusted; nothing here is coding, billing or legal advice.",
)
TAMARACK_NOTES: Final = (
    "1. Medicare Physician Fee Schedule {year}, conversion factor {factor}. Payment is total RVU times the factor, "
    "rounded to whole dollars.",
    "2. Ambulatory surgical center addendum AA, January {year}. CMS revises the addenda each quarter.",
    "3. Hospital outpatient addendum B, January {year}.",
    "+ An add-on code, reported together with a primary procedure. Packaged: paid as part of that procedure.",
    "Questions: Tamarack Vascular reimbursement desk, 800-555-0142, 300 Pine Street, Ely, MN 55731-0300.",
    "Tamarack Vascular is an invented company. This guide was drawn to test the reading of such guides.",
)


def main(folder: Path) -> None:
    """Draw every guide of `guides.toml` into a folder, its truth beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for guide in guides(tomllib.loads((FIGURES / "guides.toml").read_text(encoding="utf-8"))["guide"]):
        story, cells = LAYOUTS[guide.layout](guide)
        (folder / f"{guide.file}.pdf").write_bytes(pdf(guide, story))
        with (folder / f"{guide.file}.truth.csv").open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out, lineterminator="\n")
            lines.writerow(TRUTH_HEAD)
            lines.writerows(truth(guide, cells))


def transcribed(guide: Guide) -> tuple[list[Flowable], list[Cell]]:
    """The known vendor's guide: its figures, its order and its slips, in our own words."""
    band, body, small = HexColor(BOSTON.band), style(9.6), style(7.4, color=GREY)
    period = f"CY {guide.year} ({guide.first:%m/%d/%Y}-{guide.last:%m/%d/%Y})"
    columns = Heading(
        (f"CPT® Code{mark(1)}", "Service", "RVUs", "", f"Physician Payment{mark(2)}", ""),
        ("", "", "Work", "Total", "Facility", "Non-Facility"),
        [((0, 0), (0, 1)), ((1, 0), (1, 1)), ((2, 0), (3, 0)), ((4, 0), (5, 0))],
    )
    settings = Heading(
        ("Service Provided", "", "ASC", "Hospital Outpatient"),
        (f"CPT® Code{mark(1)}", "Service", f"Payment**{mark(3)}", f"Payment***{mark(4)}"),
        [((0, 0), (1, 0))],
    )
    story = [
        *title("INTRAVASCULAR ULTRASOUND (IVUS)", f"{guide.year} CODING AND REIMBURSEMENT GUIDE", band),
        *said(guide, INTRODUCTION, body),
        section(f"PHYSICIAN SERVICES &amp; REIMBURSEMENT {period}", band),
        physician(guide, BOSTON, MEASURES_2024, columns, (76, 166, 62, 62, 72, 78)),
        Spacer(0, 5),
        text("See the CPT 2023 code book for instructions on the codes shown above.", small),
        section(f"AMBULATORY SURGICAL CENTER (ASC) &amp; OUTPATIENT REIMBURSEMENT {period}", band),
        facility(guide, BOSTON, settings, (76, 140, 150, 150), apc=False),
        Spacer(0, 8),
        text(cpt_notice(guide.year), small),
        PageBreak(),
        section("NOTES", band),
        *said(guide, NOTES, body),
        section("SOURCES", band),
        *said(guide, SOURCES, body),
        section("ABOUT THIS FACSIMILE", band),
        *said(guide, ABOUT, body),
    ]
    cells = [cell for figure in guide.codes for cell in physician_cells(guide, figure, MEASURES_2024)]
    cells += [cell for figure in guide.codes for cell in facility_cells(guide, figure)]
    return story, cells


def two_tables(guide: Guide) -> tuple[list[Flowable], list[Cell]]:
    """The invented vendor's first layout: the known vendor's two tables, with more codes and an APC column."""
    band, body, small = HexColor(TAMARACK.band), style(9.4), style(7.4, color=GREY)
    columns = Heading(
        ("CPT® Code", "Group", "RVUs", "", "", f"Physician Payment{mark(1)}", ""),
        ("", "", "Work", "Facility Total", "Non-Facility Total", "Facility", "Non-Facility"),
        [((0, 0), (0, 1)), ((1, 0), (1, 1)), ((2, 0), (4, 0)), ((5, 0), (6, 0))],
    )
    settings = Heading(
        ("CPT® Code", "Group", f"ASC{mark(2)}", f"Hospital Outpatient{mark(3)}", ""),
        ("", "", "Payment", "APC", "Payment"),
        [((0, 0), (0, 1)), ((1, 0), (1, 1)), ((3, 0), (4, 0))],
    )
    story = [
        *title("Dialysis access and IVUS", f"{guide.year} Medicare rates at a glance", band),
        text(f"National average rates, {guide.period()}. Local rates differ by locality and wage index.", body),
        section("Physician services", band),
        physician(guide, TAMARACK, MEASURES, columns, (62, 110, 52, 66, 80, 66, 80)),
        section("Surgery centers and hospitals", band),
        facility(guide, TAMARACK, settings, (62, 110, 122, 100, 122), apc=True),
        Spacer(0, 6),
        text(cpt_notice(guide.year), small),
        PageBreak(),
        section("Notes and sources", band),
        *said(guide, TAMARACK_NOTES, body),
    ]
    cells = [cell for figure in guide.codes for cell in physician_cells(guide, figure, MEASURES)]
    cells += [cell for figure in guide.codes for cell in facility_cells(guide, figure)]
    return story, cells


def wide_tables(guide: Guide) -> tuple[list[Flowable], list[Cell]]:
    """The invented vendor's second layout: one wide table per group on a landscape page."""
    body, small = style(9.2), style(7.2, color=GREY)
    circuit, ivus = guide.group("3690"), guide.group("3725")
    story = [
        *title("Dialysis access and IVUS", f"Medicare payment, calendar year {guide.year}", LEAF),
        text(f"Effective {guide.period()}. National rates, not adjusted for locality or wages.", body),
        section("Dialysis circuit", LEAF),
        wide(guide, circuit, "dialysis"),
        section("Peripheral IVUS", LEAF),
        wide(guide, ivus, "ivus"),
        Spacer(0, 6),
        text(cpt_notice(guide.year), small),
        PageBreak(),
        section("Notes and sources", LEAF),
        *said(guide, TAMARACK_NOTES, body),
    ]
    groups = ((circuit, "dialysis"), (ivus, "ivus"))
    return story, [cell for group, table in groups for figure in group for cell in wide_cells(guide, figure, table)]


LAYOUTS: Final[dict[str, Callable[[Guide], tuple[list[Flowable], list[Cell]]]]] = {
    "transcribed": transcribed,
    "two-tables": two_tables,
    "wide": wide_tables,
}


def said(guide: Guide, texts: Iterable[str], how: ParagraphStyle) -> Iterator[Flowable]:
    """Paragraphs, the guide's own facts filled in."""
    facts = {"year": guide.year, "factor": guide.factor, "number": guide.number}
    return paragraphs([words.format(**facts) for words in texts], how)


def title(words: str, below: str, color: Color) -> Iterator[Flowable]:
    """The two title lines of a guide."""
    yield text(words, style(20, bold=True, color=color, after=3))
    yield text(below, style(12, color=color, after=8))


def section(words: str, color: Color) -> Flowable:
    """The heading above a table or a text."""
    how = style(11, bold=True, color=color, after=5)
    how.spaceBefore = 11
    return text(words, how)


def pdf(guide: Guide, story: Sequence[Flowable]) -> bytes:
    """The bytes of a guide: a band above each page, its number and label below."""
    out = io.BytesIO()
    width, height = landscape(letter) if guide.layout == "wide" else letter
    # Uncompressed, because two builds of zlib may pack the same page into other bytes.
    document = BaseDocTemplate(
        out, pagesize=(width, height), title=guide.file, author="Feebook examples", invariant=1, pageCompression=0
    )
    frame = Frame(48, 52, width - 96, height - 104, leftPadding=0, rightPadding=0, topPadding=6, bottomPadding=0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, _: furniture(canvas, guide)))
    document.build(list(story))
    return out.getvalue()


def furniture(canvas: Canvas, guide: Guide) -> None:
    """What stands on every page: the band, a rule, the document number, and that it is a facsimile."""
    boston = guide.layout == "transcribed"
    width, height = canvas._pagesize
    canvas.setFillColor(BANDS[guide.layout])
    canvas.rect(48, height - 44, width - 96, 8, stroke=0, fill=1)
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.5)
    canvas.line(48, 46, width - 48, 46)
    canvas.setFont("Helvetica", 7.2)
    canvas.setFillColor(GREY)
    canvas.drawString(48, 36, f"{guide.number} | MAR 2024" if boston else f"Tamarack Vascular | {guide.number}")
    canvas.drawRightString(width - 48, 36, TRANSCRIBED if boston else INVENTED)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
