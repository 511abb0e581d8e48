"""axe-core on each kind of page, light and dark: no violation of any rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.test_site import packages, site  # noqa: F401  (fixtures)
from tests.test_site_browser import address, browser, pytestmark  # noqa: F401  (fixtures)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = (
    "",
    "codes/",
    "codes/?code=37249",
    "codes/37xxx/",
    "codes/37252/",
    "compare/",
    "compare/2025-2026/#codes=37252-37253,nonsense",
    "years/",
    "years/2024/",
    "guides/",
    "guides/boston-scientific-ivus/",
    "families/",
    "families/peripheral-ivus/",
    "factors/",
    "data/",
    "method/",
    "check-a-guide/",
    "glossary/",
    "rights/",
    "errata/",
    "404.html",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser,  # noqa: F811
    address: str,  # noqa: F811
    scheme: str,
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    wrong = []
    for path in PAGES:
        page.goto(address + path)
        if "?" in path:
            page.wait_for_selector("[data-fb-answer] h2")
        if "#" in path:
            page.wait_for_function("document.documentElement.dataset.fbTook")
        if path.startswith("codes/37252"):
            page.locator("span.fb-term[tabindex]").first.focus()
            page.wait_for_selector("#fb-tip")
        for found in axe.Axe().run(page).response["violations"]:
            wrong.append((path, found["id"], [node["html"][:120] for node in found["nodes"][:3]]))
    page.goto(address + "codes/37252/")
    page.keyboard.press("/")
    page.keyboard.type("3725")
    page.wait_for_selector("[role=option]")
    wrong += [("the open list", found["id"], []) for found in axe.Axe().run(page).response["violations"]]
    context.close()
    assert not wrong


def test_a_term_says_its_meaning_on_focus_and_leads_to_the_glossary(browser: Browser, address: str) -> None:  # noqa: F811
    page = browser.new_page()
    page.goto(address)
    term = page.locator("a.fb-term").first
    term.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    said = term.evaluate("node => getComputedStyle(node, '::after').content")
    assert "Dollars for one relative value unit" in said
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}glossary/#conversion-factor")
    page.close()


def test_words_of_a_code_s_page_say_their_meaning_on_hover_focus_and_tap(browser: Browser, address: str) -> None:  # noqa: F811
    context = browser.new_context(has_touch=True)
    page = context.new_page()
    page.goto(address + "codes/36902/")
    tip = page.locator("#fb-tip")
    rvu = page.locator("#facility thead span.fb-term", has_text="RVU")
    rvu.focus()
    assert tip.inner_text().startswith("Relative value unit")
    assert rvu.get_attribute("aria-describedby") == "fb-tip"
    page.keyboard.press("Escape")
    assert tip.count() == 0
    letter = page.locator("#outpatient tbody span.fb-term", has_text="J1")
    letter.hover()
    assert tip.inner_text() == "Comprehensive: one payment for nearly everything on the claim"
    page.mouse.move(0, 0)
    tip.wait_for(state="detached")
    page.locator("#nonfacility thead span.fb-term", has_text="Factor").tap()
    assert tip.inner_text().startswith("Dollars for one relative value unit")
    page.locator("h1").tap()
    assert tip.count() == 0
    focusable = page.locator("span.fb-term[tabindex]").all_inner_texts()
    focusable.remove("Ind.")  # means one thing in a surgery center, another in the outpatient department
    assert len(focusable) == len(set(focusable))  # each word once, not in every table
    center = page.locator("#asc thead span.fb-term", has_text="Ind.")
    center.focus()
    assert tip.inner_text() == "A letter and a figure that say by which rule a surgery center is paid for a code."
    context.close()
