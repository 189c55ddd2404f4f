"""Writes resources/arguments.py and the policies' personal_data.py: `python -m tools.arguments`.

Typed arguments repeat what the model knows; so they are generated, and a test compares them.
"""

import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pulumi_connect_users.model.attributes import (
    Attribute,
    Shape,
    attributes,
    in_lists,
    members_of,
    top_level,
)
from pulumi_connect_users.model.facts import Role

_ROOT = Path(__file__).parent.parent
TARGET = _ROOT / "provider" / "pulumi_connect_users" / "resources" / "arguments.py"
PERSONAL_DATA = _ROOT / "policies" / "connect_users_guard" / "personal_data.py"

_HEADER = '''"""The typed arguments of a user. Generated from the model by `make generate`: do not edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict

if TYPE_CHECKING:
    from pulumi import Input, Output, ResourceOptions

    from .initial_password import InitialPassword
    from .instance import Instance

'''  # noqa: E501 - one line of the written file, which wraps nothing
_PERSONAL_HEADER = '''"""What is personal in a user. Generated from the model: do not edit."""

'''
_POSITIONAL = {"Proficiency": 2}
"""Structures whose first members read well without their names."""


def render() -> str:
    """The whole module, formatted."""
    structures = _structures()
    dataclasses = (_dataclass(*structure) for structure in structures)
    parts = [_HEADER, *dataclasses, _typed_dict(), _signature(), *_constants()]
    return formatted("\n\n".join(parts), TARGET)


def formatted(source: str, target: Path) -> str:
    """The text of a module as `make format` would leave it."""
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", target.name, "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    return done.stdout


def _structures() -> list[tuple[type[BaseModel], tuple[Attribute, ...]]]:
    """Every structure of a program once, those that others hold first."""
    found: dict[type[BaseModel], tuple[Attribute, ...]] = {}
    for attribute in attributes():
        if attribute.model is not None and _is_written(attribute):
            found.setdefault(attribute.model, members_of(attribute.wire))
    return sorted(found.items(), key=lambda s: any(a.model for a in s[1]))


def _is_written(attribute: Attribute) -> bool:
    """Whether its structure is not written by hand, nor only read."""
    facts = attribute.facts
    return facts.role is not Role.FACT and not facts.type_name


def _dataclass(model: type[BaseModel], members: tuple[Attribute, ...]) -> str:
    positional = _POSITIONAL.get(model.__name__, 0)
    keywords = "" if positional else ", kw_only=True"
    lines = [f"@dataclass(frozen=True{keywords})", f"class {model.__name__}:"]
    lines += [f'    """{(model.__doc__ or "").strip().splitlines()[0]}"""', ""]
    for index, member in enumerate(members):
        is_keyword = positional and index >= positional
        default = "field(default=None, kw_only=True)" if is_keyword else "None"
        lines.append(f"    {member.program_path[-1]}: {_type(member)} | None = {default}")
        lines.append(f'    """{member.facts.doc}"""')
    return "\n".join(lines)


def _typed_dict() -> str:
    lines = ["class UserArguments(TypedDict, total=False):"]
    lines += ['    """The arguments of `User`; each takes Pulumi\'s inputs."""', ""]
    for attribute in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION):
        kind = _top_type(attribute)
        wrapped = f"Required[{kind}]" if attribute.facts.required else f"{kind} | None"
        lines.append(f"    {argument(attribute)}: {wrapped}")
        lines.append(f'    """{attribute.facts.doc}"""')
    return "\n".join(lines)


def _signature() -> str:
    lines = ["# The same one by one: not every editor completes what a TypedDict holds."]
    lines.append("class UserSignature:  # noqa: D101 - it would be the docstring of `User`")
    lines += ["    if TYPE_CHECKING:", "", "        def __init__(", "            self,"]
    lines += ["            resource_name: str,", "            opts: ResourceOptions | None = None,"]
    lines.append("            *,")
    for attribute in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION):
        optional = "" if attribute.facts.required else " | None = None"
        lines.append(f"            {argument(attribute)}: {_top_type(attribute)}{optional},")
    return "\n".join([*lines, "        ) -> None: ..."])


def _top_type(attribute: Attribute) -> str:
    return attribute.facts.type_name or _type(attribute)


def _constants() -> Iterator[str]:
    """What the resource classes need of the model, which a program does not import."""
    given = top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION)
    required = tuple(argument(a) for a in given if a.facts.required)
    free_maps = tuple(a.program for a in given if a.shape is Shape.MAP)
    hidden = tuple(a.wire for a in top_level() if a.facts.secret or a.facts.role is Role.MARK)
    personal = tuple(a.path for a in attributes() if a.facts.personal)
    yield f'REQUIRED = {required}\n"""Required arguments."""'
    yield f'FREE_MAPS = {free_maps}\n"""Maps whose keys are the user\'s own words."""'
    yield f'HIDDEN = {hidden}\n"""Inputs that are not attributes of the resource (wire names)."""'
    of_roster = tuple(a.program for a in top_level(Role.ROSTER))
    yield f'OF_ROSTER = {of_roster}\n"""Arguments of a roster\'s users alone."""'
    yield f'PERSONAL = {personal}\n"""Wire paths that `connect:personalData: secret` hides."""'


def argument(attribute: Attribute) -> str:
    """A program gives an `Instance`; every other argument is called as in state."""
    return "instance" if attribute.wire == "instanceArn" else attribute.program


def _type(attribute: Attribute) -> str:
    """The type of one argument."""
    inner = next(iter(inner_types(attribute.annotation)))
    if attribute.model is not None:
        one = f"Input[{attribute.model.__name__} | Mapping[str, Any]]"
    elif typing.get_origin(inner) is typing.Literal:
        values = ", ".join(repr(value) for value in typing.get_args(inner))
        # What is known late is no literal.
        one = f"Input[Literal[{values}]] | Output[str]"
    elif typing.get_origin(inner) is dict:
        return "Input[Mapping[str, Input[str]]]"
    else:
        one = f"Input[{inner.__name__}]"
    return f"Input[Sequence[{one}]]" if attribute.is_list else one


def inner_types(annotation: Any) -> Iterator[Any]:
    """The types inside Annotated, optional and list types."""
    if typing.get_origin(annotation) is typing.Annotated:
        yield from inner_types(typing.get_args(annotation)[0])
    elif typing.get_origin(annotation) in (typing.Literal, dict) or isinstance(annotation, type):
        if typing.get_origin(annotation) is list:
            yield from inner_types(typing.get_args(annotation)[0])
        elif annotation is not type(None):
            yield annotation
    else:
        for argument in typing.get_args(annotation):
            yield from inner_types(argument)


def personal_data() -> str:
    """The policy pack's own list of personal data: it does not import the provider."""
    personal = {
        a.wire: f"the {re.split('[,;]', a.facts.doc)[0].lower()}"
        for a in attributes()
        if a.facts.personal and a.wire not in in_lists()
    }
    return formatted(f"{_PERSONAL_HEADER}PERSONAL = {personal}", PERSONAL_DATA)


def main() -> int:
    """Writes both modules."""
    for target, text in ((TARGET, render()), (PERSONAL_DATA, personal_data())):
        target.write_text(text, encoding="utf-8")
        print(f"wrote {target.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
