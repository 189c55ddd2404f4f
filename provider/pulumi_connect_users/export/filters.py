"""`--filter KIND=VALUE`: which users are meant. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from ..core.arns import is_id, last_part
from ..core.lookups import Catalog, Kind
from ..core.privacy import similar

KINDS = ("username", "routing-profile", "security-profile", "hierarchy-group", "tag")
HELP = (
    "username=PATTERN (with * and ?), routing-profile=NAME, security-profile=NAME, "
    "hierarchy-group=PATH (groups below included), tag=KEY or tag=KEY:VALUE"
)


@dataclass(frozen=True)
class Filter:
    """One condition on a user."""

    kind: str
    value: str


def parse_filters(texts: Sequence[str]) -> list[Filter]:
    """The conditions; ValueError naming every text that is none."""
    found, wrong = [], []
    for text in texts:
        kind, equals, value = text.partition("=")
        if kind in KINDS and equals and value:
            found.append(Filter(kind, value))
        else:
            wrong.append(f"{text!r} is no filter")
    if wrong:
        raise ValueError(f"{'; '.join(wrong)}. A filter is one of: {HELP}.")
    return found


_KINDS = {
    "routing-profile": Kind.ROUTING_PROFILE,
    "security-profile": Kind.SECURITY_PROFILE,
    "hierarchy-group": Kind.HIERARCHY_GROUP,
}


def check_names(filters: Sequence[Filter], catalogs: Mapping[Kind, Catalog]) -> None:
    """Raises ValueError naming every filter by something that the instance does not have."""
    wrong = []
    for one in filters:
        kind = _KINDS.get(one.kind)
        known = catalogs[kind].names.values() if kind else ()
        if kind and _plain(one, catalogs) not in known:
            near = similar(one.value, known)
            hint = f" Did you mean {near[0]}?" if near else ""
            wrong.append(f"there is no {kind.value} {one.value!r}.{hint}")
    if wrong:
        raise ValueError(" ".join(wrong))


def _plain(one: Filter, catalogs: Mapping[Kind, Catalog]) -> str:
    """The name or path that is meant; an id in any form stands for its name."""
    kind = _KINDS.get(one.kind)
    if kind and is_id(one.value):
        return catalogs[kind].names.get(last_part(one.value), one.value)
    return one.value.strip("/") if one.kind == "hierarchy-group" else one.value


def matches(
    row: Mapping[str, Any], filters: Sequence[Filter], catalogs: Mapping[Kind, Catalog]
) -> bool:
    """Whether a row of SearchUsers meets all conditions; case counts."""
    return all(_meets(row, one, catalogs) for one in filters)


def _meets(row: Mapping[str, Any], one: Filter, catalogs: Mapping[Kind, Catalog]) -> bool:
    def name(kind: Kind, identifier: Any) -> str:
        return catalogs[kind].names.get(str(identifier), "")

    if one.kind == "username":
        return fnmatchcase(str(row.get("Username", "")), one.value)
    wanted = _plain(one, catalogs)
    if one.kind == "routing-profile":
        return name(Kind.ROUTING_PROFILE, row.get("RoutingProfileId")) == wanted
    if one.kind == "security-profile":
        ids = row.get("SecurityProfileIds") or ()
        return wanted in [name(Kind.SECURITY_PROFILE, i) for i in ids]
    if one.kind == "hierarchy-group":
        path = name(Kind.HIERARCHY_GROUP, row.get("HierarchyGroupId"))
        return path == wanted or path.startswith(wanted + "/")
    key, colon, value = one.value.partition(":")
    tags = row.get("Tags") or {}
    # A key may hold colons itself.
    return one.value in tags or (key in tags and bool(colon) and tags[key] == value)
