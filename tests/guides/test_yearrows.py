"""A row for each year under a code: the year of a cell is that of its row; a row of changes is no year's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guides.placed import Placed, cells_of, page, rows

TITLE: Placed = (40.0, 60.0, "Rates in 2024 and 2025")
XS = (40, 140, 240, 380)
HEADS = ("CPT", "Year", "Facility payment", "Office payment")
LINES = [
    ("36901", "2024", "$163", "$692"),
    ("", "2025", "$160", "$671"),
    ("", "Change", "-$3", "$21"),
    ("36902", "2024", "$233", "$1,183"),
    ("", "2025", "$227", "$1,113"),
    ("", "Change", "-$6", "$70"),
]
DUE = [
    ("36901", "2024", "facility_payment", "163"),
    ("36901", "2024", "nonfacility_payment", "692"),
    ("36901", "2025", "facility_payment", "160"),
    ("36901", "2025", "nonfacility_payment", "671"),
    ("36902", "2024", "facility_payment", "233"),
    ("36902", "2024", "nonfacility_payment", "1183"),
    ("36902", "2025", "facility_payment", "227"),
    ("36902", "2025", "nonfacility_payment", "1113"),
]


def given(folder: Path, data: bytes) -> list[tuple[str, str, str, str]]:
    return [(c.code, c.year, c.measure, c.value) for c in cells_of(folder, data) if not c.flag]


@pytest.mark.parametrize("first", [True, False])
def test_a_code_merged_over_the_rows_of_its_years(tmp_path: Path, first: bool) -> None:
    """The code, or the year, may stand first."""
    order = (0, 1, 2, 3) if first else (1, 0, 2, 3)
    lines = [tuple(line[j] for j in order) for line in (HEADS, *LINES)]
    xs = (36, 136, 236, 376, 500)
    level: list[tuple[float, ...]] = [(36, y, 500, y) for y in (88, 104, 152, 200)]
    merged = order.index(0)
    for y in (120, 136, 168, 184):
        level += [(xs[j], y, xs[j + 1], y) for j in range(4) if j != merged]
    rules = [*level, *((x, 88, x, 200) for x in xs)]
    assert given(tmp_path, page([TITLE, *rows(XS, 100, *lines)], rules=rules)) == DUE


def test_a_code_repeated_in_the_rows_of_its_years(tmp_path: Path) -> None:
    lines = [(code, *LINES[n][1:]) for n, code in ((0, "36901"), (1, "36901"), (3, "36902"), (4, "36902"))]
    assert given(tmp_path, page([TITLE, *rows(XS, 100, HEADS, *lines)])) == DUE


def test_a_row_that_names_no_year_among_years_is_in_doubt(tmp_path: Path) -> None:
    lines = [("36901", "2024", "$163", "$692"), ("36902", "2025", "$227", "$1,113"), ("36903", "see", "$298", "$4,990")]
    cells = cells_of(tmp_path, page([TITLE, *rows(XS, 100, HEADS, *lines)]))
    assert [c.code for c in cells if "the row does not name its year as the others do" in c.flag] == ["36903", "36903"]
