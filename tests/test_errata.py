"""The ledger of errata: what a release demands, and what the page shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feebook import errata, package
from feebook.errata import Changed, Entry
from feebook.errors import Wrong
from feebook.package import Package, Row
from feebook.publish import book as books
from feebook.publish.errataview import Breach, Posting
from feebook.publish.errataview import errata as view
from feebook.release import release
from tests.test_package import row, tables
from tests.test_release import build


def rewritten(folder: Path, *rows: Row) -> Package:
    found = tables(*rows)
    package.write(folder, 2024, found, found["documents"], lambda names: "# Changes\n\n## Unreleased\n\n- changed\n")
    return package.load(2024, folder)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    release(build(tmp_path, "37252", "37253"), tmp_path / "archive", tmp_path / "errata.toml")
    return tmp_path


def corrected() -> Row:
    return row("37253", malpractice_rvu="0.36", facility_total_rvu="2.60", facility_payment="86.55")


def test_new_rows_and_new_days_are_no_erratum(released: Path) -> None:
    earlier = row("37252", through="2024-06-30"), row("37252", **{"from": "2024-07-01"})
    held = rewritten(released, *earlier, row("37253"), row("37254"))
    assert errata.changed(held, released / "archive") == []
    assert release(held, released / "archive", released / "errata.toml").name == "feebook-2024.1.2.zip"


def test_a_released_stretch_that_is_cut_and_changed_is_an_erratum(released: Path) -> None:
    later = {"from": "2024-07-01", "malpractice_rvu": "0.36"}
    held = rewritten(released, row("37252", through="2024-06-30"), row("37252", **later), row("37253"))
    key = ("37252", "", "", "2024-07-01")
    assert errata.changed(held, released / "archive") == [Changed("physician", key, "malpractice_rvu", "0.35", "0.36")]


def test_days_that_a_new_release_renews_are_no_erratum(released: Path) -> None:
    later = {"from": "2024-07-01", "release": "2024C", "malpractice_rvu": "0.36"}
    held = rewritten(released, row("37252", through="2024-06-30"), row("37252", **later), row("37253"))
    assert errata.changed(held, released / "archive") == []


def test_what_was_not_known_and_is_known_now_is_no_erratum(tmp_path: Path) -> None:
    unknown = row("37252", facility_payment="", facility_status="no_source")
    release(rewritten(tmp_path, unknown), tmp_path / "archive", tmp_path / "errata.toml")
    assert errata.changed(rewritten(tmp_path, row("37252")), tmp_path / "archive") == []


def test_changed_and_gone_values_are_named(released: Path) -> None:
    held = rewritten(released, corrected())
    key = ("37253", "", "", "2024-03-09")
    found = errata.changed(held, released / "archive")
    assert found == [
        Changed("physician", ("37252", "", "", "2024-03-09"), "", "", None),
        Changed("physician", key, "malpractice_rvu", "0.35", "0.36"),
        Changed("physician", key, "facility_total_rvu", "2.59", "2.60"),
        Changed("physician", key, "facility_payment", "86.21", "86.55"),
    ]
    assert [str(one) for one in found[:2]] == [
        "physician 37252 2024-03-09: row gone",
        "physician 37253 2024-03-09: malpractice_rvu 0.35 → 0.36",
    ]


def test_a_release_waits_until_the_ledger_says_what_was_wrong(released: Path) -> None:
    ledger, archives = released / "errata.toml", released / "archive"
    ledger.write_text('# The ledger.\n\n[[entry]]\ntitle = "Earlier"\nseen = 2024-01-01\n')
    held = rewritten(released, row("37252"), corrected())
    sentence = "2024: 3 values of 2024.1.1 have changed; say in errata.toml, where a draft of the entry stands"
    for _ in range(2):
        with pytest.raises(Wrong, match=sentence):
            release(held, archives, ledger)
    first, draft = errata.read(ledger)
    assert first == Entry("Earlier", date(2024, 1, 1))
    assert (draft.before, draft.since, draft.values, draft.complete) == ("2024.1.1", ("2024.1.2",), 3, False)
    assert draft.sample[0] == "physician 37253 2024-03-09: malpractice_rvu 0.35 → 0.36"
    assert held.descriptor()["version"] == "2024.1.1"
    said = ledger.read_text().replace('whose = ""', 'whose = "ours"\nseen = 2024-05-01')
    ledger.write_text(said.replace('wrong = ""', 'wrong = "w"').replace('changed = ""', 'changed = "c"'))
    assert release(held, archives, ledger).name == "feebook-2024.1.2.zip"
    assert ledger.read_text().startswith("# The ledger.\n")


def test_a_draft_makes_room_for_the_next(released: Path) -> None:
    ledger, archives = released / "errata.toml", released / "archive"
    for held in (rewritten(released, row("37252"), corrected()), rewritten(released, corrected())):
        with pytest.raises(Wrong, match="values of"):
            release(held, archives, ledger)
    (draft,) = errata.read(ledger)
    assert draft.values == 4


def test_an_entry_that_says_something_unknown_stops(tmp_path: Path) -> None:
    (tmp_path / "errata.toml").write_text('[[entry]]\ntitle = "x"\ncolour = "red"\n')
    with pytest.raises(Wrong, match=r"errata\.toml: an entry has colour; title, seen, whose"):
        errata.read(tmp_path / "errata.toml")


def test_the_page_shows_what_is_complete_newest_first(tmp_path: Path) -> None:
    build(tmp_path, "37252")
    found = tables(row("37252"))
    found["documents"][0]["note"] = "a note; replaces physician-2024A: 2 rows differ (37252, 37253)"
    package.write(tmp_path, 2024, found, found["documents"])
    ledger = [
        Entry("Old", date(2024, 1, 1), "ours", "w", "c"),
        Entry("New", date(2024, 2, 1), "ours", "w", "c"),
        Entry("Theirs", date(2024, 1, 1), "source", "w", "c"),
        Entry("Draft", None, "ours", "w", "c"),
    ]
    exceptions = [{"year": year, "resource": "asc", "code": "0871T", "rule": "rate", "reason": "r"} for year in "12"]
    shown = view(books.read(tmp_path), ledger, exceptions)
    assert [entry.title for entry in shown.ours] == ["New", "Old"]
    assert [entry.title for entry in shown.sources] == ["Theirs"]
    assert shown.postings == (Posting(2024, "physician-2024AR", "A release", "2 rows differ (37252, 37253)"),)
    assert shown.breaches == (Breach("asc", "rate", "r", 2, "1\u20132", ("0871T",)),)


def test_the_ledger_of_the_project_is_complete(root: Path) -> None:
    ledger = errata.read(root / "extract" / "errata.toml")
    assert ledger
    assert [entry.title for entry in ledger if not entry.complete] == []
    versions = {path.stem.removeprefix("feebook-") for path in (root / "datasets" / "archive").glob("*.zip")}
    assert {version for entry in ledger for version in (*entry.since, entry.before) if version} <= versions
