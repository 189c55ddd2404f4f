"""The program that adopts the exported users. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model.attributes import Attribute, by_wire, top_level
from ..model.facts import Role
from .text import CallOf, Raw, literal, source

_POSITIONAL = {"Proficiency": ("attribute_name", "attribute_value")}


@dataclass(frozen=True)
class ExportedUser:
    """A user with its resource's name, ready to be written."""

    resource_name: str
    bag: Mapping[str, Any]
    left_out: Sequence[str] = ()
    protect: bool = False
    """Whether the state that it comes from protects it."""


@dataclass(frozen=True)
class Export:
    """What a program or roster is written from; users in their stable order."""

    users: Sequence[ExportedUser]
    skipped: Mapping[str, str] = field(default_factory=dict)
    """Reasons by user id, for users that are not in it."""

    @property
    def instances(self) -> list[str]:
        """The ARNs of the instances, in the order of their first users."""
        return list(dict.fromkeys(str(u.bag["instanceArn"]) for u in self.users))


def python_program(export: Export) -> str:
    """The text of a program; the same users always give the same text."""
    variables = _variables(export.instances)
    blocks = [_docstring(export), "import pulumi_connect_users as connect"]
    if any(user.protect for user in export.users):
        blocks[1] = f"import pulumi\n\n{blocks[1]}"
    for arn, name in variables.items():
        call = CallOf("connect.Instance", [arn])
        blocks.append(f"{name} = {source(call, before=len(name) + 3)}")
    if export.skipped:
        lines = [f"# {i}: {reason}" for i, reason in sorted(export.skipped.items())]
        blocks.append("\n".join(["# Not in this program, by user id:", *lines]))
    blocks += [_user(user, variables) for user in export.users]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _docstring(export: Export) -> str:
    count = len(export.users)
    users = "1 user" if count == 1 else f"{count:,} users"
    return f'''\
"""{users} of Amazon Connect, taken over as they are: written by `connect-users export`.

The first `pulumi up` marks the users as this stack's by two tags, and changes nothing else. After
it, `adopt=True` may go. What is not declared here (passwords above all) is left alone.
"""'''


def _variables(instances: Sequence[str]) -> dict[str, str]:
    if len(instances) == 1:
        return {instances[0]: "centre"}
    return {arn: f"centre_{number}" for number, arn in enumerate(instances, 1)}


def _user(user: ExportedUser, variables: Mapping[str, str]) -> str:
    keywords: dict[str, Any] = {"instance": Raw(variables[str(user.bag["instanceArn"])])}
    for attribute in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION):
        if attribute.wire in user.bag and attribute.wire != "instanceArn":
            keywords[attribute.program_path[-1]] = _value(attribute, user.bag[attribute.wire])
    if user.protect:
        keywords["opts"] = CallOf("pulumi.ResourceOptions", keywords={"protect": True})
    lines = [f"# Left alone: {' '.join(reason.split())}." for reason in user.left_out]
    # Always one argument a line: that is how people edit it.
    body = [f"    {literal(user.resource_name)},"]
    body += [f"    {k}={source(v, 4, len(k) + 1, 1)}," for k, v in keywords.items()]
    return "\n".join([*lines, "connect.User(", *body, ")"])


def _value(attribute: Attribute, value: Any) -> Any:
    """A wire value with the classes that a program writes."""
    if attribute.is_list and isinstance(value, list):
        return [_one(attribute, entry) for entry in value]
    return _one(attribute, value)


def _one(attribute: Attribute, value: Any) -> Any:
    if attribute.model is None or not isinstance(value, Mapping):
        return value
    name = attribute.model.__name__
    members = {
        member.program_path[-1]: _value(member, value[key])
        for key in attribute.model.model_json_schema(by_alias=True)["properties"]
        if key in value and (member := by_wire().get(f"{attribute.wire}.{key}"))
    }
    positional = [members.pop(k) for k in _POSITIONAL.get(name, ()) if k in members]
    return CallOf(f"connect.{name}", positional, members)
