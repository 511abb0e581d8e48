"""The archive of a package unpacks under the version that its name gives."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from feebook.archive import archive
from feebook.package import Package


@pytest.mark.parametrize(("version", "folder"), [("", "feebook-2024.8.1"), ("2024.8.1-x", "feebook-2024.8.1-x")])
def test_a_package_that_has_changed_since_does_not_unpack_as_the_release(
    tmp_path: Path, version: str, folder: str
) -> None:
    (tmp_path / "datapackage.json").write_text('{"version": "2024.8.1", "notices": ["n"]}')
    with zipfile.ZipFile(io.BytesIO(archive(Package(tmp_path), version))) as found:
        names = [f"{folder}/{name}" for name in ("NOTICES.txt", "SHA256SUMS", "datapackage.json")]
        assert found.namelist() == names
