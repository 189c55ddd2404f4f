"""Writes resources/arguments.py from the model: `python -m tools.arguments`.

Typed arguments repeat what the model knows; so they are generated, and a test compares them.
"""

from __future__ import annotations

import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pulumi_connect_users.model.attributes import Attribute, attributes, members_of, top_level
from pulumi_connect_users.model.facts import Role

_PACKAGE = Path(__file__).parent.parent / "provider" / "pulumi_connect_users"
TARGET = _PACKAGE / "resources" / "arguments.py"

_HEADER = '''"""The typed arguments of a user. Generated from the model by `make generate`: do not edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict

if TYPE_CHECKING:
    from pulumi import Input

    from .initial_password import InitialPassword
    from .instance import Instance

'''  # noqa: E501 - one line of the written file, which wraps nothing
_POSITIONAL = {"Proficiency": 2}
"""Structures whose first members read well without their names."""


def render() -> str:
    """The whole module, formatted."""
    structures = _structures()
    parts = [_HEADER, *(_dataclass(*structure) for structure in structures), _typed_dict()]
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
        if attribute.model is not None and attribute.facts.role is Role.ATTRIBUTE:
            found.setdefault(attribute.model, members_of(attribute.wire))
    return sorted(found.items(), key=lambda s: any(a.model for a in s[1]))


def _dataclass(model: type[BaseModel], members: tuple[Attribute, ...]) -> str:
    positional = _POSITIONAL.get(model.__name__, 0)
    lines = ["@dataclass(frozen=True)", f"class {model.__name__}:"]
    lines.append(f'    """{(model.__doc__ or "").strip().splitlines()[0]}"""')
    for index, member in enumerate(members):
        keyword = "" if index < positional else ", kw_only=True"
        lines.append("")
        lines.append(
            f"    {member.program_path[-1]}: {_type(member)} | None = field(default=None{keyword})"
        )
        lines.append(f'    """{member.facts.doc}"""')
    return "\n".join(lines)


def _typed_dict() -> str:
    lines = ["class UserArguments(TypedDict, total=False):"]
    lines += ['    """The arguments of `User`; each takes Pulumi\'s inputs."""', ""]
    for attribute in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION):
        name = attribute.program_path[-1]
        kind = attribute.facts.type_name or _type(attribute)
        if name == "instance_arn":
            lines.append(f"    instance: Required[{kind}]")
            lines.append('    """The instance: an `Instance`, an ARN or an id."""')
            continue
        wrapped = f"Required[{kind}]" if name == "username" else f"{kind} | None"
        lines.append(f"    {name}: {wrapped}")
        lines.append(f'    """{attribute.facts.doc}"""')
    return "\n".join(lines)


def _type(attribute: Attribute) -> str:
    """The type of one argument."""
    inner = next(iter(inner_types(attribute.annotation)))
    if attribute.model is not None:
        one = f"Input[{attribute.model.__name__} | Mapping[str, Any]]"
    elif typing.get_origin(inner) is typing.Literal:
        one = f"Input[Literal[{', '.join(repr(v) for v in typing.get_args(inner))}] | str]"
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


def main() -> int:
    """Writes the module."""
    TARGET.write_text(render(), encoding="utf-8")
    print(f"wrote {TARGET.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
