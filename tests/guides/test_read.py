"""Whole documents: what is refused, what is flagged, what two tables on a page give, and the limit of a worker."""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from feebook.cli import app
from feebook.guides import strict, worker
from feebook.guides.cells import Cell
from feebook.guides.draft import draft
from feebook.guides.read import FIELDS, Refused, read, tables, text_lines
from feebook.guides.worker import read_all
from feebook.recipe import Edition, Recipe, TableLayout, read_recipe, recipes
from tests import draw
from tests.guides.placed import with_layer

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


def test_a_link_that_leads_nowhere_and_a_pipe_are_refused_without_waiting(tmp_path: Path) -> None:
    lost, pipe = tmp_path / "lost.pdf", tmp_path / "pipe.pdf"
    lost.symlink_to(tmp_path / "nowhere.pdf")
    os.mkfifo(pipe)
    answers = read_all([lost, pipe, drawn(tmp_path, ROWS)])
    assert [answer.outcome for answer in answers] == ["unreadable", "unreadable", ""]


def test_a_file_that_a_server_filled_up_is_whole(tmp_path: Path) -> None:
    path = drawn(tmp_path, ROWS)
    path.write_bytes(path.read_bytes() + bytes(10_000))
    assert (len(read(path).cells), read(path).notes) == (12, ())


def test_a_pointer_at_another_object_is_said_to_be_repaired(tmp_path: Path) -> None:
    path = drawn(tmp_path, ROWS)
    data = path.read_bytes()
    path.write_bytes(re.sub(rb"startxref\s+\d+", b"startxref\n%d" % data.index(b"1 0 obj"), data))
    assert read(path).notes == ("repaired: the table of the file's objects is not where the file says",)


def test_text_behind_a_scan_is_no_text_layer(tmp_path: Path) -> None:
    path = drawn(tmp_path, ROWS)
    scan = b"q 612 0 0 792 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00ff00ff> EI Q\nendstream"
    path.write_bytes(path.read_bytes().replace(b"endstream", scan))
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.outcome == "no_text_layer"


def test_a_name_that_is_no_line_of_text_is_written_as_one(tmp_path: Path) -> None:
    name = tmp_path / os.fsdecode(b"new\nline \xff.pdf")
    drawn(tmp_path, ROWS).rename(name)
    assert {cell.file for cell in read(name).cells} == {r"new\nline \xff.pdf"}


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


@pytest.mark.parametrize(
    ("ending", "outcome"), [(MemoryError(), "too_large"), (signal.SIGKILL, "too_large"), (signal.SIGTERM, "damaged")]
)
def test_a_worker_out_of_memory_is_refused_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: MemoryError | signal.Signals, outcome: str
) -> None:
    def dying(path: Path) -> None:
        if isinstance(ending, MemoryError):
            raise ending
        os.kill(os.getpid(), ending)

    monkeypatch.setattr(worker, "read", dying)
    (answer,) = read_all([drawn(tmp_path, ROWS)])
    assert answer.outcome == outcome


@pytest.mark.parametrize(("words", "room"), [(("look",), "look"), (("add", "--into", "drafts"), "draft")])
def test_a_look_and_a_draft_have_the_limits_of_a_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], room: str
) -> None:
    def filling(path: Path) -> None:
        assert path
        held = bytearray(2 * worker.MEMORY)
        assert held

    monkeypatch.setattr(f"feebook.guides.{room}.tables", filling)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, [*words, str(drawn(tmp_path, ROWS))])
    assert (done.exit_code, done.stderr) == (3, "guide.pdf: needs more memory than a reading may take\n")
    assert not (tmp_path / "drafts").exists()


def test_an_error_that_nobody_foresaw_is_not_taken_for_damage_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feebook.guides.read.find.found", None)
    (answer,) = read_all([drawn(tmp_path, ROWS)])
    assert answer.outcome == "damaged"
    assert re.fullmatch(r"TypeError in guides/read\.py, line \d+", answer.unforeseen)


def test_a_page_of_absurd_size_is_read_where_its_text_stands(tmp_path: Path) -> None:
    path = drawn(tmp_path, ROWS)
    data = path.read_bytes()
    assert b"[ 0 0 612 792 ]" in data
    path.write_bytes(data.replace(b"[ 0 0 612 792 ]", b"[ 0 0 65536 792 ]"))
    assert [cell.printed for cell in read(path).cells] == [text for row in ROWS for text in row[1:]]


def test_the_size_that_pages_inherit_is_theirs(tmp_path: Path) -> None:
    path = tmp_path / "inherited.pdf"
    own = b" /MediaBox [0 0 612 792]"
    taller = layered(shown=True).replace(own, b"").replace(b"/Kids [3 0 R]", b"/Kids [3 0 R] /MediaBox [0 0 595 920]")
    path.write_bytes(taller)
    assert [cell.printed for cell in read(path).cells] == [text for row in ROWS for text in row[1:]]


def layered(shown: bool) -> bytes:
    """A page with a table whose last row lies in a layer that is switched on or off."""
    lines = [("CPT Code", "Work RVU", "Facility RVU", "Facility Payment"), *ROWS]
    texts = [
        f"BT /F1 9 Tf {60 + 110 * x} {700 - 20 * y} Td ({text}) Tj ET"
        for y, line in enumerate(lines)
        for x, text in enumerate(line)
    ]
    return with_layer(*texts[:-4], "/OC /Layer BDC", *texts[-4:], "EMC", shown=shown)


@pytest.mark.parametrize("shown", [True, False])
def test_a_layer_that_is_switched_off_is_not_read(tmp_path: Path, shown: bool) -> None:
    path = tmp_path / "layers.pdf"
    path.write_bytes(layered(shown))
    codes = {cell.code for cell in read(path).cells}
    assert codes == {row[0].lstrip("+") for row in (ROWS if shown else ROWS[:-1])}


def drafted(folder: Path, heading: tuple[tuple[str, ...], ...], rows: tuple[tuple[str, ...], ...]) -> list[Cell]:
    """The cells that a guide gives when held to the recipe that was drafted from it."""
    path = folder / "guide.pdf"
    path.write_bytes(draw.document([[draw.Table("Physician services CY 2024", heading, rows)]], draw.Style()))
    recipe = folder / "guide.toml"
    recipe.write_text(draft(read(path), tables(path), text_lines(path), "Nobody", "guide"), encoding="utf-8")
    held = read_recipe(recipe)
    (edition,) = held.editions
    return strict.read_edition(path, held, edition)


def test_a_drafted_recipe_holds_the_guide_it_was_drafted_from(tmp_path: Path) -> None:
    cells = drafted(tmp_path, HEADING, ROWS)
    assert [(cell.code, cell.printed, cell.flag) for cell in cells] == [
        (row[0].lstrip("+"), text, "") for row in ROWS for text in row[1:]
    ]


def test_a_drafted_recipe_leaves_out_what_its_edition_does_not_hold(tmp_path: Path) -> None:
    heading = (("CPT Code", "CY 2023 Facility Payment", "CY 2024 Facility Payment"),)
    cells = drafted(
        tmp_path, heading, (("36901", "$166", "$163"), ("36902", "$237", "$233"), ("36903", "$311", "$306"))
    )
    assert [(cell.year, cell.printed) for cell in cells] == [("2024", "$163"), ("2024", "$233"), ("2024", "$306")]


def test_a_drafted_recipe_keeps_the_modifiers_of_a_column(tmp_path: Path) -> None:
    heading = (("CPT Code", "Modifier", "Facility Payment"),)
    cells = drafted(tmp_path, heading, (("93306", "26", "$67"), ("93308", "26", "$24"), ("93880", "26", "$37")))
    assert [(cell.code, cell.modifier) for cell in cells] == [("93306", "26"), ("93308", "26"), ("93880", "26")]


def test_a_draft_is_of_the_last_year_that_a_guide_compares(tmp_path: Path) -> None:
    path = tmp_path / "guide.pdf"
    heading = (("CPT Code", "CY 2023 Facility Payment", "CY 2024 Facility Payment"),)
    rows = (("36901", "$166", "$163"), ("36902", "$237", "$233"), ("36903", "$311", "$306"))
    path.write_bytes(draw.document([[draw.Table("Physician services", heading, rows)]], draw.Style()))
    text = draft(read(path), tables(path), text_lines(path), "Nobody", "guide")
    assert "\nyear = 2024\n" in text


def test_a_table_may_go_on_with_fewer_words_over_its_codes_only(tmp_path: Path) -> None:
    (first,) = tables(drawn(tmp_path, ROWS))
    layout = TableLayout("one", "", "Physician / CPT Code", {"Facility Payment": "facility_payment"}, ())
    whole = replace(first, columns=(replace(first.columns[0], path=("Physician", "CPT Code")), *first.columns[1:]))
    other = replace(first, columns=(*first.columns[:3], replace(first.columns[3], path=("ASC", "Facility Payment"))))
    assert strict.going_on(first, whole, layout) == whole
    assert strict.going_on(other, first, layout) is None


DRAWN = [
    pytest.param(path, recipe, edition, id=edition.document)
    for recipe in recipes(ROOT / "extract")
    for edition in recipe.editions
    if (path := ROOT / "examples" / "guides" / f"{edition.document}.pdf").exists()
]


@pytest.mark.parametrize(("path", "recipe", "edition"), DRAWN)
def test_the_drawn_guides_hold_to_their_recipes(path: Path, recipe: Recipe, edition: Edition) -> None:
    assert [cell for cell in strict.read_edition(path, recipe, edition) if cell.flag] == []


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
