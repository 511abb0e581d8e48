"""The sources that the recipes name, downloaded into a cache: verified by sha256, resumed where they broke off.

An official address often holds a bundle of which a recipe names one file: the file is found in the bundle by its own
sha256. The cache is keyed by the whole address, since two addresses may differ in nothing but their query.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pooch
import requests

from feebook.document import write
from feebook.recipe import Edition

OFFICIAL = ("original", "re-saved")
"""Forms that an official address can give; a re-export or a copy by others is only where it was found."""

Progress = Callable[[str, int, int], None]
"""Called with the document, the bytes so far and the bytes due (0 where the server does not say)."""

_CHUNK = 1 << 16
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one edition: its file in the cache, or in one sentence why there is none."""

    document: str
    path: Path | None
    why: str = ""


def fetch(
    editions: Iterable[Edition], cache: Path, progress: Progress | None = None, timeout: float = 30
) -> Iterator[Fetched]:
    """Fetch the editions that have an official address and a sha256, one after the other; one that fails is told."""
    for edition in editions:
        if edition.form not in OFFICIAL or not edition.sha256:
            continue
        if not edition.url:
            yield Fetched(edition.document, None, "no official address is known")
            continue
        try:
            yield Fetched(edition.document, _file(edition, cache, progress, timeout))
        except (OSError, ValueError, requests.RequestException) as error:
            yield Fetched(edition.document, None, _sentence(error))


def place(url: str, cache: Path) -> Path:
    """Where the download of an address lies in the cache."""
    name = PurePosixPath(urlsplit(url).path).name or "index"
    return cache / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}-{name}"


def _file(edition: Edition, cache: Path, progress: Progress | None, timeout: float) -> Path:
    path = place(edition.url, cache)
    kept = path.with_name(f"{path.name}.{edition.sha256[:16]}")
    if kept.exists() and _sha256(kept.read_bytes()) == edition.sha256:
        return kept
    if not path.exists():
        _download(edition, path, progress, timeout)
    data = path.read_bytes()
    if _sha256(data) == edition.sha256:
        return path
    found = _in_bundle(data, edition.sha256)
    if found is None:
        path.unlink()
        raise ValueError(f"sha256 {edition.sha256} was due, the address gives another file ({_sha256(data)})")
    write(kept, found)
    return kept


def _download(edition: Edition, path: Path, progress: Progress | None, timeout: float) -> None:
    """Pooch puts a file in its place only when it is whole; what came before a break lies beside it and is resumed."""

    def downloader(url: str, output: str, _: object) -> None:
        part = path.with_name(f"{path.name}.part")
        for attempt in range(_TRIES):
            try:
                _resume(url, part, lambda done, due: progress and progress(edition.document, done, due), timeout)
                break
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError, requests.Timeout):
                if attempt == _TRIES - 1:
                    raise
        part.replace(output)

    pooch.get_logger().setLevel("WARNING")
    pooch.retrieve(edition.url, known_hash=None, fname=path.name, path=path.parent, downloader=downloader)


def _resume(url: str, part: Path, told: Callable[[int, int], object], timeout: float) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    done = part.stat().st_size if part.exists() else 0
    with requests.get(url, headers={"Range": f"bytes={done}-"} if done else {}, stream=True, timeout=timeout) as answer:
        if answer.status_code == requests.codes.requested_range_not_satisfiable:
            part.unlink()
            return _resume(url, part, told, timeout)
        answer.raise_for_status()
        if answer.status_code != requests.codes.partial_content:
            done = 0
        due = done + int(answer.headers.get("Content-Length", 0))
        with part.open("ab" if done else "wb") as file:
            for chunk in answer.iter_content(_CHUNK):
                file.write(chunk)
                done += len(chunk)
                told(done, due)
    if "Content-Length" in answer.headers and done != due:
        raise requests.ConnectionError(f"{due} bytes were due, the connection broke off after {done}")
    return None


def _in_bundle(data: bytes, sha256: str) -> bytes | None:
    """The file of a zip that has a sha256; None where there is no zip or no such file."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        for name in bundle.namelist():
            if _sha256(member := bundle.read(name)) == sha256:
                return member
    return None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sentence(error: Exception) -> str:
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"the address answers {error.response.status_code} {error.response.reason}"
    if isinstance(error, requests.Timeout):
        return "the address did not answer in time; what came so far is kept and resumed"
    if isinstance(error, (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        reason = str(error) if "were due" in str(error) else "the connection failed or broke off"
        return f"{reason}; what came so far is kept and resumed"
    return str(error)
