"""Rows of 26 and TC without a code of their own: they are of the code before them, wherever the page breaks."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Literal

import pytest

from feebook.guides.cells import Cell
from feebook.guides.partruns import PARTS, runs_of_parts
from feebook.guides.read import read
from tests.draw import Style, Table, document
from tests.guides.placed import cells_of, page, rows

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


WORDS = (
    ("Global", "26 (professional)", "TC (technical)"),
    ("Global fee", "Professional", "Technical"),
    ("–", "Professional (26)", "Technical (TC)"),
)


@pytest.mark.parametrize("rules", ["all", "across", "none"])
@pytest.mark.parametrize("heading", ["Part", "Billed as", "Description"])
@pytest.mark.parametrize("words", WORDS)
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


FIGURES = {
    "93306": (("1.46", "$186"), ("1.46", "$65"), ("0.00", "$121")),
    "93308": (("0.53", "$92"), ("0.53", "$24"), ("0.00", "$68")),
    "93312": (("2.30", "$222"), ("2.30", "$99"), ("0.00", "$123")),
}


def placed_parts(folder: Path, order: tuple[int, ...], at: int, alone: str = "") -> list[tuple[str, str, str, bool]]:
    """Code, modifier, payment and whether sure, of codes on one line of their parts; `alone` is one of one part."""
    lines = []
    for code, figures in FIGURES.items():
        own = order[:1] if code == alone else order
        for n, part in enumerate(own):
            lines.append((code if n == min(at, len(own) - 1) else "", WORDS[0][part], *figures[part]))
    body = rows((40, 110, 230, 310), 100, ("CPT", "Part", "Work RVU", "Facility payment"), *lines, step=12)
    cells = cells_of(folder, page([(40.0, 60.0, "Medicare payment 2025"), *body]))
    return [(c.code, c.modifier, c.value, not c.flag) for c in cells if c.measure == "facility_payment"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("at", range(3))
def test_parts_may_come_in_any_order_with_the_code_on_any_of_their_lines(
    tmp_path: Path, order: tuple[int, ...], at: int
) -> None:
    due = [
        (code, ("", "26", "TC")[part], figures[part][1].strip("$"), True)
        for code, figures in FIGURES.items()
        for part in order
    ]
    assert placed_parts(tmp_path, order, at) == due


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize("alone", FIGURES)
def test_a_code_of_one_part_among_others_leaves_nothing_wrong(
    tmp_path: Path, order: tuple[int, ...], at: int, alone: str
) -> None:
    due = {
        (code, ("", "26", "TC")[part], figure.strip("$"))
        for code, figures in FIGURES.items()
        for part, (_, figure) in enumerate(figures)
    }
    assert {cell[:3] for cell in placed_parts(tmp_path, order, at, alone) if cell[3]} <= due


def test_lines_that_two_places_of_the_code_explain_have_two_ways() -> None:
    ways = runs_of_parts(["26", "", "TC", "26"], [True, False, False, True], goes_on=False)
    assert ways == [[[0, 1, 2], [3]], [[0], [1, 2, 3]]]


def test_where_a_table_goes_on_its_first_lines_are_of_the_code_before() -> None:
    names, coded = ["26", "TC", ""], [False, False, True]
    assert runs_of_parts(names, coded, goes_on=True) == [[[0, 1], [2]]]
    assert runs_of_parts(names, coded, goes_on=False) == [[[0, 1, 2]]]


def test_lines_of_parts_that_no_one_place_of_the_code_explains_are_in_doubt(tmp_path: Path) -> None:
    parts = [("93306", "26"), ("", "TC"), ("", "26"), ("", "TC"), ("93308", "Global"), ("93312", "26"), ("", "TC")]
    lines = [(*part, f"${20 + n}") for n, part in enumerate(parts)]
    body = rows((40, 110, 230), 100, ("CPT", "Modifier", "Facility payment"), *lines, step=12)
    cells = cells_of(tmp_path, page([(40.0, 60.0, "Medicare payment 2025"), *body]))
    assert {c.value: c.flag for c in cells} == {"20": "", "21": PARTS, "24": "", "25": "", "26": PARTS}
