"""Attributes that others may change: supervisors move agents during a shift."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..core.properties import Properties, texts
from ..model.attributes import attributes, by_wire, in_lists
from ..model.facts import Role
from ..model.references import OF_USER

_ALIASES = {by_wire()[reference.name].program: reference.id for reference in OF_USER}

IGNORABLE: Final[Mapping[str, str]] = {
    a.program: a.wire
    for a in attributes()
    if a.facts.role is Role.ATTRIBUTE and a.facts.change == "update" and a.wire not in in_lists()
} | _ALIASES
"""Names that `ignore_drift` takes, as a program writes them, with their wire paths."""


def ignored(managed: Properties) -> frozenset[str]:
    """The wire paths that inputs or outputs leave to others; a structure stands for its members.

    A member that needs another one is left to others with it. Names that a preview does not know
    yet leave nothing to others so far.
    """
    paths = {IGNORABLE[name] for name in texts(managed.get("ignoreDrift")) if name in IGNORABLE}
    if not paths:
        return frozenset()
    paths |= {a.wire for a in attributes() if any(a.wire.startswith(p + ".") for p in paths)}
    needing = {
        a.wire
        for a in attributes()
        if a.facts.needs and ".".join((*a.path[:-1], a.facts.needs[0])) in paths
    }
    return frozenset(paths | needing)
