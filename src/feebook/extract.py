"""Recipes and sources become year packages.

A resource is rebuilt when every source that its recipes name is at hand; else the committed rows stand, and that is
said. A document is known by its sha256, wherever it lies in the folder of sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from feebook import codes, package
from feebook.document import by_sha256
from feebook.findings import findings
from feebook.package import Row
from feebook.recipe import Edition, Recipe, recipes
from feebook.schedules import physician, sheet
from feebook.schedules.segments import Key, Release, fold, keyed
from feebook.schedules.sheet import SheetError

FORMS = ("original", "re-exported", "secondary")
"""Forms that are folded in, the one that is used where several of one release are at hand first."""

NOT_HELD = "not held"


@dataclass(frozen=True, slots=True)
class Source:
    """An edition, the recipe that names it and, where it is at hand, its file."""

    recipe: Recipe
    edition: Edition
    path: Path | None

    @property
    def held(self) -> bool:
        """False for an edition that is named so that its absence is known."""
        return self.edition.form != NOT_HELD


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one year: the files that changed and what was left as it was, in words."""

    year: int
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def extract(
    years: Sequence[int], recipe_folder: Path, source_folders: Sequence[Path], datasets: Path
) -> Iterator[Report]:
    """Build the packages of the years (all that the recipes name, if none), one after the other."""
    files: dict[str, Path] = {}
    for folder in source_folders:
        files = by_sha256(folder) | files
    sources = [
        Source(recipe, edition, files.get(edition.sha256))
        for recipe in recipes(recipe_folder)
        for edition in recipe.editions
    ]
    factors = list(package.read_csv(recipe_folder / "factors" / "conversion_factors.csv"))
    for year in years or sorted({source.edition.year for source in sources}):
        yield _year(year, [s for s in sources if s.edition.year == year], factors, datasets)


def _year(year: int, sources: Sequence[Source], factors: Iterable[Row], datasets: Path) -> Report:
    committed = package.Package(datasets / str(year))
    kept: list[str] = []
    tables: dict[str, list[Row]] = {
        "documents": [_document(source) for source in sources],
        "conversion_factors": [
            row for row in factors if row["from"] <= f"{year}-12-31" and row["through"] >= f"{year}-01-01"
        ],
        "physician": _schedule(year, "physician", sources, committed, kept),
        "guide_cells": _guide_cells(sources, committed, kept),
    }
    tables["findings"] = list(findings(tables))
    tables["codes"] = _codes(tables)
    changed = package.write(datasets, year, tables, tables["documents"])
    return Report(year, tuple(changed), tuple(kept))


def _document(source: Source) -> Row:
    edition, recipe = source.edition, source.recipe
    said: Mapping[str, object] = {
        "document": edition.document,
        "publisher": recipe.publisher,
        "title": edition.title or recipe.title,
        "kind": recipe.kind,
        "schedule": edition.schedule,
        "release": edition.release,
        "revision": edition.revision,
        "form": edition.form,
        "effective_from": edition.effective_from,
        "effective_through": edition.effective_through or "",
        "released": edition.released or "",
        "url": edition.url or recipe.home,
        "origin": edition.origin,
        "sha256": edition.sha256,
        "bytes": edition.bytes or "",
        "pages": edition.pages or "",
        "note": edition.note,
    }
    return {name: str(value) for name, value in said.items()}


def _schedule(
    year: int, schedule: str, sources: Sequence[Source], committed: package.Package, kept: list[str]
) -> list[Row]:
    """The rows of a schedule, rebuilt when all its files are at hand, else as committed."""
    due = [source for source in sources if source.edition.schedule == schedule and source.held]
    missing = [source.edition.document for source in due if source.path is None]
    if missing:
        kept.append(
            f"{schedule}: {len(missing)} of {len(due)} sources not at hand ({missing[0]} …), committed rows stand"
        )
        return committed.rows(schedule)
    return fold(list(_releases(due)), date(year, 12, 31))


def _releases(sources: Sequence[Source]) -> Iterator[Release]:
    """The releases in the order of their first day. Every form of one release must say the same."""
    for name in sorted({s.edition.release for s in sources}, key=lambda name: (_first_day(sources, name), name)):
        forms = sorted((s for s in sources if s.edition.release == name), key=lambda s: FORMS.index(s.edition.form))
        rows = _read(forms[0])
        for other in forms[1:]:
            _agree(forms[0].edition.document, rows, other.edition.document, _read(other))
        yield Release(name, forms[0].edition.effective_from, rows)


def _first_day(sources: Sequence[Source], release: str) -> date:
    return min(s.edition.effective_from for s in sources if s.edition.release == release)


def _read(source: Source) -> dict[Key, Row]:
    edition = source.edition
    assert source.path is not None
    table = sheet.rows(source.path, edition.member)
    (layout,) = source.recipe.layout(edition)
    records = sheet.records(edition.document, table, layout, edition.rows, edition.zeros_lost)
    return keyed(edition.document, physician.rows(edition.document, records, edition.track), physician.KEY)


def _agree(one: str, rows: Mapping[Key, Row], two: str, others: Mapping[Key, Row]) -> None:
    apart = [key for key in sorted(rows.keys() | others.keys()) if rows.get(key) != others.get(key)]
    if apart:
        raise SheetError(
            f"{one} and {two} are one release but differ in {len(apart)} rows, first {' '.join(filter(None, apart[0]))}"
        )


def _guide_cells(sources: Sequence[Source], committed: package.Package, kept: list[str]) -> list[Row]:
    """The cells of the year's guides: read where the guide is at hand, else as committed."""
    from feebook.guides.strict import read_edition

    found: list[Row] = []
    for source in sources:
        if source.recipe.kind != "guide":
            continue
        document = source.edition.document
        if source.path is None:
            kept.append(f"{document} is not at hand, committed cells stand")
            found += [row for row in committed.rows("guide_cells") if row["document"] == document]
            continue
        for cell in read_edition(source.path, source.recipe, source.edition):
            row = {name: str(getattr(cell, name, "")) for name in package.columns("guide_cells")}
            first = cell.effective_from or source.edition.effective_from.isoformat()
            found.append(row | {"document": document, "from": first})
    return found


def _codes(tables: Mapping[str, Iterable[Row]]) -> list[Row]:
    """Every code with its code set, whether it is an add-on, and the first and last day a source has it."""
    found: dict[str, Row] = {}
    for row in [*tables["physician"], *tables["guide_cells"]]:
        first, last = row["from"], row.get("through", row["from"])
        code = found.setdefault(
            row["code"],
            {
                "code": row["code"],
                "system": codes.system(row["code"]),
                "add_on": "",
                "family": "",
                "first_seen": first,
                "last_seen": last,
            },
        )
        code["first_seen"], code["last_seen"] = min(code["first_seen"], first), max(code["last_seen"], last)
        if "global_days" in row:
            code["add_on"] = str(int(row["global_days"] == "ZZZ" or code["add_on"] == "1"))
    return list(found.values())
