"""Characters that a file gives no meaning: a dash is told by its shape, a figure that holds another is in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from feebook.guides.unread import IN_FIGURES, UNREAD, in_figures, told
from tests.guides.mapped import document, level
from tests.guides.placed import cells_of

HEADS = [level(40, "Code"), level(160, "Facility payment"), level(300, "Office payment")]
LINES = [("36901", "$160", "$671"), ("36902", "$227", "$990"), ("36903", "$298", "$4,995")]
NO_MEANING = ["0000", "0001", "0014", "FFFD", "FFFE", "E043"]


@pytest.mark.parametrize("meant", NO_MEANING)
def test_an_amount_with_a_digit_of_no_meaning_is_never_read_short(tmp_path: Path, meant: str) -> None:
    given = cells_of(tmp_path, document(LINES, HEADS, {"5": meant}, "2024"))
    found = [(c.code, c.value) for c in given]
    assert ("36903", "4995") not in found
    assert ("36903", "499") not in found
    assert all(IN_FIGURES in c.flag for c in given)
    assert len(given) == 6


@pytest.mark.parametrize("meant", NO_MEANING)
def test_a_year_that_cannot_be_read_leaves_no_cell_sure(tmp_path: Path, meant: str) -> None:
    given = cells_of(tmp_path, document(LINES[:2], HEADS, {"5": meant}, "2025"))
    assert len(given) == 4
    assert all(IN_FIGURES in c.flag for c in given)


@pytest.mark.parametrize("meant", NO_MEANING)
def test_a_bar_at_half_height_is_a_dash(tmp_path: Path, meant: str) -> None:
    lines = [("36901", "$160", "$671"), ("36902", "-", "$990"), ("36903", "$298", "-")]
    given = cells_of(tmp_path, document(lines, HEADS, {"-": meant}, "2024"))
    assert [(c.code, c.measure, c.value, c.status, c.flag) for c in given] == [
        ("36901", "facility_payment", "160", "", ""),
        ("36901", "nonfacility_payment", "671", "", ""),
        ("36902", "facility_payment", "", "not_applicable", ""),
        ("36902", "nonfacility_payment", "990", "", ""),
        ("36903", "facility_payment", "298", "", ""),
        ("36903", "nonfacility_payment", "", "not_applicable", ""),
    ]


def test_letters_of_no_meaning_in_wording_leave_the_figures_sure(tmp_path: Path) -> None:
    given = cells_of(tmp_path, document(LINES, HEADS, {"w": "0001"}, "2024"))
    assert [c.flag for c in given] == [""] * 6


@pytest.mark.parametrize(
    ("number", "fault", "long", "low", "tall", "due"),
    [
        (0x02, False, 0.3, 0.2, 0.1, "-"),
        (0x02, True, 0.5, 0.0, 0.7, UNREAD),
        (0x05, True, 0.5, 0.25, 0.06, "–"),
        (0x05, True, 0.5, -0.1, 0.06, UNREAD),
        (0x05, True, 0.4, 0.4, 0.35, "*"),
        (0x05, True, 0.4, 0.0, 0.93, "†"),
        (0xF734, False, 0.5, -0.2, 0.6, "4"),
        (0, False, 0.0, 0.0, 0.0, ""),
    ],
)
def test_a_shape_is_told_only_where_it_can_be_no_other(
    number: int, fault: bool, long: float, low: float, tall: float, due: str
) -> None:
    assert told(number, fault, long, low, tall) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [(f"$1{UNREAD}4", True), (f"{UNREAD * 4}", True), (f"o{UNREAD}ce", False), (UNREAD, False), ("$184", False)],
)
def test_words_that_may_be_figures_are_told(text: str, due: bool) -> None:
    assert in_figures([text]) is due
