"""A line for each setting under a code, without cells: which of the lines are whose."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feebook.guides.settinglines import EITHER, UNPARTED
from tests.guides.placed import Placed, cells_of, document, flags, page, rows, said

TITLE: Final[Placed] = (40.0, 60.0, "Medicare rates of 2025")
XS = (40, 110, 300)
HEADS = ("CPT", "Site of service", "Payment")
SITES: Final = (
    ("Physician office", "nonfacility_payment"),
    ("Physician facility", "facility_payment"),
    ("Hospital outpatient", "opps_payment"),
    ("ASC", "asc_payment"),
)
CODES = ("64561", "64581", "64590")
STEP = 14.0


def block(code: str, top: float, figures: list[str], at: float) -> list[Placed]:
    """The lines of one code, which stands so many lines under the first."""
    lines = [(name, text) for (name, _), text in zip(SITES, figures, strict=False)]
    return [(40.0, top + STEP * at, code), *rows(XS[1:], top, *lines, step=STEP)]


def due(code: str, figures: list[str]) -> list[tuple[str, str, str]]:
    return [(code, m, t.replace("$", "").replace(",", "")) for (_, m), t in zip(SITES, figures, strict=False)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.integers(10, 999), min_size=4, max_size=4), min_size=1, max_size=3),
    st.integers(2, 4),
    st.sampled_from(["first", "middle", "last"]),
    st.booleans(),
    st.booleans(),
)
def test_where_a_code_stands_beside_its_lines_changes_nothing(
    tmp_path: Path, figures: list[list[int]], count: int, where: str, ruled: bool, spaced: bool
) -> None:
    items: list[Placed] = [TITLE, *rows(XS, 100, HEADS)]
    walls, wanted, top = [104.0], [], 116.0
    for code, own in zip(CODES, figures, strict=False):
        texts = [f"${amount:,}" for amount in (own[0] + 1000, *own[1:])][:count]  # an office pays more than a facility
        items += block(code, top, texts, {"first": 0, "middle": (count - 1) / 2, "last": count - 1}[where])
        wanted += due(code, texts)
        top += STEP * count + 8 * spaced
        walls.append(top - STEP + 4)
    rules = [(36.0, y, 340.0, y) for y in walls] if ruled else []
    assert sorted(said(cells_of(tmp_path, page(items, rules=rules)))) == sorted(wanted)


def test_a_code_on_the_second_of_its_lines_where_the_same_settings_come_again(tmp_path: Path) -> None:
    figures = [["$732", "$302", "$6,516"], ["$442", "$294", "$20,843"]]
    items = [item for n, own in enumerate(figures) for item in block(CODES[n], 116 + 3 * STEP * n, own, 1)]
    found = cells_of(tmp_path, page([TITLE, *rows(XS, 100, HEADS), *items]))
    assert said(found) == due(CODES[0], figures[0]) + due(CODES[1], figures[1])


def test_wording_beside_the_codes_and_two_columns_of_values(tmp_path: Path) -> None:
    xs = (40, 90, 200, 330, 400)
    lines = [("", "", "Physician office", "21.41", "$693"), ("64561", "Made-up", "Physician facility", "9.08", "$294")]
    lines += [("", "wording", "Hospital outpatient", "", "$6,563"), ("", "", "ASC", "", "N1")]
    heads = ("CPT", "Description", "Setting", "RVU", "Payment")
    assert said(cells_of(tmp_path, page([TITLE, *rows(xs, 100, heads, *lines, step=STEP)]))) == [
        ("64561", "nonfacility_total_rvu", "21.41"),
        ("64561", "nonfacility_payment", "693"),
        ("64561", "facility_total_rvu", "9.08"),
        ("64561", "facility_payment", "294"),
        ("64561", "opps_payment", "6563"),
        ("64561", "asc_payment", "packaged"),
        ("64561", "asc_indicator", "N1"),
    ]


def test_rules_that_part_the_lines_otherwise_than_the_codes_put_the_table_in_doubt(tmp_path: Path) -> None:
    lines = [(name, "$732") for name, _ in SITES]
    items = [*rows(XS[1:], 116, *lines, step=STEP), (40.0, 116.0, CODES[0]), (40.0, 116 + 2 * STEP, CODES[1])]
    rules = [(36.0, y, 340.0, y) for y in (104.0, 116 + 0.6 * STEP, 116 + 3.6 * STEP)]
    assert flags(cells_of(tmp_path, page([TITLE, *rows(XS, 100, HEADS), *items], rules=rules))) == {EITHER}


def test_codes_that_stand_beside_no_line_that_can_be_told_leave_the_lines_in_doubt(tmp_path: Path) -> None:
    xs = (40, 110, 300, 380)
    counts = ((3, 1), (4, 1), (2, 1), (4, 2))  # lines of a code, and the one that it stands on
    items: list[Placed] = []
    top = 116.0
    for n, (count, at) in enumerate(counts):
        figures = [(f"${10 + n + k}", f"${20 + n + k}") for k in range(count)]
        items += rows(xs[1:], top, *((SITES[k][0], *figures[k]) for k in range(count)), step=STEP)
        items.append((40.0, top + STEP * at, f"{64561 + n}"))
        top += STEP * count
    found = cells_of(tmp_path, page([TITLE, *rows(xs, 100, ("CPT", "Site of service", "2024", "2025")), *items]))
    assert found
    assert all(UNPARTED in flag for flag in flags(found))


def test_lines_that_the_end_of_a_page_parts_from_their_code(tmp_path: Path) -> None:
    xs = (40, 110, 300, 380, 460)
    heads = rows(xs, 100, ("CPT", "Setting", "2024", "2025", "Change"))
    ends = [
        ("$732", "$693", "-5.3%"),
        ("$302", "$294", "-2.6%"),
        ("Packaged", "Packaged", ""),
        ("NA", "Not on ASC", ""),
    ]
    lines = [(name, *own) for (name, _), own in zip(SITES, ends, strict=True)]
    one = [(40.0, 116.0, "64561"), *rows(xs[1:], 116, *lines[:2])]
    other = [*rows(xs[1:], 116, *lines[2:]), (40.0, 148.0, "64581"), *rows(xs[1:], 148, *lines)]
    found = cells_of(tmp_path, document([TITLE, *heads, *one], [*heads, *other]))
    wanted = [
        (measure, year, value)
        for measure, values in (
            ("nonfacility", ("732", "693", "-5.3")),
            ("facility", ("302", "294", "-2.6")),
            ("opps", ("packaged", "packaged")),
            ("asc", ("not_applicable", "not_on_asc_list")),
        )
        for year, value in zip(("2024", "2025", "change"), values, strict=False)
    ]
    for code in ("64561", "64581"):
        own = [c for c in found if c.code == code and not c.flag]
        said_of = [
            (c.variant, "change", c.value)
            if c.measure == "change_percent"
            else (c.measure.removesuffix("_payment"), c.year, c.value or c.status)
            for c in own
        ]
        assert said_of == wanted


def test_settings_of_the_physician_beside_what_the_hospital_is_paid_once_for_a_code(tmp_path: Path) -> None:
    xs = (40, 110, 200, 280, 380, 440)
    heads = ("CPT", "Setting", "Total RVU", "Physician payment", "SI", "Hospital")
    lines = [("36906", "Office", "158.47", "$5,275", "J1", "$16,707"), ("", "Facility", "14.86", "$495", "", "")]
    lines += [("36907", "Office", "17.33", "$577", "N", "Packaged"), ("", "Facility", "4.25", "$141", "", "")]
    assert said(cells_of(tmp_path, page([TITLE, *rows(xs, 100, heads, *lines)]))) == [
        ("36906", "nonfacility_total_rvu", "158.47"),
        ("36906", "nonfacility_payment", "5275"),
        ("36906", "opps_status_indicator", "J1"),
        ("36906", "opps_payment", "16707"),
        ("36906", "facility_total_rvu", "14.86"),
        ("36906", "facility_payment", "495"),
        ("36907", "nonfacility_total_rvu", "17.33"),
        ("36907", "nonfacility_payment", "577"),
        ("36907", "opps_status_indicator", "N"),
        ("36907", "opps_payment", "packaged"),
        ("36907", "facility_total_rvu", "4.25"),
        ("36907", "facility_payment", "141"),
    ]
