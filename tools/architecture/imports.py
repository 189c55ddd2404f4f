"""What the drawing shows: the parts of the package, and which imports which."""

import ast
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tools.structure.rooms import imported_names

Arrows = Mapping[str, frozenset[str]]
"""part -> the parts that it imports; a part is a room, or a module at the top of the package."""


@cache
def read_arrows(package: Path) -> Arrows:
    """Reads the imports of the package; the public names (`__init__`) are not drawn."""
    arrows: dict[str, set[str]] = {}
    for file in sorted(package.rglob("*.py")):
        own = _part(file.relative_to(package).parts, package)
        imported = (_part(names, package) for names in imported_names(file, package))
        arrows.setdefault(own, set()).update(imported)
    arrows.pop("", None)
    return {part: frozenset(others - {part, ""}) for part, others in sorted(arrows.items())}


def purposes(package: Path) -> dict[str, str]:
    """The first line of each part's docstring."""
    sources = {file.parent.name: file for file in package.glob("*/__init__.py")}
    sources |= {file.name: file for file in package.glob("*.py")}
    del sources["__init__.py"]
    return {name: _summary(file) for name, file in sorted(sources.items())}


def circles(arrows: Arrows) -> list[str]:
    """The parts that import themselves by way of others."""
    return [part for part in arrows if part in reachable(arrows, part)]


def reachable(arrows: Arrows, start: str) -> set[str]:
    """All that a part imports, directly and by way of others."""
    found: set[str] = set()
    waiting = list(arrows.get(start, ()))
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += arrows.get(part, ())
    return found


def without_shortcuts(arrows: Arrows) -> Arrows:
    """Only the arrows that no chain of others implies: the fewest that say the same."""
    return {
        part: frozenset(
            one
            for one in imported
            if not any(one in reachable(arrows, other) for other in imported - {one})
        )
        for part, imported in arrows.items()
    }


def _part(names: Sequence[str], package: Path) -> str:
    """The room, or the module at the top, that a name lies in; empty for the package's own."""
    first = names[0].removesuffix(".py") if names else "__init__"
    if (package / first).is_dir():
        return first
    return f"{first}.py" if first != "__init__" and (package / f"{first}.py").exists() else ""


def _summary(file: Path) -> str:
    doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return doc.partition("\n")[0]
