"""What `mkdocs build` and `mkdocs serve` call: data into hand-written pages, and every page that is data only.

MkDocs empties its `site_dir` before each build. It is given a folder of its own beside the output; what it wrote there
is brought over at the end, so that a page that did not change is not written again.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from feebook.publish.build import Build
from feebook.publish.output import state
from feebook.publish.shell import clean

_build: Build | None = None
_serving = False


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    global _build
    root = Path(config.site_dir)
    _build = Build.start(config.site_url or "", root, config.extra.get("publish", {}))
    config.extra.update(_build.extra([Path(folder) for folder in config.theme.dirs]))
    config.site_dir = str(state(root) / "pages")
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for path, text in _now().virtual_pages():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return _now().markdown(page.file.src_uri, markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return _now().content(page.file.src_uri, str(page.meta.get("title") or page.title), page.url, html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    return _now().page(page.file.src_uri, output, page.canonical_url or "", page.url)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return "" if template_name == "sitemap.xml" else clean(output_content)


@event_priority(-100)  # after the plugin that writes the index of the text pages
def on_post_build(config: MkDocsConfig) -> None:
    _now().finish(Path(config.site_dir))
    config.site_dir = str(_now().out.root)


def on_shutdown() -> None:
    """A site that was only looked at leaves nothing behind."""
    if _serving and _build:
        shutil.rmtree(state(_build.out.root), ignore_errors=True)


def _now() -> Build:
    assert _build is not None
    return _build


__all__: list[Any] = [
    "on_config",
    "on_files",
    "on_page_content",
    "on_page_markdown",
    "on_post_build",
    "on_post_page",
    "on_post_template",
    "on_shutdown",
    "on_startup",
]
