"""Pictures of each kind of page: desktop, phone and dark, into a folder, to be looked at.

python benchmarks/screenshots.py [public] [OUT]    every kind of page, whole length, into OUT (screenshots/)
python benchmarks/screenshots.py --assets          the pictures that the README and shared links show, into site/assets/
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
KINDS = {
    "home": "",
    "codes": "codes/",
    "range": "codes/37xxx/",
    "code": "codes/37252/",
    "no-code": "codes/?code=37298",
    "compare-index": "compare/",
    "compare": "compare/2024-2025/",
    "compare-mine": "compare/2024-2025/#codes=37252-37253,93458&kind=every&dollars=0&percent=0",
    "years": "years/",
    "year": "years/2024/",
    "guides": "guides/",
    "guide": "guides/boston-scientific-ivus/",
    "families": "families/",
    "family": "families/leg-revascularization/",
    "factors": "factors/",
    "data": "data/",
    "method": "method/",
    "glossary": "glossary/",
    "errata": "errata/",
    "not-here": "404.html",
}
"""Kind of page → an address of it."""

VIEWS = {"desktop": (1280, 900, "light"), "phone": (390, 844, "light"), "dark": (1280, 900, "dark")}
README = {"guide": (KINDS["guide"], 1000), "code": ("codes/37252/", 1000), "compare": (KINDS["compare-mine"], 1000)}

SHARE = """<style>@font-face{font-family:S;src:url(assets/fonts/feebook-serif.woff2)}
@font-face{font-family:T;src:url(assets/fonts/feebook-sans.woff2)}
body{margin:0;width:1200px;height:630px;background:#fbfaf6;color:#1b2326;font:34px/1.4 T;
box-sizing:border-box;padding:90px;border-bottom:18px solid #0b5a66}
h1{font:600 92px/1.1 S;margin:24px 0 30px;letter-spacing:-.02em}
p{margin:0;color:#566168}
b{font:600 44px S;color:#1b2326;display:flex;gap:18px;align-items:center}img{width:56px}</style>
<b><img src="assets/favicon.svg">Feebook</b><h1>What Medicare pays,<br>code by code</h1>
<p>Physician, hospital outpatient and surgery center, 2019 to 2026.<br>
Every amount with its dates, its reason and its source.</p>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def main() -> None:
    from playwright.sync_api import sync_playwright

    assets = "--assets" in sys.argv
    places = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    site = Path(places[0]) if places else ROOT / "public"
    out = ROOT / "site" / "assets" if assets else Path(places[1] if len(places) > 1 else ROOT / "screenshots")
    out.mkdir(parents=True, exist_ok=True)
    with served(site) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        if assets:
            for name, (path, high) in README.items():
                picture(browser, address + path, out / f"page-{name}.png", (1120, high, "light"), whole=False)
            share(browser, address, out / "share.png")
            for path in (*(out / f"page-{name}.png" for name in README), out / "share.png"):
                lighter(path)
        else:
            for view, frame in VIEWS.items():
                for name, path in KINDS.items():
                    picture(browser, address + path, out / f"{name}-{view}.png", frame, whole=True)
        browser.close()
    print(f"{out}/")


def picture(browser: Browser, address: str, path: Path, frame: tuple[int, int, str], whole: bool) -> None:
    """One page, once its fonts and its rows are there."""
    wide, high, scheme = frame
    context = browser.new_context(
        viewport={"width": wide, "height": high},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.reload()  # the fonts are kept now: a first visit may go without
    page.wait_for_timeout(700)
    if "#" in address and not whole:
        page.evaluate("document.querySelector('#changes').scrollIntoView()")
        page.wait_for_timeout(200)
    page.screenshot(path=str(path), full_page=whole)
    context.close()


def share(browser: Browser, address: str, path: Path) -> None:
    """The picture that a shared link shows."""
    page = browser.new_page(viewport={"width": 1200, "height": 630})
    page.goto(address + "codes/")
    page.set_content(f'<base href="{address}">{SHARE}')
    page.wait_for_timeout(500)
    page.screenshot(path=str(path))
    page.close()


def lighter(path: Path) -> None:
    """A picture in 256 colours, a third of the bytes: what is committed stays with the repository for good."""
    from PIL import Image

    with Image.open(path) as whole:
        few = whole.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main()
