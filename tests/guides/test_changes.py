"""Changes that no heading gives a site are of the payments that they follow from, if of one site alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guides.placed import Placed, cells_of, page, rows

HEADS = ("CPT", "Facility 2024", "Facility 2025", "Office 2024", "Office 2025", "% change")
BODY = (
    ("37224", "$434", "$419", "$2,845", "$2,653"),
    ("37225", "$582", "$563", "$8,520", "$7,901"),
    ("37226", "$505", "$489", "$7,822", "$7,312"),
)
TITLE: Placed = (40.0, 60.0, "Medicare payment compared")


def changes(folder: Path, *said: str, codes: int = 3) -> list[tuple[str, str, str, bool]]:
    body = [(*line, change) for line, change in zip(BODY[:codes], said, strict=True)]
    cells = cells_of(folder, page([TITLE, *rows((40, 100, 190, 280, 370, 460), 100, HEADS, *body)]))
    return [(c.code, c.variant, c.value, bool(c.flag)) for c in cells if c.measure == "change_percent"]


@pytest.mark.parametrize(
    ("site", "said"),
    [("facility", ("-3.5%", "-3.3%", "-3.2%")), ("nonfacility", ("-6.7%", "-7.3%", "-6.5%"))],
)
def test_a_change_is_of_the_payments_that_it_follows_from(tmp_path: Path, site: str, said: tuple[str, ...]) -> None:
    due = [(line[0], site, change.strip("%"), False) for line, change in zip(BODY, said, strict=True)]
    assert changes(tmp_path, *said) == due


@pytest.mark.parametrize("said", [("-3.5%", "-3.3%", "-6.5%"), ("-9.1%", "-9.2%", "-9.3%")])
def test_changes_that_follow_from_no_one_site_are_in_doubt(tmp_path: Path, said: tuple[str, ...]) -> None:
    assert {(variant, doubted) for _, variant, _, doubted in changes(tmp_path, *said)} == {("", True)}


def test_two_codes_prove_no_change(tmp_path: Path) -> None:
    assert {doubted for *_, doubted in changes(tmp_path, "-3.5%", "-3.3%", codes=2)} == {True}


@pytest.mark.parametrize(("last", "doubted"), [("1.1%", False), ("$5", True)])
def test_a_dash_among_changes_in_per_cent_is_no_change_in_per_cent(tmp_path: Path, last: str, doubted: bool) -> None:
    heads = ("CPT", "Facility 2024", "Facility 2025", "Facility change")
    lines = [("33206", "$461", "$456", "-1.1%"), ("33207", "–", "$479", "–"), ("33208", "$519", "$524", last)]
    cells = cells_of(tmp_path, page([TITLE, *rows((40, 100, 190, 280), 100, heads, *lines)]))
    dashes = [(c.status, bool(c.flag)) for c in cells if c.measure == "change_percent" and c.code == "33207"]
    assert dashes == [("not_applicable", doubted)]
