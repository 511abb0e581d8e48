"""The verdict on one printed number: what CMS has on the days it is printed for, else which factor or days it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from feebook.codes import MODIFIERS
from feebook.findings import cms, words
from feebook.findings.cell import PROPOSED, Cell
from feebook.findings.cms import COLUMNS, NAMES, NO_ROW, TOTALS, Stretch, stretches
from feebook.findings.columns import tracks
from feebook.findings.finding import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    NOT_IN_FILES,
    OTHER_DATES,
    OTHER_FACTOR,
    STATUS_AGREES,
    STATUS_DIFFERS,
    UNLABELLED,
    WRONG,
    Finding,
)
from feebook.findings.fit import SILENT, VAGUE, fits, remark
from feebook.findings.reasons import Around, difference, due, reasons
from feebook.guides.proof import doubts

_NOT_HELD: Final = {
    "drg_weight": "MS-DRG weights",
    "drg_payment": "MS-DRG payments",
    "drug_payment": "payment limits of drugs",
}
_ORDER: Final = (AGREES, STATUS_AGREES, UNLABELLED, OTHER_DATES, OTHER_FACTOR, STATUS_DIFFERS, DIFFERS)


def verdict(cell: Cell, around: Around) -> Finding:
    """The finding on a cell. A reading that is in doubt is never called wrong."""
    found = _verdict(cell, around)
    if found.verdict in (*WRONG, NOT_IN_FILES) and doubts(cell.flag, around.proven):
        return replace(found, verdict=CANNOT_TELL, difference="", note=f"the reading is not sure; {found.note}")
    return found


def _verdict(cell: Cell, around: Around) -> Finding:
    if not cell.first:
        return Finding(cell, CANNOT_TELL, note="the guide does not say of which year it is")
    if cell.value and cell.amount is None and cell.measure not in NAMES:
        return Finding(cell, CANNOT_TELL, note=f"{cell.measure} is due as a number")
    if cell.variant == PROPOSED:
        return _proposed(cell, around)
    measures = [cell.measure] if cell.measure in COLUMNS else list(TOTALS) if cell.measure == "limiting_charge" else []
    if not measures:
        what = _NOT_HELD.get(cell.measure, "this measure")
        return Finding(cell, CANNOT_TELL, note=f"no CMS file of {what} is held")
    if COLUMNS[measures[0]][0] == "physician":
        if cell.modifier not in MODIFIERS:
            return Finding(cell, CANNOT_TELL, note=f"CMS's file has no rows of modifier {cell.modifier}")
        of = around.held.tracks(cell.code, cell.modifier, cell.first, cell.last)
        kinds = [track for track in ("", *tracks(cell.variant)) if track in of] or [""]
    else:
        kinds = [""]
    found = [_on_days(cell, around, measure, track) for measure in measures for track in kinds]
    return likeliest(found, "the amount of QP participants" if len(kinds) > 1 else "")


def likeliest(found: Sequence[Finding], other: str) -> Finding:
    """Of findings by track, that of most physicians first, the likeliest; `other` is said where a later one agrees."""
    best = min(found, key=_rank)
    if other and best is not found[0] and best.verdict in (AGREES, OTHER_DATES):
        return replace(best, note="; ".join(filter(None, [other, best.note])))
    return best


def _rank(one: Finding) -> tuple[int, Decimal]:
    """The likeliest of several things that a number may be compared with: what agrees, else what is nearest."""
    return _ORDER.index(one.verdict) if one.verdict in _ORDER else len(_ORDER), abs(Decimal(one.difference or 0))


def _stretches(cell: Cell, around: Around, measure: str, first: str, last: str, track: str) -> list[Stretch]:
    """What CMS has on some days; of a limiting charge what may be charged in place of the payment."""
    found = stretches(around.held, cell, measure, first, last, track)
    return [cms.as_limiting_charge(one) for one in found] if cell.measure == "limiting_charge" else found


def _proposed(cell: Cell, around: Around) -> Finding:
    """What was proposed is in none of the files we hold; only its factor can be known."""
    held = "what CMS proposed is not held"
    for factor in around.factors:
        if factor.standing == PROPOSED and around.evidence and around.evidence.fits(factor.factor):
            said = f"{words.prints(cell)}, made with {words.made_with(factor)}; {held}"
            return Finding(cell, OTHER_FACTOR, factor=str(factor.factor), standing=PROPOSED, note=said)
    paid = {one.factor for one in around.known if one.standing == "paid"}
    for printed in around.printed:
        if printed not in paid and around.evidence and around.evidence.fits(printed):
            return Finding(cell, CANNOT_TELL, note=f"made with {printed}, a factor that the guide prints; {held}")
    return Finding(cell, CANNOT_TELL, note=held)


def _on_days(cell: Cell, around: Around, measure: str, track: str) -> Finding:
    every = _stretches(cell, around, measure, cell.first, cell.last, track)
    told = [one for one in every if one.told]
    expected = " · ".join(dict.fromkeys(one.has for one in told if one.has != NO_ROW))
    if not told:
        return Finding(cell, CANNOT_TELL, note=f"no CMS file held {words.days(cell.first, cell.last)}")
    if all(one.has == NO_ROW for one in told):
        return _without_row(cell, COLUMNS[measure][0], every, told)
    if not cell.value and (cell.status in SILENT or _vague_indicator(cell, told)):
        note = f"{words.prints(cell)}; CMS: {words.by_days(measure, [(one, False) for one in told])}"
        return Finding(cell, CANNOT_TELL, expected, note=note)
    fit = [fits(cell, one) for one in told]
    if not all(fit):
        other = _other_factor(cell, around, told, fit, expected)
        if other:
            return other
    if any(fit):
        return _agreeing(cell, measure, every, told, fit, expected)
    return _elsewhere(cell, around, measure, track, told, expected) or _differing(
        cell, around, measure, every, told, expected
    )


def _vague_indicator(cell: Cell, told: Sequence[Stretch]) -> bool:
    """A dash where CMS has an indicator claims nothing: the line may be of what is not paid on its own."""
    return words.is_indicator(cell.measure) and cell.status in VAGUE and any(one.figure for one in told)


def _without_row(cell: Cell, resource: str, every: Sequence[Stretch], told: Sequence[Stretch]) -> Finding:
    """The code is in none of the files: right where the guide gives no amount, except where CMS lists every code.

    A release that is not held may have added it, so that of an amount nothing is said.
    """
    schedule = {"physician": "physician", "asc": "surgery center", "outpatient": "outpatient"}[resource]
    when = ", ".join(words.days(one.first, one.last) for one in told)
    gaps = words.not_held(every)
    if not cell.value and (cell.status in VAGUE or all(fits(cell, one) for one in told)):
        note = gaps.removeprefix("; ")
        return Finding(cell, AGREES if cell.measure == "apc" else STATUS_AGREES, NO_ROW, note=note)
    note = f"{words.prints(cell)}; CMS's {schedule} files {when} have no row of it{gaps}"
    return Finding(cell, CANNOT_TELL if gaps else NOT_IN_FILES, NO_ROW, note=note)


def _agreeing(
    cell: Cell, measure: str, every: Sequence[Stretch], told: Sequence[Stretch], fit: Sequence[bool], expected: str
) -> Finding:
    """CMS has the number on all of the days, or on some."""
    right = [one for one, good in zip(told, fit, strict=True) if good]
    factors = {one.factor for one in right if one.factor and cell.value}
    factor = str(factors.pop()) if len(factors) == 1 else ""
    standing = "paid" if factor else ""
    about = f"{words.prints(cell)}; CMS: {words.by_days(measure, list(zip(told, fit, strict=True)))}"
    gaps = words.not_held(every)
    if not all(fit):
        return Finding(cell, OTHER_DATES, expected, "", factor, standing, about + gaps)
    notes = [note for note in dict.fromkeys(remark(cell, one) for one in right) if note]
    note = "; ".join([*notes, gaps.removeprefix("; ")] if gaps else notes)
    if cell.unlabelled and measure == "facility_total_rvu" and cell.value:
        said = "the heading does not say of which site; it is the facility total"
        return Finding(cell, UNLABELLED, expected, note="; ".join(filter(None, [said, note])))
    state = not cell.value or words.is_indicator(cell.measure)
    return Finding(cell, STATUS_AGREES if state else AGREES, expected, "", factor, standing, note)


def _other_factor(
    cell: Cell, around: Around, told: Sequence[Stretch], fit: Sequence[bool], expected: str
) -> Finding | None:
    """The amount is its units at a factor that its columns were made with, which was not paid on the days it prints."""
    if around.evidence is None or not any(one.figure for one in told):
        return None
    paid = {one.factor for one in told}
    for column in around.columns:
        one = column.best
        alike = {known.factor for known in column.names.alike} | {one.factor} if one else set()
        if one is None or alike & paid or not around.evidence.fits(one.factor):
            continue
        others = [known for known in column.names.alike if known.full != one.full]
        doubt = f" (or {' or '.join(str(known.factor) for known in others)})" if others else ""
        nearest = due(cell, told, around)
        note = (
            f"{words.prints(cell)}, made with {words.made_with(one)}{doubt}; "
            f"CMS: {words.by_days(cell.measure, list(zip(told, fit, strict=True)))}"
        )
        return Finding(cell, OTHER_FACTOR, expected, difference(cell, nearest), str(one.factor), one.standing, note)
    return None


def _elsewhere(
    cell: Cell, around: Around, measure: str, track: str, told: Sequence[Stretch], expected: str
) -> Finding | None:
    """The number is CMS's on other days of the printed year."""
    first, last = f"{cell.first[:4]}-01-01", f"{cell.last[:4]}-12-31"
    others = _stretches(cell, around, measure, first, last, track)
    right = [one for one in others if one.told and one.has != NO_ROW and fits(cell, one)]
    if not right or not cell.value:
        return None
    factors = {one.factor for one in right if one.factor}
    factor = str(factors.pop()) if len(factors) == 1 else ""
    printed = f"printed for {words.period(cell.first, cell.last)}"
    shown = [(one, one in right) for one in others if one.told]
    note = f"{words.prints(cell)}, {printed}; CMS: {words.by_days(measure, shown)}{words.not_held(others)}"
    return Finding(cell, OTHER_DATES, expected, "", factor, "paid" if factor else "", note)


def _differing(
    cell: Cell, around: Around, measure: str, every: Sequence[Stretch], told: Sequence[Stretch], expected: str
) -> Finding:
    nearest = due(cell, told, around)
    shown = words.by_days(measure, [(one, False) for one in told])
    notes = [
        f"{words.prints(cell)}; CMS: {shown}{words.not_held(every)}",
        *reasons(cell, around, measure, told, nearest),
    ]
    state = not cell.value or words.is_indicator(cell.measure) or not any(one.figure for one in told)
    apart = "" if state else difference(cell, nearest)
    return Finding(cell, STATUS_DIFFERS if state else DIFFERS, expected, apart, note="; ".join(notes))
