"""Codes across the top: each heads a column, each row says what its figures measure; invented wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from feebook.guides.read import Refused
from tests.guides.placed import Placed, Sized, cells_of, page, rows, said

FACTOR: Placed = (40.0, 60.0, "Physician payment 2024, conversion factor 32.7442")
XS = (40, 260, 340)
BODY = (
    ("Work RVU", "1.80", "1.44"),
    ("Facility payment", "$85", "$67"),
    ("Office payment", "$912", "$145"),
    ("ASC payment indicator", "N1", "N1"),
)
DUE = [
    (code, measure, line[n].strip("$"))
    for n, code in ((1, "37252"), (2, "37253"))
    for measure, line in zip(
        ("work_rvu", "facility_payment", "nonfacility_payment", "asc_indicator"), BODY, strict=True
    )
]


def boxes(top: float, lines: int) -> list[tuple[float, float, float, float]]:
    """Rules around every cell of lines 16 points high."""
    level = [(36, top + 16 * n, 400, top + 16 * n) for n in range(lines + 1)]
    return [*level, *((x, top, x, top + 16 * lines) for x in (36, 256, 336, 400))]


@pytest.mark.parametrize("first", ["Measure", "Item", "Setting", "", "CPT code", "Medicare 2024"])
@pytest.mark.parametrize("ruled", [True, False])
def test_the_first_column_is_headed_in_any_words_and_a_title_prints_the_factor(
    tmp_path: Path, first: str, ruled: bool
) -> None:
    items = [FACTOR, *rows(XS, 100, (first, "37252", "37253"), *BODY)]
    cells = cells_of(tmp_path, page(items, rules=boxes(89, 5) if ruled else ()))
    assert said(cells) == DUE
    assert {(c.year, c.flag) for c in cells} == {("2024", "")}


@pytest.mark.parametrize("ruled", [True, False])
def test_a_word_for_codes_stands_before_each(tmp_path: Path, ruled: bool) -> None:
    items = [FACTOR, *rows(XS, 100, ("Measure", "CPT 37252", "CPT 37253"), *BODY)]
    assert said(cells_of(tmp_path, page(items, rules=boxes(89, 5) if ruled else ()))) == DUE


def test_a_line_that_only_names_a_schedule_heads_the_rows_under_it_without_doubt(tmp_path: Path) -> None:
    body = (
        ("ASC", "", ""),
        ("Payment", "$1,486", "$1,512"),
        ("Hospital outpatient", "", ""),
        ("Payment", "$3,108", "$3,207"),
    )
    items = [FACTOR, *rows(XS, 100, ("Measure", "93458", "93459"), *body)]
    assert said(cells_of(tmp_path, page(items))) == [
        ("93458", "asc_payment", "1486"),
        ("93458", "opps_payment", "3108"),
        ("93459", "asc_payment", "1512"),
        ("93459", "opps_payment", "3207"),
    ]


def test_a_line_of_codes_and_words_alone_has_no_columns_of_figures(tmp_path: Path) -> None:
    items = [FACTOR, *rows(XS, 76, ("Measure", "37252", ""), ("Wording", "made up", ""))]
    with pytest.raises(Refused):
        cells_of(tmp_path, page(items))


def test_a_shaded_title_over_codes_side_by_side_heads_no_row_of_codes(tmp_path: Path) -> None:
    over: list[Sized] = [(40.0, 32.0, "Quick sheet: vessel imaging", 15.0), (40.0, 44.0, "Facsimile for testing", 7.0)]
    table = rows((40, 150, 208), 81, ("Medicare 2024", "+37252", "+37253"), *BODY, step=18)
    cells = cells_of(tmp_path, page([*over, *table], shades=[(0, 0, 396, 50), (24, 70, 366, 88)]))
    assert said(cells) == DUE
    assert {cell.add_on for cell in cells} == {"1"}
