"""Headings that almost touch, and lines over the codes that are no heading of theirs; invented wording."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from feebook.guides.read import tables
from tests.guides.placed import SIZE, Placed, cells_of, page, rows, said

TITLE: Placed = (40.0, 60.0, "Rates CY 2025")
HEADINGS = ("Work RVU", "Facility payment", "Office payment", "ASC payment")
BODY = (
    ("93458", "5.60", "$291", "$909", "$1,486"),
    ("93459", "6.35", "$326", "$1,005", "$1,512"),
    ("93460", "7.10", "$365", "$1,127", "$1,533"),
)
MEASURES = ("work_rvu", "facility_payment", "nonfacility_payment", "asc_payment")
DUE = [
    (code, measure, value.strip("$").replace(",", ""))
    for code, *values in BODY
    for measure, value in zip(MEASURES, values, strict=True)
]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gap=st.floats(1.2, 6), share=st.sampled_from([0.0, 0.5, 1.0]))
def test_headings_less_than_a_space_apart_belong_to_the_figures_under_them(
    tmp_path: Path, gap: float, share: float
) -> None:
    items: list[Placed] = [TITLE, *rows((40,), 100, ("CPT",), *((line[0],) for line in BODY))]
    x = 130.0
    for j, heading in enumerate(HEADINGS, 1):
        width = stringWidth(heading, "Helvetica", SIZE)
        items.append((x, 100.0, heading))
        for n, line in enumerate(BODY):
            slack = width - stringWidth(line[j], "Helvetica", SIZE)
            items.append((x + share * slack, 116.0 + 16 * n, line[j]))
        x += width + gap
    assert said(cells_of(tmp_path, page(items))) == DUE


def table(intro: str, heading: str) -> list[Placed]:
    """A small table with a line of words close over its codes."""
    return [(40.0, 89.0, intro), *rows((40, 130, 230, 330, 430), 100, (heading, *HEADINGS), *BODY)]


@pytest.mark.parametrize("heading", ["CPT", ""])
def test_a_sentence_close_over_the_codes_is_no_heading_of_theirs(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "facsimile.pdf"
    path.write_bytes(page([TITLE, *table("Products of this line and their payments", heading)]))
    (found,) = tables(path)
    assert (found.columns[0].path, found.title[-1]) == (
        (heading,) if heading else (),
        "Products of this line and their payments",
    )
    assert said(cells_of(tmp_path, path.read_bytes())) == DUE


def test_a_line_that_speaks_of_another_page_gives_a_table_no_year(tmp_path: Path) -> None:
    intro = "Hospital outpatient payments in 2024 are on the next page"
    cells = cells_of(tmp_path, page([TITLE, *table(intro, "CPT")]))
    assert {(c.year, c.flag) for c in cells} == {("2025", "")}
