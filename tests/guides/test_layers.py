"""An older table in a layer that is switched off, over the table that shows: only this is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from feebook.guides.read import read
from tests.guides.placed import said, with_layer

HEADS = ("CPT Code", "Work RVU", "Facility RVU", "Facility Payment")
NEW = [("37252", "1.80", "2.59", "$86"), ("37253", "1.44", "2.09", "$70"), ("36902", "4.58", "6.90", "$230")]
OLD = [("37252", "1.77", "2.51", "$81"), ("37253", "1.41", "2.01", "$68"), ("36902", "4.48", "6.70", "$220")]


def table(rows: Sequence[tuple[str, ...]], right: float = 0, up: float = 0) -> str:
    """The text of a table of 2024, its lines so far to the right and up."""
    lines = [("Rates CY 2024",), HEADS, *rows]
    return "\n".join(
        f"BT /F1 9 Tf {60 + 110 * x + right} {700 - 20 * y + up} Td ({text}) Tj ET"
        for y, line in enumerate(lines)
        for x, text in enumerate(line)
    )


def layer(content: str) -> str:
    return f"/OC /Layer BDC\n{content}\nEMC"


@pytest.mark.parametrize(("right", "up"), [(0, 0), (1.5, 0), (0, 3), (30, 10)])
@pytest.mark.parametrize("first", [True, False])
def test_an_older_table_in_a_hidden_layer_is_not_read(tmp_path: Path, right: float, up: float, first: bool) -> None:
    old = layer(table(OLD, right, up))
    path = tmp_path / "layers.pdf"
    path.write_bytes(with_layer(*((old, table(NEW)) if first else (table(NEW), old)), shown=False))
    measures = ("work_rvu", "facility_total_rvu", "facility_payment")
    found = read(path)
    wanted = [(row[0], m, t.strip("$")) for row in NEW for m, t in zip(measures, row[1:], strict=True)]
    assert said(found.cells) == wanted
    assert any("characters that a viewer does not see" in note for note in found.notes)


def test_a_table_in_a_layer_that_is_on_is_read(tmp_path: Path) -> None:
    path = tmp_path / "layers.pdf"
    path.write_bytes(with_layer(layer(table(OLD)), shown=True))
    assert [cell.printed for cell in read(path).cells] == [text for row in OLD for text in row[1:]]
