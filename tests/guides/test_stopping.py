"""Upright rules that stop at cells merged over several columns, where no level rules part the rows."""

from __future__ import annotations

from pathlib import Path

from tests.guides.placed import Placed, cells_of, page, rows

SIDES = (36, 96, 160, 190, 230, 300, 340, 410)
"""The x of the upright rules; those within the groups stop at merged cells."""
GROUPS = (36, 96, 160, 300, 410)
LEFTS = tuple(x + 4 for x in SIDES[:-1])
TITLE: Placed = (40.0, 60.0, "Medicare rates of 2025")
OVER: list[Placed] = [(163.0, 90.0, "Hospital outpatient"), (318.0, 90.0, "Surgery center")]
HEADS = ("CPT code", "In-office", "SI", "APC", "Payment", "PI", "Payment")
WHOLE = (
    ("64479", "$256.18", "T", "5443", "$890.29", "A2", "$477.94"),
    ("64483", "$236.13", "T", "5442", "$692.52", "G2", "$371.75"),
    ("64490", "$186.32", "T", "5443", "$890.31", "G2", "$477.96"),
)
MERGED = (("64480", "$129.71"), ("64484", "$106.10"))
STEP = 18


def printed(folder: Path, over: str) -> list[tuple[str, str, str, str, str]]:
    """What is read of five rows of which the second and the fourth print a text over the outpatient columns."""
    lines = [WHOLE[0], MERGED[0], WHOLE[1], MERGED[1], WHOLE[2]]
    items = [TITLE, (99.0, 90.0, "Physician"), *OVER, *rows(LEFTS, 108, HEADS)]
    rules: list[tuple[float, float, float, float]] = [(36, 80, 410, 80), (36, 113, 410, 113)]
    for n, line in enumerate(lines):
        base = 126 + STEP * n
        items += rows(LEFTS[: len(line)], base, line)
        items += [(204.0, base, over), (328.0, base, "N1 (packaged)")] if len(line) == 2 else []
        sides = GROUPS if len(line) == 2 else SIDES
        rules += [(x, base - 13, x, base + STEP - 13) for x in sides]
    found = cells_of(folder, page(items, rules=rules))
    return [(c.code, c.measure, c.value, c.status, c.flag) for c in found]


def test_a_rule_that_stops_only_at_merged_cells_parts_columns(tmp_path: Path) -> None:
    measures = ("nonfacility_payment", "opps_status_indicator", "apc", "opps_payment", "asc_indicator", "asc_payment")
    whole = [
        [(code, m, text.lstrip("$"), "", "") for m, text in zip(measures, texts, strict=True)] for code, *texts in WHOLE
    ]
    merged = [
        [
            (code, "nonfacility_payment", office.lstrip("$"), "", ""),
            (code, "opps_status_indicator", "N", "", ""),
            (code, "opps_payment", "", "packaged", ""),
            (code, "asc_indicator", "N1", "", ""),
            (code, "asc_payment", "", "packaged", ""),
        ]
        for code, office in MERGED
    ]
    assert printed(tmp_path, "N (packaged)") == [*whole[0], *merged[0], *whole[1], *merged[1], *whole[2]]


def test_other_figures_over_the_columns_of_a_schedule_are_in_doubt(tmp_path: Path) -> None:
    amount = "one amount stands over several columns"
    assert [cell[1:] for cell in printed(tmp_path, "N 100 200") if cell[0] == "64480"] == [
        ("nonfacility_payment", "129.71", "", ""),
        ("opps_status_indicator", "N 100 200", "", amount),
        ("apc", "N 100 200", "", amount),
        ("opps_payment", "", "", "'N 100 200' is neither an amount nor a known phrase"),
        ("asc_indicator", "N1", "", ""),
        ("asc_payment", "", "packaged", ""),
    ]
