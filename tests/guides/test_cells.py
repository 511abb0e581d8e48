"""What the text of one cell says of a measure: an amount, an indicator, a typed status, or why it is in doubt."""

from __future__ import annotations

import pytest

from feebook.guides import lexicon
from feebook.guides.apcpairs import apc_and_payment, names_apc_and_payment, rate_and_apc
from feebook.guides.codecells import PrintedCode, printed_codes
from feebook.guides.printed import Value, modifier, split_values, value_of


@pytest.mark.parametrize(
    ("text", "measure", "due"),
    [
        ("$1,234.56*", "opps_payment", Value("1234.56")),
        ("1.80", "work_rvu", Value("1.80")),
        ("−1%", "change_percent", Value("-1")),
        ("▼ 2.5%", "change_percent", Value("-2.5")),
        ("4.7% ↑", "change_percent", Value("4.7")),
        ("■ 0.0%", "change_percent", Value(doubt="'■ 0.0%' is neither an amount nor a known phrase")),
        ("N/A", "facility_payment", Value(status="not_applicable")),
        ("Carrier priced", "facility_payment", Value(status="contractor_priced")),
        ("N (packaged)", "opps_payment", Value(status="packaged", also="N")),
        ("Status N1: Packaged services.", "asc_payment", Value(status="packaged", also="N1")),
        ("PKG", "asc_payment", Value(status="packaged")),
        ("Packaged (N1)", "asc_payment", Value(status="packaged", also="N1")),
        ("Not covered (C)", "opps_payment", Value(status="not_covered")),
        ("Not payable", "asc_payment", Value(status="not_on_asc_list")),
        ("Not approved", "asc_payment", Value(status="not_on_asc_list")),
        ("ASC excluded", "asc_payment", Value(status="not_on_asc_list")),
        ("Inpt only", "opps_payment", Value(status="inpatient_only")),
        ("See MPFS", "opps_payment", Value(status="other_schedule")),
        ("No additional payment", "opps_payment", Value(status="packaged")),
        ("Not valued", "nonfacility_payment", Value(status="not_applicable")),
        ("J8 $24,000", "asc_payment", Value("24000", also="J8")),
        ("APC 5193", "apc", Value("5193")),
        ("Q2²", "opps_status_indicator", Value("Q2")),
    ],
)
def test_a_cell_is_an_amount_an_indicator_or_a_status(text: str, measure: str, due: Value) -> None:
    assert value_of(text, measure) == due


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("$1,2345", "opps_payment"),
        ("$86 – $90", "facility_payment"),
        ("Z9", "opps_status_indicator"),
        ("$1.80", "work_rvu"),
    ],
)
def test_what_is_neither_says_so(text: str, measure: str) -> None:
    assert value_of(text, measure).doubt


def test_values_joined_by_a_stroke_are_parted() -> None:
    assert split_values("$1,078 / NA", 2) == ["$1,078", "NA"]
    assert split_values("Carrier priced", 2) == ["Carrier priced", "Carrier priced"]


def test_code_cells() -> None:
    assert printed_codes("+37252 first vessel") == ([PrintedCode("37252", add_on=True)], "first vessel")
    assert printed_codes("93451-26") == ([PrintedCode("93451", modifier="26")], "")
    assert [c.code for c in printed_codes("93454–93456, C9600")[0]] == ["93454", "93455", "93456", "C9600"]
    assert printed_codes("33206-08")[0][-1] == PrintedCode("33208")
    assert printed_codes("89501-0191") == ([], "89501-0191")
    assert printed_codes("25 sq cm") == ([], "25 sq cm")


def test_modifiers() -> None:
    assert [modifier(text) for text in ("-26", "TC", "Global", "", "Professional component", "26/TC")] == [
        "26", "TC", "", "", "26", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("5072 (J1)", Value("5072", also="J1")),
        ("APC 5191 / Q2", Value("5191", also="Q2")),
        ("— (N)", Value(status="not_applicable", also="N")),
    ],
)
def test_a_status_indicator_beside_an_apc(text: str, due: Value) -> None:
    assert value_of(text, "apc") == due
    assert value_of("5072 (X9)", "apc").doubt


@pytest.mark.parametrize(
    ("heading", "due"),
    [
        ("Hospital APC and rate", True),
        ("APC / Payment", True),
        ("APC (2025 national rate)", True),
        ("APC payment rate", False),
        ("Payment by APC", False),
    ],
)
def test_a_heading_that_joins_an_apc_and_its_payment(heading: str, due: bool) -> None:
    assert names_apc_and_payment(heading) is due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("5213\n$24,532", ["5213", "$24,532"]),
        ("$24,532 (5213)", ["5213", "$24,532"]),
        ("APC 5213 – $24,532.17", ["5213", "$24,532.17"]),
        ("Packaged", ["", "Packaged"]),
        ("NA", ["NA", "NA"]),
    ],
)
def test_an_apc_and_its_payment_in_one_cell(text: str, due: list[str]) -> None:
    assert apc_and_payment(text) == (due, "")
    assert apc_and_payment("5213")[1]


def test_codes_joined_by_a_plus_are_paid_together() -> None:
    for text in ("37226 + 37228", "37226 +37228", "93653 with 93655"):
        assert {code.doubt for code in printed_codes(text)[0]} == {"the codes of this cell may be paid together"}
    for text in ("+37252 +37253", "37252, +37253", "37252"):
        assert {code.doubt for code in printed_codes(text)[0]} == {""}


def test_words_of_two_cells_that_run_together_are_in_doubt() -> None:
    text = "Not payable in the ASC setting Packaged, no separate payment"
    assert value_of(text, "asc_payment").doubt == f"{text!r} says two things"
    assert value_of("Packaged into primary N", "opps_status_indicator").doubt
    assert value_of("Not separately payable in ASC", "asc_payment") == Value(status="not_on_asc_list")


def test_every_status_of_a_text_is_found_where_its_words_are_set_apart() -> None:
    assert lexicon.statuses("Pack aged; not paid in A SC", "asc_payment") == {"packaged", "not_on_asc_list"}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("$5,834 (APC 5361)", ("$5,834", "5361")),
        ("APC 5361: $5,834.17", ("$5,834.17", "5361")),
        ("$5,834\nAPC 5361", ("$5,834", "5361")),
        ("$5,834 (5361)", None),
        ("$5,834 (APC 536)", None),
        ("$5,834 (APC 5361) or $10,411 (APC 5362)", None),
    ],
)
def test_a_rate_beside_the_name_of_its_apc(text: str, due: tuple[str, str] | None) -> None:
    assert rate_and_apc(text) == due
