"""Group headings known by the sets of columns that come again under them, and by where the rule beneath them ends."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportlab.pdfbase.pdfmetrics import stringWidth

from feebook.guides.sets import parts_a_set, sets_of
from tests.guides.placed import SIZE, Placed, cells_of, flags, page, rows, said

TITLE: Final = [(40.0, 60.0, "Rates CY 2025")]


def right(x: float, base: float, text: str) -> Placed:
    """A text that ends at x."""
    return x - stringWidth(text, "Helvetica", SIZE), base, text


def test_years_under_each_of_two_sites_are_two_sets() -> None:
    said_by = dict(enumerate(["2024 rate", "CY 2025", "% Chg", "2024", "2025 payment", "Percent change"], 2))
    assert sets_of(said_by, 2, 8) == [range(2, 5), range(5, 8)]


def test_a_change_in_dollars_is_no_change_in_per_cent() -> None:
    assert sets_of(dict(enumerate(["2025", "$ change", "2025", "% change"])), 0, 4) == []


def test_where_one_of_a_set_stands_alone_too_there_are_no_sets() -> None:
    assert sets_of(dict(enumerate(["Payment", "Indicator", "Payment", "Payment", "Indicator"])), 0, 5) == []


def test_what_stands_between_two_sets_is_in_none() -> None:
    assert sets_of(dict(enumerate(["2024", "2025", "Global", "2024", "2025"])), 0, 5) == [range(2), range(3, 5)]


def test_a_heading_parts_a_set_when_it_takes_some_of_it() -> None:
    sets = [range(2, 4), range(4, 6)]
    assert [parts_a_set(frozenset(span), sets) for span in ((2, 3), (2, 3, 4, 5), (3, 4), (4,))] == [
        False,
        False,
        True,
        True,
    ]


LEFTS: Final = (100, 156, 212, 268, 324, 380, 436, 492)
"""Where figures begin; their headings end 38 points further right."""


def test_three_levels_set_right_over_figures_set_left_are_each_over_whole_sets(tmp_path: Path) -> None:
    ends = [x + 38 for x in LEFTS]
    heads = [right(ends[5], 76, "MPFS"), right(ends[7], 76, "HOPD")]
    heads += [right(ends[j], 94, t) for j, t in ((2, "Fac"), (5, "Office"))]
    leaves = ("2024", "2025", "% Chg", "2024", "2025", "% change", "2024", "2025")
    heads += [(40.0, 112.0, "CPT"), *(right(end, 112, text) for end, text in zip(ends, leaves, strict=True))]
    figures = rows(
        (40, *LEFTS),
        128,
        ("36901", "160", "157", "-1.9%", "671", "650", "-3.1%", "1,406", "1,450"),
        ("36902", "227", "221", "-2.6%", "990", "960", "-3.0%", "5,446", "5,702"),
    )
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *figures]))) == [
        ("36901", "facility_payment", "160"),
        ("36901", "facility_payment", "157"),
        ("36901", "change_percent", "-1.9"),
        ("36901", "nonfacility_payment", "671"),
        ("36901", "nonfacility_payment", "650"),
        ("36901", "change_percent", "-3.1"),
        ("36901", "opps_payment", "1406"),
        ("36901", "opps_payment", "1450"),
        ("36902", "facility_payment", "227"),
        ("36902", "facility_payment", "221"),
        ("36902", "change_percent", "-2.6"),
        ("36902", "nonfacility_payment", "990"),
        ("36902", "nonfacility_payment", "960"),
        ("36902", "change_percent", "-3.0"),
        ("36902", "opps_payment", "5446"),
        ("36902", "opps_payment", "5702"),
    ]


def test_no_group_reaches_beyond_the_end_of_a_rule_that_two_groups_share(tmp_path: Path) -> None:
    heads = [(180.0, 80.0, "ASC"), (240.0, 80.0, "OPPS"), *rows((40, 180, 240, 290, 380), 96, HEADS)]
    figures = rows(
        (40, 180, 240, 290, 380), 112, ("36901", "J8", "5192", "$160", "1"), ("36902", "G2", "5193", "$227", "2")
    )
    cells = cells_of(tmp_path, page([*TITLE, *heads, *figures], rules=[(178, 84, 280, 84)]))
    assert said(cells) == [
        ("36901", "asc_indicator", "J8"),
        ("36901", "apc", "5192"),
        ("36902", "asc_indicator", "G2"),
        ("36902", "apc", "5193"),
    ]
    assert {(c.measure, c.value) for c in cells if c.flag} == {("facility_payment", "160"), ("facility_payment", "227")}


HEADS: Final = ("CPT", "Indicator", "APC", "Facility payment", "Units")


def test_amounts_close_behind_the_codes_are_a_column_of_their_own(tmp_path: Path) -> None:
    heads = rows((40, 70, 150), 80, ("CPT", "Facility payment", "Office payment"))
    figures = rows((40, 67.5, 150), 96, ("36901", "$160.20", "$671.10"), ("36902", "$1,227.60", "$1,990.00"))
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *figures]))) == [
        ("36901", "facility_payment", "160.20"),
        ("36901", "nonfacility_payment", "671.10"),
        ("36902", "facility_payment", "1227.60"),
        ("36902", "nonfacility_payment", "1990.00"),
    ]


def test_a_heading_set_right_over_wording_takes_no_column_of_figures(tmp_path: Path) -> None:
    figures = rows(
        (40, 80, 330, 420), 96, ("36901", "Work on a vessel", "$160", "$671"), ("36902", "More", "$227", "$990")
    )
    heads = [(40.0, 80.0, "CPT"), right(320, 80, "Procedure"), right(410, 80, "Facility payment")]
    heads += [right(500, 80, "Office payment")]
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *figures]))) == [
        ("36901", "facility_payment", "160"),
        ("36901", "nonfacility_payment", "671"),
        ("36902", "facility_payment", "227"),
        ("36902", "nonfacility_payment", "990"),
    ]


def test_columns_with_headings_of_their_own_do_not_go_on_surely_under_those_of_the_table_before(tmp_path: Path) -> None:
    first = rows((40, 120, 200, 280), 80, ("CPT", "Facility payment", "Office payment", "OPPS payment"), ONE, TWO)
    second = [(118.0, 250.0, "Office"), *rows((40, 120, 200, 280), 266, ("36903", "$298", "$4,990", "$10,482"), THREE)]
    cells = cells_of(tmp_path, page([*TITLE, *first, *second]))
    assert said(c for c in cells if c.code in ("36903", "36904")) == []
    assert "some of these columns have headings of their own, and these are not those of the table before" in flags(
        cells
    )


ONE: Final = ("36901", "$160", "$671", "$1,406")
TWO: Final = ("36902", "$227", "$990", "$5,446")
THREE: Final = ("36904", "$348", "$1,667", "$5,702")


def test_a_heading_of_wording_beside_figures_leaves_those_after_it_in_doubt_where_one_column_has_none(
    tmp_path: Path,
) -> None:
    figures = rows(
        (40, 80, 330, 420, 470), 96, ("36901", "A vessel", "$160", "NA", "1"), ("36902", "More", "$227", "NA", "2")
    )
    heads = [(40.0, 80.0, "CPT"), right(320, 80, "Procedure"), right(410, 80, "Facility"), right(468, 80, "Office")]
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *figures]))) == []


def test_codes_with_wording_in_a_further_column_put_the_figures_in_doubt(tmp_path: Path) -> None:
    heads = rows((40, 120, 260, 440), 80, ("CPT", "Facility payment", "Procedure", "OPPS payment"))
    figures = rows((40, 120, 260, 440), 96, ("36901", "$160", "36904 A vessel", "$5,702"), BOTH)
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *figures]))) == []


BOTH: Final = ("36902", "$227", "36905 Another", "$10,482")


def test_a_group_set_left_ends_where_a_higher_group_that_cannot_stand_over_it_begins(tmp_path: Path) -> None:
    heads = [(120.0, 76.0, "Physician"), (350.0, 76.0, "ASC"), (470.0, 76.0, "HOPD")]
    heads += [(120.0, 94.0, "Facility"), (220.0, 94.0, "Office")]
    heads += rows(PLACES, 112, ("CPT", *("2024", "2025") * 4))
    figures = rows(PLACES, 128, YEARS, LATER)
    assert said(c for c in cells_of(tmp_path, page([*TITLE, *heads, *figures])) if c.year == "2024") == [
        ("36901", "facility_payment", "160"),
        ("36901", "nonfacility_payment", "671"),
        ("36901", "asc_payment", "702"),
        ("36901", "opps_payment", "1406"),
        ("36902", "facility_payment", "227"),
        ("36902", "nonfacility_payment", "990"),
        ("36902", "asc_payment", "3221"),
        ("36902", "opps_payment", "5446"),
    ]


PLACES: Final = (40, 120, 170, 220, 270, 350, 410, 470, 530)
YEARS: Final = ("36901", "$160", "$157", "$671", "$650", "$702", "$710", "$1,406", "$1,450")
LATER: Final = ("36902", "$227", "$221", "$990", "$960", "$3,221", "$3,516", "$5,446", "$5,702")


def test_wording_on_two_lines_in_the_first_and_the_last_column_is_no_heading(tmp_path: Path) -> None:
    heads = rows((40, 150, 220, 330), 80, ("Procedure", "CPT", "Facility payment", "Notes"))
    upper = rows((40, 150, 220, 330), 98, ("Open work on", "", "", "See"))
    figures = rows(
        (40, 150, 220, 330), 108, ("a vessel", "36901", "$160", "note"), ("More", "36902", "$227", "A"), step=14
    )
    assert said(cells_of(tmp_path, page([*TITLE, *heads, *upper, *figures]))) == [
        ("36901", "facility_payment", "160"),
        ("36902", "facility_payment", "227"),
    ]
