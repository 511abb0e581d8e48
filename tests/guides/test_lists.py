"""Tables of APCs first: one line of figures for a list of codes, set to any side and on several lines."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.guides.placed import Placed, cells_of, page, right_rows, rows, said

TITLE: Final = [(40.0, 60.0, "Hospital outpatient rates CY 2025")]
HEADS: Final = rows((40, 100, 160, 260), 90, ("APC", "SI", "OPPS payment", "CPT codes"))


def _due(*lines: tuple[str, str, str, str]) -> set[tuple[str, str, str]]:
    """The cells of lines of an APC, its indicator, its payment and its codes."""
    measures = ("apc", "opps_status_indicator", "opps_payment")
    return {
        (code, measure, value)
        for *values, codes in lines
        for code in codes.split()
        for measure, value in zip(measures, values, strict=True)
    }


def test_lists_of_codes_set_to_the_right(tmp_path: Path) -> None:
    lines = [("5192", "J1", "$5,702"), ("5193", "J1", "$11,341"), ("5464", "S", "$21,444")]
    listed = right_rows((400,), 110, ("37220, 36902",), ("36903",), ("63650, 63655, 63663",))
    cells = said(cells_of(tmp_path, page([*TITLE, *HEADS, *rows((40, 100, 160), 110, *lines), *listed])))
    assert set(cells) == _due(
        ("5192", "J1", "5702", "37220 36902"),
        ("5193", "J1", "11341", "36903"),
        ("5464", "S", "21444", "63650 63655 63663"),
    )


def _wrapped(top: float, codes: tuple[str, str], values: tuple[str, str, str]) -> list[Placed]:
    """A list of codes on two lines, its values beside the middle of them."""
    return [(260.0, top, codes[0]), (260.0, top + 11, codes[1]), *rows((40, 100, 160), top + 5.5, values)]


def test_lists_on_two_lines_beside_figures_at_the_middle_between_rules(tmp_path: Path) -> None:
    first = _wrapped(110, ("31510 31529 31536", "31628 31630"), ("5154", "J1", "$3,687"))
    single = rows((40, 100, 160, 260), 142, ("5378", "J1", "$20,129", "54416"))
    last = _wrapped(162, ("76145 91020 91038", "95709 95714"), ("5723", "S", "$531"))
    rules = [(36, y, 400, y) for y in (98, 128, 150, 180)]
    cells = said(cells_of(tmp_path, page([*TITLE, *HEADS, *first, *single, *last], rules=rules)))
    assert set(cells) == _due(
        ("5154", "J1", "3687", "31510 31529 31536 31628 31630"),
        ("5378", "J1", "20129", "54416"),
        ("5723", "S", "531", "76145 91020 91038 95709 95714"),
    )


def test_lists_on_two_lines_of_which_nothing_says_where_they_end_give_nothing_sure(tmp_path: Path) -> None:
    first = _wrapped(110, ("31510 31529 31536", "31628 31630"), ("5154", "J1", "$3,687"))
    second = _wrapped(132, ("76145 91020 91038", "95709 95714"), ("5723", "S", "$531"))
    third = _wrapped(154, ("43647 61715 61888", "64553 64569"), ("5463", "J1", "$12,470"))
    cells = said(cells_of(tmp_path, page([*TITLE, *HEADS, *first, *second, *third])))
    assert set(cells) <= _due(
        ("5154", "J1", "3687", "31510 31529 31536 31628 31630"),
        ("5723", "S", "531", "76145 91020 91038 95709 95714"),
        ("5463", "J1", "12470", "43647 61715 61888 64553 64569"),
    )


def test_drg_numbers_at_the_left_of_wide_cells_are_under_their_heading(tmp_path: Path) -> None:
    heads = rows((70, 170, 330, 430), 90, ("MS-DRG", "Group", "Relative weight", "Payment"))
    lines = rows((40, 120, 340, 435), 110, ("469", "Joint", "3.0602", "$21,003"), ("470", "Joint", "1.8952", "$13,007"))
    cells = said(cells_of(tmp_path, page([(40.0, 60.0, "Inpatient payment FY 2025"), *heads, *lines])))
    assert cells == [
        ("469", "drg_weight", "3.0602"),
        ("469", "drg_payment", "21003"),
        ("470", "drg_weight", "1.8952"),
        ("470", "drg_payment", "13007"),
    ]
