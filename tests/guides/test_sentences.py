"""A sentence merged over several columns, on several lines that begin in different ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guides.placed import Placed, cells_of, page, rows, said

HEADS = [
    *rows(
        (50, 100, 230, 330, 390, 470), 90, ("CPT", "Service", "Facility payment", "APC", "OPPS payment", "ASC payment")
    )
]
TITLE = [(50.0, 60.0, "Physician, hospital and ASC 2023")]
TEXTS = (
    ("42860", "Device service A", "$199", "5164", "$2,845", "$1,149"),
    ("42892", "Device service B", "$1,892", "5165", "$5,340", "$2,549"),
    ("42962", "Device service C", "$529", "5164", "$2,845", "$1,149"),
)
XS = (50, 100, 230, 330, 390, 470)


@pytest.mark.parametrize(
    "sentence",
    [
        [
            (345.0, 160.0, "Inpatient only: not paid in the"),
            (362.0, 170.0, "hospital outpatient"),
            (358.0, 180.0, "department or ASC"),
        ],
        [(345.0, 165.0, "Inpatient only: not paid in the"), (335.0, 175.0, "hospital outpatient department or ASC")],
    ],
)
def test_its_payments_are_inpatient_only_and_its_apc_is_none(tmp_path: Path, sentence: list[Placed]) -> None:
    last = rows(XS, 170, ("42971", "Device service D", "$462", "", "", ""))
    cells = cells_of(tmp_path, page([*TITLE, *HEADS, *rows(XS, 106, *TEXTS), *last, *sentence]))
    assert [c for c in said(cells) if c[0] == "42971"] == [
        ("42971", "facility_payment", "462"),
        ("42971", "opps_payment", "inpatient_only"),
        ("42971", "asc_payment", "inpatient_only"),
    ]
