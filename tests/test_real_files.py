"""The real CMS files, where they are at hand: known figures, new forms, and the same bytes as committed."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from feebook import package, project
from feebook.amounts import Gpci, physician_payment
from feebook.extract import extract
from feebook.recipe import read_recipe
from feebook.schedules import SCHEDULES, sheet

FIGURES = [
    ("37252", "", 2023, "2023-01-01", "88.11", "973.58"),
    ("37252", "", 2024, "2024-01-01", "84.81", "911.93"),
    ("37252", "", 2024, "2024-03-09", "86.21", "927.06"),
    ("37252", "", 2025, "2025-01-01", "84.42", "860.42"),
    ("37252", "nonqp", 2026, "2026-04-01", "79.16", "895.48"),
    ("37252", "qp", 2026, "2026-04-01", "79.55", "899.94"),
]


@pytest.mark.parametrize(("code", "track", "year", "first", "facility", "nonfacility"), FIGURES)
def test_known_physician_payments(
    root: Path, code: str, track: str, year: int, first: str, facility: str, nonfacility: str
) -> None:
    rows = package.load(year, root / "datasets").rows("physician", code)
    (row,) = [r for r in rows if (r["modifier"], r["track"], r["from"]) == ("", track, first)]
    assert (row["facility_payment"], row["nonfacility_payment"]) == (facility, nonfacility)


def test_93458_keeps_its_three_rows(root: Path) -> None:
    for year in (2023, 2024, 2025):
        rows = package.load(year, root / "datasets").rows("physician", "93458")
        assert {row["modifier"] for row in rows} == {"", "26", "TC"}


@pytest.mark.parametrize(
    ("resource", "code", "day", "payment"),
    [
        ("outpatient", "G0463", "2019-01-01", "115.85"),
        ("outpatient", "G0463", "2025-01-01", "128.87"),
        ("outpatient", "G0463", "2026-07-01", "136.02"),
        ("asc", "36902", "2024-01-01", "2526.07"),
        ("asc", "36902", "2024-04-01", "2525.79"),
        ("asc", "36902", "2026-01-01", "2727.30"),
    ],
)
def test_known_facility_rates(root: Path, resource: str, code: str, day: str, payment: str) -> None:
    rows = package.load(int(day[:4]), root / "datasets").rows(resource, code)
    (row,) = [r for r in rows if r["from"] <= day <= r["through"]]
    assert row["payment"] == payment


def test_no_descriptor_stands_in_any_package(root: Path) -> None:
    for folder in sorted((root / "datasets").glob("2*")):
        for path in sorted(folder.glob("*.csv")):
            names = path.open(encoding="utf-8").readline().lower()
            assert "descri" not in names, path
    # the longest text a code row may hold is a source's note, which stands in documents only
    for row in package.load(2024, root / "datasets").rows("physician")[:50]:
        assert max(len(value) for value in row.values()) <= 16


def test_the_2026_form_is_read_on_the_excerpt_rows(sources: Path, root: Path) -> None:
    """32 columns, with the pricing indicator: the fetched original replaces the provisional rows without code."""
    recipe = read_recipe(root / "extract" / "cms" / "physician.toml")
    (layout,) = recipe.layouts["original"]
    path = sources / "physician" / "2026" / "excerpt" / "PPRRVU2026_Jan_nonQPP.excerpt.csv"
    records = list(sheet.records("excerpt", sheet.rows(path), layout))
    rows = SCHEDULES["physician"].rows("2026A", {"nonqp": ("excerpt", records)})
    row = rows[("37252", "", "nonqp")]
    assert (row["facility_payment"], row["nonfacility_payment"], row["pricing_indicator"]) == ("79.16", "895.48", "9")


def test_the_2026_indices_give_every_revised_locality_price(sources: Path, root: Path) -> None:
    """PFREV26B prices 37 codes in each of the 109 localities; those that we hold the parts of must come out exactly."""
    held = package.load(2026, root / "datasets")
    places = {row["locality"]: row for row in held.rows("localities")}
    parts = {(r["code"], r["modifier"]): r for r in held.rows("physician") if r["track"] == "nonqp" and r["work_rvu"]}
    found = wrong = 0
    with zipfile.ZipFile(sources / "physician" / "2026" / "pfrev26b" / "PFREV26B_nonQP.zip") as bundle:
        lines = [line for line in csv.reader(io.TextIOWrapper(bundle.open("PFREV26B.txt"))) if len(line) > 6]
    for _, contractor, number, code, modifier, nonfacility, *_ in lines:
        row = parts.get((code, modifier.strip()))
        if row:
            place = places[contractor + number]
            gpci = Gpci(*(Decimal(place[name]) for name in ("work_gpci", "pe_gpci", "mp_gpci")))
            work, pe, mp = (Decimal(row[name]) for name in ("work_rvu", "nonfacility_pe_rvu", "malpractice_rvu"))
            due = physician_payment(work, pe, mp, Decimal("33.4009"), gpci)
            found += 1
            wrong += due != Decimal(nonfacility)
    assert (found, wrong) == (3597, 0)


@pytest.mark.parametrize("year", [2019, 2022, 2026])
def test_a_package_rebuilds_to_the_same_bytes(sources: Path, root: Path, tmp_path: Path, year: int) -> None:
    # Comparisons ask every year: a code that was ever above the OPPS cap is told of where no cap is held.
    shutil.copytree(root / "datasets", tmp_path, ignore=shutil.ignore_patterns("archive"), dirs_exist_ok=True)
    for path in (tmp_path / str(year)).glob("*.csv"):
        path.write_text("")
    report, *_ = extract([year], root / "extract", [sources, root / "examples" / "guides"], tmp_path)
    assert report.kept == ()
    # What changed is written into the changelog, and here every row is new.
    for path in sorted((root / "datasets" / str(year)).iterdir()):
        if path.name != "CHANGELOG.md":
            assert (tmp_path / str(year) / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_project_finds_its_own_folders(root: Path) -> None:
    assert project.root() == root
