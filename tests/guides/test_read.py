"""Whole documents: what is refused, what is flagged, what two tables on a page give, and the limit of a worker."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from feebook.guides import strict
from feebook.guides.read import FIELDS, Refused, read
from feebook.guides.worker import read_all
from feebook.recipe import read_recipe
from tests import draw

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "guides"
HEADING = (("CPT Code", "Work RVU", "Facility RVU", "Facility Payment"),)
ROWS = (
    ("+37252", "1.80", "2.59", "$86"),
    ("+37253", "1.44", "2.06", "$69"),
    ("36901", "3.36", "4.90", "$163"),
    ("36902", "4.83", "6.99", "$233"),
)


def drawn(folder: Path, rows: tuple[tuple[str, ...], ...], style: draw.Style | None = None) -> Path:
    path = folder / "guide.pdf"
    table = draw.Table("Physician services CY 2024", HEADING, rows)
    path.write_bytes(draw.document([[table]], style or draw.Style()))
    return path


def test_a_misprint_is_read_as_printed_and_flagged(tmp_path: Path) -> None:
    rows = (*ROWS, ("36903", "6.39", "9.19", "$360"))
    (flagged,) = [cell for cell in read(drawn(tmp_path, rows)).cells if cell.flag]
    assert (flagged.code, flagged.measure, flagged.value) == ("36903", "facility_payment", "360")
    assert flagged.flag.startswith("expected 306 = 9.19 x 33.")


def test_a_code_printed_twice_with_other_values_is_flagged_both_times(tmp_path: Path) -> None:
    rows = (*ROWS, ("36901", "3.36", "4.90", "$164"))
    flagged = [cell.value for cell in read(drawn(tmp_path, rows)).cells if "is printed at" in cell.flag]
    assert flagged == ["163", "164"]


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"plain text", "not_a_pdf"),
        (b"", "not_a_pdf"),
        (b"%PDF-1.4\n1 0 obj", "damaged"),
        (b"PK\x03\x04 %PDF-1.4", "not_a_pdf"),
    ],
)
def test_refusals(tmp_path: Path, data: bytes, outcome: str) -> None:
    path = tmp_path / "guide.pdf"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.outcome == outcome


def test_prose_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "prose.pdf"
    table = draw.Table("Report 37252 with 36901, for instance", (("Box 24D",),), (("Procedure code",),), bare=True)
    path.write_bytes(draw.document([[table]], draw.Style()))
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.outcome == "no_table"


def test_a_worker_out_of_time_is_refused_and_the_rest_still_done(tmp_path: Path) -> None:
    path = drawn(tmp_path, ROWS)
    (late,) = read_all([path], timeout=0)
    assert late.outcome in ("took_too_long", "")
    answers = list(read_all([path, tmp_path / "guide.pdf"], workers=2))
    assert [answer.outcome for answer in answers] == ["", ""]


GUIDES = [p for p in sorted((ROOT / "extract").glob("*/*.toml")) if read_recipe(p).kind == "guide"]


@pytest.mark.parametrize("recipe", GUIDES, ids=lambda p: p.stem)
def test_known_guides_hold_to_their_recipes(recipe: Path) -> None:
    held = read_recipe(recipe)
    for edition in held.editions:
        cells = strict.read_edition(ROOT / "examples" / "guides" / f"{edition.document}.pdf", held, edition)
        assert [cell for cell in cells if cell.flag] == []


def test_a_recipe_with_an_unknown_heading_is_refused_by_name() -> None:
    held = read_recipe(ROOT / "extract" / "boston-scientific" / "boston-scientific-ivus.toml")
    (edition,) = held.editions
    (physician, facility) = held.layout(edition)
    wrong = replace(physician, columns={**physician.columns, "RVUs / Practice": "facility_pe_rvu"}, ignore=())
    changed = replace(held, layouts={edition.layout: (wrong, facility)})
    with pytest.raises(strict.LayoutError, match="unknown 'Service'; missing 'RVUs / Practice'"):
        strict.read_edition(ROOT / "examples" / "guides" / f"{edition.document}.pdf", changed, edition)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared drawn guides are not beside the repository")
def test_no_silent_error_on_the_shared_guides(tmp_path: Path) -> None:
    out = tmp_path / "cells.csv"
    command = [sys.executable, "-c", "from feebook.cli import main; main()", "read", str(SHARED), "-o", str(out)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 3
    assert tuple(next(csv.reader(out.open(encoding="utf-8")))) == FIELDS
    score = [sys.executable, str(SHARED / "score.py"), str(SHARED), str(out)]
    said = subprocess.run(score, capture_output=True, text=True, check=True).stdout.splitlines()
    assert "verdicts right 4 of 4" in said[-2]
    assert " wrong 0 invented 0 " in said[-1]
    assert float(said[-1].partition("(")[2].partition("%")[0]) >= 99
