"""What changed between two years, as the comparison page shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from feebook.compare import Change, Comparison, kinds, printers
from feebook.compare.change import SCHEDULE_OF, SETTINGS
from feebook.compare.exact import PERCENT_PLACES, Mask
from feebook.compare.joined import Block
from feebook.publish import figures, words

TOP = 15
EDGES = tuple(Decimal(edge) for edge in ("-20", "-10", "-5", "-2", "-0.5", "0.5", "2", "5", "10", "20"))
"""Edges of the distribution, percent."""


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
    basis: str
    days: tuple[tuple[str, str, str], ...]

    @property
    def tracked(self) -> bool:
        """A day from 2026 on has two physician factors, and each row of the schedule stands twice."""
        return any("/" in name for name, *_ in self.factors)

    def script(self, kind_words: Mapping[str, str], absences: Mapping[str, tuple[str, str]]) -> str:
        """What the page's script must know: the basis, the days, the settings and the words."""
        said = {
            "years": self.years,
            "basis": self.basis,
            "factors": {name: first for name, first, *_ in self.factors},
            "days": {schedule: [one, two] for schedule, one, two in self.days},
            "measures": [[measure, words.MEASURES[measure], SCHEDULE_OF[measure]] for measure in SETTINGS],
            "kinds": kind_words,
            "absence": {status: word for status, (word, _) in absences.items()},
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def moves(years: tuple[int, int], comparison: Comparison) -> Moves:
    """The view of a comparison. Moves are listed for whole codes; the rows of 26, TC and 53 are in the files."""
    rows = [row for row in comparison.changed if not row.modifier and row.track in ("", "nonqp")]
    blocks = {block.measure: block for block in comparison.blocks}
    settings = tuple(
        _setting(blocks[measure], [row for row in rows if row.measure == measure])
        for measure in SETTINGS
        if measure in blocks
    )
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
        len(comparison.changed),
        comparison.basis,
        tuple((name, one.isoformat(), two.isoformat()) for name, (one, two) in comparison.days.items()),
    )


_PLAIN = (kinds.SAME, kinds.MOVED, kinds.RESTATED, kinds.BORN, kinds.GONE, kinds.REPLACED, kinds.APC)


_OF_SCHEDULE = re.compile(rf"^(Days of|Provisional,|Not compared,) ({'|'.join(words.SCHEDULES)}):")


def _readable(line: str) -> str:
    """A line of the headline with its schedules and dates as a page prints them."""
    line = _OF_SCHEDULE.sub(lambda found: f"{found[1]} {words.SCHEDULES[found[2]]}:", line)
    line = line.replace("1 January", "January 1")
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
        first, second = (printers.plain(factor) if factor else "" for factor in (one, two))
        yield name, first, second, share


def _setting(block: Block, rows: Sequence[Change]) -> SettingMoves:
    whole = (block.modifier == "") & np.isin(block.track, ("", "nonqp"))
    kinds_of = [row.kind for row in rows]
    new, gone = kinds_of.count(kinds.BORN), kinds_of.count(kinds.GONE) + kinds_of.count(kinds.REPLACED)
    moved = [row for row in rows if row.percent is not None and row.change is not None]
    return SettingMoves(
        block.measure,
        words.MEASURES[block.measure],
        len(rows) - new - gone,
        int(np.count_nonzero(whole & (block.kind == kinds.SAME))),
        new,
        gone,
        tuple(_bars(block, whole & (block.kind != kinds.NOT_HELD))),
        tuple(sorted(moved, key=lambda row: (-abs(row.change or Decimal(0)), row.code))[:TOP]),
    )


def _bars(block: Block, rows: Mask) -> Iterator[Bar]:
    edges = [int(edge.scaleb(PERCENT_PLACES)) for edge in EDGES]
    shares = block.percent[(rows & block.holds).astype(bool)]
    counts = np.bincount(np.searchsorted(edges, shares, side="right"), minlength=len(EDGES) + 1)
    for at, count in enumerate(counts.tolist()):
        low = f"{EDGES[at - 1]:+}" if at else ""
        high = f"{EDGES[at]:+}" if at < len(EDGES) else ""
        label = f"{low} to {high} %" if low and high else f"below {high} %" if high else f"{low} % and more"
        yield Bar(label.replace("-", figures.MINUS), count)


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
