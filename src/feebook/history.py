"""What changed between two states of a package, in the words of its CHANGELOG.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from feebook import package
from feebook.package import Package, Row

UNRELEASED = "## Unreleased"


def changelog(before: Package, tables: Mapping[str, Sequence[Row]], resources: Sequence[str]) -> str:
    """The CHANGELOG.md of a package with what changed in the named resources.

    One line for each: how many rows came, went or changed, and of which releases.
    """
    log = before.folder / "CHANGELOG.md"
    text = log.read_text(encoding="utf-8") if log.exists() else ""
    lines = [line for name in resources for line in _told(name, before.rows(name), tables.get(name, ()))]
    return with_changes(text, f"feebook-{before.year}", lines)


def _told(name: str, before: Sequence[Row], now: Sequence[Row]) -> Iterator[str]:
    at = package.key(name)
    columns = package.columns(name)
    old, new = (
        {tuple(row.get(k, "") for k in at): [row.get(c, "") for c in columns] for row in rows} for rows in (before, now)
    )
    added, gone = new.keys() - old.keys(), old.keys() - new.keys()
    changed = {key for key in new.keys() & old.keys() if new[key] != old[key]}
    counts = [
        f"{len(rows):,} {what}" for what, rows in (("added", added), ("removed", gone), ("changed", changed)) if rows
    ]
    if counts:
        releases = (
            sorted({new[key][columns.index("release")] for key in added | changed} - {""})
            if "release" in columns
            else []
        )
        of = f" (releases {', '.join(releases)})" if releases else ""
        yield f"- `{name}`: {', '.join(counts)}{of}"


def with_changes(text: str, title: str, lines: Sequence[str]) -> str:
    """A changelog with lines added under its head `Unreleased`; the same text where there are none."""
    if not lines:
        return text
    text = text or f"# Changes of {title}\n"
    if UNRELEASED not in text:
        head, _, rest = text.partition("\n")
        text = f"{head}\n\n{UNRELEASED}\n{rest}"
    before, _, after = text.partition(UNRELEASED)
    return before + "\n".join([UNRELEASED, "", *lines, after.lstrip("\n")])


def released(text: str, version: str) -> str:
    """A changelog whose unreleased lines are those of a version."""
    return text.replace(UNRELEASED, f"## {version}", 1)


def unreleased(text: str) -> list[str]:
    """The lines that no version has yet."""
    _, _, after = text.partition(UNRELEASED)
    return [line for line in after.partition("\n## ")[0].splitlines() if line.startswith("- ")]
