"""The rooms of the engine: each imports only from lower floors, and no two import each other."""

from __future__ import annotations

import ast
from pathlib import Path

FLOORS = [
    {"document", "amounts", "codes", "absence", "silence", "tabular", "project", "errors"},
    {"guides", "schedules", "package", "recipe", "history", "archive", "existence"},
    {"findings", "compare", "fetch", "errata"},
    {"extract", "check", "show", "publish", "release"},
    {"cli"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
ALLOWED = {("guides", "recipe"), ("schedules", "recipe"), ("history", "package"), ("archive", "package")}
"""Neighbours on one floor that one side may see."""


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("feebook"):
            names = [node.module] if node.module != "feebook" else [f"feebook.{alias.name}" for alias in node.names]
            found |= {name.split(".")[1] for name in names if "." in name}
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("feebook.")}
    return found


def test_every_room_stands_on_a_floor(root: Path) -> None:
    source = root / "src" / "feebook"
    rooms = {p.stem for p in source.glob("*.py")} | {p.name for p in source.iterdir() if (p / "__init__.py").exists()}
    assert rooms - {"__init__", "__main__"} == set(FLOOR) & rooms


def test_rooms_import_only_from_lower_floors(root: Path) -> None:
    wrong = []
    for path in sorted((root / "src" / "feebook").rglob("*.py")):
        room = path.relative_to(root / "src" / "feebook").parts[0].removesuffix(".py")
        for other in imports(path) - {room}:
            if room in FLOOR and FLOOR[other] >= FLOOR[room] and (room, other) not in ALLOWED:
                wrong.append(f"{path.name} in {room} imports {other}")
    assert wrong == []


def test_nothing_below_the_command_line_prints(root: Path) -> None:
    source = root / "src" / "feebook"
    printing = [
        f"{path.relative_to(source)}:{node.lineno}"
        for path in sorted(source.rglob("*.py"))
        if path.relative_to(source).parts[0] != "cli"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []
