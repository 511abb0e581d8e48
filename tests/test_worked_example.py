"""The promises of the worked example: its commands and its Python run, and print what the page says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "site" / "check-a-guide.md").read_text(encoding="utf-8")


@pytest.fixture
def place(root: Path, tmp_path: Path) -> Path:
    """A folder with the example guides, in which the commands may write."""
    (tmp_path / "examples").symlink_to(root / "examples")
    return tmp_path


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def run(place: Path, *words: str) -> str:
    done = subprocess.run([sys.executable, *words], cwd=place, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), words
    return done.stdout


def test_every_command_of_the_page_runs_and_prints_what_it_says(page: str, place: Path) -> None:
    commands = [line for block in blocks(page, "sh") for line in block.splitlines()]
    printed = {line: run(place, "-m", *shlex.split(line)) for line in commands}
    assert len(printed) == 4
    (shown,) = blocks(page, "text")
    assert printed["feebook check examples/guides/boston-scientific-ivus-2024.pdf"] == shown
    written = sorted(str(path.relative_to(place)) for path in place.rglob("*") if path.is_file())
    assert [path for path in written if not path.startswith("examples")] == [
        "findings.csv",
        "pictures/boston-scientific-ivus-2024-1.png",
        "recipes/boston-scientific/boston-scientific-ivus-2024.toml",
    ]


def test_the_python_of_the_page_runs(page: str, place: Path) -> None:
    (block,) = blocks(page, "python")
    lines = run(place, "-c", block).splitlines()
    assert len(lines) == 6
    assert "37252 agrees_on_other_dates prints $86; CMS: $86.21 from 9 March, $84.81 before" in lines


def test_the_pictures_of_the_page_are_small(page: str, root: Path) -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", page)
    assert len(pictures) == 2
    for name in pictures:
        assert (root / "site" / name).stat().st_size < 200_000
