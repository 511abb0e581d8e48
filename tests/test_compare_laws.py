"""Laws that every comparison keeps, whatever the rows."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from feebook.amounts import half_up
from feebook.compare import Change, Comparison
from tests.compare_tiny import Row, compared, loaded, physician, weighted

CODES = ("37220", "37221", "37252", "99213", "G0463", "0501T", "75580")
rvu = st.integers(0, 9999).map(lambda hundredths: str(Decimal(hundredths) / 100))
factor = st.integers(250000, 950000).map(lambda units: str(Decimal(units) / 10000))
weight = st.integers(1, 9_999_999).map(lambda units: str(Decimal(units) / 10000))


@st.composite
def physician_row(draw: st.DrawFn, code: str, of_day: str) -> Row:
    status = draw(st.sampled_from("AARTBCN"))
    more = {"nonfacility_status": "not_applicable"} if draw(st.integers(0, 4)) == 0 else {}
    row = physician(code, of_day, status=status, rvus=" ".join(draw(rvu) for _ in range(4)), **more)
    return row if not more else row | {"nonfacility_payment": ""}


@st.composite
def weighted_row(draw: st.DrawFn, schedule: str, code: str, of_day: str) -> Row:
    indicators = {"outpatient": ["J1", "T", "S", "K", "N"], "asc": ["G2", "J8", "A2", "K2", "N1"]}
    indicator = draw(st.sampled_from(indicators[schedule]))
    apc = draw(st.sampled_from(["5192", "5193", "5194"])) if schedule == "outpatient" else ""
    if indicator in ("N", "N1"):
        return weighted(schedule, code, indicator)
    if indicator in ("K", "K2"):  # a drug: a rate without a weight, at times with three decimals
        return weighted(schedule, code, indicator, payment=str(Decimal(draw(st.integers(1, 9_999_999))) / 1000))
    of = draw(weight)
    return weighted(schedule, code, indicator, of, str(half_up(Decimal(of) * Decimal(of_day))), apc=apc)


@st.composite
def day(draw: st.DrawFn) -> tuple[dict[str, list[Row]], dict[str, str]]:
    factors = {name: draw(factor) for name in ("physician", "outpatient", "asc")}
    rows: dict[str, list[Row]] = {}
    for name in factors:
        codes = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
        one = physician_row if name == "physician" else None
        rows[name] = [
            draw(one(code, factors[name])) if one else draw(weighted_row(name, code, factors[name])) for code in codes
        ]
    return rows, factors


two_days = st.tuples(day(), day(), st.sampled_from(["paid", "latest", "constant-cf"]))
MIRROR = {
    "gone": "born",
    "replaced": "born",
    "paid_to_packaged": "packaged_to_paid",
    "packaged_to_paid": "paid_to_packaged",
    "paid_to_na": "na_to_paid",
    "na_to_paid": "paid_to_na",
}


def key(change: Change) -> tuple[str, ...]:
    return change.code, change.modifier, change.track, change.measure


@given(day())
@settings(max_examples=60, deadline=None)
def test_a_day_against_itself_is_the_same(one: tuple[dict[str, list[Row]], dict[str, str]]) -> None:
    found = compared(loaded("2024-01-01", *one), loaded("2024-01-01", *one))
    assert found.counts() == {"same": len(found.rows)}
    assert (found.material(), found.noise) == ((), 0)
    assert {part for change in found.rows for part in change.parts.values()} <= {Decimal(0)}


@given(two_days)
@settings(max_examples=150, deadline=None)
def test_parts_add_up_to_the_cent_and_rounding_stays_small(asked: tuple[object, ...]) -> None:
    for change in run(asked).rows:
        assert not change.parts or sum(change.parts.values()) == change.change
        assert abs(change.parts.get("rounding", Decimal(0))) <= Decimal("0.03")
        assert (change.change is None) == (change.before is None or change.after is None)
        assert (change.percent is None) or (change.before and change.reason == "")
        if asked[2] == "constant-cf":
            assert not change.parts.get("factor")


@given(two_days)
@settings(max_examples=150, deadline=None)
def test_the_way_back_is_the_mirror_image(asked: tuple[object, ...]) -> None:
    there, back = run(asked), run(asked, back=True)
    assert [key(change) for change in there.rows] == [key(change) for change in back.rows]
    for one, two in zip(there.rows, back.rows, strict=True):
        assert (one.before, one.after, one.before_status, one.after_indicator, one.before_apc) == (
            two.after,
            two.before,
            two.after_status,
            two.before_indicator,
            two.after_apc,
        )
        assert {name: -part for name, part in one.parts.items()} == dict(two.parts)
        assert one.change is None or two.change == -one.change
        mirrored = "gone" if two.kind == "replaced" else two.kind
        assert MIRROR.get(one.kind, "gone" if one.kind == "born" else one.kind) == mirrored


@given(two_days)
@settings(max_examples=60, deadline=None)
def test_nothing_is_dropped(asked: tuple[object, ...]) -> None:
    found = run(asked)
    assert len(found.material()) + found.noise + found.counts().get("same", 0) == len(found.rows)
    assert sum(found.counts().values()) == len(found.rows)


def run(asked: tuple[object, ...], back: bool = False) -> Comparison:
    (one, two), basis = asked[:2], str(asked[2])
    before, after = loaded("2023-01-01", *one), loaded("2026-01-01", *two)  # type: ignore[misc]
    return compared(after, before, basis) if back else compared(before, after, basis)
