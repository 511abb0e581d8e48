"""The datapackage.json of a package: what it holds, of which sources, under which notices."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from feebook.package.resources import RESOURCES, Row, schema

NOTICES = (
    "CPT® codes copyright {code_year} American Medical Association. All rights reserved. CPT is a registered "
    "trademark of the American Medical Association. Applicable FARS/DFARS restrictions apply to government use. Fee "
    "schedules, relative value units, conversion factors and related components are not assigned by the AMA, are not "
    "part of CPT, and the AMA is not recommending their use. The AMA assumes no liability for data contained or not "
    "contained herein.",
    "National unadjusted amounts. No locality, claim edits, multiple-procedure reduction or sequestration unless "
    "shown. Not legal, coding or reimbursement advice. The source wins over us. No affiliation with CMS, the AMA or "
    "any vendor.",
)
"""What every package and page with Level I codes says; the code set is one year older than the fee schedule."""


def describe(
    name: str, title: str, version: str, contents: Mapping[str, bytes], sources: Sequence[Row]
) -> dict[str, Any]:
    """The datapackage.json of files named `<resource>.csv`; `sources` are the documents that they come from."""
    return {
        "profile": "data-package",
        "name": name,
        "title": title,
        "version": version,
        "licenses": [
            {
                "name": "CC0-1.0",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
                "title": "CC0 1.0 for figures and arrangement; CPT codes copyright American Medical Association",
            }
        ],
        "sources": [
            {"title": row["title"], **({"path": row["url"]} if row["url"] else {})}
            for row in sources
            if row["kind"] != "guide"
        ],
        "resources": [described(name, contents[f"{name}.csv"]) for name in RESOURCES if f"{name}.csv" in contents],
    }


def described(name: str, data: bytes) -> dict[str, Any]:
    """One resource of a datapackage.json: its schema, bytes, rows and hash."""
    return {
        "name": name,
        "type": "table",
        "title": schema(name)["title"],
        "path": f"{name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "rows": data.count(b"\n") - 1,
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema(name),
    }


def to_json(said: Mapping[str, Any]) -> bytes:
    """A datapackage.json as it stands on disk."""
    return (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()
