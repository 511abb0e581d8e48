"""Tables side by side of which the right one begins with an APC, before its codes."""

from __future__ import annotations

from pathlib import Path

from feebook.guides.abreast import NEARER
from tests.guides.placed import Placed, cells_of, page, rows

XS = (40, 90, 180, 240, 330, 370, 430, 500)
HEADS = ("Code", "Service", "Facility", "Non-facility", "APC", "Code", "HOPD", "ASC")
LINES = [
    ("36901", "Service A", "$160", "$671", "5191", "36904", "$3,040", "$1,402"),
    ("36902", "Service B", "$227", "$990", "5192", "36905", "$5,451", "$2,629"),
    ("36903", "Service C", "$298", "$4,990", "5193", "36906", "$10,493", "$6,922"),
]


def items() -> list[Placed]:
    return [(40, 60, "Facsimile with invented wording, CY 2024"), *rows(XS, 100, HEADS, *LINES)]


def said(data: bytes, folder: Path) -> list[tuple[str, str, str, str]]:
    return [(c.code, c.measure, c.value, c.flag) for c in cells_of(folder, data) if c.measure == "apc"]


def test_the_apc_before_the_codes_of_the_right_table_is_theirs_where_the_lines_break(tmp_path: Path) -> None:
    lines = [(x0, y, x1, y) for y in (104, 120, 136, 152) for x0, x1 in ((36, 290), (324, 560))]
    assert said(page(items(), rules=lines), tmp_path) == [
        ("36904", "apc", "5191", ""),
        ("36905", "apc", "5192", ""),
        ("36906", "apc", "5193", ""),
    ]


def test_shades_that_break_between_the_tables_tell_the_same(tmp_path: Path) -> None:
    shades = [(x0, y, x1, y + 12) for y in (91, 107, 123, 139) for x0, x1 in ((36, 290), (324, 560))]
    assert [(code, flag) for code, _, _, flag in said(page(items(), shades=shades), tmp_path)] == [
        ("36904", ""),
        ("36905", ""),
        ("36906", ""),
    ]


def test_without_a_line_the_apc_that_stands_nearer_to_the_other_codes_is_in_doubt(tmp_path: Path) -> None:
    assert [flag for _, _, _, flag in said(page(items()), tmp_path)] == [NEARER] * 3


def test_an_apc_that_stands_nearer_to_its_own_table_is_sure(tmp_path: Path) -> None:
    near = [
        (x - 30 if 320 < x < 340 else x + 20 if x > 340 else x, y, text) for x, y, text in rows(XS, 100, HEADS, *LINES)
    ]
    found = said(page([(40, 60, "Facsimile with invented wording, CY 2024"), *near]), tmp_path)
    assert found == [("36901", "apc", "5191", ""), ("36902", "apc", "5192", ""), ("36903", "apc", "5193", "")]
