"""What packaging hides: pairs at a higher rate, the device in a rate, and what indicators mean."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from feebook import absence, package
from feebook.errors import Wrong
from feebook.publish.indicators import Meanings
from feebook.recipe import TableLayout
from feebook.schedules import asc, indicators, outpatient, packaging
from feebook.schedules.rules import Breach, offset_breaches, pair_breaches
from feebook.schedules.segments import Row
from feebook.schedules.sheet import Record, SheetError

ADDENDUM_J = {
    "code": "37224",
    "primary_indicator": "J1",
    "primary_apc": "5192",
    "secondary": "37252",
    "secondary_indicator": "N",
    "secondary_apc": "",
    "adjusted_code": "3722D",
    "adjusted_apc": "5193",
}
ADDENDUM_A = [{"code": "5192", "payment": "$5,701.52"}, {"code": "5193", "payment": '"$11,340.57 "'.strip('"')}]
ADDENDUM_P = {
    "code": "37226",
    "status_indicator": "J1",
    "apc": "5193",
    "payment": "$11,340.57",
    "apc_offset_percent": "",
    "device_offset_percent": "49.58%",
    "device_offset": "$5,622.65",
}


def pairs(**changed: str) -> list[Row]:
    rates = [Record(4 + i, cells) for i, cells in enumerate(ADDENDUM_A)]
    return list(packaging.pairs("J", [Record(9, ADDENDUM_J | changed)], ("A", rates)))


def test_a_pair_in_full() -> None:
    assert pairs() == [
        {
            "schedule": "outpatient",
            "primary": "37224",
            "secondary": "37252",
            "adjusted_code": "3722D",
            "pair_status": "",
            "primary_indicator": "J1",
            "primary_apc": "5192",
            "primary_payment": "5701.52",
            "primary_status": "",
            "secondary_indicator": "N",
            "secondary_apc": "",
            "adjusted_apc": "5193",
            "adjusted_payment": "11340.57",
            "adjusted_status": "",
            "document": "J",
            "place": "row=9",
            "rate_document": "A",
        }
    ]


def test_a_rate_that_addendum_a_does_not_print_is_typed_absence() -> None:
    (row,) = pairs(adjusted_apc="5199")
    assert (row["adjusted_payment"], row["adjusted_status"]) == ("", "not_published")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"secondary": "3725"}, "J · row 9 · secondary: a code was due, found '3725'"),
        ({"code": "5192"}, "J · row 9 · code: a code was due, found '5192'"),
        ({"adjusted_apc": ""}, "J · row 9 · adjusted_apc: an APC was due, found ''"),
    ],
)
def test_a_pair_that_is_not_right_stops(changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(SheetError, match=re.escape(sentence)):
        pairs(**changed)


def test_a_code_for_a_pair_in_a_surgery_center_never_says_which_pair() -> None:
    row = dict.fromkeys(package.columns("asc"), "") | {
        "code": "C7531",
        "from": "2025-01-01",
        "through": "2025-12-31",
        "release": "2025-01",
        "payment_indicator": "J8",
        "payment": "6102.28",
    }
    rows = [row, row | {"code": "37252", "payment": "", "payment_indicator": "N1"}]
    assert list(packaging.asc_pairs(rows, {"2025-01": "asc-2025-01-AA"})) == [
        {
            "schedule": "asc",
            "adjusted_code": "C7531",
            "pair_status": "not_published",
            "adjusted_payment": "6102.28",
            "adjusted_status": "",
            "document": "asc-2025-01-AA",
            "rate_document": "asc-2025-01-AA",
            "from": "2025-01-01",
            "through": "2025-12-31",
            "release": "2025-01",
        }
    ]


def offsets(codes: Iterable[dict[str, str]], intensive: Iterable[dict[str, str]]) -> list[Row]:
    of = {"codes": codes, "intensive": intensive}
    return list(packaging.offsets({name: (name, [Record(8, cells) for cells in rows]) for name, rows in of.items()}))


def test_both_lists_of_offsets_make_one() -> None:
    new = ADDENDUM_P | {"code": "0234T", "apc_offset_percent": "36.72%"}
    gone = ADDENDUM_P | {"code": "C9734", "status_indicator": "D", "apc": "", "payment": "", "device_offset": ""}
    found = offsets([ADDENDUM_P, gone], [ADDENDUM_P | {"apc_offset_percent": "36.72%"}, new])
    assert found[0] == {
        "code": "37226",
        "status_indicator": "J1",
        "apc": "5193",
        "payment": "11340.57",
        "payment_status": "",
        "apc_offset_percent": "36.72",
        "device_offset_percent": "49.58",
        "device_offset": "5622.65",
        "device_intensive": "1",
    }
    names = ("code", "payment", "payment_status", "device_offset", "device_intensive")
    assert [tuple(row[name] for name in names) for row in found[1:]] == [
        ("C9734", "", "no_code", "", "0"),
        ("0234T", "11340.57", "", "5622.65", "1"),
    ]


def test_lists_of_offsets_that_differ_stop() -> None:
    with pytest.raises(SheetError, match="codes · row 8 · 37226: differs from the device-intensive list"):
        offsets([ADDENDUM_P], [ADDENDUM_P | {"device_offset": "$5,622.66"}])


def test_what_breaks_the_rules_of_pairs_and_offsets() -> None:
    (pair,) = pairs()
    alone = {"apc": "5192", "payment": "5701.52"}
    assert list(pair_breaches(pair, alone)) == []
    assert list(pair_breaches(pair, alone | {"payment": "5701.53"})) == [
        Breach("primary_payment", "5701.52", "5701.53")
    ]
    lower = pair | {"adjusted_payment": "5701.52"}
    assert list(pair_breaches(lower, alone)) == [Breach("adjusted_payment", "5701.52", "more than 5701.52")]
    (offset,) = offsets([ADDENDUM_P], [])
    assert list(offset_breaches(offset)) == []
    assert list(offset_breaches(offset | {"device_offset": "5622.66"})) == [
        Breach("device_offset", "5622.66", "5622.65")
    ]


MEANINGS = """
[outpatient.status_indicator]
N = { pays = "no", meaning = "Packaged" }
H1 = { from = 2025, pays = "yes", meaning = "A device" }
F = [{ through = 2022, pays = "no", meaning = "Tissue and vaccines" }, { from = 2023, pays = "no", meaning = "Tissue" }]
"""


def known(folder: Path, text: str = MEANINGS) -> tuple[indicators.Meaning, ...]:
    (folder / "indicators.toml").write_text(text)
    return indicators.meanings(folder / "indicators.toml")


def test_a_year_has_the_indicators_that_a_list_names_or_its_rows_carry(tmp_path: Path) -> None:
    tables = {"outpatient": [{"status_indicator": "N"}, {"status_indicator": ""}]}
    found = indicators.rows(2025, known(tmp_path), {("outpatient", "F"): "D1"}, tables)
    assert [(r["indicator"], r["year"], r["meaning"], r["pays"], r["seen"], r["document"]) for r in found] == [
        ("N", "2025", "Packaged", "no", "1", ""),
        ("F", "2025", "Tissue", "no", "0", "D1"),
    ]
    (row,) = indicators.rows(2022, known(tmp_path), {}, {"outpatient": [{"status_indicator": "F"}]})
    assert row["meaning"] == "Tissue and vaccines"


def test_an_indicator_without_a_meaning_in_its_year_stops(tmp_path: Path) -> None:
    sentence = "outpatient · status_indicator · H1: extract/indicators.toml has no meaning of it for 2024"
    with pytest.raises(Wrong, match=sentence):
        list(indicators.rows(2024, known(tmp_path), {}, {"outpatient": [{"status_indicator": "H1"}]}))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '[a.b]\nX = { meaning = "m", pays = "perhaps" }',
            "indicators.toml: a · b · X: meaning, pays, from and through",
        ),
        ('[a.b]\nX = { meaning = "m", until = 2 }', "indicators.toml: a · b · X: meaning, pays, from and through"),
        ('[a.b]\nX = [{ meaning = "m" }, { from = 2020, meaning = "n" }]', "the years from 2020 overlap those before"),
    ],
)
def test_meanings_that_are_not_right_stop(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(Wrong, match=sentence):
        known(tmp_path, text)


def test_a_meaning_that_changed_is_told_with_its_years() -> None:
    held = Meanings(
        {("asc", "i"): {"L6": {2024: "lens", 2025: "lens or device", 2026: "lens or device"}, "S2": {2026: "skin"}}}
    )
    assert held.of("asc", "i", "L6", 2024) == "lens"
    assert held.of("asc", "i", "L6", 2019) == "as in the list of CMS of that year"
    assert held.over("asc", "i", "L6", [2025, 2026]) == "lens or device"
    assert held.table("asc", "i") == {
        "L6": ("lens or device (from 2025); lens (to 2024)", ""),
        "S2": ("skin", "2026"),
    }


def test_only_the_first_column_of_a_list_is_read() -> None:
    layout = TableLayout("rows", "", "Status Indicator", {})
    table = [
        ["", "ADDENDUM D1"],
        ["Status Indicator", "Item"],
        ["A", "long words"],
        ["", "more words"],
        ["E1", "words"],
    ]
    assert indicators.listed("D1", table, layout, 2) == ["A", "E1"]
    with pytest.raises(SheetError, match="D1: 3 indicators were due, found 2"):
        indicators.listed("D1", table, layout, 3)
    with pytest.raises(SheetError, match="D1: an indicator was due in the first column, found 'see note'"):
        indicators.listed("D1", [*table, ["see note"]], layout, 2)


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_indicator_of_every_row_has_a_meaning_in_its_year(root: Path, year: int) -> None:
    held = package.load(year, root / "datasets")
    meant = {(r["schedule"], r["column"], r["indicator"]) for r in held.rows("indicators") if r["meaning"]}
    columns = {(schedule, column) for schedule, column, _ in meant}
    carried = {
        (schedule, column, row[column])
        for schedule in ("outpatient", "asc", "physician")
        for row in held.rows(schedule)
        for at, column in columns
        if at == schedule and row[column]
    }
    assert carried <= meant
    others = (("asc_offsets", "asc", "payment_indicator"), ("opps_offsets", "outpatient", "status_indicator"))
    for resource, schedule, column in others:
        assert {(schedule, column, row[column]) for row in held.rows(resource)} <= meant


def test_what_pays_is_what_the_schedules_pay(root: Path) -> None:
    """The word of the list and the reading of the rows say the same."""
    pays = {
        (m.schedule, m.indicator): m.pays for m in indicators.meanings(root / "extract" / "indicators.toml") if m.pays
    }
    for schedule, room in (("outpatient", outpatient), ("asc", asc)):
        for indicator, why in room.WHY_NOT.items():
            if (schedule, indicator) in pays and indicator != "Q4":
                assert pays[schedule, indicator] == ("yes" if why == absence.CONTRACTOR_PRICED else "no"), indicator
        assert all(pays[schedule, indicator] in ("yes", "conditional") for indicator in room.PAYS)


def table(sources: Path, name: str) -> list[list[str]]:
    (path,) = (sources / "outpatient" / "2025-final-rule").glob(name)
    text = path.read_bytes().decode("latin-1")
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]


def dollars(text: str) -> str:
    return text.replace("$", "").replace(",", "")


def test_every_pair_of_addendum_j_stands_in_the_package(root: Path, sources: Path) -> None:
    rates = {row[0]: dollars(row[4]) for row in table(sources, "*Addendum A*") if len(row[0]) == 4}
    due = {
        (row[0], row[4], row[8], row[3], rates[row[3]], row[9], rates[row[9]], f"row={number}")
        for number, row in enumerate(table(sources, "*Addendum J*"), 1)
        if len(row[0]) == 5
    }
    names = [
        "primary",
        "secondary",
        "adjusted_code",
        "primary_apc",
        "primary_payment",
        "adjusted_apc",
        "adjusted_payment",
        "place",
    ]
    held = [row for row in package.load(2025, root / "datasets").rows("packaging_pairs") if row["schedule"] != "asc"]
    assert {tuple(row[name] for name in names) for row in held} == due
    assert len(held) == len(due) == 432
    assert ("37224", "37252", "3722D", "5192", "5701.52", "5193", "11340.57", "row=235") in due


def test_every_offset_of_addendum_p_stands_in_the_package(root: Path, sources: Path) -> None:
    codes = {row[0]: row for row in table(sources, "*HCPCS Offsets*") if len(row[0]) == 5 and row[0] != "HCPCS"}
    intensive = {row[0]: row for row in table(sources, "*Intensive List*") if len(row[0]) == 5 and row[0] != "HCPCS"}
    rows = {row["code"]: row for row in package.load(2025, root / "datasets").rows("opps_offsets")}
    assert rows.keys() == codes.keys() | intensive.keys()
    for code, row in rows.items():
        printed = codes.get(code) or [c for i, c in enumerate(intensive[code]) if i != 4]
        assert [row["apc"], row["payment"]] == [printed[3], dollars(printed[4])], code
        assert [row["device_offset_percent"], row["device_offset"]] == [printed[5].strip("%"), dollars(printed[6])], (
            code
        )
        assert row["device_intensive"] == str(int(code in intensive))
        if row["payment"]:
            due = Decimal(row["payment"]) * Decimal(row["device_offset_percent"]) / 100
            assert due.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(row["device_offset"]), code
    assert len(rows) == 5186


def test_rates_of_the_rule_and_of_january_differ_for_drugs_only(root: Path, sources: Path) -> None:
    """Addendum A of the rule (November) against Addendum B of January: so the pairs may stand on either."""
    rates = {row[0]: dollars(row[4]) for row in table(sources, "*Addendum A*") if len(row[0]) == 4}
    apart = {
        row["status_indicator"]
        for row in package.load(2025, root / "datasets").rows("outpatient")
        if row["release"] == "2025-01" and row["payment"]
        if Decimal(rates[row["apc"]].strip(".") or 0) != Decimal(row["payment"])
    }
    assert apart == {"G", "K", "K1"}


def test_a_center_is_paid_the_device_in_full_and_one_share_of_the_rest(root: Path) -> None:
    held, rows = [], 0
    for year in range(2022, 2027):
        found = package.load(year, root / "datasets")
        rates = {(r["code"], r["from"]): r["payment"] for r in found.rows("asc") if r["payment"]}
        shares = [
            packaging.service_share(rates[row["code"], row["from"]], row["opps_payment"], row["device_offset"])
            for row in found.rows("asc_offsets")
            if row["payment_indicator"] == "J8" and (row["code"], row["from"]) in rates
        ]
        median = sorted(shares)[len(shares) // 2]
        held += [share for share in shares if abs(share - median) < Decimal("0.001")]
        rows += len(shares)
    assert (len(held), rows) == (2769, 2778)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def test_no_descriptor_of_the_rule_s_addenda_stands_in_any_text(root: Path, sources: Path) -> None:
    at = {
        "*Addendum J*": (1, 5),
        "*HCPCS Offsets*": (1,),
        "*Intensive List*": (1,),
        "*Addendum A*": (1,),
        "*D1*": (1, 2),
    }
    told = {
        tuple(words(row[i]))
        for name, columns in at.items()
        for row in table(sources, name)
        for i in columns
        if len(row) > i and len(row[0]) <= 5 and row[0] not in ("HCPCS", "APC")
    }
    by_start: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for one in sorted(told):
        if len(one) >= 3:
            by_start.setdefault(one[:3], []).append(one)
    assert len(by_start) > 3000
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True).stdout
    kinds = (".py", ".toml", ".md", ".html", ".json", ".csv", ".js", ".css", ".yml")
    new = ("packaging_pairs.csv", "opps_offsets.csv", "indicators.csv", "documents.csv")
    for name in listed.split("\0"):
        if not name.endswith(kinds) or (name.startswith("datasets/") and not name.endswith(new)):
            continue
        text = words((root / name).read_text(encoding="utf-8"))
        for i in range(len(text) - 2):
            for one in by_start.get(tuple(text[i : i + 3]), ()):
                assert tuple(text[i : i + len(one)]) != one, (name, " ".join(one))
