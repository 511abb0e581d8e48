"""Tables without rules whose headings and figures are set to different sides, or stand closer than a space apart."""

from __future__ import annotations

from pathlib import Path

from tests.guides.placed import cells_of, page, rows, said


def test_a_title_over_a_heading_that_ends_left_of_its_figures_is_no_heading(tmp_path: Path) -> None:
    title = (36.0, 100.0, "Physician payment when performed in a facility")
    heads = [
        (40.0, 130.0, "CPT"),
        (110.0, 130.0, "Description"),
        (230.0, 125.0, "2023 National"),
        (230.0, 134.0, "Average"),
    ]
    lines = rows((40, 110), 150, ("20610", "Open work"), ("23412", "Closed work, first part"), step=16)
    figures = [(300.0, 150.0, "$45.41"), (295.0, 166.0, "$850.11")]
    assert said(cells_of(tmp_path, page([title, *heads, *lines, *figures]))) == [
        ("20610", "facility_payment", "45.41"),
        ("23412", "facility_payment", "850.11"),
    ]
