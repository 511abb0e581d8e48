"""Figures that were worked out by hand, from the committed packages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from feebook.compare import Change, CompareError, compare
from feebook.compare.families import families


def row(a: int | str, b: int | str, code: str, measure: str, **asked: str) -> Change:
    rows = compare(a, b, codes=[code], **asked).rows  # type: ignore[arg-type]
    return next(one for one in rows if one.measure == measure and not one.modifier)


def test_37252_2023_to_2024_moved_by_factor_and_practice_expense() -> None:
    change = row(2023, 2024, "37252", "nonfacility_payment")
    assert (change.before, change.after, change.change) == (Decimal("973.58"), Decimal("911.93"), Decimal("-61.65"))
    assert change.parts == {
        "factor": Decimal("-32.34"),  # 28.29 x -1.143
        "work": Decimal("0"),
        "practice_expense": Decimal("-29.32"),  # -0.88 x 33.3157
        "malpractice": Decimal("0"),
        "rounding": Decimal("0.01"),
    }
    assert row(2023, "2024-03-09", "37252", "nonfacility_payment").change == Decimal("-46.52")


@pytest.mark.parametrize(("day", "percent"), [("2024", "-1.5745"), ("2024-03-09", "0.0551")])
def test_99213_on_amounts_that_were_paid_never_rose_one_percent(day: str, percent: str) -> None:
    assert row(2023, day, "99213", "nonfacility_payment").percent == Decimal(percent)


def test_2024ar_moved_every_payable_row_by_the_factor_alone() -> None:
    comparison = compare("2024A", "2024AR")
    paid = [change for change in comparison.rows if change.before is not None]
    assert {change.kind for change in paid} <= {"moved", "same"}  # the smallest amounts round to the same cent
    assert comparison.counts() == {"same": 24811, "moved": 12187}
    assert {name for change in paid for name, part in change.parts.items() if part} <= {"factor", "rounding"}
    assert comparison.factors == {"physician": (Decimal("32.7442"), Decimal("33.2875"))}


def test_a_release_is_compared_in_its_own_schedules_only() -> None:
    assert compare("2024A", "2024AR").schedules == ("physician",)
    assert compare("2024-01", "2024-04").schedules == ("asc",)
    with pytest.raises(CompareError, match=r"releases of different schedules: 2024A of .* and 2024-04 of asc"):
        compare("2024A", "2024-04")


def test_most_asc_rates_moved_in_april_2024_by_less_than_the_line() -> None:
    comparison = compare("2024-01-01", "2024-04-01", schedule="asc")
    procedures = ("A2", "D2", "G2", "J8", "P2", "P3", "R2")  # Addendum AA
    moved = [one for one in comparison.rows if one.before_indicator in procedures and one.change]
    material = [one for one in moved if comparison.is_material(one)]
    assert len(moved) == 3679
    # P3 is paid from the physician schedule, whose factor rose by 1.66 % on 9 March.
    assert [one.code for one in material if one.before_indicator != "P3"] == ["C9790"]
    assert len(material) - 1 == 326


def test_37225_in_a_surgery_center_rose_because_its_apc_did() -> None:
    change = row(2023, 2024, "37225", "asc_payment")
    assert (change.kind, change.note, change.change) == ("apc", "APC 5193 → 5194", Decimal("4630.48"))
    assert change.parts == {"factor": Decimal("294.20"), "weight": Decimal("4336.28"), "rounding": Decimal("0.00")}


def test_every_replaced_code_left_the_files_on_the_day_that_its_family_says() -> None:
    replacements = [one for family in families() for one in family.replacements]
    for year in sorted({one.date.year for one in replacements}):
        codes = {code for one in replacements if one.date.year == year for code in one.before}
        rows = compare(year - 1, year, codes=sorted(codes)).rows
        assert {row.code: (row.kind, row.percent) for row in rows} == dict.fromkeys(codes, ("replaced", None))
        assert all(row.linked for row in rows)
