"""The rows of each schedule: amounts exact, absence typed, what is not known refused."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from feebook.schedules import SCHEDULES, asc, localities, outpatient, physician, secondary
from feebook.schedules.segments import Key, Row
from feebook.schedules.sheet import Record, SheetError
from tests.rows import ADDENDUM_AA, ADDENDUM_B, PHYSICIAN, record


def one(rows: Iterable[Row]) -> Row:
    (row,) = rows
    return row


def pays(**changed: str) -> tuple[str, str, str, str]:
    row = one(physician.rows("doc", [record(PHYSICIAN, **changed)]))
    return row["facility_payment"], row["facility_status"], row["nonfacility_payment"], row["nonfacility_status"]


def test_physician_row_in_full() -> None:
    row = one(physician.rows("doc", [record(PHYSICIAN, conversion_factor="33.287500000000001", work_rvu="1.8")]))
    assert row == PHYSICIAN | {
        "track": "",
        "facility_payment": "86.21",
        "facility_status": "",
        "nonfacility_payment": "927.06",
        "nonfacility_status": "",
    }


def test_na_keeps_the_rvus_and_has_no_payment() -> None:
    assert pays(facility_na="NA") == ("", "not_applicable", "927.06", "")


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("B", "packaged"),
        ("C", "contractor_priced"),
        ("N", "not_covered"),
        ("X", "other_schedule"),
        ("J", "other_schedule"),
    ],
)
def test_a_status_that_does_not_pay_never_shows_a_payment(status: str, why: str) -> None:
    assert pays(status=status) == ("", why, "", why)


def test_restricted_without_rvus_is_priced_by_the_contractor() -> None:
    zero = dict.fromkeys((n for n in PHYSICIAN if n.endswith("_rvu")), "0.00")
    assert pays(status="R", **zero) == ("", "contractor_priced", "", "contractor_priced")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"status": "Z"}, "status 'Z' is not known"),
        ({"facility_na": "X"}, "NA indicator 'X' is not known"),
        ({"work_rvu": "1.81"}, "facility total 2.59 is not the sum of its parts, 2.60"),
        ({"work_rvu": "1.805"}, "'1.805' has more than 2 decimal places"),
        ({"malpractice_rvu": ""}, "'' is not a number"),
    ],
)
def test_a_physician_row_that_is_not_right_stops(changed: dict[str, str], message: str) -> None:
    with pytest.raises(SheetError) as error:
        list(physician.rows("doc", [record(PHYSICIAN, **changed)]))
    assert str(error.value) == f"doc · row 7 · 37252: {message}"


def test_outpatient_row_in_full() -> None:
    note = "Inflation-adjusted coinsurance; Copayments capped at inpatient deductible of $1,676.00."
    row = one(
        outpatient.rows("doc", [record(ADDENDUM_B, note=note, coinsurance_percent="18.5%", pass_through_ends="*")])
    )
    assert row == {
        "code": "36902",
        "status_indicator": "J1",
        "apc": "5192",
        "weight": "63.9406",
        "payment": "5701.52",
        "payment_status": "",
        "national_copayment": "",
        "minimum_copayment": "1140.31",
        "adjusted_copayment": "",
        "coinsurance_percent": "18.5",
        "flags": "inflation_adjusted copayment_capped pass_through_ends",
    }


@pytest.mark.parametrize(
    ("indicator", "why"),
    [
        ("N", "packaged"),
        ("C", "inpatient_only"),
        ("E1", "not_covered"),
        ("A", "other_schedule"),
        ("S", "not_published"),
    ],
)
def test_outpatient_absence(indicator: str, why: str) -> None:
    row = one(outpatient.rows("doc", [record(ADDENDUM_B, status_indicator=indicator, payment="", weight=".", apc="")]))
    assert (row["payment"], row["payment_status"], row["weight"], row["apc"]) == ("", why, "", "")


def test_a_rate_beside_an_indicator_that_does_not_pay_is_kept_as_a_fact_and_not_shown() -> None:
    row = one(outpatient.rows("doc", [record(ADDENDUM_B, status_indicator="C")]))
    assert (row["payment"], row["payment_status"], row["flags"]) == ("", "inpatient_only", "printed_rate=5701.52")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$5,701.52 ", "5701.52"),
        ("116.483", "116.483"),
        ("7", "7.00"),
        (".", ""),
        ("", ""),
        ("66.74074074074075", "66.740741"),
    ],
)
def test_outpatient_amounts(text: str, value: str) -> None:
    assert outpatient.amount(text) == value


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"status_indicator": "ZZ"}, "status indicator 'ZZ' is not known"),
        ({"note": "New words"}, "note 'new words' is not known"),
    ],
)
def test_what_addendum_b_says_anew_stops(changed: dict[str, str], message: str) -> None:
    with pytest.raises(SheetError) as error:
        list(outpatient.rows("doc", [record(ADDENDUM_B, **changed)]))
    assert str(error.value) == f"doc · row 7 · 36902: {message}"


def test_asc_rows() -> None:
    paid = {
        "code": "36902",
        "addendum": "AA",
        "payment_indicator": "G2",
        "weight": "47.2040",
        "payment": "2526.07",
        "payment_status": "",
        "multiple_procedure": "Y",
        "adjusted_copayment": "",
        "flags": "",
    }
    packaged = paid | {"payment_indicator": "N1", "weight": "", "payment": "", "payment_status": "packaged"}
    assert one(asc.rows("doc", [record(ADDENDUM_AA)], "AA")) == paid
    assert one(asc.rows("doc", [record(ADDENDUM_AA, payment_indicator="N1", payment="", weight="")], "AA")) == packaged
    excluded = one(asc.rows("doc", [Record(7, {"code": "61313"})], "EE"))
    assert (excluded["payment_status"], excluded["addendum"]) == ("not_on_asc_list", "EE")
    with pytest.raises(SheetError, match="payment indicator 'Q9' is not known"):
        list(asc.rows("doc", [record(ADDENDUM_AA, payment_indicator="Q9")], "AA"))


def test_localities_join_indices_and_anesthesia_factors() -> None:
    gpci = {"code": "2102", "locality_number": "1", "state": "AK", "locality_name": "ALASKA*"}
    gpci |= {"work_gpci": "1.5", "pe_gpci": "1.0810000000000002", "mp_gpci": "0.592"}
    factor = {"code": "02102", "locality_number": "01", "anesthesia_factor": "28.08"}
    assert list(localities.rows("doc", [Record(3, gpci)], [Record(2, factor)])) == [
        {
            "locality": "0210201",
            "state": "AK",
            "name": "ALASKA",
            "work_gpci": "1.500",
            "pe_gpci": "1.081",
            "mp_gpci": "0.592",
            "anesthesia_factor": "28.08",
        }
    ]
    with pytest.raises(
        SheetError, match="localities that only one of the indices and the anesthesia factors has: 0210201"
    ):
        list(localities.rows("doc", [], [Record(2, factor)]))


COPY = {name: PHYSICIAN[name] for name in PHYSICIAN if name.endswith("_rvu")}
COPY |= {"code": "37252", "modifier": "", "status": "A", "global_days": "ZZZ", "pctc": ""}
EQUAL = {"facility_pe_rvu": "25.70", "facility_total_rvu": "27.85"}
BEFORE = {("37252", "", ""): PHYSICIAN | {"facility_na": "NA"}}


@pytest.mark.parametrize(
    ("changed", "before", "due"),
    [
        ({}, {}, ("86.21", "", "927.06", "")),
        ({}, BEFORE, ("", "not_applicable", "927.06", "")),
        (EQUAL, {}, ("", "no_source", "", "no_source")),
        (EQUAL | {"global_days": "090"}, {}, ("927.06", "", "", "no_source")),
        (EQUAL | {"modifier": "TC"}, {}, ("", "no_source", "927.06", "")),
        ({"malpractice_rvu": ""}, BEFORE, ("", "no_source", "", "no_source")),
        ({"status": "N"}, {}, ("", "not_covered", "", "not_covered")),
        (EQUAL, {("37252", "", ""): PHYSICIAN | {"status": "E"}}, ("", "no_source", "", "no_source")),
        (EQUAL, {("37252", "", ""): PHYSICIAN}, ("", "no_source", "", "no_source")),
        ({}, {("37252", "", ""): PHYSICIAN | EQUAL | {"nonfacility_na": "NA"}}, ("86.21", "", "", "no_source")),
        (EQUAL, {("37252", "", ""): PHYSICIAN | EQUAL | {"facility_na": "NA"}}, ("", "not_applicable", "927.06", "")),
    ],
)
def test_a_copy_says_what_it_does_not_know(
    changed: dict[str, str], before: dict[tuple[str, ...], Row], due: tuple[str, ...]
) -> None:
    row = one(secondary.physician_rows("doc", [record(COPY, **changed)], {"nonqp": "33.2875"}, before))
    names = ("facility_payment", "facility_status", "nonfacility_payment", "nonfacility_status")
    assert tuple(row[name] for name in names) == due
    assert row["track"] == "nonqp"


def test_a_code_that_a_copy_of_the_asc_rates_leaves_out_is_no_longer_known() -> None:
    before: dict[Key, Row] = {
        (code,): one(asc.rows("doc", [record(ADDENDUM_AA, code=code)], "AA")) for code in ("36902", "36903")
    }
    copied = Record(2, {"code": "36902", "payment": "2526.07", "payment_indicator": "G2"})
    rows = list(secondary.asc_rows("doc", [copied], {}, before))
    assert rows[0] == before[("36902",)]
    assert (rows[1]["code"], rows[1]["payment"], rows[1]["payment_status"]) == ("36903", "", "no_source")


def test_on_the_days_of_a_release_that_is_not_held_what_it_renews_is_not_known() -> None:
    drug, procedure = record(ADDENDUM_B, code="J0897", status_indicator="K", weight=""), record(ADDENDUM_B)
    rows = SCHEDULES["outpatient"].rows("2024-01", {"": ("doc", [drug, procedure])})
    later = SCHEDULES["outpatient"].unknown(rows, ["G", "K"])
    assert later[("36902",)] == rows[("36902",)]
    gone = {"payment": "", "payment_status": "no_source", "minimum_copayment": ""}
    assert later[("J0897",)] == rows[("J0897",)] | gone
