"""The command `feebook show`: what Medicare pays for a code, in every setting and year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feebook import project
from feebook.errors import Usage

if TYPE_CHECKING:
    from rich.table import Table

    from feebook.package import Row
    from feebook.show import Shown


def show(
    code: Annotated[str, typer.Argument(help="A procedure code, such as 37252.")],
    on: Annotated[str | None, typer.Option(help="Only what holds on this day of service, such as 2024-03-09.")] = None,
    modifier: Annotated[
        str | None, typer.Option(help="Only this modifier: 26, TC, 53, or '' for the global row.")
    ] = None,
    locality: Annotated[
        str | None, typer.Option(help="Physician amounts of a locality: contractor and number, such as 0111205.")
    ] = None,
    zip_: Annotated[str | None, typer.Option("--zip", help="Physician amounts of the locality of a ZIP code.")] = None,
    format_: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
    datasets: Annotated[Path | None, typer.Option(help="Where the packages are.")] = None,
) -> None:
    """Show what Medicare pays for a code, in every setting and year."""
    from feebook.show import local, of_zip
    from feebook.show import show as run

    if format_ not in ("table", "json"):
        raise Usage(f"--format {format_}: table or json was due")
    place = datasets or project.folder("datasets")
    shown = run(code, place, _day(on), modifier)
    note = ""
    if zip_:
        found = of_zip(zip_, _day(on), place)
        locality, note = found.locality, found.note
    here = tuple(local(shown, locality, place, _day(on))) if locality else ()
    if locality:
        shown = replace(shown, documents=tuple(row for row in shown.documents if row["schedule"] == "physician"))
    if format_ == "json":
        local_rows = {"local": here, **({"locality_note": note} if note else {})}
        rows = local_rows if locality else {**shown.schedules, "notes": shown.notes}
        silences = {
            name: [dict(zip(("from", "through", "status"), one, strict=True)) for one in found]
            for name, found in shown.silences.items()
        }
        said = {"code": shown.code, **rows, "pairs": shown.pairs, "not_held": shown.gaps, "silences": silences}
        said |= {"documents": shown.documents}
        if shown.ended:
            said["ended"] = {"on": shown.ended.date.isoformat(), "in_its_place": sorted(shown.ended.after)}
        typer.echo(json.dumps(said, indent=1))
    else:
        _print(replace(shown, schedules={"local": here}, notes=()) if locality else shown, note)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Usage(f"{text!r} is not a day, such as 2024-03-09") from None


_COLUMNS = {
    "physician": (
        ("Mod", "modifier"),
        ("Track", "track"),
        ("St.", "status"),
        ("Work\nRVU", "work_rvu"),
        ("Facility\nRVU", "facility_total_rvu"),
        ("Non-fac.\nRVU", "nonfacility_total_rvu"),
        ("Factor", "conversion_factor"),
        ("Facility", "facility_payment"),
        ("Non-facility", "nonfacility_payment"),
    ),
    "asc": (("Indicator", "payment_indicator"), ("Weight", "weight"), ("Payment", "payment")),
    "outpatient": (
        ("SI", "status_indicator"),
        ("APC", "apc"),
        ("Weight", "weight"),
        ("Payment", "payment"),
    ),
}
_COLUMNS["local"] = (
    ("Mod", "modifier"),
    ("Track", "track"),
    ("Factor", "conversion_factor"),
    ("Work\nindex", "work_gpci"),
    ("PE\nindex", "pe_gpci"),
    ("MP\nindex", "mp_gpci"),
    ("Facility", "facility_payment"),
    ("Limiting\ncharge", "facility_limiting_charge"),
    ("Non-facility", "nonfacility_payment"),
    ("Limiting\ncharge", "nonfacility_limiting_charge"),
    ("Capped at,\nif lower", "nonfacility_opps_cap"),
    ("Note", "note"),
)
_TITLES = {
    "local": "Physician, local",
    "physician": "Physician",
    "asc": "Ambulatory surgical center",
    "outpatient": "Hospital outpatient",
}


def _print(shown: Shown, note: str = "") -> None:
    from rich.console import Console
    from rich.measure import Measurement

    from feebook.show import told

    console = Console()
    local = shown.schedules.get("local", ())
    where = f"{local[-1]['locality']} {local[-1]['name']}" if local else "national, unadjusted"
    console.print(f"[bold]{shown.code}[/]  {where}; years held: {shown.years[0]}–{shown.years[-1]}", highlight=False)
    if note:
        console.print(f"Locality {note}.", highlight=False)
    if local:
        console.print("Physician amounts only: what hospitals and surgery centers are paid there is not held.")
    if shown.ended:
        console.print(f"{told(shown.code, shown.ended)}.", highlight=False)
    for schedule, rows in shown.schedules.items():
        if rows:
            table = _table(schedule, rows)
            # A figure that is cut off reads as another figure: in a narrow terminal the line is wrapped instead.
            wide = Console(width=500)
            needed = Measurement.get(wide, wide.options, table).maximum
            Console(width=max(console.width, needed)).print(table)
        elif not (shown.on and shown.gaps[schedule]):
            files = f"not in the file of {shown.on}" if shown.on else "in none of the files we hold for it"
            console.print(f"{_TITLES[schedule]}: the code is {files}", highlight=False)
        for line in _silences(shown, schedule, bool(rows)):
            console.print(f"[dim]{_TITLES[schedule]}: {line}[/]", highlight=False)
    for line in (*shown.notes, *(() if local else _pairs(shown)), *_sources(shown)):
        console.print(line, highlight=False)
    console.print(
        "[dim]CPT® codes copyright American Medical Association. Not legal, coding or reimbursement advice.[/]"
    )


def _silences(shown: Shown, schedule: str, listed: bool) -> Iterator[str]:
    """The days without a row by their reason; that a schedule leaves a code out needs no days where it always does."""
    from feebook import absence
    from feebook.show import days

    if gaps := shown.gaps.get(schedule):
        yield f"no source held for {', '.join(gaps)}"
    found: dict[str, list[str]] = {}
    for first, last, status in shown.silences.get(schedule, ()):
        if status == absence.NO_CODE or (listed and status != absence.NO_SOURCE):
            found.setdefault(status, []).append(days(first, last))
    for status, spans in found.items():
        yield f"{absence.WORDS[status][0]}: {', '.join(spans)}"


_MANY = 8
"""Pairs that are named in a line; the package has them all."""


def _pairs(shown: Shown) -> Iterator[str]:
    """The pairs with the code that a hospital is paid more for, by year: what stands beside it and both rates."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in shown.pairs:
        second = row["secondary"] == shown.code
        said, other = ("lifts", row["primary"]) if second else ("lifted by", row["secondary"])
        other += " (the code twice on one claim)" if row["primary"] == row["secondary"] else ""
        rates = " → ".join(_dollars(row[f"{of}_payment"]) for of in ("primary", "adjusted"))
        found.setdefault((said, row["from"][:4], row["document"]), []).append(f"{other} {rates}")
    for (said, year, document), named in found.items():
        more = f" and {len(named) - _MANY} more" if len(named) > _MANY else ""
        yield f"Hospital outpatient, {year}: {said} {'; '.join(named[:_MANY])}{more} ({document})"


def _dollars(plain: str) -> str:
    whole, _, cents = plain.partition(".")
    return f"${int(whole):,}.{cents}" if plain else "no rate"


def _sources(shown: Shown) -> Iterator[str]:
    """The releases by schedule and form; what is only a copy by others is provisional, and that is said first."""
    by_form: dict[tuple[str, str], list[str]] = {}
    for document in shown.documents:
        by_form.setdefault((document["schedule"], document["form"]), []).append(document["release"])
    for (schedule, form), releases in by_form.items():
        told = "[bold]provisional, from a copy by others[/]" if form == "secondary" else form
        yield f"[dim]{_TITLES[schedule]}: {', '.join(releases)} ({told})[/]"


def _table(schedule: str, rows: tuple[Row, ...]) -> Table:
    from rich import box
    from rich.table import Table

    columns = [
        (head, name) for head, name in _COLUMNS[schedule] if name.endswith("payment") or any(row[name] for row in rows)
    ]
    table = Table(title=_TITLES[schedule], title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Days of service", no_wrap=True)
    for head, _ in columns:
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows:
        days = f"{row['from']} – {row['through'][5:]}"
        table.add_row(days, *(_cell(row, name) for _, name in columns))
    return table


def _cell(row: Row, name: str) -> str:
    from feebook import absence

    if name.endswith(("payment", "charge", "cap")) and row[name]:
        return _dollars(row[name])
    if not name.endswith("payment"):
        return row[name]
    why = row[name.replace("payment", "status")] if name != "payment" else row["payment_status"]
    return absence.WORDS[why][0]
