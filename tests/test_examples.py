"""The example guides are drawn from their figures, byte for byte, and say what they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from feebook import document
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
