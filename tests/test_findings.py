"""A guide's numbers against CMS, on the days that they are printed for: one verdict each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feebook.findings.cell import Cell
from feebook.findings.checked import Checked
from feebook.findings.cms import COLUMNS
from feebook.findings.finding import VERDICTS, Finding
from feebook.findings.guide import judge
from feebook.findings.held import Held
from feebook.findings.printers import summary
from feebook.package import Row

FACTORS = [
    {"schedule": schedule, "track": track, "from": first, "through": last, "factor": factor, "standing": standing}
    for schedule, track, first, last, factor, standing in (
        ("physician", "", "2023-01-01", "2023-12-31", "33.8872", "paid"),
        ("physician", "", "2024-01-01", "2024-03-08", "32.7442", "paid"),
        ("physician", "", "2024-01-01", "2024-12-31", "32.7476", "proposed"),
        ("physician", "", "2024-03-09", "2024-12-31", "33.2875", "paid"),
        ("physician", "nonqp", "2026-01-01", "2026-12-31", "33.4009", "paid"),
        ("physician", "qp", "2026-01-01", "2026-12-31", "33.5675", "paid"),
    )
]
BEFORE = {
    "code": "37252",
    "modifier": "",
    "track": "",
    "from": "2023-01-01",
    "through": "2023-12-31",
    "work_rvu": "1.80",
    "facility_pe_rvu": "0.45",
    "nonfacility_pe_rvu": "26.57",
    "malpractice_rvu": "0.36",
    "facility_total_rvu": "2.61",
    "nonfacility_total_rvu": "28.73",
    "conversion_factor": "33.8872",
    "facility_payment": "88.45",
    "facility_status": "",
    "nonfacility_payment": "973.58",
    "nonfacility_status": "",
}
JANUARY = BEFORE | {
    "from": "2024-01-01",
    "through": "2024-03-08",
    "facility_total_rvu": "2.59",
    "nonfacility_total_rvu": "27.85",
    "conversion_factor": "32.7442",
    "facility_payment": "84.81",
    "nonfacility_payment": "911.93",
}
MARCH = JANUARY | {
    "from": "2024-03-09",
    "through": "2024-12-31",
    "conversion_factor": "33.2875",
    "facility_payment": "86.21",
    "nonfacility_payment": "927.06",
}
NONQP = MARCH | {
    "track": "nonqp",
    "from": "2026-01-01",
    "through": "2026-12-31",
    "conversion_factor": "33.4009",
    "nonfacility_payment": "930.22",
}
QP = NONQP | {"track": "qp", "conversion_factor": "33.5675", "nonfacility_payment": "934.85"}
ASC = {
    "code": "37252",
    "from": "2024-01-01",
    "through": "2024-12-31",
    "addendum": "AA",
    "payment_indicator": "N1",
    "weight": "",
    "payment": "",
    "payment_status": "packaged",
}
OPPS = {
    "code": "37252",
    "from": "2024-01-01",
    "through": "2024-12-31",
    "status_indicator": "N",
    "apc": "",
    "weight": "",
    "payment": "",
    "payment_status": "packaged",
    "minimum_copayment": "",
}
CELL = Cell(
    document="guide",
    table="physician",
    code="37252",
    modifier="",
    measure="nonfacility_payment",
    variant="",
    year="2024",
    first="2024-01-01",
    last="2024-12-31",
    value="927",
    status="",
    printed="$927",
    place="page=1&viewrect=1,1,1,1",
    flag="",
)


def held(*physician: Row, **schedules: list[Row]) -> Held:
    found = Held(factors=FACTORS)
    rows = {"physician": list(physician), **schedules}
    for year in (2023, 2024, 2026):
        documents = [
            {"kind": "schedule", "schedule": name, "sha256": "1", "form": "original", "effective_from": f"{year}-01-01"}
            for name in ("physician", "asc", "outpatient")
        ]
        some = {name: [row for row in every if row["from"][:4] == str(year)] for name, every in rows.items()}
        found.add(year, {"documents": documents, **some})
    return found


def found(cell: Cell, *physician: Row, **schedules: list[Row]) -> Finding:
    (one,) = judge([cell], held(*physician, **schedules)).findings
    return one


def said(cell: Cell, *physician: Row, **schedules: list[Row]) -> tuple[str, str, str]:
    one = found(cell, *physician, **schedules)
    return one.verdict, one.expected, one.note


def test_dates_say_january_and_figures_fit_the_factor_of_march() -> None:
    assert found(CELL, JANUARY, MARCH) == Finding(
        CELL,
        verdict="agrees_on_other_dates",
        expected="911.93 · 927.06",
        factor="33.2875",
        standing="paid",
        note="prints $927; CMS: $927.06 from 9 March, $911.93 before",
    )


def test_a_figure_that_holds_on_every_day_agrees() -> None:
    work = replace(CELL, measure="work_rvu", value="1.80")
    assert found(work, JANUARY, MARCH) == Finding(work, "agrees", "1.80")
    spring = replace(CELL, first="2024-03-09")
    assert found(spring, JANUARY, MARCH) == Finding(spring, "agrees", "927.06", factor="33.2875", standing="paid")


def test_a_figure_of_days_outside_the_printed_ones_agrees_on_other_dates() -> None:
    asc = ASC | {"payment": "554.03", "payment_status": "", "payment_indicator": "P3", "through": "2024-03-08"}
    unknown = asc | {"payment": "", "payment_status": "no_source", "from": "2024-03-09", "through": "2024-03-31"}
    april = asc | {"payment": "563.22", "from": "2024-04-01", "through": "2024-12-31"}
    cell = replace(CELL, measure="asc_payment", value="554", first="2024-03-09")
    assert said(cell, asc=[asc, unknown, april]) == (
        "agrees_on_other_dates",
        "563.22",
        "prints $554, printed for 9 March to 31 December 2024; CMS: $554.03 until 8 March, $563.22 from 1 April; no "
        "CMS file held from 9 March to 31 March 2024",
    )


def test_a_misprint_differs_and_says_what_was_expected() -> None:
    one = found(replace(CELL, value="972", first="2024-03-09"), MARCH)
    assert (one.verdict, one.expected, one.difference) == ("differs", "927.06", "45")
    assert one.note == "prints $972; CMS: $927.06; perhaps $927 with two digits swapped"
    one = found(replace(CELL, value="800", first="2024-03-09"), MARCH)
    assert (one.difference, one.note) == ("-127", "prints $800; CMS: $927.06")


def test_two_digits_in_each_others_place_are_seen() -> None:
    one = found(replace(CELL, value="972.06", first="2024-03-09"), MARCH | {"nonfacility_payment": "927.06"})
    assert one.note == "prints $972.06; CMS: $927.06; perhaps $927.06 with two digits swapped"


def test_relative_values_are_no_dollars() -> None:
    cell = replace(CELL, measure="facility_total_rvu", value="2.95")
    assert found(cell, JANUARY, MARCH).note == "prints 2.95; CMS: 2.59; perhaps 2.59 with two digits swapped"


def test_the_other_sites_number_and_the_year_befores_are_named() -> None:
    assert found(replace(CELL, value="86", first="2024-03-09"), MARCH).note == (
        "prints $86; CMS: $927.06; it is that of the other site, facility"
    )
    stale = replace(CELL, measure="nonfacility_total_rvu", value="28.73")
    assert found(stale, BEFORE, JANUARY, MARCH).note == "prints 28.73; CMS: 27.85; it is what CMS had in 2023"


def test_whole_dollars_are_rounded_from_the_unrounded_amount() -> None:
    row = MARCH | {"nonfacility_total_rvu": "1.00", "conversion_factor": "1.4970", "nonfacility_payment": "1.50"}
    cell = replace(CELL, first="2024-03-09")
    assert found(replace(cell, value="1"), row).verdict == "agrees"
    assert said(replace(cell, value="2"), row) == (
        "differs",
        "1.50",
        "prints $2; CMS: $1.50; rounded from the cents; the unrounded amount rounds otherwise",
    )


@pytest.mark.parametrize("value", ["323.46", "323.47"])
def test_exactly_between_two_cents_both_agree_and_it_is_said(value: str) -> None:
    row = MARCH | {"nonfacility_total_rvu": "10.00", "conversion_factor": "32.3465", "nonfacility_payment": "323.47"}
    verdict, _, note = said(replace(CELL, value=value, first="2024-03-09"), row)
    assert (verdict, note) == ("agrees", "exactly between two units; half up is used, as no source decides")


def test_a_total_without_a_label_that_is_the_facility_total_is_named() -> None:
    cell = replace(CELL, measure="facility_total_rvu", value="2.59", unlabelled=True)
    assert said(cell, JANUARY, MARCH) == (
        "facility_total_without_a_label",
        "2.59",
        "the heading does not say of which site; it is the facility total",
    )
    assert found(replace(cell, value="2.95"), JANUARY, MARCH).verdict == "differs"


def guide_at(factor: str, *units: tuple[str, str], last: str = "2024-12-31") -> list[Finding]:
    """Findings on the non-facility amounts of codes, printed at a factor in whole dollars, of CMS's units."""
    from decimal import Decimal

    from feebook.amounts import half_up

    def row(base: Row, code: str, total: str) -> Row:
        paid = half_up(Decimal(total) * Decimal(base["conversion_factor"]))
        return base | {"code": code, "nonfacility_total_rvu": total, "nonfacility_payment": str(paid)}

    rows = [row(base, code, total) for code, total in units for base in (JANUARY, MARCH)]
    cells = [
        replace(CELL, code=code, value=str(half_up(Decimal(total) * Decimal(factor), Decimal(1))), last=last)
        for code, total in units
    ]
    return list(judge(cells, held(*rows)).findings)


def test_a_factor_of_two_decimals_is_told_from_the_full_one_where_the_amounts_allow_it() -> None:
    one, two = guide_at("32.74", ("37224", "85.62"), ("37227", "327.80"))
    assert [one.verdict, two.verdict] == ["agrees_with_another_factor"] * 2
    assert (two.factor, two.standing, two.difference) == ("32.74", "paid", "-2")
    assert two.note == (
        "prints $10,732, made with 32.74 (32.7442 in two decimals); CMS: $10,733.55 until 8 March, $10,911.64 after"
    )


def test_a_factor_of_two_decimals_is_not_told_from_the_full_one_where_the_amounts_do_not() -> None:
    found = guide_at("32.74", ("37224", "2.59"), ("37227", "5.12"))
    assert [(one.verdict, one.factor) for one in found] == [("agrees_on_other_dates", "32.7442")] * 2


def test_a_factor_of_the_year_before_is_named() -> None:
    found = guide_at("33.8872", ("37224", "85.62"), ("37227", "327.80"))
    assert [(one.verdict, one.factor, one.standing) for one in found] == [
        ("agrees_with_another_factor", "33.8872", "paid")
    ] * 2
    assert found[0].note == (
        "prints $2,901, made with 33.8872 (paid in 2023); CMS: $2,803.56 until 8 March, $2,850.08 after"
    )


def test_a_proposed_factor_in_a_guide_that_says_paid_is_named() -> None:
    found = guide_at("32.7476", ("37224", "285.62"), ("37227", "327.80"))
    assert [(one.verdict, one.factor, one.standing) for one in found] == [
        ("agrees_with_another_factor", "32.7476", "proposed")
    ] * 2


def test_a_misprint_among_amounts_of_another_factor_is_still_one() -> None:
    units = (("37224", "85.62"), ("37227", "327.80"), ("37231", "345.40"))
    rows = guide_at("33.8872", *units)
    cells = [replace(one.cell, value="10180") if one.cell.code == "37227" else one.cell for one in rows]
    physician = [
        base | {"code": code, "nonfacility_total_rvu": total} for code, total in units for base in (JANUARY, MARCH)
    ]
    found = judge(cells, held(*physician)).findings
    assert [one.verdict for one in found] == ["agrees_with_another_factor", "differs", "agrees_with_another_factor"]
    assert "at 33.8872, the factor of the amounts beside it, $11,108" in found[1].note


def test_what_is_printed_as_proposed_is_never_called_wrong() -> None:
    total = replace(CELL, variant="proposed", measure="facility_total_rvu", value="3.00")
    assert said(total, JANUARY, MARCH) == ("cannot_tell", "", "what CMS proposed is not held")
    asc = replace(CELL, variant="proposed", measure="asc_payment", value="", status="not_published")
    assert found(asc, asc=[ASC]).verdict == "cannot_tell"


def test_what_is_printed_as_proposed_at_the_proposed_factor_is_not_wrong() -> None:
    rows = [
        replace(CELL, code=code, variant="proposed", value=value) for code, value in (("1", "9353"), ("2", "10735"))
    ]
    totals = [
        replace(one, measure="nonfacility_total_rvu", value=units)
        for one, units in zip(rows, ("285.62", "327.80"), strict=True)
    ]
    first, second, *_ = judge([*rows, *totals], held()).findings
    assert (first.verdict, first.standing, first.wrong) == ("agrees_with_another_factor", "proposed", False)
    assert second.note == "prints $10,735, made with 32.7476 (proposed); what CMS proposed is not held"


def test_of_2026_the_amounts_of_both_tracks_agree_and_the_variant_says_which() -> None:
    year = replace(CELL, year="2026", first="2026-01-01", last="2026-12-31")
    assert found(replace(year, value="930"), NONQP, QP).verdict == "agrees"
    assert said(replace(year, value="935"), NONQP, QP) == ("agrees", "934.85", "the amount of QP participants")
    assert found(replace(year, value="935", variant="qp"), NONQP, QP) == Finding(
        replace(year, value="935", variant="qp"), "agrees", "934.85", factor="33.5675", standing="paid"
    )
    assert found(replace(year, value="935", variant="nonqp"), NONQP, QP).verdict == "differs"


def test_the_limiting_charge_is_of_either_site() -> None:
    cell = replace(CELL, measure="limiting_charge", value="1012.81", first="2024-03-09")
    assert found(cell, MARCH).verdict == "agrees"
    assert found(replace(cell, value="94.19"), MARCH).verdict == "agrees"
    assert found(replace(cell, value="1021.81"), MARCH) == Finding(
        replace(cell, value="1021.81"),
        "differs",
        "1012.81",
        difference="9.00",
        note="prints $1,021.81; CMS: $1,012.81; perhaps $1,012.81 with two digits swapped",
    )


def test_imaging_may_be_printed_with_its_cap_or_without() -> None:
    cap = {"opps_nonfacility_pe": "10.00", "opps_facility_pe": "10.00", "opps_malpractice": "0.20"}
    cell = replace(CELL, first="2024-03-09")
    assert said(cell, MARCH | cap) == (
        "agrees",
        "927.06",
        "without the OPPS cap on imaging; under it $399.45",
    )
    assert said(replace(cell, value="399"), MARCH | cap) == (
        "agrees",
        "927.06",
        "under the OPPS cap on imaging; $927.06 without it",
    )
    assert found(replace(cell, value="399"), MARCH | cap | {"opps_nonfacility_pe": "90.00"}).verdict == "differs"


def test_indicators_and_reasons_are_statuses() -> None:
    indicator = replace(CELL, measure="asc_indicator", value="N1")
    assert found(indicator, asc=[ASC]).verdict == "status_agrees"
    assert said(replace(indicator, value="G2"), asc=[ASC]) == ("status_differs", "N1", "prints G2; CMS: N1")
    reason = replace(CELL, measure="asc_payment", value="", status="packaged")
    assert found(reason, asc=[ASC]).verdict == "status_agrees"
    assert said(reason, asc=[ASC | {"payment_status": "not_on_asc_list"}]) == (
        "status_differs",
        "not_on_asc_list",
        "says packaged; CMS: not on the ASC list",
    )


def test_an_amount_where_cms_pays_none_and_none_where_it_pays() -> None:
    assert said(replace(CELL, measure="opps_payment", value="120"), outpatient=[OPPS]) == (
        "status_differs",
        "packaged",
        "prints $120; CMS: packaged",
    )
    paid = OPPS | {"payment": "120.00", "payment_status": "", "status_indicator": "T"}
    assert said(replace(CELL, measure="opps_payment", value="", status="packaged"), outpatient=[paid]) == (
        "status_differs",
        "120.00",
        "says packaged; CMS: $120.00",
    )


def test_a_dash_says_only_that_there_is_no_amount() -> None:
    dash = replace(CELL, measure="opps_payment", value="", status="not_applicable", printed="—")
    assert found(dash, outpatient=[OPPS]).verdict == "status_agrees"
    assert found(replace(dash, measure="apc"), outpatient=[OPPS]).verdict == "status_agrees"
    assert found(replace(dash, measure="asc_indicator"), asc=[ASC]).verdict == "cannot_tell"
    assert found(replace(dash, measure="asc_payment"), outpatient=[OPPS]).verdict == "status_agrees"


def test_not_on_the_list_of_procedures_is_what_addendum_bb_packages() -> None:
    cell = replace(CELL, measure="asc_payment", value="", status="not_on_asc_list")
    assert found(cell, asc=[ASC | {"addendum": "BB"}]).verdict == "status_agrees"
    assert found(cell, asc=[ASC]).verdict == "status_differs"


def test_a_note_in_place_of_an_amount_claims_nothing() -> None:
    cell = replace(CELL, measure="opps_payment", value="", status="see_note")
    assert said(cell, outpatient=[OPPS]) == ("cannot_tell", "packaged", "says see note; CMS: packaged")


def test_what_files_that_are_held_whole_do_not_have_is_said() -> None:
    assert said(CELL) == (
        "not_in_cms_files",
        "no_row",
        "prints $927; CMS's physician files in 2024 have no row of it",
    )


def of_january_only(outpatient: list[Row], *also: Row) -> Held:
    """A year of which the outpatient files after January are not held; the physician files are, all year."""
    schedule = {"kind": "schedule", "schedule": "outpatient", "effective_from": "2024-01-01"}
    january = schedule | {"sha256": "1", "form": "original"}
    april = schedule | {"sha256": "", "form": "not held", "effective_from": "2024-04-01"}
    physician = january | {"schedule": "physician"}
    found = Held(factors=FACTORS)
    tables = {"documents": [january, april, physician], "physician": list(also), "outpatient": outpatient}
    found.add(2024, tables)
    return found


def test_a_release_that_is_not_held_may_have_added_the_code() -> None:
    known = of_january_only([])
    summer = replace(CELL, measure="opps_payment", value="4600", first="2024-07-01")
    dash = replace(summer, value="", status="not_applicable", printed="—")
    year = "2024-01-01"
    cells = [summer, dash, replace(summer, first=year), replace(dash, first=year), replace(summer, last="2024-03-31")]
    cells[4] = replace(cells[4], first=year)
    assert [(one.verdict, one.note) for one in judge(cells, known).findings] == [
        ("cannot_tell", "no CMS file held from 1 July 2024"),
        ("cannot_tell", "no CMS file held from 1 July 2024"),
        (
            "cannot_tell",
            "prints $4,600; CMS's outpatient files until 31 March 2024 have no row of it; "
            "no CMS file held from 1 April 2024",
        ),
        ("status_agrees", "no CMS file held from 1 April 2024"),
        ("not_in_cms_files", "prints $4,600; CMS's outpatient files until 31 March 2024 have no row of it"),
    ]


def test_a_row_is_carried_over_releases_that_are_not_held() -> None:
    summer = replace(CELL, measure="opps_status_indicator", value="N", first="2024-07-01")
    (one,) = judge([summer], of_january_only([OPPS])).findings
    assert (one.verdict, one.expected, one.note) == ("status_agrees", "N", "")


def test_what_no_file_is_held_of_is_not_judged() -> None:
    year = replace(CELL, first="2019-01-01", last="2019-12-31")
    assert said(year) == ("cannot_tell", "", "no CMS file held in 2019")
    drg = replace(CELL, measure="drg_payment")
    assert said(drg) == ("cannot_tell", "", "no CMS file of MS-DRG payments is held")
    assert said(replace(CELL, modifier="62"), MARCH)[2] == "CMS's file has no rows of modifier 62"


def test_a_reading_that_is_not_sure_is_never_called_wrong() -> None:
    unsure = replace(CELL, value="800", first="2024-03-09", flag="the headings may also be read as ASC / Payment")
    assert said(unsure, MARCH) == ("cannot_tell", "927.06", "the reading is not sure; prints $800; CMS: $927.06")
    misprint = replace(unsure, flag="expected 927 = 27.85 x 33.2875")
    assert found(misprint, MARCH).verdict == "differs"


def test_a_guide_without_a_year_is_not_judged() -> None:
    undated = replace(CELL, year="", first="", last="")
    assert said(undated, JANUARY, MARCH) == ("cannot_tell", "", "the guide does not say of which year it is")


def test_what_is_no_number_is_not_called_wrong() -> None:
    assert said(replace(CELL, value="12-14"), MARCH)[::2] == (
        "cannot_tell",
        "nonfacility_payment is due as a number",
    )


texts = st.sampled_from(["", "86", "-3", "1.2.3", ".", "5.", "9" * 40, "N1", "١٢", "=1+1", "86.205"])


@given(
    value=texts,
    status=st.sampled_from(["", "packaged", "see_note", "no_such_reason"]),
    measure=st.sampled_from([*COLUMNS, "change_percent", "limiting_charge", "drg_payment", "no_such_measure"]),
    variant=st.sampled_from(["", "qp", "proposed", "final", "facility"]),
    modifier=st.sampled_from(["", "26", "62"]),
    first=st.sampled_from(["", "2024-03-09", "2023-12-31", "2031-01-01"]),
)
def test_every_cell_gets_one_verdict_of_the_list(
    value: str, status: str, measure: str, variant: str, modifier: str, first: str
) -> None:
    cell = replace(
        CELL,
        value=value,
        status=status,
        measure=measure,
        variant=variant,
        modifier=modifier,
        first=first,
        year=first[:4],
        last=first and max(first, "2024-12-31"),
    )
    beside = replace(CELL, first="2023-01-01", year="2023", last="2023-12-31")
    for one in judge([cell, beside], held(BEFORE, JANUARY, MARCH, asc=[ASC], outpatient=[OPPS])).findings:
        assert one.verdict in VERDICTS


def test_a_row_in_disorder_is_a_misprint_where_the_rest_of_its_column_is_cms_s() -> None:
    flag = "facility payment is larger than nonfacility payment"
    spring = replace(CELL, first="2024-03-09", measure="facility_payment")
    good = [replace(spring, code=code, value="86") for code in ("1", "2", "3")]
    bad = replace(spring, value="8600", flag=flag)
    rows = [MARCH | {"code": code} for code in ("1", "2", "3", "37252")]
    assert [one.verdict for one in judge([*good, bad], held(*rows)).findings] == ["agrees"] * 3 + ["differs"]
    swapped = [replace(one, value="927", flag=flag) for one in (*good, bad)]
    assert [one.verdict for one in judge(swapped, held(*rows)).findings] == ["cannot_tell"] * 4


def test_a_change_in_percent_is_made_again_from_cms_and_from_the_printed_amounts() -> None:
    before = replace(CELL, year="2023", first="2023-01-01", last="2023-12-31", value="973.58")
    after = replace(CELL, value="927.06")
    change = replace(CELL, measure="change_percent", variant="nonfacility", value="-5")

    def of(value: str, *beside: Cell) -> Finding:
        return judge([*beside, replace(change, value=value)], held(BEFORE, JANUARY, MARCH)).findings[-1]

    assert of("-5", before, after).verdict == "agrees_on_other_dates"
    assert of("-5", before, after).note == (
        "prints -5 %; CMS's amounts give -6 % or -5 %, as printed with the amounts from 9 March 2024"
    )
    assert of("-5", before, replace(after, first="2024-03-09")).verdict == "agrees"
    assert (of("5", before, after).verdict, of("5", before, after).difference) == ("differs", "10")
    assert of("-5").verdict == "cannot_tell"


def test_a_change_in_percent_is_judged_by_one_track_then_by_the_other() -> None:
    last_year = MARCH | {"from": "2025-01-01", "through": "2025-12-31", "nonfacility_payment": "88.95"}
    nonqp, qp = NONQP | {"nonfacility_payment": "95.19"}, QP | {"nonfacility_payment": "95.67"}
    known = Held(factors=FACTORS)
    for year, rows in ((2025, [last_year]), (2026, [nonqp, qp])):
        document = {"kind": "schedule", "schedule": "physician", "sha256": "1", "form": "original"}
        known.add(year, {"documents": [document | {"effective_from": f"{year}-01-01"}], "physician": rows})
    before = replace(CELL, year="2025", first="2025-01-01", last="2025-12-31", value="88.95")
    after = replace(CELL, year="2026", first="2026-01-01", last="2026-12-31", value="95.19")
    change = replace(after, measure="change_percent", variant="nonfacility")

    def of(value: str) -> tuple[str, str, str]:
        one = judge([before, after, replace(change, value=value)], known).findings[-1]
        return one.verdict, one.expected, one.note

    assert of("7.0") == ("agrees", "7.0", "")
    assert of("7.6") == ("agrees", "7.6", "the change of QP participants")
    assert of("9.0") == ("differs", "7.6", "prints 9.0 %; CMS's amounts give 7.6 %")


def test_the_name_of_a_file_cannot_speak_to_the_terminal() -> None:
    one = Checked("a\x1b[2J\u202eb.pdf", "1", "2024", (Finding(CELL, "agrees"),), (), ())
    assert summary(one) == [
        "a [2J b.pdf: 1 number held against CMS",
        "  1 agrees",
        "  Every number agrees.",
    ]
