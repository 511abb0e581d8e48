"""Whether a code existed, asked by the pages, by comparisons and by `show`: one rule, one answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from feebook import package, project
from feebook.compare import compare
from feebook.compare.families import families
from feebook.compare.lives import turns
from feebook.existence import Files, Life, left_out, life
from feebook.publish import book as books
from feebook.publish.blocks import blocks
from feebook.publish.records import records
from feebook.show import show
from feebook.silence import Gap
from tests.compare_tiny import compared, document, loaded, physician, weighted, write

CODES = {
    "C7531": "left the addenda of 2026, and no list of every code is held for 2026",
    "C7566": "entered the addenda of 2026; Addendum B of 2025 is held whole and has no such code",
    "0421T": "a surgical code of category III that left CMS's own addenda of 2026",
    "92925": "went on outside the addenda for years before 2026",
    "0228T": "has a row of 2021 that says that it is deleted",
    "J0570": "was away for nine months of 2025",
    "0364U": "came in 2023, in a release that is not held",
    "92921": "packaged in the addenda until 2025",
    "G1001": "left Addendum B in July 2025 and the physician file before",
    "C9173": "left the addenda in April 2025, and Addendum B in July",
    "C9154": "came to the surgery centers in a quarter of which no Addendum B is held",
    "C9145": "stands in no copy by others of July 2026",
}


def test_a_whole_list_proves_it_of_codes_that_it_lists_at_other_times() -> None:
    assert left_out({"physician"}, {"physician"})
    assert left_out({"asc"}, {"outpatient"})
    assert not left_out({"outpatient"}, {"physician", "asc"})
    assert not left_out({"physician"}, {"outpatient"})
    assert not left_out({"asc"}, {"physician", "asc"})


WHOLE = (Gap("0001-01-01", "2022-12-31", "", ""), Gap("2026-01-01", "9999-12-31", "", ""))
SPRING = Gap("2025-04-01", "2025-06-30", "2025-03-31", "2025-07-01")
SURGERY = (Gap("0001-01-01", "2022-12-31", "", ""), Gap("2027-01-01", "9999-12-31", "", ""))
FILES = Files(
    {"outpatient": (WHOLE[0], SPRING, WHOLE[1]), "physician": WHOLE, "asc": SURGERY}, frozenset({(2026, "physician")})
)
"""2023 to 2025 held whole but for an outpatient release, of 2026 the surgery centers' addenda and a copy."""


def lived(code: str, *rows: tuple[str, str, str], addendum: str = "", came: str = "", left: str = "") -> Life:
    """The life of a code from schedules with a first and a last day."""
    held = [(name, "", first, last, addendum if name == "asc" else "") for name, first, last in rows]
    return life(code, FILES, held, [came] if came else [], [left] if left else [])


def all_days(one: Life, schedule: str) -> list[tuple[str, str, str]]:
    return list(one.silences(schedule, "2023-01-01", "2026-12-31"))


def test_a_code_that_came_in_a_release_that_is_held_did_not_exist_before_it() -> None:
    one = lived("10001", ("outpatient", "2024-07-01", "2025-12-31"), ("asc", "2025-01-01", "2026-12-31"))
    assert all_days(one, "asc") == [
        ("2023-01-01", "2024-06-30", "no_code"),
        ("2024-07-01", "2024-12-31", "not_on_asc_list"),
    ]
    assert all_days(one, "outpatient") == [
        ("2023-01-01", "2024-06-30", "no_code"),
        ("2026-01-01", "2026-12-31", "no_source"),
    ]


def test_one_that_came_after_a_release_that_is_not_held_may_be_as_old_as_that() -> None:
    one = lived("10001", ("outpatient", "2025-07-01", "2025-12-31"))
    assert all_days(one, "outpatient")[:2] == [
        ("2023-01-01", "2025-03-31", "no_code"),
        ("2025-04-01", "2025-06-30", "no_source"),
    ]
    assert all_days(one, "asc")[:2] == [
        ("2023-01-01", "2025-03-31", "no_code"),
        ("2025-04-01", "2026-12-31", "not_on_asc_list"),
    ]
    named = lived("10001", ("outpatient", "2025-07-01", "2025-12-31"), came="2025-07-01")
    assert all_days(named, "outpatient")[0] == ("2023-01-01", "2025-06-30", "no_code")


def test_a_code_that_is_away_for_a_while_did_not_exist_as_far_as_lists_of_every_code_tell() -> None:
    one = lived("J0570", ("outpatient", "2023-01-01", "2024-12-31"), ("outpatient", "2025-07-01", "2025-12-31"))
    assert all_days(one, "outpatient") == [
        ("2025-01-01", "2025-03-31", "no_code"),
        ("2025-04-01", "2025-06-30", "no_source"),
        ("2026-01-01", "2026-12-31", "no_source"),
    ]


def test_a_code_that_a_list_leaves_out_stays_gone_where_later_lists_are_not_held() -> None:
    one = lived("10001", ("physician", "2023-01-01", "2025-06-30"))
    assert all_days(one, "physician") == [("2025-07-01", "2026-12-31", "no_code")]
    assert (one.gone("2026-01-01", "2026-12-31"), one.gone("2025-01-01", "2025-12-31")) == (True, False)


def test_a_source_tells_that_a_code_was_replaced() -> None:
    one = lived("37226", ("physician", "2023-01-01", "2025-12-31"), left="2026-01-01")
    assert all_days(one, "physician") == [("2026-01-01", "2026-12-31", "no_code")]
    assert all_days(lived("37226", ("physician", "2023-01-01", "2025-12-31")), "physician") == [
        ("2026-01-01", "2026-12-31", "no_source")
    ]


def test_the_surgery_centers_addenda_prove_it_of_surgical_cpt_codes_alone() -> None:
    def said(code: str, addendum: str, last: str = "2025-12-31") -> list[tuple[str, str, str]]:
        rows = ("physician", "2023-01-01", last), ("asc", "2025-01-01", "2025-12-31")
        return all_days(lived(code, *rows, addendum=addendum), "physician")

    assert said("37226", "AA") == [("2026-01-01", "2026-12-31", "no_code")]
    assert said("37226", "BB") == [("2026-01-01", "2026-12-31", "no_source")]
    assert said("C7531", "AA") == [("2026-01-01", "2026-12-31", "no_source")]
    assert said("37226", "AA", last="2026-12-31") == []


def test_of_a_code_that_no_day_has_only_the_days_of_whole_lists_are_told() -> None:
    one = life("10001", FILES, (), listed=("outpatient",))
    assert all_days(one, "outpatient") == [
        ("2023-01-01", "2025-03-31", "no_code"),
        ("2025-04-01", "2025-06-30", "no_source"),
        ("2025-07-01", "2025-12-31", "no_code"),
        ("2026-01-01", "2026-12-31", "no_source"),
    ]


def test_days_between_the_rows_of_a_modifier_are_told_of_it_alone() -> None:
    rows = [("physician", modifier, f"{year}-01-01", "2025-12-31", "") for modifier, year in (("", 2023), ("26", 2024))]
    one = life("93458", FILES, rows)
    assert list(one.silences("physician", "2023-01-01", "2025-12-31", "26")) == [
        ("2023-01-01", "2023-12-31", "not_published")
    ]
    assert list(one.silences("physician", "2023-01-01", "2025-12-31")) == []


def test_a_code_that_a_list_leaves_out_is_gone_and_one_that_no_list_tells_of_is_not_known_to_be() -> None:
    surgery = {"asc": [weighted("asc", "C7531", "J8", payment="6102.28"), weighted("asc", "52647", "J8", payment="9")]}
    every = {"outpatient": [weighted("outpatient", "99213", "B")]}
    other = {"asc": [weighted("asc", "99999", "J8", payment="9")]}
    without = compared(loaded("2025-01-01", surgery), loaded("2026-01-01", other))
    assert [(row.code, row.kind, row.before_status, row.after_status, row.reason) for row in without.rows] == [
        ("52647", "gone", "", "not_on_asc_list", "gone from this schedule; whether the code goes on is not known"),
        ("99999", "born", "not_on_asc_list", "", "new in this schedule; whether the code is older is not known"),
        ("C7531", "gone", "", "not_on_asc_list", "gone from this schedule; whether the code goes on is not known"),
    ]
    told = compared(loaded("2025-01-01", surgery), loaded("2026-01-01", other | every))
    assert [(row.code, row.after_status, row.reason) for row in told.rows if row.kind == "gone"] == [
        ("52647", "no_code", "the code is gone"),
        ("C7531", "no_code", "the code is gone"),
    ]


def test_a_copy_that_leaves_a_code_out_tells_nothing_until_the_addenda_do(tmp_path: Path) -> None:
    release = {"release": "2025-01"}
    rows = [physician("52647", "32") | release, physician("99213", "32") | release]
    surgery = [weighted("asc", "52647", "G2", payment="2000") | release | {"addendum": "AA"}]
    documents = [document("physician", "2025-01-01"), document("asc", "2025-01-01")]
    write(tmp_path, 2025, {"physician": rows, "asc": surgery, "documents": documents})
    release = {"release": "2026-01"}
    documents = [document("physician", "2026-01-01", "secondary"), document("asc", "2026-01-01")]
    rows, surgery = [physician("10000", "33") | release], [weighted("asc", "10000", "G2", payment="90") | release]
    write(tmp_path, 2026, {"physician": rows, "asc": surgery, "documents": documents})
    found = compare(2025, 2026, datasets=tmp_path)
    measures = ("facility_payment", "asc_payment")
    assert [(row.code, row.kind, row.after_status) for row in found.rows if row.measure in measures] == [
        ("10000", "born", ""),
        ("52647", "gone", "no_code"),
        ("99213", "not_held", "no_source"),
        ("10000", "born", ""),
        ("52647", "gone", "no_code"),
    ]


def test_a_release_that_is_not_held_may_have_had_a_row_unless_both_sides_of_it_are_without(tmp_path: Path) -> None:
    """Addendum B of April 2024 is not held; 10002 is older than the gap, and comes into Addendum B in April 2025."""

    def rows(*codes: str) -> list[dict[str, str]]:
        return [weighted("outpatient", code, "S", payment="9") for code in codes]

    def seen(**first: str) -> list[dict[str, str]]:
        return [{"code": code[1:], "first_seen": day, "last_seen": f"{day[:4]}-12-31"} for code, day in first.items()]

    physicians = [physician(code, "33") for code in ("10000", "10002")]
    documents = [
        document("outpatient", "2024-01-01"),
        document("outpatient", "2024-04-01", "not held"),
        document("physician", "2024-01-01", "re-saved"),
    ]
    tables = {"outpatient": rows("10000"), "physician": physicians, "documents": documents}
    write(tmp_path, 2024, tables | {"codes": seen(c10000="2024-01-01", c10002="2024-01-01")})
    spring = {"from": "2025-04-01"}
    later = [*rows("10000", "10001"), *(row | spring for row in rows("10002"))]
    documents = [
        document("outpatient", "2025-01-01"),
        document("outpatient", "2025-04-01"),
        document("physician", "2025-01-01", "re-saved"),
    ]
    codes = seen(c10000="2025-01-01", c10001="2025-01-01", c10002="2025-01-01")
    write(tmp_path, 2025, {"outpatient": later, "physician": physicians, "documents": documents, "codes": codes})

    def said(before: str) -> list[tuple[str, str, str]]:
        found = compare(before, "2025-05-01", schedule="outpatient", datasets=tmp_path)
        return [(row.code, row.kind, row.before_status) for row in found.rows]

    assert said("2024-12-31") == [
        ("10000", "same", ""),
        ("10001", "not_held", "no_source"),
        ("10002", "born", "not_published"),
    ]
    assert said("2024-03-31") == [
        ("10000", "same", ""),
        ("10001", "born", "no_code"),
        ("10002", "born", "not_published"),
    ]


MEASURES = {
    "physician": ("facility_payment", "nonfacility_payment"),
    "asc": ("asc_payment",),
    "outpatient": ("opps_payment",),
}
QUARTERS = [f"{year}-{day}" for year in range(2019, 2027) for day in ("01-01", "05-15", "08-15", "11-15")]


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, str, str], str]:
    """Code, measure and day → the reason that its page gives for no amount, empty where it has one."""
    book, of = books.read(project.folder("datasets")), turns(families())
    found = {}
    for record in records(book, [book.codes[code] for code in sorted(CODES)]):
        shown = blocks(book, record, lambda *_: "1", record.life(book.files, of))
        for measure, block in zip([name for names in MEASURES.values() for name in names], shown, strict=True):
            for day in QUARTERS:
                on = [line for line in block.lines if line.first <= day <= line.last and line.track != "qp"]
                assert len(on) == 1, (record.code.code, measure, day)
                found[record.code.code, measure, day] = "" if on[0].paid is not None else on[0].status
    return found


def test_a_page_and_a_comparison_say_the_same(pages: dict[tuple[str, str, str], str]) -> None:
    asked = set()
    far = [("2019-05-15", "2026-11-15"), ("2020-11-15", "2025-05-15"), ("2023-11-15", "2024-11-15")]
    for days in (*zip(QUARTERS[::4], QUARTERS[2::4], strict=True), *far):
        found = compare(*days, codes=CODES)
        for row in found.rows:
            for day, status in zip(found.days[row.schedule], (row.before_status, row.after_status), strict=True):
                if row.modifier == "" and row.track != "qp":
                    asked.add((row.code, row.measure, str(day)))
                    assert pages[row.code, row.measure, str(day)] == status, (row.code, row.measure, day)
    assert {code for code, *_ in asked} == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_show_gives_the_reasons_of_the_page(code: str, pages: dict[tuple[str, str, str], str]) -> None:
    shown = show(code, project.folder("datasets"))
    for schedule, measures in MEASURES.items():
        held = shown.schedules[schedule]
        for day in QUARTERS:
            said = [status for first, last, status in shown.silences[schedule] if first <= day <= last]
            there = any(row["from"] <= day <= row["through"] for row in held if not row.get("modifier"))
            assert len(said) == (not there)
            assert all(pages[code, measure, day] == status for measure in measures for status in said)


@pytest.mark.parametrize("year", range(2020, 2027))
def test_the_changes_of_a_package_give_the_reasons_of_the_page(
    year: int, pages: dict[tuple[str, str, str], str]
) -> None:
    held = package.load(year, project.folder("datasets"))
    rows = [row for code in sorted(CODES) for row in held.rows("changes", code) if row["track"] != "qp"]
    for row in (row for row in rows if not row["modifier"]):
        for side in ("before", "after"):
            at = row["code"], row["measure"], row[f"{side}_day"]
            assert pages.get(at, row[f"{side}_status"]) == row[f"{side}_status"], at
