"""The OPPS cap on imaging: what a row proves, what a code's page says, and what the terminal says."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from feebook import package
from feebook.amounts import half_up
from feebook.compare import compare, printers
from feebook.compare.loaded import Loaded
from feebook.publish import answer, book, downloads, glance, searchindex, technical
from feebook.publish.blocks import blocks
from feebook.publish.book import Book
from feebook.publish.lines import SETTINGS, Block, Line
from feebook.publish.records import Record
from feebook.schedules import caps
from feebook.show import local, show
from tests.compare_tiny import compared, loaded, physician
from tests.conftest import ROOT
from tests.rows import PHYSICIAN

DATASETS = ROOT / "datasets"
D = Decimal
ROW = PHYSICIAN | {
    "code": "74263",
    "work_rvu": "2.28",
    "nonfacility_pe_rvu": "19.27",
    "malpractice_rvu": "0.09",
    "nonfacility_total_rvu": "21.64",
    "facility_total_rvu": "21.64",
    "conversion_factor": "32.3465",
    "opps_nonfacility_pe": "8.48",
    "opps_facility_pe": "8.48",
    "opps_malpractice": "0.07",
}


@pytest.mark.parametrize(
    ("changed", "units"),
    [
        ({}, D("10.83")),
        ({"opps_nonfacility_pe": "0.00", "opps_malpractice": "0.00"}, None),
        ({"opps_nonfacility_pe": "19.29", "opps_malpractice": "0.07"}, None),
        ({"opps_nonfacility_pe": ""}, None),
        ({"work_rvu": ""}, None),
    ],
)
def test_the_cap_is_work_and_what_outpatient_would_pay_where_that_is_less(
    changed: dict[str, str], units: Decimal | None
) -> None:
    assert caps.capped_units(ROW | changed, "nonfacility") == units


def test_only_a_row_with_a_technical_part_can_leave_its_cap_untold() -> None:
    untold = ROW | {"opps_nonfacility_pe": ""}
    found = [caps.is_untold(untold | {"modifier": name}, "nonfacility") for name in ("", "TC", "26", "53")]
    assert found == [True, True, False, False]
    assert not caps.is_untold(ROW, "nonfacility")


def test_a_compared_row_says_what_medicare_pays_under_the_cap() -> None:
    def day(year: int, factor: str, **more: str) -> Loaded:
        row = ROW | {"conversion_factor": factor} | more
        paid = {"facility_payment": "", "facility_status": "not_applicable"}
        paid["nonfacility_payment"] = str(half_up(D(row["nonfacility_total_rvu"]) * D(factor)))
        return loaded(f"{year}-01-01", {"physician": [physician("74263", factor) | row | paid]})

    one, two = day(2024, "32.7442"), day(2025, "32.3465")
    found = compared(one, two)
    assert [(row.measure, str(row.change), row.note) for row in found.changed] == [
        ("nonfacility_payment", "-8.60", "OPPS cap 354.62 → 350.31")
    ]
    line = "Amounts are before the OPPS cap on imaging; above it on one of the days: 1, with what Medicare pays beside "
    line += "them"
    assert line in printers.headline(found)
    assert json.loads(printers.to_json(found))["note"] == line
    free = day(2025, "32.3465", opps_nonfacility_pe="0.00", opps_malpractice="0.00")
    assert [row.note for row in compared(one, free).changed] == ["OPPS cap 354.62 → none"]
    assert [row.note for row in compared(free, free).changed] == []
    assert "note" in json.loads(printers.to_json(compared(free, free)))


def test_a_comparison_and_show_say_the_same_of_the_cap() -> None:
    found = compare("2025-02-01", 2026, codes=["70496"], schedule="physician", datasets=DATASETS)
    notes = [row.note for row in found.changed if not row.modifier and row.track == "qp"]
    said = show("70496", DATASETS).notes
    assert notes == ["OPPS cap 257.80 → not held"]
    assert "Non-facility, 2025-01-01 – 12-31: above the OPPS cap; Medicare pays $257.80 (cap) instead of" in " ".join(
        said
    )
    assert any(line.startswith("Non-facility qp, 2026-04-01 – 12-31: OPPS cap not held") for line in said)


def test_every_capped_row_is_in_the_list_of_caps_of_cms() -> None:
    counts = {}
    for held in map(package.Package, (DATASETS / str(year) for year in range(2020, 2027))):
        listed = {(row["code"], row["modifier"]) for row in held.rows("opps_cap")}
        under = [
            (row["code"], row["modifier"])
            for row in held.rows("physician")
            for setting in ("facility", "nonfacility")
            if row[f"{setting}_payment"] and (units := caps.capped_units(row, setting)) is not None
            if half_up(units * D(row["conversion_factor"])) < D(row[f"{setting}_payment"])
        ]
        assert set(under) <= listed
        counts[held.year] = len(under)
    assert counts == {2020: 82, 2021: 92, 2022: 78, 2023: 74, 2024: 148, 2025: 58, 2026: 0}


@pytest.fixture(scope="module")
def held() -> Book:
    return book.read(DATASETS)


def of(held: Book, code: str) -> tuple[Record, tuple[Block, ...]]:
    rows = {"physician": {one.year: list(one.rows("physician", code)) for one in held.packages}}
    record = Record(
        held.codes[code], {"physician": {year: found for year, found in rows["physician"].items() if found}}
    )
    return record, blocks(held, record, lambda *_: "", record.life(held.files, {}))


def test_the_lines_of_capped_imaging_hold_what_medicare_pays(held: Book) -> None:
    record, found = of(held, "74263")
    told = [
        (line.first, line.track, line.printed, line.uncapped, line.units, line.cap_open, line.since, line.broke)
        for line in found[1].lines
        if line.paid is not None
    ]
    broke = "the OPPS cap of 2026 is not held"
    assert told == [
        ("2025-01-01", "", D("350.31"), D("699.98"), "10.83", False, None, "before: not covered"),
        ("2026-04-01", "nonqp", D("835.02"), None, "25.00", True, None, broke),
        ("2026-04-01", "qp", D("839.19"), None, "25.00", True, None, broke),
    ]
    assert technical.notes(found) == {
        "nonfacility": (
            "Above the OPPS cap on imaging: Medicare pays $350.31 (cap) instead of $699.98 by RVUs (2025).",
            "The OPPS cap on imaging of 2026 is not held: Medicare pays the amount by RVUs at most.",
        )
    }
    assert glance.glance(found, glance.columns(held))[1].why == "cap not held"
    assert searchindex.code_line(record.code, found, 2026) == "74263"


def test_the_parts_under_the_cap_are_marked(held: Book) -> None:
    record, _ = of(held, "74263")
    modifiers, segments = technical.parts(record.all("physician"), capped=True)
    assert modifiers == ("26", "TC")
    assert [found["TC"][1] for first, _, found in segments if first >= "2025"] == [
        ("$242", "$241.63 (cap) instead of $591.29 by RVUs", "cap"),
        ("$715", "$714.78", "cap not held"),
    ]
    assert [found["26"][1] for first, _, found in segments if first >= "2025"] == [
        ("$109", "$108.68", ""),
        ("$120", "$120.24", ""),
    ]
    assert technical.professional(segments) == ("2026-12-31", "$120")


def test_the_csv_and_json_of_a_code_say_what_the_cap_leaves(held: Book) -> None:
    record, _ = of(held, "93893")
    told = [line.split(",") for line in downloads.code_csv(held, record).splitlines()[1:]]
    assert [(row[4], row[6], row[-1]) for row in told if row[1] == "physician_nonfacility" and row[2:4] == ["", ""]][
        -3:
    ] == [
        ("2024-01-01", "395.88", "162.41"),
        ("2024-03-09", "402.45", "165.11"),
        ("2025-01-01", "323.79", "163.03"),
    ]
    assert {row[-1] for row in told if row[4] >= "2026" and row[6]} == {"not held"}
    assert '"note":"Imaging: ' in downloads.code_json(held, record)


def test_another_code_has_no_word_of_a_cap(held: Book) -> None:
    record, found = of(held, "99213")
    assert technical.notes(found) == {}
    assert '"note"' not in downloads.code_json(held, record)


def line(paid: str, **changed: object) -> Line:
    amount = D(paid) if paid else None
    status = "" if paid else "not_applicable"
    one = Line("2025-01-01", "2025-12-31", "", amount, amount, status, "", "", "", "", None, False)
    return replace(one, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("office", "said"),
    [
        (
            line("350.31", uncapped=D("699.98")),
            "2025: Medicare pays the physician $350 in an office only (OPPS cap; $700 by RVUs).",
        ),
        (
            line("835.02", cap_open=True),
            "2025: Medicare pays the physician at most $835 in an office only. "
            "The OPPS cap on imaging of 2025 is not held.",
        ),
    ],
)
def test_the_answer_is_the_lower_amount_or_says_that_it_is_not_known(office: Line, said: str) -> None:
    found = [Block(SETTINGS[0], (line(""),)), Block(SETTINGS[1], (office,))]
    assert answer.sentence(found, "2025-12-31", 2025, ended=False) == said


def test_the_terminal_says_the_cap_or_that_it_is_not_held() -> None:
    assert show("74263", DATASETS, modifier="").notes == (
        "Non-facility, 2025-01-01 – 12-31: above the OPPS cap; Medicare pays $350.31 (cap) instead of $699.98 by RVUs",
        "Non-facility nonqp, 2026-04-01 – 12-31: OPPS cap not held; Medicare pays $835.02 at most",
        "Non-facility qp, 2026-04-01 – 12-31: OPPS cap not held; Medicare pays $839.19 at most",
    )
    assert show("99213", DATASETS).notes == ()


def test_a_row_at_a_place_without_a_cap_for_its_days_says_so() -> None:
    found = local(show("74263", DATASETS, modifier=""), "0111205", DATASETS)
    assert [(row["from"], row["nonfacility_opps_cap"], row["note"]) for row in found if row["from"] >= "2025"] == [
        ("2025-01-01", "470.48", ""),
        ("2026-04-01", "", "no OPPS cap held for these days"),
        ("2026-04-01", "", "no OPPS cap held for these days"),
    ]
