"""Recipes: facts about one source and all its editions, read from `extract/<publisher>/<id>.toml`.

A recipe holds facts only: no expressions, no conditions, no patterns on values. A key that is not known here, or of
the wrong type, stops the reading and is named. One that says `draft = true` was not checked by a person yet: nothing
that is published comes from it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from feebook.errors import Wrong

T = TypeVar("T")


class RecipeError(Wrong):
    """A recipe that says something we do not understand; the message names the file, the key and what was due."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One code table of a guide: the words above it, the heading of its codes, and what its columns measure."""

    name: str
    heading: str
    code: str
    columns: Mapping[str, str]
    ignore: tuple[str, ...] = ()
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """A misprint mended by its exact text, with the reason and how the truth was found."""

    code: str
    measure: str
    printed: str
    read: str
    why: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of a source: what it is, when it holds, and what must be in it."""

    year: int
    document: str
    form: str
    effective_from: date
    sha256: str = ""
    effective_through: date | None = None
    title: str = ""
    revision: str = ""
    released: date | None = None
    url: str = ""
    origin: str = ""
    bytes: int = 0
    pages: int = 0
    note: str = ""
    schedule: str = ""
    release: str = ""
    track: str = ""
    part: str = ""
    member: str = ""
    sheet: str = ""
    encoding: str = ""
    factors: Mapping[str, str] = field(default_factory=dict)
    corrects: str = ""
    unknown: tuple[str, ...] = ()
    rows: int = 0
    zeros_lost: Mapping[str, int] = field(default_factory=dict)
    not_codes: tuple[str, ...] = ()
    layout: str = ""
    conversion_factor: str = ""
    codes: int = 0
    cells: int = 0
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """A source: who prints it, what it is called, every edition we know and the layouts they come in."""

    path: Path
    publisher: str
    id: str
    title: str
    kind: str
    home: str = ""
    note: str = ""
    draft: bool = False
    editions: tuple[Edition, ...] = ()
    layouts: Mapping[str, tuple[TableLayout, ...]] = field(default_factory=dict)

    def layout(self, edition: Edition) -> tuple[TableLayout, ...]:
        """The tables that an edition is laid out in."""
        try:
            return self.layouts[edition.layout]
        except KeyError:
            raise RecipeError(
                f"{self.path.name}: edition {edition.document} names the layout {edition.layout!r}, "
                f"the recipe has {', '.join(sorted(self.layouts)) or 'none'}"
            ) from None


def recipes(folder: Path) -> Iterator[Recipe]:
    """Every recipe below a folder that a person has checked, in the order of the paths: no drafts."""
    for path in sorted(folder.glob("*/*.toml")):
        said = _said(path)
        if not said.get("draft"):
            yield _recipe(path, said)


def drafts(folder: Path) -> list[Path]:
    """The recipes below a folder that a person has still to check; what else stands in them is not looked at."""
    return [path for path in sorted(folder.glob("*/*.toml")) if _said(path).get("draft")]


def read_recipe(path: Path) -> Recipe:
    """The recipe of one file, also a draft. Raises RecipeError for a key or type that is not known."""
    return _recipe(path, _said(path))


def _said(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipeError(f"{path.name}: not a TOML file: {error}") from None


def _recipe(path: Path, said: dict[str, Any]) -> Recipe:
    editions = tuple(_edition(path, one) for one in said.pop("edition", []))
    layouts = {
        name: tuple(_make(TableLayout, path, {"name": table, **rest}) for table, rest in tables.items())
        for name, tables in said.pop("layout", {}).items()
    }
    recipe = _make(Recipe, path, {"path": path, "editions": editions, "layouts": layouts, **said})
    twice = _first_twice(edition.document for edition in editions)
    if twice:
        raise RecipeError(f"{path.name}: the document {twice} is named by two editions")
    return recipe


def _edition(path: Path, said: dict[str, Any]) -> Edition:
    fixes = tuple(_make(Fix, path, one) for one in said.pop("fix", []))
    return _make(Edition, path, {**said, "fixes": fixes})


def _make(kind: type[T], path: Path, said: Mapping[str, Any]) -> T:
    """A dataclass from a TOML table, every key known and none missing."""
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(said) - known)
    if unknown:
        raise RecipeError(
            f"{path.name}: {kind.__name__} has no {', '.join(unknown)}; it knows {', '.join(sorted(known))}"
        )
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in said.items()})
    except TypeError as error:
        raise RecipeError(f"{path.name}: {kind.__name__}: {str(error).partition('() ')[2]}") from None


def _first_twice(names: Iterator[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""
