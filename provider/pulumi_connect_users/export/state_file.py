"""The users (names and identities) in a state of Terraform, OpenTofu or Pulumi. Pure."""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ..core.arns import parse_arn
from ..core.documents import read_json
from ..core.properties import Properties, Value, entries, members, structures, text
from ..core.user_resources import AWS_NATIVE_USER, AWS_USER

Tool = Literal["terraform", "pulumi"]


@dataclass(frozen=True)
class StateUser:
    """One user in a state."""

    resource_name: str
    """The resource's name, which the program keeps."""
    address: str
    """Its Terraform address, or its URN."""
    user_arn: str
    protect: bool = False


@dataclass(frozen=True)
class StateFile:
    """The users of a state, in its order."""

    tool: Tool
    users: tuple[StateUser, ...]

    def removals(self) -> list[str]:
        """The commands that make the tool forget the users, without touching them."""
        if self.tool == "terraform":
            return [f"terraform state rm {shlex.quote(user.address)}" for user in self.users]
        return [
            f"pulumi state delete --yes {'--force ' if user.protect else ''}"
            f"{shlex.quote(user.address)}"
            for user in self.users
        ]


def parse_state(content: str) -> StateFile:
    """The users in a state file; ValueError if it is not a state, or a user has no ARN."""
    try:
        document = members(read_json(content))
    except ValueError:
        raise ValueError(
            "it is not JSON. Give a terraform.tfstate (version 4) or a `pulumi stack export`."
        ) from None
    try:
        return _checked(_read(document))
    except _NotAState:
        raise ValueError(
            "it is neither a Terraform or OpenTofu state of version 4 nor a Pulumi deployment. "
            "Give the output of `terraform state pull` or of `pulumi stack export`."
        ) from None


class _NotAState(Exception):
    """Its parts have another shape than a state's."""


def _read(state: Properties) -> StateFile:
    deployment = state.get("deployment")
    if isinstance(deployment, Mapping):
        return StateFile("pulumi", tuple(_pulumi(deployment)))
    if state.get("version") == 4 and "terraform_version" in state:
        return StateFile("terraform", tuple(_terraform(state)))
    raise _NotAState


def _maps(value: Value) -> list[Properties]:
    maps = structures(value)
    if len(maps) != len(entries(value)) or not isinstance(value, list | None):
        raise _NotAState
    return maps


def _name(resource: Properties, key: str) -> str:
    name = text(resource.get(key))
    if name is None:
        raise _NotAState
    return name


def _checked(state: StateFile) -> StateFile:
    wrong = [
        user.address
        for user in state.users
        if (arn := parse_arn(user.user_arn)) is None or arn.kind != "agent"
    ]
    if wrong:
        raise ValueError(
            f"these users have no ARN in it: {', '.join(wrong)}. Refresh that state first."
        )
    return state


def _pulumi(deployment: Properties) -> Iterator[StateUser]:
    for resource in _maps(deployment.get("resources")):
        if resource.get("type") not in (AWS_USER, AWS_NATIVE_USER) or resource.get("delete"):
            continue
        outputs = members(resource.get("outputs"))
        arn = outputs.get("arn") or outputs.get("userArn") or resource.get("id")
        urn = _name(resource, "urn")
        protect = bool(resource.get("protect"))
        yield StateUser(urn.split("::", 3)[-1], urn, text(arn) or "", protect)


def _terraform(state: Properties) -> Iterator[StateUser]:
    for resource in _maps(state.get("resources")):
        if resource.get("type") != "aws_connect_user" or resource.get("mode") != "managed":
            continue
        module, name = text(resource.get("module")) or "", _name(resource, "name")
        for instance in _maps(resource.get("instances")):
            if instance.get("deposed"):
                continue
            key = instance.get("index_key")
            index = "" if key is None else f"[{json.dumps(key, ensure_ascii=False)}]"
            address = f"{module}." if module else ""
            address += f"aws_connect_user.{name}{index}"
            arn = text(members(instance.get("attributes")).get("arn")) or ""
            yield StateUser(_terraform_name(module, name, key), address, arn)


def _terraform_name(module: str, name: str, key: Value) -> str:
    """`module.west.aws_connect_user.agents["mary"]` as `west-agents-mary`."""
    parts = [part.split("[")[0] for part in module.split(".") if part and part != "module"]
    return "-".join([*parts, name, *([] if key is None else [str(key)])])
