"""Attributes that others may change: supervisors move agents during a shift."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..core.properties import Properties, texts
from ..model.attributes import attributes, by_wire, top_level
from ..model.facts import Role
from ..model.references import OF_USER

_LISTS = {a.wire for a in top_level() if a.is_list}
_ALIASES = {by_wire()[reference.name].program: reference.id for reference in OF_USER}

_WITH = {"phoneConfig.phoneType": "phoneConfig.deskPhoneNumber"}
"""What cannot stay when the other is changed: a soft phone has no number."""

IGNORABLE: Final[Mapping[str, str]] = {
    a.program: a.wire
    for a in attributes()
    if a.facts.role is Role.ATTRIBUTE
    and a.facts.change == "update"
    and not (len(a.path) > 1 and a.path[0] in _LISTS)
} | _ALIASES
"""Names that `ignore_drift` takes, as a program writes them, with their wire paths."""


def ignored(managed: Properties) -> frozenset[str]:
    """The wire paths that inputs or outputs leave to others; a structure stands for its members.

    Names that a preview does not know yet leave nothing to others so far.
    """
    names = texts(managed.get("ignoreDrift"))
    paths = {IGNORABLE[name] for name in names if name in IGNORABLE}
    below = {a.wire for a in attributes() if any(a.wire.startswith(p + ".") for p in paths)}
    with_it = {number for phone, number in _WITH.items() if phone in paths | below}
    return frozenset(paths | below | with_it)
