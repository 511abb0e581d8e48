"""The words of cells to statuses."""

from hypothesis import given
from hypothesis import strategies as st

from feebook.guides import lexicon

PHRASES = [(name, " ".join(phrase)) for name, phrases in lexicon.lexicon().statuses for phrase in phrases]


@given(st.lists(st.sampled_from([phrase for _, phrase in PHRASES]) | st.sampled_from(["36901", "stent"]), max_size=3))
def test_the_first_phrase_of_the_lexicon_that_a_text_holds_gives_its_status(parts: list[str]) -> None:
    said = " ".join(parts)
    held = [
        name
        for name, phrase in PHRASES
        if (said == phrase if " " not in phrase and len(phrase) <= 4 else f" {phrase} " in f" {said} ")
    ]
    due = held[0] if held else ""
    assert lexicon.status(said, "asc_payment") == ("not_on_asc_list" if due == "not_payable" else due)
    assert lexicon.status(said, "opps_payment") == ("not_covered" if due == "not_payable" else due)
