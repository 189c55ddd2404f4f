"""Identifiers and ARNs as Amazon Connect writes them.

The ARN's resource part differs from the API's noun for three kinds: users are `/agent/`, hierarchy
groups `/agent-group/`, agent statuses `/agent-state/` (Service Authorization Reference, "Actions,
resources, and condition keys for Amazon Connect").
"""

import re
import uuid
from dataclasses import dataclass

ACCOUNT = "000000000000"
"""The one account of every store: no real AWS account has this number."""

USER = "agent"
HIERARCHY_GROUP = "agent-group"
HIERARCHY_LEVEL = "agent-group-level"
AGENT_STATUS = "agent-state"
SECURITY_PROFILE = "security-profile"
ROUTING_PROFILE = "routing-profile"
QUEUE = "queue"
QUICK_CONNECT = "transfer-destination"
HOURS_OF_OPERATION = "operating-hours"
PREDEFINED_ATTRIBUTE = "predefined-attribute"
"""Has no ARN on AWS: it is named, not identified. The constant only sorts it in the store."""

NOUNS = {
    USER: "user",
    HIERARCHY_GROUP: "hierarchy group",
    HIERARCHY_LEVEL: "hierarchy level",
    AGENT_STATUS: "agent status",
    SECURITY_PROFILE: "security profile",
    ROUTING_PROFILE: "routing profile",
    QUEUE: "queue",
    QUICK_CONNECT: "quick connect",
    HOURS_OF_OPERATION: "hours of operation",
    PREDEFINED_ATTRIBUTE: "predefined attribute",
}
"""What a message calls each kind."""

_ARN = re.compile(
    r"arn:(?P<partition>[\w-]+):connect:(?P<region>[\w-]+):(?P<account>\d*):"
    r"instance/(?P<instance>[^/]+)(?:/(?P<kind>[^/]+)/(?P<id>.+))?"
)


@dataclass(frozen=True, slots=True)
class Arn:
    """A parsed ARN of an instance (`kind` and `id` empty) or of something in it."""

    region: str
    account: str
    instance: str
    kind: str
    id: str


def parse_arn(text: str) -> Arn | None:
    """The parts of a Connect ARN, or None where the text is none."""
    match = _ARN.fullmatch(text)
    if match is None:
        return None
    return Arn(
        match["region"], match["account"], match["instance"], match["kind"] or "", match["id"] or ""
    )


def partition(region: str) -> str:
    """The AWS partition a Region belongs to."""
    if region.startswith("us-gov-"):
        return "aws-us-gov"
    return "aws-cn" if region.startswith("cn-") else "aws"


def instance_arn(region: str, instance_id: str) -> str:
    """The ARN of an instance."""
    return f"arn:{partition(region)}:connect:{region}:{ACCOUNT}:instance/{instance_id}"


def resource_arn(region: str, instance_id: str, kind: str, resource_id: str) -> str:
    """The ARN of something in an instance; `kind` is one of this module's constants."""
    return f"{instance_arn(region, instance_id)}/{kind}/{resource_id}"


def new_id() -> str:
    """A random identifier, as AWS makes them."""
    return str(uuid.uuid4())


def directory_user_id(user_id: str) -> str:
    """The id that Connect's own directory has for a user, always the same."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"directory/{user_id}"))


def level_id(depth: int) -> str:
    """The id of a hierarchy level at a depth (0 = level one)."""
    return str(depth + 1)


def seeded_id(instance_id: str, kind: str, name: str) -> str:
    """The id a seed gives `name` (of a hierarchy group, its path): the same in every store."""
    try:
        namespace = uuid.UUID(instance_id)
    except ValueError:
        namespace = uuid.uuid5(uuid.NAMESPACE_URL, instance_id)
    return str(uuid.uuid5(namespace, f"{kind}/{name}"))
