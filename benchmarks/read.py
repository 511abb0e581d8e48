"""What reading costs, as ratios measured in one run: `python benchmarks/read.py [--pages 1000] [--repeat 3]`.

Against pdfplumber with its defaults on the same drawn documents: 17 ruled pages, and a long document with a few tables
among prose. Then the peak memory of a reading and the cold start of `feebook read`. Prints a Markdown table; the goals
are those the project set itself before building.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pdfplumber

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from feebook.amounts import DOLLAR, half_up  # noqa: E402
from feebook.guides.read import read  # noqa: E402
from tests import draw  # noqa: E402

FACTOR: Final = Decimal("33.2875")
ROWS: Final = 18
STYLE: Final = draw.Style(landscape=True, size=7)
FACILITY: Final = ("PI", "Payment", "SI", "APC", "Payment")
HEADING: Final = (
    ("CPT Code", "Service", "RVUs", "", "", "Physician Payment", "", "ASC", "", "Hospital Outpatient", "", ""),
    ("", "", "Work", "Facility Total", "Non-Facility Total", "Facility", "Non-Facility", *FACILITY),
)
PROSE: Final = (
    "Payment for a service depends on the setting and on the day of service, and differs between localities.",
    "A claim names the code that describes the service best; the medical record has to bear it out.",
    "This page explains how rates are set and holds no rates, though it names a code such as 36901 in passing.",
    "Contractors publish their own articles. Their numbers, 06101 for one, look like codes and are none.",
)


Rows = list[tuple[str, ...]]
"""Table rows, code first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the result: what was measured, ours, theirs, and the goal in words."""

    what: str
    ours: str
    theirs: str
    ratio: str
    goal: str


def ruled_pages(pages: int, rows: int) -> list[list[draw.Table]]:
    """Ruled tables of codes, one a page."""
    return [
        [draw.Table(f"Physician services CY 2024, part {n + 1}", HEADING, tuple(_rows(n * rows, rows)))]
        for n in range(pages)
    ]


def _rows(first: int, count: int) -> Iterator[tuple[str, ...]]:
    for n in range(first, first + count):
        work = Decimal(100 + 7 * n % 2300) / 100
        total = work + Decimal(50 + 3 * n % 700) / 100
        office = total + Decimal(10 * n % 9000) / 100
        dollars = (f"${half_up(value * FACTOR, DOLLAR):,}" for value in (total, office))
        physician = (f"{work:.2f}", f"{total:.2f}", f"{office:.2f}", *dollars)
        facility = ("J8", f"${500 + 17 * n:,}", "J1", str(5100 + n % 90), f"${900 + 23 * n:,}")
        yield (str(20000 + 13 * n), f"Group {n % 7 + 1} of the drawn services", *physician, *facility)


def figures(row: Sequence[str]) -> tuple[str, ...]:
    """A row without its wording."""
    return (*row[:1], *row[2:])


def due(pages: Sequence[Sequence[draw.Table]]) -> Rows:
    """The rows of the tables, as they should be read."""
    return [figures(row) for tables in pages for row in tables[0].rows]


def prose_page(number: int) -> draw.Table:
    """A page of prose, drawn as lines of one column without rules."""
    lines = tuple((f"{PROSE[(number + n) % len(PROSE)]}",) for n in range(34))
    return draw.Table(f"Chapter {number // 40 + 1}", (("",),), lines, bare=True)


def long_document(pages: int) -> bytes:
    """A document of prose with a ruled table on every 150th page; no page is like another to a cache."""
    tables = iter(ruled_pages(len(range(75, pages, 150)), ROWS))
    content = [next(tables) if n % 150 == 75 else [prose_page(n)] for n in range(pages)]
    return draw.document(content, STYLE)


def plumbed(path: Path) -> Rows:
    """Every row that pdfplumber finds with its defaults, page by page."""
    found: Rows = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            found += [figures([text or "" for text in row]) for table in page.extract_tables() for row in table]
            page.close()
    return found


def our_rows(path: Path) -> Rows:
    """Every code with what is printed beside it, in the order read."""
    rows: dict[tuple[str, str], list[str]] = {}
    for cell in read(path).cells:
        rows.setdefault((cell.page, cell.code), [cell.code]).append(cell.printed)
    return [tuple(row) for row in rows.values()]


def timed(work: Callable[[Path], Rows], path: Path, repeat: int) -> tuple[float, Rows]:
    """The median seconds of some runs, and what the last one gave."""
    seconds: list[float] = []
    for _ in range(repeat):
        start = time.perf_counter()
        result = work(path)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), result


def exact(found: Rows, due: Rows) -> int:
    """How many of the rows due were found whole."""
    have = set(found)
    return sum(row in have for row in due)


def against(name: str, path: Path, wanted: Rows, repeat: int, goal: str) -> Measured:
    """Both readers on one file."""
    ours, our_found = timed(our_rows, path, repeat)
    theirs, their_found = timed(plumbed, path, repeat)
    return Measured(
        name,
        f"{ours:.2f} s, {exact(our_found, wanted)} of {len(wanted)} rows",
        f"{theirs:.2f} s, {exact(their_found, wanted)} of {len(wanted)} rows",
        f"{theirs / ours:.1f}×",
        goal,
    )


def peak_megabytes(path: Path) -> float:
    """The most memory that a fresh process took to read a file."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (path,))


def _peak(path: Path) -> float:
    our_rows(path)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cold_start(path: Path, repeat: int) -> float:
    """The median seconds from typing the command to its end, for a two-page guide."""
    command: list[Any] = [Path(sys.executable).parent / "feebook", "read", path, "--format", "csv"]
    seconds: list[float] = []
    for _ in range(repeat + 2):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def measure(folder: Path, pages: int, repeat: int) -> Iterator[Measured]:
    """Every line of the result."""
    short, long = folder / "ruled.pdf", folder / "long.pdf"
    ruled, few = ruled_pages(17, ROWS), ruled_pages(len(range(75, pages, 150)), ROWS)
    short.write_bytes(draw.document(ruled, STYLE))
    long.write_bytes(long_document(pages))
    yield against("17 ruled pages, against pdfplumber defaults", short, due(ruled), repeat, "5×, stretch 10×")
    name = f"{pages:,} pages with a few tables, against pdfplumber page by page"
    yield against(name, long, due(few), 1, "40×, stretch 60×")
    for name, path in (("17 ruled pages", short), (f"{pages:,} pages", long)):
        yield Measured(f"peak memory, {name}", f"{peak_megabytes(path):.0f} MB", "", "", "150 MB")
    guide = ROOT / "examples" / "guides" / "boston-scientific-ivus-2024.pdf"
    yield Measured(
        "`feebook read` of a two-page guide, cold start",
        f"{cold_start(guide, repeat):.2f} s",
        "",
        "",
        "0.8 s, stretch 0.5 s",
    )


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=1000, help="pages of the long document")
    arguments.add_argument("--repeat", type=int, default=3, help="runs of each short measure; the median counts")
    said = arguments.parse_args()
    print("| what | Feebook | pdfplumber | ratio | goal |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for line in measure(Path(folder), said.pages, said.repeat):
            print(f"| {line.what} | {line.ours} | {line.theirs} | {line.ratio} | {line.goal} |", flush=True)


if __name__ == "__main__":
    main()
