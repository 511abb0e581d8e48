"""Recipes and sources to packages, on a tiny schedule: what is right, and each thing that is not, in one sentence."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from feebook import package
from feebook.errors import Wrong
from feebook.extract import Report, extract
from feebook.recipe import drafts
from tests.rows import PHYSICIAN

HEADS = ",".join(name for name in PHYSICIAN if name != "pricing_indicator")
JANUARY = dict(PHYSICIAN, conversion_factor="32.7442")
RECIPE = """
publisher = "CMS"
id = "physician"
title = "Physician fee schedule"
kind = "schedule"
{editions}
[layout.plain.rows]
heading = ""
code = "code"
optional = ["pricing_indicator"]

[layout.plain.rows.columns]
{columns}
"""
EDITION = """
[[edition]]
year = 2024
document = "physician-{release}{suffix}"
schedule = "physician"
release = "{release}"
form = "{form}"
layout = "plain"
sha256 = "{sha256}"
effective_from = {day}
rows = {rows}
{more}
"""


class Workshop:
    """A project of its own: recipes, sources and packages in a folder of the test."""

    def __init__(self, folder: Path, factors: Path) -> None:
        self.recipes, self.sources, self.datasets = (folder / name for name in ("extract", "sources", "datasets"))
        (self.recipes / "cms").mkdir(parents=True)
        (self.recipes / "factors").mkdir()
        shutil.copy(factors, self.recipes / "factors" / "conversion_factors.csv")
        self.sources.mkdir()
        self.editions: list[str] = []
        self.columns = "\n".join(f'"{name}" = "{name}"' for name in HEADS.split(",")[1:])

    def release(self, name: str, day: str, *rows: dict[str, str], **facts: str) -> None:
        lines = [",".join(row[head] for head in HEADS.split(",")) for row in rows]
        data = "\n".join([facts.pop("heads", HEADS), *lines, ""]).encode()
        (self.sources / f"{name}{len(self.editions)}.csv").write_bytes(data)
        said = {"form": "original", "suffix": "", "more": "", "rows": str(len(rows))} | facts
        self.editions.append(EDITION.format(release=name, day=day, sha256=hashlib.sha256(data).hexdigest(), **said))

    def build(self) -> Report:
        text = RECIPE.format(editions="".join(self.editions), columns=self.columns)
        (self.recipes / "cms" / "physician.toml").write_text(text)
        (report,) = extract([2024], self.recipes, [self.sources], self.datasets)
        return report

    def payments(self) -> list[tuple[str, ...]]:
        rows = package.load(2024, self.datasets).rows("physician")
        return [(r["code"], r["from"], r["through"], r["release"], r["facility_payment"]) for r in rows]


@pytest.fixture
def workshop(tmp_path: Path, root: Path) -> Workshop:
    return Workshop(tmp_path, root / "extract" / "factors" / "conversion_factors.csv")


def test_two_releases_make_two_segments(workshop: Workshop) -> None:
    workshop.release("2024A", "2024-01-01", JANUARY)
    workshop.release("2024AR", "2024-03-09", PHYSICIAN)
    assert workshop.build().changed[0] == "documents.csv"
    assert workshop.payments() == [
        ("37252", "2024-01-01", "2024-03-08", "2024A", "84.81"),
        ("37252", "2024-03-09", "2024-12-31", "2024AR", "86.21"),
    ]
    assert workshop.build().changed == ()
    (code,) = package.load(2024, workshop.datasets).rows("codes")
    assert (code["system"], code["add_on"], code["last_seen"]) == ("cpt-1", "1", "2024-12-31")


def test_two_forms_of_one_release_must_agree(workshop: Workshop) -> None:
    workshop.release("2024A", "2024-01-01", JANUARY)
    workshop.release(
        "2024A", "2024-01-01", dict(JANUARY, work_rvu="1.8000000000000001"), form="re-exported", suffix="-2"
    )
    assert workshop.build().kept == ()
    workshop.editions.pop()
    workshop.release("2024A", "2024-01-01", dict(JANUARY, bilateral="9"), form="re-exported", suffix="-2")
    (said,) = workshop.build().wrong
    assert said.startswith("physician-2024A-2 differs from the other form of 2024A in 1 rows, first 37252")


def test_a_later_posting_replaces_an_earlier_one_and_says_what_it_changed(workshop: Workshop) -> None:
    workshop.release("2024A", "2024-01-01", dict(JANUARY, co_surgery="2"), suffix="-first")
    workshop.release("2024A", "2024-01-01", JANUARY, more='corrects = "physician-2024A-first"')
    workshop.build()
    held = package.load(2024, workshop.datasets)
    assert [r["co_surgery"] for r in held.rows("physician")] == ["1"]
    notes = {row["document"]: row["note"] for row in held.rows("documents")}
    assert notes["physician-2024A"] == "replaces physician-2024A-first: 1 rows differ (37252)"


def test_a_draft_is_passed_over_until_a_person_has_checked_it(workshop: Workshop) -> None:
    workshop.release("2024A", "2024-01-01", JANUARY)
    workshop.build()
    before = package.load(2024, workshop.datasets).rows("documents")
    draft = workshop.recipes / "somebody" / "guide.toml"
    draft.parent.mkdir()
    (guide,) = workshop.sources.glob("*.csv")
    written = (
        'draft = true\npublisher = "Somebody"\nid = "guide"\ntitle = ""\nkind = "guide"\n[[edition]]\nyear = 2024\n'
    )
    draft.write_text(f'{written}sha256 = "{hashlib.sha256(guide.read_bytes()).hexdigest()}"\n')
    assert workshop.build().changed == ()
    assert package.load(2024, workshop.datasets).rows("documents") == before
    assert [path.name for path in drafts(workshop.recipes)] == ["guide.toml"]
    draft.write_text(draft.read_text().partition("\n")[2])
    with pytest.raises(Wrong, match=r"guide\.toml: Edition"):
        workshop.build()


def test_what_is_not_at_hand_leaves_the_committed_rows(workshop: Workshop) -> None:
    workshop.release("2024A", "2024-01-01", JANUARY)
    workshop.build()
    for path in workshop.sources.iterdir():
        path.unlink()
    report = workshop.build()
    assert report.changed == ()
    assert report.kept == ("physician",)
    assert workshop.payments() == [("37252", "2024-01-01", "2024-12-31", "2024A", "84.81")]


def test_some_missing_sources_are_named(workshop: Workshop) -> None:
    workshop.release("2024A", "2024-01-01", JANUARY)
    workshop.release("2024AR", "2024-03-09", PHYSICIAN)
    workshop.build()
    next(workshop.sources.glob("2024AR*")).unlink()
    assert workshop.build().kept == ("physician (1 of 2 missing, first physician-2024AR)",)


def _unknown_heading(w: Workshop) -> None:
    w.release("2024A", "2024-01-01", dict(JANUARY, imaging_family="99,1"), heads=f"{HEADS},surprise")


def _dropped_column(w: Workshop) -> None:
    w.columns = w.columns.replace('"pctc" = "pctc"\n', "")
    w.release("2024A", "2024-01-01", JANUARY)


def _cut_in_the_middle(w: Workshop) -> None:
    w.release("2024A", "2024-01-01", JANUARY, rows="2")


def _duplicated_code(w: Workshop) -> None:
    w.release("2024A", "2024-01-01", JANUARY, dict(JANUARY, co_surgery="2"))


def _code_as_a_number(w: Workshop) -> None:
    w.release("2024A", "2024-01-01", dict(JANUARY, code="100"))


def _unknown_key(w: Workshop) -> None:
    w.release("2024A", "2024-01-01", JANUARY, more='colour = "red"')


def _unknown_layout(w: Workshop) -> None:
    w.release("2024A", "2024-01-01", JANUARY, more="[edition.nothing]\nx = 1")


BAD: list[tuple[Callable[[Workshop], None], str]] = [
    (_unknown_heading, "physician-2024A: headings unknown: SURPRISE"),
    (_dropped_column, "physician-2024A: headings unknown: PCTC"),
    (_cut_in_the_middle, "physician-2024A: 2 rows were due, found 1"),
    (_duplicated_code, "2024A · 37252: twice with different values: co_surgery '1' and '2'"),
    (_code_as_a_number, "physician-2024A · row 2: a code was due in column 1, found '100'"),
]


@pytest.mark.parametrize(("spoil", "sentence"), BAD, ids=[spoil.__name__ for spoil, _ in BAD])
def test_what_is_wrong_is_said_in_a_sentence_and_the_package_stays(
    workshop: Workshop, spoil: Callable[[Workshop], None], sentence: str
) -> None:
    workshop.release("2024A", "2024-01-01", JANUARY)
    workshop.build()
    before = {path.name: path.read_bytes() for path in (workshop.datasets / "2024").iterdir()}
    workshop.editions.clear()
    spoil(workshop)
    report = workshop.build()
    (said,) = report.wrong
    assert said.startswith(sentence)
    assert "\n" not in said
    assert (report.changed, report.kept) == ((), ())
    assert {path.name: path.read_bytes() for path in (workshop.datasets / "2024").iterdir()} == before
    assert sorted(path.name for path in workshop.datasets.iterdir()) == ["2024", "conversion_factors"]


def test_each_guide_that_is_not_as_its_recipe_says_is_named_and_other_years_are_written(
    workshop: Workshop, root: Path
) -> None:
    for name in ("boston-scientific/boston-scientific-ivus.toml", "tamarack-vascular/tamarack-access.toml"):
        text = (root / "extract" / name).read_text()
        text = text.replace("cells = 16", "cells = 17").replace("cells = 110", "cells = 111", 1)
        (workshop.recipes / "cms" / Path(name).name).write_text(text)
    guides = root / "examples" / "guides"
    reports = extract([2023, 2024], workshop.recipes, [guides], workshop.datasets)
    assert {report.year: report.wrong for report in reports} == {
        2023: (),
        2024: (
            "boston-scientific-ivus-2024: 17 cells are due, 16 were read",
            "tamarack-access-2024: 111 cells are due, 110 were read",
        ),
    }
    assert {row["document"] for row in package.load(2023, workshop.datasets).rows("guide_cells")} == {
        "tamarack-access-2023"
    }
    assert not (workshop.datasets / "2024").exists()


def test_a_recipe_that_cannot_be_read_stops_with_a_sentence(workshop: Workshop) -> None:
    _unknown_key(workshop)
    with pytest.raises(Wrong, match=r"^physician\.toml: Edition has no colour; it knows bytes, cells, "):
        workshop.build()


def feebook(*words: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "feebook", *words], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("show", "xyz"), 2, "'xyz' is not the form of a procedure code, such as 37252, G0463 or 0238T"),
        (("show", "37252", "--on", "yesterday"), 2, "'yesterday' is not a day, such as 2024-03-09"),
        (("show", "37252", "--on", "1999-01-01"), 2, "no package for 1999-01-01: there are 2019, "),
        (("show", "99999"), 2, "99999: not in the schedules of the packages for 2019, "),
        (("show", "99213", "--locality", "0111299"), 2, "no locality 0111299 on the days that 99213 is held for"),
        (("check", "1999"), 2, "no package for 1999: there are 2019, "),
        (("extract", "--sources", "/nowhere"), 2, "/nowhere: no such folder of sources"),
    ],
)
def test_the_command_says_one_sentence_and_the_right_code(words: tuple[str, ...], code: int, sentence: str) -> None:
    returned, out, err = feebook(*words)
    assert (returned, out) == (code, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_packages_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    returned, _, err = feebook("extract", "2019", "--datasets", str(tmp_path / "file" / "datasets"))
    assert returned == 2
    assert err.count("\n") == 1
    assert "Not a directory" in err


def test_show_prints_every_year_of_a_code() -> None:
    returned, out, _ = feebook("show", "37252")
    assert returned == 0
    for amount in ("$88.11", "$973.58", "$84.81", "$911.93", "$86.21", "$927.06", "$84.42", "$860.42", "packaged"):
        assert amount in out
    assert "provisional" in out


def test_show_computes_a_locality() -> None:
    returned, out, _ = feebook("show", "99213", "--locality", "0111205", "--on", "2024-02-01")
    assert returned == 0
    for figure in ("$73.79", "$80.62", "$109.57", "$119.70"):
        assert figure in out
    assert feebook("show", "99213", "--zip", "94110", "--on", "2025-11-01")[1].count("0111205") == 1


def test_a_year_without_a_recipe_is_refused_and_nothing_is_written(workshop: Workshop) -> None:
    workshop.release("2024A", "2024-01-01", JANUARY)
    workshop.build()
    with pytest.raises(Wrong, match="no recipe names a source of 2031: there are 2024"):
        list(extract([2031], workshop.recipes, [workshop.sources], workshop.datasets))
    assert not (workshop.datasets / "2031").exists()


def test_show_says_which_days_are_not_held() -> None:
    _, out, _ = feebook("show", "37252", "--on", "2026-02-01")
    assert "Physician: no source held for 2026-01-01 – 03-31" in out
    assert feebook("show", "99213", "--on", "2019-05-01")[1].count("no source held") == 2


def test_what_show_says_beside_the_amounts_stands_in_its_json_too() -> None:
    said = json.loads(feebook("show", "99213", "--zip", "94110", "--on", "2024-02-01", "--format", "json")[1])
    assert said["locality_note"] == "by the ZIP file of 2025-10-01, the nearest that we hold to 2024-02-01"
    assert [row["nonfacility_payment"] for row in said["local"]] == ["109.57"]
    said = json.loads(feebook("show", "37252", "--on", "2026-02-01", "--format", "json")[1])
    assert said["not_held"]["physician"] == ["2026-01-01 – 03-31"]


def test_show_names_the_pairs_that_a_code_lifts_and_is_lifted_by() -> None:
    _, out, _ = feebook("show", "37252", "--on", "2025-06-01")
    assert "37224 $5,701.52 → $11,340.57" in " ".join(out.split())
    said = json.loads(feebook("show", "37224", "--on", "2025-06-01", "--format", "json")[1])
    assert "37252" in [row["secondary"] for row in said["pairs"] if row["primary"] == "37224"]
    assert json.loads(feebook("show", "37252", "--on", "2024-06-01", "--format", "json")[1])["pairs"] == []


def test_show_takes_the_cap_of_the_day() -> None:
    _, out, _ = feebook("show", "74261", "--locality", "1441201", "--on", "2024-07-01")
    assert "$221.27" in out
    assert "$224.94" not in out
