"""Paths of codes over the years, and versions of a package side by side."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from feebook.compare import CompareError, compare
from feebook.compare.chained import chain, cpi
from feebook.compare.courses import to_csv, to_markdown, to_rows
from feebook.compare.versions import restatements
from tests.compare_tiny import document, physician, write

FACTORS = {2022: "34.6062", 2023: "33.8872", 2024: "32.7442"}


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    for year, factor in FACTORS.items():
        held = ["10000", *(["10001"] if year > 2022 else [])]
        codes = [{"code": code, "first_seen": f"{year}-01-01", "last_seen": f"{year}-12-31"} for code in held]
        tables = {"physician": [physician(code, factor) for code in held], "codes": codes}
        write(tmp_path, year, tables | {"documents": [document("physician", f"{year}-01-01")]})
    return tmp_path


def test_a_path_names_every_year_and_where_the_code_did_not_exist(datasets: Path) -> None:
    old, _, new, _ = chain(["10000-10001"], "2022-2024", datasets=datasets)
    assert (old.code, old.measure) == ("10000", "facility_payment")
    assert [str(point.amount) for point in old.points] == ["107.28", "105.05", "101.51"]
    # (101.51 / 107.28) ^ (1 / 2) - 1; the CPI-U rose from 281.148 to 308.417
    assert (old.change, old.annual, old.annual_constant) == (Decimal("-5.77"), Decimal("-2.73"), Decimal("-7.13"))
    assert [str(point.constant) for point in old.points] == ["117.69", "108.30", "101.51"]
    assert [(point.status, str(point.amount)) for point in new.points] == [
        ("no_code", "None"),
        ("", "105.05"),
        ("", "101.51"),
    ]
    assert (new.annual, [point.broke for point in new.points]) == (Decimal("-3.37"), ["", "", ""])


def test_the_steps_of_a_path_are_the_comparisons_and_add_up(datasets: Path) -> None:
    for course in chain(["10000"], "2022-2024", datasets=datasets):
        steps = [step for step in course.steps if step]
        assert sum(step.change or 0 for step in steps) == course.change
        for (one, two), step in zip(pairwise(FACTORS), steps, strict=True):
            rows = compare(one, two, codes=["10000"], datasets=datasets).rows
            assert step in rows


def test_paths_add_up_in_the_packages() -> None:
    found = chain(["leg-revascularization", "93458"], "2020-2025")
    whole = [course for course in found if all(point.amount is not None for point in course.points)]
    assert len(whole) > 40
    for course in whole:
        assert sum(step.change or 0 for step in course.steps if step) == course.change
        assert all(sum(step.parts.values()) == step.change for step in course.steps if step and step.parts)


def test_a_path_as_text(datasets: Path) -> None:
    found = chain(["10000"], [2022, 2024], datasets=datasets)
    assert to_csv(found).count("\n") == 5
    assert to_rows(found)[1] == {
        "code": "10000",
        "modifier": "",
        "track": "",
        "measure": "facility_payment",
        "day": "2024-01-01",
        "amount": "101.51",
        "status": "",
        "indicator": "A",
        "apc": "",
        "constant": "101.51",
        "change": "-5.77",
        "percent": "-5.3784",
        "broke": "",
        "annual": "-2.73",
        "annual_constant": "-7.13",
    }
    assert "| 10000 |  | facility | $117.69 | $101.51 | −16.18 | −7.13 |  |" in to_markdown(found, constant=True)


def test_the_price_index_names_its_source(root: Path) -> None:
    assert cpi(root / "extract" / "cpi.csv")["2024-01"] == Decimal("308.417")
    assert "BLS series CUUR0000SA0" in (root / "extract" / "cpi.csv").read_text()


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("2022-2030", "there is no package for 2025: there are 2022, 2023, 2024"),
        ("late", "'late' is no span of years, such as 2019-2026"),
        ("2024", "a path needs two years at least, such as 2019-2026"),
    ],
)
def test_years_that_are_not_there(datasets: Path, years: str, said: str) -> None:
    with pytest.raises(CompareError) as error:
        chain(["10000"], years, datasets=datasets)
    assert str(error.value) == said


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


def test_what_was_restated_between_two_versions_of_a_package(tmp_path: Path) -> None:
    git(tmp_path, "init")
    for version, factor in (("2024.1.0", "32.7442"), ("2024.2.0", "33.2875")):
        folder = tmp_path / "2024"
        if folder.exists():
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()
        late = {"from": "2024-03-09", "release": "2024AR"}
        rows = [
            physician("10000", "32.7442", through="2024-03-08", release="2024A"),
            physician("10000", factor, release="2024AR") | late,
            physician("10001", "32.7442", release="2024A"),
        ]
        write(tmp_path, 2024, {"physician": rows})
        (folder / "datapackage.json").write_text(json.dumps({"name": "feebook-2024", "version": version}))
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-m", version)
    now = str(tmp_path / "2024")
    first, second = restatements(f"{now}@2024.1.0", now)
    assert first.rows == ()
    assert [(row.code, row.measure, row.kind, row.change) for row in second.rows] == [
        ("10000", "facility_payment", "restated", Decimal("1.68")),
        ("10000", "nonfacility_payment", "restated", Decimal("2.23")),
    ]
    assert str(second.comparison.before) == "2024-03-09"
    (same,) = restatements(now, f"{now}@2024.2.0")
    assert same.comparison.counts() == {"same": 4}
    with pytest.raises(CompareError, match=r"2024@9: no such version; there are 2024.2.0, 2024.1.0"):
        restatements(f"{now}@9", now)
