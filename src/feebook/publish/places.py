"""What a page needs to reckon an amount at a place, fetched only when a reader asks: indices, ZIP codes, OPPS caps.

Amounts and indices are exact text, as in the packages.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from feebook.package import Row
from feebook.publish.book import Book
from feebook.publish.output import put

_API = "api/v1"

ZIP_DIGITS = 2
"""So many first digits of a ZIP code name the file that holds it."""


def write(book: Book, root: Path) -> list[str]:
    """The files written below the folder of the site."""
    told = json.dumps(localities(book), ensure_ascii=False, separators=(",", ":"))
    files = [put(root, f"{_API}/localities.json", told + "\n")]
    files += [put(root, f"{_API}/zips/{prefix}.txt", text) for prefix, text in zips(book).items()]
    files += [put(root, f"{_API}/caps/{code}.tsv", text) for code, text in caps(book).items()]
    return files


def localities(book: Book) -> dict[str, Any]:
    """Every locality with its newest name and its indices of each stretch of dates: from, through, work, PE, MP."""
    found: dict[str, dict[str, Any]] = {}
    for held in book.packages:
        for row in held.rows("localities"):
            one = found.setdefault(row["locality"], {"indices": []})
            one |= {"state": row["state"], "name": row["name"]}
            indices = [row["work_gpci"], row["pe_gpci"], row["mp_gpci"]]
            one["indices"].append([row["from"], row["through"], *indices])
    return {"zips": _zip_release(book), "localities": dict(sorted(found.items()))}


def zips(book: Book) -> dict[str, str]:
    """First digits → a line for each ZIP code: ZIP, locality, `+` where its last four digits may lie in another one.

    First digits without a ZIP code have an empty file, so that asking is never an error. Only the newest ZIP file is
    served; it names every ZIP code that the one before it does.
    """
    rows: list[Row] = []
    for held in book.packages:
        rows = held.rows("zip_localities") or rows
    lines = ((row["zip"], f"{row['zip']} {row['locality']}{' +' if row['plus_four'] == '1' else ''}") for row in rows)
    found = {
        prefix: "".join(f"{line}\n" for _, line in same)
        for prefix, same in groupby(lines, key=lambda line: line[0][:ZIP_DIGITS])
    }
    every = (f"{number:0{ZIP_DIGITS}}" for number in range(10**ZIP_DIGITS)) if found else ()
    return dict.fromkeys(every, "") | found


def _zip_release(book: Book) -> str:
    """The release of the newest ZIP file."""
    return max(
        (row["release"] for rows in book.documents.values() for row in rows if row["schedule"] == "zip_localities"),
        default="",
    )


def caps(book: Book) -> dict[str, str]:
    """Code → a line for each cap: locality, modifier, from, through and the two prices, parted by tabs."""
    found: dict[str, list[str]] = {}
    for held in book.packages:
        for row in held.rows("opps_cap"):
            if row["code"] in book.codes:
                names = ("locality", "modifier", "from", "through", "facility_price", "nonfacility_price")
                found.setdefault(row["code"], []).append("\t".join(row[name] for name in names))
    return {code: "\n".join(lines) + "\n" for code, lines in sorted(found.items())}
