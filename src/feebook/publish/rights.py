"""What is published of codes and their descriptors: the setting `publish.mode`.

CPT codes (HCPCS Level I) and their descriptors are copyright of the American Medical Association. `codes` publishes
codes with figures; `hcpcs2-only` leaves Level I out of everything; `licensed` adds descriptors from a file of the
licensee, which is never part of the project.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from feebook import codes, package, tabular
from feebook.compare.families import Family
from feebook.document import write
from feebook.errors import Usage
from feebook.package import Package, read_csv

FILTERED = "-hcpcs2"
"""Ends the version of a package without Level I codes."""

CODES, HCPCS2_ONLY, LICENSED = MODES = ("codes", "hcpcs2-only", "licensed")
OVERLAY: Final = "overlay/descriptors.csv"
"""Where a licensee puts descriptors, below the folder of mkdocs.yml; git ignores it and no wheel carries it."""

UNNAMED: Final = "[CPT code]"
"""What stands in a text in the place of a Level I code that is left out."""

_CODE_COLUMNS: Final = ("code", "primary", "secondary", "adjusted_code")
_NOT_PROSE: Final = frozenset({"locality", "zip", "document", "rate_document", "sha256", "url", "place", "release"})


_FORM: Final = re.compile(r"(?<![0-9A-Za-z.,$])[0-9]{4}[0-9AFTUM](?![0-9A-Za-z]|[.,][0-9])")
"""What looks like a Level I code in a text, and is no part of a number or of a checksum."""


_LINK: Final = re.compile(r'<a\b[^>]*?\bhref="?[^" >]*?codes/(\w{5})[/.][^>]*>(.*?)</a>', re.S)
"""A link to the page or the files of a code."""

_PICTURE: Final = re.compile(r'<img\b[^>]*>|<meta property="?og:image[^>]*>')
"""A picture: what is drawn in it no filter of words reaches."""


@dataclass(frozen=True, slots=True)
class Rights:
    """The mode; with `licensed` the descriptors by code, with `hcpcs2-only` the Level I codes that must not show."""

    mode: str = CODES
    descriptors: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def text(self, told: str) -> str:
        """A text without the Level I codes that must not show."""
        if not self.hidden:
            return told
        return _FORM.sub(lambda found: UNNAMED if found[0] in self.hidden else found[0], told)

    def file(self, name: str) -> bool:
        """Whether a file may be published: not one named after such a code, nor a picture, which may show one."""
        return not self.hidden or (self.text(Path(name).stem) == Path(name).stem and not name.endswith(".png"))

    def page(self, html: str) -> str:
        """A page without such codes; a link to the page of one is only its words, and no picture is shown."""
        if not self.hidden:
            return html
        html = _PICTURE.sub("", html)
        return self.text(_LINK.sub(lambda found: found[2] if found[1] in self.hidden else found[0], html))

    def families(self, every: Iterable[Family]) -> tuple[Family, ...]:
        """Families of the codes that may show; what took the place of what is told only where both sides may."""
        if not self.hidden:
            return tuple(every)
        return tuple(
            Family(
                one.slug,
                self.text(one.label),
                frozenset(filter(_level_two, one.codes)),
                tuple(told for told in one.replacements if all(map(_level_two, told.before | told.after))),
                tuple(self.text(name) for name in one.aliases),
            )
            for one in every
        )


def rights(said: Mapping[str, Any], root: Path) -> Rights:
    """The rights from `extra.publish` of mkdocs.yml; `FEEBOOK_PUBLISH_MODE` goes before it. `root` holds the overlay.

    Raises Usage for a mode that there is not, and for an overlay that is not there or not as described.
    """
    mode = os.environ.get("FEEBOOK_PUBLISH_MODE") or str(said.get("mode", CODES))
    if mode not in MODES:
        raise Usage(f"publish.mode is {mode!r}; there are {', '.join(MODES)}")
    return Rights(mode, _overlay(root / OVERLAY) if mode == LICENSED else {})


def _overlay(path: Path) -> dict[str, str]:
    if not path.exists():
        raise Usage(f"publish.mode is licensed, and there is no {OVERLAY} with the columns code and descriptor")
    found: dict[str, str] = {}
    for number, row in enumerate(read_csv(path), 2):
        if row.keys() != {"code", "descriptor"} or not codes.is_code(row["code"]):
            raise Usage(f"{OVERLAY}: line {number}: a code and its descriptor were due")
        found[row["code"]] = row["descriptor"]
    return found


def level_two(datasets: Path, target: Path) -> Rights:
    """Packages without Level I codes, written to a folder; the rights that hide those codes in words too.

    Archived versions are left out, as they hold Level I codes.
    """
    held = [Package(datasets / str(year)) for year in package.years(datasets)]
    hidden = frozenset(row["code"] for one in held for row in one.rows("codes") if not _level_two(row["code"]))
    found = Rights(HCPCS2_ONLY, {}, hidden)
    shutil.rmtree(target, ignore_errors=True)
    for one in held:
        _filtered(one, target / one.folder.name, found)
    factors = datasets / "conversion_factors"
    if factors.is_dir():
        shutil.copytree(factors, target / factors.name)
    return found


def _filtered(held: Package, target: Path, to: Rights) -> None:
    target.mkdir(parents=True)
    said = held.descriptor()
    said["title"], said["version"] = f"{said['title']}, HCPCS Level II only", f"{said['version']}{FILTERED}"
    for resource in said["resources"]:
        data = _rows(held.path(resource["name"]), to)
        write(target / resource["path"], data)
        digest = hashlib.sha256(data).hexdigest()
        resource |= {"bytes": len(data), "rows": data.count(b"\n") - 1, "hash": f"sha256:{digest}"}
    write(target / "datapackage.json", package.to_json(said))


def _rows(path: Path, to: Rights) -> bytes:
    kinds = {one["name"]: one["type"] for one in package.schema(path.stem)["fields"]}
    with path.open(encoding="utf-8", newline="") as source:
        lines = csv.reader(source)
        names = next(lines)
        at = [names.index(name) for name in _CODE_COLUMNS if name in names]
        prose = {
            i for i, name in enumerate(names) if kinds[name] == "string" and i not in at and name not in _NOT_PROSE
        }
        kept = (line for line in lines if all(_level_two(line[i]) for i in at))
        told = ([_told(text, names[i], to) if i in prose else text for i, text in enumerate(line)] for line in kept)
        return tabular.to_csv(names, told).encode()


def _told(text: str, column: str, to: Rights) -> str:
    """A cell of prose without Level I codes; a list of codes keeps the others, a cell that is one code is empty."""
    if not text or text.isalpha():
        return text
    if column == "linked":
        return " ".join(filter(_level_two, text.split()))
    return "" if text in to.hidden else to.text(text)


def _level_two(code: str) -> bool:
    """True for a code of HCPCS Level II, and for no code at all."""
    return not code or code[0].isalpha()
