"""The findings of whole guides: the known one, the drawn ones with planted faults, and `feebook check`."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import feebook
from feebook.cli import app
from feebook.findings import printers, words
from feebook.findings.checked import Checked, check_readings
from feebook.findings.finding import WRONG, Finding
from feebook.guides.read import Refused, read
from feebook.package import Row, read_csv
from tests.conftest import SHARED

IVUS = "examples/guides/boston-scientific-ivus-2024.pdf"


@pytest.fixture(scope="module")
def ivus(root: Path) -> Checked:
    return feebook.check_guide(root / IVUS, root / "datasets")


def test_the_amounts_of_the_known_guide_hold_from_9_march(ivus: Checked) -> None:
    payments = [f for f in ivus.findings if f.cell.measure.endswith("facility_payment")]
    assert [(f.verdict, f.factor, f.note) for f in payments] == [
        ("agrees_on_other_dates", "33.2875", f"prints {printed}; CMS: {since} from 9 March, {before} before")
        for printed, since, before in (
            ("$86", "$86.21", "$84.81"),
            ("$927", "$927.06", "$911.93"),
            ("$69", "$68.57", "$67.45"),
            ("$170", "$170.43", "$167.65"),
        )
    ]


def test_the_other_numbers_of_the_known_guide_hold_all_year(ivus: Checked) -> None:
    others = Counter((f.cell.measure, f.verdict) for f in ivus.findings if "payment" not in f.cell.measure)
    assert others == {
        ("work_rvu", "agrees"): 2,
        ("facility_total_rvu", "facility_total_without_a_label"): 2,
        ("asc_indicator", "status_agrees"): 2,
        ("opps_status_indicator", "status_agrees"): 2,
    }
    states = [f.verdict for f in ivus.findings if f.cell.measure in ("asc_payment", "opps_payment")]
    assert states == ["status_agrees"] * 4


def test_the_factor_of_the_known_guide_comes_of_its_dollars_alone(ivus: Checked) -> None:
    (column,) = ivus.columns
    assert column.best is not None
    assert (str(column.best.factor), column.best.standing, column.names.unique) == ("33.2875", "paid", True)
    assert words.inferred(column.schedule, column.inference, column.names) == (
        "Factor 33.2875, paid from 9 March 2024. 4 of 4 physician amounts fit the factors from 33.2676 to 33.3007, and "
        "no other known factor of that time; they cannot tell it from 33.29, its two decimals."
    )


def test_the_packages_hold_what_the_check_of_a_guide_finds(root: Path, ivus: Checked) -> None:
    held = {
        (row["code"], row["measure"]): (row["verdict"], row["expected"], row["conversion_factor"], row["note"])
        for row in read_csv(root / "datasets" / "2024" / "findings.csv")
        if row["document"] == "boston-scientific-ivus-2024"
    }
    assert held == {(f.cell.code, f.cell.measure): (f.verdict, f.expected, f.factor, f.note) for f in ivus.findings}


@pytest.fixture(scope="module")
def drawn(root: Path) -> list[tuple[Row, Finding]]:
    """Every line of truth of the drawn guides beside the finding on it."""
    folder = SHARED / "guides"
    if not folder.is_dir():
        pytest.skip("needs the drawn guides in ../shared/guides")
    readings = []
    for path in sorted(folder.glob("*.pdf")):
        try:
            readings.append(read(path))
        except Refused:
            continue
    found: dict[tuple[str, ...], list[Finding]] = {}
    for guide in check_readings(readings, root / "datasets"):
        for one in guide.findings:
            cell = one.cell
            found.setdefault((cell.document, cell.code, cell.modifier, cell.year, cell.measure), []).append(one)
    pairs = []
    for path in sorted(folder.glob("*.truth.csv")):
        for row in read_csv(path):
            at = row["file"], row["code"], row["modifier"], row["year"], row["measure"]
            pairs += [(row, one) for one in found.get(at, ()) if _is_of(row, one)]
    return pairs


def _is_of(row: Row, one: Finding) -> bool:
    cell = one.cell
    dated = not row["effective_from"] or row["effective_from"] == cell.first
    return dated and row["variant"] == cell.variant and (row["value"] or row["status"]) == (cell.value or cell.status)


def test_every_planted_fault_is_found(drawn: list[tuple[Row, Finding]]) -> None:
    planted = Counter((row["planted"].split("(")[0], one.verdict) for row, one in drawn if row["planted"])
    del planted["section_key", "agrees"], planted["section_key", "agrees_on_other_dates"]
    assert planted == {
        ("misprint:transposed", "differs"): 2,
        ("misprint:not_rvu_x_cf", "differs"): 2,
        ("stale_cf:32.74", "agrees_with_another_factor"): 40,
        ("unlabelled_total=facility", "facility_total_without_a_label"): 2,
    }
    assert {one.factor for row, one in drawn if row["planted"].startswith("stale")} == {"32.74"}


def test_no_sound_number_is_accused(drawn: list[tuple[Row, Finding]]) -> None:
    sound = [one for row, one in drawn if not row["planted"] or row["planted"] == "section_key"]
    assert len(sound) > 4000
    assert [f"{one.cell.document} {one.cell.code} {one.note}" for one in sound if one.verdict in WRONG] == []
    assert sum(one.verdict == "not_in_cms_files" for one in sound) == 0


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", *words])
    return done.exit_code, done.output


def test_check_tells_a_year_from_a_guide(root: Path) -> None:
    code, text = run("2019")
    assert (code, text.splitlines()[0].partition(":")[0]) == (0, "datasets/2019")
    code, text = run(str(root / IVUS))
    assert code == 0
    assert text.splitlines()[:2] == [
        "boston-scientific-ivus-2024.pdf: 16 numbers held against CMS",
        "  4 agree on other dates · 2 facility totals without a label · 2 agree · 8 statuses agree",
    ]
    assert "1     37252  facility_payment     agrees on other dates" in text
    assert "work_rvu" not in text
    assert "work_rvu" in run(str(root / IVUS), "--all")[1]


def test_check_of_a_guide_gives_csv_and_json(root: Path, tmp_path: Path) -> None:
    assert run(str(root / IVUS), "-o", str(tmp_path / "found.csv"), "--all")[0] == 0
    with (tmp_path / "found.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 16
    assert {key: rows[2][key] for key in ("page", "code", "printed", "verdict", "expected", "standing")} == {
        "page": "1",
        "code": "37252",
        "printed": "$86",
        "verdict": "agrees_on_other_dates",
        "expected": "84.81 · 86.21",
        "standing": "paid",
    }
    assert run(str(root / IVUS), "-o", str(tmp_path / "found.json"))[0] == 0
    (guide,) = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert (guide["numbers"], len(guide["findings"])) == (16, 6)
    assert guide["factors"][0]["factor"] == "33.2875"


def test_check_of_a_guide_says_by_its_exit_code_what_it_found(root: Path, tmp_path: Path) -> None:
    broken = tmp_path / "no.pdf"
    broken.write_bytes(b"PK")
    assert run(str(broken)) == (3, "no.pdf: not a pdf\n")
    shutil.copy(root / IVUS, tmp_path)
    code, text = run(str(tmp_path))
    assert code == 3
    assert "16 numbers held against CMS" in text


def test_a_guide_that_differs_ends_with_1(root: Path) -> None:
    guide = SHARED / "guides" / "29-fairlight-limb-2024.pdf"
    if not guide.exists():
        pytest.skip("needs the drawn guides in ../shared/guides")
    code, text = run(str(guide))
    assert code == 1
    assert (
        "Printed for 2024: factor 32.74, that is 32.7442 in two decimals, paid until 8 March 2024. 40 of 42 "
        "physician amounts fit the factors from 32.7393 to 32.7405, and no other known factor of that time."
    ) in " ".join(text.split())


def test_years_and_guides_are_not_checked_at_once(root: Path) -> None:
    done = CliRunner().invoke(app, ["check", "2024", IVUS])
    assert str(done.exception) == f"2024 is a year and {IVUS} is a guide: check the one or the other"


@pytest.mark.parametrize("text", ["=1+1", "@x", "+cmd", "-x"])
def test_a_text_that_a_spreadsheet_would_run_is_guarded_in_csv(ivus: Checked, text: str) -> None:
    assert _printed(ivus, text) == f"'{text}"


def test_a_terminal_is_not_told_what_to_do_by_a_guide(ivus: Checked) -> None:
    one = replace(ivus.findings[0], cell=replace(ivus.findings[0].cell, flag="a heading \x1b[2J"))
    assert "[a heading  [2J]" in printers.table([one])


@pytest.mark.parametrize("text", ["-12.5", "+3 %", "$86", "+$5"])
def test_a_signed_number_stays_as_it_is_printed(ivus: Checked, text: str) -> None:
    assert _printed(ivus, text) == text


def _printed(ivus: Checked, text: str) -> str:
    one = replace(ivus.findings[0], cell=replace(ivus.findings[0].cell, printed=text))
    (row,) = csv.DictReader(printers.to_csv([one]).splitlines())
    return row["printed"]
