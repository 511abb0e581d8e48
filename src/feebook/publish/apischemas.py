"""The JSON Schemas of the static API, made from the schemas of the packages: one truth for both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from feebook import package
from feebook.compare import printers
from feebook.publish.book import SCHEDULES
from feebook.publish.downloads import REPEATED

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_AMOUNT: Final[Schema] = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
"""A decimal as text, so that no reader rounds it by accident."""

_KINDS: Final[dict[str, Schema]] = {
    "number": _AMOUNT,
    "integer": {"type": "string", "pattern": "^[0-9]+$"},
    "date": {"type": "string", "format": "date"},
    "string": _TEXT,
}
_AMOUNT_OR_NONE: Final[Schema] = {"type": "string", "pattern": r"^(-?[0-9]+(\.[0-9]+)?)?$"}
_CODE: Final[Schema] = {"type": "string", "pattern": "^([0-9]{4}[0-9AFTUM]|[A-Z][0-9]{4})$"}
_SHA256: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
COLUMNS: Final = (
    "The changes, column by column: entry n of every column is of row n, and an empty text is an empty field. "
    "A column of few different texts is an object: the text of row n is values[at[n]]."
)


def schemas() -> dict[str, Schema]:
    """File name → schema, draft 2020-12."""
    return {
        "code.json": _named("code", "A code in every schedule and segment", _code()),
        "comparison.json": _named("comparison", "Every amount that changed between two years", _comparison()),
        "index.json": _named("index", "What the API holds", _index()),
        "year.json": _named("year", "A year: its documents, factors and downloads", _year()),
    }


def row(resource: str, without: Iterable[str] = ()) -> Schema:
    """A row of a resource as the API serves it: exact text, empty fields left out."""
    fields = [field for field in package.schema(resource)["fields"] if field["name"] not in set(without)]
    needed = [field["name"] for field in fields if field.get("constraints", {}).get("required")]
    return _object({field["name"]: _field(field) for field in fields}, needed)


def _field(field: dict[str, Any]) -> Schema:
    held = field.get("constraints", {})
    found = dict(_KINDS[field["type"]])
    if "pattern" in held:
        found["pattern"] = f"^({held['pattern']})$"
    if "enum" in held:
        found["enum"] = [str(one) for one in held["enum"]]
    if "description" in field:
        found["description"] = field["description"]
    return found


def _code() -> Schema:
    known = {
        "$schema": _TEXT, "code": _CODE, "system": _TEXT, "family": _TEXT, "descriptor": _TEXT,
        "first_seen": _KINDS["date"], "last_seen": _KINDS["date"], "notice": _TEXT, "note": _TEXT,
    }  # fmt: skip
    rows = {schedule: {"type": "array", "items": row(schedule, without=["code"])} for schedule in SCHEDULES}
    return _object(known | rows, [name for name in (*known, *rows) if name not in ("descriptor", "note")])


def _year() -> Schema:
    download = {"name": _TEXT, "format": _TEXT, "path": _TEXT, "bytes": _COUNT, "rows": _COUNT, "sha256": _SHA256}
    known = {
        "$schema": _TEXT, "year": {"type": "integer"}, "version": _TEXT, "notices": _many(_TEXT), "package": _TEXT,
        "checksums": _TEXT, "downloads": _many(_object(download, [name for name in download if name != "rows"])),
        "documents": _many(row("documents")), "conversion_factors": _many(row("conversion_factors")),
        "not_held": _many({"enum": list(SCHEDULES)}),
    }  # fmt: skip
    return _object(known, known)


def _index() -> Schema:
    year = {"year": {"type": "integer"}, "version": _TEXT, "path": _TEXT}
    pair = {"before": {"type": "integer"}, "after": {"type": "integer"}, "csv": _TEXT, "json": _TEXT}
    known = {
        "$schema": _TEXT, "name": _TEXT, "version": _TEXT, "notices": _many(_TEXT), "amounts": _TEXT,
        "years": _many(_object(year, year)),
        "codes": _object({"path": _TEXT, "count": _COUNT, "list": _TEXT}, ["path", "count", "list"]),
        "compare": _many(_object(pair, pair)), "schemas": _many(_TEXT), "feed": _TEXT,
    }  # fmt: skip
    return _object(known, known)


def _comparison() -> Schema:
    amounts = {"before", "after", "before_weight", "after_weight", "change", "percent"}
    amounts |= {f"{part}_part" for part in printers.PARTS}
    texts = {"code": _CODE} | dict.fromkeys(amounts, _AMOUNT_OR_NONE)
    columns = {name: _column(name, texts.get(name, _TEXT)) for name in printers.COLUMNS[3:]}
    known = {
        "$schema": _TEXT, "notice": _TEXT, "before": _KINDS["date"], "after": _KINDS["date"], "basis": _TEXT,
        "factors": {"type": "object", "additionalProperties": _many({"type": "string"})},
        "days": {"type": "object", "additionalProperties": _many(_KINDS["date"])},
        "held_in_part": {"type": "object", "additionalProperties": _many(_KINDS["date"])},
        "not_compared": {"type": "object", "additionalProperties": _TEXT}, "note": _TEXT,
        "counts": {"type": "object", "additionalProperties": _COUNT},
        "min_dollars": _AMOUNT, "min_percent": _AMOUNT, "under_the_line": _COUNT,
        "columns": _object(columns, columns) | {"description": COLUMNS},
    }  # fmt: skip
    return _object(known, known)


def _column(name: str, text: Schema) -> Schema:
    if name in REPEATED:
        return _object({"values": _many(text), "at": _many(_COUNT)}, ["values", "at"])
    return _many(text)


def _named(name: str, title: str, schema: Schema) -> Schema:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.json", "title": title}
    return head | schema


def _many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(known: dict[str, Schema], needed: Iterable[str]) -> Schema:
    return {"type": "object", "properties": known, "required": list(needed), "additionalProperties": False}
