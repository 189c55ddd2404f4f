"""The users that another tool's state knows: Terraform, OpenTofu, Pulumi. Pure.

Read are only names and identities; what the users look like is asked of Connect.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..core.arns import parse_arn
from ..core.documents import read_json
from ..core.user_resources import AWS_NATIVE_USER, AWS_USER

Tool = Literal["terraform", "pulumi"]


@dataclass(frozen=True)
class StateUser:
    """One user in a state."""

    resource_name: str
    """The name of the resource, which the program keeps."""
    address: str
    """How the tool names it: a Terraform address, or a URN."""
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


def parse_state(text: str) -> StateFile:
    """The users in the text of a state file; ValueError if it is none, or one is not usable."""
    try:
        state = read_json(text)
    except ValueError:
        raise ValueError(
            "it is no JSON. Give a terraform.tfstate (version 4), or what "
            "`pulumi stack export` writes."
        ) from None
    try:
        found = _read(state)
    except (AttributeError, KeyError, TypeError):
        found = None  # its parts have another shape than a state's
    if found is None:
        raise ValueError(
            "it is neither a Terraform or OpenTofu state of version 4 nor a Pulumi deployment. "
            "Give terraform.tfstate (or what `terraform state pull` prints), or what "
            "`pulumi stack export` writes."
        )
    return _checked(found)


def _read(state: Any) -> StateFile | None:
    if isinstance(state, Mapping) and isinstance(state.get("deployment"), Mapping):
        return StateFile("pulumi", tuple(_pulumi(state["deployment"].get("resources") or ())))
    if isinstance(state, Mapping) and state.get("version") == 4 and "terraform_version" in state:
        return StateFile("terraform", tuple(_terraform(state.get("resources") or ())))
    return None


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


def _pulumi(resources: Any) -> Iterator[StateUser]:
    for resource in resources:
        if resource.get("type") not in (AWS_USER, AWS_NATIVE_USER) or resource.get("delete"):
            continue
        outputs = resource.get("outputs") or {}
        arn = outputs.get("arn") or outputs.get("userArn") or resource.get("id")
        urn = str(resource["urn"])
        protect = bool(resource.get("protect"))
        yield StateUser(urn.split("::", 3)[-1], urn, str(arn), protect)


def _terraform(resources: Any) -> Iterator[StateUser]:
    for resource in resources:
        if resource.get("type") != "aws_connect_user" or resource.get("mode") != "managed":
            continue
        for instance in resource.get("instances") or ():
            if instance.get("deposed"):
                continue
            key = instance.get("index_key")
            index = "" if key is None else f"[{json.dumps(key, ensure_ascii=False)}]"
            module = resource.get("module")
            address = f"{module}." if module else ""
            address += f"aws_connect_user.{resource['name']}{index}"
            arn = (instance.get("attributes") or {}).get("arn")
            yield StateUser(_terraform_name(resource, key), address, str(arn))


def _terraform_name(resource: Mapping[str, Any], key: Any) -> str:
    """`module.west.aws_connect_user.agents["mary"]` as `west-agents-mary`."""
    module = str(resource.get("module") or "")
    parts = [part.split("[")[0] for part in module.split(".") if part and part != "module"]
    parts.append(str(resource["name"]))
    if key is not None:
        parts.append(str(key))
    return "-".join(parts)
