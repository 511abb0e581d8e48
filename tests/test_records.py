"""The rows of some codes, read from the middle of the packages."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feebook.publish import records

codes = st.lists(st.sampled_from([f"{at:05}" for at in range(40)]), max_size=120).map(sorted)


@given(codes, st.integers(0, 39), st.integers(0, 39), st.integers(1, 64))
def test_rows_found_from_the_middle_are_those_found_from_the_start(
    tmp_path_factory: pytest.TempPathFactory, held: list[str], one: int, two: int, near: int
) -> None:
    path = tmp_path_factory.mktemp("held") / "asc.csv"
    rows = [[code, f"row {at}{'…' * (at % 5)}"] for at, code in enumerate(held)]
    path.write_text("code,said\n" + "".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
    first, last = f"{min(one, two):05}", f"{max(one, two):05}"
    due = [
        (code, ["code", "said"], list(same))
        for code, same in groupby(rows, key=lambda row: row[0])
        if first <= code <= last
    ]
    with pytest.MonkeyPatch.context() as patch, path.open("rb") as file:
        patch.setattr(records, "_NEAR", near)
        assert list(records._groups(file, "asc", first, last)) == due


def test_a_table_without_rows_has_none(tmp_path: Path) -> None:
    path = tmp_path / "asc.csv"
    path.write_text("code,said\n")
    with path.open("rb") as file:
        assert list(records._groups(file, "asc", "00000", "99999")) == []
