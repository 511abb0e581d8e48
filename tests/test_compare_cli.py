"""The command `feebook compare`: what it prints, which file it writes, which exit code it ends with."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compare_tiny import document, physician, write


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    for year, factor in ((2023, "33.8872"), (2024, "32.7442")):
        codes = ["10000", "10001", *(["10002"] if year == 2024 else [])]
        seen = [{"code": code, "first_seen": f"{year}-01-01", "last_seen": f"{year}-12-31"} for code in codes]
        rows = [physician(code, factor, rvus="0.05 0 0 0" if code == "10001" else "1 2 3 0") for code in codes]
        documents = [document("physician", f"{year}-01-01")]
        write(tmp_path, year, {"physician": rows, "codes": seen, "documents": documents})
    return tmp_path


def run(datasets: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from feebook.cli import main; main()", "compare", *words]
    return subprocess.run([*command, "--datasets", str(datasets)], capture_output=True, text=True, check=False)


def test_the_table_states_basis_factors_counts_and_what_is_not_listed(datasets: Path) -> None:
    done = run(datasets, "2023", "2024")
    assert done.returncode == 0, done.stderr
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0] == "2023-01-01 → 2024-01-01, as paid on the two days; national, unadjusted, US dollars"
    assert lines[1] == "Factor of physician: 33.8872 → 32.7442"
    assert "4 amount moved · 2 new" in lines
    assert "2 amounts moved by less than $1 or 0.5 %: counted here, not listed" in lines
    rows = [line for line in lines if line.startswith("1000")]
    assert rows == [
        "10000 non-facility $135.55 $130.98 −4.57 −3.4 % −4.57",
        "10000 facility $101.66 $98.23 −3.43 −3.4 % −3.43",
        "10002 facility no such code then $98.23 new code",
        "10002 non-facility no such code then $130.98 new code",
    ]


def test_csv_json_and_markdown(datasets: Path, tmp_path: Path) -> None:
    done = run(datasets, "2023", "2024", "--format", "csv", "--all")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["code"], row["kind"], row["change"]) for row in rows] == [
        ("10000", "moved", "-3.43"),
        ("10000", "moved", "-4.57"),
        ("10001", "moved", "-0.05"),
        ("10001", "moved", "-0.05"),
        ("10002", "born", ""),
        ("10002", "born", ""),
    ]
    assert "counted here, not listed" in done.stderr
    file = tmp_path / "out.json"
    assert run(datasets, "2023", "2024", "--format", "json", "-o", str(file)).stdout == ""
    assert json.loads(file.read_text())["under_the_line"] == 2
    assert "| 10002 |  | facility |" in run(datasets, "2023", "2024", "--format", "markdown").stdout


def test_paths_over_years(datasets: Path) -> None:
    done = run(datasets, "--years", "2023-2024", "--codes", "10000")
    assert done.returncode == 0, done.stderr
    assert "10000 facility $101.66 $98.23 −3.43 −3.37" in [" ".join(line.split()) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2024", "2023"), "2024 is after 2023: name the earlier one first, feebook compare 2023 2024"),
        (("2024",), "name two days, such as feebook compare 2024 2025, or --years 2019-2026 with --codes 37252"),
        (("2019", "2024"), "there is no package for 2019: there are 2023, 2024"),
        (("2023", "2024", "--codes", ","), "the list of codes is empty; leave it out to compare every code"),
        (("2023", "2024", "--format", "pdf"), "--format pdf: one of table, csv, json, markdown was due"),
        (("2023", "2024", "--sort", "x"), "--sort x: one of dollars, percent, code was due"),
        (
            ("2023", "2024", "--min-percent", "-1"),
            "--min-percent -1: a number of 0 or more, with at most four decimals, was due",
        ),
        (("--years", "2023-2024"), "--years takes the place of the two days and needs --codes, such as --codes 37252"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(datasets: Path, words: tuple[str, ...], said: str) -> None:
    done = run(datasets, *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")


def test_a_name_that_is_no_text_is_refused_and_csv_is_known_by_its_name(datasets: Path, tmp_path: Path) -> None:
    sheet, rows = tmp_path / "out.xlsx", tmp_path / "out.csv"
    done = run(datasets, "2023", "2024", "-o", str(sheet))
    assert (done.returncode, sheet.exists()) == (2, False)
    assert done.stderr == f"{sheet}: a name that ends in .csv, .json, .md or .txt was due; .xlsx is not written\n"
    assert run(datasets, "2023", "2024", "-o", str(rows)).returncode == 0
    assert rows.read_text().startswith("basis,before_day,after_day,")


def test_what_is_no_code_gets_the_families_nearest_to_it(datasets: Path) -> None:
    done = run(datasets, "2023", "2024", "--codes", "revascularization")
    assert done.returncode == 2
    assert done.stderr == (
        "'revascularization' is no code, range or family; families are such as leg-revascularization, "
        "heart-catheterization, embolization\n"
    )
