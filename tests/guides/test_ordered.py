"""Headings set far from their figures: read by their order where the cells show it, and in doubt where they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from feebook.guides.box import Box
from feebook.guides.extents import Extent, Piece
from feebook.guides.ordered import in_order
from tests.guides.placed import cells_of, page, right_rows, rows, said

TITLE: Final = [(40.0, 60.0, "Rates CY 2024")]
DUE: Final = [
    ("36901", "facility_payment", "160"),
    ("36901", "nonfacility_payment", "671"),
    ("36901", "asc_payment", "99"),
    ("36902", "facility_payment", "90"),
    ("36902", "nonfacility_payment", "1227"),
    ("36902", "asc_payment", "2990"),
]
FIGURES: Final = [("36901", "$160", "$671", "$99"), ("36902", "$90", "$1,227", "$2,990")]


def test_headings_at_the_left_of_cells_with_figures_at_theright_rows(tmp_path: Path) -> None:
    heads = [(40.0, 90.0, "CPT"), (110.0, 90.0, "Facility"), (250.0, 90.0, "Office"), (390.0, 90.0, "ASC")]
    figures = right_rows((65, 242, 382, 522), 110, *FIGURES)
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *figures]))) == DUE


def test_headings_at_the_right_of_cells_with_figures_at_the_left_under_one_set_to_theright_rows(tmp_path: Path) -> None:
    heads = right_rows((102, 242, 382, 522), 90, ("CPT", "Facility", "Office", "ASC"))
    upper = right_rows((382, 522), 76, ("Physician payment", "Payment"))
    figures = rows((40, 110, 250, 390), 110, *FIGURES)
    assert said(cells_of(tmp_path, page([*TITLE, *upper, *heads, *figures]))) == DUE


def test_headings_beside_a_column_without_one_are_in_doubt_though_as_many(tmp_path: Path) -> None:
    heads = [(40.0, 90.0, "CPT"), (250.0, 90.0, "Office"), (390.0, 90.0, "ASC"), (530.0, 90.0, "Facility")]
    figures = right_rows((65, 242, 382, 522), 110, *FIGURES)
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *figures]))) == []


_COLUMNS: Final = (
    Extent(0, 70, 40, 65),
    Extent(70, 210, 170, 200, False, True),
    Extent(210, 350, 310, 340, False, True),
    Extent(350, 490, 450, 480, False, True),
)


@pytest.mark.parametrize(
    ("lefts", "due"),
    [
        ((40, 75, 210, 350), [0, 1, 2, 3]),
        ((40, 100, 225, 365), []),  # no two as far from the figures before them: 25 of 2.5 sizes
        ((40, 75, 210, 390), []),  # one is set otherwise than the others
        ((40, 205, 345, 485), []),  # past figures that are set to the right
    ],
)
def test_order_counts_where_all_headings_are_set_in_their_cells_in_one_way(
    lefts: tuple[float, ...], due: list[int]
) -> None:
    pieces = [Piece("Office", Box(x, 80, x + 30, 90), 88, 9) for x in lefts]
    assert list(in_order(pieces, _COLUMNS, 1).values()) == due


def test_tables_side_by_side_whose_headings_stand_left_of_codes_and_figures(tmp_path: Path) -> None:
    title = [(40.0, 60.0, "Physician payment in two years")]
    heads = rows(
        (40, 100, 190, 300, 360, 450),
        90,
        ("CPT", "2023 Facility", "2023 Office", "CPT", "2024 Facility", "2024 Office"),
    )
    left, right = (
        [("36901", "$161", "$1,690"), ("36902", "$1,229", "$4,990")],
        [("36901", "$163", "$1,702"), ("36902", "$1,233", "$5,010")],
    )
    body = right_rows((92, 182, 290), 110, *left) + right_rows((352, 442, 550), 110, *right)
    cells = cells_of(tmp_path, page([*title, *heads, *body]))
    assert [(c.table, c.code, c.year, c.measure, c.value) for c in cells if not c.flag] == [
        ("1", "36901", "2023", "facility_payment", "161"),
        ("1", "36901", "2023", "nonfacility_payment", "1690"),
        ("1", "36902", "2023", "facility_payment", "1229"),
        ("1", "36902", "2023", "nonfacility_payment", "4990"),
        ("2", "36901", "2024", "facility_payment", "163"),
        ("2", "36901", "2024", "nonfacility_payment", "1702"),
        ("2", "36902", "2024", "facility_payment", "1233"),
        ("2", "36902", "2024", "nonfacility_payment", "5010"),
    ]
