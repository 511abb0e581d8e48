"""The packages as files to download, under `data/`."""

from __future__ import annotations

from pathlib import Path

from feebook.publish.book import Book
from feebook.publish.output import copy


def packages(book: Book, root: Path) -> list[str]:
    """The packages as they are, with the factors of every year and the archived versions; the files written."""
    others = (book.datasets / "conversion_factors", book.datasets / "archive")
    return [
        copy(root, f"data/{folder.name}/{path.name}", path)
        for folder in (*(held.folder for held in book.packages), *others)
        for path in sorted(folder.glob("*"))
        if path.suffix in (".csv", ".json", ".md", ".zip")
    ]
