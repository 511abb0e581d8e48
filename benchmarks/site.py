"""Measures the site against its goals: time, memory, a second build, weight of pages and of the index, its links.

python benchmarks/site.py            builds the whole site into a temporary folder
python benchmarks/site.py public     measures a site that is already built
"""

from __future__ import annotations

import gzip
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from feebook.publish.links import broken

ROOT = Path(__file__).resolve().parents[1]
GOALS = {
    "build, seconds": (60, 25),
    "build again, nothing changed, seconds": (15, 5),
    "links that do not hold": (0, 0),
    "memory of the largest process, MB": (1000, 500),
    "page of a code, median bytes": (20_000, 14_000),
    "page of a code, 90th percentile, bytes": (20_000, 14_000),
    "first load of a code page, gzipped bytes": (100_000, 80_000),
    "index of codes, gzipped bytes": (100_000, 100_000),
}
"""What is measured → goal and stretch goal."""


def main() -> None:
    measured: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(sys.argv[1]) if len(sys.argv) > 1 else _build(Path(folder) / "public", measured)
        measured |= _weights(site)
        measured["links that do not hold"] = len(broken(site))
    for name, value in measured.items():
        goal, stretch = GOALS.get(name, (0, 0))
        verdict = (
            ""
            if name not in GOALS
            else "stretch met"
            if value <= stretch
            else "goal met"
            if value <= goal
            else "MISSED"
        )
        print(f"{name:45}{value:>14,.0f}   {verdict}")


def _build(out: Path, measured: dict[str, float]) -> Path:
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(ROOT / "mkdocs.yml"), "-d", str(out)]
    subprocess.run(command, cwd=ROOT, env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    measured["build, seconds"] = time.monotonic() - started
    measured["build, processor seconds"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    measured["memory of the largest process, MB"] = after.ru_maxrss / 1024
    started = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=env, check=True)
    measured["build again, nothing changed, seconds"] = time.monotonic() - started
    return out


def _weights(site: Path) -> dict[str, float]:
    pages = sorted(path for path in site.glob("codes/*/index.html") if len(path.parent.name) == 5)
    pages = [path for path in pages if (path.parent / f"{path.parent.name}.csv").exists()]
    sizes = sorted(path.stat().st_size for path in pages)
    page = (site / "codes/37252/index.html").read_bytes()
    linked = re.findall(rb'(?:href|src)="?\.\./\.\./(assets/[^\s">]+\.(?:css|js|svg))', page)
    scripted = site / "assets/terms.js"  # which assets/feebook.js brings
    first = [page, scripted.read_bytes(), *((site / name.decode()).read_bytes() for name in linked)]
    fonts = sum(path.stat().st_size for path in site.glob("assets/fonts/*.woff2"))
    index = json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))
    return {
        "pages in the sitemap": (site / "sitemap.xml").read_text(encoding="utf-8").count("<loc>"),
        "codes": index["codes"]["count"],
        "files": sum(1 for path in site.rglob("*") if path.is_file()),
        "whole site, MB": sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e6,
        "page of a code, median bytes": sizes[len(sizes) // 2],
        "page of a code, 90th percentile, bytes": sizes[len(sizes) * 9 // 10],
        "page of a code, largest, bytes": sizes[-1],
        "first load of a code page, gzipped bytes": sum(len(gzip.compress(data)) for data in first) + fonts,
        "index of codes, gzipped bytes": len(gzip.compress((site / "codes.txt").read_bytes())),
    }


if __name__ == "__main__":
    main()
