"""The drawing as SVG: readable in light and dark, and nothing in it is loaded from elsewhere."""

from tools.architecture.imports import Arrows, without_shortcuts
from tools.architecture.layers import Layers, layered

_WIDTH, _HEIGHT = 900, 34
_ROW = 80
_BOX = 112
_STYLE = """\
  text { font: 15px ui-monospace, monospace; text-anchor: middle; fill: #24292f; }
  rect { fill: #ede7f6; stroke: #5e35b1; }
  path { fill: none; stroke: #57606a; stroke-width: 1.3; marker-end: url(#head); }
  marker path { fill: #57606a; stroke: none; marker-end: none; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } rect { fill: #2a2140; stroke: #b39ddb; }
    path { stroke: #9198a1; } marker path { fill: #9198a1; }
  }
"""


def drawing(arrows: Arrows) -> str:
    """The parts as boxes, importing ones above; arrows that others imply are left out."""
    layers = layered(without_shortcuts(arrows))
    places = _places(layers)
    height = _ROW * (len(layers.rows) - 1) + 2 * _HEIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        ' role="img" aria-label="The parts of the package, and which imports which">',
        f"<style>\n{_STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>',
        *(_arrow([places[row, name] for row, name in path]) for path in _steps(layers)),
    ]
    for (_, name), (x, y) in places.items():
        if ">" not in name:
            lines.append(
                f'<rect x="{x - _BOX / 2:.0f}" y="{y - _HEIGHT / 2:.0f}" width="{_BOX}"'
                f' height="{_HEIGHT}" rx="6"/><text x="{x:.0f}" y="{y + 5:.0f}">{name}</text>'
            )
    return "\n".join([*lines, "</svg>", ""])


def _places(layers: Layers) -> dict[tuple[int, str], tuple[float, float]]:
    """The centre of each name, by row."""
    places: dict[tuple[int, str], tuple[float, float]] = {}
    for number, row in enumerate(layers.rows):
        widths = [0.35 if ">" in name else 1.0 for name in row]
        scale = _WIDTH / max(sum(widths), 2.0)
        left = (_WIDTH - scale * sum(widths)) / 2
        for name, width in zip(row, widths, strict=True):
            places[number, name] = (left + scale * width / 2, _HEIGHT + number * _ROW)
            left += scale * width
    return places


def _steps(layers: Layers) -> list[list[tuple[int, str]]]:
    top = {name: row for row, names in enumerate(layers.rows) for name in names if ">" not in name}
    return [[(top[path[0]] + i, name) for i, name in enumerate(path)] for path in layers.paths]


def _arrow(points: list[tuple[float, float]]) -> str:
    """A smooth line from the lower edge of the first box to the upper edge of the last."""
    (x, y), *more = points
    d = f"M{x:.0f} {y + _HEIGHT / 2:.0f}"
    y += _HEIGHT / 2
    for i, (to_x, to_y) in enumerate(more):
        end = to_y - (_HEIGHT / 2 if i == len(more) - 1 else 0)
        bend = (end - y) / 2
        d += f" C{x:.0f} {y + bend:.0f} {to_x:.0f} {end - bend:.0f} {to_x:.0f} {end:.0f}"
        x, y = to_x, end
    return f'<path d="{d}"/>'
