"""The commands on the site: build it, look at it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from feebook import project
from feebook.errors import Usage, Wrong


def build(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where the site is written.")] = None,
    check: Annotated[bool, typer.Option(help="Follow every link of the site afterwards.")] = False,
) -> None:
    """Build the site from the packages: pages, downloads, static API. What did not change is not written again."""
    import logging
    import os

    # The theme prints an advertisement of its successor on each build otherwise.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as run
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    started = time.monotonic()
    if sys.stderr.isatty():
        typer.echo("Building every page; this takes about half a minute …", err=True)
    settings = {} if output is None else {"site_dir": str(output.resolve())}
    config = load_config(config_file=str(_config()), **settings)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        run(config)
    finally:
        config.plugins.on_shutdown()
    place = Path(config.site_dir)
    shown = place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place
    pages = (place / "sitemap.xml").read_text(encoding="utf-8").count("<loc>")
    typer.echo(f"{shown}/: {pages:,} pages in {time.monotonic() - started:.0f} s")
    if check:
        from urllib.parse import urlsplit

        from feebook.publish.links import broken

        found = broken(place, urlsplit(config.site_url or "").path or "/")
        for one in found:
            typer.echo(str(one))
        if found:
            raise Wrong(f"{len(found):,} links of the site do not hold")
        typer.echo("Every link leads somewhere, and no page asks another host.")


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8000,
    live: Annotated[bool, typer.Option(help="Build again whenever a page, template or package changes.")] = False,
) -> None:
    """Look at the site in a browser."""
    if live:
        from mkdocs.commands.serve import serve as run

        run(config_file=str(_config()), dev_addr=f"127.0.0.1:{port}", watch=[str(project.folder("templates"))])
        return
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    place = _config().parent / "public"
    if not (place / "index.html").exists():
        raise Usage("no site in public/ yet: run `feebook build` first")
    handler = partial(SimpleHTTPRequestHandler, directory=str(place))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        typer.echo(f"The site is at http://127.0.0.1:{port}/ (Ctrl-C ends)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("")


def _config() -> Path:
    """The mkdocs.yml of the project; the wheel carries no site."""
    path = project.root() / "mkdocs.yml"
    if not path.exists():
        raise Usage("no mkdocs.yml here or above: the site is built in a checkout of Feebook")
    return path
