"""Columns that name the physician and no site: dollars prove the site of units, units that of dollars, else doubt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from feebook.guides.proof import resited
from tests.guides.placed import Placed, cells_of, page, rows

TITLE: Placed = (40.0, 60.0, "Medicare payment 2024")
UNITS = (("37252", "2.59", "27.85"), ("37253", "2.06", "4.43"), ("93458", "8.73", "27.30"))
FACILITY = ("$86", "$69", "$291")
OFFICE = ("$927", "$147", "$909")


def physician(folder: Path, heading: str, dollars: tuple[str, ...], units: bool) -> list[tuple[str, str, str]]:
    """Measure, value and flag of a last column, beside total units of both sites or what facilities are paid."""
    heads = ("CPT", "Total RVU (facility)", "Total RVU (office)", heading) if units else ("CPT", "ASC", "OPPS", heading)
    beside = [line[1:] if units else ("$1,400", "$3,108") for line in UNITS]
    body = [(line[0], *other, paid) for line, other, paid in zip(UNITS, beside, dollars, strict=True)]
    cells = cells_of(folder, page([TITLE, *rows((40, 140, 300, 460), 100, heads, *body)]))
    return [(c.measure, c.value, c.flag) for c in cells if c.printed in dollars]


@pytest.mark.parametrize("heading", ["Physician", "Physician payment", "MPFS", "Surgeon fee"])
@pytest.mark.parametrize(("site", "dollars"), [("facility", FACILITY), ("nonfacility", OFFICE)])
def test_the_total_that_gives_the_dollars_names_their_site(
    tmp_path: Path, heading: str, site: str, dollars: tuple[str, ...]
) -> None:
    due = [(f"{site}_payment", paid.strip("$"), "") for paid in dollars]
    assert physician(tmp_path, heading, dollars, units=True) == due


@pytest.mark.parametrize("heading", ["Physician", "Physician payment"])
def test_dollars_that_nothing_proves_are_given_in_doubt(tmp_path: Path, heading: str) -> None:
    doubt = "the heading does not say facility or office"
    due = [("facility_payment", paid.strip("$"), doubt) for paid in FACILITY]
    assert physician(tmp_path, heading, FACILITY, units=False) == due


def test_units_and_dollars_without_a_site_do_not_prove_each_other(tmp_path: Path) -> None:
    body = [(line[0], line[1], paid) for line, paid in zip(UNITS, FACILITY, strict=True)]
    heads = ("CPT", "Total RVU", "Physician payment")
    cells = cells_of(tmp_path, page([TITLE, *rows((40, 140, 300), 100, heads, *body)]))
    assert [(c.measure, bool(c.flag)) for c in cells] == [("facility_total_rvu", True), ("facility_payment", True)] * 3


def test_a_physician_column_without_dollars_is_read_past(tmp_path: Path) -> None:
    names = ("Doe, J.", "Roe, R.", "Poe, E.")
    assert physician(tmp_path, "Physician", names, units=True) == []


@pytest.mark.parametrize("facility", [True, False])
def test_a_hospital_under_the_physicians_heading_is_sure_beside_the_physicians_own_facility(
    tmp_path: Path, facility: bool
) -> None:
    """The physician may be paid there; a column of what the physician is paid in a facility says that it is not so."""
    xs = (40, 140, 260, 380)
    heads = [(180.0, 100.0, "Physician payment")]
    names = ("CPT", "Office", "Facility" if facility else "Work RVU", "Hospital outpatient")
    lines = [("37252", "$927", "$86" if facility else "1.80", "$5,446"), ("93458", "$909", "$291", "$3,108")]
    lines = lines if facility else [(a, b, "1.80", d) for a, b, _, d in lines]
    cells = cells_of(tmp_path, page([TITLE, *heads, *rows(xs, 116, names, *lines)], rules=[(140, 104, 480, 104)]))
    doubt = "its heading names the physician and a facility: it may be what either is paid"
    assert [c.flag for c in cells if c.measure == "opps_payment"] == ["" if facility else doubt] * 2


def test_hospitals_under_both_headings_are_the_physicians_and_the_facilitys(tmp_path: Path) -> None:
    xs = (40, 140, 240, 340)
    heads = [(150.0, 100.0, "Physician payment in"), (340.0, 100.0, "Payment to")]
    lines = [("37252", "$927", "$86", "$5,446"), ("93458", "$909", "$291", "$3,108")]
    names = ("CPT", "Office", "Hospital", "Hospital")
    cells = cells_of(tmp_path, page([TITLE, *heads, *rows(xs, 116, names, *lines)], rules=[(140, 104, 300, 104)]))
    due = ["nonfacility_payment", "facility_payment", "opps_payment"] * 2
    assert [c.measure for c in cells if not c.flag] == due


def test_a_payment_that_names_nobody_beside_units_alone_is_the_physicians(tmp_path: Path) -> None:
    body = [(line[0], line[1], paid) for line, paid in zip(UNITS, FACILITY, strict=True)]
    sited = cells_of(
        tmp_path, page([TITLE, *rows((40, 140, 300), 100, ("CPT", "Facility RVU", "National average"), *body)])
    )
    assert [(c.measure, c.value, c.flag) for c in sited if "$" in c.printed] == [
        ("facility_payment", paid.strip("$"), "") for paid in FACILITY
    ]
    doubt = "the heading does not say facility or office"
    unsited = cells_of(
        tmp_path, page([TITLE, *rows((40, 140, 300), 100, ("CPT", "Work RVU", "National average"), *body)])
    )
    assert [(c.measure, c.value, c.flag) for c in unsited if "$" in c.printed] == [
        ("facility_payment", paid.strip("$"), doubt) for paid in FACILITY
    ]


UNITS_OR_DOLLARS = "its heading says where, and not whether its figures are units or dollars"


@pytest.mark.parametrize(
    ("heads", "figures", "due"),
    [
        (("Work RVU", "Facility", "Office"), ("1.80", "2.59", "27.85"), ["_total_rvu", UNITS_OR_DOLLARS]),
        (("Work RVU", "Facility", "Office"), ("1.80", "83.78", "227.85"), ["_payment", ""]),
        (("ASC PI", "Facility", "Office"), ("G2", "2.59", "27.85"), ["_payment", UNITS_OR_DOLLARS]),
        (("ASC PI", "Facility", "Office"), ("G2", "$2.59", "$27.85"), ["_payment", ""]),
        (("ASC PI", "Facility", "Office"), ("G2", "83.78", "927.85"), ["_payment", UNITS_OR_DOLLARS]),
        (("ASC PI", "Facility payment", "Office payment"), ("G2", "2.59", "27.85"), ["_payment", ""]),
    ],
)
def test_figures_under_a_bare_site_are_units_or_dollars(
    tmp_path: Path, heads: tuple[str, ...], figures: tuple[str, ...], due: list[str]
) -> None:
    """Dollars are more than the work units times any conversion factor that there was."""
    lines = [("CPT", *heads), ("37252", *figures), ("37253", *figures)]
    cells = cells_of(tmp_path, page([TITLE, *rows((40, 140, 300, 460), 100, *lines)]))
    found = [c for c in cells if c.measure.startswith("facility")]
    assert [[c.measure.removeprefix("facility"), c.flag] for c in found] == [due, due]


def test_totals_beside_work_units_are_units(tmp_path: Path) -> None:
    lines = [("CPT", "Work", "Fac PE", "Fac Tot"), ("37252", "1.80", "0.40", "2.59"), ("37253", "1.44", "0.30", "2.06")]
    cells = cells_of(tmp_path, page([TITLE, *rows((40, 140, 300, 460), 100, *lines)]))
    assert [(c.measure, c.flag) for c in cells][2::3] == [("facility_total_rvu", "")] * 2


@pytest.mark.parametrize("heading", ["Hospital payment", "Facility payment", "Payment"])
def test_what_a_hospital_is_paid_for_a_group_is_the_groups(tmp_path: Path, heading: str) -> None:
    lines = [
        ("MS-DRG", "Weight", heading, "NTAP"),
        ("266", "6.2097", "$43,350", "$1,000"),
        ("267", "5.2", "$33,350", "$2"),
    ]
    cells = cells_of(tmp_path, page([TITLE, *rows((40, 140, 300, 460), 100, *lines)]))
    assert [c.measure for c in cells] == ["drg_weight", "drg_payment"] * 2


@pytest.mark.parametrize("settled", [True, False])
def test_a_total_is_named_by_dollars_whose_own_doubt_is_settled_since(tmp_path: Path, settled: bool) -> None:
    """CMS's figures may have settled it: the dollars are then as good as under a heading with their site."""
    body = [(line[0], line[1], paid) for line, paid in zip(UNITS, FACILITY, strict=True)]
    heads = ("CPT", "Total RVU", "Physician payment")
    cells = cells_of(tmp_path, page([TITLE, *rows((40, 140, 300), 100, heads, *body)]))
    paid = [replace(c, flag="") if settled and c.measure == "facility_payment" else c for c in cells]
    totals = [(c.measure, c.value, bool(c.flag)) for c in resited(paid) if c.measure.endswith("rvu")]
    assert totals == [("facility_total_rvu", line[1], not settled) for line in UNITS]
    assert settled or resited(paid) == cells
