"""CMS's own figures as a witness: misread columns are doubted as a whole, doubts about headings are settled."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import feebook
from feebook.amounts import half_up
from feebook.cli import app
from feebook.findings.cell import Cell
from feebook.findings.guide import judge
from feebook.findings.held import Held
from feebook.findings.misread import BESIDE, TAKEN, misread
from feebook.findings.proven import other_doubts, proven
from feebook.findings.witness import witnessed
from feebook.guides.read import Refused, read
from feebook.package import Row
from tests.conftest import SHARED
from tests.draw import Style, Table, document
from tests.test_findings import CELL, JANUARY, MARCH, held

CODES = ("37252", "37253", "93571")
SITES = ("facility", "nonfacility")
FIGURES = {"37252": ("2.59", "27.85"), "37253": ("2.07", "5.12"), "93571": ("2.13", "8.25")}


def rows(of: Row) -> list[Row]:
    """The three codes, each with units of its own and the dollars they give."""
    found = []
    for code, units in FIGURES.items():
        row = of | {"code": code}
        for site, total in zip(SITES, units, strict=True):
            row |= {f"{site}_total_rvu": total, f"{site}_payment": _dollars(total, of["conversion_factor"])}
        found.append(row)
    return found


def _dollars(units: str, factor: str) -> str:
    return str(half_up(Decimal(units) * Decimal(factor)))


KNOWN: Held = held(*rows(JANUARY), *rows(MARCH))


def columns(*said: tuple[str, str, Sequence[str]], start: str = "2024-03-09") -> list[Cell]:
    """Cells of columns, each with its measure, its first day, and its figures by code."""
    return [
        replace(CELL, code=code, measure=measure, first=first or start, value=figure, printed=f"${figure}")
        for measure, first, figures in said
        for code, figure in zip(CODES, figures, strict=True)
    ]


def payments(site: str, of: Row = MARCH) -> list[str]:
    return [row[f"{site}_payment"] for row in rows(of)]


def doubts(cells: Sequence[Cell]) -> list[str]:
    found = misread(judge(cells, KNOWN).findings, KNOWN)
    return [found.get(n, "") for n in range(len(cells))]


def test_a_column_that_is_what_it_was_read_as_is_not_doubted() -> None:
    assert doubts(columns(*((f"{site}_payment", "", payments(site)) for site in SITES))) == [""] * 6


def test_a_column_read_under_the_other_site_is_doubted_and_so_is_what_stands_beside_it() -> None:
    cells = columns(
        ("nonfacility_payment", "", payments("facility")),
        ("facility_payment", "", ["", "", ""]),
        ("work_rvu", "", ["1.80", "1.80", "1.80"]),
        ("malpractice_rvu", "", ["9", "8", "7"]),
    )
    cells = [cell if cell.value else replace(cell, status="not_applicable") for cell in cells]
    reason = "CMS has the figures of this column as facility payment from 9 March 2024"
    none = "CMS has none of the figures of this column"
    assert doubts(cells) == [reason] * 3 + [TAKEN] * 3 + [""] * 3 + [none] * 3


def test_a_column_that_cms_neither_confirms_nor_denies_is_doubted_beside_a_misread_one() -> None:
    cells = columns(("nonfacility_payment", "", payments("facility")), ("drug_payment", "", ["1", "2", "3"]))
    assert doubts(cells)[3:] == [BESIDE] * 3


def test_two_stretches_of_a_year_that_changed_places_are_doubted() -> None:
    cells = columns(
        ("facility_payment", "2024-01-01", payments("facility", MARCH)),
        ("facility_payment", "2024-03-09", payments("facility", JANUARY)),
    )
    cells = [replace(cell, last="2024-03-08") if cell.first == "2024-01-01" else cell for cell in cells]
    said = "CMS has the figures of this column as facility payment"
    assert doubts(cells) == [f"{said} from 9 March 2024"] * 3 + [f"{said} until 8 March 2024"] * 3


def test_figures_one_line_too_low_are_doubted() -> None:
    shifted = ["9.99", *payments("facility")[:2]]
    assert (
        doubts(columns(("facility_payment", "", shifted)))
        == ["CMS has the figures of this column for the codes of the lines above"] * 3
    )


def test_a_misprint_is_not_a_misread_column() -> None:
    first, second, _ = payments("facility")
    assert doubts(columns(("facility_payment", "", [first, second, payments("nonfacility")[2]]))) == [""] * 3


def test_one_figure_alone_that_cms_has_under_another_heading_is_doubted() -> None:
    assert doubts(columns(("nonfacility_payment", "", payments("facility")))[:1]) == [
        "CMS has the figures of this column as facility payment from 9 March 2024"
    ]


def test_amounts_of_last_years_factor_are_the_guides_and_no_misreading() -> None:
    stale = [_dollars(units, "33.8872") for units, _ in FIGURES.values()]
    assert doubts(columns(("facility_payment", "", stale))) == [""] * 3


def test_a_proposal_made_with_the_units_of_the_time_before_is_not_doubted() -> None:
    lower = [
        row | {"facility_total_rvu": "1.50", "facility_payment": _dollars("1.50", "33.2875")} for row in rows(MARCH)
    ]
    known = held(*rows(JANUARY), *lower)
    paid = columns(("facility_payment", "2024-01-01", payments("facility", JANUARY)))
    raised = [_dollars(units, "33.0607") for units, _ in FIGURES.values()]
    proposed = [replace(cell, variant="proposed") for cell in columns(("facility_payment", "2024-03-09", raised))]
    cells = [*(replace(cell, last="2024-03-08") for cell in paid), *proposed]
    assert misread(judge(cells, known).findings, known) == {}


def test_a_column_in_doubt_already_gets_no_second_reason() -> None:
    cells = [replace(c, flag="unsure") for c in columns(("nonfacility_payment", "", payments("facility")))]
    assert doubts(cells) == [""] * 3


@given(st.permutations(["facility_payment", "nonfacility_payment", "facility_total_rvu", "nonfacility_total_rvu"]))
def test_columns_that_changed_places_are_never_silent(order: list[str]) -> None:
    right = ["facility_payment", "nonfacility_payment", "facility_total_rvu", "nonfacility_total_rvu"]
    said = columns(*((name, "", [row[is_of] for row in rows(MARCH)]) for name, is_of in zip(order, right, strict=True)))
    for cell, doubt in zip(said, doubts(said), strict=True):
        assert bool(doubt) == (order.index(cell.measure) != right.index(cell.measure))


def guide(path: Path, heads: tuple[str, str]) -> Path:
    """A guide of 2025 with real amounts under two headings, facility first."""
    body = (("37252", "$84", "$860"), ("37253", "$67", "$164"))
    table = Table("Physician payment CY 2025", (("CPT Code", *heads),), body)
    path.write_bytes(document([[table]], Style()))
    return path


def flags(path: Path, *more: str) -> set[str]:
    ran = CliRunner().invoke(app, ["read", str(path), "--format", "csv", *more])
    assert ran.exit_code == 0
    return {row["flag"] for row in csv.DictReader(StringIO(ran.stdout))}


def test_the_command_doubts_a_guide_whose_headings_changed_places(tmp_path: Path) -> None:
    right = guide(tmp_path / "right.pdf", ("Facility Payment", "Non-Facility Payment"))
    wrong = guide(tmp_path / "wrong.pdf", ("Limiting Charge", "Facility Payment"))
    assert flags(right) == {""}
    said = "CMS has the figures of this column as"
    assert flags(wrong) == {f"{said} facility payment in 2025", f"{said} nonfacility payment in 2025"}
    assert {cell.flag for cell in feebook.read(wrong).cells} == flags(wrong)
    assert flags(wrong, "--datasets", str(tmp_path / "none")) == {""}


@pytest.mark.skipif(not (SHARED / "guides").is_dir(), reason="needs the drawn guides in ../shared/guides")
def test_no_cell_of_the_drawn_guides_is_doubted_without_need(root: Path) -> None:
    readings = []
    for path in sorted((SHARED / "guides").glob("*.pdf")):
        try:
            readings.append(read(path))
        except Refused:
            continue
    assert sum(len(one.cells) for one in readings) > 4_000
    assert witnessed(readings, root / "datasets") == readings


def test_without_packages_a_reading_stays_as_it_is(tmp_path: Path) -> None:
    one = read(guide(tmp_path / "wrong.pdf", ("Limiting Charge", "Facility Payment")))
    assert witnessed([one], tmp_path / "none") == [one]


@pytest.mark.parametrize("count", [0, 2])
def test_every_reading_comes_back_in_its_place(root: Path, tmp_path: Path, count: int) -> None:
    one = read(guide(tmp_path / "right.pdf", ("Facility Payment", "Non-Facility Payment")))
    assert witnessed([one] * count, root / "datasets") == [one] * count


def test_figures_that_only_their_own_heading_has_settle_a_doubt_about_headings() -> None:
    said = columns(*((f"{site}_payment", "", payments(site)) for site in SITES))
    doubted = [replace(c, flag=other_doubts("the headings may also be read as Office")) for c in said]
    assert proven(judge(doubted, KNOWN).findings, KNOWN) == {0, 1, 2, 3, 4, 5}


def test_figures_of_two_codes_and_figures_of_another_heading_settle_nothing() -> None:
    two = [c for c in columns(("facility_payment", "", payments("facility"))) if c.code != "93571"]
    other = columns(("nonfacility_payment", "", payments("facility")))
    assert proven(judge(two, KNOWN).findings, KNOWN) == set()
    assert proven(judge(other, KNOWN).findings, KNOWN) == set()


def test_figures_that_cms_has_under_both_headings_settle_nothing() -> None:
    known = held(*(row | {"nonfacility_payment": row["facility_payment"]} for row in rows(MARCH)))
    said = columns(("facility_payment", "", payments("facility")))
    assert proven(judge(said, known).findings, known) == set()


def test_one_misprint_leaves_the_doubt() -> None:
    first, second, _ = payments("facility")
    assert proven(judge(columns(("facility_payment", "", [first, second, "70.91"])), KNOWN).findings, KNOWN) == set()


@pytest.mark.parametrize(
    ("flag", "left"),
    [
        (
            "the headings may also be read as MD; two columns hold codes, and no heading says whose the figures are",
            "",
        ),
        ("the heading does not say facility or office", ""),
        ("the heading does not say facility or office, and no dollars prove it",) * 2,
        (
            "expected 86.21 = 2.59 x 33.2875; the heading does not say facility or office",
            "expected 86.21 = 2.59 x 33.2875",
        ),
        ("", ""),
    ],
)
def test_only_doubts_about_headings_can_be_settled(flag: str, left: str) -> None:
    assert other_doubts(flag) == left


def test_short_columns_of_one_table_without_a_figure_of_cms_count_together() -> None:
    three = [("work_rvu", "", ["8.13", "8.13", "8.13"]), ("malpractice_rvu", "", ["3.1", "3.1", "3.1"])]
    lone = columns(*three)[0::3]
    assert doubts(lone) == ["", ""]
    more = columns(*three, ("facility_total_rvu", "", ["51.13", "51.13", "51.13"]))[0::3]
    assert doubts(more) == ["CMS has none of the figures of this column"] * 3
