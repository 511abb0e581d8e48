"""The tables of one year: what its sources say, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from feebook import codes, package
from feebook.compare.families import families
from feebook.extract.releases import schedule_rows
from feebook.extract.source import Said, Source
from feebook.findings.packaged import findings
from feebook.package import Row
from feebook.schedules import SCHEDULES, indicators, packaging, sheet

CODED = ("physician", "outpatient", "asc", "guide_cells")
"""The resources whose codes make the list of codes."""


def year_tables(
    year: int, sources: Sequence[Source], factors: Iterable[Row], recipe_folder: Path, datasets: Path
) -> tuple[dict[str, list[Row]], list[str]]:
    """The rows of each resource of a year, and what of it stands as committed since its sources are not at hand."""
    committed = package.Package(datasets / str(year))
    said = Said([], {})
    tables: dict[str, list[Row]] = {
        name: schedule_rows(year, schedule, sources, committed, said) for name, schedule in SCHEDULES.items()
    }
    tables["packaging_pairs"] = _pairs(tables, sources)
    tables["indicators"] = _indicators(year, tables, sources, recipe_folder, committed, said)
    tables["guide_cells"] = _guide_cells(sources, committed, said)
    tables["documents"] = _documents(sources, committed, said)
    tables["conversion_factors"] = [
        row for row in factors if row["from"] <= f"{year}-12-31" and row["through"] >= f"{year}-01-01"
    ]
    tables["findings"] = list(findings(year, tables, factors, datasets, _unlabelled(sources)))
    tables["changes"] = committed.rows("changes")
    tables["codes"] = _codes(tables, _families(recipe_folder))
    return tables, said.kept


def _documents(sources: Sequence[Source], committed: package.Package, said: Said) -> list[Row]:
    """Every document of the year; what a posting corrected is known only when both were read, else as committed."""
    noted = {row["document"]: row["note"] for row in committed.rows("documents")}
    rows = [_document(source) for source in sources]
    for row, source in zip(rows, sources, strict=True):
        name = row["document"]
        if name in said.corrections:
            row["note"] = "; ".join(filter(None, [row["note"], said.corrections[name]]))
        elif source.edition.corrects and name in noted:
            row["note"] = noted[name]
    return rows


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


def _pairs(tables: Mapping[str, Sequence[Row]], sources: Sequence[Source]) -> list[Row]:
    """The pairs of the outpatient rule, as read or committed, and the codes for pairs in the surgery center rows."""
    corrected = {source.edition.corrects for source in sources}
    named: dict[str, str] = {}
    for edition in (source.edition for source in sources if source.edition.schedule == "asc"):
        if edition.part in ("AA", "") and edition.document not in corrected:
            named.setdefault(edition.release, edition.document)
    outpatient = [row for row in tables["packaging_pairs"] if row["schedule"] == "outpatient"]
    return [*outpatient, *packaging.asc_pairs(tables["asc"], named)]


def _indicators(
    year: int,
    tables: Mapping[str, Sequence[Row]],
    sources: Sequence[Source],
    recipe_folder: Path,
    committed: package.Package,
    said: Said,
) -> list[Row]:
    """The indicators of the year: which ones a list names is read where the list is at hand, else as committed."""
    path = recipe_folder / "indicators.toml"
    if not path.exists():
        return []
    lists: dict[tuple[str, str], str] = {}
    for source in (source for source in sources if source.edition.schedule == "indicators"):
        edition = source.edition
        if source.path is None:
            said.kept.append(edition.document)
            before = (row for row in committed.rows("indicators") if row["document"] == edition.document)
            lists |= {(row["schedule"], row["indicator"]): edition.document for row in before}
            continue
        table = sheet.rows(source.path, edition.member, edition.sheet, edition.encoding)
        (layout,) = source.recipe.layout(edition)
        named = indicators.listed(edition.document, table, layout, edition.rows)
        lists |= {(edition.part, indicator): edition.document for indicator in named}
    return list(indicators.rows(year, indicators.meanings(path), lists, tables))


def _guide_cells(sources: Sequence[Source], committed: package.Package, said: Said) -> list[Row]:
    """The cells of the year's guides: read where the guide is at hand, else as committed.

    Raises a group of LayoutError, one for each guide that is not as its recipe says.
    """
    from feebook.guides.strict import LayoutError, read_edition

    found: list[Row] = []
    wrong: list[LayoutError] = []
    for source in sources:
        if source.recipe.kind != "guide":
            continue
        document = source.edition.document
        if source.path is None:
            said.kept.append(document)
            found += [row for row in committed.rows("guide_cells") if row["document"] == document]
            continue
        try:
            cells = read_edition(source.path, source.recipe, source.edition)
        except LayoutError as error:
            wrong.append(error)
            continue
        for cell in cells:
            row = {name: str(getattr(cell, name, "")) for name in package.columns("guide_cells")}
            first = cell.effective_from or source.edition.effective_from.isoformat()
            found.append(row | {"document": document, "from": first})
    if wrong:
        raise ExceptionGroup("guides that are not as their recipes say", wrong)
    return found


def _unlabelled(sources: Sequence[Source]) -> Iterator[tuple[str, str, str]]:
    """Document, table and measure of the totals that a guide prints without a site, as its recipe says."""
    for source in sources:
        if source.recipe.kind == "guide":
            for table in source.recipe.layout(source.edition):
                own = {*table.columns.values(), *(one for some in table.merged.values() for one in some)}
                for measure in ("facility_total_rvu", "nonfacility_total_rvu") if "total_rvu" in own else ():
                    if measure not in own:
                        yield source.edition.document, table.name, measure


def _families(recipe_folder: Path) -> dict[str, str]:
    """Code → the slug of the first family that has it."""
    path = recipe_folder / "families.toml"
    return {code: family.slug for family in reversed(families(path)) for code in family.codes}


def _codes(tables: Mapping[str, Iterable[Row]], family: Mapping[str, str]) -> list[Row]:
    """Every code with its code set and family, whether it is an add-on, and the first and last day a source has it."""
    found: dict[str, Row] = {}
    for row in (row for name in CODED for row in tables[name]):
        first, last = row["from"], row.get("through", row["from"])
        code = found.setdefault(
            row["code"],
            {
                "code": row["code"],
                "system": codes.system(row["code"]),
                "add_on": "",
                "family": family.get(row["code"], ""),
                "first_seen": first,
                "last_seen": last,
            },
        )
        code["first_seen"], code["last_seen"] = min(code["first_seen"], first), max(code["last_seen"], last)
        if "global_days" in row:
            code["add_on"] = str(int(row["global_days"] == "ZZZ" or code["add_on"] == "1"))
    return list(found.values())
