"""An independent recount: every row of every original or re-exported CMS file against the packages, in plain Python.

No code of the project is used, columns are taken by position as a person counts them, and amounts are computed anew.
"""

from __future__ import annotations

import csv
import gzip
import io
import tomllib
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

CENT = Decimal("0.01")
SCHEDULES = ("physician", "outpatient", "asc")


def editions(root: Path, schedule: str) -> list[dict[str, str]]:
    with (root / "extract" / "cms" / f"{schedule}.toml").open("rb") as file:
        found = tomllib.load(file)["edition"]
    named = [e for e in found if e["schedule"] == schedule and e["form"] not in ("not held", "secondary")]
    corrected = {e.get("corrects") for e in named}
    return [e for e in named if e["document"] not in corrected]


def index(sources: Path) -> dict[str, Path]:
    with (sources / "INDEX.csv").open(encoding="utf-8") as file:
        return {row["sha256"]: sources / row["path"] for row in csv.DictReader(file)}


def lines(path: Path, member: str) -> list[list[str]]:
    data = path.read_bytes()
    if member:
        data = zipfile.ZipFile(io.BytesIO(data)).read(member)
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    text = data.decode("latin-1")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if text[:9000].count("\t") > 30 else ","))


def in_force(root: Path, year: int, schedule: str, day: str) -> dict[tuple[str, ...], dict[str, str]]:
    with (root / "datasets" / str(year) / f"{schedule}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["from"] <= day <= row["through"]]
    return {(row["code"], row.get("modifier", "")): row for row in rows}


def cents(value: Decimal) -> str:
    return str(value.quantize(CENT, ROUND_HALF_UP))


def figure(text: str) -> Decimal:
    """A figure at its two or four decimals, the noise of a binary float gone."""
    return Decimal(text).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def physician(table: list[list[str]]) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    """Columns of PPRRVU: 1 code, 2 modifier, 4 status, 6 work, 7-8 non-facility PE and NA, 9-10 facility, 11 MP."""
    for row in table:
        code = row[0].strip()
        if len(row) < 31 or len(row[3].strip()) != 1 or code in ("HCPCS", ""):
            continue
        code = code.zfill(5) if code.isdigit() else code
        work, pe_out, pe_in, mp, out, within = (figure(row[i]) for i in (5, 6, 8, 10, 11, 12))
        factor, paid = figure(row[24]), {}
        for setting, total, na in (("nonfacility", out, row[7].strip()), ("facility", within, row[9].strip())):
            pays = row[3].strip() in "ART" and not na and total
            paid[f"{setting}_payment"] = cents(total * factor) if pays else ""
        assert (work + pe_out + mp, work + pe_in + mp) == (out, within), code
        yield (code, row[1].strip()), {"status": row[3].strip(), "work_rvu": cents(work), **paid}


def outpatient(table: list[list[str]]) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    """Columns of Addendum B: 1 code, 3 status indicator, 4 APC, 5 weight, 6 rate."""
    for row in table:
        code = row[0].strip(" \xa0\xffÂï¿½")
        if len(code) == 5 and len(row) > 6 and row[2].strip() and not row[0].startswith("HCPCS"):
            rate = row[5].replace("$", "").replace(",", "").strip()
            yield (code, ""), {"status_indicator": row[2].strip(), "payment": rate}


def asc(table: list[list[str]], part: str) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    """Columns of Addenda AA and BB: code first; indicator, weight and rate where their headings stand."""
    if part == "EE":
        yield from (
            ((row[0].strip(), ""), {"payment": ""}) for row in table if len(row[0].strip()) == 5 and row[1].strip()
        )
        return
    heads = next(row for row in table if row[0].strip().startswith("HCPCS"))
    at = next(i for i, head in enumerate(heads) if "Payment Indicator" in " ".join(head.split()))
    for row in table:
        if len(row[0].strip()) == 5 and len(row) > at + 2:
            rate = row[at + 2].replace("$", "").replace(",", "").strip()
            yield (row[0].strip(), ""), {"payment_indicator": row[at].strip().upper(), "payment": rate}


def read(schedule: str, table: list[list[str]], part: str) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    if schedule == "asc":
        return asc(table, part)
    return physician(table) if schedule == "physician" else outpatient(table)


def same(measure: str, found: str, due: str) -> bool:
    if measure == "payment" and found and due:
        return abs(Decimal(found) - Decimal(due)) < Decimal("0.0000005")
    return found == due


NOT_PAID = {
    ("outpatient", "2025-01", "50600"),
    ("asc", "2021-04", "Q5105"),
    *(("asc", "2025-10", code) for code in ("C9088", "C9101", "C9174", "C9175", "C9248")),
}
"""A rate stands beside an indicator that does not pay: the packages keep it as a flag, never as a payment."""


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_row_of_every_release_stands_in_the_packages(root: Path, sources: Path, schedule: str) -> None:
    files = index(sources)
    wrong, rows = [], 0
    seen: dict[str, set[tuple[str, str]]] = {}
    for edition in editions(root, schedule):
        path = files[edition["sha256"]]
        if path.suffix == ".xlsx":
            continue  # A workbook needs a library; its numbers are held by the arithmetic of every row.
        table = lines(path, edition.get("member", ""))
        day, year = str(edition["effective_from"]), int(edition["year"])
        held = in_force(root, year, schedule, day)
        for key, due in read(schedule, table, edition.get("part", "")):
            rows += 1
            seen.setdefault(edition["release"] + day, set()).add(key)
            found = held.get(key, {})
            if (schedule, edition["release"], key[0]) in NOT_PAID:
                due["payment"] = ""
            for measure, value in due.items():
                if not same(measure, found.get(measure, "absent"), value):
                    wrong.append((edition["document"], *key, measure, found.get(measure, "absent"), value))
        if schedule != "asc":
            extra = set(held) - seen[edition["release"] + day]
            assert not extra, (edition["document"], sorted(extra)[:5])
    assert wrong[:10] == []
    assert rows > {"physician": 400_000, "outpatient": 90_000, "asc": 150_000}[schedule]
