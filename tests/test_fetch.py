"""Fetching against a local server: whole, slow, cut, wrong and vanished files."""

from __future__ import annotations

import hashlib
import io
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feebook.fetch import Fetched, fetch, place
from feebook.recipe import Edition

DATA = bytes(range(256)) * 2000


def _bundle() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as bundle:
        bundle.writestr("other.txt", b"other")
        bundle.writestr("folder/in.csv", DATA)
    return file.getvalue()


BUNDLE = _bundle()


class Server(BaseHTTPRequestHandler):
    """Serves DATA, with ranges; `cut` breaks off once in the middle, `slow` stalls, `gone` is not there."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012 - each test server is a class of its own
    broken = 0

    def do_GET(self) -> None:
        kind = type(self)
        span = self.headers.get("Range", "")
        kind.asked.append((self.path, span))
        if self.path.startswith("/gone"):
            self.send_error(404, "Not Found")
            return
        whole = BUNDLE if self.path.startswith("/bundle") else DATA
        first = int(span[6:-1]) if span else 0
        self.send_response(206 if span else 200)
        self.send_header("Content-Length", str(len(whole) - first))
        self.end_headers()
        if self.path.startswith("/slow"):
            self.wfile.write(whole[first : first + 1000])
            self.wfile.flush()
            time.sleep(1.5)
        elif self.path.startswith("/cut") and kind.broken < 5 and (self.path != "/cut-once" or not kind.broken):
            kind.broken += 1
            self.wfile.write(whole[first : first + 100_000])
        else:
            self.wfile.write(whole[first:])

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def server() -> Iterator[tuple[str, type[Server]]]:
    kind = type("OneServer", (Server,), {"asked": [], "broken": 0})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}", kind
        http.shutdown()


def edition(url: str, data: bytes = DATA, form: str = "original") -> Edition:
    return Edition(2024, "doc", form, date(2024, 1, 1), sha256=hashlib.sha256(data).hexdigest(), url=url)


def one(cache: Path, wanted: Edition, timeout: float = 5) -> Fetched:
    (found,) = fetch([wanted], cache, timeout=timeout)
    return found


def test_a_file_is_fetched_once_and_then_taken_from_the_cache(server: tuple[str, type[Server]], tmp_path: Path) -> None:
    url, kind = server
    for _ in range(2):
        found = one(tmp_path, edition(f"{url}/a.csv"))
        assert found.path is not None
        assert found.path.read_bytes() == DATA
    assert kind.asked == [("/a.csv", "")]


def test_the_cache_is_keyed_by_the_whole_address(tmp_path: Path) -> None:
    assert place("http://x/a.zip?agree=yes", tmp_path) != place("http://x/a.zip?agree=no", tmp_path)


def test_a_file_in_a_bundle_is_found_by_its_own_sha256(server: tuple[str, type[Server]], tmp_path: Path) -> None:
    url, _ = server
    found = one(tmp_path, edition(f"{url}/bundle.zip?agree=yes&next=Accept"))
    assert found.path is not None
    assert found.path.read_bytes() == DATA


def test_a_download_that_breaks_off_is_resumed(server: tuple[str, type[Server]], tmp_path: Path) -> None:
    url, kind = server
    assert one(tmp_path, edition(f"{url}/cut-once")).path is not None
    assert kind.asked == [("/cut-once", ""), ("/cut-once", "bytes=65536-")]


def test_what_came_before_a_last_break_is_kept_for_the_next_time(
    server: tuple[str, type[Server]], tmp_path: Path
) -> None:
    url, kind = server
    broken = one(tmp_path, edition(f"{url}/cut"))
    assert broken.path is None
    assert broken.why.endswith("what came so far is kept and resumed")
    kind.broken = 9
    kind.asked.clear()
    assert one(tmp_path, edition(f"{url}/cut")).path is not None
    assert kind.asked == [("/cut", "bytes=196608-")]


def test_a_slow_server_is_told_and_nothing_is_put_in_place(server: tuple[str, type[Server]], tmp_path: Path) -> None:
    url, _ = server
    found = one(tmp_path, edition(f"{url}/slow"), timeout=0.3)
    assert found.path is None
    assert "what came so far is kept and resumed" in found.why
    assert not place(f"{url}/slow", tmp_path).exists()


def test_another_file_than_the_recipe_names_is_refused(server: tuple[str, type[Server]], tmp_path: Path) -> None:
    url, _ = server
    found = one(tmp_path, edition(f"{url}/a.csv", b"something else"))
    assert found.path is None
    assert found.why.startswith("sha256 ")
    assert "the address gives another file" in found.why
    assert not place(f"{url}/a.csv", tmp_path).exists()


def test_a_vanished_file_is_told(server: tuple[str, type[Server]], tmp_path: Path) -> None:
    url, _ = server
    assert one(tmp_path, edition(f"{url}/gone")).why == "the address answers 404 Not Found"


def test_copies_by_others_are_not_fetched(tmp_path: Path) -> None:
    assert list(fetch([edition("http://127.0.0.1:9/x", form="secondary")], tmp_path)) == []
