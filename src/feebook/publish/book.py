"""What is published: the packages that are held, their small tables, and every code they know."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from feebook import package, project
from feebook.compare.capped import listed
from feebook.document import sha256
from feebook.existence import Files
from feebook.package import Package, Row
from feebook.publish.indicators import Meanings, meanings
from feebook.silence import Gap, gaps

SCHEDULES = ("physician", "asc", "outpatient")
"""The schedules with a row for each code and segment, as a package names them."""

PROVISIONAL_FORMS = frozenset({"secondary", "excerpt"})
"""Forms of a document that do not settle a figure: it is shown, and marked."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code over all packages: its code set, family, the first and last day that a source has it, its years."""

    code: str
    system: str
    family: str
    first: str
    last: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The packages in the order of their years, and their small tables read once."""

    datasets: Path
    packages: tuple[Package, ...]
    years: tuple[int, ...]
    held: frozenset[tuple[int, str]]
    documents: Mapping[int, tuple[Row, ...]]
    factors: tuple[Row, ...]
    codes: Mapping[str, Code]
    versions: Mapping[int, str]
    releases: Mapping[tuple[int, str, str], tuple[Row, ...]]
    gaps: Mapping[str, tuple[Gap, ...]]
    partial: frozenset[tuple[int, str]]
    indicators: Meanings
    only: frozenset[str] = field(default=frozenset())
    capped: frozenset[str] = field(default=frozenset())
    """Codes of imaging that CMS's list of OPPS caps has in any year."""
    _asked: dict[tuple[int, str, str, str], tuple[Row, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    _provisional: dict[tuple[int, str, str, str], bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def files(self) -> Files:
        """What is held of the schedules, day by day and year by year."""
        return Files(self.gaps, self.held)

    def archives(self) -> list[tuple[str, int, str]]:
        """The released versions that stay downloadable, newest year first: file name, bytes and sha256."""
        found = sorted((self.datasets / "archive").glob("*.zip"), reverse=True)
        return [(path.name, path.stat().st_size, sha256(path)) for path in found]

    def package(self, year: int) -> Package:
        return next(held for held in self.packages if held.year == year)

    def holds(self, year: int, schedule: str) -> bool:
        return (year, schedule) in self.held

    def documents_of(self, year: int, schedule: str, row: Row) -> tuple[Row, ...]:
        """The documents that a row of a schedule was read from."""
        return self.release_documents(year, schedule, row["release"], row.get("addendum", ""))

    def release_documents(self, year: int, schedule: str, release: str, addendum: str = "") -> tuple[Row, ...]:
        """The documents of a release that we hold; of an ASC release those of the addendum, where the titles tell."""
        key = (year, schedule, release, addendum)
        if key not in self._asked:
            found = self.releases.get(key[:3], ())
            named = tuple(row for row in found if f"Addendum {addendum}," in row["title"]) if addendum else ()
            self._asked[key] = named or found
        return self._asked[key]

    def is_provisional(self, year: int, schedule: str, release: str, addendum: str = "") -> bool:
        """Whether all documents that we hold of a release are of a form that does not settle a figure."""
        key = (year, schedule, release, addendum)
        if key not in self._provisional:
            found = self.release_documents(*key)
            self._provisional[key] = bool(found) and all(row["form"] in PROVISIONAL_FORMS for row in found)
        return self._provisional[key]


def folder() -> Path:
    """The folder of the packages: `FEEBOOK_DATASETS`, or the project's own."""
    return Path(os.environ.get("FEEBOOK_DATASETS") or project.folder("datasets"))


def read(datasets: Path | None = None) -> Book:
    """The packages of a folder.

    `FEEBOOK_CODES` (`37252,93458`) publishes the pages of some codes only, to look at a change quickly.
    """
    datasets = datasets or folder()
    packages = tuple(Package(datasets / str(year)) for year in package.years(datasets))
    if not packages:
        raise package.PackageError(f"no packages in {datasets}: run `feebook extract` first")
    only = frozenset(filter(None, os.environ.get("FEEBOOK_CODES", "").replace(",", " ").split()))
    codes = _codes(packages)
    documents = {held.year: tuple(held.rows("documents")) for held in packages}
    return Book(
        datasets,
        packages,
        tuple(held.year for held in packages),
        frozenset((held.year, name) for held in packages for name in SCHEDULES if held.path(name).exists()),
        documents,
        _factors(packages),
        {name: code for name, code in codes.items() if not only or name in only},
        {held.year: held.descriptor()["version"] for held in packages},
        _releases(documents),
        {name: gaps(documents, name) for name in SCHEDULES},
        _partial(documents),
        meanings(packages),
        only,
        frozenset(listed(packages)),
    )


def _codes(packages: tuple[Package, ...]) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for held in packages:
        for row in held.rows("codes"):
            name, year = row["code"], (held.year,)
            one = Code(name, row["system"], row["family"], row["first_seen"], row["last_seen"], year)
            known = found.get(name)
            found[name] = one if known is None else _joined(known, one)
    return dict(sorted(found.items()))


def _releases(documents: Mapping[int, tuple[Row, ...]]) -> dict[tuple[int, str, str], tuple[Row, ...]]:
    """The documents of each release; of one that is not held, the word that it is not."""
    found: dict[tuple[int, str, str], tuple[Row, ...]] = {}
    for year, rows in documents.items():
        for row in rows:
            if row["kind"] == "schedule":
                key = (year, row["schedule"], row["release"])
                found[key] = (*found.get(key, ()), row)
    return found


def _partial(documents: Mapping[int, tuple[Row, ...]]) -> frozenset[tuple[int, str]]:
    """Year and schedule of which only copies by others or excerpts are held: what they leave out is not known."""
    forms: dict[tuple[int, str], set[str]] = {}
    for year, rows in documents.items():
        for row in rows:
            if row["kind"] == "schedule" and row["sha256"]:
                forms.setdefault((year, row["schedule"]), set()).add(row["form"])
    return frozenset(key for key, found in forms.items() if found <= PROVISIONAL_FORMS)


def _joined(known: Code, one: Code) -> Code:
    """A code of the years before with the same code of the year after them."""
    family = one.family or known.family
    return Code(
        known.code, one.system, family, min(known.first, one.first), max(known.last, one.last), known.years + one.years
    )


def _factors(packages: tuple[Package, ...]) -> tuple[Row, ...]:
    """Every conversion factor once; a package repeats those that reach into its year."""
    found = {tuple(row.values()): row for row in _rows(packages, "conversion_factors")}
    return tuple(sorted(found.values(), key=lambda row: (row["schedule"], row["from"], row["track"], row["standing"])))


def _rows(packages: tuple[Package, ...], resource: str) -> Iterator[Row]:
    for held in packages:
        yield from held.rows(resource)
