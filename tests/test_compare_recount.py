"""A recount of the committed packages in plain Python that shares no code with the comparison.

It knows nothing but the columns of the packages and the rules in words: what kind of change a row shows, how many rows
there are of each, the sum of all changes, and how many moved by too little to be listed.
"""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from feebook.compare import CompareError, compare

DATASETS = Path(__file__).parents[1] / "datasets"
YEARS = sorted(int(path.name) for path in DATASETS.iterdir() if path.name.isdigit())
PAIRS = [
    (one, two, schedule) for one, two in itertools.pairwise(YEARS) for schedule in ("physician", "outpatient", "asc")
]
AMOUNTS = {
    "physician": {
        "facility_payment": ("facility_payment", "facility_status"),
        "nonfacility_payment": ("nonfacility_payment", "nonfacility_status"),
    },
    "outpatient": {"opps_payment": ("payment", "payment_status")},
    "asc": {"asc_payment": ("payment", "payment_status")},
}
INDICATOR = {"physician": "status", "outpatient": "status_indicator", "asc": "payment_indicator"}

Rows = dict[tuple[str, str, str], dict[str, str]]


def read(year: int, name: str) -> list[dict[str, str]]:
    path = DATASETS / str(year) / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_of_january(year: int, schedule: str) -> Rows:
    """The rows of the first day of the year that is held."""
    rows = read(year, schedule)
    day = min((row["from"] for row in rows), default="")
    return {(row["code"], row.get("modifier", ""), row.get("track", "")): row for row in rows if row["from"] == day}


def is_copy(year: int, schedule: str, rows: Rows) -> bool:
    """True where the day is held as a copy by others, which leaves out we do not know what."""
    releases = {row["release"] for row in rows.values()}
    return any(
        (row["schedule"], row["form"]) == (schedule, "secondary") and row["release"] in releases
        for row in read(year, "documents")
    )


def spread(rows: Rows, other: Rows) -> Rows:
    """Rows without a track stand against every track of the other year."""
    tracks = {track for _, _, track in other if track}
    if not tracks or any(track for _, _, track in rows):
        return rows
    return {(code, modifier, track): row for (code, modifier, _), row in rows.items() for track in tracks}


def kind(
    one: dict[str, str] | None,
    two: dict[str, str] | None,
    schedule: str,
    amount: str,
    status: str,
    copies: tuple[bool, bool],
) -> str:
    sides = ((one, copies[0]), (two, copies[1]))
    if any(copy if row is None else row[status] == "no_source" for row, copy in sides):
        gone = all(row is None or row[status] == "no_code" for row, _ in sides)
        return "" if gone else "not_held"
    if one is None or one[status] == "no_code":
        return "" if two is None or two[status] == "no_code" else "born"
    if two is None or two[status] == "no_code":
        return "gone"
    if one[amount] and two[status] == "packaged":
        return "paid_to_packaged"
    if two[amount] and one[status] == "packaged":
        return "packaged_to_paid"
    if one[amount] and two[status] == "not_applicable":
        return "paid_to_na"
    if two[amount] and one[status] == "not_applicable":
        return "na_to_paid"
    if one[INDICATOR[schedule]] != two[INDICATOR[schedule]]:
        return "status" if schedule == "physician" else "indicator"
    if one[status] != two[status]:
        return "status"
    # A surgery center has an APC only where it is paid and the outpatient schedule names one on both days.
    has_apc = schedule == "outpatient" or (schedule == "asc" and one["apc"] and two["apc"] and one[amount])
    if has_apc and one["apc"] != two["apc"]:
        return "apc"
    return "same" if one[amount] == two[amount] or Decimal(one[amount]) == Decimal(two[amount]) else "moved"


def with_apc(rows: Rows, outpatient: Rows, known: bool) -> None:
    for (code, _, _), row in rows.items():
        row["apc"] = outpatient[code, "", ""]["apc"] if known and (code, "", "") in outpatient else ""


@pytest.mark.parametrize(("before", "after", "schedule"), PAIRS)
def test_counts_sums_and_noise_agree_with_a_recount(before: int, after: int, schedule: str) -> None:
    one, two = first_of_january(before, schedule), first_of_january(after, schedule)
    if not one or not two:
        with pytest.raises(CompareError):
            compare(before, after, schedule=schedule, datasets=DATASETS)
        return
    if schedule == "asc":
        apcs = first_of_january(before, "outpatient"), first_of_january(after, "outpatient")
        with_apc(one, apcs[0], bool(apcs[0] and apcs[1]))
        with_apc(two, apcs[1], bool(apcs[0] and apcs[1]))
    one, two = spread(one, two), spread(two, one)
    copies = is_copy(before, schedule, one), is_copy(after, schedule, two)
    counts: Counter[str] = Counter()
    total, noise = Decimal(0), 0
    for amount, status in AMOUNTS[schedule].values():
        for key in one.keys() | two.keys():
            left, right = one.get(key), two.get(key)
            found = kind(left, right, schedule, amount, status, copies)
            counts[found] += bool(found)
            if left and right and left[amount] and right[amount]:
                change = Decimal(right[amount]) - Decimal(left[amount])
                total += change
                noise += found == "moved" and (
                    abs(change) < 1
                    or (Decimal(left[amount]) != 0 and abs(change) / Decimal(left[amount]) < Decimal("0.005"))
                )
    comparison = compare(before, after, schedule=schedule, datasets=DATASETS)
    ours = comparison.counts()
    # Families are a matter of their own: they tell replaced from gone, and from what a copy leaves out. So is what the
    # surgery centers' addenda prove of codes that a copy leaves out (tests/test_existence.py).
    left_out = "not_held" if copies[1] else "gone"
    gone = [row for row in comparison.rows if row.kind == "gone" and copies[1]]
    proven = sum(row.after_status == "no_code" for row in gone)
    ours["gone"] = ours.get("gone", 0) - proven
    ours[left_out] = ours.get(left_out, 0) + ours.pop("replaced", 0) + proven
    assert {name: n for name, n in ours.items() if n} == {name: n for name, n in counts.items() if n}
    assert sum((row.change for row in comparison.rows if row.change is not None), Decimal(0)) == total
    assert comparison.noise == noise
    for row in comparison.rows:
        if row.percent is not None and row.before and row.change is not None:
            assert row.percent == (row.change * 100 / row.before).quantize(Decimal("0.0001"), ROUND_HALF_UP)
