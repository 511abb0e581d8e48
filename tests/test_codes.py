"""The form of codes."""

from __future__ import annotations

import pytest

from feebook.codes import is_code, split_add_on, system


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("37252", "cpt-1"),
        ("00100", "cpt-1"),
        ("0001A", "cpt-1"),
        ("0001M", "cpt-1"),
        ("0001U", "cpt-1"),
        ("0001F", "cpt-2"),
        ("0238T", "cpt-3"),
        ("G0463", "hcpcs-2"),
    ],
)
def test_system(code: str, name: str) -> None:
    assert is_code(code)
    assert system(code) == name


@pytest.mark.parametrize("text", ["", "3725", "372521", "9292R", "37252 ", "g0463", "C92.00", "１２３４５", "G046A"])
def test_what_is_no_code(text: str) -> None:
    assert not is_code(text)


def test_the_add_on_sign_is_a_fact_not_a_part() -> None:
    assert split_add_on("+37252") == ("37252", True)
    assert split_add_on(" + 61864") == ("61864", True)
    assert split_add_on("37252") == ("37252", False)
