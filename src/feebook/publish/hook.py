"""What `mkdocs build` and `mkdocs serve` call: data into hand-written pages, and every page that is data only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from feebook.publish.build import Build

_build: Build | None = None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    global _build
    _build = Build.start(config.site_url or "")
    config.extra.update(_build.extra([Path(folder) for folder in config.theme.dirs]))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for path, text in _now().virtual_pages(Path(config.site_dir)):
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return _now().markdown(page.file.src_uri, markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return _now().content(html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    return _now().page(page.file.src_uri, output, page.canonical_url or "", page.url)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return "" if template_name == "sitemap.xml" else output_content


def on_post_build(config: MkDocsConfig) -> None:
    _now().finish(Path(config.site_dir))


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
]
