"""Codes inside wording, where no column holds codes; labelled facsimiles with invented wording."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from feebook.guides.codecells import TOGETHER
from feebook.guides.read import Refused
from tests.guides.placed import Placed, cells_of, page, rows, said

TITLE: Final[Placed] = (40.0, 60.0, "Medicare rates of 2025")
XS = (44, 260, 360)
HEADS = ("Procedure", "Facility payment", "Office payment")
BOTH = [
    ("64581", "facility_payment", "86"),
    ("64581", "nonfacility_payment", "927"),
    ("64590", "facility_payment", "69"),
    ("64590", "nonfacility_payment", "147"),
]


def drawn(*wordings: str, ruled: bool = False) -> bytes:
    """A table with a row for each wording, its figures those of BOTH; further rows have figures of their own."""
    figures = [("$86", "$927"), ("$69", "$147"), ("$50", "$60")]
    lines = [(text, *own) for text, own in zip(wordings, figures, strict=False)]
    ys = [88.0 + 16 * n for n in range(len(lines) + 2)]
    rules = [*((40.0, y, 450.0, y) for y in ys), *((x, ys[0], x, ys[-1]) for x in (40.0, 250.0, 350.0, 450.0))]
    return page([TITLE, *rows(XS, 100, HEADS, *lines)], rules=rules if ruled else ())


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize(
    "form", ["Made-up wording (CPT {})", "CPT® {}: made-up wording", "Made-up, HCPCS {}", "Made-up ({})"]
)
def test_the_code_that_words_or_brackets_tell_is_that_of_the_row(tmp_path: Path, form: str, ruled: bool) -> None:
    assert said(cells_of(tmp_path, drawn(form.format("64581"), form.format("64590"), ruled=ruled))) == BOTH


def test_a_row_without_a_code_is_of_none(tmp_path: Path) -> None:
    assert said(cells_of(tmp_path, drawn("One (CPT 64581)", "Other (CPT 64590)", "Further work"))) == BOTH


def test_a_list_shares_its_figures_and_codes_apart_are_in_doubt(tmp_path: Path) -> None:
    found = cells_of(tmp_path, drawn("One (CPT 64581, 64561)", "Other (CPT 64590) and more (CPT 95970)"))
    assert [(c.code, c.flag) for c in found if c.measure == "facility_payment"] == [
        ("64581", ""),
        ("64561", ""),
        ("64590", TOGETHER),
        ("95970", TOGETHER),
    ]


@pytest.mark.parametrize("wording", ["Made-up for 64581", "Add-on to CPT 64581", "Other (see CPT 64581)"])
def test_a_code_that_nothing_tells_or_that_is_another_row_s_is_none(tmp_path: Path, wording: str) -> None:
    with pytest.raises(Refused):
        cells_of(tmp_path, drawn(wording, wording))


def test_codes_of_a_column_count_before_those_of_wording(tmp_path: Path) -> None:
    lines = [("37252", "First (CPT 64581)", "$86"), ("37253", "Further (CPT 64590)", "$69")]
    items = rows((40, 110, 300), 100, ("CPT", "Wording", "Facility payment"), *lines)
    assert [c.code for c in cells_of(tmp_path, page([TITLE, *items]))] == ["37252", "37253"]
