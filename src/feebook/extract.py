"""Recipes and sources become year packages.

A resource is rebuilt when every source that its recipes name is at hand; else the committed rows stand, and that is
said. A document is known by its sha256, wherever it lies in the folder of sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from feebook import codes, history, package
from feebook.compare import changes
from feebook.compare.families import families
from feebook.document import by_sha256
from feebook.errors import Usage
from feebook.findings.packaged import findings
from feebook.recipe import Edition, Recipe, recipes
from feebook.schedules import SCHEDULES, Schedule, indicators, packaging, sheet
from feebook.schedules.segments import Key, Release, Row, fold, keyed
from feebook.schedules.sheet import Record, SheetError

SECONDARY = "secondary"
FORMS = ("original", "re-saved", "re-exported", SECONDARY)
"""Forms that are folded in, the one that is used where several of one release are at hand first."""

NOT_HELD = "not held"

CODED = ("physician", "outpatient", "asc", "guide_cells")
"""The resources whose codes make the list of codes."""


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
    """What came of one year: the files that changed, and what stands as committed since its sources are not at hand."""

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
    known = sorted({source.edition.year for source in sources})
    strange = sorted(set(years) - set(known))
    if strange:
        raise Usage(f"no recipe names a source of {strange[0]}: there are {', '.join(map(str, known))}")
    built = list(years) or known
    package.write_factors(datasets, factors)
    for year in built:
        yield _year(year, [s for s in sources if s.edition.year == year], factors, recipe_folder, datasets)
    for year in sorted({*built, *(one + 1 for one in built)}):
        yield from _changes(year, datasets)


def _changes(year: int, datasets: Path) -> Iterator[Report]:
    """Renew what changed from the year before, which hangs on the packages of both years."""
    if {year - 1, year} <= set(package.years(datasets)):
        before, held = (package.load(one, datasets) for one in (year - 1, year))
        rows = changes(before, held)
        if package.replace(held, "changes", rows, lambda names: history.changelog(held, {"changes": rows}, names)):
            yield Report(year, ("changes.csv", "datapackage.json", "CHANGELOG.md"), ())


@dataclass(frozen=True, slots=True)
class Said:
    """What a reading has to say besides its rows: what was kept as committed, and what postings corrected."""

    kept: list[str]
    corrections: dict[str, str]


def _year(year: int, sources: Sequence[Source], factors: Iterable[Row], recipe_folder: Path, datasets: Path) -> Report:
    committed = package.Package(datasets / str(year))
    said = Said([], {})
    tables: dict[str, list[Row]] = {
        name: _schedule(year, schedule, sources, committed, said) for name, schedule in SCHEDULES.items()
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
    changed = package.write(
        datasets, year, tables, tables["documents"], lambda names: history.changelog(committed, tables, names)
    )
    return Report(year, tuple(changed), tuple(said.kept))


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


def _schedule(
    year: int, schedule: Schedule, sources: Sequence[Source], committed: package.Package, said: Said
) -> list[Row]:
    """The rows of a schedule, rebuilt when all its files are at hand, else as committed."""
    named = [source for source in sources if source.edition.schedule == schedule.resource]
    due = [source for source in named if source.held]
    missing = [source.edition.document for source in due if source.path is None]
    if missing:
        some = f" ({len(missing)} of {len(due)} missing, first {missing[0]})" if len(missing) < len(due) else ""
        said.kept.append(schedule.resource + some)
        return committed.rows(schedule.resource)
    last_year = package.Package(committed.folder.with_name(str(year - 1)))
    known = [source for source in named if source.held or source.edition.unknown]
    return fold(list(_releases(schedule, known, last_year, said)), date(year, 12, 31))


def _releases(
    schedule: Schedule, sources: Sequence[Source], last_year: package.Package, said: Said
) -> Iterator[Release]:
    """The releases in the order of their first day."""
    by_release: dict[str, list[Source]] = {}
    for source in sorted(sources, key=lambda s: (s.edition.effective_from, s.edition.release)):
        by_release.setdefault(source.edition.release, []).append(source)
    rows: Mapping[Key, Row] | None = None
    for name, forms in by_release.items():

        def before(rows: Mapping[Key, Row] | None = rows) -> Mapping[Key, Row]:
            return _last_rows(schedule, last_year) if rows is None else rows

        if not forms[0].held:
            if rows is None:
                continue
            rows = schedule.unknown(rows, forms[0].edition.unknown)
        else:
            rows = _release(name, schedule, forms, before, said)
        yield Release(name, forms[0].edition.effective_from, rows)


def _last_rows(schedule: Schedule, last_year: package.Package) -> dict[Key, Row]:
    """The rows in force on the last day of the year before."""
    rows = [row for row in last_year.rows(schedule.resource) if row["through"].endswith("12-31")]
    return {tuple(row[column] for column in schedule.key): row for row in rows}


def _release(
    name: str,
    schedule: Schedule,
    sources: Sequence[Source],
    before: Callable[[], Mapping[Key, Row]],
    said: Said,
) -> dict[Key, Row]:
    """The rows of one release: its forms must agree; of its postings the last stands, and what it changed is said."""
    corrected = {source.edition.corrects for source in sources}
    current = [source for source in sources if source.edition.document not in corrected]
    best, others = _by_form(current)
    if any(source.edition.form == SECONDARY for source in best.values()):
        return _secondary(name, schedule, best, before)
    rows = schedule.rows(name, _parts(schedule, best))
    for other in others:
        _agree(other, rows, schedule.rows(name, _parts(schedule, {**best, **other})))
    for source in current:
        if source.edition.corrects:
            part = _part(source)
            earlier = {part: next(s for s in sources if s.edition.document == source.edition.corrects)}
            now = schedule.rows(name, _parts(schedule, {part: source}))
            said.corrections[source.edition.document] = _changed(
                source.edition.corrects, schedule.rows(name, _parts(schedule, earlier)), now
            )
    return rows


def _part(source: Source) -> str:
    return source.edition.part or source.edition.track


def _by_form(sources: Sequence[Source]) -> tuple[dict[str, Source], list[dict[str, Source]]]:
    """The best form of each part, and each other form on its own."""
    best: dict[str, Source] = {}
    others = []
    for source in sorted(sources, key=lambda s: FORMS.index(s.edition.form)):
        if _part(source) not in best:
            best[_part(source)] = source
        elif source.edition.form != SECONDARY:
            others.append({_part(source): source})
    return dict(sorted(best.items())), others


def _secondary(
    name: str, schedule: Schedule, sources: Mapping[str, Source], before: Callable[[], Mapping[Key, Row]]
) -> dict[Key, Row]:
    """The rows of a release that we hold only as somebody else's copy: what it leaves out is not known."""
    if schedule.secondary is None:
        return schedule.rows(name, _parts(schedule, sources))
    (source,) = sources.values()
    records = _records(schedule, source)
    found = schedule.secondary(source.edition.document, records, source.edition.factors, before())
    return keyed(name, found, schedule.key)


def _parts(schedule: Schedule, sources: Mapping[str, Source]) -> dict[str, tuple[str, Iterable[Record]]]:
    return {part: (source.edition.document, _records(schedule, source)) for part, source in sources.items()}


def _records(schedule: Schedule, source: Source) -> Iterator[Record]:
    edition = source.edition
    assert source.path is not None
    table = sheet.rows(source.path, edition.member, edition.sheet, edition.encoding)
    (layout,) = source.recipe.layout(edition)
    records = sheet.records(
        edition.document, table, layout, edition.rows, edition.zeros_lost, edition.not_codes, schedule.is_key
    )
    return _mended(edition, records) if edition.fixes else records


def _mended(edition: Edition, records: Iterable[Record]) -> Iterator[Record]:
    """The records with the fixes of the recipe, each by its exact text; a fix that finds nothing is an error."""
    due = {(fix.code, fix.measure): fix for fix in edition.fixes}
    for record in records:
        mended = {
            measure: due.pop((record["code"], measure)).read
            for measure, text in record.cells.items()
            if (fix := due.get((record["code"], measure))) and fix.printed == text
        }
        yield Record(record.row, {**record.cells, **mended}) if mended else record
    for (code, measure), fix in due.items():
        raise SheetError(f"{edition.document} · {code} · {measure}: the fix for {fix.printed!r} found no such cell")


def _agree(other: Mapping[str, Source], rows: Mapping[Key, Row], others: Mapping[Key, Row]) -> None:
    apart = [key for key in sorted(rows.keys() | others.keys()) if rows.get(key) != others.get(key)]
    if apart:
        (source,) = other.values()
        raise SheetError(
            f"{source.edition.document} differs from the other form of {source.edition.release} in {len(apart)} rows, "
            f"first {' '.join(filter(None, apart[0]))}"
        )


def _changed(corrected: str, before: Mapping[Key, Row], now: Mapping[Key, Row]) -> str:
    """What a later posting changed, in one sentence."""
    apart = sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
    names = ", ".join(" ".join(filter(None, key)) for key in apart[:12])
    more = f" and {len(apart) - 12} more" if len(apart) > 12 else ""
    return f"replaces {corrected}: {len(apart)} rows differ" + (f" ({names}{more})" if apart else "")


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
    """The cells of the year's guides: read where the guide is at hand, else as committed."""
    from feebook.guides.strict import read_edition

    found: list[Row] = []
    for source in sources:
        if source.recipe.kind != "guide":
            continue
        document = source.edition.document
        if source.path is None:
            said.kept.append(document)
            found += [row for row in committed.rows("guide_cells") if row["document"] == document]
            continue
        for cell in read_edition(source.path, source.recipe, source.edition):
            row = {name: str(getattr(cell, name, "")) for name in package.columns("guide_cells")}
            first = cell.effective_from or source.edition.effective_from.isoformat()
            found.append(row | {"document": document, "from": first})
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
