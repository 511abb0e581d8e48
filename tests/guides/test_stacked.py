"""Ruled cells that hold several codes on lines of their own, and beside them a value level with each."""

from __future__ import annotations

from pathlib import Path

import pytest

from feebook.guides.stacked import OFF
from tests.guides.placed import Placed, cells_of, page, rows

TITLE: Placed = (40.0, 60.0, "Facsimile of a guide")
XS = (40, 140, 200, 300, 360)
HEADS = ("Service line", "CPT", "2023 physician", "APC", "2023 hospital outpatient")
UNDER = ("", "", "payment (facility)", "", "payment")
SIDES = (36, 136, 196, 296, 356, 480)
STEP = 14.0
FOUR = (
    ("Service A", "33212", "$322", "5222", "$8,163"),
    ("", "33213", "$337", "5223", "$10,329"),
    ("", "33214", "$481", "5223", "$10,329"),
    ("", "+33225", "$463", "—", "Packaged"),
)
THREE = (("Service B", "33206", "$456"), ("", "33207", "$479"), ("", "33208", "$519"))


def read_of(folder: Path, apc: float, heads: tuple[str, ...] = HEADS) -> list[tuple[str, ...]]:
    """Code, year, measure, value or status, and flag on a page of a group of four codes over one of three.

    The one APC and rate of the three stand at `apc` lines below the first.
    """
    base = 132 + 4 * STEP + 8
    items = [TITLE, *rows(XS, 96, heads, UNDER, step=12), *rows(XS, 132, *FOUR, step=STEP)]
    items += rows(XS[:3], base, *THREE, step=STEP)
    items += rows(XS[3:], base + apc * STEP, ("5223", "$10,329"))
    ends = (82, 118, base - 12, base + 3 * STEP - 4)
    rules = [*((SIDES[0], y, SIDES[-1], y) for y in ends), *((x, ends[0], x, ends[-1]) for x in SIDES)]
    found = cells_of(folder, page(items, rules=rules))
    return [(c.code, c.year, c.measure, c.value or c.status, c.flag) for c in found]


def test_a_value_is_of_the_code_level_with_it_and_one_in_the_middle_is_of_all(tmp_path: Path) -> None:
    assert read_of(tmp_path, 1) == [
        (code, "2023", measure, value, "")
        for code, *values in (
            ("33212", "322", "5222", "8163"),
            ("33213", "337", "5223", "10329"),
            ("33214", "481", "5223", "10329"),
            ("33225", "463", "not_applicable", "packaged"),
            ("33206", "456", "5223", "10329"),
            ("33207", "479", "5223", "10329"),
            ("33208", "519", "5223", "10329"),
        )
        for measure, value in zip(("facility_payment", "apc", "opps_payment"), values, strict=True)
    ]


@pytest.mark.parametrize("line", [0, 2])
def test_one_value_level_with_a_first_or_last_code_may_be_of_it_alone(tmp_path: Path, line: float) -> None:
    found = [cell for cell in read_of(tmp_path, line) if cell[0] in ("33206", "33207", "33208")]
    assert {measure: flag for _, _, measure, _, flag in found} == {
        "facility_payment": "",
        "apc": OFF,
        "opps_payment": OFF,
    }


def test_an_apc_has_no_year_where_the_headings_beside_it_print_two(tmp_path: Path) -> None:
    heads = (*HEADS[:2], "2022 physician", *HEADS[3:])
    assert {(year, flag) for _, year, measure, _, flag in read_of(tmp_path, 1, heads) if measure == "apc"} == {
        ("", "the guide prints no year")
    }
