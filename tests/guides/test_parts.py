"""Rows of 26 and TC without a code of their own: they are of the code before them, wherever the page breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from feebook.guides.cells import Cell
from feebook.guides.read import read
from tests.draw import Style, Table, document

HEADING = ("CPT", "Modifier", "Work RVU", "Facility payment", "Office payment")
ROWS = (
    ("93306", "", "1.46", "$186", "$186"),
    ("", "26", "1.46", "$65", "$65"),
    ("", "TC", "0.00", "$121", "$121"),
    ("93308", "", "0.53", "$92", "$92"),
    ("", "26", "0.53", "$24", "$24"),
    ("", "TC", "0.00", "$68", "$68"),
)
DUE = [
    (f"{code}{part}", measure, value.strip("$"))
    for (_, _, *values), (code, part) in zip(
        ROWS, [(c, p) for c in ("93306", "93308") for p in ("", "-26", "-TC")], strict=True
    )
    for measure, value in zip(("work_rvu", "facility_payment", "nonfacility_payment"), values, strict=True)
]


def cells(folder: Path, pages: list[list[Table]], rules: Literal["all", "across", "down", "none"]) -> list[Cell]:
    path = folder / "facsimile.pdf"
    path.write_bytes(document(pages, Style(rules=rules)))
    return list(read(path).cells)


def said(given: list[Cell]) -> list[tuple[str, str, str]]:
    return [(f"{c.code}-{c.modifier}".rstrip("-"), c.measure, c.value) for c in given if not c.flag]


@pytest.mark.parametrize("rules", ["all", "across", "none"])
@pytest.mark.parametrize("parted", [2, 3, 4, 5])
def test_where_the_page_breaks_changes_nothing(
    tmp_path: Path, rules: Literal["all", "across", "none"], parted: int
) -> None:
    tables = [Table("Payment CY 2025", (HEADING,), rows) for rows in (ROWS[:parted], ROWS[parted:])]
    assert said(cells(tmp_path, [[table] for table in tables], rules)) == DUE


def test_a_column_of_modifiers_that_is_empty_on_its_first_page_leaves_nothing_wrong(tmp_path: Path) -> None:
    pages = [[Table("Payment CY 2025", (HEADING,), rows)] for rows in (ROWS[:1], ROWS[1:])]
    assert set(said(cells(tmp_path, pages, "none"))) <= set(DUE)


@pytest.mark.parametrize("rules", ["all", "across", "none"])
def test_the_modifier_may_stand_where_the_code_would(tmp_path: Path, rules: Literal["all", "across", "none"]) -> None:
    rows = tuple((code or f"-{part}", *values) for code, part, *values in ROWS)
    heading = (HEADING[0], *HEADING[2:])
    tables = [Table("Payment CY 2025", (heading,), some) for some in (rows[:4], rows[4:])]
    assert said(cells(tmp_path, [[table] for table in tables], rules)) == DUE


def test_under_other_headings_they_are_of_no_code(tmp_path: Path) -> None:
    other = (*HEADING[:3], "OPPS payment", "ASC payment")
    tables = [Table("Payment CY 2025", (HEADING,), ROWS[:4]), Table("Payment CY 2025", (other,), ROWS[4:])]
    assert said(cells(tmp_path, [[table] for table in tables], "all")) == DUE[:12]


PARTS = (
    ("Global", "26 (professional)", "TC (technical)"),
    ("Global fee", "Professional", "Technical"),
    ("–", "Professional (26)", "Technical (TC)"),
)


@pytest.mark.parametrize("rules", ["all", "across", "none"])
@pytest.mark.parametrize("heading", ["Part", "Billed as", "Description"])
@pytest.mark.parametrize("words", PARTS)
def test_a_column_whose_cells_name_parts_of_a_service_gives_the_modifier(
    tmp_path: Path, rules: Literal["all", "across", "none"], heading: str, words: tuple[str, str, str]
) -> None:
    rows = tuple((code, words[n % 3], *values) for n, (code, _, *values) in enumerate(ROWS))
    head = (HEADING[0], heading, *HEADING[2:])
    tables = [Table("Payment CY 2025", (head,), some) for some in (rows[:4], rows[4:])]
    assert said(cells(tmp_path, [[table] for table in tables], rules)) == DUE


def test_a_column_of_part_numbers_gives_no_modifier(tmp_path: Path) -> None:
    numbers = ("PX-26", "26-114", "TC-9", "PX-27", "26-115", "TC-10")
    rows = tuple((f"9330{n}", numbers[n], *values) for n, (_, _, *values) in enumerate(ROWS))
    given = cells(tmp_path, [[Table("Payment CY 2025", ((HEADING[0], "Part", *HEADING[2:]),), rows)]], "none")
    assert {c.modifier for c in given} == {""}
    assert len(given) == 18
