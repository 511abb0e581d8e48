"""What is published of codes and descriptors in each mode."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import parquet

from feebook.compare.families import Family
from feebook.errors import Usage
from feebook.publish import rights
from feebook.publish.rights import Rights
from tests.test_site import CODES, build, packages, site  # noqa: F401  (fixtures)

pytestmark = pytest.mark.xdist_group("site")

LEVEL_ONE = [code for code in CODES if code[0].isdigit()]


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file of a site as text: what is packed is unpacked, a table of Parquet is its values."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _texts(path.relative_to(folder).as_posix(), path.read_bytes())


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    if name.endswith((".zip", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in parts.namelist():
                yield from _texts(f"{name}/{part}", parts.read(part))
    elif name.endswith(".parquet"):
        yield name, str(parquet.read_table(io.BytesIO(data)).to_pydict())
    else:
        yield name, (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8", errors="replace")


def test_with_level_two_only_no_level_one_code_is_anywhere(
    packages: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FEEBOOK_PUBLISH_MODE", "hcpcs2-only")
    out = build(packages, tmp_path / "public")
    found = re.compile(rf"(?<![0-9A-Za-z.,$])({'|'.join(LEVEL_ONE)})(?![0-9A-Za-z]|[.,][0-9])")
    zips = re.compile(r"zip_localities|api/v1/zips/")  # ZIP codes are digits too
    leaks = [
        (name, match[0], text[max(0, match.start() - 40) : match.end() + 20])
        for name, text in texts(out)
        if not zips.search(name)
        for match in found.finditer(f"{name} {text}")
    ]
    assert leaks == []
    assert {
        path.name for path in (out / "codes").iterdir() if len(path.name) == 5 and not path.name.endswith("xxx")
    } == {code for code in CODES if code[0].isalpha()}
    assert not list((out / "data").glob("archive/*"))
    assert "$" in (out / "codes/G0463/index.html").read_text(encoding="utf-8")


def test_with_a_license_descriptors_come_from_the_overlay_alone(
    packages: Path,  # noqa: F811
    site: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    root: Path,
) -> None:
    words = "A word for 37252 & <b>no other</b>"
    overlay = root / rights.OVERLAY
    assert not overlay.exists(), "the overlay of a licensee is in the way of this test"
    overlay.parent.mkdir(exist_ok=True)
    overlay.write_text(f"code,descriptor\n37252,{words}\n", encoding="utf-8")
    try:
        monkeypatch.setenv("FEEBOOK_PUBLISH_MODE", "licensed")
        out = build(packages, tmp_path / "public")
    finally:
        overlay.unlink()
        overlay.parent.rmdir()
    page = (out / "codes/37252/index.html").read_text(encoding="utf-8")
    assert "A word for 37252 &amp; &lt;b&gt;no other&lt;/b&gt;" in page
    assert "American Medical Association" in page
    assert json.loads((out / "api/v1/codes/37252.json").read_text(encoding="utf-8"))["descriptor"] == words
    said = {name for name, text in texts(out) if "A word for 37252" in text}
    assert said == {"codes/37252/index.html", "api/v1/codes/37252.json"}
    assert not any("A word for 37252" in text for _, text in texts(site))


def test_a_mode_or_an_overlay_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FEEBOOK_PUBLISH_MODE", raising=False)
    assert rights.rights({}, tmp_path) == Rights("codes")
    with pytest.raises(Usage, match=r"publish.mode is 'all'; there are codes, hcpcs2-only, licensed"):
        rights.rights({"mode": "all"}, tmp_path)
    with pytest.raises(Usage, match=r"there is no overlay/descriptors.csv with the columns code and descriptor"):
        rights.rights({"mode": "licensed"}, tmp_path)
    (tmp_path / "overlay").mkdir()
    (tmp_path / rights.OVERLAY).write_text("code,descriptor\n37252,a\n3725,b\n")
    with pytest.raises(Usage, match=r"line 3: a code and its descriptor were due"):
        rights.rights({"mode": "licensed"}, tmp_path)
    monkeypatch.setenv("FEEBOOK_PUBLISH_MODE", "hcpcs2-only")
    assert rights.rights({"mode": "licensed"}, tmp_path).mode == "hcpcs2-only"


def test_codes_in_words_are_hidden_and_numbers_are_left() -> None:
    to = Rights("hcpcs2-only", {}, frozenset({"37252", "0101T", "00100"}))
    assert to.text("37252, C9600 and +0101T at $37252 or 1.00100 or 00100.5; a37252f") == (
        "[CPT code], C9600 and +[CPT code] at $37252 or 1.00100 or 00100.5; a37252f"
    )
    assert to.page('see <a href="../codes/37252/">37252</a>, <a href=codes/C9600/>C9600</a>') == (
        "see [CPT code], <a href=codes/C9600/>C9600</a>"
    )
    assert Rights().page("37252") == "37252"


def test_a_family_keeps_its_level_two_codes() -> None:
    to = Rights("hcpcs2-only", {}, frozenset({"92928"}))
    assert to.families([Family("stents", "Stents", frozenset({"92928", "C9600"}))]) == (
        Family("stents", "Stents", frozenset({"C9600"})),
    )


def test_no_descriptor_of_cms_s_files_is_anywhere(site: Path, sources: Path) -> None:  # noqa: F811
    """Pages, search index, API and downloads, unpacked, hold none of the short descriptors of the physician file."""
    with (sources / "physician/2023/rvu23a/PPRRVU23_JAN.csv").open(encoding="cp1252", newline="") as file:
        rows = [line for line in csv.reader(file) if len(line) > 3 and line[0] in CODES]
    # a descriptor of one plain word would be found in any prose
    wording = {line[2].strip().lower() for line in rows if line[2].count(" ") >= 2}
    assert len(wording) >= 4
    lowered = [(name, text.lower()) for name, text in texts(site)]
    assert [(name, words) for name, text in lowered for words in wording if words in text] == []
