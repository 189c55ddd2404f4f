"""A user in another tool's state, and how the parts of a state are read. Pure."""

import shlex
from dataclasses import dataclass
from typing import Literal

from ..core.properties import Properties, Value, entries, structures, text

Tool = Literal["terraform", "tofu", "pulumi"]


@dataclass(frozen=True)
class StateUser:
    """One user in a state."""

    resource_name: str
    """The resource's name, which the program keeps."""
    address: str
    """Its Terraform address, or its URN."""
    user_arn: str
    tool: Tool = "terraform"
    protect: bool = False

    @property
    def removal(self) -> str:
        """The command that makes the tool forget the user, without touching it."""
        if self.tool != "pulumi":
            return f"{self.tool} state rm {shlex.quote(self.address)}"
        force = "--force " if self.protect else ""
        return f"pulumi state delete --yes {force}{shlex.quote(self.address)}"


class NotAState(Exception):
    """Its parts have another shape than a state's."""


def listed(value: Value) -> list[Properties]:
    """The structures of a list that may be missing."""
    maps = structures(value)
    if len(maps) != len(entries(value)) or not isinstance(value, list | None):
        raise NotAState
    return maps


def required(resource: Properties, key: str) -> str:
    """A text that every resource has."""
    value = text(resource.get(key))
    if value is None:
        raise NotAState
    return value
