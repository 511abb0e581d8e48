"""A resource as Parquet: codes as text, dates as dates, amounts as exact decimals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from feebook import package
from feebook.publish import bulk

PRECISION = 18
"""Digits of a decimal, those before and after the point together."""

_TYPES = {"date": "date32[day]", "integer": "int64", "string": "string"}


def parquet(path: Path, notes: dict[str, str]) -> bytes:
    """The Parquet of a resource's CSV. `notes` go into the metadata of its schema; an empty amount or date is null.

    A column has the same type in every year, unless a year needs more decimals. The same CSV gives the same bytes.
    """
    import pyarrow as pa
    from pyarrow import parquet

    texts = bulk.read(path)
    fields = []
    for field in package.schema(path.stem)["fields"]:
        name, kind = field["name"], field["type"]
        if name in texts.column_names:
            scale = max(due(path.stem, name), _decimals(texts[name])) if kind == "number" else 0
            of = pa.decimal128(PRECISION, scale) if kind == "number" else pa.type_for_alias(_TYPES[kind])
            fields.append(pa.field(name, of, metadata={"description": field.get("description", "")}))
    columns = [_column(texts[field.name], field.type) for field in fields]
    table = pa.Table.from_arrays(columns, schema=pa.schema(fields, metadata=notes))
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data


def due(resource: str, column: str) -> int:
    """The decimals of a column of numbers in every year: cents, unless it holds weights, factors or small units."""
    if column.endswith("_gpci"):
        return 3
    if column in ("weight", "factor", "conversion_factor", "percent", "coinsurance_percent"):
        return 4
    small_units = resource in ("outpatient", "changes") and column in (
        "payment", "minimum_copayment", "before", "after", "change",
    )  # fmt: skip
    return 6 if small_units else 2


def _column(texts: Any, of: Any) -> Any:
    """A column of text as its type; empty is null where the type is not text."""
    import pyarrow as pa
    import pyarrow.compute as compute

    if of == pa.string():
        return texts
    return compute.if_else(compute.equal(texts, ""), pa.scalar(None, pa.string()), texts).cast(of)


def _decimals(texts: Any) -> int:
    """The most decimals that a text of a column has."""
    import pyarrow.compute as compute

    at, length = compute.find_substring(texts, "."), compute.utf8_length(texts)
    found = compute.if_else(compute.equal(at, -1), 0, compute.subtract(compute.subtract(length, at), 1))
    return int(compute.max(found).as_py() or 0)
