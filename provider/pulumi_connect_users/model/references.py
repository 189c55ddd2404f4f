"""What users and statuses refer to: by id in Connect, by name in a program, both in state."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Three wire names of one thing; check makes `id` and `fact` of either `name` or `id`."""

    name: str
    """The input that takes its name."""
    id: str
    """The input that takes its id, and holds it in state."""
    fact: str
    """The name as check found it: for previews, reports and policies, never a change."""
    operation: str
    """The operation that lists its names."""
    arn_kind: str
    """What it is in an ARN."""
    many: bool = False


ROUTING_PROFILE: Final = Reference(
    name="routingProfile",
    id="routingProfileId",
    fact="routingProfileName",
    operation="ListRoutingProfiles",
    arn_kind="routing-profile",
)
SECURITY_PROFILES: Final = Reference(
    name="securityProfiles",
    id="securityProfileIds",
    fact="securityProfileNames",
    operation="ListSecurityProfiles",
    arn_kind="security-profile",
    many=True,
)
HIERARCHY_GROUP: Final = Reference(
    name="hierarchyGroup",
    id="hierarchyGroupId",
    fact="hierarchyPath",
    operation="SearchUserHierarchyGroups",
    arn_kind="agent-group",
)
AGENT_STATUS: Final = Reference(
    name="agentStatus",
    id="agentStatusId",
    fact="agentStatusName",
    operation="ListAgentStatuses",
    arn_kind="agent-state",
)

ADMIN: Final = "Admin"
"""The security profile that may do everything; every instance has it."""
PRIVILEGED_PROFILES: Final = (ADMIN, "CallCenterManager")
"""Security profiles that can change users; every instance begins with them."""

OF_USER: Final = (ROUTING_PROFILE, SECURITY_PROFILES, HIERARCHY_GROUP)
SUSPENDED_SECURITY: Final = "suspendedSecurityProfile"
SUSPENDED_ROUTING: Final = "suspendedRoutingProfile"
SUSPENDED: Final = (SUSPENDED_SECURITY, SUSPENDED_ROUTING)
"""The options, and settings, that name the profiles of suspended users; state has their ids."""
