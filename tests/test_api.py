"""The static API: every file is what its schema says, its examples run, its feed is valid."""

from __future__ import annotations

import csv
import html
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from feebook.publish import apischemas
from feebook.publish.feed import Entry, atom
from tests.served import served
from tests.test_site import SITE_URL, packages, site  # noqa: F401  (fixtures)

pytestmark = pytest.mark.xdist_group("site")


def test_every_file_of_the_api_is_what_its_schema_says(site: Path) -> None:  # noqa: F811
    root = site / "api/v1"
    known = {name: Draft202012Validator(schema) for name, schema in apischemas.schemas().items()}
    found = [path for folder in ("codes", "years", "compare") for path in (root / folder).glob("*.json")]
    assert len(found) > 20
    for path in [root / "index.json", *found]:
        said = json.loads(path.read_text(encoding="utf-8"))
        schema = (path.parent / said["$schema"]).resolve()
        assert schema.is_file()
        errors = [f"{path.name} {error.json_path}: {error.message}" for error in known[schema.name].iter_errors(said)]
        assert errors == []


def test_a_comparison_column_by_column_is_the_one_that_its_csv_has_row_by_row(site: Path) -> None:  # noqa: F811
    pairs = sorted((site / "api/v1/compare").glob("*.json"))
    assert pairs
    for path in pairs:
        columns = json.loads(path.read_text(encoding="utf-8"))["columns"]
        texts = {
            name: column if isinstance(column, list) else [column["values"][place] for place in column["at"]]
            for name, column in columns.items()
        }
        with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows
        assert {name: [row[name] for row in rows] for name in rows[0] if name in texts} == texts
        assert {name for name in rows[0] if name not in texts} == {"basis", "before_day", "after_day"}


def test_the_schemas_are_schemas_and_refuse_what_they_do_not_know() -> None:
    for schema in apischemas.schemas().values():
        Draft202012Validator.check_schema(schema)
    row = apischemas.row("asc", without=["code"])
    good = {
        "from": "2024-01-01",
        "through": "2024-12-31",
        "release": "2024-01",
        "payment_indicator": "A2",
        "addendum": "AA",
    }
    known = Draft202012Validator(row)
    assert known.is_valid(good | {"payment": "86.21"})
    assert not known.is_valid(good | {"payment": 86.21})
    assert not known.is_valid(good | {"price": "86.21"})
    assert not known.is_valid({"payment": "86.21"})


def test_the_schemas_that_are_published_are_those(site: Path) -> None:  # noqa: F811
    for name, schema in apischemas.schemas().items():
        assert json.loads((site / "api/v1/schemas" / name).read_text(encoding="utf-8")) == schema


def test_the_examples_in_python_run_and_print_amounts(
    site: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (site / "api/index.html").read_text(encoding="utf-8")
    examples = re.findall(r'<code class="language-python">(.*?)</code>', page, re.S)
    assert len(examples) == 6
    assert "urlopen\n\ncode = " in examples[0]
    said = []
    with served(site) as address:
        for example in examples:
            exec(html.unescape(example).replace(SITE_URL, address), {})
            said.append(capsys.readouterr().out)
    assert [bool(re.search(r"\d+\.\d\d", text)) for text in said] == [True] * 5 + [False]


def test_the_feed_is_atom_with_dates_of_the_data(site: Path) -> None:  # noqa: F811
    feed = ElementTree.fromstring((site / "changes.xml").read_bytes())
    atom_ = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom_}feed"
    entries = feed.findall(f"{atom_}entry")
    ids = [entry.findtext(f"{atom_}id") for entry in entries]
    assert "tag:feebook.example,2024-03-09:release/2024/physician/2024AR" in ids
    assert any("errata/" in str(one) for one in ids)
    assert len(set(ids)) == len(ids)
    days = [str(entry.findtext(f"{atom_}updated")) for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{atom_}updated") == days[0]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", day) for day in days)
    for entry in entries:
        link = entry.find(f"{atom_}link")
        assert link is not None
        path = link.attrib["href"].removeprefix(SITE_URL).split("#")[0]
        assert (site / path / "index.html").is_file()
        assert entry.findtext(f"{atom_}title")
        assert entry.findtext(f"{atom_}summary")


def test_every_page_leads_to_the_feed(site: Path) -> None:  # noqa: F811
    for path in site.rglob("index.html"):
        found = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]*)"', path.read_text())
        assert found, path
        assert (path.parent / found[1]).resolve() == site / "changes.xml"


def test_text_in_a_feed_is_only_text() -> None:
    title = "<script>alert(1)</script> & \x0b\u202e ]]>"
    feed = ElementTree.fromstring(atom([Entry("a", "2024-01-01", "2024-02-01", title, "x/", title)], ""))
    assert feed.findtext(".//{*}entry/{*}title") == "<script>alert(1)</script> & \u202e ]]>"
