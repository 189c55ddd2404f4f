"""From a program's snake_case arguments to the wire's camelCase inputs."""

import dataclasses
import re
from collections.abc import Awaitable, Mapping, Sequence
from functools import cache
from inspect import isawaitable
from typing import TypeAlias, TypeVar, cast

import pulumi

from ..core.privacy import is_address
from ..core.unknowns import Unknown
from .arguments import FREE_MAPS

WireInput: TypeAlias = (
    "str | int | float | Unknown | pulumi.Output[object] | Awaitable[object] "
    "| Sequence[WireInput] | Mapping[str, WireInput] | None"
)
"""A value on the wire, in which outputs may stand (or UNKNOWN in place of them)."""
T = TypeVar("T")


@cache
def snake_to_camel(name: str) -> str:
    """`first_name` as `firstName`."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


def to_wire(name: str, value: object) -> WireInput:
    """An argument's value with camelCase keys, at any depth and inside outputs; without None."""
    if name in FREE_MAPS:
        if isinstance(value, Mapping):
            return {key: settled(member) for key, member in value.items()}
        return cast("WireInput", settled(value))
    return _structure(value)


def settled(value: T) -> T | pulumi.Output[object]:
    """An awaitable as an output: many resources may wait for an output, one for a coroutine."""
    if not isawaitable(value):
        return value
    output: pulumi.Output[object] = pulumi.Output.from_input(value)
    return output


def _structure(value: object) -> WireInput:
    if isinstance(value, str | int):
        return value
    value = settled(value)
    if isinstance(value, pulumi.Output):
        return value.apply(_structure)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {snake_to_camel(str(k)): _structure(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple | set | frozenset):
        return [_structure(entry) for entry in value]
    # Whatever else a program gives is passed on: check refuses it.
    return cast("WireInput", value)


def as_secret_username(username: object) -> str | pulumi.Output[object]:
    """The username as a secret, if it is an e-mail address."""
    if isinstance(username, str):
        return pulumi.Output.secret(username) if is_address(username) else username
    return pulumi.Output.from_input(username).apply(as_secret_username)


def with_secrets(
    props: Mapping[str, WireInput], paths: tuple[tuple[str, ...], ...]
) -> dict[str, WireInput]:
    """A copy in which the values at the wire paths are secrets; lists are passed through."""
    secret = dict(props)
    for key in secret.keys() & {path[0] for path in paths}:
        below = tuple(path[1:] for path in paths if path[0] == key)
        value = secret[key]
        secret[key] = pulumi.Output.secret(value) if () in below else _secrets_in(value, below)
    return secret


def _secrets_in(value: WireInput, paths: tuple[tuple[str, ...], ...]) -> WireInput:
    if isinstance(value, list):
        return [_secrets_in(entry, paths) for entry in value]
    if isinstance(value, pulumi.Output):
        return pulumi.Output.secret(value)
    return with_secrets(value, paths) if isinstance(value, Mapping) else value
