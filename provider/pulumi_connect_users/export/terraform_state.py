"""The users in a state of Terraform or OpenTofu: a file of version 4, or `show -json`. Pure.

Sources: Terraform, internal/states/statefile/version4.go and "JSON Output Format"; the providers
aws and awscc, `aws_connect_user` and `awscc_connect_user`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from ..core.properties import Properties, members, text
from .state_user import NotAState, StateUser, listed, required
from .terraform_address import address_of, name_of

_ARNS: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_connect_user": ("arn",),
    "awscc_connect_user": ("user_arn", "id"),
}
"""The resource types that declare users, and their attributes with the ARN."""
_OPENTOFU: Final = "registry.opentofu.org/"


def state_users(state: Properties) -> Iterator[StateUser]:
    """The users of a state file of version 4."""
    for resource in listed(state.get("resources")):
        if not _declares_users(resource):
            continue
        module, provider = text(resource.get("module")) or "", text(resource.get("provider")) or ""
        for instance in listed(resource.get("instances")):
            # A deposed object waits for its deletion.
            if not instance.get("deposed"):
                values = members(instance.get("attributes"))
                at = {**resource, "index": instance.get("index_key")}
                yield _user(module, at, values, provider)


def shown_users(document: Properties) -> Iterator[StateUser]:
    """The users in what `show -json` prints of a state, or of a plan: those before it."""
    is_plan = "planned_values" in document
    if is_plan and "prior_state" not in document:
        raise ValueError(
            "it is a plan that begins without any resource. Give the state itself: the output of "
            "`terraform show -json` without a file."
        )
    state = members(document["prior_state"]) if is_plan else document
    return _of_modules(members(members(state.get("values")).get("root_module")))


def _of_modules(root: Properties) -> Iterator[StateUser]:
    pending = [root]
    while pending:
        module = pending.pop()
        for resource in listed(module.get("resources")):
            if _declares_users(resource) and not resource.get("deposed_key"):
                provider = text(resource.get("provider_name")) or ""
                address = text(module.get("address")) or ""
                yield _user(address, resource, members(resource.get("values")), provider)
        pending += reversed(listed(module.get("child_modules")))


def _declares_users(resource: Properties) -> bool:
    return resource.get("type") in _ARNS and resource.get("mode") == "managed"


def _user(module: str, resource: Properties, values: Properties, provider: str) -> StateUser:
    kind, name, key = required(resource, "type"), required(resource, "name"), resource.get("index")
    if not isinstance(key, str | int | float | None):
        raise NotAState
    arns = (text(values.get(attribute)) for attribute in _ARNS[kind])
    return StateUser(
        name_of(module, name, key),
        address_of(module, kind, name, key),
        next(filter(None, arns), ""),
        tool="tofu" if _OPENTOFU in provider else "terraform",
    )
