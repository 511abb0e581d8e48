"""What changed between two years, as the comparison page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from feebook.compare import Change, Comparison, kinds, printers
from feebook.compare.change import SETTINGS
from feebook.publish import figures, words

TOP = 15
EDGES = tuple(Decimal(edge) for edge in ("-20", "-10", "-5", "-2", "-0.5", "0.5", "2", "5", "10", "20"))
"""Edges of the distribution, percent."""

UNCHANGED = (kinds.SAME, kinds.NOT_HELD)
"""Kinds that say of no change: nothing moved, or one of the days is not held."""

ROW_COLUMNS = ("code", "modifier", "setting", "kind", "before", "after", "change", "percent", "what")


@dataclass(frozen=True, slots=True)
class Bar:
    """How many amounts moved by a share between two edges."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SettingMoves:
    """One setting: the counts of its rows, its distribution and its largest moves."""

    measure: str
    title: str
    changed: int
    same: int
    new: int
    gone: int
    bars: tuple[Bar, ...]
    top: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """A comparison of two years: per setting, and the codes that were born, ended or changed kind."""

    years: tuple[int, int]
    headline: tuple[str, ...]
    provisional: str
    factors: tuple[tuple[str, str, str, str], ...]
    settings: tuple[SettingMoves, ...]
    born: tuple[str, ...]
    gone: tuple[str, ...]
    switched: tuple[Change, ...]
    noise: int
    rows: int


def moves(years: tuple[int, int], comparison: Comparison) -> Moves:
    """The view of a comparison. Moves are listed for whole codes; the rows of 26, TC and 53 are in the files."""
    rows = [
        row for row in comparison.rows if not row.modifier and row.track in ("", "nonqp") and row.kind != kinds.NOT_HELD
    ]
    settings = tuple(_setting(measure, [row for row in rows if row.measure == measure]) for measure in SETTINGS)
    return Moves(
        years,
        tuple(_readable(line) for line in printers.headline(comparison) if not line.startswith("Factor of")),
        _provisional(comparison),
        tuple(_factors(comparison)),
        tuple(setting for setting in settings if setting.changed or setting.same),
        tuple(sorted({row.code for row in rows if row.kind == kinds.BORN and row.before_status == "no_code"})),
        tuple(
            sorted(
                {row.code for row in rows if row.kind in (kinds.GONE, kinds.REPLACED) and row.after_status == "no_code"}
            )
        ),
        tuple(row for row in rows if row.kind not in _PLAIN),
        comparison.noise,
        sum(1 for row in comparison.rows if row.kind not in UNCHANGED),
    )


_PLAIN = (kinds.SAME, kinds.MOVED, kinds.RESTATED, kinds.BORN, kinds.GONE, kinds.REPLACED, kinds.APC)


def _readable(line: str) -> str:
    """A line of the headline with its dates as a page prints them."""
    return re.sub(r"\d{4}-\d\d-\d\d", lambda found: figures.day(found[0]), line)


def _provisional(comparison: Comparison) -> str:
    """One sentence on the schedules that are known from copies only, empty where there are none."""
    said = [
        f"{words.SCHEDULES[name]} as of {figures.day(comparison.days[name][1].isoformat())}"
        for name in comparison.partial
    ]
    return f"Provisional, from copies by others: {'; '.join(said)}." if said else ""


def _factors(comparison: Comparison) -> Iterator[tuple[str, str, str, str]]:
    for name, (one, two) in comparison.factors.items():
        share = figures.percent(two - one, one) if one and two else ""
        yield name, str(one or ""), str(two or ""), share


def _setting(measure: str, rows: Sequence[Change]) -> SettingMoves:
    kinds_of = [row.kind for row in rows]
    new, gone, same = (
        kinds_of.count(kinds.BORN),
        kinds_of.count(kinds.GONE) + kinds_of.count(kinds.REPLACED),
        kinds_of.count(kinds.SAME),
    )
    moved = [row for row in rows if row.percent is not None and row.change is not None]
    top = sorted(moved, key=lambda row: (-abs(row.change or Decimal(0)), row.code))[:TOP]
    return SettingMoves(
        measure,
        words.MEASURES[measure],
        len(rows) - new - gone - same,
        same,
        new,
        gone,
        tuple(_bars(moved)),
        tuple(top),
    )


def _bars(rows: Sequence[Change]) -> Iterator[Bar]:
    counts = [0] * (len(EDGES) + 1)
    for row in rows:
        assert row.percent is not None
        counts[sum(edge <= row.percent for edge in EDGES)] += 1
    for at, count in enumerate(counts):
        low = f"{EDGES[at - 1]:+}" if at else ""
        high = f"{EDGES[at]:+}" if at < len(EDGES) else ""
        label = f"{low} to {high} %" if low and high else f"below {high} %" if high else f"{low} % and more"
        yield Bar(label.replace("-", figures.MINUS), count)


def row_lines(comparison: Comparison) -> Iterator[str]:
    """Every row that changed, lean, for the filter of the page; the exact whole is the CSV of the API."""
    yield "\t".join(ROW_COLUMNS)
    for row in comparison.rows:
        if row.kind not in UNCHANGED and row.track in ("", "nonqp"):
            values = (row.before, row.after, row.change, row.percent)
            setting = tuple(SETTINGS).index(row.measure)
            said = printers.what(row) if row.kind != kinds.MOVED or row.note else ""
            yield "\t".join(
                (
                    row.code,
                    row.modifier,
                    str(setting),
                    row.kind,
                    *("" if value is None else f"{value:.2f}" for value in values),
                    said,
                )
            )


def chart(bars: Sequence[Bar], title: str) -> str:
    """The distribution as bars, falls and rises in two colours; its numbers stand in the table beside it."""
    high = max((bar.count for bar in bars), default=0)
    if not high:
        return ""
    width, step = 560, 560 / len(bars)
    drawn = ""
    for at, bar in enumerate(bars):
        tall = round(90 * bar.count / high)
        kind = ' class="d"' if at < len(bars) // 2 else ' class="m"' if at == len(bars) // 2 else ""
        drawn += f'<rect{kind} x="{at * step + 3:.0f}" y="{104 - tall}" width="{step - 6:.0f}" height="{tall}"/>'
        drawn += f'<text x="{(at + 0.5) * step:.0f}" y="{100 - tall}">{bar.count:,}</text>' if bar.count else ""
    ends = "".join(f'<text x="{(at + 1) * step:.0f}" y="117">{_edge(edge)}</text>' for at, edge in enumerate(EDGES))
    head = f'<svg class="fb-bars" viewBox="0 0 {width} 122" role="img"><title>{title}</title>'
    return f'{head}{drawn}<path d="M0 104.500H{width}"/>{ends}</svg>'


def _edge(edge: Decimal) -> str:
    return f"{edge:+}%".replace("-", figures.MINUS)
