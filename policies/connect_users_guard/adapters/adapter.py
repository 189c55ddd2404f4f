"""How one resource type is read, and where a remediation of it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from ..edit import Edit
from ..remediation import apply
from ..subject import Resource, Subject

Bag = Mapping[str, Any]


def _apply_as_is(raw: MutableMapping[str, Any], edits: list[Edit], _subject: Subject) -> bool:
    return apply(raw, edits)


@dataclass(frozen=True, kw_only=True)
class Adapter:
    """One resource type."""

    type: str
    read: Callable[[Resource], tuple[Subject, ...]]
    write: Callable[[MutableMapping[str, Any], list[Edit], Subject], bool] = _apply_as_is
    """Applies edits of a subject to the resource's raw properties; tells whether any did."""


def renamed(bag: Bag, names: Mapping[str, str]) -> dict[str, Any]:
    """The bag under this project's own names; members of other names are kept."""
    return {names.get(key, key): value for key, value in bag.items()}
