"""Cells of several lines in tables without rules, each nearer to its own lines than to the next cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from feebook.guides.anchors import Anchor
from feebook.guides.box import Box
from feebook.guides.extents import Extent
from feebook.guides.laid import _with_strays
from feebook.guides.lines import Line
from feebook.guides.page import Word
from tests.guides.placed import Placed, cells_of, page, rows, said

HEADS = [
    (40.0, 60.0, "Rates CY 2024"),
    *rows((40, 100, 200, 300), 90, ("CPT", "SI", "Hospital payment", "ASC payment")),
]


def _stacked(x: float, base: float, *lines: str) -> list[Placed]:
    """Lines of one cell around the line of its code."""
    return [(x, base + 9.5 * (n - (len(lines) - 1) / 2), text) for n, text in enumerate(lines)]


def test_phrases_on_three_lines_belong_to_the_code_beside_their_middle(tmp_path: Path) -> None:
    hospital = [("$12,867",), ("Packaged into", "primary", "service"), ("$18,390",), ("$18,391",)]
    center = [("$9,069",), ("Packaged, no", "separate", "payment"), *[("Not payable in", "the ASC", "setting")] * 2]
    bases = (110.0, 133.0, 166.0, 199.0)
    items = [
        item
        for base, code, si, left, right in zip(
            bases, ("22551", "+22552", "22630", "22633"), ("J1", "N", "J1", "J1"), hospital, center, strict=True
        )
        for item in (
            *rows((40, 100), base, (code, si)),
            *_stacked(200, base, *left),
            *_stacked(300, base, *right),
        )
    ]
    assert [c for c in said(cells_of(tmp_path, page([*HEADS, *items]))) if c[1].endswith("payment")] == [
        ("22551", "opps_payment", "12867"),
        ("22551", "asc_payment", "9069"),
        ("22552", "opps_payment", "packaged"),
        ("22552", "asc_payment", "packaged"),
        ("22630", "opps_payment", "18390"),
        ("22630", "asc_payment", "not_on_asc_list"),
        ("22633", "opps_payment", "18391"),
        ("22633", "asc_payment", "not_on_asc_list"),
    ]


def test_a_phrase_between_two_codes_is_of_neither_alone(tmp_path: Path) -> None:
    lines = rows((40, 100, 200), 110, ("22551", "J1", "$12,867"), ("22612", "J1", "$18,390"), step=24)
    cells = cells_of(
        tmp_path, page([*HEADS, *lines, (300.0, 117.25, "Not payable in"), (300.0, 126.75, "the ASC setting")])
    )
    assert [c for c in said(cells) if c[1] == "asc_payment"] == []


def _word(x: float, base: float, text: str) -> Word:
    return Word(text, Box(x, base - 8, x + 4 * len(text), base + 2), base, 9)


def _strays(offs: Sequence[float]) -> list[list[str]] | None:
    """What the lines of four codes gain by the figures that stand so far above them."""
    bases = [100.0 + 40 * n for n in range(len(offs))]
    codes = [_word(40, base, f"3690{n}") for n, base in enumerate(bases)]
    figures = [Line(base - off, (_word(250, base - off, "$160"),)) for base, off in zip(bases, offs, strict=True)]
    every = sorted([*(Line(w.base, (w,)) for w in codes), *figures], key=lambda line: line.base)
    group = [Anchor(w.box, next(n for n, li in enumerate(every) if li.words == (w,)), w.base, w.text) for w in codes]
    grown = _with_strays(group, [[w] for w in codes], every, Box(0, 0, 600, 800), [Extent(30, 90, 40, 60)])
    return None if grown is None else [[w.text for w in words] for words in grown]


def test_figures_close_over_every_code_are_a_second_line_of_its_cells() -> None:
    assert _strays([10, 10, 10, 10]) == [[f"3690{n}", "$160"] for n in range(4)]


def test_where_one_figure_stands_further_off_they_are_none() -> None:
    assert _strays([10, 10, 10, 20]) is None
