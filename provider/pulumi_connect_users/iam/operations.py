"""Which operations each role makes, and on what (Service Authorization Reference). Pure."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

from ..model import facts
from ..model.attributes import by_wire, top_level
from ..model.references import OF_USER, ROUTING_PROFILE, SECURITY_PROFILES
from .usage import Usage

Role = Literal["preview", "apply", "refresh"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

INSTANCE: Final = ""
_AGENT, _QUEUE, _STATE = "/agent/*", "/queue/*", "/agent-state/*"
_QUICK: Final = "/transfer-destination/*"
_REFERRED: Final = {reference.id: f"/{reference.arn_kind}/*" for reference in OF_USER}
_ROUTING, _SECURITY, _GROUP = _REFERRED.values()

RESOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    **{
        call: (_AGENT, _REFERRED[a.wire]) if a.wire in _REFERRED else (_AGENT,)
        for a in top_level(facts.Role.ATTRIBUTE)
        for call in a.facts.calls
    },
    "AssociateUserProficiencies": (INSTANCE, _AGENT),
    "CreateUser": (_AGENT, *_REFERRED.values()),
    "DeleteQuickConnect": (_QUICK,),
    "DeleteUser": (_AGENT,),
    "DescribeInstance": (INSTANCE,),
    "DescribePredefinedAttribute": (INSTANCE,),
    "DescribeRoutingProfile": (_ROUTING,),
    "DescribeSecurityProfile": (_SECURITY,),
    "DescribeUser": (_AGENT,),
    "DisassociateUserProficiencies": (INSTANCE, _AGENT),
    "GetCurrentUserData": (_AGENT, _QUEUE, _ROUTING, _GROUP),
    "ListAgentStatuses": (_STATE,),
    "ListQueues": (_QUEUE,),
    "ListRoutingProfileQueues": (_ROUTING,),
    "ListRoutingProfiles": (INSTANCE,),
    "ListSecurityProfilePermissions": (_SECURITY,),
    "ListSecurityProfiles": (INSTANCE,),
    "ListUserProficiencies": (INSTANCE, _AGENT),
    "ListUsers": (INSTANCE,),
    "PutUserStatus": (INSTANCE, _AGENT, _STATE),
    "SearchQuickConnects": (INSTANCE,),
    "SearchRoutingProfiles": (INSTANCE,),
    "SearchUserHierarchyGroups": (INSTANCE,),
    "SearchUsers": (INSTANCE,),
    "UpdateUserProficiencies": (INSTANCE, _AGENT),
}
"""Below the instance's ARN; the empty text is the instance itself."""

DEPENDENT: Final[Mapping[str, tuple[str, ...]]] = {
    "SearchRoutingProfiles": ("DescribeRoutingProfile",),
    "SearchUsers": ("DescribeUser", "ListUserProficiencies"),
}
"""Actions that another one depends on (Service Authorization Reference)."""


def operations(role: Role, usage: Usage) -> frozenset[str]:
    """The operations of Amazon Connect that a role makes in a project."""
    made = _OF_ROLE[role](usage)
    for operation in tuple(made):
        made |= set(DEPENDENT.get(operation, ()))
    return frozenset(made)


def _preview(usage: Usage) -> set[str]:
    """What check looks up: the instance, users of the same or a similar name, lists of names."""
    made = {"DescribeInstance", "DescribeUser", "SearchUsers"} | _lists(usage)
    if "proficiencies" in usage.attributes:
        made.add("DescribePredefinedAttribute")
    if "adoption" in usage.features and "proficiencies" in usage.attributes:
        made.add("ListUserProficiencies")
    if "status" in usage.features:
        made |= {"ListAgentStatuses"}
    if "live-data" in usage.features:
        # Queues and agents are given by name, whatever else the project manages.
        made |= {
            "GetCurrentUserData",
            "ListQueues",
            "ListRoutingProfiles",
            "ListUsers",
            "SearchUserHierarchyGroups",
        }
    if "look-ups" in usage.features:
        made |= {r.operation for r in OF_USER}
        made |= {"ListAgentStatuses", "ListQueues", "ListUserProficiencies"}
    return made


def _lists(usage: Usage) -> set[str]:
    """What shows names: of what is declared, and of what others decide; and what profiles allow."""
    is_part = "part" in usage.features
    suspension = {ROUTING_PROFILE, SECURITY_PROFILES} if "suspension" in usage.features else set()
    used = {r for r in OF_USER if is_part or r.id in usage.attributes or r in suspension}
    allowed = {"DescribeSecurityProfile", "ListSecurityProfilePermissions"}
    return {r.operation for r in used} | (allowed if SECURITY_PROFILES in used else set())


def _apply(usage: Usage) -> set[str]:
    """`up` and `destroy`: check runs in them too."""
    made = _preview(usage)
    # A create whose answer was lost is looked up, an update reads before it writes, and a delete
    # checks for active contacts and quick connects.
    made |= {"CreateUser", "DeleteUser", "DescribeUser", "SearchUsers"}
    made |= {"GetCurrentUserData", "SearchQuickConnects", "ListSecurityProfiles"}
    for wire in usage.attributes:
        made |= set(by_wire()[wire].facts.calls)
    if "proficiencies" in usage.attributes:
        made.add("ListUserProficiencies")
    if "waiting" in usage.features:
        made |= {"PutUserStatus", "ListAgentStatuses"}
    if "status" in usage.features:
        made.add("PutUserStatus")
    if "suspension" in usage.features:
        made |= {"ListSecurityProfilePermissions", "ListRoutingProfileQueues", facts.TAG}
        made |= {facts.UNTAG, facts.UPDATE_SECURITY, facts.UPDATE_ROUTING}
    if "quick-connects" in usage.features:
        made.add("DeleteQuickConnect")
    return made


def _refresh(usage: Usage) -> set[str]:
    """The bulk read, a closer look at what moved, and names for ids that changed."""
    made = {"DescribeInstance", "DescribeUser", "ListUsers", "SearchUsers"} | _lists(usage)
    if "proficiencies" in usage.attributes:
        made.add("ListUserProficiencies")
    if "status" in usage.features:
        made.add("GetCurrentUserData")
    return made


def _review(usage: Usage) -> set[str]:
    """A preview, and what is read beside it about the whole instance."""
    made = _preview(usage)
    if "coverage" in usage.features:
        made |= {
            "ListRoutingProfileQueues",
            "ListUserProficiencies",
            "SearchRoutingProfiles",
            "SearchUserHierarchyGroups",
        }
    if "access" in usage.features:
        made |= {
            "DescribeSecurityProfile",
            "ListSecurityProfilePermissions",
            "ListSecurityProfiles",
            "SearchUserHierarchyGroups",
        }
    return made


_OF_ROLE = {"preview": _review, "apply": _apply, "refresh": _refresh}
