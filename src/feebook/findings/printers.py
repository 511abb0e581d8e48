"""Findings as text: a summary of each guide first, then what deserves a look; CSV and JSON of every number."""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from feebook.findings import words
from feebook.findings.checked import Checked
from feebook.findings.columns import Column
from feebook.findings.finding import COUNTED, VERDICTS, Finding
from feebook.tabular import to_safe_csv

COLUMNS: Final = (
    "file",
    "page",
    "table",
    "code",
    "modifier",
    "year",
    "effective_from",
    "effective_through",
    "measure",
    "variant",
    "value",
    "status",
    "printed",
    "verdict",
    "expected",
    "difference",
    "conversion_factor",
    "standing",
    "note",
    "flag",
    "place",
)
"""The columns of a finding as CSV, in order: the cell as `feebook read` gives it, then what is found of it."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that a terminal obeys in place of showing them; a heading of a PDF or the name of a file may hold them."""


def counted(verdicts: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Verdict, how often, and the words for it, what deserves a look first: `differs`, 2, `2 differ`."""
    found = Counter(verdicts)
    for verdict in VERDICTS:
        if n := found[verdict]:
            yield verdict, n, f"{n} {COUNTED[verdict][n > 1]}"


def factors(columns: Sequence[Column]) -> Iterator[str]:
    """What the amounts say of their factors: of the physician's always, of others where it is not the one paid."""
    for one in columns:
        paid = one.best is not None and one.best.standing == "paid" and not one.best.rounded
        if one.schedule == "physician" or (one.inference.settled and not (paid and one.best and _in_force(one))):
            said = words.inferred(one.schedule, one.inference, one.names)
            of = f", {one.variant}" if one.variant else ""
            yield f"Printed for {words.period(one.first, one.last)}{of}: {said[0].lower()}{said[1:]}"


def _in_force(one: Column) -> bool:
    return one.best is not None and one.best.first <= one.last and one.best.last >= one.first


def summary(one: Checked) -> list[str]:
    """A guide in a few lines: how many numbers were held against CMS, the verdicts, the factor, what to look at."""
    many = len(one.findings)
    lines = [f"{_CONTROL.sub(' ', one.file)}: {many} {'numbers' if many != 1 else 'number'} held against CMS"]
    lines.append("  " + " · ".join(said for _, _, said in counted(f.verdict for f in one.findings)))
    lines += [line for said in factors(one.columns) for line in _wrapped(said)]
    look = [f for f in one.findings if not f.plain]
    if look:
        lines += _wrapped(f"Look at: {', '.join(_looks(look))}")
    else:
        lines.append("  Every number agrees.")
    return lines


def _wrapped(said: str) -> list[str]:
    return textwrap.wrap(said, 100, initial_indent="  ", subsequent_indent="    ")


def _looks(findings: Sequence[Finding]) -> Iterator[str]:
    """What deserves a look, verdict by verdict, with the codes it is about."""
    for verdict in VERDICTS:
        codes = list(dict.fromkeys(f.cell.code for f in findings if f.verdict == verdict))
        if codes:
            more = f" and {len(codes) - 5} more" if len(codes) > 5 else ""
            yield f"{VERDICTS[verdict]} ({' '.join(codes[:5])}{more})"


def shown(findings: Iterable[Finding], every: bool = False) -> list[Finding]:
    """The findings that deserve a look, the gravest first; or every one, in the order of the page."""
    some = list(findings)
    order = list(VERDICTS)
    return some if every else sorted((f for f in some if not f.plain), key=lambda f: order.index(f.verdict))


def told(one: Checked, every: bool = False) -> str:
    """A guide for the terminal: its summary, then a table of what deserves a look, or of every number."""
    some = shown(one.findings, every)
    return "\n".join(summary(one)) + "\n" + (f"\n{table(some)}" if some else "")


def table(findings: Sequence[Finding]) -> str:
    """Plain columns for the terminal: the place, what is printed, the verdict, and the note."""
    rows = [("page", "code", "what", "finding", "")]
    for f in findings:
        code, what = f"{f.cell.code} {f.cell.modifier}".strip(), f"{f.cell.measure} {f.cell.variant}".strip()
        note = f.note or words.prints(f.cell)
        note += f" [{f.cell.flag}]" if f.cell.flag else ""
        rows.append((page(f.cell.place), code, what, VERDICTS[f.verdict], _CONTROL.sub(" ", note)))
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]) - 1)]
    return "".join(
        "  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[-1]]).rstrip() + "\n"
        for row in rows
    )


def page(place: str) -> str:
    """The page that a place is on."""
    found = re.match(r"page=(\d+)", place)
    return found[1] if found else place


def line(found: Finding) -> dict[str, str]:
    """A finding as plain text by column."""
    cell = found.cell
    same = {name: getattr(cell, name, "") for name in COLUMNS}
    return same | {
        "file": cell.document,
        "page": page(cell.place),
        "effective_from": cell.first,
        "effective_through": cell.last,
        **found.told(),
    }


def to_csv(findings: Iterable[Finding]) -> str:
    """Findings as CSV; a text that a spreadsheet would run as a formula is given with an apostrophe before it."""
    return to_safe_csv(COLUMNS, (line(one).values() for one in findings))


def to_json(guides: Sequence[Checked], every: bool = False) -> str:
    """Guides as JSON: for each its verdicts counted, the factors in words and its findings as in the CSV."""
    said = [
        {
            "file": one.file,
            "sha256": one.sha256,
            "year": one.year,
            "numbers": len(one.findings),
            "verdicts": {verdict: n for verdict, n, _ in counted(f.verdict for f in one.findings)},
            "factors": [factor(column) for column in one.columns],
            "findings": [line(f) for f in shown(one.findings, every)],
        }
        for one in guides
    ]
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"


def factor(one: Column) -> dict[str, object]:
    """What a column's amounts say of their factor, in figures and in words."""
    low, high = one.inference.spans[0].told()
    return {
        "schedule": one.schedule,
        "variant": one.variant,
        "effective_from": one.first,
        "effective_through": one.last,
        "measures": list(one.measures),
        "amounts": one.inference.cells,
        "fit": one.inference.fit,
        "low": str(low),
        "high": str(high),
        "factor": str(one.best.factor) if one.best else "",
        "standing": one.best.standing if one.best else "",
        "cannot_be_told_from": [str(known.factor) for known in one.names.alike] if one.best else [],
        "note": words.inferred(one.schedule, one.inference, one.names),
    }
