"""The static API: its index, a file for each year and the schemas of its files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from feebook.package import NOTICES, Row
from feebook.publish import apischemas, feed
from feebook.publish.book import SCHEDULES, Book
from feebook.publish.downloads import notice
from feebook.publish.output import put
from feebook.publish.packagefiles import Download, Files

UP = "../../../"
"""From a file of the API that is about a year to the root of the site."""


def api(book: Book, root: Path, files: Mapping[int, Files], pairs: Iterable[tuple[int, int]]) -> list[str]:
    """The index of the API and a file for each year; the files written."""
    years = [put(root, f"api/v1/years/{year}.json", _json(_year(book, files[year]))) for year in book.years]
    schemas = [put(root, f"api/v1/schemas/{name}", _json(schema)) for name, schema in apischemas.schemas().items()]
    return [*years, *schemas, put(root, "api/v1/index.json", _json(_index(book, files, pairs)))]


def _year(book: Book, files: Files) -> dict[str, Any]:
    year = files.year
    described = book.package(year).descriptor()
    return {
        "$schema": "../schemas/year.json",
        "year": year,
        "version": files.version,
        "notices": described["notices"],
        "package": f"{UP}data/{year}/datapackage.json",
        "checksums": f"{UP}{files.sums}",
        "downloads": [_download(one) for one in files.all()],
        "documents": [_filled(row) for row in book.documents[year]],
        "conversion_factors": [_filled(row) for row in book.package(year).rows("conversion_factors")],
        "not_held": [schedule for schedule in SCHEDULES if not book.holds(year, schedule)],
    }


def _download(one: Download) -> dict[str, Any]:
    said = {
        "name": one.name, "format": one.format, "path": f"{UP}{one.path}", "bytes": one.bytes, "sha256": one.sha256
    }  # fmt: skip
    return said | ({"rows": one.rows} if one.rows else {})


def _index(book: Book, files: Mapping[int, Files], pairs: Iterable[tuple[int, int]]) -> dict[str, Any]:
    return {
        "$schema": "schemas/index.json",
        "name": "Feebook",
        "version": "v1",
        "notices": [notice(book.years[-1]), NOTICES[1]],
        "amounts": "exact decimals as text, US dollars, national, not adjusted for place, imaging before the OPPS cap",
        "years": [{"year": year, "version": files[year].version, "path": f"years/{year}.json"} for year in book.years],
        "codes": {"path": "codes/{code}.json", "count": len(book.codes), "list": "../../codes.txt"},
        "compare": [
            {
                "before": one,
                "after": two,
                "csv": f"compare/{one}-{two}.csv",
                "json": f"compare/{one}-{two}.json",
            }
            for one, two in pairs
        ],
        "schemas": [f"schemas/{name}" for name in apischemas.schemas()],
        "feed": f"../../{feed.ADDRESS}",
    }


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
