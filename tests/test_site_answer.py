"""What the page of a code says first: the sentence, the table at a glance, and in which years a code did not exist."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from feebook.compare.families import families
from feebook.compare.lives import turns
from feebook.publish import answer, chart, figures, glance, yearview
from feebook.publish import book as books
from feebook.publish.blocks import blocks
from feebook.publish.book import Book
from feebook.publish.lines import SETTINGS, Block, Line
from feebook.publish.records import records
from tests.test_site import packages, site, text_of  # noqa: F401  (fixtures)

pytestmark = pytest.mark.xdist_group("site")


def line(year: int, paid: str = "", status: str = "", indicator: str = "", provisional: bool = False) -> Line:
    amount = Decimal(paid) if paid else None
    first, last = f"{year}-01-01", f"{year}-12-31"
    return Line(first, last, "", amount, amount, status, indicator, "", "", "", None, provisional)


def said(facility: Line, nonfacility: Line, asc: Line, outpatient: Line, last: str = "2025-12-31", **how: bool) -> str:
    found = [Block(s, (one,)) for s, one in zip(SETTINGS, (facility, nonfacility, asc, outpatient), strict=True)]
    return answer.sentence(found, last, 2025, ended=how.get("ended", False))


def test_the_answer_names_both_physician_settings_and_joins_reasons() -> None:
    packaged = line(2025, status="packaged", indicator="N")
    assert said(line(2025, "84.42"), line(2025, "860.42"), packaged, packaged) == (
        "2025: Medicare pays the physician $84 in a facility, $860 in an office; "
        "hospital outpatient and surgery center: packaged into the main procedure."
    )


def test_an_older_year_and_a_provisional_one_are_said() -> None:
    assert said(
        line(2025, "84.42", provisional=True),
        line(2025, status="not_applicable"),
        line(2024, "1000"),
        line(2024, status="packaged"),
    ) == (
        "2025 (provisional): Medicare pays the physician $84 in a facility only; the surgery center $1,000 (2024); "
        "hospital outpatient (2024): packaged into the main procedure."
    )


def test_equal_amounts_a_drug_and_a_contractor_s_price() -> None:
    none, off = line(2025, status="no_source"), line(2025, status="not_on_asc_list")
    other = line(2025, status="other_schedule")
    assert said(line(2025, "10.5"), line(2025, "10.5"), off, none) == (
        "2025: Medicare pays the physician $11 in a facility or an office; surgery center: not on its list."
    )
    assert said(other, other, line(2025, "75.1", indicator="K2"), line(2025, "75.1", indicator="K")) == (
        "2025: Medicare pays the surgery center $75 per billing unit; the hospital outpatient department $75 per "
        "billing unit; physician: by the drug payment limit of another CMS file."
    )
    contractor = line(2025, status="contractor_priced")
    assert said(contractor, contractor, off, none) == "2025: physician: priced by the regional Medicare contractor."


def test_an_end_is_said_as_far_as_it_is_proven() -> None:
    none = line(2025, status="no_source")
    paid = line(2024, "489"), line(2024, "7312"), line(2024, "7579"), line(2024, "11341")
    amounts = (
        "physician $489 in a facility, $7,312 in an office; the surgery center $7,579; "
        "the hospital outpatient department $11,341."
    )
    assert said(*paid, last="2024-12-31", ended=True) == (
        f"Paid until 2024, deleted in 2025. 2024: Medicare paid the {amounts}"
    )
    assert said(*paid, last="2024-12-31") == (
        f"2024: Medicare pays the {amounts} It is in none of the files held for 2025."
    )
    assert said(none, none, none, none, last="2024-03-31", ended=True) == (
        "Listed until Mar 31, 2024, then deleted. No national amount in the files held."
    )


@pytest.fixture(scope="module")
def book(packages: Path) -> Book:  # noqa: F811
    return books.read(packages)


def test_an_ended_code_says_so_in_every_setting(book: Book) -> None:
    (record,) = records(book, [book.codes["37226"]])
    found = blocks(book, record, lambda schedule, day: "", record.life(book.files, turns(families())))
    assert {block.lines[-1].status for block in found} == {"no_code"}
    assert {block.latest.year for block in found} == {"2025"}


def test_the_table_at_a_glance_has_two_columns_for_the_year_of_two_factors(book: Book) -> None:
    every = glance.columns(book)
    assert [(c.year, c.part) for c in every if c.year == "2024"] == [("2024", "Jan 1"), ("2024", "Mar 9")]
    assert [c.factor for c in every if c.year == "2024"] == ["32.7442", "33.2875"]
    (record,) = records(book, [book.codes["37252"]])
    rows = glance.glance(blocks(book, record, lambda schedule, day: "", record.life(book.files, {})), every)
    assert [str(cell.line.printed) for cell in rows[0].cells[1:]] == [
        "94.92", "91.07", "89.63", "88.11", "84.81", "86.21", "84.42", "79.16",
    ]  # fmt: skip
    assert rows[0].cells[-1].late == "2026-04-01"
    assert (str(rows[0].since), rows[0].days) == ("-5.26", "2025 → 2026")
    assert [(cell.line.status, cell.span) for cell in rows[3].cells] == [("packaged", 8), ("no_source", 1)]


def test_bars_show_each_part_from_the_line_up_or_down() -> None:
    parts = [
        ("Factor", Decimal(-20)),
        ("Work", Decimal(0)),
        ("Practice expense", Decimal(60)),
        ("Rounding", Decimal(1)),
    ]
    drawn = chart.bars("Title", ("2023→24",), [parts], {})
    paths = {path.get("class"): path.get("d") for path in ElementTree.fromstring(_quoted(drawn)).iter("path")}
    assert paths == {"p0": "M203 66V86", "p2": "M203 66V6", "g": "M46 66H360"}
    assert chart.bars("Title", ("2023→24",), [[("Factor", Decimal(0))]], {}) == ""


def _quoted(svg: str) -> str:
    return re.sub(r"=([^\"\s>]+)", r'="\1"', svg)


def test_the_page_answers_cites_and_links_what_replaced_a_code(site: Path) -> None:  # noqa: F811
    words = text_of(site / "codes/37226/index.html")
    assert "Paid until 2025, deleted in 2026. 2025: Medicare paid the physician $489 in a facility" in words
    assert "See 37254 ." in words
    assert "confidence B, two or more secondary sources" in words
    assert "Data packages 2019." in words
    page = (site / "codes/37252/index.html").read_text(encoding="utf-8")
    assert re.search(r'<meta name="description" content="37252\. From Apr 1, 2026 \(provisional\): Medicare pays', page)


def test_a_year_lists_its_releases_by_schedule_and_other_files_by_what_they_are_about(book: Book) -> None:
    one = yearview.year(book, 2024)
    assert [release.name for release in one.of("physician")] == ["2024A", "2024AR", "2024B", "2024C", "2024D"]
    assert [release.held for release in one.of("physician")] == [True, True, True, True, False]
    assert list(one.others)[:2] == [
        "Localities: cost indices and anesthesia factors",
        "Caps on imaging amounts, by locality",
    ]
    assert [row["factor"] for row in one.factors][:3] == ["32.7442", "33.2875", "32.7476"]
    named = [row["document"] for release in one.releases for row in release.documents]
    rest = [row["document"] for rows in one.others.values() for row in rows]
    assert sorted(named + rest) == sorted(row["document"] for row in book.documents[2024])


def test_the_professional_part_is_said_where_the_whole_is_not_paid_in_a_facility() -> None:
    off = line(2025, status="not_on_asc_list")
    found = [line(2025, status="not_applicable"), line(2025, "963"), off, line(2025, "3216")]
    blocks_ = [Block(s, (one,)) for s, one in zip(SETTINGS, found, strict=True)]
    told = answer.sentence(blocks_, "2025-12-31", 2025, ended=False, professional=("2025-12-31", "$278"))
    assert told == (
        "2025: Medicare pays the physician $963 in an office only, $278 for the professional part (26); "
        "the hospital outpatient department $3,216; surgery center: not on its list."
    )


def part(line_: Line, first: str, last: str) -> Line:
    return replace(line_, first=first, last=last)


def test_a_reason_of_a_later_year_than_the_amounts_names_its_year() -> None:
    none, off = line(2025, status="no_source"), line(2026, status="packaged", indicator="N1")
    assert said(none, none, off, line(2025, "0.144", indicator="K"), last="2026-12-31") == (
        "2025: Medicare pays the hospital outpatient department $0.14 per billing unit; "
        "surgery center (2026): packaged into the main procedure."
    )


def test_amounts_of_a_part_of_the_year_name_it_once_where_they_share_it() -> None:
    none = line(2025, status="no_source")
    quarter = part(line(2025, "74.82", indicator="K2"), "2025-07-01", "2025-09-30")
    assert said(none, none, quarter, replace(quarter, indicator="K")) == (
        "Jul 1\u2013Sep 30, 2025: Medicare pays the surgery center $75 per billing unit; "
        "the hospital outpatient department $75 per billing unit."
    )


def test_amounts_of_different_parts_of_the_year_each_name_theirs() -> None:
    facility, office = (part(line(2025, paid), "2025-04-01", "2025-12-31") for paid in ("84", "860"))
    paid, none = line(2025, "1708"), line(2025, status="no_source")
    half = part(line(2025, status="packaged"), "2025-01-01", "2025-06-30")
    assert said(facility, office, paid, half) == (
        "2025: Medicare pays the physician $84 in a facility, $860 in an office (from Apr 1); the surgery center "
        "$1,708; hospital outpatient (Jan 1\u2013Jun 30): packaged into the main procedure."
    )
    assert said(line(2025, status="not_applicable"), office, paid, none) == (
        "2025: Medicare pays the physician $860 in an office only (from Apr 1); the surgery center $1,708."
    )


def test_conditional_packaging_states_its_condition() -> None:
    none = line(2025, status="no_source")
    conditions = {
        "Q1": "when not packaged beside other services",
        "Q2": "when not packaged beside a procedure",
        "Q3": "when not part of a composite",
    }
    for indicator, condition in conditions.items():
        assert said(none, none, none, line(2025, "136", indicator=indicator)) == (
            f"2025: Medicare pays the hospital outpatient department $136 {condition}."
        )


def test_the_schedule_that_pays_instead_is_named_where_the_indicators_tell_it() -> None:
    off, none = line(2025, status="other_schedule", indicator="X", provisional=True), line(2025, status="no_source")
    packaged = line(2025, status="packaged", indicator="Q4", provisional=True)
    assert said(off, off, none, packaged) == (
        "2025 (provisional): physician: by the laboratory fee schedule, if covered; "
        "hospital outpatient: packaged beside other services, else by the laboratory fee schedule."
    )
    anesthesia = line(2025, status="other_schedule", indicator="J")
    assert said(anesthesia, anesthesia, none, none) == (
        "2025: physician: by anesthesia base and time units, at the anesthesia factor."
    )


def test_amounts_under_ten_cents_keep_their_decimals() -> None:
    amounts = ("1055.59", "9.995", "0.144", "0.003", "0.01", "0.00")
    assert [figures.whole(Decimal(text)) for text in amounts] == [
        "$1,056", "$10.00", "$0.14", "$0.003", "$0.01", "under $0.01",
    ]  # fmt: skip
    assert [figures.change(Decimal(text)) for text in ("-0.003", "0.01", "-0.45", "61.65")] == [
        "\u22120.003", "+0.01", "\u22120.45", "+62",
    ]  # fmt: skip
    assert figures.percent(Decimal("-0.01"), Decimal("0.01")) == ""
    assert figures.percent(Decimal("-0.005"), Decimal("0.01")) == "\u221250.0\u202f%"
