"""Amounts at a place, in headless Chromium: the same as in Python, remembered, shared by address, capped."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feebook import package
from feebook.amounts import Gpci, half_up, unrounded_payment
from feebook.publish import book as books
from feebook.publish import places
from feebook.show import local, of_zip, show
from tests.conftest import ROOT
from tests.test_site import packages, site  # noqa: F401  (fixtures)
from tests.test_site_browser import CHROMIUM, address, browser, page  # noqa: F401  (fixtures)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DATASETS = ROOT / "datasets"

pytestmark = [
    pytest.mark.xdist_group("site"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium"),
]


def amounts(page: Page, setting: int) -> dict[tuple[str, str], str]:  # noqa: F811
    """First day and track → the amount that the page shows."""
    rows = page.evaluate(
        """(at) => [...document.querySelectorAll("#place tbody tr")].map((row) =>
             [row.dataset.from, row.dataset.track, row.cells[at].dataset.paid || ""])""",
        setting,
    )
    return {(first, track): paid for first, track, paid in rows}


def due(code: str, locality: str, modifier: str, setting: str) -> dict[tuple[str, str], str]:
    """What `feebook show --locality` gives, and the cap where it is lower."""
    shown = show(code, DATASETS, modifier=modifier)
    found = {}
    for row in local(shown, locality, DATASETS):
        paid, cap = row[f"{setting}_payment"], row[f"{setting}_opps_cap"]
        lower = paid and cap and Decimal(cap) < Decimal(paid)
        found[row["from"], row["track"]] = f"{Decimal(cap):.2f}" if lower else paid
    return found


def test_a_zip_code_gives_the_amounts_of_the_terminal(page: Page, address: str) -> None:  # noqa: F811
    page.goto(address + "codes/37252/")
    page.fill("[name=zip]", "94110")
    page.wait_for_selector("#place td[data-paid]")
    locality = of_zip("94110", None, DATASETS).locality
    assert locality == page.input_value("[name=locality]")
    assert amounts(page, 1) == due("37252", locality, "", "facility")
    assert amounts(page, 3) == due("37252", locality, "", "nonfacility")
    row = page.locator("#place tbody tr[data-from='2025-01-01']").inner_text()
    assert "1.80 × 1.088 + 24.44 × 1.419 + 0.36 × 0.445" in row
    assert "= 36.79896 × 32.3465 = $1,190.32" in row
    assert "ZIP file of January 2026" in page.inner_text("#place")


def test_the_place_is_remembered_for_the_visit_and_shared_by_address(
    browser: Browser,  # noqa: F811
    page: Page,  # noqa: F811
    address: str,  # noqa: F811
) -> None:
    page.goto(address + "codes/37252/")
    page.fill("[name=zip]", "94110")
    page.wait_for_selector("#place td[data-paid]")
    shared = page.url
    assert shared.endswith("#zip=94110")
    page.goto(address + "codes/99213/")
    page.wait_for_selector("#place td[data-paid]")
    assert page.url == address + "codes/99213/"
    assert amounts(page, 1) == due("99213", "0111205", "", "facility")
    context = browser.new_context()
    other = context.new_page()
    other.goto(shared)
    other.wait_for_selector("#place td[data-paid]")
    assert amounts(other, 1) == due("37252", "0111205", "", "facility")
    context.close()


def test_a_locality_and_a_part_are_chosen_and_the_cap_is_the_most(page: Page, address: str) -> None:  # noqa: F811
    page.goto(address + "codes/70496/#locality=1320201")
    page.wait_for_selector("#place td[data-paid]")
    page.select_option("[name=modifier]", "TC")
    page.wait_for_function("!document.querySelector('#place').innerText.includes('Reading')")
    page.wait_for_selector("#place td[data-paid]")
    told = due("70496", "1320201", "TC", "nonfacility")
    assert amounts(page, 3) == told
    uncapped = {
        (row["from"], row["track"]): row["nonfacility_payment"]
        for row in local(show("70496", DATASETS, modifier="TC"), "1320201", DATASETS)
    }
    assert told != uncapped
    assert "OPPS cap" in page.inner_text("#place")
    open_ = page.locator("#place tbody tr", has_text="no cap held for these days")
    assert {row.get_attribute("data-from") for row in open_.all()} == {"2026-04-01"}


def test_an_unknown_zip_code_is_said(page: Page, address: str) -> None:  # noqa: F811
    page.goto(address + "codes/37252/")
    page.fill("[name=zip]", "99999")
    page.wait_for_function("document.querySelector('#place').innerText.includes('not in the ZIP file')")
    assert page.locator("#place tbody tr").count() == 0


def test_thousands_of_amounts_agree_with_python_to_the_cent(page: Page, address: str) -> None:  # noqa: F811
    """Every row of 2025 that pays, each at one of the localities in turn; and exact ties of half a cent."""
    held = package.load(2025, DATASETS)
    indices = [[row["work_gpci"], row["pe_gpci"], row["mp_gpci"]] for row in held.rows("localities")]
    paid = [
        (row, setting)
        for row in held.rows("physician")
        for setting in ("facility", "nonfacility")
        if row[f"{setting}_payment"]
    ]
    cases = [
        (
            [row["work_rvu"], row[f"{setting}_pe_rvu"], row["malpractice_rvu"]],
            indices[at % len(indices)],
            row["conversion_factor"],
        )
        for at, (row, setting) in enumerate(paid)
    ]
    cases += [(["10.00", "0.00", "0.00"], ["1", "1", "1"], factor) for factor in ("32.3465", "0.0005", "0.0004")]
    want = [_python(rvus, Decimal(factor), Gpci(*map(Decimal, place))) for rvus, place, factor in cases]
    assert want[-3:] == ["323.47", "0.01", "0.00"]
    assert len(cases) > 10_000
    page.goto(address + "codes/37252/")
    assert page.evaluate("(cases) => cases.map((one) => feebookAmount(...one))", cases) == want


def _python(rvus: list[str], factor: Decimal, place: Gpci) -> str:
    work, pe, mp = map(Decimal, rvus)
    return str(half_up(unrounded_payment(work, pe, mp, factor, place)))


def test_the_files_of_places_are_small_and_complete(site: Path, packages: Path) -> None:  # noqa: F811
    held = books.read(packages)
    files = places.zips(held)
    rows = package.load(2026, DATASETS).rows("zip_localities")
    assert "".join(files.values()).splitlines() == [
        f"{row['zip']} {row['locality']}{' +' if row['plus_four'] == '1' else ''}" for row in rows
    ]
    assert max(map(len, files.values())) < 16_000
    found = json.loads((site / "api/v1/localities.json").read_text(encoding="utf-8"))
    assert ["2025-01-01", "2025-12-31", "1.088", "1.419", "0.445"] in found["localities"]["0111205"]["indices"]
    assert len(found["localities"]) == 112
    assert (site / "api/v1/localities.json").stat().st_size < 60_000
    older = {row["zip"] for row in package.load(2025, DATASETS).rows("zip_localities")}
    assert older <= {row["zip"] for row in rows}


def test_without_javascript_the_way_to_reckon_is_linked(browser: Browser, address: str) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + "codes/37252/")
    opened.click("#place a")
    assert opened.url == f"{address}method/#at-a-place"
    assert opened.locator("#at-a-place").is_visible()
    context.close()


def test_a_phone_keeps_the_first_column_and_starts_at_the_newest_years(browser: Browser, address: str) -> None:  # noqa: F811
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.goto(address + "codes/36902/#zip=94110")
    opened.wait_for_selector("#place td[data-paid]")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    place = opened.evaluate(
        """() => { const table = document.querySelector(".fb-m"), box = table.parentElement;
             const left = (node) => node.getBoundingClientRect().left;
             return [box.scrollLeft > 0, left(table.querySelector("tbody th")) - left(box)] }"""
    )
    assert place == [True, 0]
    context.close()


def test_on_paper_the_tables_are_whole_and_the_tools_are_gone(browser: Browser, address: str) -> None:  # noqa: F811
    context = browser.new_context(viewport={"width": 720, "height": 900})
    opened = context.new_page()
    opened.goto(address + "codes/36902/")
    opened.emulate_media(media="print")
    assert not opened.locator(".fb-get").is_visible()
    assert not opened.locator("#place form").is_visible()
    cut = opened.evaluate("[...document.querySelectorAll('.fb-scroll')].map((box) => getComputedStyle(box).overflowX)")
    assert set(cut) == {"visible"}
    context.close()


def test_a_chart_marks_the_line_under_the_pointer(page: Page, address: str) -> None:  # noqa: F811
    page.goto(address + "codes/37252/")
    box = page.locator("#facility .fb-chart").bounding_box()
    assert box
    page.locator("#facility .fb-chart").scroll_into_view_if_needed()
    page.hover("#facility .fb-chart", position={"x": box["width"] * 0.8, "y": box["height"] * 0.5})
    assert page.locator("#facility tr.on").inner_text().split() == [
        "2025", "$84", "−2", "−2.1", "%", "2.61", "32.3465", "2025A",
    ]  # fmt: skip
