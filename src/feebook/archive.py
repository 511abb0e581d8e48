"""A package as one zip, which builds again to the byte."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from feebook.package import Package

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day a zip knows: an archive carries no clock."""


def archive(held: Package, version: str = "", released: Path | None = None) -> bytes:
    """The zip of a package: its CSVs, datapackage.json, changelog, notices and checksums; the same bytes each time.

    It unpacks to a folder named by `version`, the package's own if none is given. Where `released` is an archive of
    just these files, its bytes are given: another version of zlib may pack the same files into other ones.
    """
    files = {path.name: path.read_bytes() for path in sorted(held.folder.iterdir()) if path.is_file()}
    files["NOTICES.txt"] = "\n\n".join(held.descriptor()["notices"]).encode() + b"\n"
    files["SHA256SUMS"] = sums({name: hashlib.sha256(data).hexdigest() for name, data in files.items()}).encode()
    folder = f"feebook-{version or held.descriptor()['version']}"
    files = {f"{folder}/{name}": data for name, data in sorted(files.items())}
    if released is not None and released.exists() and _unpacked(released) == files:
        return released.read_bytes()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as bundle:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(info, data, compresslevel=9)
    return file.getvalue()


def _unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def sums(hashes: Mapping[str, str]) -> str:
    """The lines of a SHA256SUMS file, as `sha256sum --check` reads them: name → sha256."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
