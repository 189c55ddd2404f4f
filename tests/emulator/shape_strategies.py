"""Values made from the service model's shapes: right ones, and right ones with one thing wrong."""

import copy
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape
from hypothesis import strategies as st

from pulumi_connect_users.emulator.patterns import CORRECTIONS

_MOST = 4
_DEPTH = 3


def values(shape: Shape, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values that satisfy every constraint of a shape."""
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if isinstance(shape, StructureShape):
        required, optional = {}, {}
        for name, member in shape.members.items():
            if name in shape.required_members:
                required[name] = values(member, depth + 1)
            elif depth < _DEPTH:
                optional[name] = values(member, depth + 1)
        if shape.metadata.get("union"):
            return st.one_of(
                *(st.fixed_dictionaries({name: one}) for name, one in optional.items())
            )
        return st.fixed_dictionaries(required, optional=optional)
    if isinstance(shape, ListShape):
        least, most = _size(low, high)
        return st.lists(values(shape.member, depth + 1), min_size=least, max_size=most)
    if isinstance(shape, MapShape):
        least, most = _size(low, high)
        keys, items = values(shape.key), values(shape.value, depth + 1)
        return st.dictionaries(keys, items, min_size=least, max_size=most)
    if shape.type_name == "string":
        return _strings(shape)
    if shape.type_name in ("integer", "long"):
        return st.integers(int(low or 0), int(high if high is not None else 1_000_000))
    if shape.type_name in ("float", "double"):
        return st.integers(int(low or 0), int(high if high is not None else 1_000)).map(float)
    return st.booleans()


def _size(low: int | None, high: int | None) -> tuple[int, int]:
    least = low or 0
    return least, max(least, min(_MOST if high is None else high, _MOST))


def _strings(shape: Shape) -> st.SearchStrategy[str]:
    low, high = shape.metadata.get("min") or 0, shape.metadata.get("max") or 40
    enum = getattr(shape, "enum", None)
    if enum:
        return st.sampled_from(list(enum))
    pattern = shape.metadata.get("pattern")
    if pattern:
        text = CORRECTIONS[pattern].pattern if pattern in CORRECTIONS else pattern
        made = st.from_regex(text, fullmatch=True)
        return made.filter(lambda value: low <= len(value) <= high)
    alphabet = st.characters(min_codepoint=33, max_codepoint=126)
    return st.text(alphabet, min_size=max(low, 1), max_size=min(high, 40))


def places(shape: Shape, value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything inside a value that its shape says something about."""
    found = [path] if path else []
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        for name, item in value.items():
            found += places(shape.members[name], item, (*path, name))
    elif isinstance(shape, ListShape) and isinstance(value, list):
        for index, item in enumerate(value):
            found += places(shape.member, item, (*path, index))
    elif isinstance(shape, MapShape) and isinstance(value, dict):
        for key, item in value.items():
            found += places(shape.value, item, (*path, key))
    return found


def damaged(value: Any, path: tuple[Any, ...], damage: Any) -> Any:
    """A copy of a value with `damage` at a path; REMOVE takes the place away."""
    result = copy.deepcopy(value)
    inner = result
    for step in path[:-1]:
        inner = inner[step]
    if damage is REMOVE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = damage
    return result


REMOVE = object()
DAMAGES = st.sampled_from(
    [REMOVE, "", [], {}, 0, -1, 0.5, "x", "x" * 300, True, 10**9, ["x"], {"x": "y"}, [{}], [None]]
)
"""What is put into a valid request: the wrong type, too little, too much, nothing."""
