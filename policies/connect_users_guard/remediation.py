"""Applies edits to a resource's raw properties, so that secrets stay secret and unknowns unknown.

Raw properties are what the policy SDK sends back to the engine: dicts and lists in which a secret
is a `Secret` and an unknown value a text of the engine's own. They hold `__provider` too, which a
dynamic resource cannot live without: nothing is ever copied or spread, only changed in place.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any, TypeAlias

from pulumi_policy import Secret

from .edit import REMOVE, Change, Edit, Path
from .property_values import SENTINELS

Raw: TypeAlias = MutableMapping[str, Any]
"""Raw properties; the SDK does not type them."""


def apply(raw: Raw, edits: list[Edit]) -> bool:
    """Applies the edits in place; says whether anything changed. Unknown values are left alone."""
    changed = False
    for edit in edits:
        changed = _apply(raw, edit.path, edit.value) or changed
    return changed


def unwrapped(value: Any) -> Any:
    """What the SDK wraps: the dict or list below its proxy, the value of a secret.

    Through the proxy, a secret could not be removed, only emptied; and writing into a list there
    loses what is secret in it.
    """
    if isinstance(value, Secret):
        return unwrapped(value.value)
    if isinstance(value, Mapping | Sequence) and not isinstance(value, dict | list | str):
        proxy: Any = value
        return proxy["__target"]
    return value


def _apply(container: Any, path: Path, value: Any) -> bool:
    key, *rest = path
    held = container[key] if _present(container, key) else None
    inner = unwrapped(held)
    if isinstance(inner, str) and inner in SENTINELS:
        return False
    if inner is None and isinstance(value, Change):
        return False
    if rest:
        if inner is None:
            inner = container[key] = {}
        return isinstance(inner, dict | list) and _apply(inner, tuple(rest), value)
    if isinstance(value, Change):
        return _remove_or_wrap(container, key, value)
    return _put(container, key, value)


def _put(container: Any, key: str | int, value: Any) -> bool:
    present = _present(container, key)
    held = container[key] if present else None
    if present and unwrapped(held) == value:
        return False
    container[key] = Secret(value) if isinstance(held, Secret) else value
    return True


def _remove_or_wrap(container: Any, key: str | int, change: Change) -> bool:
    if change is REMOVE:
        del container[key]
        return True
    if isinstance(container[key], Secret):
        return False
    container[key] = Secret(unwrapped(container[key]))
    return True


def _present(container: Any, key: str | int) -> bool:
    if isinstance(container, list):
        return isinstance(key, int) and key < len(container)
    return key in container
