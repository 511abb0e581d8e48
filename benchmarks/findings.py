"""What judging guides costs, against only reading them.

    python benchmarks/findings.py [FOLDER]

All guides of a folder (the example guides, if none is given) are read, then held against the packages. Both run in this
process, one after the other: trust the ratio.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from feebook import project
from feebook.findings.checked import check_readings
from feebook.guides.read import Reading, Refused, read


def readings(folder: Path) -> list[Reading]:
    """Every guide of a folder that can be read."""
    found = []
    for path in sorted(folder.glob("*.pdf")):
        try:
            found.append(read(path))
        except Refused:
            continue
    return found


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else project.folder("examples") / "guides"
    readings(folder)  # imports and caches are no part of either
    start = time.process_time()
    given = readings(folder)
    middle = time.process_time()
    guides = check_readings(given, project.folder("datasets"))
    end = time.process_time()
    numbers = sum(len(one.findings) for one in guides)
    print("| what | guides | numbers | seconds | share of reading | goal |\n|---|---|---|---|---|---|")
    share = (end - middle) / (middle - start)
    print(f"| findings | {len(guides)} | {numbers:,} | {end - middle:.2f} | {share:.2f}× | 2 s |")


if __name__ == "__main__":
    main()
