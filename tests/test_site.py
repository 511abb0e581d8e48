"""The site built from a cut of the committed packages: what pages say, what downloads hold, the same bytes twice."""

from __future__ import annotations

import csv
import gzip
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from feebook import project
from feebook.publish import chart, figures
from feebook.publish.moves import EDGES
from feebook.publish.pages import range_of

ROOT = project.root()
CODES = (
    "37252", "37253", "93458", "99213", "36902", "G0463", "J0585", "0001F", "00100", "C9600", "33880", "70450",
    "37226", "37254", "70496", "C7531",
)  # fmt: skip
SITE_URL = "https://feebook.example/sub/"

pytestmark = pytest.mark.xdist_group("site")


def cut(target: Path) -> None:
    """The committed packages with the rows of a few codes."""
    for folder in sorted((ROOT / "datasets").glob("[12]*")):
        place = target / folder.name
        place.mkdir(parents=True)
        for path in folder.iterdir():
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file)) if path.suffix == ".csv" else [[]]
            if "code" not in rows[0]:
                (place / path.name).write_bytes(path.read_bytes())
                continue
            at = rows[0].index("code")
            with (place / path.name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(
                    [rows[0], *(row for row in rows[1:] if row[at] in CODES)]
                )


def build(datasets: Path, out: Path) -> Path:
    """The site of some packages, by plain `mkdocs build`."""
    env = os.environ | {
        "FEEBOOK_DATASETS": str(datasets),
        "FEEBOOK_SITE_URL": SITE_URL,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "random",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(ROOT / "mkdocs.yml"), "-d", str(out)]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return out


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("cut")
    cut(target)
    return target


@pytest.fixture(scope="session")
def site(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(packages, tmp_path_factory.mktemp("site") / "public")


def text_of(page: Path) -> str:
    """The words of a page, tags gone."""
    found = re.sub(r"<(script|style)\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", found)))


def rows_of(page: str, section: str) -> list[str]:
    """The rows of a section's table, as words."""
    part = re.search(rf'<section id="?{section}"?>.*?</section>', page, re.S)
    assert part, section
    body = part[0].split("<tbody>")[1].split("</table>")[0]
    rows = re.split("<tr[^>]*>", body)[1:]
    return [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", row))).strip() for row in rows]


def test_a_code_page_shows_every_segment_with_change_units_and_factor(site: Path) -> None:
    page = (site / "codes/37252/index.html").read_text(encoding="utf-8")
    rows = rows_of(page, "facility")
    assert "2024 Jan 1–Mar 8 $85 −3 −3.7 % 2.59 32.7442 2024A" in rows
    assert "2024 from Mar 9 $86 +1 +1.7 % 2.59 33.2875 2024AR" in rows
    assert "2025 $84 −2 −2.1 % 2.61 32.3465 2025A" in rows
    assert "2024 from Mar 9 $927 +15 +1.7 % 27.85 33.2875 2024AR" in rows_of(page, "nonfacility")
    assert "title=$86.21" in page
    assert "title=$927.06" in page


def test_why_a_payment_moved_is_split_to_the_cent(site: Path) -> None:
    words_ = text_of(site / "codes/37252/index.html")
    assert "2023→2024 −61.65 −32.34 0 −29.32 0 +0.01" in words_


def test_what_a_packaged_code_lifts_is_shown_with_both_rates(site: Path) -> None:
    words_ = text_of(site / "codes/37252/index.html")
    assert "37224 5192 → 5193 $5,702 $11,341 +5,639" in words_
    assert "2019–2024, 2026: no Addendum J is held, so we do not say which pairs were lifted then." in words_


def test_the_three_rows_of_a_split_test_are_shown(site: Path) -> None:
    words_ = text_of(site / "codes/93458/index.html")
    assert "26 facility 26 non-facility TC facility TC non-facility" in words_
    assert "2025 $278 $278 not in this setting $685" in words_


def test_every_number_names_a_release_that_the_page_of_its_year_lists(site: Path) -> None:
    for code in ("37252", "36902", "J0585"):
        page = (site / f"codes/{code}/index.html").read_text(encoding="utf-8")
        for target in set(re.findall(r"href=\"?#([\w-]+)", page)):
            assert re.search(rf"id=\"?{target}[ >\"]", page), (code, target)
        for section in ("facility", "nonfacility", "asc", "outpatient"):
            part = re.search(rf"<section id={section}>.*?</section>", page, re.S)
            assert part
            schedule = "physician" if section.endswith("facility") else section
            for row in (row for row in re.split("<tr[^>]*>", part[0])[1:] if "$" in row):
                release = re.split("<td[^>]*>", row)[-1].split("<")[0].strip()
                year = (site / f"years/{release[:4]}/index.html").read_text(encoding="utf-8")
                assert f'id="{schedule}-{release}"' in year, (code, section, release)
                assert f"href=../../years/{release[:4]}/" in page
        for address, anchor in set(re.findall(r"href=\"?\.\./\.\./(years/\d{4}/)#([\w-]+)", page)):
            year = (site / address / "index.html").read_text(encoding="utf-8")
            assert f'id="{anchor}"' in year, (code, address, anchor)
            assert "sha256 " in year


def test_no_cell_without_an_amount_is_blank(site: Path) -> None:
    for code in CODES:
        page = (site / f"codes/{code}/index.html").read_text(encoding="utf-8")
        assert ">no amount" not in page, code
        for body in re.findall(r"<section.*?</section>", page, re.S):
            assert "$" in body or "fb-none" in body or "class=n" in body, code


def test_title_canonical_description_and_structured_data_are_the_page_s_own(site: Path) -> None:
    titles = set()
    for code in CODES:
        page = (site / f"codes/{code}/index.html").read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{SITE_URL}codes/{code}/">' in page
        found = re.search(r"<title>(.*?)</title>", page)
        assert found
        assert found[1].startswith(f"{code}: what Medicare pays")
        titles.add(found[1])
        assert re.search(rf'<meta name="description" content="{code}\. ', page)
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert data
        assert json.loads(data[1])["url"] == f"{SITE_URL}codes/{code}/"
        assert page.count("<h1") == 1
        assert "FEEBOOK-" not in page
        assert "@@" not in page
        for jump in re.findall(r'<nav class="?fb-jump.*?</nav>', page, re.S):
            for target in re.findall(r"href=\"?#([\w-]+)", jump):
                assert re.search(rf"id=\"?{target}[ >\"]", page), (code, target)
    assert len(titles) == len(CODES)


def test_the_sitemap_has_every_page_once_and_not_the_shell(site: Path) -> None:
    found = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert len(found) == len(set(found))
    pages = {str(path.parent.relative_to(site)) for path in site.rglob("index.html")}
    assert {address.removeprefix(SITE_URL).rstrip("/") or "." for address in found} == pages
    assert not any("shell" in address for address in found)
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == (site / "sitemap.xml").read_bytes()


def test_every_link_below_the_site_leads_somewhere(site: Path) -> None:
    missing = set()
    for path in site.rglob("index.html"):
        page = path.read_text(encoding="utf-8")
        for address in re.findall(r"(?:href|src)=\"?([^\s\">]+)", page):
            if re.match(r"https?:|mailto:|data:|#|javascript:", address):
                continue
            target = (path.parent / address.split("#")[0].split("?")[0]).resolve()
            if not (target.is_file() or (target / "index.html").is_file()):
                code = re.fullmatch(r".*/codes/(\w{5})", str(target))
                if not (code and code[1] not in CODES):  # the cut leaves codes out that the guide's families name
                    missing.add((str(path.relative_to(site)), address))
    assert not missing


def test_downloads_hold_exact_text(site: Path) -> None:
    with (site / "codes/37252/37252.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = (r for r in rows if r["setting"] == "physician_facility" and r["from"] == "2024-03-09")
    assert (row["payment"], row["units"], row["conversion_factor"], row["release"]) == (
        "86.21",
        "2.59",
        "33.2875",
        "2024AR",
    )
    assert row["documents"]
    data = json.loads((site / "api/v1/codes/37252.json").read_text(encoding="utf-8"))
    (held,) = (r for r in data["physician"] if r["from"] == "2024-03-09")
    assert held["nonfacility_payment"] == "927.06"
    assert "American Medical Association" in data["notice"]
    index = json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))
    for year in index["years"]:
        listed = json.loads((site / "api/v1" / year["path"]).read_text(encoding="utf-8"))
        for one in listed["downloads"]:
            data_ = (site / "api/v1/years" / one["path"]).read_bytes()
            assert (len(data_), hashlib.sha256(data_).hexdigest()) == (one["bytes"], one["sha256"])
    for pair in index["compare"]:
        assert (site / "api/v1" / pair["csv"]).is_file()


def test_notices_stand_on_every_page(site: Path) -> None:
    for path in site.rglob("index.html"):
        page = path.read_text(encoding="utf-8")
        assert "American Medical Association" in page, path
        assert "No affiliation with CMS" in page, path
        assert 'lang="en"' in page


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for path in [*site.rglob("index.html"), *site.glob("assets/*.css"), *site.glob("assets/*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<(?:script|link|img)[^>]*(?:src|href)=\"?https?://(?!feebook\.example)", text), path
        assert "fonts.googleapis" not in text


def test_a_code_page_weighs_little(site: Path) -> None:
    html_ = {code: (site / f"codes/{code}/index.html").stat().st_size for code in CODES}
    assert html_["37252"] < 20_000
    assert max(html_.values()) < 30_000
    page = (site / "codes/37252/index.html").read_bytes()
    assets = re.findall(rb'(?:href|src)="?\.\./\.\./(assets/[^\s">]+\.(?:css|js|svg))', page)
    fonts = [path.read_bytes() for path in site.glob("assets/fonts/*.woff2")]
    scripted = site / "assets/terms.js"  # which assets/feebook.js brings
    first = [page, scripted.read_bytes(), *((site / name.decode()).read_bytes() for name in assets)]
    assert sum(len(gzip.compress(data, mtime=0)) for data in first) + sum(map(len, fonts)) < 80_000


def test_two_builds_give_the_same_bytes_and_a_third_writes_nothing(site: Path, packages: Path, tmp_path: Path) -> None:
    other = build(packages, tmp_path / "again")
    assert dict(_hashes(site)) == dict(_hashes(other))
    written = {path: path.stat().st_mtime_ns for path in other.rglob("*") if path.is_file()}
    stale = other / "codes/99999/index.html"
    stale.parent.mkdir()
    stale.touch()
    build(packages, other)
    assert {path: path.stat().st_mtime_ns for path in other.rglob("*") if path.is_file()} == written


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), hashlib.sha256(path.read_bytes()).hexdigest()


def test_whole_dollars_come_from_the_unrounded_amount() -> None:
    # 15.00 x 32.9666 = 494.4990, paid 494.50: the cents would round to $495
    assert figures.whole(figures.exact("15.00", "32.9666", "494.50")) == "$494"
    assert figures.whole(figures.exact("", "", "494.50")) == "$495"
    assert figures.whole(Decimal("6.497")) == "$6.50"


@pytest.mark.parametrize(
    ("amount", "printed"), [("1.40", "+1"), ("-0.28", "−0.28"), ("-61.65", "−62"), ("0", "0"), ("1234.5", "+1,235")]
)
def test_changes_are_whole_dollars_unless_these_say_nothing(amount: str, printed: str) -> None:
    assert figures.change(Decimal(amount)) == printed


def test_dates_and_parts_of_a_year() -> None:
    assert figures.part_of_year("2024-01-01", "2024-12-31") == ""
    assert figures.part_of_year("2024-01-01", "2024-03-08") == "Jan 1–Mar 8"
    assert figures.part_of_year("2024-03-09", "2024-12-31") == "from Mar 9"
    assert figures.day("2024-03-09") == "Mar 9, 2024"


def test_a_chart_has_a_title_and_leaves_out_what_is_no_news() -> None:
    one, two = chart.Step("2023-01-01", "2023-12-31", Decimal(10)), chart.Step("2024-01-01", "2024-12-31", Decimal(12))
    drawn = chart.svg("Title", [one, two], 2023, 2024)
    assert "<title>Title</title>" in drawn
    assert "$12" in drawn
    assert "axis from $10, not from zero" in drawn
    assert "from zero" not in chart.svg("Title", [one, replace(two, amount=Decimal(50))], 2023, 2024)
    assert chart.svg("Title", [one], 2023, 2024) == ""


def test_ranges_and_words_cover_their_lists() -> None:
    assert range_of("37252") == ("CPT category I", "37xxx")
    assert range_of("0101T") == ("CPT category III", "0xxxT")
    assert range_of("J0585") == ("HCPCS Level II", "J0xxx")
    assert list(EDGES) == sorted(EDGES)
