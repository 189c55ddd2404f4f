"""What the source text says: modules, functions, complexity, and how much of it is untyped."""

import ast
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BRANCHES = (
    *(ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler),
    *(ast.comprehension, ast.match_case, ast.Assert),
)
"""Each adds a way through a function, as McCabe counts them."""

_MAPPINGS = frozenset({"Mapping", "MutableMapping", "dict", "Dict"})

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Code:
    """The figures of some source files."""

    modules: tuple[int, ...]
    """Lines of each module."""

    functions: tuple[int, ...]
    """Lines of each function and method."""

    complexities: tuple[int, ...]
    """The independent ways through each function."""

    untyped: int
    """`Any`, `object` as a mapping's value, and each use of an alias of either."""

    @property
    def lines(self) -> int:
        """All lines, blank ones and comments among them."""
        return sum(self.modules)

    @property
    def untyped_per_thousand(self) -> float:
        """Untyped annotations in 1,000 lines."""
        return 1000 * self.untyped / max(self.lines, 1)


def read_code(files: list[Path]) -> Code:
    """Measures these Python files."""
    trees = [(text := file.read_text(encoding="utf-8"), ast.parse(text)) for file in files]
    functions = [
        node for _, tree in trees for node in ast.walk(tree) if isinstance(node, _Function)
    ]
    aliases = frozenset(name for _, tree in trees for name in _aliases(tree))
    return Code(
        modules=tuple(len(text.splitlines()) for text, _ in trees),
        functions=tuple((f.end_lineno or f.lineno) - f.lineno + 1 for f in functions),
        complexities=tuple(_complexity(f) for f in functions),
        untyped=sum(_untyped(tree, aliases) for _, tree in trees),
    )


def median(values: tuple[int, ...]) -> float:
    """The middle value, 0 of none."""
    return statistics.median(values) if values else 0


def percentile(values: tuple[int, ...], share: float) -> int:
    """The value that a share of all does not exceed, 0 of none."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0


def _complexity(function: _Function) -> int:
    ways = 1
    for node in _own(function):
        if isinstance(node, ast.BoolOp):
            ways += len(node.values) - 1
        elif isinstance(node, _BRANCHES):
            ways += 1
    return ways


def _own(function: _Function) -> Iterator[ast.AST]:
    """The nodes of a function without those of the functions inside it."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _Function):
            waiting += ast.iter_child_nodes(node)


def _aliases(tree: ast.Module) -> Iterator[str]:
    """Names that stand for an untyped value: `Bag = Mapping[str, Any]`."""
    for node in tree.body:
        name, value = None, None
        if isinstance(node, ast.TypeAlias if hasattr(ast, "TypeAlias") else ()):
            name, value = node.name, node.value
        elif isinstance(node, ast.AnnAssign) and _names(node.annotation) & {"TypeAlias"}:
            name, value = node.target, node.value
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp):
            name, value = node.targets[0], node.value
        if isinstance(name, ast.Name) and value is not None and _untyped(value, frozenset()):
            yield name.id


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _untyped(tree: ast.AST, aliases: frozenset[str]) -> int:
    found = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found += node.id == "Any" or node.id in aliases
        elif isinstance(node, ast.Attribute):
            found += node.attr == "Any"
        elif isinstance(node, ast.Subscript) and _names(node.value) & _MAPPINGS:
            found += "object" in _names(node.slice)
    return found
