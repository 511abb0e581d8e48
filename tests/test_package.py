"""Packages on disk: whole or not at all, in order, and judged by a stock frictionless."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feebook import package
from feebook.check import check, notes
from feebook.package import PackageError, Row
from feebook.schedules.physician import rows as physician_rows
from tests.rows import PHYSICIAN, record


def row(code: str = "37252", **changed: str) -> Row:
    (found,) = physician_rows("doc", [record(PHYSICIAN, code=code)])
    return found | {"from": "2024-03-09", "through": "2024-12-31", "release": "2024AR"} | changed


def tables(*physician: Row) -> dict[str, list[Row]]:
    document = dict.fromkeys(package.columns("documents"), "") | {
        "document": "physician-2024AR",
        "publisher": "CMS",
        "title": "A release",
        "kind": "schedule",
        "schedule": "physician",
        "release": "2024AR",
        "form": "original",
        "effective_from": "2024-03-09",
        "sha256": "0" * 64,
    }
    factor = {"schedule": "physician", "from": "2024-03-09", "through": "2024-12-31", "factor": "33.2875"}
    code = {"system": "cpt-1", "add_on": "1", "first_seen": "2024-03-09", "last_seen": "2024-12-31"}
    return {
        "documents": [document],
        "conversion_factors": [factor | {"standing": "paid", "grade": "A", "source": "CMS"}],
        "codes": [code | {"code": one["code"]} for one in physician],
        "physician": list(physician),
    }


def written(folder: Path, *physician: Row) -> package.Package:
    found = tables(*physician)
    package.write(folder, 2024, found, found["documents"])
    return package.load(2024, folder)


def test_a_package_is_sorted_and_described_and_valid(tmp_path: Path) -> None:
    held = written(tmp_path, row("37253"), row("37252"))
    assert [r["code"] for r in held.rows("physician")] == ["37252", "37253"]
    assert held.descriptor()["version"] == "2024.1.0"
    assert [r["name"] for r in held.descriptor()["resources"]] == [
        "documents",
        "conversion_factors",
        "codes",
        "physician",
    ]
    assert held["physician"]["facility_payment"].tolist() == ["86.21", "86.21"]
    assert list(check(held)) == []


def test_the_same_rows_write_nothing(tmp_path: Path) -> None:
    written(tmp_path, row())
    found = tables(row())
    assert package.write(tmp_path, 2024, found, found["documents"]) == []


def test_rows_of_one_code(tmp_path: Path) -> None:
    held = written(tmp_path, row("37252"), row("37253"))
    assert [r["code"] for r in held.rows("physician", "37253")] == ["37253"]
    assert held.rows("asc", "37253") == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"facility_payment": "86.22"}, "37252 2024-03-09 · facility_payment 86.22, expected 86.21"),
        (
            {"conversion_factor": "32.7442", "facility_payment": "84.81", "nonfacility_payment": "911.93"},
            "37252 2024-03-09 · conversion_factor 32.7442, expected 33.2875",
        ),
        ({"through": "2025-01-01"}, "37252: 2024-03-09 to 2025-01-01 is no segment of 2024"),
        (
            {"release": "2024B"},
            'values "2024B" not found in the lookup table "documents" as "release"',
        ),
        (
            {"facility_status": "gone"},
            'field "facility_status" at position "16" does not conform to a constraint',
        ),
    ],
)
def test_check_names_what_is_wrong(tmp_path: Path, changed: dict[str, str], problem: str) -> None:
    found = [p.what for p in check(written(tmp_path, row(**changed)))]
    assert any(problem in what for what in found), found


def test_check_sees_a_file_that_was_touched(tmp_path: Path) -> None:
    held = written(tmp_path, row())
    path = held.path("physician")
    path.write_text(path.read_text().replace("86.21", "86.20"))
    found = [str(p) for p in check(held)]
    assert any(p.startswith("datasets/2024 · physician · hash sha256:") for p in found)
    assert "datasets/2024 · physician · 37252 2024-03-09 · facility_payment 86.20, expected 86.21" in found


def test_an_exception_excuses_one_breach_and_must_be_one(tmp_path: Path) -> None:
    held = written(tmp_path, row(facility_payment="86.20"))
    excuse = {
        "year": "2024",
        "resource": "physician",
        "code": "37252",
        "from": "2024-03-09",
        "rule": "facility_payment",
    }
    excuse |= {"printed": "86.20", "expected": "86.21", "reason": "as CMS prints it"}
    assert list(check(held, [excuse])) == []
    assert [p.what for p in check(held, [excuse, excuse | {"code": "37253"}])] == [
        "37253 2024-03-09 · facility_payment 86.20 is listed as an exception but is none"
    ]


def test_a_payment_between_two_cents_is_named(tmp_path: Path) -> None:
    tied = {"facility_total_rvu": "10.00", "conversion_factor": "32.3465", "facility_payment": "323.47"}
    assert list(notes(written(tmp_path, row("37252", **tied), row("37253")))) == [
        "1 physician rows lie exactly between two cents, rounded half up: 37252"
    ]


def test_an_unknown_year_says_which_there_are(tmp_path: Path) -> None:
    written(tmp_path, row())
    with pytest.raises(PackageError, match="no package for 1999: there are 2024"):
        package.load(1999, tmp_path)


WRITER = """
import sys
from pathlib import Path
from feebook import package
from tests.test_package import row, tables
folder = Path(sys.argv[1])
for number in range(10_000):
    found = tables(*(row(f"{37000 + n}", opps_malpractice=f"{number % 100}.00") for n in range(300)))
    package.write(folder, 2024, found, found["documents"])
    if not number:
        print("writing", flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.013, 0.031, 0.057])
def test_a_package_stays_whole_when_its_writer_is_killed(tmp_path: Path, root: Path, delay: float) -> None:
    """A real kill in the midst of writing: what is on disk is one whole package, as its own hashes say."""
    env = os.environ | {"PYTHONPATH": str(root)}
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, env=env) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
    held = package.load(2024, tmp_path)
    assert [p for p in check(held, known=None) if "hash" in p.what or "rows" in p.what] == []
    assert len(held.rows("physician")) == 300
    assert json.loads((held.folder / "datapackage.json").read_text())["name"] == "feebook-2024"
