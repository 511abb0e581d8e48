"""A release of a year package: a version of its own, checked, with an archive that builds again to the byte."""

from __future__ import annotations

from pathlib import Path

from feebook import errata, history
from feebook.archive import archive
from feebook.document import write
from feebook.errors import Usage
from feebook.package import Package, to_json


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
    write(held.folder / "datapackage.json", to_json(described))
    path = archives / f"feebook-{described['version']}.zip"
    write(path, archive(held))
    return path
