"""Headings that a later page repeats in part, and those that one letter names."""

from __future__ import annotations

from pathlib import Path

from tests.guides.placed import Placed, cells_of, document, page, right_rows, rows, said

GROUPS: list[Placed] = [(160.0, 84.0, "Physician"), (281.0, 84.0, "Hospital outpatient")]
HEADS = ("CPT", "Work", "Facility", "APC", "Payment")
ENDS = (62, 150, 230, 290, 370)
FIRST = (("36901", "3.36", "$160", "5182", "$1,553"), ("36902", "4.83", "$227", "5192", "$5,702"))
LATER = (("36903", "6.39", "$298", "5193", "$11,341"), ("36904", "7.50", "$348", "5192", "$5,702"))


def later(folder: Path, *over: Placed) -> list[tuple[str, str, str]]:
    """What is read without doubt of the second page, which repeats the lowest headings under some lines."""
    first = [(40.0, 60.0, "Medicare rates of 2025"), *GROUPS, *right_rows(ENDS, 98, HEADS, *FIRST)]
    cells = cells_of(folder, document(first, [*over, *right_rows(ENDS, 98, HEADS, *LATER)]))
    return said(c for c in cells if c.page == "2")


def test_a_page_that_repeats_only_the_lowest_headings_goes_on_under_the_groups(tmp_path: Path) -> None:
    measures = ("work_rvu", "facility_payment", "apc", "opps_payment")
    assert later(tmp_path, (40.0, 60.0, "Table 1, continued")) == [
        (code, measure, text.strip("$").replace(",", ""))
        for code, *texts in LATER
        for measure, text in zip(measures, texts, strict=True)
    ]


def test_under_a_line_that_says_whose_they_are_the_lowest_headings_stand_alone(tmp_path: Path) -> None:
    assert ("36903", "opps_payment", "11341") not in later(tmp_path, (40.0, 60.0, "Surgery center"))


def test_an_f_beside_an_nf_is_the_facility(tmp_path: Path) -> None:
    def read(*heads: str) -> list[tuple[str, str, str]]:
        lines = rows((40, 120, 200), 100, ("CPT", *heads), ("63650", "$2,341", "$416"), ("63655", "$3,000", "$800"))
        return said(cells_of(tmp_path, page([(40.0, 60.0, "Physician payment of 2023"), *lines])))

    assert read("NF", "F")[:2] == [("63650", "nonfacility_payment", "2341"), ("63650", "facility_payment", "416")]
    assert {measure for _, measure, _ in read("Office", "F")} == {"nonfacility_payment"}
