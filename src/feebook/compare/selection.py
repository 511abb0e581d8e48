"""Which codes a question is about: codes, ranges, families, or a file of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from feebook import package
from feebook.compare.days import CompareError
from feebook.compare.families import expand, families


def select(asked: Iterable[str], datasets: Path) -> frozenset[str]:
    """The codes that are meant, of those that some package has.

    Each text may hold several, set apart by commas or spaces: a code, a range (`37220-37235`), the slug of a family
    (`leg-revascularization`) or a file that lists such (`@mine.txt`). Raises CompareError for what is none of these,
    for codes that no package has and for an empty list.
    """
    by_slug = {family.slug: family.codes for family in families()}
    wanted: set[str] = set()
    single: set[str] = set()
    for one in _words(asked):
        found = by_slug.get(one.lower())
        if found is None and not re.fullmatch(r"\+?[A-Za-z]?\d+[A-Za-z]?(-[A-Za-z]?\d+[A-Za-z]?)?", one):
            near = get_close_matches(one.lower(), by_slug, n=3) or list(by_slug)[:3]
            raise CompareError(f"{one!r} is no code, range or family; families are such as {', '.join(near)}")
        codes = set(found or expand(one.lstrip("+")))
        single |= codes if len(codes) == 1 else set()
        wanted |= codes
    if not wanted:
        raise CompareError("the list of codes is empty; leave it out to compare every code")
    held = years_of(wanted, datasets)
    if strange := sorted(single - set(held)) or ([] if held else sorted(wanted)):
        years = package.years(datasets)
        raise CompareError(f"{', '.join(strange[:5])}: in no package from {years[0]} to {years[-1]}")
    return frozenset(held)


def years_of(wanted: Iterable[str], datasets: Path) -> dict[str, list[int]]:
    """Code → the years whose packages have it; codes that none has are left out."""
    found: dict[str, list[int]] = {}
    codes = set(wanted)
    for year in package.years(datasets):
        with package.load(year, datasets).path("codes").open(encoding="utf-8") as file:
            for code in codes.intersection(line.partition(",")[0] for line in file):
                found.setdefault(code, []).append(year)
    return found


def _words(asked: Iterable[str]) -> Iterator[str]:
    for text in asked:
        for one in re.split(r"[\s,;]+", text.strip()):
            if one.startswith("@"):
                yield from _words(_lines(Path(one[1:])))
            elif one:
                yield one


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CompareError(f"{path.name}: no list of codes could be read from it: {error}") from None
    return [line.partition("#")[0] for line in lines]
