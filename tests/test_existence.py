"""Whether a code existed, asked by the pages and by comparisons: one rule, one answer."""

from __future__ import annotations

from pathlib import Path

from feebook import project
from feebook.compare import compare
from feebook.compare.existence import left_out, surgery_ended
from feebook.publish import book as books
from feebook.publish import existence
from feebook.publish.blocks import blocks
from feebook.publish.records import records
from tests.compare_tiny import compared, loaded, physician, weighted, write

CODES = {
    "C7531": "left the addenda of 2026, and no list of every code is held for 2026",
    "C7566": "entered the addenda of 2026; Addendum B of 2025 is held whole and has no such code",
    "0421T": "a surgical code of category III that left CMS's own addenda of 2026",
    "92925": "went on outside the addenda for years before 2026",
    "0228T": "has a row of 2021 that says that it is deleted",
    "J0570": "was away for nine months of 2025",
    "0364U": "came in 2023, in a release that is not held",
    "92921": "packaged in the addenda until 2025",
}


def test_a_whole_list_proves_it_of_codes_that_it_lists_at_other_times() -> None:
    assert left_out({"physician"}, {"physician"})
    assert left_out({"asc"}, {"outpatient"})
    assert not left_out({"outpatient"}, {"physician", "asc"})
    assert not left_out({"physician"}, {"outpatient"})
    assert not left_out({"asc"}, {"physician", "asc"})


def test_the_surgery_centers_addenda_prove_it_of_surgical_cpt_codes_alone() -> None:
    assert surgery_ended("37226", True, {"asc"}, {"asc", "physician"})
    assert not surgery_ended("37226", False, {"asc"}, {"asc", "physician"})
    assert not surgery_ended("C7531", True, {"asc"}, {"asc", "physician"})
    assert not surgery_ended("37226", True, {"physician"}, {"asc", "physician"})
    assert not surgery_ended("37226", True, {"asc"}, {"asc"})


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
    def document(schedule: str, year: int, form: str) -> dict[str, str]:
        held = {"kind": "schedule", "schedule": schedule, "sha256": "0", "form": form}
        return held | {"release": f"{year}A", "effective_from": f"{year}-01-01"}

    release = {"release": "2025A"}
    rows = [physician("52647", "32") | release, physician("99213", "32") | release]
    surgery = [weighted("asc", "52647", "G2", payment="2000") | release | {"addendum": "AA"}]
    documents = [document("physician", 2025, "original"), document("asc", 2025, "original")]
    write(tmp_path, 2025, {"physician": rows, "asc": surgery, "documents": documents})
    release = {"release": "2026A"}
    documents = [document("physician", 2026, "secondary"), document("asc", 2026, "original")]
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

    def document(day: str, form: str = "original", schedule: str = "outpatient") -> dict[str, str]:
        held = {"kind": "schedule", "schedule": schedule, "form": form, "sha256": "" if form == "not held" else "0"}
        return held | {"release": day[:7], "effective_from": day}

    def rows(*codes: str) -> list[dict[str, str]]:
        return [weighted("outpatient", code, "S", payment="9") for code in codes]

    def seen(**first: str) -> list[dict[str, str]]:
        return [{"code": code[1:], "first_seen": day, "last_seen": f"{day[:4]}-12-31"} for code, day in first.items()]

    physicians = [physician(code, "33") for code in ("10000", "10002")]
    documents = [
        document("2024-01-01"),
        document("2024-04-01", "not held"),
        document("2024-01-01", "re-saved", "physician"),
    ]
    tables = {"outpatient": rows("10000"), "physician": physicians, "documents": documents}
    write(tmp_path, 2024, tables | {"codes": seen(c10000="2024-01-01", c10002="2024-01-01")})
    spring = {"from": "2025-04-01"}
    later = [*rows("10000", "10001"), *(row | spring for row in rows("10002"))]
    documents = [document("2025-01-01"), document("2025-04-01"), document("2025-01-01", "re-saved", "physician")]
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


def test_a_page_and_a_comparison_say_the_same() -> None:
    book = books.read(project.folder("datasets"))
    measures = ("facility_payment", "nonfacility_payment", "asc_payment", "opps_payment")
    lines = {
        (record.code.code, measure): block.lines
        for record in records(book, [book.codes[code] for code in sorted(CODES)])
        for measure, block in zip(
            measures, blocks(book, record, lambda *_: "1", existence.gone(book, record, None)), strict=True
        )
    }
    days = ((2020, 2021), (2020, 2026), (2023, 2024), (2024, 2025), (2025, 2026))
    inside = (("2023-05-01", "2024-05-01"), ("2024-11-01", "2025-05-01"), ("2025-05-01", "2025-08-01"))
    for years in (*days, *inside):
        found = compare(*years, codes=CODES)
        assert found.rows
        for row in found.rows:
            for day, status in zip(found.days[row.schedule], (row.before_status, row.after_status), strict=True):
                on = next(line for line in lines[row.code, row.measure] if line.first <= str(day) <= line.last)
                assert ("" if on.paid is not None else on.status) == status, (row.code, row.measure, day)
