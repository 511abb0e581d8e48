"""The rows of a schedule: its releases in the order of their days, the forms of each held to one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from feebook import package
from feebook.extract.source import FORMS, SECONDARY, Said, Source
from feebook.recipe import Edition
from feebook.schedules import Schedule, sheet
from feebook.schedules.segments import Key, Release, Row, fold, keyed
from feebook.schedules.sheet import Record, SheetError


def schedule_rows(
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
