"""The policy document for an IAM role. Pure."""

import json
from collections.abc import Iterable, Sequence
from typing import Final, NotRequired, TypedDict

from ..core.arns import parse_arn
from ..users.initial_password import PREFIX
from .operations import INSTANCE, RESOURCES, Role, operations
from .usage import Usage

MOST_CHARACTERS: Final = 6_144
"""Of a managed policy, blanks not counted (IAM user guide, quotas)."""
_SIDS: Final = {
    INSTANCE: "Instance",
    "/agent/*": "Users",
    "/routing-profile/*": "RoutingProfiles",
    "/security-profile/*": "SecurityProfiles",
    "/agent-group/*": "HierarchyGroups",
    "/queue/*": "Queues",
    "/agent-state/*": "AgentStatuses",
    "/transfer-destination/*": "QuickConnects",
}


class Statement(TypedDict):
    """One statement of a policy document."""

    Sid: str
    Effect: str
    Action: list[str]
    Resource: list[str]
    Condition: NotRequired[dict[str, dict[str, list[str]]]]


class PolicyDocument(TypedDict):
    """A policy document of IAM."""

    Version: str
    Statement: list[Statement]


def policy_document(
    roles: Iterable[Role], usage: Usage, instances: Sequence[str] = ()
) -> PolicyDocument:
    """The document for what the roles do in the instances: given, else the usage's, else all."""
    arns = list(dict.fromkeys(instances or usage.instances)) or ["arn:aws:connect:*:*:instance/*"]
    chosen = tuple(roles)
    needed = sorted(frozenset[str]().union(*(operations(role, usage) for role in chosen)))
    # A statement for each kind of resource: an action that touches several kinds is in several,
    # and no ARN is repeated, so that the document stays below IAM's limit for some instances more.
    statements = [
        _allow(sid, actions, [f"{arn}{kind}" for arn in arns])
        for kind, sid in _SIDS.items()
        if (actions := [f"connect:{one}" for one in needed if kind in RESOURCES[one]])
    ]
    if "DescribeInstance" in needed:
        # DescribeInstance depends on it (Service Authorization Reference); it takes no resource.
        statements.append(_allow("Directories", ["ds:DescribeDirectories"], ["*"]))
    if "apply" in chosen and "initial-password" in usage.features:
        statements += _secrets(arns, usage.kms_keys)
    return {"Version": "2012-10-17", "Statement": statements}


def characters(document: PolicyDocument) -> int:
    """How many characters of a document IAM counts."""
    return len(json.dumps(document, separators=(",", ":")))


SECRET_ACTIONS: Final = (
    "CreateSecret",
    "DeleteSecret",
    "GetSecretValue",
    "PutSecretValue",
    "RestoreSecret",
)
"""What aws/secrets_manager.py calls; a test compares them."""
_KEY_ACTIONS: Final = ["kms:Decrypt", "kms:GenerateDataKey"]
"""What Secrets Manager needs of its caller for a key of their own (its user guide)."""


def _secrets(arns: Sequence[str], keys: Sequence[str]) -> list[Statement]:
    """What InitialPassword does, on its own secrets only."""
    places = tuple(dict.fromkeys(_place(arn) for arn in arns))
    actions = [f"secretsmanager:{action}" for action in SECRET_ACTIONS]
    secrets = _in(places, "secretsmanager", f"secret:{PREFIX}*")
    statements = [_allow("InitialPasswords", actions, secrets)]
    key_arns: list[str] = []
    aliases: list[str] = []
    for key in keys:
        name = key.rpartition(":")[2]
        if name.startswith("alias/"):
            aliases.append(name)
        else:
            key_arns += [key] if key.startswith("arn:") else _in(places, "kms", f"key/{key}")
    if key_arns:
        statements.append(_allow("InitialPasswordKeys", _KEY_ACTIONS, key_arns))
    if aliases:
        # These actions take no alias as resource: it is a condition on the keys that have it.
        every = _allow("InitialPasswordKeyAliases", _KEY_ACTIONS, _in(places, "kms", "key/*"))
        every["Condition"] = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": aliases}}
        statements.append(every)
    return statements


def _allow(sid: str, actions: list[str], resources: list[str]) -> Statement:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resources}


def _in(places: Sequence[tuple[str, str, str]], service: str, resource: str) -> list[str]:
    """The ARNs of a resource in each partition, Region and account."""
    return [
        f"arn:{partition}:{service}:{region}:{account}:{resource}"
        for partition, region, account in places
    ]


def _place(instance_arn: str) -> tuple[str, str, str]:
    arn = parse_arn(instance_arn)
    return (arn.partition, arn.region, arn.account) if arn else ("aws", "*", "*")
