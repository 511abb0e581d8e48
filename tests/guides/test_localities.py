"""Titles and headings of amounts that are those of a place."""

from __future__ import annotations

import pytest

from feebook.guides.headings import meanings
from feebook.guides.localities import LOCAL, local_doubt


@pytest.mark.parametrize(
    "line",
    [
        "Physician fee schedule 2025: Manhattan, NY",
        "Geographically adjusted payment 2025",
        "Rest of Texas",
        "Payment rates for Los Angeles (GPCI applied)",
        "Chicago 2025 rates",
        "Locality 05",
    ],
)
def test_a_title_of_a_place_puts_the_amounts_in_doubt(line: str) -> None:
    assert local_doubt([line, "Physician payment 2025"]) == LOCAL


@pytest.mark.parametrize(
    "line",
    [
        "National average, not adjusted for locality",
        "Unadjusted for geographic locality",
        "Boston Northlake Devices 2025",
        "Northlake Devices, Natick, MA 01760",
        "Northlake Devices, Box 64483, Dallas, TX 75201",
        "Payment in an office or a facility",
    ],
)
def test_a_company_and_its_address_are_no_place_of_amounts(line: str) -> None:
    assert local_doubt([line]) == ""


@pytest.mark.parametrize("place", ["San Francisco", "Manhattan, NY", "Rest of Florida"])
def test_a_column_of_a_place_is_read_past(place: str) -> None:
    assert meanings(("Facility payment", place), ()) == ()
    assert [m.measure for m in meanings(("Facility payment", "National"), ())] == ["facility_payment"]
