"""Days that are not the ones asked for, and years that are not held, are said with the figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from feebook.compare import chain, compare
from feebook.compare.courses import headline as said_of_paths
from feebook.compare.courses import to_markdown
from feebook.compare.printers import headline, plain
from tests.compare_tiny import Row, compared, loaded, physician, weighted, write


def paper(schedule: str, first: str, form: str) -> Row:
    return {
        "kind": "schedule",
        "schedule": schedule,
        "release": first[:7],
        "effective_from": first,
        "form": form,
        "sha256": "ab",
    }


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """2024 and 2025 whole; of 2026 the physician schedule from April, as a copy by others, without the second code."""
    seen = [{"code": code, "first_seen": "2024-01-01", "last_seen": "2026-12-31"} for code in ("10000", "10001")]
    for year, factor in ((2024, "33.2875"), (2025, "32.3465")):
        rows = [physician(code, factor) for code in ("10000", "10001")]
        centers = [weighted("asc", "10000", "G2", "1.00", "50.00")]
        papers = [paper("physician", f"{year}-01-01", "original")]
        write(tmp_path, year, {"codes": seen, "documents": papers, "physician": rows, "asc": centers})
    rows = [physician("10000", "33.4009", release="2026-04") | {"from": "2026-04-01"}]
    tables = {"codes": seen, "physician": rows, "asc": [weighted("asc", "10000", "G2", "1.00", "51.00")]}
    write(tmp_path, 2026, tables | {"documents": [paper("physician", "2026-04-01", "secondary")]})
    return tmp_path


def test_a_comparison_of_mixed_days_names_the_years_and_then_the_days(datasets: Path) -> None:
    assert headline(compare(2025, 2026, datasets=datasets))[:4] == [
        "2025 → 2026, as paid on the days below; national, unadjusted, US dollars",
        "Days of physician: 2025-01-01 → 2026-04-01, since no file of 1 January is held",
        "Provisional, physician: of 2026-04-01 we hold a copy by others, in part",
        "Days of asc: 2025-01-01 → 2026-01-01",
    ]


def test_a_path_says_its_days_its_copies_and_the_years_of_a_shorter_change(datasets: Path) -> None:
    found = chain(["10000", "10001"], "2024-2026", schedule="physician", datasets=datasets)
    assert said_of_paths(found, constant=False) == [
        "2024–2026, as paid on 1 January of each year; national, unadjusted, US dollars",
        "2026, physician: as paid on 2026-04-01, since no file of 1 January is held",
        "Provisional, physician: of 2026-04-01 we hold a copy by others, in part",
        "† marks a change that does not span all the years: it is of the years that the last column names",
        "% per calendar year: compound, one step for each yearly schedule, on whatever day of its year an amount is "
        "held; only where the basis held all the way. * marks an amount that does not compare back",
    ]
    lines = to_markdown(found).splitlines()
    assert "| 10000 |  | facility | $103.19 | $100.27 | $103.54 | +0.35 | +0.17 |  |" in lines
    assert (
        "| 10001 |  | facility | $103.19 | $100.27 | no source held | −2.92† | −2.83† | change of 2024–2025 |" in lines
    )


def test_a_surgery_center_that_pays_nothing_has_no_apc() -> None:
    def day(first: str, apc: str, payment: str) -> Row:
        status = "" if payment else "not_on_asc_list"
        return weighted("asc", first, "G2" if payment else "", "", payment, apc=apc, payment_status=status)

    one = loaded(
        "2024-01-01", {"asc": [day("0267T", "5461", ""), day("36902", "5192", "50.00"), day("37246", "5192", "9.00")]}
    )
    two = loaded("2025-01-01", {"asc": [day("0267T", "", ""), day("36902", "5193", "50.00"), day("37246", "", "9.00")]})
    assert [(row.code, row.kind, row.note) for row in compared(one, two).rows] == [
        ("0267T", "same", ""),
        ("36902", "apc", "APC 5192 → 5193"),
        ("37246", "same", ""),
    ]


def test_a_factor_is_shown_without_padding() -> None:
    shown = [plain(Decimal(text)) for text in ("85.5850", "32.7442", "30.0000")]
    assert [*shown, plain(None)] == ["85.585", "32.7442", "30.00", "not known"]
