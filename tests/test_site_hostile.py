"""Text of a guide that a browser, Markdown, a template or a folder might take for more than text shows as text."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from feebook import package
from tests.served import served
from tests.test_site import build, packages  # noqa: F401  (fixtures)
from tests.test_site_browser import ARGS, CHROMIUM

START = "<script>window.hacked=1</script> **bold** {{ 7*7 }} {% if x %}"
TITLE = (
    f'{START} [x](javascript:window.hacked=1) "q" \u202ertl\u202c '
    "<!--feebook:0--> \\u003c</title><img src=x onerror=window.hacked=1>"
)
PUBLISHER = "=HYPERLINK(\"javascript:window.hacked=1\") & <b onclick='window.hacked=1'>x</b>"
DOCUMENT = '../../evil "><script>window.hacked=1</script> onload=window.hacked=1-2024'
PRINTED = "=1+1<svg/onload=window.hacked=1>"

pytestmark = pytest.mark.xdist_group("site")


def add(path: Path, *rows: dict[str, str]) -> None:
    names = package.columns(path.stem)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([row.get(name, "") for name in names] for row in rows)


@pytest.fixture(scope="module")
def hostile(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """A site with a guide of which every text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    datasets = folder / "datasets"
    for path in sorted(packages.glob("2024/*")):
        (datasets / "2024").mkdir(parents=True, exist_ok=True)
        (datasets / "2024" / path.name).write_bytes(path.read_bytes())
    document = {
        "document": DOCUMENT, "publisher": PUBLISHER, "title": TITLE, "kind": "guide", "revision": PRINTED,
        "form": PRINTED, "effective_from": "2024-01-01", "url": "javascript:window.hacked=1", "sha256": "0" * 64,
        "bytes": "1", "pages": "1", "note": TITLE,
    }  # fmt: skip
    key = {"document": DOCUMENT, "table": TITLE, "code": "37252", "measure": "facility_payment", "year": "2024"}
    key |= {"from": "2024-01-01"}
    add(datasets / "2024" / "documents.csv", document)
    cell = {"value": "86.21", "printed": PRINTED, "place": TITLE, "flag": TITLE}
    add(datasets / "2024" / "guide_cells.csv", key | cell)
    add(datasets / "2024" / "findings.csv", key | {"verdict": "differs", "expected": PRINTED, "note": TITLE})
    return build(datasets, folder / "public")


@pytest.fixture(scope="module")
def pages(hostile: Path) -> list[str]:
    (guide,) = (path.name for path in (hostile / "guides").iterdir() if "evil" in path.name)
    assert guide == "evil-script-window-hacked-1-script-onload-window-hacked-1"
    return [f"guides/{guide}/", "guides/", "years/2024/", "codes/37252/", "data/", ""]


def test_only_the_exact_tables_of_a_package_hold_what_a_spreadsheet_might_run(hostile: Path) -> None:
    """Those are a contract, and data.md says so; every other CSV is harmless, and so is the workbook."""
    exact = {f"data/2024/{name}.csv" for name in ("documents", "guide_cells", "findings")}
    every = {path.relative_to(hostile).as_posix(): path for path in hostile.rglob("*.csv")}
    assert "codes/37252/37252.csv" in every
    assert {name for name, path in every.items() if any(map(might_run, fields(path)))} == exact
    (book,) = hostile.glob("data/2024/*.xlsx")
    with zipfile.ZipFile(book) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert any("=1+1" in sheet for sheet in sheets)
    assert not any(re.search(r"<(f|hyperlink)[ >]", sheet) for sheet in sheets)


def fields(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            yield from row


def might_run(text: str) -> bool:
    """Whether a spreadsheet that opens a CSV might take a text for a formula: it begins as one and is no number."""
    return text[:1] in tuple("=@+-\t\r") and not re.fullmatch(r"[+-][0-9.]+", text)


def test_no_script_of_a_guide_runs_and_its_text_shows(hostile: Path, pages: list[str]) -> None:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with served(hostile) as address, sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for path in pages:
            page.goto(f"{address}{path}")
            assert page.evaluate("window.hacked") is None, path
            assert not page.query_selector("[onclick], [onerror], [onload], a[href^='javascript:']"), path
        page.goto(f"{address}{pages[0]}")
        assert page.inner_text("h1").startswith(f"{START} [x](java")
        assert page.title().startswith(START)
        assert "=HYPERLINK" in page.inner_text("main")
        browser.close()
        assert [url for url in asked if not url.startswith(address)] == []
        assert not list(hostile.parent.parent.glob("evil*"))
