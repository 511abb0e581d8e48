"""A row for each track of 2026 under a code: what qualifying participants are paid, and what others are."""

from __future__ import annotations

from pathlib import Path

from tests.guides.placed import Placed, cells_of, page, rows

TITLE: Placed = (40.0, 60.0, "Medicare rates of 2026")
XS = (40, 100, 200, 320)
HEADS = ("CPT", "Track", "Work RVU", "Facility payment")
LINES = (
    ("63650", "QP", "6.97", "$377.30"),
    ("63650", "Non-QP", "6.97", "$375.43"),
    ("63685", "QP", "5.06", "$320.23"),
    ("63685", "Non-QP", "5.06", "$318.64"),
)


def test_each_row_names_its_track(tmp_path: Path) -> None:
    found = cells_of(tmp_path, page([TITLE, *rows(XS, 100, HEADS, *LINES)]))
    assert [(c.code, c.measure, c.variant, c.value, c.flag) for c in found] == [
        (code, measure, variant, value, "")
        for code, track, work, paid in LINES
        for measure, variant, value in (
            ("work_rvu", "", work),
            ("facility_payment", track.lower().replace("-", ""), paid[1:]),
        )
    ]


def test_a_row_that_names_no_track_is_in_doubt(tmp_path: Path) -> None:
    lines = [*LINES[:3], ("63685", "Others", "5.06", "$318.64")]
    found = cells_of(tmp_path, page([TITLE, *rows(XS, 100, HEADS, *lines)]))
    assert [(c.value, c.flag) for c in found if c.flag] == [
        ("318.64", "the row does not name its track as the others do")
    ]
