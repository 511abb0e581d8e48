"""A spoilt PDF ends in a result or a refusal. A sample; `python tests/mutate.py --all` reads all of them."""

from __future__ import annotations

import pytest

from feebook.guides.worker import MEMORY
from tests import mutate


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert [mutate.mutant(seed) for seed in range(20)] == [mutate.mutant(seed) for seed in range(20)]


def test_a_text_matrix_that_is_no_number_places_no_text() -> None:
    (ending,) = mutate.endings([179])
    assert (ending.outcome, ending.unforeseen) == ("no_table", "")


def test_a_page_printed_over_itself_hundreds_of_times_is_read_in_time() -> None:
    (ending,) = mutate.endings([221])
    assert (ending.outcome, ending.unforeseen) == ("read", "")
    assert ending.seconds < 20


@pytest.mark.xdist_group("mutants")
def test_a_sample_ends_in_results_and_refusals() -> None:
    ended = list(mutate.endings(range(7, mutate.COUNT, 29)))
    assert [ending for ending in ended if not ending.sound] == []
    assert any(ending.outcome == "read" for ending in ended)
    assert mutate.peak() <= MEMORY
