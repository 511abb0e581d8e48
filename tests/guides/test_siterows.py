"""A row for each setting under a code: what a figure measures is told by its row. Group lines that hold for codes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.guides.placed import Placed, cells_of, flags, page, rows, said

TITLE: Placed = (40.0, 60.0, "Medicare rates of 2024 and 2025")
ONE: Placed = (40.0, 60.0, "Medicare rates of 2025")
XS = (40, 110, 300, 400)
HEADS = ("CPT", "Site of service", "2024", "2025")
LINES: Final[list[tuple[str, ...]]] = [
    ("64561", "Physician (office)", "$732", "$693"),
    ("", "Physician (hospital)", "$302", "$294"),
    ("", "Hospital outpatient", "$6,516", "$6,563"),
    ("", "ASC", "NA", "$5,218"),
    ("64590", "Physician (office)", "$442", "$402"),
    ("", "Physician (hospital)", "$294", "$287"),
    ("", "Hospital outpatient", "$20,843", "$21,444"),
    ("", "ASC", "$18,989", "$19,672"),
]
MEASURES = ("nonfacility_payment", "facility_payment", "opps_payment", "asc_payment")


def merged(lines: list[tuple[str, ...]]) -> bytes:
    """A ruled page on which a code is merged over the rows of its settings."""
    ys = [88, *(104 + 16 * n for n in range(len(lines) + 1))]
    xs = (36, 106, 296, 396, 500)
    starts = {0, *(n + 1 for n, line in enumerate(lines) if line[0]), len(lines) + 1}
    level: list[tuple[float, ...]] = [(36 if n in starts else 106, y, 500, y) for n, y in enumerate(ys)]
    rules = [*level, *((x, 88, x, ys[-1]) for x in xs)]
    return page([TITLE, *rows(XS, 100, HEADS, *lines)], rules=rules)


def test_each_row_names_its_setting(tmp_path: Path) -> None:
    found = [(c.code, c.year, c.measure, c.value or c.status, c.flag) for c in cells_of(tmp_path, merged(LINES))]
    assert found == [
        (code, year, measure, value.replace("$", "").replace(",", "").replace("NA", "not_applicable"), "")
        for code, first in (("64561", 0), ("64590", 4))
        for measure, line in zip(MEASURES, LINES[first : first + 4], strict=True)
        for year, value in zip(("2024", "2025"), line[2:], strict=True)
    ]


def test_a_hospital_among_offices_may_be_where_the_physician_works(tmp_path: Path) -> None:
    lines = [line for n, line in enumerate(LINES) if n % 4 in (0, 2)]
    lines = [(code, name.replace("Physician (office)", "Office"), *rest) for code, name, *rest in lines]
    found = cells_of(tmp_path, merged(lines))
    doubt = "the row names a facility, and nothing says that its figures are not the physician's there"
    assert {(c.measure, c.flag) for c in found} == {("nonfacility_payment", ""), ("opps_payment", doubt)}


def test_settings_beside_headings_that_name_a_site_stay_in_doubt(tmp_path: Path) -> None:
    heads = ("CPT", "Setting", "Office payment", "Facility payment")
    lines = [("64561", "Hospital", "NA", "$294"), ("64590", "Office", "$402", "$287")]
    found = cells_of(tmp_path, page([ONE, *rows(XS, 100, heads, *lines)]))
    assert flags(found) == {"each row names a setting of its own"}


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("APC 5463 — status J1", {"apc": "5463", "opps_status_indicator": "J1"}),
        ("APC 5463 (SI: J1)", {"apc": "5463", "opps_status_indicator": "J1"}),
        ("APC 5463 Level 3 device", {"apc": "5463"}),
        ("APC 5463, status X9", {"apc": "5463"}),
    ],
)
def test_a_group_line_gives_its_codes_an_apc_and_its_indicator(tmp_path: Path, line: str, due: dict[str, str]) -> None:
    items = [
        ONE,
        *rows((40, 110, 300), 100, ("CPT", "Service", "OPPS payment")),
        (40.0, 116.0, line),
        *rows((40, 110, 300), 132, ("64561", "Lead A", "$6,563"), ("64581", "Lead B", "$6,563")),
    ]
    found = said(cells_of(tmp_path, page(items)))
    assert [entry for entry in found if entry[1] != "opps_payment"] == [
        (code, measure, value) for code in ("64561", "64581") for measure, value in due.items()
    ]
