"""F and NF in brackets: F is the facility only where a heading beside it says the same of NF."""

from __future__ import annotations

from pathlib import Path

from tests.guides.placed import Placed, cells_of, page, rows

TITLE: list[Placed] = [(40.0, 60.0, "Medicare payment 2023")]
XS = (40, 120, 200, 290, 380)
LINES = [("49591", "9.77", "NA", "$331.08", "NA"), ("49082", "2.06", "6.01", "$69.81", "$203.66")]


def measures(folder: Path, *heads: str) -> list[str]:
    cells = cells_of(folder, page([*TITLE, *rows(XS, 100, ("CPT", *heads)), *rows(XS, 116, *LINES)]))
    return [c.measure for c in cells if c.code == "49591" and not c.flag]


def test_a_letter_beside_its_twin_is_the_facility(tmp_path: Path) -> None:
    assert measures(tmp_path, "Total RVU (F)", "Total RVU (NF)", "Payment, F", "Payment, NF") == [
        "facility_total_rvu",
        "nonfacility_total_rvu",
        "facility_payment",
        "nonfacility_payment",
    ]


def test_a_letter_without_a_twin_may_be_a_notes(tmp_path: Path) -> None:
    found = measures(tmp_path, "Total RVU (F)", "Office total RVU", "Payment (F)", "Office payment")
    assert set(found) <= {"nonfacility_total_rvu", "nonfacility_payment"}
