"""What the imports say: rooms, the arrows between them, circles, and what lies loose at the top."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "pulumi_connect_users"


@dataclass(frozen=True)
class Rooms:
    """The package as folders that import each other. Imports for type checkers count too."""

    names: tuple[str, ...]
    arrows: frozenset[tuple[str, str]]
    """(importing room, imported room)."""

    loose: tuple[str, ...]
    """Modules at the top of the package."""

    @property
    def circles(self) -> list[tuple[str, str]]:
        """Pairs of rooms that import each other, directly."""
        return sorted((a, b) for a, b in self.arrows if a < b and (b, a) in self.arrows)


def read_rooms(package: Path) -> Rooms:
    """Reads the imports of every module below the folder of the package."""
    files = [f for f in sorted(package.rglob("*.py")) if "__pycache__" not in f.parts]
    arrows = {
        (own, other)
        for file in files
        for target in imported_names(file, package)
        if (own := _room(file.parent, package)) != (other := _room_of(package, target))
    }
    return Rooms(
        names=tuple(sorted({_room(file.parent, package) for file in files})),
        arrows=frozenset(arrows),
        loose=tuple(sorted(f.stem for f in package.glob("*.py"))),
    )


def _room(folder: Path, package: Path) -> str:
    return "/".join(folder.relative_to(package).parts) or "(top)"


def imported_names(file: Path, package: Path) -> Iterator[list[str]]:
    """What a module imports from the package: `["users", "plan", "make_plan"]`."""
    here = (PACKAGE, *file.parent.relative_to(package).parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            if first == PACKAGE:
                yield rest


def _room_of(package: Path, parts: list[str]) -> str:
    """The folder in which the imported module, or the module of the imported name, lies."""
    folder = package
    for part in parts:
        if not (folder / part).is_dir():
            break
        folder = folder / part
    return _room(folder, package)
