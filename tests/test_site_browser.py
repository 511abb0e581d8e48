"""The built site in headless Chromium, as a reader uses it: find a code, read it, follow a number, download."""

from __future__ import annotations

import csv
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_site import packages, site  # noqa: F401  (fixtures)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

pytestmark = [
    pytest.mark.xdist_group("site"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium"),
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:  # noqa: F811
    # the site lies in a subfolder, as it may on any host
    handler = functools.partial(_Quiet, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert not wrong


def test_a_reader_finds_a_code_reads_it_follows_a_number_and_downloads_it(page: Page, address: str) -> None:
    page.goto(address)
    took = []
    for _ in range(5):  # the least of a few: other work on the machine is not the page's
        page.fill("#fb-home", "")
        page.keyboard.type("37252")
        page.wait_for_selector("[role=option]:first-child")
        took.append(float(page.evaluate("document.documentElement.dataset.fbTook")))
    assert min(took) < 10
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}codes/37252/")
    assert page.inner_text("h1") == "37252"
    row = page.locator("#facility tbody tr", has_text="from Mar 9")
    assert "$86" in row.inner_text()
    assert row.locator("td").first.get_attribute("title") == "$86.21"
    with page.expect_download() as download:
        page.click("text=CSV")
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"86.21", "84.81"} <= {row["payment"] for row in rows}
    row.locator("a").click()
    page.wait_for_url("**/years/2024/#physician-2024AR")
    assert "de7384ddc64a3a2bb32fb2eecd256b0cc248b2b096f946235bb3f638100afa7e" in page.inner_text("body")


def test_arrow_keys_choose_and_unknown_codes_are_said(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#fb-home", "3725")
    page.wait_for_selector("[role=option]")
    page.press("#fb-home", "ArrowDown")
    assert page.get_attribute("[role=option][aria-selected=true]", "href") == f"{address}codes/37253/"
    page.press("#fb-home", "Enter")
    page.wait_for_url(f"{address}codes/37253/")
    page.goto(address)
    page.fill("#fb-home", "37249")
    page.wait_for_selector("[role=option]")
    page.press("#fb-home", "Enter")
    page.wait_for_url(f"{address}codes/?code=37249")
    page.wait_for_selector("[data-fb-answer] h2")
    assert page.inner_text("[data-fb-answer] h2") == "37249 is in none of the files held"
    assert "37253" in page.inner_text("[data-fb-answer]")


def test_words_find_families_and_pages(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#fb-home", "conversion fac")
    page.wait_for_selector("[role=option]")
    page.press("#fb-home", "Enter")
    page.wait_for_url(f"{address}factors/")


@pytest.mark.parametrize(
    ("typed", "address_of"),
    [
        ("+37252", "codes/37252/"),
        ("CPT 37252", "codes/37252/"),
        ("37252-26", "codes/37252/"),
        ("j0585", "codes/J0585/"),
        ("ultrasound", "families/peripheral-ivus/"),
        ("ultrsound", "families/peripheral-ivus/"),
        ("ivus", "families/peripheral-ivus/"),
        ("93458 TC", "codes/93458/"),
        ("cpt 93458 modifier 26", "codes/93458/"),
        ("boston scientific", "guides/boston-scientific-ivus/"),
        ("2024 what", "years/2024/"),
        ("drug", "codes/?code=J*"),
        ("inpatient only", "glossary/#no-amount-inpatient-only"),
        ("3725x", "codes/?code=3725x"),
        ("dates of service", "method/#dates-of-service"),
    ],
)
def test_the_one_field_finds_codes_in_any_form_families_guides_years_and_pages(
    page: Page, address: str, typed: str, address_of: str
) -> None:
    page.goto(address + "method/")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.wait_for_selector("[role=option]")
    page.wait_for_function("document.querySelector('[role=status]').textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(address + address_of)


def test_a_small_family_is_found_by_a_short_name_with_its_codes(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#fb-home", "ivus")
    page.wait_for_selector("[role=option]")
    found = [
        link.removeprefix(address) for link in page.eval_on_selector_all("[role=option]", "all => all.map(a => a.href)")
    ]
    assert found[:3] == ["families/peripheral-ivus/", "codes/37252/", "codes/37253/"]


def test_the_link_to_the_citation_opens_it(page: Page, address: str) -> None:
    page.goto(address + "codes/37252/")
    page.click("a[href='#cite']")
    page.wait_for_selector("#cite[open]")
    assert "37252" in page.inner_text("#cite p")


def test_a_short_word_is_not_taken_for_another(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#fb-home", "knee")  # one letter from the start of "keep"
    page.wait_for_function("document.body.innerText.includes('Nothing found for \u201cknee\u201d')")


def test_nothing_found_is_said_and_enter_stays(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#fb-home", "Zzzzqq")
    page.wait_for_selector("[role=option]")
    page.press("#fb-home", "Enter")
    page.wait_for_timeout(200)
    assert page.url == address
    assert page.inner_text("[role=option]") == (
        "Nothing found for \u201cZzzzqq\u201d. What a code is called is not searched here, since the wording of CPT "
        "belongs to the AMA; codes such as 37252, 372xx or J0585 are, and families, kinds of codes, guides, years and "
        "pages by their names."
    )


@pytest.mark.parametrize(
    ("typed", "codes", "patterns", "unknown"),
    [
        ("foo <b>x</b> 37252", ["37252"], [], ["foo", "<b>x</b>"]),
        ('CPT\u00ae "37252", (Hello) 93458/99213', ["37252", "93458", "99213"], [], ["(Hello)"]),
        ("93458 tc; 93458 TC, 99213 26x", ["93458-TC", "99213"], [], ["26x"]),
        ("'37220' to '37235' 37252 or 372xx", ["37252"], ["37220-37235", "372xx"], []),
        ("9345x 372X 26x J05* 1234T", ["1234T"], ["9345x", "372x", "J05*"], ["26x"]),
    ],
)
def test_a_list_is_understood_and_the_rest_given_back_as_written(
    page: Page, address: str, typed: str, codes: list[str], patterns: list[str], unknown: list[str]
) -> None:
    page.goto(address)
    read = """typed => {
      const {codes, patterns, unknown} = window.feebook.asked(typed);
      const names = [...codes].flatMap(([code, parts]) => parts ? [...parts].map((part) => `${code}-${part}`) : [code]);
      return [names, patterns.map((one) => one.text), unknown];
    }"""
    assert page.evaluate(read, typed) == [codes, patterns, unknown]


@pytest.mark.parametrize("width", [390, 320])
def test_every_entry_of_the_navigation_shows_on_a_phone(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    right = page.eval_on_selector_all(".fb-nav a", "all => all.map(a => a.getBoundingClientRect().right)")
    page.close()
    assert len(right) == 7
    assert max(right) <= width


def test_a_range_lists_its_codes_and_leads_to_their_comparison(page: Page, address: str) -> None:
    page.goto(address + "data/")
    page.keyboard.press("/")
    page.keyboard.type("37252 to 37253, 93458")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/codes/?code=*")
    page.wait_for_selector("[data-fb-answer] h2")
    assert page.locator("[data-fb-answer] li").all_inner_texts()[0].startswith("37252 $")
    assert [text.split()[0] for text in page.locator("[data-fb-answer] li").all_inner_texts()] == [
        "37252",
        "37253",
        "93458",
    ]
    page.click("[data-fb-answer] p a")
    page.wait_for_url("**/compare/2025-2026/#codes=*")
    page.wait_for_function("document.documentElement.dataset.fbTook")
    assert "37253" in page.inner_text("[data-fb-table] tbody")


def test_the_field_is_a_combobox_that_escape_closes(page: Page, address: str) -> None:
    page.goto(address + "codes/37252/")
    page.keyboard.press("/")
    field = page.locator("[role=combobox]")
    assert field.get_attribute("aria-expanded") == "false"
    page.keyboard.type("3725")
    page.wait_for_selector("[role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    active = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert not page.locator("[role=listbox]").is_visible()


@pytest.mark.parametrize(
    "path", ["", "codes/", "codes/37252/", "codes/36902/", "compare/2024-2025/", "years/2024/", "factors/", "data/"]
)
def test_a_phone_never_scrolls_sideways(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    opened = context.new_page()
    opened.goto(address + path)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    opened = context.new_page()
    opened.goto(address + "codes/36902/")
    weak = opened.evaluate(_CONTRAST)
    context.close()
    assert not weak


_CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const part = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const color = parse(getComputedStyle(node).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const weak = new Set();
  for (const node of document.querySelectorAll("h1,h2,h3,p,a,th,td,small,b,i,li,dt,dd,caption,mark,span,text")) {
    if (!node.textContent.trim() || !node.getClientRects().length) continue;
    const style = getComputedStyle(node);
    const one = light(parse(node.tagName === "text" ? style.fill : style.color)), two = light(ground(node));
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5) weak.add(`${node.tagName} ${node.textContent.trim().slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return [...weak];
}"""


def test_the_colours_switch_and_are_remembered(page: Page, address: str) -> None:
    page.goto(address + "codes/37252/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".fb-theme")
    page.click(".fb-theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_from_a_folder_on_disk_links_lead_on_and_the_field_finds_whole_codes(
    browser: Browser,
    site: Path,  # noqa: F811
) -> None:
    page = browser.new_page()
    home = (site / "index.html").as_uri()
    page.goto(home)
    page.click("nav >> text=Years")
    page.wait_for_url("**/years/index.html")
    page.click("text=2024")
    page.wait_for_url("**/years/2024/index.html")
    page.click(".fb-mark")
    page.wait_for_url(home)
    page.fill("#fb-home", "leg arteries")
    page.wait_for_selector("text=finds whole codes such as 37252")
    page.fill("#fb-home", "37252")
    page.wait_for_selector("[role=option][href]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/codes/37252/index.html")
    page.click("#facility >> text=2024AR")
    page.wait_for_url("**/years/2024/index.html#physician-2024AR")
    page.goto((site / "compare/2023-2024/index.html").as_uri())
    page.fill("[name=codes]", "37252")
    page.wait_for_selector("text=The rows could not be read. They need a web server")
    page.close()


def test_the_site_reads_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    opened.click("text=look through the ranges")
    opened.click("text=37xxx")
    opened.click("text=37252")
    assert opened.inner_text("h1") == "37252"
    assert opened.url == f"{address}codes/37252/"
    assert "$86" in opened.inner_text("#facility")
    context.close()
