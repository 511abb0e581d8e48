"""What the silence of files that are held, and of those that are not, says of a code."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feebook.silence import Gap, Span, gaps, joined, pieces, uncovered


def document(day: str, form: str = "original", schedule: str = "outpatient") -> dict[str, str]:
    sha256 = "" if form == "not held" else "1"
    return {"kind": "schedule", "schedule": schedule, "sha256": sha256, "form": form, "effective_from": day}


HELD = {
    2024: [document("2024-01-01"), document("2024-04-01", "not held"), document("2024-01-01", schedule="asc")],
    2025: [document("2025-01-01"), document("2025-04-01", "not held"), document("2025-07-01", "re-saved")],
}
SPRING = Gap("2025-04-01", "2025-06-30", "2025-03-31", "2025-07-01")


def test_gaps_are_the_days_from_a_release_that_is_not_held_to_the_next_that_is() -> None:
    assert gaps(HELD, "outpatient") == (
        Gap("0001-01-01", "2023-12-31", "", ""),
        Gap("2024-04-01", "2024-12-31", "2024-03-31", "2025-01-01"),
        SPRING,
        Gap("2026-01-01", "9999-12-31", "", ""),
    )


def test_a_copy_by_others_and_a_year_without_a_document_are_gaps_too() -> None:
    assert gaps({2024: [document("2024-01-01"), document("2024-07-01", "secondary")], 2025: []}, "outpatient") == (
        Gap("0001-01-01", "2023-12-31", "", ""),
        Gap("2024-07-01", "9999-12-31", "", ""),
    )


def test_over_a_year_without_a_package_no_side_of_a_gap_is_near() -> None:
    documents = {2023: [document("2023-01-01"), document("2023-10-01", "not held")], 2025: [document("2025-01-01")]}
    assert gaps(documents, "outpatient")[1] == Gap("2023-10-01", "2024-12-31", "", "")


def test_days_are_cut_where_a_gap_begins_and_ends() -> None:
    found = gaps(HELD, "outpatient")
    assert list(pieces(found, "2025-03-01", "2025-12-31")) == [
        ("2025-03-01", "2025-03-31", None),
        ("2025-04-01", "2025-06-30", SPRING),
        ("2025-07-01", "2025-12-31", None),
    ]
    assert list(pieces(found, "2025-05-01", "2025-05-31")) == [("2025-05-01", "2025-05-31", SPRING)]


def test_a_code_that_was_there_before_and_is_left_out_on_both_sides_is_left_out_between() -> None:
    assert SPRING.silent(lambda day: True, lambda day: False)
    assert SPRING.silent(lambda day: day < "2025-07-01", lambda day: False)
    assert not SPRING.silent(lambda day: day >= "2025-07-01", lambda day: False)
    assert not SPRING.silent(lambda day: True, lambda day: day >= "2025-07-01")
    assert not Gap("2026-01-01", "9999-12-31", "", "").silent(lambda day: True, lambda day: False)


def test_spans_that_meet_or_overlap_are_one_and_days_outside_of_them_are_between() -> None:
    rows = [
        Span("2025-05-01", "2025-05-31"),
        Span("2025-05-01", "2025-05-31"),
        Span("2024-01-01", "2025-04-10"),
        Span("2025-04-11", "2025-04-12"),
    ]
    spans = joined(rows)
    assert spans == (Span("2024-01-01", "2025-04-12"), Span("2025-05-01", "2025-05-31"))
    assert list(uncovered(spans, "2025-04-01", "2025-06-30")) == [
        Span("2025-04-13", "2025-04-30"),
        Span("2025-06-01", "2025-06-30"),
    ]
    assert list(uncovered(spans, "2025-05-01", "2025-05-31")) == []


day = st.integers(1, 28).map(lambda at: f"2024-02-{at:02}")


@given(st.lists(st.tuples(day, day).map(lambda pair: Span(*sorted(pair))), max_size=6), day)
def test_a_day_is_in_the_joined_spans_or_uncovered_and_never_both(rows: list[Span], on: str) -> None:
    inside = any(first <= on <= last for first, last in rows)
    assert any(first <= on <= last for first, last in joined(rows)) is inside
    assert list(uncovered(joined(rows), on, on)) == ([] if inside else [Span(on, on)])
