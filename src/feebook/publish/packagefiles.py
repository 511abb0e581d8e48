"""The packages as files to download, under `data/`: as they are, as one zip, as a workbook, as JSON and as Parquet."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from feebook import history
from feebook.archive import archive, sums
from feebook.package import Package
from feebook.publish import bulk, columnar, inputs, workbook
from feebook.publish.book import Book
from feebook.publish.output import Made, Output, copy, put


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: `path` is below the site; `rows` is 0 where the file is not one table."""

    name: str
    format: str
    path: str
    bytes: int
    rows: int
    sha256: str

    @property
    def size(self) -> str:
        """The size for a reader: `12 kB`, `3.4 MB`."""
        if self.bytes >= 999_500:
            return f"{self.bytes / 1_000_000:.1f} MB"
        return f"{max(1, round(self.bytes / 1000)):,} kB"


@dataclass(frozen=True, slots=True)
class Table:
    """A resource of a package with its files, by format."""

    name: str
    description: str
    rows: int
    files: dict[str, Download]


@dataclass(frozen=True, slots=True)
class Files:
    """What there is to download of a year's package."""

    year: int
    version: str
    whole: dict[str, Download]
    tables: tuple[Table, ...]
    sums: str

    def all(self) -> list[Download]:
        return [*self.whole.values(), *(one for table in self.tables for one in table.files.values())]


FORMATS = {"csv": "CSV", "json": "JSON", "parquet": "Parquet"}
"""The formats of a table, and what a page calls them."""


def packages(book: Book, out: Output) -> dict[int, Files]:
    """The files of every year's package; those of a package that did not change since the last build are kept."""
    engine = [inputs.ENGINE / "publish" / f"{name}.py" for name in ("bulk", "columnar", "packagefiles", "workbook")]
    written_by = inputs.digest(inputs.libraries(), *engine, inputs.ENGINE / "archive.py")
    keys = {
        str(held.year): inputs.digest(written_by, held.folder, released(book.datasets, held)) for held in book.packages
    }
    found = out.each("package", keys, partial(_package, book.datasets, out.root))
    return {int(year): files for year, files in found.items()}


def others(book: Book, out: Output) -> None:
    """The factors of every year, and the archived versions."""
    folders = (book.datasets / "conversion_factors", book.datasets / "archive")
    paths = [path for folder in folders for path in sorted(folder.glob("*"))]
    out.add("other packages", [copy(out.root, f"data/{path.parent.name}/{path.name}", path) for path in paths])


def version(held: Package) -> str:
    """The version of a package; one that has changed since says so: `2024.8.1-unreleased`."""
    log = held.folder / "CHANGELOG.md"
    text = log.read_text(encoding="utf-8") if log.exists() else ""
    return f"{held.descriptor()['version']}{'-unreleased' if history.unreleased(text) else ''}"


def released(datasets: Path, held: Package) -> Path:
    """Where the archive of a package's own version lies, if it was released."""
    return datasets / "archive" / f"feebook-{held.descriptor()['version']}.zip"


def _package(datasets: Path, root: Path, year: str) -> Made[Files]:
    held = Package(datasets / year)
    named = version(held)
    asis = [copy(root, f"data/{year}/{path.name}", path) for path in sorted(held.folder.iterdir()) if path.is_file()]
    tables = tuple(_table(held, named, root, one) for one in held.descriptor()["resources"])
    made = {"zip": archive(held, named, released(datasets, held)), "xlsx": workbook.xlsx(held, named)}
    whole = {
        form: _put(root, f"feebook-{year}", form, f"data/{year}/feebook-{named}.{form}", data)
        for form, data in made.items()
    }
    listed = f"data/{year}/SHA256SUMS"
    files = Files(int(year), named, whole, tables, listed)
    put(root, listed, sums({Path(one.path).name: one.sha256 for one in files.all()}))
    return sorted({*asis, *(one.path for one in files.all()), listed}), files


def _table(held: Package, named: str, root: Path, described: dict[str, object]) -> Table:
    name, rows = str(described["name"]), int(str(described["rows"]))
    base = f"data/{held.year}/{name}"
    notes = {"feebook": f"feebook-{named} {name}", "notice": "\n".join(held.descriptor()["notices"])}
    made = {
        "csv": (f"{base}.csv", held.path(name).read_bytes()),
        "json": (f"{base}.json.gz", _json(held, named, name)),
        "parquet": (f"{base}.parquet", columnar.parquet(held.path(name), notes)),
    }
    files = {form: _put(root, name, form, path, data, rows) for form, (path, data) in made.items()}
    return Table(name, _said(described), rows, files)


def _said(described: dict[str, object]) -> str:
    schema = described["schema"]
    return str(schema.get("description", "")) if isinstance(schema, dict) else ""


def _put(root: Path, name: str, form: str, path: str, data: bytes, rows: int = 0) -> Download:
    put(root, path, data)
    return Download(name, form, path, len(data), rows, hashlib.sha256(data).hexdigest())


def _json(held: Package, named: str, name: str) -> bytes:
    """A resource as compressed JSON: its rows as in the CSV, exact text, empty fields left out."""
    head = {"package": f"feebook-{named}", "resource": name, "notices": held.descriptor()["notices"]}
    text = json.dumps(head, ensure_ascii=False)
    texts = bulk.read(held.path(name))
    body = ",\n".join(bulk.objects({column: texts[column] for column in texts.column_names}))
    return gzip.compress(f'{text[:-1]}, "rows": [\n{body}\n]}}\n'.encode(), 6, mtime=0)
