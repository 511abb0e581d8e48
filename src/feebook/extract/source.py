"""A source as a recipe names it, where its file is at hand, and what a reading of it has to say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from feebook.recipe import Edition, Recipe

SECONDARY = "secondary"
FORMS = ("original", "re-saved", "re-exported", SECONDARY)
"""Forms that are folded in, the one that is used where several of one release are at hand first."""

NOT_HELD = "not held"


@dataclass(frozen=True, slots=True)
class Source:
    """An edition, the recipe that names it and, where it is at hand, its file."""

    recipe: Recipe
    edition: Edition
    path: Path | None

    @property
    def held(self) -> bool:
        """False for an edition that is named so that its absence is known."""
        return self.edition.form != NOT_HELD


@dataclass(frozen=True, slots=True)
class Said:
    """What a reading has to say besides its rows: what was kept as committed, and what postings corrected."""

    kept: list[str]
    corrections: dict[str, str]
