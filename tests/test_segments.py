"""Releases folded into rows with dates of service."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feebook.schedules.segments import Release, Row, SegmentError, fold, keyed, problems

JAN, MAR, JUL = date(2024, 1, 1), date(2024, 3, 9), date(2024, 7, 1)
LAST = date(2024, 12, 31)


def release(name: str, day: date, **paid: str) -> Release:
    return Release(name, day, {(code,): {"code": code, "paid": amount} for code, amount in paid.items()})


def row(code: str, paid: str, first: str, through: str, name: str) -> Row:
    return {"code": code, "paid": paid, "from": first, "through": through, "release": name}


def test_a_change_in_the_year_begins_a_new_segment() -> None:
    assert fold([release("A", JAN, x="1"), release("AR", MAR, x="2")], LAST) == [
        row("x", "1", "2024-01-01", "2024-03-08", "A"),
        row("x", "2", "2024-03-09", "2024-12-31", "AR"),
    ]


def test_a_release_that_changes_nothing_adds_nothing() -> None:
    assert fold([release("A", JAN, x="1"), release("B", MAR, x="1")], LAST) == [
        row("x", "1", "2024-01-01", "2024-12-31", "A")
    ]


def test_a_code_left_out_ends_the_day_before_and_may_come_back() -> None:
    folded = fold([release("A", JAN, x="1"), release("B", MAR), release("C", JUL, x="1", y="5")], LAST)
    assert folded == [
        row("x", "1", "2024-01-01", "2024-03-08", "A"),
        row("x", "1", "2024-07-01", "2024-12-31", "C"),
        row("y", "5", "2024-07-01", "2024-12-31", "C"),
    ]


def test_releases_out_of_order_are_refused() -> None:
    with pytest.raises(SegmentError, match="A begins 2024-01-01, not after B"):
        fold([release("B", MAR, x="1"), release("A", JAN, x="1")], LAST)


def test_a_key_twice_with_another_value_is_refused_and_named() -> None:
    with pytest.raises(SegmentError, match="doc · x: twice with different values: paid '1' and '2'"):
        keyed("doc", [{"code": "x", "paid": "1"}, {"code": "x", "paid": "2"}], ["code"])
    assert keyed("doc", [{"code": "x", "paid": "1"}] * 2, ["code"]) == {("x",): {"code": "x", "paid": "1"}}


def test_problems_names_overlaps_and_days_outside_the_year() -> None:
    rows = [
        row("x", "1", "2024-01-01", "2024-03-09", "A"),
        row("x", "2", "2024-03-09", "2024-12-31", "B"),
        row("y", "2", "2023-03-09", "2024-12-31", "B"),
    ]
    assert problems(rows, ["code"], 2024) == [
        "x: 2024-03-09 overlaps the segment that ends 2024-03-09",
        "y: 2023-03-09 to 2024-12-31 is no segment of 2024",
    ]


AMOUNTS = st.dictionaries(st.sampled_from("abc"), st.sampled_from("12"), max_size=3)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_on_every_first_day_the_folded_rows_are_the_release(
    one: dict[str, str], two: dict[str, str], three: dict[str, str]
) -> None:
    releases = [release(n, d, **paid) for n, d, paid in zip("ABC", (JAN, MAR, JUL), (one, two, three), strict=True)]
    rows = fold(releases, LAST)
    assert problems(rows, ["code"], 2024) == []
    for each in releases:
        day = each.effective_from.isoformat()
        in_force = {(r["code"],): r["paid"] for r in rows if r["from"] <= day <= r["through"]}
        assert in_force == {key: r["paid"] for key, r in each.rows.items()}
