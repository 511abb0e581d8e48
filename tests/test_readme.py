"""The promises of the README: its commands and its Python run, and the wheel works elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from feebook.cli import app


def blocks(root: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def commands(root: Path) -> list[str]:
    return [line for block in blocks(root, "sh") for line in block.splitlines() if line.startswith("feebook ")]


def test_every_command_of_the_readme_runs(root: Path) -> None:
    found = commands(root)
    assert len(found) >= 5
    for line in found:
        words = [sys.executable, "-m", *line.split()]
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), line
        assert re.search("37252|99213|facility_payment|Payment", done.stdout), line


def test_the_python_of_the_readme_runs(root: Path) -> None:
    (block,) = blocks(root, "python")
    done = subprocess.run([sys.executable, "-c", block], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_has_help_and_is_told_in_the_docs(root: Path) -> None:
    told = (root / "README.md").read_text() + (root / "CONTRIBUTING.md").read_text() + (root / "Makefile").read_text()
    for command in app.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__
        assert command.callback.__doc__, name
        assert f"feebook {name}" in told, name


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    words = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(root),
    ]
    subprocess.run(words, check=True)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_carries_recipes_templates_packages_and_schemas(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for due in (
        "feebook/data/extract/cms/physician.toml",
        "feebook/data/datasets/2024/physician.csv",
        "feebook/data/templates/code.html",
        "feebook/schemas/physician.json",
        "feebook/lexicon.toml",
        "feebook/py.typed",
    ):
        assert due in names


def test_the_wheel_reads_a_guide_and_shows_a_code_outside_the_repository(
    wheel: Path, root: Path, tmp_path: Path
) -> None:
    """In an empty environment that has the dependencies of the project but not its checkout."""
    place = tmp_path / "env"
    venv.create(place, with_pip=True, symlinks=True)
    python = place / "bin" / "python"
    # The dependencies come from this environment, our own package only from the wheel.
    libraries = next(p for p in sys.path if p.endswith("site-packages"))
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", str(wheel)], check=True)
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(_without_feebook(Path(libraries), tmp_path)),
    }
    guide = root / "examples" / "guides" / "boston-scientific-ivus-2024.pdf"

    def run(*words: str) -> str:
        done = subprocess.run(
            [python, "-m", "feebook", *words], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    where = subprocess.run(
        [python, "-c", "import feebook; print(feebook.__file__)"], env=env, capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(place))
    assert "$927" in run("read", str(guide), "--format", "csv")
    assert "$927.06" in run("show", "37252")


def _without_feebook(libraries: Path, folder: Path) -> Path:
    """A folder that leads to every library but this project's editable install."""
    linked = folder / "libraries"
    linked.mkdir()
    for path in libraries.iterdir():
        if "feebook" not in path.name.lower():
            (linked / path.name).symlink_to(path)
    return linked
