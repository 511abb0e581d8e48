"""A code in the terminal: what is not known of it is said, and what a text asks for is understood."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feebook.errors import Usage
from feebook.show import asked, of_zip, show, told
from tests.compare_tiny import Row, physician, weighted, write


def document(schedule: str, first: str, form: str = "original") -> Row:
    held = {"kind": "schedule", "schedule": schedule, "release": first[:7], "effective_from": first}
    return held | {"form": form, "sha256": "ab"}


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """2025 as CMS printed it, and 2026, of which the outpatient schedule is held from July as a copy by others."""
    every = ("physician", "outpatient", "asc")
    write(
        tmp_path,
        2025,
        {
            "documents": [document(name, "2025-01-01") for name in every],
            "physician": [physician("37252", "32.3465"), physician("37226", "32.3465")],
            "outpatient": [weighted("outpatient", "37252", "N")],
            "asc": [weighted("asc", "37252", "N1")],
            "zip_localities": [{"zip": "94110", "locality": "0111205", "plus_four": "0", "from": "2025-10-01"}],
        },
    )
    held = [document("physician", "2026-01-01"), document("asc", "2026-01-01")]
    write(
        tmp_path,
        2026,
        {
            "documents": [*held, document("outpatient", "2026-07-01", "secondary")],
            "physician": [physician("37252", "33.4009"), physician("93458", "33.4009")],
            "outpatient": [weighted("outpatient", "93458", "J1", payment="3300.00") | {"from": "2026-07-01"}],
            "asc": [weighted("asc", "37252", "N1")],
        },
    )
    return tmp_path


def test_a_copy_that_leaves_a_code_out_is_no_proof_that_the_schedule_does(datasets: Path) -> None:
    nothing: dict[str, tuple[str, ...]] = {"physician": (), "asc": (), "outpatient": ()}
    before = "2026-01-01 – 06-30"
    copied = "2026-07-01 – 12-31 (held in part, by a copy without this code)"
    assert show("37252", datasets).gaps == nothing | {"outpatient": (before, copied)}
    assert show("37252", datasets, date(2026, 8, 1)).gaps == nothing | {"outpatient": (copied,)}
    assert show("37252", datasets, date(2026, 2, 1)).gaps == nothing | {"outpatient": (before,)}
    assert show("93458", datasets, date(2026, 8, 1)).gaps == nothing
    assert show("37252", datasets, date(2025, 8, 1)).gaps == nothing


def test_a_deleted_code_says_so_and_what_took_its_place(datasets: Path) -> None:
    shown = show("37226", datasets)
    assert shown.ended is not None
    said = "37226: deleted as of 2026-01-01; in its place: 37254 … 37299 (46 codes)"
    assert told(shown.code, shown.ended) == said
    assert shown.gaps == {"physician": (), "asc": (), "outpatient": ()}
    assert show("37252", datasets).ended is None
    with pytest.raises(Usage) as raised:
        show("37226", datasets, date(2026, 8, 1))
    assert str(raised.value) == said


def test_a_code_that_is_nowhere_names_the_package_of_the_day_and_what_is_not_held(datasets: Path) -> None:
    with pytest.raises(Usage) as raised:
        show("99213", datasets, date(2025, 8, 1))
    assert str(raised.value) == "99213: not in the schedules on 2025-08-01 of the package for 2025"
    with pytest.raises(Usage) as raised:
        show("99213", datasets, date(2026, 8, 1))
    found = "99213: not in the schedules on 2026-08-01 of the package for 2026; no source held of outpatient"
    assert str(raised.value) == found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("37252", ("37252", None)),
        ("+37252", ("37252", None)),
        ("cpt 37252", ("37252", None)),
        ("CPT® 37252", ("37252", None)),
        ("93458-26", ("93458", "26")),
        ("93458 tc", ("93458", "TC")),
        ("g0463", ("G0463", None)),
    ],
)
def test_a_code_is_taken_as_people_write_it(text: str, meant: tuple[str, str | None]) -> None:
    assert asked(text) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", "'hello' is not the form of a procedure code, such as 37252, G0463 or 0238T"),
        ("93458-59", "'93458-59': amounts are held by the modifiers 26, TC, 53; leave 59 off"),
        ("93458-TC", "'93458-TC' and --modifier 26: one modifier was due"),
    ],
)
def test_what_is_no_code_is_said(text: str, said: str) -> None:
    with pytest.raises(Usage) as raised:
        asked(text, "26")
    assert str(raised.value) == said


def test_the_zip_file_of_a_locality_is_named(datasets: Path) -> None:
    assert of_zip("94110", None, datasets).note == "by the ZIP file of 2025-10-01, taken for every year shown"
    assert of_zip("94110", date(2025, 11, 1), datasets).note == "by the ZIP file of 2025-10-01"
    with pytest.raises(Usage, match="'9411': a ZIP code has five digits, such as 94110"):
        of_zip("9411", None, datasets)


def test_a_draft_does_not_land_among_the_recipes_unasked(root: Path) -> None:
    from typer.testing import CliRunner

    from feebook.cli import app

    guide = next(iter(sorted((root / "examples" / "guides").glob("*.pdf"))))
    raised = CliRunner().invoke(app, ["add", str(guide)]).exception
    assert isinstance(raised, Usage)
    assert str(raised) == "name the --publisher, or a folder of drafts with --into"
    assert not (root / "extract" / "unknown-publisher").exists()


def test_what_is_added_is_a_draft(root: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from feebook.cli import app
    from feebook.recipe import drafts

    guide = root / "examples" / "guides" / "tamarack-access-2024.pdf"
    done = CliRunner().invoke(app, ["add", str(guide), "--publisher", "Tamarack", "--into", str(tmp_path)])
    assert done.exit_code == 0
    assert drafts(tmp_path) == [tmp_path / "tamarack" / "tamarack-access-2024.toml"]


def test_schedules_without_modifiers_say_nothing_of_a_part(tmp_path: Path) -> None:
    rows = [physician("93458", "32.3465"), physician("93458", "32.3465") | {"modifier": "26"}]
    tables = {
        "documents": [document("physician", "2025-01-01"), document("outpatient", "2025-01-01")],
        "physician": rows,
    }
    write(tmp_path, 2025, tables | {"outpatient": [weighted("outpatient", "93458", "J1", payment="3300.00")]})
    assert list(show("93458", tmp_path, modifier="26").schedules) == ["physician"]
    assert list(show("93458", tmp_path).schedules) == ["physician", "asc", "outpatient"]
