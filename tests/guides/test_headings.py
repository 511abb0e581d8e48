"""A column is known by the words of its heading path, never by its order."""

from __future__ import annotations

import pytest

from feebook.guides.dates import Period, document_year, period
from feebook.guides.headings import EARLIER, WHOSE, Meaning, meanings

MARCH = Period("2024", "2024-03-09", "2024-12-31")


@pytest.mark.parametrize(
    ("path", "due"),
    [
        (("Physician Fee Schedule¹", "Non Facility"), Meaning("nonfacility_payment")),
        (("ASC", "Payment**2"), Meaning("asc_payment")),
        (("Physician Fee Schedule", "Total RVUs"), Meaning("total_rvu")),
        (("Medicare national average", "Facility (ASC or Hospital)"), Meaning("facility_payment")),
        (("OPPS (facility)",), Meaning("opps_payment")),
        (("Office", "National"), Meaning("nonfacility_payment")),
        (("Hospital outpatient", "US national average"), Meaning("opps_payment")),
        (("Hospital outpatient", "Physician"), Meaning("facility_payment")),
        (("Non-QP", "Office"), Meaning("nonfacility_payment", variant="nonqp")),
        (("Facility", "CY 2024³"), Meaning("facility_payment", Period("2024"))),
        (("to Mar 8", "Facility"), Meaning("facility_payment", Period("2024", "", "2024-03-08"))),
        (("Facility (POS 21, 22, 24)", "Non-APM CF $33.4009"), Meaning("facility_payment", variant="nonqp")),
        (("March 9 – December 31, 2024", "Non-Facility Price"), Meaning("nonfacility_payment", MARCH)),
        (("Facility Price",), Meaning("facility_payment")),
        (("Medicare payment limit per sq cm",), Meaning("drug_payment")),
        (("OPPS payment per unit",), Meaning("opps_payment")),
        (("NF", "Effective 3/9/2024"), Meaning("nonfacility_payment", Period("2024", "2024-03-09"))),
        (("Facility", "% Change"), Meaning("change_percent", variant="facility")),
        (("RVU (work)",), Meaning("work_rvu")),
        (("HOPD", "% Change", "Payment"), Meaning("change_percent", variant="opps")),
        (("Non-f acilit y",), Meaning("nonfacility_payment")),
        (("RVU (total, facility)",), Meaning("facility_total_rvu")),
        (("AS C",), Meaning("asc_payment")),
        (("Physician (hospital)",), Meaning("facility_payment")),
        (("Physician payment", "Hospital"), Meaning("opps_payment", doubt=WHOSE)),
        (("Physician and ASC",), Meaning("asc_payment", doubt=WHOSE)),
        (("Physician and hospital payment", "Hospital"), Meaning("opps_payment")),
    ],
)
def test_a_heading_path_gives_its_measure(path: tuple[str, ...], due: Meaning) -> None:
    assert meanings(path, (), "2024") == (due,)


def test_one_heading_may_join_two_sites() -> None:
    found = meanings(("*MPFS (CF=$33.2875) Fac / Non-Fac",), ())
    assert [m.measure for m in found] == ["facility_payment", "nonfacility_payment"]


@pytest.mark.parametrize(
    "heading",
    ["Global days", "Min copay", "CPT® Description", "Revenue code", "List price", "Flag", "Medicare pays (80%)"],
)
def test_other_columns_are_read_past(heading: str) -> None:
    assert meanings((heading,), ("Hospital outpatient",)) == ()


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("(01/01/2024-12/31/2024)", Period("2024", "2024-01-01", "2024-12-31")),
        ("effective March 9, 2024.", Period("2024", "2024-03-09")),
        ("FY 2025 (October 1, 2024 – September 30, 2025)", Period("2025", "2024-10-01", "2025-09-30", True)),
        ("Q1 - Q4 2024", Period("2024", "2024-01-01", "2024-12-31")),
        ("Q3 2024 through Q4 2024", Period("2024", "2024-07-01", "2024-12-31")),
        ("Jan 1 – Mar 31, 2024", Period("2024", "2024-01-01", "2024-03-31")),
        ("1/1– 3/8/24", Period("2024", "2024-01-01", "2024-03-08")),
        ("CPT 1/2 – 3/8/24", Period("2024", "2024-01-02", "2024-03-08")),
        ("Jan–Mar", Period()),
        ("Jan – Mar 2024", Period("2024", "2024-01-01", "2024-03-31")),
        ("11/1/23–3/8/24", Period("2024", "2023-11-01", "2024-03-08")),
    ],
)
def test_periods(text: str, due: Period) -> None:
    assert period(text) == due


@pytest.mark.parametrize("first", range(2019, 2026))
def test_of_two_years_of_one_weight_the_first_printed_stands_in_doubt(first: int) -> None:
    said = f"The years {first} and {first + 1}"
    assert document_year([(said, 9.0)]) == (str(first), f"the guide speaks of {first + 1} as much as of {first}")


def test_months_without_a_year_are_of_the_year_around_them() -> None:
    assert period("Jan–Mar", "2024") == Period("2024", "2024-01-01", "2024-03-31")
    assert period("Jan–Mar 8", "2024") == Period()


@pytest.mark.parametrize(
    "above", ["Medicaid", "Patient copay", "After sequestration", "Commercial payers", "Global days", "Net of device"]
)
@pytest.mark.parametrize("leaf", ["Facility", "Office", "HOPD", "ASC", "Facility / Office"])
def test_amounts_of_another_kind_are_read_past_also_by_site(above: str, leaf: str) -> None:
    assert meanings((above, leaf), (), "2025") == ()


@pytest.mark.parametrize("above", ["Before sequestration", "Medicare unadjusted", "Procedure"])
def test_amounts_without_a_reduction_are_the_schedules(above: str) -> None:
    assert meanings((above, "Facility"), (), "2025") == (Meaning("facility_payment"),)


def test_an_earlier_year_that_is_not_printed_is_in_doubt() -> None:
    assert meanings(("Prior year", "Facility"), (), "2025") == (Meaning("facility_payment", doubt=EARLIER),)
    assert meanings(("Prior year 2024", "Facility"), (), "2025") == (Meaning("facility_payment", Period("2024")),)
