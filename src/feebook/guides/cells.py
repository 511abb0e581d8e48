"""Crossings of a table as cells: an amount or a typed status, with its place and, where unsure, the reason in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Final

from feebook import absence, amounts
from feebook.guides.apcpairs import apc_and_payment, rate_and_apc
from feebook.guides.box import Box
from feebook.guides.codecells import EITHER, PrintedCode, printed_codes
from feebook.guides.components import are_parts
from feebook.guides.context import Context
from feebook.guides.doubts import table_doubt, title_doubt
from feebook.guides.headings import UNSAID, Meaning, is_modifier_heading, names_other_numbers
from feebook.guides.lexicon import lexicon
from feebook.guides.localities import local_doubt
from feebook.guides.measured import columns_of
from feebook.guides.page import Page
from feebook.guides.paidunits import payment_and_units
from feebook.guides.printed import MODIFIER, Value, is_sum, modifier, split_values, value_of
from feebook.guides.sitecells import texts_of_sites
from feebook.guides.siterows import meanings_of_row, site_column
from feebook.guides.tables import KEY, STATUS, Crossing, Row, Table
from feebook.guides.trackrows import of_track, track_column
from feebook.guides.yearpairs import values_of_years
from feebook.guides.yearrows import row_period, year_column


@dataclass(frozen=True, slots=True)
class Cell:
    """One crossing of a code and a measure, as text: the columns of `feebook read`, in their order."""

    file: str
    page: str
    table: str
    code: str
    add_on: str
    modifier: str
    year: str
    effective_from: str
    effective_through: str
    measure: str
    variant: str
    value: str
    status: str
    printed: str
    place: str
    flag: str


FIELDS: Final = tuple(f.name for f in fields(Cell))


EDGE: Final = 6.0
"""Points of a page's right side, as wide as a character, within which a figure may go on unseen."""

BESIDE: Final = {
    "asc_payment": "asc_indicator",
    "opps_payment": "opps_status_indicator",
    "apc": "opps_status_indicator",
}
"""The indicator that a cell may print beside what its column measures."""

CUT_OFF: Final = "the edge of the page may cut this figure off"


def place(page: Page, box: Box) -> str:
    """The place of a box on the page as seen, by RFC 8118: left, top, width, height in whole points."""
    x0, top, x1, bottom = page.seen(box)
    left, upper = round(x0), round(top)
    return f"page={page.number}&viewrect={left},{upper},{max(1, round(x1) - left)},{max(1, round(bottom) - upper)}"


def cells(table: Table, context: Context) -> Iterator[Cell]:
    """Every cell of a table, row by row."""
    if names_other_numbers(table.columns[table.code].path):
        return
    measured = columns_of(table, context)
    sited = site_column(table, measured)
    if not any(measured) and sited is None:
        return
    whole = (
        (table_doubt(table, measured) if sited is None else table.doubt)
        or title_doubt(context.title)
        or local_doubt(context.title)
    )
    modifiers = modifier_columns(table)
    yearly = year_column(table, measured)
    tracked = track_column(table, measured)
    every = [code for row in table.rows for code in printed_codes(row.code.text)[0]]
    parted = {code.code for code in every if code.modifier == "TC"}
    plain = {code.modifier for code in every if not code.doubt}
    last: list[PrintedCode] = []
    for row in table.rows:
        found, _ = codes_of(row.code.text, table.kind)
        found = [
            replace(c, doubt="") if c.doubt.endswith(EITHER) and (c.code in parted or c.modifier in plain) else c
            for c in found
        ]
        last = found or last
        if not last or (not found and _is_sum(row, measured)):
            continue
        named = row_period(row, yearly)
        if named is None:
            continue
        of_row = measured
        if sited is not None:
            of_row = meanings_of_row(table, measured, row, sited, context.title, context.period.year)
        if yearly is not None:
            of_row = [tuple(replace(m, period=named[0] | m.period) for m in said) for said in of_row]
        if tracked is not None:
            of_row = of_track(row, tracked, of_row)
        yield from _row(table, row, last, of_row, modifiers, context, named[1] or whole)
        for measure, key in _keys(row, {m.measure for said in measured for m in said}):
            for code in last:
                value = Value(key.text)
                yield _cell(table, key, code, code.modifier, Meaning(measure), measure, value, context, key.doubt)


def _keys(row: Row, held: Collection[str]) -> Iterator[tuple[str, Crossing]]:
    """What the group line over a row gives its codes beside the measures held by columns: the APC, its indicator."""
    match = KEY.fullmatch(row.key.text) if row.key else None
    if not row.key or not match:
        return
    if "apc" not in held:
        yield "apc", replace(row.key, text=match["apc"])
    status = STATUS.search(match["rest"])
    if status and status["si"] in lexicon().opps_indicators and "opps_status_indicator" not in held:
        yield "opps_status_indicator", replace(row.key, text=status["si"])


def _is_sum(row: Row, measured: Sequence[Sequence[Meaning]]) -> bool:
    """True for a row without a code of its own that adds up, or averages, those above."""
    return any(c and not said and is_sum(c.text) for c, said in zip(row.crossings, measured, strict=True))


def codes_of(text: str, kind: str) -> tuple[list[PrintedCode], str]:
    """The codes that a code cell begins with, and the rest; of a DRG table its three digits."""
    if kind == "drg":
        match = re.match(r"\s*(?:MS-?DRG\s*)?(\d{3})(?!\d)", text, re.IGNORECASE)
        return ([PrintedCode(match[1])], text[match.end() :]) if match else ([], text)
    return printed_codes(text)


def _row(
    table: Table,
    row: Row,
    found: Sequence[PrintedCode],
    measured: Sequence[tuple[Meaning, ...]],
    modifiers: Sequence[int],
    context: Context,
    doubt: str,
) -> Iterator[Cell]:
    extra, unknown = row_modifier(row, modifiers, table.code)
    doubt = unknown or doubt or "; ".join(table.page.why_in_doubt(row.code.box))
    for j, crossing in enumerate(row.crossings):
        if crossing is None or not measured[j] or not crossing.text.strip():
            continue
        texts, unpaired = texts_of(crossing.text, measured[j])
        for meaning, text in zip(measured[j], texts, strict=True):
            if not text:
                continue
            for measure, value in values(text, meaning.measure, row, crossing, measured):
                for code in found:
                    part = code.modifier or meaning.modifier or extra
                    yield _cell(table, crossing, code, part, meaning, measure, value, context, unpaired or doubt)


def texts_of(text: str, said: Sequence[Meaning]) -> tuple[list[str], str]:
    """What a cell prints for each meaning of its column, and why it is in doubt which text is whose."""
    if [meaning.measure for meaning in said] == ["apc", "opps_payment"]:
        return apc_and_payment(text)
    if (named := texts_of_sites(text, said)) is not None:
        return named, ""
    if (paid := payment_and_units(text, said)) is not None:
        return paid
    both = [meaning.period for meaning in said]
    if len(both) == 2 and both[0].year != both[1].year:
        return values_of_years(text, both)
    return split_values(text, len(said)), ""


def modifier_columns(table: Table) -> list[int]:
    """The columns that hold modifiers, by their heading or because all their cells name parts of a service."""
    return [
        j
        for j, column in enumerate(table.columns)
        if is_modifier_heading(column.path) or (j != table.code and are_parts(table.texts(j)))
    ]


def row_modifier(row: Row, modifiers: Sequence[int], code: int) -> tuple[str, str]:
    """The modifier that the columns of modifiers give a row, or its code cell instead of a code; and why in doubt."""
    here = row.crossings[code]
    extra = (here and MODIFIER.fullmatch(here.text.strip()) and modifier(here.text)) or ""
    doubt = ""
    for j in modifiers:
        crossing = row.crossings[j]
        if crossing:
            said = modifier(crossing.text)
            doubt = f"{crossing.text!r} is no known modifier" if said is None else doubt
            extra = said or extra
    return extra, doubt


def values(
    text: str, measure: str, row: Row, crossing: Crossing, measured: Sequence[Sequence[Meaning]]
) -> Iterator[tuple[str, Value]]:
    """The measure and value of a crossing, and the indicator or APC that its cell names where no column holds it.

    A sentence over several columns speaks of the payments under it, not of the APC or indicator.
    """
    covered = [k for k, c in enumerate(row.crossings) if c is not None and measured[k] and c.box == crossing.box]
    pair = rate_and_apc(text) if measure == "opps_payment" and len(covered) <= 1 else None
    if pair and not any(m.measure == "apc" for column in measured for m in column):
        yield measure, value_of(pair[0], measure)
        yield "apc", Value(pair[1])
        return
    value = value_of(text, measure)
    if len(covered) > 1:
        label = measure == "apc" or measure.endswith("indicator")
        if label and not value.value and value.status != absence.NOT_APPLICABLE:
            if value.also and measure.endswith("indicator"):
                yield measure, Value(value.also)
            return
        if value.value and not _names_itself(text, measure, value.value, [m for k in covered for m in measured[k]]):
            value = replace(value, doubt="one amount stands over several columns")
    if value != Value(also=value.also):
        yield measure, value
    own = BESIDE.get(measure)
    held = {m.measure for column in measured for m in column}
    if value.also and own and own not in held:
        yield own, Value(value.also)
    if value.apc and "apc" not in held:
        yield "apc", Value(value.apc)


def _names_itself(text: str, measure: str, indicator: str, covered: Sequence[Meaning]) -> bool:
    """True for a cell over one schedule's columns that prints an indicator and what it means: `N (packaged)`."""
    names = {m.measure for m in covered}
    payment = next((paid for paid, own in BESIDE.items() if own == measure and paid in names), "")
    if not payment or not names <= {payment, measure, "apc"}:
        return False
    said = value_of(text, payment)
    return bool(said.status) and said.also == indicator


def _cell(
    table: Table,
    crossing: Crossing,
    code: PrintedCode,
    extra: str,
    meaning: Meaning,
    measure: str,
    value: Value,
    context: Context,
    doubt: str,
) -> Cell:
    when = meaning.period | context.period
    physician = measure.startswith(("facility", "nonfacility", "work", "total", "malpractice", "limiting", "physician"))
    if (
        not when.start
        and not when.end
        and (physician or not context.physician_only)
        and (not when.year or not context.intro.year or when.year == context.intro.year)
    ):
        when = when | context.intro
    reasons = [
        "" if meaning.doubt == UNSAID and "%" in crossing.text else meaning.doubt,
        value.doubt,
        code.doubt,
        crossing.doubt,
        *table.page.why_in_doubt(crossing.box),
        CUT_OFF if crossing.box.x1 > table.page.width - EDGE and value.value else "",
        doubt,
        "" if meaning.period.year or context.period.start else context.year_doubt,
    ]
    return Cell(
        file=context.file,
        page=str(table.page.number),
        table=context.table,
        code=code.code,
        add_on="1" if code.add_on else "0",
        modifier=extra,
        year=when.year,
        effective_from=when.start,
        effective_through=when.end,
        measure=measure,
        variant=meaning.variant or _titled(measure, context.variant),
        value=value.value,
        status=value.status,
        printed=crossing.text,
        place=place(table.page, crossing.box),
        flag="; ".join(dict.fromkeys(filter(None, reasons))),
    )


def _titled(measure: str, variant: str) -> str:
    """The variant of a table's title where a measure has it: only what physicians are paid depends on the APM."""
    physician = measure in ("facility_payment", "nonfacility_payment", "physician_payment", "limiting_charge")
    return variant if physician or (variant == "proposed" and measure != "change_percent") else ""


def unit(printed: str) -> Decimal:
    """The unit that an amount is printed in: dollars or cents."""
    return amounts.CENT if re.search(r"\.\d\d(?!\d)", printed) else amounts.DOLLAR
