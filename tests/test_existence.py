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
    for years in ((2020, 2021), (2020, 2026), (2023, 2024), (2024, 2025), (2025, 2026)):
        found = compare(*years, codes=CODES)
        assert found.rows
        for row in found.rows:
            for day, status in zip(found.days[row.schedule], (row.before_status, row.after_status), strict=True):
                on = next(line for line in lines[row.code, row.measure] if line.first <= str(day) <= line.last)
                assert ("" if on.paid is not None else on.status) == status, (row.code, row.measure, day)
