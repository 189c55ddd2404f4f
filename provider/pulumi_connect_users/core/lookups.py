"""Look-ups in an instance; `aws` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final, Protocol

from ..model.references import (
    HIERARCHY_GROUP,
    ROUTING_PROFILE,
    SECURITY_PROFILES,
    SUSPENDED_ROUTING,
    SUSPENDED_SECURITY,
    Reference,
)
from ..model.user import IdentityManagementType
from .described_user import DescribedUser
from .properties import Properties
from .security_profile import SecurityProfile


class Kind(Enum):
    """Kinds of things that users, agent statuses and live data refer to by id or by name."""

    ROUTING_PROFILE = "routing profile"
    SECURITY_PROFILE = "security profile"
    HIERARCHY_GROUP = "hierarchy group"
    AGENT_STATUS = "agent status"
    QUEUE = "queue"
    USER = "user"


REFERENCES: Final[Mapping[Kind, Reference]] = {
    Kind.ROUTING_PROFILE: ROUTING_PROFILE,
    Kind.SECURITY_PROFILE: SECURITY_PROFILES,
    Kind.HIERARCHY_GROUP: HIERARCHY_GROUP,
}
"""A user's references, by kind."""
OF_SUSPENSION: Final[Mapping[str, Kind]] = {
    SUSPENDED_SECURITY: Kind.SECURITY_PROFILE,
    SUSPENDED_ROUTING: Kind.ROUTING_PROFILE,
}
"""The options that name the profiles of suspended users."""


@dataclass(frozen=True)
class InstanceFacts:
    """An instance, by DescribeInstance."""

    arn: str
    identity_management_type: IdentityManagementType
    alias: str | None = None


@dataclass(frozen=True)
class Catalog:
    """All things of one kind in one instance, by id.

    For hierarchy groups the name is the whole path: `AMER/West/Team 1`.
    """

    names: Mapping[str, str] = field(default_factory=dict)

    def ids_of(self, name: str) -> list[str]:
        """The ids of everything of exactly this name, sorted."""
        return sorted(i for i, known in self.names.items() if known == name)

    def in_another_case(self, name: str) -> list[str]:
        """Names that differ from this one only in case, sorted."""
        return [known for known in self._folded.get(name.casefold(), ()) if known != name]

    @cached_property
    def _folded(self) -> Mapping[str, list[str]]:
        names: dict[str, list[str]] = {}
        for name in sorted(self.names.values()):
            names.setdefault(name.casefold(), []).append(name)
        return names

    def ids_ending_with(self, name: str) -> list[str]:
        """Ids of hierarchy groups whose path ends with this name or partial path."""
        return sorted(i for i, path in self.names.items() if path.endswith("/" + name))


class Lookups(Protocol):
    """Look-ups of one process. Each raises LookUpUnavailable where the call cannot be made."""

    def instance(self, id_or_arn: str) -> InstanceFacts:
        """The instance; raises WrongInstance if this client cannot see it."""

    def catalog(self, instance_arn: str, kind: Kind, *, fresh: bool = False) -> Catalog:
        """All things of one kind; `fresh` lists again, for what was created a moment ago."""

    def attribute_values(self, instance_arn: str, name: str) -> frozenset[str] | None:
        """The values of a predefined attribute, None if it does not exist."""

    def find_user(self, instance_arn: str, username: str) -> DescribedUser | None:
        """The user of exactly this name, None if there is none."""

    def users(self, instance_arn: str) -> Catalog:
        """All users by id, for hints; none where listing them would cost too many calls."""

    def proficiencies(self, instance_arn: str, user_id: str) -> list[Properties]:
        """All of ListUserProficiencies."""

    def security_profile(
        self, instance_arn: str, profile_id: str, *, whole: bool = False
    ) -> SecurityProfile | None:
        """A security profile with its permissions; None where it cannot be read, for any reason.

        Name, tags and restrictions are there for `whole` ones and those with permissions that lead
        to others.
        """
