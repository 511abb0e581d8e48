"""A guide's cells against CMS, on the days that they are printed for."""

from __future__ import annotations

from feebook.findings import findings
from feebook.package import Row

CELL = {
    "document": "guide",
    "table": "physician",
    "code": "37252",
    "modifier": "",
    "measure": "nonfacility_payment",
    "variant": "",
    "year": "2024",
    "from": "2024-01-01",
    "value": "927",
    "status": "",
    "printed": "$927",
}
JANUARY = {
    "code": "37252",
    "modifier": "",
    "track": "",
    "from": "2024-01-01",
    "through": "2024-03-08",
    "work_rvu": "1.80",
    "nonfacility_total_rvu": "27.85",
    "conversion_factor": "32.7442",
    "nonfacility_payment": "911.93",
    "nonfacility_status": "",
}
MARCH = JANUARY | {
    "from": "2024-03-09",
    "through": "2024-12-31",
    "conversion_factor": "33.2875",
    "nonfacility_payment": "927.06",
}
ASC = {"code": "37252", "from": "2024-01-01", "through": "2024-12-31", "payment": "", "payment_status": "packaged"}
DOCUMENTS = [{"document": "guide", "effective_through": "2024-12-31"}]


def finding(cell: Row, *physician: Row, **tables: list[Row]) -> tuple[str, str, str, str]:
    (row,) = findings({"documents": DOCUMENTS, "physician": list(physician), "guide_cells": [cell], **tables})
    return row["verdict"], row["expected"], row["conversion_factor"], row["note"]


def test_dates_say_january_and_figures_fit_the_factor_of_march() -> None:
    assert finding(CELL, JANUARY, MARCH) == (
        "agrees_partly",
        "911.93 · 927.06",
        "33.2875",
        "printed for 2024-01-01 to 2024-12-31, but the figures fit 2024-03-09 to 2024-12-31 only, the days of the "
        "factor 33.2875; CMS has 911.93 for 2024-01-01 to 2024-03-08",
    )


def test_a_figure_that_holds_on_every_day_agrees() -> None:
    assert finding(CELL | {"measure": "work_rvu", "value": "1.80"}, JANUARY, MARCH) == ("agrees", "1.80", "", "")
    assert finding(CELL | {"from": "2024-03-09"}, JANUARY, MARCH) == ("agrees", "927.06", "33.2875", "")


def test_a_misprint_differs_and_says_what_was_expected() -> None:
    printed = CELL | {"value": "972", "printed": "$972"}
    assert finding(printed, MARCH) == ("differs", "927.06", "", "printed $972, expected 927.06")


def test_whole_dollars_are_rounded_from_the_unrounded_amount() -> None:
    row = MARCH | {"nonfacility_total_rvu": "1.00", "conversion_factor": "1.4970", "nonfacility_payment": "1.50"}
    assert finding(CELL | {"value": "1"}, row)[0] == "agrees"
    assert finding(CELL | {"value": "2"}, row)[0] == "differs"


def test_a_reason_must_be_the_same_reason() -> None:
    cell = CELL | {"measure": "asc_payment", "value": "", "status": "packaged"}
    assert finding(cell, asc=[ASC])[0] == "agrees"
    assert finding(cell, asc=[ASC | {"payment_status": "not_on_asc_list"}])[0] == "differs"


def test_what_we_hold_no_row_of_is_not_judged() -> None:
    assert finding(CELL) == ("no_source", "", "", "we hold no CMS row to compare it with")
