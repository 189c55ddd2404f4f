"""The attributes of a user as a table, read from the models: nothing is written down twice."""

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel

from .facts import Facts, Role
from .user import User


class Shape(Enum):
    """How values of an attribute are compared and sent."""

    SCALAR = "scalar"
    SET = "set"
    STRUCTURE = "structure"
    KEYED_LIST = "keyed list"
    MAP = "map"


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """One attribute: a member of the user, or a member of one of its structures."""

    path: tuple[str, ...]
    """Wire names from the user down: `("identityInfo", "firstName")`."""
    program_path: tuple[str, ...]
    """The same in a program: `("identity_info", "first_name")`."""
    facts: Facts
    model: type[BaseModel] | None
    """The structure that it holds, or that a list of it holds."""
    is_list: bool
    shape: Shape
    annotation: Any
    metadata: tuple[object, ...]
    """pydantic's constraints: lengths, ranges, patterns."""

    @property
    def name(self) -> str:
        """The wire name: `firstName`."""
        return self.path[-1]

    @property
    def api_name(self) -> str:
        """The name in the API's structures: `FirstName`."""
        return camel_to_pascal(self.path[-1])

    @property
    def is_kept(self) -> bool:
        """Whether a refresh keeps it as it is: no API returns it."""
        return self.facts.role in (Role.OPTION, Role.ROSTER) or self.facts.kept

    @property
    def channel_list(self) -> str | None:
        """For a setting of all channels: the list that has it channel by channel."""
        return self.facts.per_channel and self.facts.per_channel.partition(".")[0]

    @property
    def wire(self) -> str:
        """The path in state: `identityInfo.firstName`."""
        return ".".join(self.path)

    @property
    def program(self) -> str:
        """The path in a program: `identity_info.first_name`."""
        return ".".join(self.program_path)


def _unwrap(annotation: Any) -> tuple[Any, bool]:
    """The type inside `X | None` and `list[X] | None`, and whether it was a list."""
    while typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (annotation,) = (a for a in typing.get_args(annotation) if a is not type(None))
    if typing.get_origin(annotation) is list:
        return typing.get_args(annotation)[0], True
    return annotation, False


def _shape(inner: Any, facts: Facts, *, is_list: bool, is_model: bool) -> Shape:
    if is_list:
        return Shape.KEYED_LIST if facts.key else Shape.SET
    if is_model:
        return Shape.STRUCTURE
    return Shape.MAP if typing.get_origin(inner) is dict else Shape.SCALAR


def _members(model: type[BaseModel], *above: Attribute) -> Iterator[Attribute]:
    prefix = above[-1].path if above else ()
    program = above[-1].program_path if above else ()
    for name, field in model.model_fields.items():
        facts = next((m for m in field.metadata if isinstance(m, Facts)), None)
        if facts is None:
            continue
        inner, is_list = _unwrap(field.annotation)
        is_model = isinstance(inner, type) and issubclass(inner, BaseModel)
        attribute = Attribute(
            path=(*prefix, field.alias or name),
            program_path=(*program, name),
            facts=facts,
            model=inner if is_model else None,
            is_list=is_list,
            shape=_shape(inner, facts, is_list=is_list, is_model=is_model),
            annotation=field.annotation,
            metadata=tuple(m for m in field.metadata if not isinstance(m, Facts)),
        )
        yield attribute
        if is_model:
            yield from _members(inner, *above, attribute)


@cache
def attributes() -> tuple[Attribute, ...]:
    """Every attribute, depth first, in the order of the models."""
    return tuple(_members(User))


@cache
def by_wire() -> dict[str, Attribute]:
    """Every attribute by its wire path."""
    return {attribute.wire: attribute for attribute in attributes()}


@cache
def by_program() -> dict[str, Attribute]:
    """Every attribute by its path in a program."""
    return {attribute.program: attribute for attribute in attributes()}


@cache
def top_level(*roles: Role) -> tuple[Attribute, ...]:
    """The members of the user itself that have one of the roles (all, if none is given)."""
    return tuple(
        a for a in attributes() if len(a.path) == 1 and (not roles or a.facts.role in roles)
    )


@cache
def in_lists() -> frozenset[str]:
    """The wire paths of members of list entries; entries are managed as wholes."""
    lists = {a.wire for a in top_level() if a.is_list}
    return frozenset(a.wire for a in attributes() if len(a.path) > 1 and a.path[0] in lists)


@cache
def members_of(wire: str) -> tuple[Attribute, ...]:
    """The members of a structure, or of the entries of a list of structures."""
    depth = wire.count(".") + 2
    return tuple(a for a in attributes() if len(a.path) == depth and a.wire.startswith(wire + "."))


def program_path(path: tuple[str | int, ...]) -> str:
    """A wire path as a program spells it: `identity_info.first_name`, `proficiencies[0].level`."""
    shown, names = "", []
    for part in path:
        if isinstance(part, int):
            shown += f"[{part}]"
            continue
        names.append(part)
        known = by_wire().get(".".join(names))
        spelled = known.program_path[-1] if known else part
        shown += f".{spelled}" if shown else spelled
    return shown


def camel_to_pascal(wire_name: str) -> str:
    """`firstName` as the API spells it: `FirstName`."""
    return wire_name[:1].upper() + wire_name[1:]


def pascal_to_camel(api_name: str) -> str:
    """`FirstName` as state spells it: `firstName`."""
    return api_name[:1].lower() + api_name[1:]
