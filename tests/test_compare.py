"""What a comparison says, stated whole on a few rows; and the sentences for questions that cannot be answered."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import pytest

import feebook
from feebook.compare import Change, CompareError, compare, to_frame, to_rows
from feebook.compare.families import expand, families
from feebook.compare.printers import headline, percent, to_csv, to_json, to_markdown, what
from feebook.compare.resource import changes
from feebook.package import Package
from tests.compare_tiny import Row, compared, loaded, physician, weighted, write

DAYS = ("2023-01-01", "2024-01-01")


def kinds(schedule: str, before: list[Row], after: list[Row]) -> dict[tuple[str, str], tuple[str, str, str]]:
    """(Code, measure) → kind, percentage and what is said of it."""
    found = compared(loaded(DAYS[0], {schedule: before}), loaded(DAYS[1], {schedule: after}))
    return {(row.code, row.measure): (row.kind, percent(row), what(row)) for row in found.rows}


def test_a_row_says_all_there_is() -> None:
    before = physician("37252", "33.8872", rvus="1.80 0.45 26.58 0.35", release="2023A")
    after = physician("37252", "32.7442", rvus="1.80 0.44 25.70 0.35", release="2024A")
    found = compared(loaded(DAYS[0], {"physician": [before]}), loaded(DAYS[1], {"physician": [after]}))
    assert asdict(found.rows[1]) == {
        "schedule": "physician",
        "code": "37252",
        "modifier": "",
        "track": "",
        "measure": "nonfacility_payment",
        "kind": "moved",
        "before": Decimal("973.58"),
        "after": Decimal("911.93"),
        "before_status": "",
        "after_status": "",
        "before_indicator": "A",
        "after_indicator": "A",
        "before_apc": "",
        "after_apc": "",
        "before_weight": Decimal("28.73"),
        "after_weight": Decimal("27.85"),
        "before_factor": Decimal("33.8872"),
        "after_factor": Decimal("32.7442"),
        "before_release": "2023A",
        "after_release": "2024A",
        "change": Decimal("-61.65"),
        "percent": Decimal("-6.3323"),
        "reason": "",
        "note": "",
        "linked": (),
        "parts": {
            "factor": Decimal("-32.34"),
            "work": Decimal("0.00"),
            "practice_expense": Decimal("-29.32"),
            "malpractice": Decimal("0.00"),
            "rounding": Decimal("0.01"),
        },
    }


def test_kinds_of_the_physician_schedule() -> None:
    na = {"nonfacility_payment": "", "nonfacility_status": "not_applicable"}
    before = [
        physician("10000", "30"),
        physician("10001", "30"),
        physician("10002", "30", **na),
        physician("10003", "30"),
        physician("10004", "30"),
        physician("10005", "30"),
    ]
    after = [
        physician("10000", "30"),
        physician("10001", "33"),
        physician("10002", "30"),
        physician("10003", "30", status="R"),
        physician("10004", "30", status="B", facility_status="packaged", nonfacility_status="packaged"),
        physician("10006", "30"),
    ]
    found = {code: said for (code, measure), said in kinds("physician", before, after).items() if "non" in measure}
    assert found == {
        "10000": ("same", "+0.0 %", ""),
        "10001": ("moved", "+10.0 %", ""),
        "10002": ("na_to_paid", "", "no amount before: not in this setting"),
        "10003": ("status", "+0.0 %", "status A → R"),
        "10004": ("paid_to_packaged", "", "no amount after: packaged; status A → B"),
        "10005": ("gone", "", "the code is gone"),
        "10006": ("born", "", "new code"),
    }


def test_kinds_of_the_outpatient_schedule() -> None:
    before = [
        weighted("outpatient", "10000", "J1", "10", "850.00", apc="5192"),
        weighted("outpatient", "10001", "T", "10", "850.00", apc="5192"),
        weighted("outpatient", "10002", "T", "10", "850.00", apc="5192"),
        weighted("outpatient", "10003", "N"),
        weighted("outpatient", "10004", "T", "10", "850.00", apc="5192"),
    ]
    after = [
        weighted("outpatient", "10000", "J1", "20", "1700.00", apc="5193"),
        weighted("outpatient", "10001", "S", "10", "850.00", apc="5192"),
        weighted("outpatient", "10002", "J1", "20", "1700.00", apc="5192"),
        weighted("outpatient", "10003", "T", "10", "850.00", apc="5192"),
        weighted("outpatient", "10004", "T", payment_status="no_source"),
    ]
    assert {code: said for (code, _), said in kinds("outpatient", before, after).items()} == {
        "10000": ("apc", "+100.0 %", "APC 5192 → 5193"),
        "10001": ("indicator", "+0.0 %", "status indicator T → S"),
        "10002": ("indicator", "", "status indicator T → J1 pays by another rule"),
        "10003": ("packaged_to_paid", "", "no amount before: packaged; status indicator N → T; APC none → 5192"),
        "10004": ("not_held", "", "no source held for the second day; APC 5192 → none"),
    }


def test_weight_and_factor_split_a_facility_rate_and_a_drug_has_nothing_to_split() -> None:
    before = [weighted("asc", "10000", "G2", "10", "500.00"), weighted("asc", "J0001", "K2", "", "10.005")]
    after = [weighted("asc", "10000", "G2", "12", "660.00"), weighted("asc", "J0001", "K2", "", "12.01")]
    one = loaded(DAYS[0], {"asc": before}, {"asc": "50"})
    rate, drug = compared(one, loaded(DAYS[1], {"asc": after}, {"asc": "55"})).rows
    assert rate.parts == {"factor": Decimal("55.00"), "weight": Decimal("105.00"), "rounding": Decimal("0.00")}
    assert (drug.before, drug.change, dict(drug.parts)) == (Decimal("10.005"), Decimal("2.005"), {})


def test_noise_is_counted_and_changes_of_kind_always_count() -> None:
    before = [physician("10000", "30"), physician("10001", "30", rvus="0.01 0 0 0"), physician("10002", "30")]
    after = [
        physician("10000", "30.1"),
        physician("10001", "60", rvus="0.01 0 0 0"),
        physician("10002", "30.1", status="R"),
    ]
    found = compared(loaded(DAYS[0], {"physician": before}), loaded(DAYS[1], {"physician": after}))
    assert found.counts() == {"moved": 4, "status": 2}
    assert found.noise == 4  # 0.3 % of $90, and 100 % of 30 cents
    assert {row.code for row in found.material()} == {"10002"}


def test_a_code_that_a_copy_leaves_out_is_not_gone(tmp_path: Path) -> None:
    document = {"kind": "schedule", "schedule": "physician", "sha256": "0", "effective_from": "2024-04-01"}
    write(tmp_path, 2023, {"physician": [physician("10000", "30"), physician("37220", "30")]})
    late = {"from": "2024-04-01", "release": "2024B"}
    copies = [document | {"release": "2024B", "form": "secondary"}]
    write(tmp_path, 2024, {"physician": [physician("10001", "31") | late], "documents": copies})
    found = compare(2023, 2024, datasets=tmp_path)
    assert [(row.code, row.kind, row.after_status) for row in found.rows if row.measure == "facility_payment"] == [
        ("10000", "not_held", "no_source"),
        ("10001", "born", ""),
        ("37220", "not_held", "no_source"),
    ]
    assert [str(day) for day in found.days["physician"]] == ["2023-01-01", "2024-04-01"]
    assert found.material() == tuple(row for row in found.rows if row.code == "10001")


def test_a_year_without_tracks_stands_against_each_track() -> None:
    after = [physician("10000", "33.4009", track="nonqp"), physician("10000", "33.5675", track="qp")]
    one, two = (
        loaded("2025-01-01", {"physician": [physician("10000", "32.3465")]}),
        loaded("2026-01-01", {"physician": after}),
    )
    found = compared(one, two)
    assert [(row.track, row.measure, row.before, row.after) for row in found.rows] == [
        ("nonqp", "facility_payment", Decimal("100.27"), Decimal("103.54")),
        ("nonqp", "nonfacility_payment", Decimal("132.62"), Decimal("136.94")),
        ("qp", "facility_payment", Decimal("100.27"), Decimal("104.06")),
        ("qp", "nonfacility_payment", Decimal("132.62"), Decimal("137.63")),
    ]
    assert found.factors == {
        "physician/nonqp": (Decimal("32.3465"), Decimal("33.4009")),
        "physician/qp": (Decimal("32.3465"), Decimal("33.5675")),
    }


def test_replaced_codes_are_linked_and_never_get_a_percentage() -> None:
    one = loaded("2025-01-01", {"physician": [physician("37220", "32.3465")]})
    two = loaded("2026-01-01", {"physician": [physician("37254", "33.4009"), physician("37299", "33.4009")]})
    found = {row.code: (row.kind, row.percent, row.linked, what(row)) for row in compared(one, two).rows}
    assert found == {
        "37220": ("replaced", None, ("37254", "37299"), "replaced by 37254, 37299"),
        "37254": ("born", None, ("37220",), "new, in place of 37220"),
        "37299": ("born", None, ("37220",), "new, in place of 37220"),
    }


def test_at_a_constant_factor_only_units_move() -> None:
    one = loaded(DAYS[0], {"physician": [physician("10000", "30"), physician("10001", "30")]})
    after = [physician("10000", "33"), physician("10001", "33", rvus="2.00 2.00 3.00 0.10")]
    found = compared(one, loaded(DAYS[1], {"physician": after}), "constant-cf")
    assert [(row.kind, row.before, row.after) for row in found.rows if row.measure == "facility_payment"] == [
        ("same", Decimal("93.00"), Decimal("93.00")),
        ("moved", Decimal("93.00"), Decimal("123.00")),
    ]
    assert found.factors == {"physician": (Decimal("30.0000"), Decimal("30.0000"))}


def test_an_amount_without_its_weight_is_not_put_at_the_factor_of_the_other_day() -> None:
    before = [
        weighted("outpatient", "10000", "T", "10", "800.00", apc="1"),
        weighted("outpatient", "10001", "T", "10", "800.00", apc="1"),
        weighted("outpatient", "10002", "K", "", "80.00", apc="1"),
    ]
    after = [
        weighted("outpatient", "10000", "T", "", "900.00", apc="1"),
        weighted("outpatient", "10001", "T", "", "900.00", apc="2"),
        weighted("outpatient", "10002", "K", "", "90.00", apc="1"),
    ]
    one = loaded(DAYS[0], {"outpatient": before}, {"outpatient": "80"})
    two = loaded(DAYS[1], {"outpatient": after}, {"outpatient": "90"})
    found = compared(one, two, "constant-cf")
    assert [
        (row.kind, row.after, row.after_status, row.after_factor, row.percent, what(row)) for row in found.rows
    ] == [
        ("not_held", None, "no_source", Decimal(90), None, "no weight on the second day, so not at one factor"),
        ("apc", None, "no_source", Decimal(90), None, "no weight on the second day, so not at one factor; APC 1 → 2"),
        ("moved", Decimal("90.00"), "", Decimal(90), Decimal("12.5"), ""),
    ]
    assert "Not on this basis, outpatient: 2 amounts of 2024-01-01 without a weight" in headline(found)


def test_printers_state_basis_days_and_factors() -> None:
    one, two = (
        loaded(day, {"physician": [physician("10000", of)]}) for day, of in zip(DAYS, ("30", "33"), strict=True)
    )
    found = compared(one, two)
    first = to_rows(found)[0]
    assert (first["basis"], first["before_day"], first["after_day"]) == ("paid", *DAYS)
    assert (first["before"], first["after"], first["before_factor"], first["factor_part"]) == (
        "93.00",
        "102.30",
        "30.0000",
        "9.30",
    )
    assert to_csv(found).splitlines()[1].split(",")[:9] == [
        "paid",
        *DAYS,
        "physician",
        "10000",
        "",
        "",
        "facility_payment",
        "moved",
    ]
    said = json.loads(to_json(found))
    assert (said["factors"], said["counts"], said["rows"][0]) == (
        {"physician": ["30.0000", "33.0000"]},
        {"moved": 2},
        first,
    )
    assert to_frame(found).iloc[0].to_dict() == first
    assert to_markdown(found).splitlines()[-2:] == [
        "| 10000 |  | facility | $93.00 | $102.30 | +9.30 | +10.0 % | +9.30 |  |",
        "| 10000 |  | non-facility | $123.00 | $135.30 | +12.30 | +10.0 % | +12.30 |  |",
    ]


def test_the_changes_of_a_year_are_rows_of_its_package(tmp_path: Path) -> None:
    write(tmp_path, 2023, {"physician": [physician("10000", "30"), physician("10001", "30")]})
    write(tmp_path, 2024, {"physician": [physician("10000", "30"), physician("10001", "33")]})
    rows = changes(Package(tmp_path / "2023"), Package(tmp_path / "2024"))
    assert [(row["code"], row["measure"], row["kind"], row["material"], row["percent"]) for row in rows] == [
        ("10001", "facility_payment", "moved", "1", "10.0000"),
        ("10001", "nonfacility_payment", "moved", "1", "10.0000"),
    ]


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    for year, codes in ((2023, ["10000"]), (2024, ["10000", "10002"])):
        release = {
            "kind": "schedule",
            "schedule": "physician",
            "release": f"{year}A",
            "form": "original",
            "sha256": "0",
        }
        tables = {
            "physician": [physician(code, "30", release=f"{year}A") for code in codes],
            "codes": [{"code": code, "first_seen": f"{year}-01-01", "last_seen": f"{year}-12-31"} for code in codes],
            "documents": [release | {"effective_from": f"{year}-01-01"}],
        }
        write(tmp_path, year, tables)
    return tmp_path


@pytest.mark.parametrize(
    ("a", "b", "asked", "said"),
    [
        ("2022", "2024", {}, "there is no package for 2022: there are 2023, 2024"),
        ("2023", "2024-02-30", {}, "2024-02-30 is no day of the calendar"),
        ("2023", "2024Q", {}, "2024Q is no release that we hold; of 2024 there are 2024A"),
        ("soon", "2024", {}, "'soon' is no year, date (2024-03-09) or release (2024AR); there are 2023, 2024"),
        ("2023", "2024", {"basis": "x"}, "'x' is no basis; there are paid, latest, constant-cf"),
        ("2023", "2024", {"schedule": "x"}, "'x' is no schedule; there are physician, outpatient, asc"),
        (
            "2023",
            "2024",
            {"schedule": "asc"},
            "asc: no source held for 2023-01-01; the packages have asc for no year",
        ),
        ("2023", "2024", {"codes": []}, "the list of codes is empty; leave it out to compare every code"),
        ("2023", "2024", {"codes": ["99999"]}, "99999: in no package from 2023 to 2024"),
        ("2023", "2023A", {"codes": ["10002"]}, "10002 has no row on 2023-01-01 or 2023-01-01; it is in 2024"),
        ("2023", "2024", {"codes": ["37220-37"]}, "'37220-37' is no code (37252) and no range of codes (37220-37235)"),
    ],
)
def test_a_question_that_cannot_be_answered(
    datasets: Path, a: str, b: str, asked: dict[str, object], said: str
) -> None:
    with pytest.raises(CompareError) as error:
        compare(a, b, datasets=datasets, **asked)  # type: ignore[arg-type]
    assert str(error.value) == said


def test_codes_may_be_ranges_families_and_files(datasets: Path) -> None:
    listed = datasets / "mine.txt"
    listed.write_text("10000 # the first\n+10002\n")

    def codes(*asked: str) -> set[str]:
        return {row.code for row in compare(2023, 2024, codes=asked, datasets=datasets).rows}

    assert codes("10000-10001") == {"10000"}
    assert codes("10000, 10002") == codes(f"@{listed}") == {"10000", "10002"}


def test_ranges_keep_letters_and_zeros() -> None:
    assert expand("0501T-0503T") == ["0501T", "0502T", "0503T"]
    assert expand("G0316-G0318") == ["G0316", "G0317", "G0318"]
    assert expand("37252") == ["37252"]


def test_every_family_has_a_label_and_every_replacement_a_source() -> None:
    found = {family.slug: family for family in families()}
    legs = found["leg-revascularization"]
    assert {"37220", "37235", "37254", "37299"} <= legs.codes
    assert (str(legs.replacements[0].date), len(legs.replacements[0].before), len(legs.replacements[0].after)) == (
        "2026-01-01",
        16,
        46,
    )
    assert all(family.label and family.codes for family in found.values())
    assert all(one.source and one.confidence in "ABCD" for family in found.values() for one in family.replacements)


def test_the_package_is_the_verb(datasets: Path) -> None:
    found = feebook.compare(2023, 2024, datasets=datasets)
    assert found.counts() == {"same": 2, "born": 2}
    assert all(isinstance(row, Change) for row in found.rows)
    assert found.of("10002") == found.rows[2:]
