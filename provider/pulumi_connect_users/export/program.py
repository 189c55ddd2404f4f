"""Writes the program that adopts the exported users. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..core.properties import Properties, Value
from ..model.attributes import Attribute, members_of, top_level
from ..model.facts import Role
from .shared_structures import SharedStructures
from .text import CallOf, Expression, Raw, literal, source

_POSITIONAL = {"Proficiency": ("attribute_name", "attribute_value")}


@dataclass(frozen=True)
class ExportedUser:
    """A user with its resource's name, ready to be written."""

    resource_name: str
    user_arn: str
    bag: Properties
    left_out: Sequence[str] = ()
    protect: bool = False
    """Whether its state protects it."""


@dataclass(frozen=True)
class Export:
    """The content of a program or roster; users in their stable order."""

    users: Sequence[ExportedUser]
    skipped: Mapping[str, str] = field(default_factory=dict)
    """Reasons by id of the users that are left out."""

    @property
    def instances(self) -> list[str]:
        """The ARNs of the instances, in the order of their first users."""
        return list(dict.fromkeys(str(u.bag["instanceArn"]) for u in self.users))


def python_program(export: Export) -> str:
    """The text of a program; equal users give equal text."""
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
    arguments = [_arguments(user, variables) for user in export.users]
    shared = SharedStructures(arguments)
    blocks.append(str(shared))
    blocks += [
        _user(user, shared.used(keywords))
        for user, keywords in zip(export.users, arguments, strict=True)
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _docstring(export: Export) -> str:
    count = len(export.users)
    users = "1 user" if count == 1 else f"{count:,} users"
    return f'''\
"""{users} of Amazon Connect, adopted as they are: written by `connect-users export`.

The first `pulumi up` marks the users as this stack's by two tags, and changes nothing else. After
it, `adopt=True` can be removed. What is not declared here (passwords above all) stays as it is.
"""'''


def _variables(instances: Sequence[str]) -> dict[str, str]:
    if len(instances) == 1:
        return {instances[0]: "centre"}
    return {arn: f"centre_{number}" for number, arn in enumerate(instances, 1)}


def _arguments(user: ExportedUser, variables: Mapping[str, str]) -> dict[str, Expression]:
    keywords: dict[str, Expression] = {"instance": Raw(variables[str(user.bag["instanceArn"])])}
    for attribute in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION):
        if attribute.wire in user.bag and attribute.wire != "instanceArn":
            keywords[attribute.program_path[-1]] = _value(attribute, user.bag[attribute.wire])
    return keywords


def _user(user: ExportedUser, keywords: Mapping[str, Expression]) -> str:
    if user.protect:
        protect = CallOf("pulumi.ResourceOptions", keywords={"protect": True})
        keywords = {**keywords, "opts": protect}
    lines = [f"# Left alone: {' '.join(reason.split())}." for reason in user.left_out]
    # One argument a line, as people edit it.
    body = [f"    {literal(user.resource_name)},"]
    body += [f"    {k}={source(v, 4, len(k) + 1, 1)}," for k, v in keywords.items()]
    return "\n".join([*lines, "connect.User(", *body, ")"])


def _value(attribute: Attribute, value: Value) -> Expression:
    """A wire value with the classes that a program writes."""
    if attribute.is_list and isinstance(value, list):
        return [_entry(attribute, entry) for entry in value]
    return _entry(attribute, value)


def _entry(attribute: Attribute, value: Value) -> Expression:
    if attribute.model is None or not isinstance(value, Mapping):
        return value
    name = attribute.model.__name__
    members = {
        member.program_path[-1]: _value(member, value[member.path[-1]])
        for member in members_of(attribute.wire)
        if member.path[-1] in value
    }
    positional = [members.pop(k) for k in _POSITIONAL.get(name, ()) if k in members]
    return CallOf(f"connect.{name}", positional, members)
