"""Writes resources/outputs.py from the model: `python -m tools.outputs`.

What a program reads repeats what the model knows; so it is generated, and a test compares it.
"""

import sys
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from pulumi_connect_users.model.attributes import Attribute, attributes, members_of, top_level
from pulumi_connect_users.model.facts import Role
from pulumi_connect_users.model.references import OF_USER
from tools.arguments import TARGET as ARGUMENTS
from tools.arguments import formatted, inner_types

TARGET = ARGUMENTS.with_name("outputs.py")

_HEADER = '''"""What a program reads of a user. Generated from the model by `make generate`: do not edit."""

from collections.abc import Sequence

from .output_attributes import Member, ResourceOutput, Structure

'''  # noqa: E501 - one line of the written file, which wraps nothing
_STANDS_FOR = {reference.name: reference.fact for reference in OF_USER}
"""Names that check resolves: they are read as it found them."""


def render() -> str:
    """The whole module, formatted."""
    parts = [_HEADER, *(_structure(*structure) for structure in _structures()), _outputs()]
    return formatted("\n\n".join(parts), TARGET)


def _structures() -> list[tuple[type[BaseModel], tuple[Attribute, ...]]]:
    """Every structure once, those that others hold first."""
    found: dict[type[BaseModel], tuple[Attribute, ...]] = {}
    for attribute in attributes():
        if attribute.model is not None and members_of(attribute.wire):
            found.setdefault(attribute.model, members_of(attribute.wire))
    return sorted(found.items(), key=lambda s: any(a.model for a in s[1]))


def _structure(model: type[BaseModel], members: tuple[Attribute, ...]) -> str:
    lines = [f"class {model.__name__}(Structure):"]
    lines += [f'    """{(model.__doc__ or "").strip().splitlines()[0]}"""', ""]
    for member in members:
        lines.append(f"    {member.program_path[-1]} = Member[{_type(member)}]({_read_as(member)})")
        lines.append(f'    """{member.facts.doc}"""')
    return "\n".join(lines)


def _outputs() -> str:
    doc = "The attributes of `User`: its arguments as resolved, and what was found out."
    lines = ["class UserOutputs:", f'    """{doc}"""', ""]
    for attribute in _readable():
        optional = "" if attribute.facts.required else " | None"
        kind = f"ResourceOutput[{_type(attribute)}{optional}]"
        lines.append(f"    {attribute.program} = {kind}({_read_as(attribute)})")
        lines.append(f'    """{attribute.facts.doc}"""')
    return "\n".join(lines)


def _readable() -> Iterator[Attribute]:
    for attribute in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION, Role.FACT):
        if attribute.model is not None and not members_of(attribute.wire):
            continue  # for previews and reports alone
        if not attribute.facts.secret:
            yield attribute


def _read_as(attribute: Attribute) -> str:
    key = _STANDS_FOR.get(attribute.wire, attribute.path[-1])
    return f'"{key}"' + (f", {attribute.model.__name__}" if attribute.model else "")


def _type(attribute: Attribute) -> str:
    one = attribute.model.__name__ if attribute.model else _plain(attribute.annotation)
    return f"Sequence[{one}]" if attribute.is_list else one


def _plain(annotation: Any) -> str:
    inner = next(iter(inner_types(annotation)))
    if typing.get_origin(inner) is typing.Literal:
        return "str"
    return "dict[str, str]" if typing.get_origin(inner) is dict else str(inner.__name__)


def main() -> int:
    """Writes the module."""
    TARGET.write_text(render(), encoding="utf-8")
    print(f"wrote {TARGET.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
