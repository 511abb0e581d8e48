"""The cells of a CSV as columns of text, put together row by row: each different text of a column is formatted once.

A package repeats itself: of a million cells a few thousand differ. Columns are arrays of pyarrow; null is no text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from feebook import package

SLICE = 8_192
"""Rows that are put together at a time, so that no table ever stands in memory as one text."""


def read(path: Path) -> Any:
    """A resource's CSV as a table of text; an empty cell is an empty text."""
    import pyarrow as pa
    from pyarrow import csv

    types = dict.fromkeys(package.columns(path.stem), pa.string())
    return csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=types, strings_can_be_null=False))


def formatted(column: Any, form: Callable[[str], str | None]) -> Any:
    """A column with each text as `form` gives it, null where it gives None; `form` must depend on the text alone."""
    import pyarrow as pa

    found = pa.chunked_array([column]) if isinstance(column, pa.Array) else column
    known = found.combine_chunks().dictionary_encode()
    return pa.array(map(form, known.dictionary.to_pylist()), pa.string()).take(known.indices)


def joined(columns: Sequence[Any], between: str = "") -> Any:
    """The texts of each row as one; nulls are left out."""
    import pyarrow.compute as compute

    return compute.binary_join_element_wise(*columns, between, null_handling="skip")


def beside(*parts: Any) -> Any:
    """Texts and columns put together row by row; null where a column is."""
    import pyarrow.compute as compute

    return compute.binary_join_element_wise(*parts, "", null_handling="emit_null")


def slices(columns: Sequence[Any]) -> Iterator[tuple[int, list[Any]]]:
    """The first row and the columns of some thousand rows after the other."""
    rows = len(columns[0]) if columns else 0
    for at in range(0, rows, SLICE):
        yield at, [column.slice(at, SLICE) for column in columns]


def columns(lines: Iterable[Sequence[str]]) -> list[Any]:
    """Rows of text as columns."""
    import pyarrow as pa

    return [pa.array(column, pa.string()) for column in zip(*lines, strict=True)]


def objects(columns: Mapping[str, Any]) -> Iterator[str]:
    """Columns by name as a JSON object for each row: exact text, empty cells left out."""
    told = [formatted(column, partial(_member, _quoted(name))) for name, column in columns.items()]
    for _, some in slices(told):
        yield from (f"{{{members}}}" for members in joined(some, ",").to_pylist())


def _member(name: str, text: str) -> str | None:
    return f"{name}:{_quoted(text)}" if text else None


_quoted = json.JSONEncoder(ensure_ascii=False).encode
