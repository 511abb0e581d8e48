"""Where the outermost cells end, from headings in the middle of their cells."""

from __future__ import annotations

from dataclasses import replace

from feebook.guides.box import Box
from feebook.guides.extents import Extent, Piece, errors
from feebook.guides.reckoned import with_ends


def head(middle: float, *span: int) -> Piece:
    return Piece("Rate", Box(middle - 10, 0, middle + 10, 9), 8, 9, frozenset(span))


def test_a_heading_in_the_middle_of_the_last_cell_shows_its_right_side() -> None:
    columns = [Extent(x - 8.0, x + 92.0, float(x), x + 20.0, True, False) for x in (3, 103, 203, 303)]  # cells of 100
    ended = with_ends(columns, [head(150, 1), head(250, 2), head(350, 3)], 1)
    assert ended == [*columns[:-1], replace(columns[-1], after=403.0)]
    assert errors(head(300), columns, 2, 3)[3] > 1000
    assert errors(head(300), ended, 2, 3)[3] == 0


def test_a_heading_in_the_middle_of_the_first_cell_shows_its_left_side() -> None:
    columns = [Extent(x - 92.0, x + 8.0, x - 20.0, float(x), False, True) for x in (97, 197, 297, 397)]
    ended = with_ends(columns, [head(150, 1), head(250, 2), head(350, 3)], 1)
    assert ended == [columns[0], replace(columns[1], before=97.0), *columns[2:]]


def test_headings_set_in_several_ways_show_no_side() -> None:
    columns = [Extent(x - 8.0, x + 92.0, float(x), x + 20.0, True, False) for x in (3, 103, 203, 303)]
    assert with_ends(columns, [head(150, 1), head(240, 2), head(350, 3)], 1) == columns
