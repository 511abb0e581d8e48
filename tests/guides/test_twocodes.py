"""Rows of two codes: the physician's and, beside it, the hospital's; labelled facsimiles with invented wording."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.guides.placed import Placed, cells_of, flags, page, rows, said

TITLE: Final[Placed] = (40.0, 60.0, "Medicare rates of 2025")
XS = (44, 104, 184, 254, 324, 394, 444)
UPPER = [(150.0, 100.0, "Physician"), (354.0, 100.0, "Hospital outpatient")]
HEADS = ("CPT", "Wording", "Office", "Facility", "HCPCS", "APC", "Payment")
LINES = [
    ("52441", "Implant", "$1,162", "$202", "C9739", "5375", "$5,084"),
    ("52442", "Further", "$792", "$49", "", "", ""),
    ("53854", "Steam", "$1,551", "$374", "53854", "5374", "$3,449"),
]
TWO = "two columns hold codes, and no heading says whose the figures are"


def ruled(right: float) -> list[tuple[float, ...]]:
    """Rules around every cell of the table, and around the two headings over its groups."""
    level = [(40.0, y, right, y) for y in (88.0, 104.0, 120.0, 136.0, 152.0, 168.0)]
    upright = [(x, 104.0, x, 168.0) for x in (40.0, 100.0, 180.0, 250.0, 320.0, 390.0, 440.0, right)]
    return [*level, *upright, *((x, 88.0, x, 104.0) for x in (40.0, 320.0, right))]


def test_the_columns_under_the_heading_of_the_second_codes_are_theirs(tmp_path: Path) -> None:
    items = [TITLE, *UPPER, *rows(XS, 116, HEADS, *LINES)]
    assert said(cells_of(tmp_path, page(items, rules=ruled(500.0)))) == [
        ("52441", "nonfacility_payment", "1162"),
        ("52441", "facility_payment", "202"),
        ("52442", "nonfacility_payment", "792"),
        ("52442", "facility_payment", "49"),
        ("53854", "nonfacility_payment", "1551"),
        ("53854", "facility_payment", "374"),
        ("C9739", "apc", "5375"),
        ("C9739", "opps_payment", "5084"),
        ("53854", "apc", "5374"),
        ("53854", "opps_payment", "3449"),
    ]


def test_codes_of_services_side_by_side_without_such_a_heading_are_in_doubt(tmp_path: Path) -> None:
    xs = (40, 100, 220, 330, 420)
    heads = ("CPT", "C-code", "Physician facility", "OPPS payment", "ASC payment")
    lines = [("37220", "C9764", "$86", "$4,000", "$2,000"), ("37221", "C9765", "$96", "$5,000", "$3,000")]
    assert flags(cells_of(tmp_path, page([TITLE, *rows(xs, 100, heads, *lines)]))) == {TWO}


def test_codes_of_devices_beside_the_service_change_nothing(tmp_path: Path) -> None:
    xs = (40, 100, 220, 330)
    heads = ("CPT", "C-code", "Physician facility", "OPPS payment")
    lines = [("64590", "C1767", "$86", "$4,000"), ("64561", "C1778", "$96", "$5,000")]
    assert flags(cells_of(tmp_path, page([TITLE, *rows(xs, 100, heads, *lines)]))) == {""}
