"""What an access review needs of one instance: implements `access.reading.AccessApi`.

The cost: a ListSecurityProfiles, two look-ups (and more pages for over 1,000 permissions) for each
security profile, once for the reader's life, a SearchUsers for each 500 users; and, where a profile
is restricted by hierarchy, a SearchUserHierarchyGroups for each 100 groups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ..access.reading import User
from ..core.errors import AccessDenied, NotAuthenticated, NotFound
from ..core.messages import in_one_line
from ..core.security_profile import SecurityProfile
from .bulk_reads import BulkReads
from .pagination import Call, Listing, rows
from .security_profiles import LIST_PAGE, SecurityProfiles

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import SecurityProfileSummaryTypeDef

_PROFILES: Final[Listing[SecurityProfileSummaryTypeDef]] = Listing(
    "ListSecurityProfiles", "SecurityProfileSummaryList"
)


class AccessReader:
    """Reads through one instance's `call`."""

    def __init__(
        self, call: Call, warn: Callable[[str], None], bulk: BulkReads | None = None
    ) -> None:
        """`call` fills the instance in; `warn` takes the first refusal; `bulk` may be shared."""
        self._call = call
        self._bulk = bulk or BulkReads(call)
        self._warn = warn
        self._read = SecurityProfiles(call)
        self._has_warned = False

    def profiles(self) -> Mapping[str, SecurityProfile]:
        """See `AccessApi`; read once."""
        return self._profiles

    @cached_property
    def _profiles(self) -> dict[str, SecurityProfile]:
        listed = rows(self._call, _PROFILES, MaxResults=LIST_PAGE)
        return {one["Id"]: self._profile(one["Id"], one["Name"]) for one in listed}

    def _profile(self, profile_id: str, name: str) -> SecurityProfile:
        try:
            read = self._read.get(profile_id, whole=True)
        except NotAuthenticated:
            raise
        except (AccessDenied, NotFound) as error:
            if not self._has_warned:
                self._warn(f"security profile {name} was not read: {in_one_line(error)}")
            self._has_warned = True
            read = None
        return read or SecurityProfile(profile_id, name, None)

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
