"""Weights whose heading names no schedule, beside the APC and payment of a hospital outpatient."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guides.placed import Placed, cells_of, page, rows

TITLE: Placed = (40.0, 60.0, "Medicare payment 2025")
XS = (40, 120, 180, 260, 350, 450)
BODY = (
    ("64633", "J1", "5431", "21.8997", "$1,952.77"),
    ("63650", "J1", "5462", "73.6007", "$6,562.90"),
    ("63661", "Q2", "5461", "38.5673", "$3,439.01"),
    ("64634", "N", "–", "–", "Packaged"),
)
HEADS = (("", "", "", "Relative", "Hospital"), ("Code", "SI", "APC", "weight", "payment"))
DUE = [("21.8997", "", ""), ("73.6007", "", ""), ("38.5673", "", ""), ("", "not_applicable", "")]


def weights(folder: Path, *lines: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Value, status and flag of the weights that a table gives."""
    cells = cells_of(folder, page([TITLE, *rows(XS[:5], 100, *HEADS, step=11), *rows(XS[:5], 130, *lines)]))
    return [(c.value, c.status, c.flag) for c in cells if c.measure.endswith("weight")]


def test_payments_that_are_the_weights_times_one_factor_name_their_schedule(tmp_path: Path) -> None:
    assert weights(tmp_path, *BODY) == DUE


@pytest.mark.parametrize(
    "paid",
    [("$1,952.77", "$6,500.00", "$3,500.00"), ("$1,239.52", "$4,165.80", "$2,182.91")],
    ids=["no one factor", "the factor of surgery centers"],
)
def test_weights_that_do_not_give_the_payments_are_read_past(tmp_path: Path, paid: tuple[str, str, str]) -> None:
    lines = [(*line[:-1], amount) for line, amount in zip(BODY[:3], paid, strict=True)]
    assert weights(tmp_path, *lines) == []


def test_two_payments_prove_no_weight(tmp_path: Path) -> None:
    assert weights(tmp_path, *BODY[:2]) == []


def test_beside_a_surgery_center_the_weights_may_be_either(tmp_path: Path) -> None:
    heads = (("", "", "", "Relative", "Hospital", "ASC"), ("Code", "SI", "APC", "weight", "payment", "payment"))
    lines = [(*line, "$900.00") for line in BODY[:3]]
    cells = cells_of(tmp_path, page([TITLE, *rows(XS, 100, *heads, step=11), *rows(XS, 130, *lines)]))
    assert {c.measure for c in cells} == {"opps_status_indicator", "apc", "opps_payment", "asc_payment"}
