"""Whatever is drawn is read back: random rows in every style; shifting, scaling or turning a page changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from feebook.amounts import DOLLAR, half_up
from feebook.guides.cells import Cell
from feebook.guides.read import read
from tests import draw

FACTOR: Final = Decimal("33.2875")


class Heading(NamedTuple):
    """How a measure is headed in two rows, and in one."""

    block: str
    below: str
    alone: str


HEADINGS: Final = {
    "work_rvu": Heading("RVUs", "Work", "Work RVU"),
    "facility_total_rvu": Heading("RVUs", "Facility Total", "Facility Total RVU"),
    "nonfacility_total_rvu": Heading("RVUs", "Non-Facility Total", "Non-Facility Total RVU"),
    "facility_payment": Heading("Physician Payment", "Facility", "Physician Facility Payment"),
    "nonfacility_payment": Heading("Physician Payment", "Non-Facility", "Physician Non-Facility Payment"),
    "asc_indicator": Heading("ASC", "PI", "ASC PI"),
    "asc_payment": Heading("ASC", "Payment", "ASC Payment"),
    "opps_status_indicator": Heading("Hospital Outpatient", "SI", "OPPS SI"),
    "apc": Heading("Hospital Outpatient", "APC", "APC"),
    "opps_payment": Heading("Hospital Outpatient", "Payment", "Hospital Outpatient Payment"),
}

Row = dict[str, str]
"""What a code's row prints, by measure; the code itself under `code`."""


@st.composite
def rows(pick: st.DrawFn) -> Row:
    """A row whose figures agree with one another, as those of a guide do."""
    number = pick(st.integers(10004, 69990) | st.integers(92920, 93799))
    work = Decimal(pick(st.integers(10, 4500))) / 100
    total = work + Decimal(pick(st.integers(5, 3000))) / 100
    office = total + Decimal(pick(st.integers(0, 20000))) / 100
    packaged = pick(st.booleans())
    here = pick(st.booleans())
    return {
        "code": ("+" if pick(st.booleans()) else "") + str(number),
        "work_rvu": f"{work:.2f}",
        "facility_total_rvu": f"{total:.2f}",
        "nonfacility_total_rvu": f"{office:.2f}" if here else "NA",
        "facility_payment": _dollars(total * FACTOR),
        "nonfacility_payment": _dollars(office * FACTOR) if here else "NA",
        "asc_indicator": "N1" if packaged else "J8",
        "asc_payment": "Packaged" if packaged else _dollars(Decimal(pick(st.integers(40, 30000)))),
        "opps_status_indicator": "N" if packaged else "J1",
        "apc": "–" if packaged else str(pick(st.integers(5012, 5883))),
        # as a rule a hospital's own payment is the larger; one below the office's is in doubt
        "opps_payment": "Packaged" if packaged else _dollars(office * FACTOR + pick(st.integers(40, 30000))),
    }


def _dollars(amount: Decimal) -> str:
    return f"${half_up(amount, DOLLAR):,}"


def table(lines: Sequence[Row], measures: Sequence[str], deep: bool, merge: bool) -> draw.Table:
    """The rows as a table with one or two heading rows; runs of packaged ASC cells merged where asked for."""
    blocks = [HEADINGS[m].block for m in measures]
    upper = ("CPT Code", *("" if n and blocks[n - 1] == b else b for n, b in enumerate(blocks)))
    lower = ("", *(HEADINGS[m].below for m in measures))
    heading = (upper, lower) if deep else (("CPT Code", *(HEADINGS[m].alone for m in measures)),)
    printed = tuple((line["code"], *(line[m] for m in measures)) for line in lines)
    merged = tuple(_runs(lines, 1 + measures.index("asc_payment"))) if merge and "asc_payment" in measures else ()
    return draw.Table("Medicare rates CY 2024", heading, printed, merged)


def _runs(lines: Sequence[Row], column: int) -> list[draw.Merge]:
    found: list[draw.Merge] = []
    for n, line in enumerate(lines):
        if line["asc_payment"] != "Packaged":
            continue
        if found and found[-1].last == n - 1:
            found[-1] = draw.Merge(column, found[-1].first, n)
        else:
            found.append(draw.Merge(column, n, n))
    return found


STATUSES: Final = {"NA": "not_applicable", "–": "not_applicable", "Packaged": "packaged"}


def due(lines: Sequence[Row], measures: Sequence[str]) -> dict[tuple[str, str], tuple[str, str, bool]]:
    """(code, measure) → (value, status, add-on) as read from the rows."""
    return {
        (line["code"].lstrip("+"), m): (
            "" if line[m] in STATUSES else line[m].lstrip("$").replace(",", ""),
            STATUSES.get(line[m], ""),
            line["code"].startswith("+"),
        )
        for line in lines
        for m in measures
    }


def drawn_cells(folder: Path, pdf: bytes) -> list[Cell]:
    """What the reader gives for a document."""
    path = folder / "drawn.pdf"
    path.write_bytes(pdf)
    return list(read(path).cells)


def by_measure(cells: Sequence[Cell]) -> dict[tuple[str, str], tuple[str, str, bool]]:
    """(code, measure) → (value, status, add-on) of cells; a cell given twice fails."""
    result = {(cell.code, cell.measure): (cell.value, cell.status, cell.add_on == "1") for cell in cells}
    assert len(result) == len(cells)
    return result


def found(folder: Path, pdf: bytes) -> dict[tuple[str, str], tuple[str, str, bool]]:
    """The cells of a document by measure; a cell in doubt or read twice fails."""
    cells = drawn_cells(folder, pdf)
    assert [cell for cell in cells if cell.flag] == []
    return by_measure(cells)


def assert_honest(cells: Sequence[Cell], lines: Sequence[Row], measures: Sequence[str]) -> None:
    """What is given without a flag is what was drawn, nothing is invented, and what is lacking stands there flagged."""
    drawn = due(lines, measures)
    sure = by_measure([cell for cell in cells if not cell.flag])
    assert {key: sure[key] for key in sure if sure[key] != drawn.get(key)} == {}
    doubted = Counter((cell.code, cell.printed) for cell in cells if cell.flag)
    printed = {(line["code"].lstrip("+"), m): line[m] for line in lines for m in measures}
    lacking = Counter((code, printed[code, m]) for code, m in drawn.keys() - sure.keys())
    assert lacking - doubted == Counter()
    assert doubted - lacking == Counter()


@st.composite
def picked(pick: st.DrawFn, least: int = 2) -> list[str]:
    """Some of the measures, in their order."""
    chosen = pick(st.sets(st.sampled_from(sorted(HEADINGS)), min_size=least, max_size=6))
    return [m for m in HEADINGS if m in chosen]


Rules = Literal["all", "across", "down", "none"]

LINES: Final = st.lists(rows(), min_size=3, max_size=9, unique_by=lambda row: row["code"].lstrip("+"))


def styles(*rules: Rules) -> st.SearchStrategy[draw.Style]:
    """Ways to set a page, with some of the ways to rule a table."""
    return st.builds(
        draw.Style,
        rules=st.sampled_from(rules),
        zebra=st.booleans(),
        marks=st.booleans(),
        align=st.sampled_from(["left", "centre", "right"]),
        landscape=st.just(True),
        rotate=st.sampled_from([0, 90, 180, 270]),
        scale=st.sampled_from([0.7, 1.0, 1.3]),
    )


def quick(examples: int) -> settings:
    """The same examples each time, few enough for every run of the tests."""
    slow = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    some = [
        phase for phase in Phase if phase is not Phase.shrink
    ]  # a failing case is small as it is; shrinking takes minutes
    return settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=slow, phases=some)


@quick(80)
@given(lines=LINES, measures=picked(), deep=st.booleans(), style=styles("all"))
def test_ruled_rows_are_read_back(
    tmp_path: Path, lines: list[Row], measures: list[str], deep: bool, style: draw.Style
) -> None:
    drawn = table(lines, measures, deep, merge=True)
    assert found(tmp_path, draw.document([[drawn]], style)) == due(lines, measures)


@quick(120)
@given(lines=LINES, measures=picked(), deep=st.booleans(), style=styles("across", "down", "none"))
def test_rows_without_full_rules_are_read_back_or_flagged(
    tmp_path: Path, lines: list[Row], measures: list[str], deep: bool, style: draw.Style
) -> None:
    drawn = table(lines, measures, deep, merge=False)
    assert_honest(drawn_cells(tmp_path, draw.document([[drawn]], style)), lines, measures)


ACROSS: Final = draw.Style(rules="across", zebra=True, landscape=True, scale=1.3)
BARE: Final = draw.Style(rules="none", zebra=True, marks=True, landscape=True)


def plain_row(code: str, **printed: str) -> Row:
    """A row with figures as given and NA elsewhere."""
    return {"code": code, **dict.fromkeys(HEADINGS, "NA"), **printed}


@pytest.mark.parametrize(
    ("measures", "style"),
    [
        # no figure bears out whether `Non-Facility Total` stands under the units or under the payments
        (
            ["facility_total_rvu", "nonfacility_total_rvu", "facility_payment", "asc_payment", "apc", "opps_payment"],
            ACROSS,
        ),
        # `ASC` is set over its indicators and does not reach the payments beside them
        (["facility_payment", "asc_indicator", "asc_payment"], BARE),
    ],
)
def test_what_only_the_place_of_a_heading_says_is_flagged(
    tmp_path: Path, measures: list[str], style: draw.Style
) -> None:
    shared = {"asc_indicator": "J8", "asc_payment": "$4,305", "apc": "5344", "opps_payment": "$5,528"}
    lines = [
        plain_row("16604", facility_total_rvu="5.04", facility_payment="$168", **shared),
        plain_row("29300", facility_total_rvu="12.72", facility_payment="$423", **shared),
        plain_row("16624", facility_total_rvu="4.34", facility_payment="$144", **shared),
    ]
    drawn = table(lines, measures, deep=True, merge=False)
    assert_honest(drawn_cells(tmp_path, draw.document([[drawn]], style)), lines, measures)


@quick(60)
@given(lines=LINES, measures=picked(), style=styles("across", "down", "none"))
def test_rows_under_one_heading_line_are_read_back_without_rules(
    tmp_path: Path, lines: list[Row], measures: list[str], style: draw.Style
) -> None:
    drawn = table(lines, measures, deep=False, merge=False)
    assert found(tmp_path, draw.document([[drawn]], style)) == due(lines, measures)


MOVED: Final = st.builds(
    draw.Style,
    landscape=st.just(True),
    rotate=st.sampled_from([0, 90, 180, 270]),
    sideways=st.sampled_from([0, 90, 180, 270]),
    scale=st.floats(0.6, 2.0),
    shift=st.tuples(st.integers(-30, 60), st.integers(-200, 20)),
)


MOVED_MEASURES: Final = ["work_rvu", "facility_total_rvu", "facility_payment", "nonfacility_payment", "asc_payment"]


@quick(60)
@given(lines=LINES, moved=MOVED)
def test_shifting_scaling_or_turning_a_ruled_page_changes_nothing(
    tmp_path: Path, lines: list[Row], moved: draw.Style
) -> None:
    drawn = table(lines, MOVED_MEASURES, deep=True, merge=True)
    assert found(tmp_path, draw.document([[drawn]], moved)) == due(lines, MOVED_MEASURES)


@quick(60)
@given(lines=LINES, moved=MOVED, rules=st.sampled_from(["across", "down", "none"]))
def test_shifting_scaling_or_turning_an_open_page_changes_no_sure_cell(
    tmp_path: Path, lines: list[Row], moved: draw.Style, rules: Rules
) -> None:
    drawn = table(lines, MOVED_MEASURES, deep=True, merge=False)
    cells = drawn_cells(tmp_path, draw.document([[drawn]], replace(moved, rules=rules)))
    assert_honest(cells, lines, MOVED_MEASURES)
