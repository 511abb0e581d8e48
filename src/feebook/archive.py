"""A package as one zip, which builds again to the byte."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from feebook.package import Package

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day a zip knows: an archive carries no clock."""


def archive(held: Package, version: str = "") -> bytes:
    """The zip of a package: its CSVs, datapackage.json, changelog, notices and checksums; the same bytes each time.

    It unpacks to a folder named by `version`, the package's own if none is given.
    """
    files = {path.name: path.read_bytes() for path in sorted(held.folder.iterdir()) if path.is_file()}
    files["NOTICES.txt"] = "\n\n".join(held.descriptor()["notices"]).encode() + b"\n"
    files["SHA256SUMS"] = sums({name: hashlib.sha256(data).hexdigest() for name, data in files.items()}).encode()
    folder = f"feebook-{version or held.descriptor()['version']}"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as bundle:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(f"{folder}/{name}", _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(info, data, compresslevel=9)
    return file.getvalue()


def sums(hashes: Mapping[str, str]) -> str:
    """The lines of a SHA256SUMS file, as `sha256sum --check` reads them: name → sha256."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
