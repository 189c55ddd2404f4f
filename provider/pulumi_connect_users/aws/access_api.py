"""What an access review needs of one instance: implements `access.reading.AccessApi`.

The cost: a ListSecurityProfiles, two look-ups (and more pages for over 1,000 permissions) for each
security profile, once for the reader's life, a SearchUsers for each 500 users; and, where a profile
is restricted by hierarchy, a SearchUserHierarchyGroups for each 100 groups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ..access.profiles import OWN_GROUP, SecurityProfile
from ..access.reading import User
from ..core.errors import AccessDenied, NotAuthenticated, NotFound
from ..core.messages import in_one_line
from .bulk_reads import BulkReads
from .pagination import Call, Listing, rows

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import (
        DescribeSecurityProfileResponseTypeDef,
        SecurityProfileSummaryTypeDef,
    )

_PROFILES: Final[Listing[SecurityProfileSummaryTypeDef]] = Listing(
    "ListSecurityProfiles", "SecurityProfileSummaryList"
)
_PERMISSIONS: Final[Listing[str]] = Listing("ListSecurityProfilePermissions", "Permissions")
_ENOUGH: Final = 2
"""Refusals after which the rest is not asked for, unless a profile could be read."""
_LIST_PAGE: Final = 1000
"""Most results of both operations (API reference)."""


class AccessReader:
    """Reads through one instance's `call`."""

    def __init__(
        self, call: Call, warn: Callable[[str], None], bulk: BulkReads | None = None
    ) -> None:
        """`call` fills the instance in; `warn` takes the first refusal; `bulk` may be shared."""
        self._call = call
        self._bulk = bulk or BulkReads(call)
        self._warn = warn
        self._refused = 0
        self._is_any_read = False

    def profiles(self) -> Mapping[str, SecurityProfile]:
        """See `AccessApi`; read once."""
        return self._profiles

    @cached_property
    def _profiles(self) -> dict[str, SecurityProfile]:
        listed = rows(self._call, _PROFILES, MaxResults=_LIST_PAGE)
        return {one["Id"]: self._profile(one["Id"], one["Name"]) for one in listed}

    def _profile(self, profile_id: str, name: str) -> SecurityProfile:
        if self._refused >= _ENOUGH and not self._is_any_read:
            return SecurityProfile(profile_id, name, None)
        try:
            answer: DescribeSecurityProfileResponseTypeDef = self._call(
                "DescribeSecurityProfile", SecurityProfileId=profile_id
            )
            permissions = frozenset(
                rows(
                    self._call,
                    _PERMISSIONS,
                    SecurityProfileId=profile_id,
                    MaxResults=_LIST_PAGE,
                )
            )
        except NotAuthenticated:
            raise
        except (AccessDenied, NotFound) as error:
            if not self._refused:
                self._warn(f"security profile {name} was not read: {in_one_line(error)}")
            self._refused += 1
            return SecurityProfile(profile_id, name, None)
        self._is_any_read = True
        profile = answer["SecurityProfile"]
        return SecurityProfile(
            profile_id,
            name,
            permissions,
            tags=frozenset(profile.get("Tags", {}).items()),
            allowed_tags=frozenset(profile.get("AllowedAccessControlTags", {}).items()),
            tag_restricted=frozenset(profile.get("TagRestrictedResources", ())),
            hierarchy_restricted=frozenset(profile.get("HierarchyRestrictedResources", ())),
            hierarchy_group=profile.get("AllowedAccessControlHierarchyGroupId", OWN_GROUP),
        )

    def users(self) -> list[User]:
        """See `AccessApi`."""
        return [
            User(
                user["Id"],
                user["Username"],
                frozenset(user.get("SecurityProfileIds", ())),
                frozenset(user.get("Tags", {}).items()),
                user.get("HierarchyGroupId", ""),
            )
            for user in self._bulk.users
        ]

    def groups(self) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
        """See `AccessApi`."""
        return self._bulk.groups
