"""Every link of a site leads somewhere, in whatever folder of a host it lies, and no page asks another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feebook.publish.links import broken
from tests.test_site import CODES, packages, site  # noqa: F401  (fixtures)


def put(root: Path, **pages: str) -> Path:
    for name, text in pages.items():
        place = root / name / "index.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return root


def test_links_that_hold(tmp_path: Path) -> None:
    put(
        tmp_path,
        a='<h1 id=top>A</h1><a href=#top>up</a> <a class="x" href="../b/?q=1#n&amp;1">b</a> <a href=../b>b</a>',
        b='<p id="n&amp;1"><a href="https://example.test/">out</a><a href="mailto:a@b.c">mail</a> &lt;a href="x">',
    )
    (tmp_path / "404.html").write_text('<a href="/sub/a/">a</a><img src="data:image/png;base64,AA">')
    assert broken(tmp_path, "/sub/") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<a href=../c/>", "a/index.html · ../c/ · leads nowhere"),
        ("<a href=#c>", "a/index.html · #c · a/index.html has no place called c"),
        ("<a href='x'><a href=../b/#c>", "a/index.html · ../b/#c · b/index.html has no place called c"),
        ('<script src="https://cdn.test/x.js">', "a/index.html · https://cdn.test/x.js · asks another host"),
        ("<link rel=stylesheet href=//cdn.test/x.css>", "a/index.html · //cdn.test/x.css · asks another host"),
        ('<a href="javascript:x()">', "a/index.html · javascript:x() · is no address of a page"),
    ],
)
def test_links_that_do_not_hold(tmp_path: Path, text: str, said: str) -> None:
    put(tmp_path, a=text, b="")
    assert said in map(str, broken(tmp_path))


@pytest.mark.xdist_group("site")
def test_every_link_and_anchor_of_the_site_holds(site: Path) -> None:  # noqa: F811
    cut = re.compile(r"(?:codes/|^\.\./)(\w{5})(?:/|\.csv|$)")  # the cut leaves codes out that other pages name
    found = [one for one in broken(site, "/sub/") if not ((code := cut.search(one.address)) and code[1] not in CODES)]
    assert found == []
