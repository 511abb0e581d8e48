"""What a code's page says of packaging and of the device in a rate, from tiny packages."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from feebook import package
from feebook.package import Package, Row
from feebook.publish import figures
from feebook.publish.book import Code
from feebook.publish.lines import SETTINGS, Block, Line
from feebook.publish.packaged import Device, Packaged, Packaging, Pair, Pairs, packaging
from feebook.publish.records import Record

DOCUMENT = {"schedule": "opps_offsets", "release": "2025-final-rule", "document": "P", "sha256": "1", "title": "P"}
ADDENDUM_J = DOCUMENT | {"schedule": "packaging_pairs", "document": "J", "title": "2025 final rule, Addendum J, pairs"}
PAIR = {
    "schedule": "outpatient",
    "primary": "37224",
    "secondary": "37252",
    "from": "2025-01-01",
    "primary_apc": "5192",
    "primary_payment": "5701.52",
    "adjusted_apc": "5193",
    "adjusted_payment": "11340.57",
    "document": "J",
}
OPPS = {
    "code": "37226",
    "from": "2025-01-01",
    "through": "2025-12-31",
    "release": "2025-final-rule",
    "payment": "11340.57",
    "device_offset_percent": "49.58",
    "device_offset": "5622.65",
}
ASC = {name: value for name, value in OPPS.items() if name != "payment"} | {"payment_indicator": "G2"}


def held(folder: Path, *, whole: bool = True, **tables: list[Row]) -> Packaging:
    (folder / "2024").mkdir()
    (folder / "2025").mkdir()
    for name, rows in tables.items():
        (folder / "2025" / f"{name}.csv").write_bytes(package.to_csv(name, rows))
    return packaging([Package(folder / "2024"), Package(folder / "2025")], {2025: [DOCUMENT, ADDENDUM_J]}, whole)


def record(code: str, indicator: str, schedule: str = "outpatient", column: str = "status_indicator") -> Record:
    rows = {schedule: {year: [{column: indicator}] for year in (2024, 2025)}}
    return Record(Code(code, "cpt-1", "", "2024-01-01", "2025-12-31", (2024, 2025)), rows)


def pair(other: str, apc: str, adjusted_apc: str, alone: str, paid: str) -> Pair:
    rates = (Decimal(alone), Decimal(paid))
    return Pair(other, apc, adjusted_apc, *rates, rates)


NONE = Packaged((), (), (), (), (), (2025,), (2024,), {})


def test_a_packaged_code_lifts_its_primaries_largest_lift_first(tmp_path: Path) -> None:
    other = PAIR | {"primary": "37226", "primary_apc": "5193", "primary_payment": "11340.57"}
    other |= {"adjusted_apc": "5194", "adjusted_payment": "17956.72"}
    found = held(tmp_path, packaging_pairs=[PAIR, other])
    lower = pair("37224", "5192", "5193", "5701.52", "11340.57")
    higher = pair("37226", "5193", "5194", "11340.57", "17956.72")
    assert found.of(record("37252", "N")) == replace(
        NONE, lifts=(Pairs(2025, "J", (higher, lower)),), packaged=(2024, 2025)
    )
    assert (lower.lift, higher.lift) == (Decimal("5639.05"), Decimal("6616.15"))
    primary = found.of(record("37224", "J1"))
    assert primary == replace(NONE, lifted=(Pairs(2025, "J", (replace(lower, other="37252"),)),))


def test_rates_of_a_pair_are_rounded_to_dollars_from_weight_and_factor(tmp_path: Path) -> None:
    pair_of_5183 = PAIR | {"primary": "75822", "adjusted_apc": "5183", "adjusted_payment": "3147.50"}
    rate = {"code": "32551", "apc": "5183", "weight": "35.2981", "payment": "3147.50"}
    factors = [{"schedule": "outpatient", "standing": "paid", "factor": "89.1690"}]
    found = held(tmp_path, packaging_pairs=[pair_of_5183], outpatient=[rate], conversion_factors=factors)
    ((pairs,),) = found.lifts.values()
    assert pairs.rows[0].unrounded == (Decimal("5701.52"), Decimal("35.2981") * Decimal("89.1690"))
    assert (figures.whole(pairs.rows[0].unrounded[1]), pairs.rows[0].paid) == ("$3,147", Decimal("3147.50"))


def test_a_packaged_code_without_a_pair_says_so_for_the_years_held_only(tmp_path: Path) -> None:
    found = held(tmp_path, packaging_pairs=[PAIR]).of(record("A4648", "N"))
    assert found == replace(NONE, packaged=(2024, 2025), silent=(2025,))


def test_a_pair_without_rates_is_a_pair(tmp_path: Path) -> None:
    found = held(tmp_path, packaging_pairs=[PAIR | {"primary_payment": "", "adjusted_payment": ""}])
    assert found.of(record("37252", "N")) == replace(NONE, packaged=(2024, 2025))


def test_where_pairs_are_left_out_no_code_is_called_without_one(tmp_path: Path) -> None:
    found = held(tmp_path, whole=False, packaging_pairs=[])
    assert found.of(record("C1753", "N")) == replace(NONE, packaged=(2024, 2025))


def test_a_code_that_packaging_does_not_touch_has_no_section(tmp_path: Path) -> None:
    assert held(tmp_path, packaging_pairs=[PAIR]).of(record("99213", "V")) is None


def test_codes_for_pairs_in_a_surgery_center_are_counted_and_never_paired(tmp_path: Path) -> None:
    code = {"schedule": "asc", "adjusted_code": "C7531", "from": "2025-01-01", "document": "AA"}
    found = held(tmp_path, packaging_pairs=[code])
    listed = found.of(record("C7531", "J8", "asc", "payment_indicator"))
    assert listed == replace(NONE, listed=(2025,), counts={2025: 1})
    packaged = found.of(record("37252", "N1", "asc", "payment_indicator"))
    assert packaged is not None
    assert (packaged.asc_packaged, packaged.counts) == ((2024, 2025), {2025: 1})


def test_long_lists_are_folded(tmp_path: Path) -> None:
    pairs = Pairs(2025, "J", tuple(pair(str(i), "1", "2", "1", "2") for i in range(10)))
    assert (len(pairs.first), len(pairs.rest)) == (8, 2)
    nine = replace(pairs, rows=pairs.rows[:9])
    assert (len(nine.first), len(nine.rest)) == (9, 0)


def block(setting: str, *lines: tuple[str, str, str]) -> Block:
    (of,) = [one for one in SETTINGS if one.key == setting]
    empty = Line("", "", "", None, None, "", "", "", "", "", None, False)
    return Block(
        of,
        tuple(
            replace(empty, first=first, last=last, paid=Decimal(rate), printed=Decimal(rate))
            for first, last, rate in lines
        ),
    )


@pytest.mark.parametrize(
    ("rate", "due"),
    [
        ("11340.57", [Device("2025", "", Decimal("5622.65"), Decimal("11340.57"), "P")]),
        ("9247.15", []),
    ],
)
def test_the_device_is_shown_for_the_very_rate_it_is_a_part_of(tmp_path: Path, rate: str, due: list[Device]) -> None:
    found = held(tmp_path, opps_offsets=[OPPS])
    assert found.devices("37226", block("outpatient", ("2025-01-01", "2025-12-31", rate))) == due


J8 = ASC | {"payment_indicator": "J8", "opps_payment": "11340.57", "device_offset": "5622.65"}
WHOLE = ("2025-01-01", "2025-12-31")


def test_the_device_in_a_center_s_rate_is_its_percentage(tmp_path: Path) -> None:
    found = held(tmp_path, asc_offsets=[ASC])
    assert [d.amount for d in found.devices("37226", block("asc", (*WHOLE, "11340.57")))] == [Decimal("5622.65")]
    assert found.devices("37226", block("asc", (*WHOLE, "7578.70"))) == []


def test_the_device_of_a_device_intensive_procedure_leaves_the_service_share_of_the_year(tmp_path: Path) -> None:
    """A center is paid the device in full and the same share of the rest for all: here 0.5."""
    codes = ("37226", "37227", "37228")
    rates = [{"code": code, "from": "2025-01-01", "payment_indicator": "J8", "payment": "8481.61"} for code in codes]
    found = held(tmp_path, asc_offsets=[J8 | {"code": code} for code in codes], asc=rates)
    assert found.shares == {"2025": Decimal("0.5")}
    (device,) = found.devices("37226", block("asc", (*WHOLE, "8481.61")))
    assert device.share == "66.3\u202f%"
    assert found.devices("37226", block("asc", (*WHOLE, "8000.00"))) == []


def test_without_the_service_share_of_its_year_no_offset_is_taken_for_a_part(tmp_path: Path) -> None:
    assert held(tmp_path, asc_offsets=[J8]).devices("37226", block("asc", (*WHOLE, "8481.61"))) == []


def test_lines_of_a_year_with_the_same_device_are_told_once(tmp_path: Path) -> None:
    rates = [{"code": "37226", "from": "2025-01-01", "payment_indicator": "J8", "payment": "7578.70"}]
    found = held(tmp_path, asc_offsets=[J8], asc=rates)
    lines = (("2025-01-01", "2025-03-31", "7578.70"), ("2025-04-01", "2025-12-31", "7578.44"))
    assert [(d.year, d.part) for d in found.devices("37226", block("asc", *lines))] == [("2025", "")]


def test_years_as_runs() -> None:
    assert figures.years((2019, 2020, 2021, 2026)) == "2019\u20132021, 2026"
    assert figures.years(()) == ""
