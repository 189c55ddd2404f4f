"""Users of one instance by what they have in common: SearchUsers, 500 a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..core.described_user import DescribedUser
from ..core.errors import InvalidFilter
from ..core.identifiers import Resolver, Unresolved
from ..core.lookups import Kind, Lookups
from ..core.properties import Value
from .pagination import SEARCHED_USERS, plain, rows
from .snapshot import SEARCH_PAGE, exact, in_seconds

if TYPE_CHECKING:
    from .instance import InstanceClient

_KINDS: Final = {
    "routing_profile": Kind.ROUTING_PROFILE,
    "security_profile": Kind.SECURITY_PROFILE,
    "hierarchy_group": Kind.HIERARCHY_GROUP,
}


@dataclass(frozen=True, kw_only=True)
class UserQuery:
    """What all users found have; each reference is a name, a path, an id or an ARN."""

    routing_profile: str | None = None
    security_profile: str | None = None
    hierarchy_group: str | None = None
    """This group, or one below it."""
    tags: Mapping[str, str] = field(default_factory=dict)


def search_users(
    connect: InstanceClient, query: UserQuery, lookups: Lookups
) -> Iterator[DescribedUser]:
    """The users without confidential members; raises InvalidFilter for unknown names."""
    ids = _ids(query, Resolver(connect.instance_arn, lookups))
    criteria = [_criterion(name, one) for name, one in ids.items()]
    conditions = [{"TagKey": key, "TagValue": value} for key, value in query.tags.items()]
    search: dict[str, Value] = {"MaxResults": SEARCH_PAGE}
    if criteria:
        search["SearchCriteria"] = {"AndConditions": criteria}
    if conditions:
        search["SearchFilter"] = {"TagFilter": {"AndConditions": conditions}}
    found = rows(connect.call, SEARCHED_USERS, **search)
    return (DescribedUser.decode(in_seconds(plain(row))) for row in found)


def _ids(query: UserQuery, resolver: Resolver) -> dict[str, str]:
    ids: dict[str, str] = {}
    reasons = []
    for name, kind in _KINDS.items():
        value: str | None = getattr(query, name)
        if value is not None:
            try:
                ids[name] = resolver.by_either(kind, value)
            except Unresolved as error:
                reasons.append(f"{name}: {error}")
    if reasons:
        raise InvalidFilter(" ".join(reasons))
    return ids


def _criterion(name: str, identifier: str) -> Mapping[str, Value]:
    if name == "hierarchy_group":
        group = {"Value": identifier, "HierarchyGroupMatchType": "WITH_CHILD_GROUPS"}
        return {"HierarchyGroupCondition": group}
    return exact(
        "RoutingProfileId" if name == "routing_profile" else "SecurityProfileId", identifier
    )
