"""Cells of two lines each, one above and one below the line of their code, and what they say."""

from __future__ import annotations

from pathlib import Path

from feebook.guides.anchors import is_heading_between
from feebook.guides.box import Box
from feebook.guides.lines import Line
from feebook.guides.page import Word
from tests.guides.placed import Placed, cells_of, page, right_rows, rows, said

TITLE: Placed = (40.0, 60.0, "What moved from 2024 to 2025")
GROUP: Placed = (244.0, 84.0, "Physician, facility")
CODES = (("92920", "$514", "$501"), ("92924", "$613", "$597"), ("92928", "$572", "$557"))
ENDS = (62, 240, 290)


def drawn(folder: Path, *, lines: int = 3) -> list[tuple[str, str, str]]:
    """What is read of a table whose changes stand on two lines, an arrow over a figure, beside `lines` of the codes."""
    items = [TITLE, GROUP, *right_rows((62, 240, 290, 345), 98, ("CPT", "2024", "2025", "Change"))]
    items += rows((80,), 98, ("Service",)) + rows((80,), 120, *3 * [("Stent service",)], step=36)
    items += right_rows(ENDS, 120, *CODES, step=36)
    for n, change in enumerate(("2.5%", "2.6%", "2.7%")[:lines]):
        items += right_rows((345,), 114 + 36 * n, ("v",)) + right_rows((345,), 126 + 36 * n, (change,))
    return said(cells_of(folder, page(items)))


PAID = [(code, "facility_payment", text[1:]) for code, *both in CODES for text in both]


def test_a_column_whose_cells_stand_off_the_lines_of_the_codes_is_found(tmp_path: Path) -> None:
    assert drawn(tmp_path) == PAID  # the arrows are letters here, so no change is sure; the dollars are


def test_a_few_words_off_the_lines_are_no_column(tmp_path: Path) -> None:
    assert drawn(tmp_path, lines=1) == [(code, "facility_payment", paid[1:]) for code, _, paid in CODES[1:]]


def test_wording_that_goes_on_beside_figures_heads_no_table() -> None:
    def heads(words: str, beside: str) -> bool:
        """Whether a line that begins over the codes and says *part*, as in a part number, heads a table."""
        texts = (("92920",), (words, beside), ("92924",))
        lines = [
            Line(base, tuple(word for n, text in enumerate(said) for word in words_at(40.0 + 200 * n, base, text)))
            for base, said in zip((100.0, 120.0, 140.0), texts, strict=True)
        ]
        return is_heading_between(lines, 0, 2, lines[0].box)

    wording = "Removal of the earlier part"
    assert [heads(wording, beside) for beside in ("Model", "2.5%", "$1,234.00")] == [True, False, False]
    assert not heads(wording.lower(), "or surgery centers")


def words_at(x: float, base: float, text: str) -> list[Word]:
    """Words of one size from a place on, each letter five points wide."""
    result = []
    for part in text.split():
        result.append(Word(part, Box(x, base - 7, x + 5 * len(part), base + 2), base, 9))
        x += 5 * len(part) + 3
    return result
