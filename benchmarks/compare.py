"""What comparing costs, as ratios measured in one run: `python benchmarks/compare.py [--years 2023 2024] [--repeat 5]`.

One year pair, all schedules, against csv-diff on the same rows (`pip install csv-diff`; it is no dependency of ours).
csv-diff gets the rows in force on the two days, cut to the columns that we read, under one key column; we read the
whole packages, find the days, and split every change besides. Prints a Markdown table; the goal was set before
building: 10 times, at best 30.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from feebook.compare import Comparison, compare, exact
from feebook.compare.days import side
from feebook.compare.loaded import Loaded, load
from feebook.compare.printers import to_csv

DATASETS: Final = Path(__file__).resolve().parents[1] / "datasets"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--years", nargs=2, default=["2023", "2024"])
    parser.add_argument("--repeat", type=int, default=5)
    asked = parser.parse_args()
    one, two = asked.years
    ours = least(lambda: counted(compare(one, two, datasets=DATASETS)), asked.repeat)
    rows = least(lambda: len(compare(one, two, datasets=DATASETS).rows), asked.repeat)
    text = least(lambda: len(to_csv(compare(one, two, datasets=DATASETS))), asked.repeat)
    amounts = len(compare(one, two, datasets=DATASETS).rows)
    print(f"{one} → {two}, all schedules, {amounts:,} amounts, least of {asked.repeat}\n")
    print("| | seconds | csv-diff | ratio |\n|---|--:|--:|--:|")
    theirs = csv_diff(one, two, asked.repeat)
    for what, seconds in (
        ("compared, split, counted", ours),
        ("the same, one object a row", rows),
        ("the same, as CSV", text),
    ):
        against = (f"{theirs:.2f}", f"{theirs / seconds:.1f}×") if theirs else ("not installed", "")
        print(f"| {what} | {seconds:.3f} | {' | '.join(against)} |")


def counted(found: Comparison) -> int:
    return sum(found.counts().values()) + found.noise


def least(what: Callable[[], object], repeat: int) -> float:
    """Seconds of processor time, the least of some runs: what others do on the machine only adds."""
    taken = []
    for _ in range(repeat):
        for kept in (exact.scaled_one, exact.money, exact.unit):
            kept.cache_clear()  # each run starts as a command does
        start = time.process_time()
        what()
        taken.append(time.process_time() - start)
    return min(taken)


def csv_diff(one: str, two: str, repeat: int) -> float:
    """Seconds that csv-diff takes to load and compare the same rows; 0 where it is not installed."""
    try:
        from csv_diff import compare as diff
        from csv_diff import load_csv
    except ImportError:
        return 0.0
    with tempfile.TemporaryDirectory() as folder:
        pairs = list(zip(*(written(Path(folder), year) for year in (one, two)), strict=True))

        def run() -> None:
            for before, after in pairs:
                with before.open(encoding="utf-8") as left, after.open(encoding="utf-8") as right:
                    diff(load_csv(left, key="key"), load_csv(right, key="key"))

        return least(run, max(1, repeat // 2))


def written(folder: Path, year: str) -> list[Path]:
    """The rows in force on the day of a year, one file a schedule, under one key column."""
    held: Loaded = load(side(year, "paid", DATASETS))
    paths = []
    for name, columns in held.columns.items():
        path = folder / f"{name}-{year}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["key", *columns])
            rows = zip(*columns.values(), strict=True)
            keys = zip(columns["code"], columns["modifier"], columns["track"], strict=True)
            writer.writerows([" ".join(key), *row] for key, row in zip(keys, rows, strict=True))
        paths.append(path)
    return paths


if __name__ == "__main__":
    main()
