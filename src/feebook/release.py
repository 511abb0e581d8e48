"""A release of a year package: a version of its own, checked, with an archive that builds again to the byte."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

from feebook import errata, history
from feebook.document import write
from feebook.errors import Usage
from feebook.package import Package

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day a zip knows: an archive carries no clock."""


def release(held: Package, archives: Path, ledger: Path) -> Path:
    """Bump our revision in the version, close the changelog and write the archive; its path.

    Raises Usage where nothing changed since the last release, and Wrong where released values have changed of which
    the ledger of errata does not say why.
    """
    log = held.folder / "CHANGELOG.md"
    text = log.read_text(encoding="utf-8") if log.exists() else ""
    if not history.unreleased(text):
        raise Usage(f"{held.folder.name}: nothing changed since {held.descriptor()['version']}, nothing to release")
    described = held.descriptor()
    year, releases, revision = described["version"].split(".")
    described["version"] = f"{year}.{releases}.{int(revision) + 1}"
    errata.demand(held, archives, ledger, described["version"])
    write(log, history.released(text, described["version"]).encode())
    write(held.folder / "datapackage.json", (json.dumps(described, indent=1, ensure_ascii=False) + "\n").encode())
    path = archives / f"feebook-{described['version']}.zip"
    write(path, archive(held))
    return path


def archive(held: Package) -> bytes:
    """The zip of a package: its CSVs, datapackage.json, changelog, notices and checksums; the same bytes each time."""
    files = {path.name: path.read_bytes() for path in sorted(held.folder.iterdir()) if path.is_file()}
    files["NOTICES.txt"] = "\n\n".join(held.descriptor()["notices"]).encode() + b"\n"
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    files["SHA256SUMS"] = "".join(sums).encode()
    folder = f"feebook-{held.descriptor()['version']}"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as bundle:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(f"{folder}/{name}", _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(info, data, compresslevel=9)
    return file.getvalue()
