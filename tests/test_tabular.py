"""Tables as CSV: exact, and harmless where anybody may have written the text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feebook.tabular import to_csv, to_safe_csv


@given(st.lists(st.lists(st.text("a,\"'\n\r\t= é"), min_size=2, max_size=2)))
def test_a_csv_gives_back_each_text_as_it_was(rows: list[list[str]]) -> None:
    assert list(csv.reader(io.StringIO(to_csv(("a", "b"), rows), newline=""))) == [["a", "b"], *rows]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "\t=1", "\r=1", "+A1", "-2+3", "-1+cmd|' /C calc'!A0", "+\n=1"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert list(csv.reader(io.StringIO(to_safe_csv(("printed",), [[text]]), newline="")))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["-5.77", "+5.8 %", "-$5.77", "+$1,201.42", "-", "--", "$86", "86=86", "", "N1"])
def test_amounts_and_dashes_stay_as_they_are(text: str) -> None:
    assert to_safe_csv(("printed",), [[text]]) == to_csv(("printed",), [[text]])
