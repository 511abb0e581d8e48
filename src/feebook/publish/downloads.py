"""The files to download: one CSV and one JSON for each code, the packages as they are, the index of the API.

Amounts are exact text, as in the packages. Nothing here carries a descriptor.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from feebook.package import NOTICES, Row
from feebook.publish import figures
from feebook.publish.blocks import Block
from feebook.publish.book import SCHEDULES, Book
from feebook.publish.records import Record

CSV_COLUMNS = (
    "code", "setting", "modifier", "track", "from", "through", "payment", "status",
    "indicator", "apc", "units", "conversion_factor", "schedule", "release", "documents",
)  # fmt: skip
"""Columns of a code's CSV. `units` is the total RVU of the setting, or the weight; `documents` are of that table."""

_PHYSICIAN = (("physician_facility", "facility"), ("physician_nonfacility", "nonfacility"))


def code_csv(book: Book, record: Record) -> str:
    """A code in every setting, modifier and segment, one row each."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_csv_rows(book, record))
    return file.getvalue()


def _csv_rows(book: Book, record: Record) -> Iterator[tuple[str, ...]]:
    code = record.code.code
    for schedule in SCHEDULES:
        for year, row in record.all(schedule):
            documents = " ".join(document["document"] for document in book.documents_of(year, schedule, row))
            tail = (schedule, row["release"], documents)
            head = (row.get("modifier", ""), row.get("track", ""), row["from"], row["through"])
            if schedule == "physician":
                for name, setting in _PHYSICIAN:
                    paid = (
                        row[f"{setting}_payment"],
                        row[f"{setting}_status"],
                        row["status"],
                        "",
                        row[f"{setting}_total_rvu"],
                    )
                    yield (code, name, *head, *paid, row["conversion_factor"], *tail)
                continue
            indicator = row["status_indicator"] if schedule == "outpatient" else row["payment_indicator"]
            paid = (row["payment"], row["payment_status"], indicator, row.get("apc", ""), row["weight"])
            yield (code, schedule, *head, *paid, "", *tail)


def code_json(record: Record, newest: int) -> str:
    """A code as the API serves it: rows of each schedule as in the packages, empty fields left out."""
    code = record.code
    found: dict[str, Any] = {
        "code": code.code,
        "system": code.system,
        "family": code.family,
        "first_seen": code.first,
        "last_seen": code.last,
        "notice": notice(newest),
    }
    for schedule in SCHEDULES:
        found[schedule] = [
            {name: value for name, value in row.items() if value and name != "code"} for _, row in record.all(schedule)
        ]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def notice(year: int) -> str:
    """The notice that goes with Level I codes: the code set carries the copyright of the year before."""
    return NOTICES[0].format(code_year=year - 1)


def packages(book: Book, out: Path) -> None:
    """The packages as they are, under `data/<year>/`, with the factors of every year and the archived versions."""
    others = (book.datasets / "conversion_factors", book.datasets / "archive")
    for folder in (*(held.folder for held in book.packages), *others):
        for path in sorted(folder.glob("*")):
            if path.suffix in (".csv", ".json", ".md", ".zip"):
                place = out / "data" / folder.name / path.name
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)


def api(book: Book, out: Path, pairs: Iterable[tuple[int, int]]) -> None:
    """The index of the API, and a file for each year."""
    root = out / "api" / "v1"
    for held in book.packages:
        _write(root / "years" / f"{held.year}.json", _year(book, held.year))
    _write(root / "index.json", _index(book, pairs))


def _year(book: Book, year: int) -> dict[str, Any]:
    described = book.package(year).descriptor()
    return {
        "year": year,
        "version": described["version"],
        "notices": described.get("notices", []),
        "package": f"../../../data/{year}/datapackage.json",
        "resources": [
            {
                "name": r["name"],
                "path": f"../../../data/{year}/{r['path']}",
                "rows": r.get("rows"),
                "bytes": r["bytes"],
                "hash": r["hash"],
            }
            for r in described["resources"]
        ],
        "documents": [_filled(row) for row in book.documents[year]],
        "conversion_factors": [_filled(row) for row in book.package(year).rows("conversion_factors")],
        "not_held": [schedule for schedule in SCHEDULES if not book.holds(year, schedule)],
    }


def _index(book: Book, pairs: Iterable[tuple[int, int]]) -> dict[str, Any]:
    return {
        "name": "Feebook",
        "version": "v1",
        "notices": [notice(book.years[-1]), NOTICES[1]],
        "amounts": "exact decimals as text, US dollars, national, not adjusted for place",
        "years": [{"year": year, "version": book.versions[year], "path": f"years/{year}.json"} for year in book.years],
        "codes": {"path": "codes/{code}.json", "count": len(book.codes), "list": "../../codes.txt"},
        "compare": [f"compare/{one}-{two}.csv" for one, two in pairs],
    }


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value}


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def index_line(code: str, found: Sequence[Block]) -> str:
    """A line of the code index: the code and its newest physician amounts, if any, as a page prints them."""
    newest = [block.latest.paid for block in found[:2]]
    if not any(newest):
        return code
    amounts = ("-" if paid is None else figures.whole(paid).replace("$", "").replace(",", "") for paid in newest)
    return " ".join((code, *amounts))
