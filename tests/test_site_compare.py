"""The page of a comparison in headless Chromium: the rows of `feebook compare`, and a filter that its address keeps."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feebook.compare import Change, Comparison, compare, printers
from tests.test_site import packages, site, text_of  # noqa: F401  (fixtures)
from tests.test_site_browser import address, browser, page, pytestmark  # noqa: F401  (fixtures)

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVERY = "kind=every&dollars=0&percent=0&track=both"


def saved(page: Page) -> list[dict[str, str]]:  # noqa: F811
    """The rows of the CSV that the page saves, in its order."""
    with page.expect_download() as download:
        page.click("[data-fb-save]")
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def open_filtered(page: Page, place: str, wanted: str) -> None:  # noqa: F811
    page.goto("about:blank")
    page.goto(f"{place}#{wanted}")
    page.wait_for_function("document.documentElement.dataset.fbTook")


def due(comparison: Comparison, changes: list[Change], columns: list[str]) -> list[dict[str, str]]:
    """The rows that feebook compare gives for some changes, in the columns of the page's CSV."""
    rows = printers.to_rows(comparison, changes)
    return [
        {name: printers.what(change) if name == "what" else row[name] for name in columns}
        for row, change in zip(rows, changes, strict=True)
    ]


@pytest.mark.parametrize("years", [(2023, 2024), (2025, 2026), (2020, 2026)])
def test_the_page_lists_what_feebook_compare_lists(
    page: Page,  # noqa: F811
    address: str,  # noqa: F811
    packages: Path,  # noqa: F811
    years: tuple[int, int],
) -> None:
    comparison = compare(*years, datasets=packages)
    place = f"{address}compare/{years[0]}-{years[1]}/"
    open_filtered(page, place, EVERY + "&sort=code")
    rows = saved(page)
    order = {(row["code"], row["modifier"], row["track"], row["measure"]) for row in rows}
    assert len(order) == len(rows)
    assert rows == due(comparison, sorted(comparison.rows, key=printers.SORTS["code"]), list(rows[0]))
    open_filtered(page, place, "track=both")
    rows = saved(page)
    assert rows == due(comparison, sorted(comparison.material(), key=printers.SORTS["dollars"]), list(rows[0]))
    open_filtered(page, place, "track=both&sort=percent")
    assert saved(page) == due(comparison, sorted(comparison.material(), key=printers.SORTS["percent"]), list(rows[0]))


def test_a_filter_in_the_address_gives_the_same_rows_again(page: Page, address: str) -> None:  # noqa: F811
    page.goto(address + "compare/2023-2024/")
    page.fill("[name=codes]", "CPT® 37252–37253, +93458; 99999 nonsense")
    page.wait_for_function("location.hash.includes('codes=')")
    page.select_option("[name=setting]", label="Physician, non-facility")
    page.wait_for_function("location.hash.includes('setting=')")
    shown = page.inner_text("[data-fb-table] tbody")
    assert "−61.65" in shown
    assert page.inner_text("[data-fb-strange]") == (
        "Not understood: nonsense. Not in the schedules of 2023 or 2024: 99999."
    )
    rows = saved(page)
    page.reload()
    page.wait_for_function("document.documentElement.dataset.fbTook")
    assert page.inner_text("[data-fb-table] tbody") == shown
    assert saved(page) == rows
    page.select_option("[name=from]", "2024")
    page.select_option("[name=to]", "2026")
    page.click("[data-fb-years] button")
    page.wait_for_url("**/compare/2024-2026/#codes=*")
    page.wait_for_function("document.documentElement.dataset.fbTook")
    assert {row["code"] for row in saved(page)} <= {"37252", "37253", "93458"}


def test_filters_narrow_as_they_are_set_and_nothing_is_said_in_words(page: Page, address: str) -> None:  # noqa: F811
    open_filtered(page, address + "compare/2023-2024/", "kind=born&codes=37252")
    assert "No row fits the filter" in page.inner_text("[data-fb-table] tbody")
    assert page.inner_text("[data-fb-said]").startswith("0 rows")
    open_filtered(page, address + "compare/2023-2024/", "codes=37252&dollars=50")
    assert [row["measure"] for row in saved(page)] == ["nonfacility_payment"]
    open_filtered(page, address + "compare/2023-2024/", "family=peripheral-ivus&setting=physician&percent=0&dollars=0")
    assert {row["code"] for row in saved(page)} == {"37252", "37253"}
    open_filtered(page, address + "compare/2023-2024/", "codes=93458-26&kind=every&setting=physician")
    assert {(row["code"], row["modifier"]) for row in saved(page)} == {("93458", "26")}


def test_a_comparison_is_worked_by_keyboard_alone(page: Page, address: str) -> None:  # noqa: F811
    page.goto(address + "compare/2023-2024/")
    page.focus("[name=codes]")
    page.keyboard.type("37252")
    page.wait_for_function("location.hash.includes('codes=')")
    page.focus("th[data-key=code] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("th[data-key=code][aria-sort=ascending]")
    assert "sort=code" in page.url
    page.keyboard.press("Enter")
    page.wait_for_selector("th[data-key=code][aria-sort=descending]")
    page.focus("[data-fb-clear]")
    page.keyboard.press("Enter")
    page.wait_for_function("!location.hash.includes('=')")


@pytest.mark.parametrize("years", [(2023, 2024), (2025, 2026), (2019, 2024)])
def test_both_years_at_one_factor_are_what_feebook_compare_makes_of_them(
    page: Page,  # noqa: F811
    address: str,  # noqa: F811
    packages: Path,  # noqa: F811
    years: tuple[int, int],
) -> None:
    comparison = compare(*years, basis="constant-cf", datasets=packages)
    place = f"{address}compare/{years[0]}-{years[1]}/"
    open_filtered(page, place, EVERY + "&basis=constant-cf&sort=code")
    rows = saved(page)
    assert rows == due(comparison, sorted(comparison.rows, key=printers.SORTS["code"]), list(rows[0]))
    assert {row["kind"] for row in rows} >= {"same", "moved"}
    open_filtered(page, place, "basis=constant-cf&track=both")
    rows = saved(page)
    assert rows == due(comparison, sorted(comparison.material(), key=printers.SORTS["dollars"]), list(rows[0]))
    assert f"both years at the factors of {years[0]}" in page.inner_text("[data-fb-said]")
    page.select_option("[name=basis]", label="as paid")
    page.wait_for_function("!location.hash.includes('basis=')")
    paid = compare(*years, datasets=packages)
    assert saved(page) == due(paid, sorted(paid.material(), key=printers.SORTS["dollars"]), list(rows[0]))


def test_a_comparison_says_how_to_get_the_other_bases(site: Path) -> None:  # noqa: F811
    said = text_of(site / "compare/2025-2026/index.html")
    assert "both years at the factors of 2025" in said
    assert "feebook compare 2025 2026 --basis latest" in said
