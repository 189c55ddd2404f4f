"""Where the boxes of the drawing stand: layers from the top down, with few crossings."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from tools.architecture.imports import Arrows

_SWEEPS = 24


@dataclass(frozen=True)
class Layers:
    """Rows of parts, the importing ones above; a long arrow holds a place in each row it passes."""

    rows: tuple[tuple[str, ...], ...]
    """A name with an arrow in it (`cli>core`) is such a place, and no box."""

    paths: tuple[tuple[str, ...], ...]
    """Each arrow as the names that it passes, from the importing part to the imported one."""


def layered(arrows: Arrows) -> Layers:
    """Puts each part one row above the highest part that it imports; there may be no circle."""
    ranks: dict[str, int] = {}

    def rank(part: str) -> int:
        if part not in ranks:
            ranks[part] = 1 + max(map(rank, arrows.get(part, ())), default=-1)
        return ranks[part]

    height = max(map(rank, sorted(arrows)))
    rows: list[list[str]] = [[] for _ in range(height + 1)]
    for part in sorted(arrows):
        rows[height - ranks[part]].append(part)
    paths = []
    for part, imported in sorted(arrows.items()):
        for other in sorted(imported):
            between = range(height - ranks[part] + 1, height - ranks[other])
            for row in between:
                rows[row].append(f"{part}>{other}")
            paths.append((part, *(f"{part}>{other}" for _ in between), other))
    _untangle(rows, paths)
    return Layers(tuple(map(tuple, rows)), tuple(paths))


def _untangle(rows: list[list[str]], paths: list[tuple[str, ...]]) -> None:
    """Orders each row by the mean place of what it is joined to, down and up alternately."""
    where = {name: number for number, row in enumerate(rows) for name in row}
    beside: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for path in paths:
        top = where[path[0]]
        steps = [(top + i, name) for i, name in enumerate(path)]
        for upper, lower in pairwise(steps):
            beside.setdefault(lower, []).append(upper)
            beside.setdefault(upper, []).append(lower)
    for sweep in range(_SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        numbers = list(range(len(rows)))[::step]
        for number in numbers[1:]:
            _order(rows, number, number - step, beside)


def _order(
    rows: list[list[str]],
    number: int,
    fixed: int,
    beside: dict[tuple[int, str], list[tuple[int, str]]],
) -> None:
    places = {name: (i + 0.5) / len(rows[fixed]) for i, name in enumerate(rows[fixed])}
    own = {name: (i + 0.5) / len(rows[number]) for i, name in enumerate(rows[number])}

    def centre(name: str) -> float:
        joined = [places[other] for row, other in beside.get((number, name), ()) if row == fixed]
        return mean(joined) if joined else own[name]

    rows[number].sort(key=centre)
