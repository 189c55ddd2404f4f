"""The security profiles of one instance and their permissions, each read once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from ..access.changes import LEADING
from ..core.security_profile import OWN_GROUP, SecurityProfile
from .pagination import Call, Listing, rows

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import DescribeSecurityProfileResponseTypeDef

LIST_PAGE: Final = 1000
"""Most results of ListSecurityProfiles and ListSecurityProfilePermissions (API reference)."""
_PERMISSIONS: Final[Listing[str]] = Listing("ListSecurityProfilePermissions", "Permissions")
_ENOUGH: Final = 2
"""Failures of an operation after which it is not tried again, unless it succeeded once."""

T = TypeVar("T")


class SecurityProfiles:
    """One for each process and instance; its threads share it."""

    def __init__(self, call: Call) -> None:
        """`call` fills the instance in."""
        self._call = call
        self._lock = threading.Lock()
        self._permissions: dict[str, frozenset[str] | None] = {}
        self._described: dict[str, SecurityProfile | None] = {}

    def get(self, profile_id: str, *, whole: bool = False) -> SecurityProfile | None:
        """The profile; raises an ApiError the first time that it cannot be read, then None.

        Name, tags and restrictions cost a second call, which is made for `whole` profiles and
        those with permissions that lead to others.
        """
        with self._lock:
            permissions = self._once(self._permissions, profile_id, self._list)
            if permissions is None:
                return None
            if not whole and permissions.isdisjoint(LEADING):
                return SecurityProfile(profile_id, "", permissions)
            described = self._once(self._described, profile_id, self._describe)
            return described and replace(described, permissions=permissions)

    def _once(
        self, known: dict[str, T | None], profile_id: str, ask: Callable[[str], T]
    ) -> T | None:
        if profile_id in known:
            return known[profile_id]
        if len(known) >= _ENOUGH and all(one is None for one in known.values()):
            return None
        known[profile_id] = None
        known[profile_id] = read = ask(profile_id)
        return read

    def _list(self, profile_id: str) -> frozenset[str]:
        given = {"SecurityProfileId": profile_id, "MaxResults": LIST_PAGE}
        return frozenset(rows(self._call, _PERMISSIONS, **given))

    def _describe(self, profile_id: str) -> SecurityProfile:
        answer: DescribeSecurityProfileResponseTypeDef = self._call(
            "DescribeSecurityProfile", SecurityProfileId=profile_id
        )
        profile = answer["SecurityProfile"]
        return SecurityProfile(
            profile_id,
            profile.get("SecurityProfileName", ""),
            None,
            tags=frozenset(profile.get("Tags", {}).items()),
            allowed_tags=frozenset(profile.get("AllowedAccessControlTags", {}).items()),
            tag_restricted=frozenset(profile.get("TagRestrictedResources", ())),
            hierarchy_restricted=frozenset(profile.get("HierarchyRestrictedResources", ())),
            hierarchy_group=profile.get("AllowedAccessControlHierarchyGroupId", OWN_GROUP),
        )
