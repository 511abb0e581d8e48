"""Figures set to another height of wrapped rows than their codes: read where the lines prove whose they are."""

from __future__ import annotations

from pathlib import Path

from feebook.guides.box import Box
from feebook.guides.straying import ABOVE, BELOW, EITHER, STRAY, are_astray, side_of_figures
from feebook.guides.tables import Crossing
from tests.guides.placed import Placed, cells_of, page, right_rows, said

FIGURE = Crossing("$1", Box(0, 0, 1, 1))


def side(lines: str, goes_on: bool = False) -> str:
    """The side of lines from the top: `c` a code alone, `C` one with its figures, `f` figures alone."""
    crossed = [[None, None if line == "c" else FIGURE] for line in lines]
    return side_of_figures([line in "cC" for line in lines], crossed, 1, goes_on)


def test_figures_below_their_codes_follow_each_code_without_figures() -> None:
    assert side("cfcfCcf") == BELOW
    assert side("CfCf") == BELOW


def test_figures_above_their_codes_stand_before_each_code_without_figures() -> None:
    assert side("CfcfcCfc") == ABOVE
    assert side("fcfc") == ABOVE


def test_figures_between_codes_that_neither_order_explains_are_of_either() -> None:
    assert side("Cfcf") == EITHER
    assert side("fcffcf") == EITHER
    assert side("fcfc", goes_on=True) == EITHER


def test_a_value_for_each_row_that_lacks_one_is_sure_on_one_side_of_the_codes() -> None:
    bases = [100.0, 130.0, 160.0]
    assert not are_astray([(117.0, 1), (147.0, 2)], [False, True, True], bases, 8)
    assert are_astray([(117.0, 1), (170.0, 2)], [False, True, True], bases, 8)


def test_a_value_that_no_row_takes_or_a_row_without_one_puts_the_others_in_doubt() -> None:
    bases = [100.0, 130.0, 160.0]
    assert are_astray([(117.0, 1), (147.0, -1)], [False, True, False], bases, 8)
    assert are_astray([(117.0, 1)], [False, True, True], bases, 8)


def test_a_value_level_with_its_code_is_sure_beside_a_blank() -> None:
    assert not are_astray([(123.0, 1)], [False, True, True], [100.0, 130.0, 160.0], 8)


def _wrapped(*rows: tuple[str, str, str]) -> list[Placed]:
    """A row on one line, then rows of wording on two lines, the figures on the first and the codes on the second."""
    found: list[Placed] = [(40.0, 60.0, "Payment 2024")]
    found += right_rows((66, 200, 270), 80, ("CPT", "Facility payment", "Office payment"))
    found += right_rows((66, 200, 270), 98, ("36901", "$160", "$671"))
    for n, (name, *amounts) in enumerate(rows):
        top = 109 + 22 * n
        found += [(300.0, top, "Work on the"), (300.0, top + 10.5, "first vessel"), (41.0, top + 10.5, name)]
        found += right_rows((200, 270), top, amounts)
    return found


def test_figures_above_codes_in_wrapped_rows_are_read(tmp_path: Path) -> None:
    cells = cells_of(tmp_path, page(_wrapped(("36902", "$227", "$990"), ("36903", "$298", "$4,990"))))
    assert said(cells) == [
        ("36901", "facility_payment", "160"),
        ("36901", "nonfacility_payment", "671"),
        ("36902", "facility_payment", "227"),
        ("36902", "nonfacility_payment", "990"),
        ("36903", "facility_payment", "298"),
        ("36903", "nonfacility_payment", "4990"),
    ]


def test_figures_above_codes_of_which_one_has_none_are_in_doubt(tmp_path: Path) -> None:
    rows = (("36902", "$227", "$990"), ("36903", "", ""), ("36904", "$298", "$4,990"))
    cells = cells_of(tmp_path, page(_wrapped(*rows)))
    assert {c.value for c in cells if not c.flag} <= {"160", "671"}
    assert STRAY in {c.flag for c in cells}
