"""The pages of guides: what a printing is said to be worth, and its editions side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from feebook.compare.families import Family, Replacement
from feebook.publish import book as books
from feebook.publish import editions, figures, guideview, terms
from feebook.publish.editions import Move
from feebook.publish.guideview import Cell, Guide, Printing
from feebook.publish.templates import environment


def cell(code: str, value: str, expected: str, **other: str) -> Cell:
    said = {
        "modifier": "",
        "table": "physician",
        "measure": "facility_payment",
        "variant": "",
        "status": "",
        "printed": f"${value}",
        "page": "1",
        "flag": "",
        "verdict": "agrees",
        "note": "",
    }
    return Cell(code=code, value=value, expected=expected, **{**said, **other})


def printing(year: int, *cells: Cell) -> Printing:
    document = {
        "document": f"guide-{year}",
        "form": "original",
        "revision": "",
        "effective_from": f"{year}-01-01",
        "effective_through": "",
        "pages": "1",
        "sha256": "1",
    }
    return Printing(year, document, cells, ())


def step(before: Printing, after: Printing, *families: Family) -> editions.Step:
    (found,) = editions.steps(Guide("guide", "Vendor", "Guide", (before, after)), families)
    return found


def test_codes_that_came_went_and_were_replaced() -> None:
    told = Replacement(date(2024, 1, 1), frozenset({"37220"}), frozenset({"37254"}), "CMS", "A")
    family = Family("legs", "Legs", frozenset({"37220"}), (told,))
    found = step(
        printing(2023, cell("37220", "1", "1"), cell("37252", "1", "1")),
        printing(2024, cell("37252", "1", "1"), cell("37254", "1", "1"), cell("37253", "1", "1")),
        family,
    )
    assert (found.added, found.dropped, found.replaced) == (("37253", "37254"), ("37220",), (told,))


def test_a_layout_that_changed_names_tables_and_measures() -> None:
    found = step(
        printing(2023, cell("37252", "1", "1")),
        printing(
            2024, cell("37252", "1", "1", table="all"), cell("37252", "N", "N", measure="asc_indicator", table="all")
        ),
    )
    assert (found.tables, found.measures) == ((("physician",), ("all",)), (("asc_indicator",), ()))
    assert not found.same_layout


def test_the_headings_of_the_example_guide_are_those_of_its_recipe() -> None:
    paths = editions.heading_paths()
    assert paths["tamarack-access-2023"]["work_rvu"] == ["RVUs / Work"]
    assert paths["tamarack-access-2024"]["work_rvu"] == ["Work RVU"]


def test_amounts_that_moved_otherwise_than_cms() -> None:
    found = step(
        printing(2023, cell("1", "100", "100.20"), cell("2", "100", "100.20"), cell("3", "100", "packaged")),
        printing(2024, cell("1", "105", "101.90"), cell("2", "101", "88.00 · 101.20"), cell("3", "105", "104.90")),
    )
    assert found.moves == (
        Move("1", "", "facility_payment", (Decimal(100), Decimal(105)), (Decimal("100.20"), Decimal("101.90"))),
        Move("2", "", "facility_payment", (Decimal(100), Decimal(101)), (Decimal("100.20"), Decimal("101.20"))),
    )
    assert [move.code for move in found.apart] == ["1"]


def test_what_rounding_a_dollar_can_do_is_no_other_move() -> None:
    assert not Move("1", "", "m", (Decimal(9), Decimal(10)), (Decimal("9.49"), Decimal("9.51"))).apart


def test_what_deserves_a_look_comes_first_and_the_gravest_before() -> None:
    of = printing(
        2024,
        cell("1", "1", "1"),
        cell("2", "1", "2", verdict="agrees_on_other_dates"),
        cell("3", "1", "2", verdict="differs"),
    )
    assert [(one.code, one.tone) for one in of.looks] == [("3", "bad"), ("2", "")]
    assert [said for _, _, said in of.counted] == ["1 differs", "1 agrees on other dates", "1 agrees"]


def test_text_of_a_guide_stays_text() -> None:
    sly = "<script>alert(1)</script>"
    page = (
        environment()
        .get_template("parts/printing.html")
        .render(
            p=printing(
                2024, cell("1", "1", "1", printed=sly), cell("2", "1", "2", verdict="differs", note=sly, flag=sly)
            ),
            book=type("Book", (), {"codes": {}}),
        )
    )
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 3


def test_a_printing_says_what_its_factor_is() -> None:
    told = Printing(2024, printing(2024).document, (cell("1", "1", "1"),), ("Printed for 2024: factor 33.2875 <b>",))
    page = environment().get_template("parts/printing.html").render(p=told, book=type("Book", (), {"codes": {}}))
    meaning = terms.TERMS["conversion-factor"][1]
    link = f'<a class="fb-term" href="../../glossary/#conversion-factor" title="{meaning}">factor</a>'
    assert f'<p class="fb-basis">Printed for 2024: {link} 33.2875 &lt;b&gt;</p>' in page


def test_days_as_pages_print_them() -> None:
    said = "prints $86; CMS: $86.21 from 9 March, $84.81 until 8 May 2024"
    assert figures.days_of_page(said) == "prints $86; CMS: $86.21 from Mar 9, $84.81 until May 8, 2024"


@pytest.fixture(scope="module")
def book(root: Path) -> books.Book:
    return books.read(root / "datasets")


def test_the_example_guides_say_their_factors(book: books.Book) -> None:
    (ivus, tamarack) = guideview.guides(book)
    assert ivus.printings[0].factors == (
        "Printed for 2024: factor 33.2875, paid from Mar 9, 2024. 4 of 4 physician amounts fit the factors from "
        "33.2676 to 33.3007, and no other known factor of that time; they cannot tell it from 33.29, its two decimals.",
    )
    assert [len(one.looks) for one in tamarack.printings] == [0, 0, 2, 0]


def test_a_code_names_the_guides_that_print_it(book: books.Book) -> None:
    def of(resource: str) -> dict[int, list[dict[str, str]]]:
        found = {year: book.package(year).rows(resource, "37252") for year in book.years}
        return {year: rows for year, rows in found.items() if rows}

    ivus, tamarack = guideview.mentions(book, of("guide_cells"), of("findings"))
    assert (ivus.name, ivus.years) == ("boston-scientific-ivus", (2024,))
    assert ivus.notes[0] == ("facility_payment", "Prints $86; CMS: $86.21 from Mar 9, $84.81 before")
    assert (tamarack.years, tamarack.counted) == ((2022, 2023, 2024, 2025), "every number agrees")
