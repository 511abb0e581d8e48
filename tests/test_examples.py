"""The example guides are drawn from their figures, byte for byte, and say what they are."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from feebook import document
from feebook.guides.read import read
from feebook.recipe import recipes

GUIDES = Path(__file__).resolve().parents[1] / "examples" / "guides"
DRAWN = sorted(path.name for path in GUIDES.glob("*.pdf"))


@pytest.fixture(scope="module")
def redrawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every guide drawn again."""
    folder = tmp_path_factory.mktemp("redrawn")
    subprocess.run([sys.executable, GUIDES / "draw.py", folder], check=True)
    return folder


def test_the_guides_are_there() -> None:
    vendor = [f"tamarack-access-{year}.pdf" for year in (2022, 2023, 2024, 2025)]
    assert ["boston-scientific-ivus-2024.pdf", *vendor] == DRAWN


@pytest.mark.xdist_group("examples")
def test_drawing_again_gives_the_same_bytes(redrawn: Path) -> None:
    made = {path.name: path.read_bytes() for path in redrawn.iterdir()}
    kept = {path.name: path.read_bytes() for path in GUIDES.iterdir() if path.suffix in (".pdf", ".csv")}
    assert sorted(made) == sorted(kept)
    assert [name for name in kept if kept[name] != made[name]] == []


@pytest.mark.parametrize("name", DRAWN)
def test_every_page_says_that_it_is_a_facsimile(name: str) -> None:
    pdf = pypdfium2.PdfDocument(GUIDES / name)
    try:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()
    assert [n for n, text in enumerate(texts, 1) if "Facsimile for testing" not in text] == []


def test_the_recipes_know_every_guide_by_its_bytes() -> None:
    known = {
        edition.document: edition.sha256
        for recipe in recipes(GUIDES.parents[1] / "extract")
        if recipe.kind == "guide"
        for edition in recipe.editions
    }
    assert {name.removesuffix(".pdf"): document.sha256(GUIDES / name) for name in DRAWN} == known


COMPARED = (
    *("file", "page", "code", "add_on", "modifier", "year", "effective_from", "effective_through"),
    *("measure", "variant", "value", "status", "printed"),
)


@pytest.mark.parametrize("name", DRAWN)
def test_reading_gives_exactly_the_truth(name: str) -> None:
    with (GUIDES / name).with_suffix(".truth.csv").open(encoding="utf-8", newline="") as file:
        due = sorted(tuple(line[column] for column in COMPARED) for line in csv.DictReader(file))
    cells = list(read(GUIDES / name).cells)
    assert sorted(tuple(str(getattr(cell, column)) for column in COMPARED) for cell in cells) == due
    assert [cell for cell in cells if cell.flag or not cell.place.startswith(f"page={cell.page}&viewrect=")] == []
