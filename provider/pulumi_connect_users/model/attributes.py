"""The attributes of a user as a table, read from the models: nothing is written down twice."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from .base import camel_to_pascal
from .facts import Facts, Role
from .user import User


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
    annotation: Any
    metadata: tuple[Any, ...]
    """pydantic's constraints: lengths, ranges, patterns."""

    @property
    def wire(self) -> str:
        """The path in state: `identityInfo.firstName`."""
        return ".".join(self.path)

    @property
    def program(self) -> str:
        """The path in a program: `identity_info.first_name`."""
        return ".".join(self.program_path)

    @property
    def api(self) -> str:
        """The member's path in CreateUser: `IdentityInfo.FirstName`."""
        return ".".join(camel_to_pascal(part) for part in self.path)


def _unwrap(annotation: Any) -> tuple[Any, bool]:
    """The type inside `X | None` and `list[X] | None`, and whether it was a list."""
    while typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (annotation,) = (a for a in typing.get_args(annotation) if a is not type(None))
    if typing.get_origin(annotation) is list:
        return typing.get_args(annotation)[0], True
    return annotation, False


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
