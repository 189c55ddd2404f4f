"""How one resource type is read, and where a remediation of it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from ..absent import UNKNOWN
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


def is_generated(resource: Resource, bag: Bag) -> bool:
    """Tells whether a provider has made the username up, since the program gives none.

    A rule sees what the provider's check has filled in, and the engine does not tell it which that
    is. Pulumi's own names are the resource's, a dash and seven random digits.
    """
    username, name = bag.get("username"), resource.urn.rpartition("::")[2]
    form = rf"{re.escape(name)}-[0-9a-f]{{7}}"
    return isinstance(username, str) and re.fullmatch(form, username) is not None


_LEFT = ("routingProfileId", "securityProfileIds", "hierarchyGroupId")


def with_part(bag: Bag) -> Bag:
    """The bag of a part of a user with the ids that others decide, as Connect last told them."""
    part = bag.get("part")
    if not isinstance(part, Mapping):
        return bag
    return {**dict.fromkeys(_LEFT, UNKNOWN), **part, **bag}


def renamed(bag: Bag, names: Mapping[str, str]) -> dict[str, Any]:
    """The bag under this project's own names; members of other names are kept."""
    return {names.get(key, key): value for key, value in bag.items()}
