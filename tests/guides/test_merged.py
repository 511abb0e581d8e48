"""Cells merged over the rows of a group that rules part from the next."""

from __future__ import annotations

from pathlib import Path

from tests.guides.placed import Placed, cells_of, page, rows

TITLE: Placed = (40.0, 60.0, "Medicare rates of 2025")
XS = (40, 110, 200, 290, 360)
HEADS = ("APC", "APC payment", "ASC payment", "SI", "CPT code")
CODES = (
    ("$981.09", "T", "36465"),
    ("$981.10", "T", "36466"),
    ("$528.22", "J1", "36901"),
    ("$632.40", "J1", "36590"),
    ("$960.37", "J1", "36473"),
    ("$1,588.69", "J1", "36475"),
)
STEP = 16


def drawn(folder: Path, apcs: list[tuple[float, str, str]], parted: tuple[int, ...]) -> list[tuple[str, str, str]]:
    """What is read of a page with APCs at their baselines and a rule over each row in `parted`; none in doubt."""
    items = [TITLE, *rows(XS, 100, HEADS), *rows(XS[2:], 120, *CODES, step=STEP)]
    items += [item for base, *texts in apcs for item in rows(XS[:2], base, texts)]
    rules = [(36, 109 + STEP * n, 400, 109 + STEP * n) for n in parted]
    found = cells_of(folder, page(items, rules=rules))
    assert {c.flag for c in found} == {""}
    return [(c.code, c.measure, c.value) for c in found if c.measure in ("apc", "opps_payment")]


def test_a_cell_in_the_middle_of_a_group_is_that_of_all_its_rows(tmp_path: Path) -> None:
    given = (("5054", "1829.23"), ("5182", "1553.44"), ("5183", "3147.50"))
    bases = (120.0 + STEP / 2, 120.0 + 3 * STEP, 120.0 + 5 * STEP)  # between two rows, on the middle one, on the one
    apcs = [(base, apc, f"${rate}") for base, (apc, rate) in zip(bases, given, strict=True)]
    expected = [
        (code, measure, value)
        for n, (*_, code) in enumerate(CODES)
        for measure, value in zip(("apc", "opps_payment"), given[(n > 1) + (n > 4)], strict=True)
    ]
    assert drawn(tmp_path, apcs, (0, 2, 5, 6)) == expected


def test_a_text_off_the_middle_of_its_group_is_not_given_to_the_others(tmp_path: Path) -> None:
    apcs = [(128.0, "5054", "$1,829.23"), (120.0 + 4 * STEP, "5182", "$1,553.44")]
    assert drawn(tmp_path, apcs, (0, 2, 5, 6)) == [("36473", "apc", "5182"), ("36473", "opps_payment", "1553.44")]
