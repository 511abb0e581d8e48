"""A year package: the CSV resources of one calendar year and the datapackage.json that describes them.

All CSV is UTF-8 with LF line ends, sorted by key, amounts as exact text. A package on disk is always whole.
"""

from __future__ import annotations

from feebook.package.descriptor import NOTICES, to_json
from feebook.package.held import Package, PackageError, load, years
from feebook.package.resources import RESOURCES, Row, columns, key, read_csv, schema, to_csv
from feebook.package.writing import replace, write, write_factors

__all__ = [
    "NOTICES",
    "RESOURCES",
    "Package",
    "PackageError",
    "Row",
    "columns",
    "key",
    "load",
    "read_csv",
    "replace",
    "schema",
    "to_csv",
    "to_json",
    "write",
    "write_factors",
    "years",
]
