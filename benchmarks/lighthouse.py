"""Lighthouse on the home page, a code, a comparison: performance, accessibility, best practices, search engines.

python benchmarks/lighthouse.py [public] [PATH…]     scores on a phone, as Lighthouse takes them by default

Needs Node and the system's Chromium. Lighthouse is fetched by npx into npm's own cache; the project does not depend on
it. The site is served from this process with gzip, as any host does.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 95, "seo": 95}
PATHS = ("", "codes/37252/", "compare/2024-2025/")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


class Zipped(SimpleHTTPRequestHandler):
    """Serves text gzipped and says that it may be kept for a day."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data, kind = path.read_bytes(), self.guess_type(str(path))
        zipped = kind.startswith(("text/", "image/svg", "application/json"))
        data = gzip.compress(data, 6) if zipped else data
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Cache-Control", "max-age=86400")
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def main() -> None:
    site = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "public")
    if not shutil.which("npx"):
        sys.exit("benchmarks/lighthouse.py: Node with npx was due, none was found")
    handler = functools.partial(Zipped, directory=str(site))
    missed = False
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"{'page':28}" + "".join(f"{name:>16}" for name in GOALS))
        for path in sys.argv[2:] or PATHS:
            report = measure(f"http://127.0.0.1:{server.server_port}/{path}")
            scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in GOALS}
            print(f"/{path:27}" + "".join(f"{scores[name]:>16}" for name in GOALS))
            missed |= any(scores[name] < goal for name, goal in GOALS.items())
            for line in complaints(report):
                print(f"  {line}")
        server.shutdown()
    sys.exit(1 if missed else 0)


def measure(address: str) -> dict[str, Any]:
    """Lighthouse's report on one page."""
    command = ["npx", "--yes", "lighthouse", address, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    env = os.environ | {"CHROME_PATH": os.environ.get("CHROME_PATH", "/usr/bin/chromium")}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def complaints(report: dict[str, Any]) -> list[str]:
    """The audits that count and are not passed, with what they say, worst first."""
    weights = {ref["id"]: ref["weight"] for name in GOALS for ref in report["categories"][name]["auditRefs"]}
    low = [
        (audit["score"], f"{audit['score']:.2f} {audit['title']} {audit.get('displayValue', '')}".strip())
        for name, audit in report["audits"].items()
        if audit["score"] is not None and audit["score"] < 0.9 and weights.get(name)
    ]
    return [said for _, said in sorted(low)]


if __name__ == "__main__":
    main()
