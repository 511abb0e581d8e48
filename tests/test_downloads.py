"""A package in every format that it can be downloaded in: the same rows, exact, with text that is only ever text."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine

from feebook import package
from feebook.package import Package, Row
from feebook.publish import columnar, packagefiles, workbook
from tests.test_package import row, tables

HOSTILE = (
    "=HYPERLINK(\"https://example.test\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "<r><t>rich</t></r>", "_x0041_", " a ",
    "<script>alert(1)</script>", "{{ 7*7 }}{% raw %}", "\u202eright to left", "a & b",
)  # fmt: skip
"""Text that a spreadsheet, a browser, a template or a writer of XLSX might take for more than text."""


def cell(number: int, printed: str) -> Row:
    empty = dict.fromkeys(package.columns("guide_cells"), "")
    place = {"document": "guide-2024", "table": str(number), "code": "37252", "measure": "facility_payment"}
    return empty | place | {"year": "2024", "from": "2024-03-09", "value": "86.21", "printed": printed}


@pytest.fixture
def held(tmp_path: Path) -> Package:
    """A package of two rows, with a guide of hostile cells."""
    found = tables(row(), row("00100", status="J", facility_payment="", facility_status="not_covered"))
    found["guide_cells"] = [cell(number, text) for number, text in enumerate(HOSTILE)]
    package.write(tmp_path, 2024, found, found["documents"])
    return package.load(2024, tmp_path)


def test_a_workbook_holds_what_the_csv_holds(held: Package) -> None:
    data = workbook.xlsx(held, "2024.1.0")
    book = python_calamine.load_workbook(io.BytesIO(data))
    assert book.sheet_names == ["about", "columns", *held.resources]
    for name in held.resources:
        heads, *lines = book.get_sheet_by_name(name).to_python()
        assert heads == list(package.columns(name))
        kinds = {field["name"]: field["type"] for field in package.schema(name)["fields"]}
        for line, told in zip(lines, held.rows(name), strict=True):
            for column, value, text in zip(heads, line, told.values(), strict=True):
                if not text:
                    assert value == ""
                elif kinds[str(column)] in ("number", "integer"):
                    assert Decimal(repr(value)) == Decimal(text)
                elif kinds[str(column)] == "date":
                    assert value == date.fromisoformat(text)
                else:
                    assert value == text


def test_nothing_in_a_workbook_is_a_formula_or_a_link(held: Package) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook.xlsx(held, "2024.1.0"))) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name)
    assert "HYPERLINK" in sheets
    assert not re.search(r"<(f|hyperlink|r)[ >]", sheets)
    assert "<v>86.21</v>" in sheets


def test_parquet_has_exact_decimals_dates_and_text(held: Package) -> None:
    from pyarrow import parquet

    read = parquet.read_table(io.BytesIO(columnar.parquet(held.path("physician"), {"notice": "CPT"})))
    assert read.column("facility_payment").to_pylist() == [None, Decimal("86.21")]
    assert str(read.schema.field("facility_payment").type) == "decimal128(18, 2)"
    assert read.column("code").to_pylist() == ["00100", "37252"]
    assert read.column("modifier").to_pylist() == ["", ""]
    assert read.column("from").to_pylist() == [date(2024, 3, 9)] * 2
    assert read.schema.metadata[b"notice"] == b"CPT"
    cells = parquet.read_table(io.BytesIO(columnar.parquet(held.path("guide_cells"), {})))
    assert sorted(cells.column("printed").to_pylist()) == sorted(HOSTILE)


def test_a_column_that_holds_more_decimals_than_are_due_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "asc.csv").write_text("code,from,payment\n37252,2024-01-01,0.1234567\n37253,2024-01-01,1.5\n")
    from pyarrow import parquet

    read = parquet.read_table(io.BytesIO(columnar.parquet(tmp_path / "asc.csv", {})))
    assert read.column("payment").to_pylist() == [Decimal("0.1234567"), Decimal("1.5000000")]


def test_files_of_a_year_are_named_counted_and_summed(held: Package, tmp_path: Path) -> None:
    names, files = packagefiles._package(tmp_path, tmp_path / "public", "2024")
    assert files.version == "2024.1.0"
    root = tmp_path / "public"
    assert sorted(names) == sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    for one in files.all():
        assert (tmp_path / "public" / one.path).stat().st_size == one.bytes
    (physician,) = (table for table in files.tables if table.name == "physician")
    assert (physician.rows, list(physician.files)) == (2, ["csv", "json", "parquet"])
    said = json.loads(gzip.decompress((tmp_path / "public" / physician.files["json"].path).read_bytes()))
    assert said["rows"] == [{k: v for k, v in told.items() if v} for told in held.rows("physician")]
    assert "American Medical Association" in said["notices"][0]


def test_the_same_package_gives_the_same_bytes(held: Package) -> None:
    assert workbook.xlsx(held, "1") == workbook.xlsx(held, "1")
    assert columnar.parquet(held.path("codes"), {}) == columnar.parquet(held.path("codes"), {})


def test_a_package_that_changed_since_its_release_says_so(held: Package) -> None:
    (held.folder / "CHANGELOG.md").write_text("# Changes\n\n## Unreleased\n\n- `asc`: 1 added\n")
    assert packagefiles.version(held) == "2024.1.0-unreleased"
