"""Lines of figures that stand on no code's line, beside cells of codes and wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from feebook.guides.read import Refused, read
from tests.guides.placed import page, rows, said


@pytest.mark.parametrize("ruled", [True, False])
def test_figures_level_with_the_middle_of_cells_of_codes_and_wording(tmp_path: Path, ruled: bool) -> None:
    """Rules part the codes: each line of figures has one. Without rules it may be of the code above or below."""
    heads = rows((40, 240, 380), 90, ("CPT code and wording", "Facility payment", "Office payment"))
    lines = [("37184", "First vessel", "$408", "$1,577"), ("37187", "A vein", "$373", "$1,549")]
    items = [*heads]
    for n, (code, wording, *paid) in enumerate(lines):
        top = 115 + 30 * n
        items += [(40.0, top, code), (40.0, top + 11, wording), *rows((240, 380), top + 5.5, paid)]
    between = [(36, 132, 460, 132), (36, 162, 460, 162)] if ruled else []
    data = page([(40.0, 60.0, "Clot work 2025"), *items], rules=[(36, 102, 460, 102), *between])
    due = [("37184", "facility_payment", "408"), ("37184", "nonfacility_payment", "1577")]
    due += [("37187", "facility_payment", "373"), ("37187", "nonfacility_payment", "1549")]
    path = tmp_path / "facsimile.pdf"
    path.write_bytes(data)
    if ruled:
        assert said(read(path).cells) == due
    else:
        with pytest.raises(Refused, match="no code table"):
            read(path)
