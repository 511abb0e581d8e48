"""Versions and archives of packages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from feebook import history, package
from feebook.archive import archive
from feebook.errors import Usage
from feebook.release import release
from tests.test_package import row, tables


def build(folder: Path, *codes: str) -> package.Package:
    found = tables(*(row(code) for code in codes))
    before = package.Package(folder / "2024")
    package.write(folder, 2024, found, found["documents"], lambda names: history.changelog(before, found, names))
    return package.load(2024, folder)


def test_the_changelog_says_what_came_and_went(tmp_path: Path) -> None:
    build(tmp_path, "37252", "37253")
    held = build(tmp_path, "37253", "37254", "37255")
    assert (held.folder / "CHANGELOG.md").read_text() == (
        "# Changes of feebook-2024\n\n## Unreleased\n\n"
        "- `codes`: 2 added, 1 removed\n"
        "- `physician`: 2 added, 1 removed (releases 2024AR)\n"
        "- `documents`: 1 added (releases 2024AR)\n"
        "- `conversion_factors`: 1 added\n"
        "- `codes`: 2 added\n"
        "- `physician`: 2 added (releases 2024AR)\n"
    )


def test_a_release_bumps_the_revision_and_can_be_built_again(tmp_path: Path) -> None:
    held = build(tmp_path, "37252")
    path = release(held, tmp_path / "archive", tmp_path / "errata.toml")
    assert path.name == "feebook-2024.1.1.zip"
    assert held.descriptor()["version"] == "2024.1.1"
    assert path.read_bytes() == archive(held)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as bundle:
        assert sorted(bundle.namelist()) == [
            f"feebook-2024.1.1/{name}"
            for name in (
                "CHANGELOG.md",
                "NOTICES.txt",
                "SHA256SUMS",
                "codes.csv",
                "conversion_factors.csv",
                "datapackage.json",
                "documents.csv",
                "physician.csv",
            )
        ]
    with pytest.raises(Usage, match=r"2024: nothing changed since 2024\.1\.1, nothing to release"):
        release(held, tmp_path / "archive", tmp_path / "errata.toml")
    assert build(tmp_path, "37252", "37253").descriptor()["version"] == "2024.1.1"
    assert release(held, tmp_path / "archive", tmp_path / "errata.toml").name == "feebook-2024.1.2.zip"
    assert path.exists()
