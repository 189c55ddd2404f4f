"""From a program's snake_case arguments to the wire's camelCase inputs."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from functools import cache
from inspect import isawaitable
from typing import Any

import pulumi

from ..core.privacy import is_address

FREE_MAPS = ("tags",)
"""Maps whose keys are a user's own words."""


@cache
def snake_to_camel(name: str) -> str:
    """`first_name` as `firstName`."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


def camel_to_snake(name: str) -> str:
    """`firstName` as `first_name`."""
    return re.sub(r"[A-Z]", lambda match: "_" + match[0].lower(), name)


def to_wire(name: str, value: Any) -> Any:
    """An argument's value on the wire; `name` is the argument's own.

    Dataclasses and plain dicts become maps with camelCase keys, at any depth and inside outputs;
    members that are None are left out.
    """
    if name in FREE_MAPS:
        members = isinstance(value, Mapping)
        return {k: settled(v) for k, v in value.items()} if members else settled(value)
    return _structure(value)


def settled(value: Any) -> Any:
    """An awaitable as an output: many resources may wait for an output, one for a coroutine."""
    return pulumi.Output.from_input(value) if isawaitable(value) else value


def _structure(value: Any) -> Any:
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
    return value


def as_secret_username(username: Any) -> Any:
    """The username as a secret, if it is an e-mail address."""
    if isinstance(username, str):
        return pulumi.Output.secret(username) if is_address(username) else username
    return pulumi.Output.from_input(username).apply(as_secret_username)


def as_secret(value: Any, paths: tuple[tuple[str, ...], ...]) -> Any:
    """A copy in which the values at the wire paths are secrets; lists are passed through."""
    here = {path[0] for path in paths if len(path) == 1}
    below = {
        path[0]: tuple(p[1:] for p in paths if p[0] == path[0] and len(p) > 1) for path in paths
    }
    if isinstance(value, list):
        return [as_secret(entry, paths) for entry in value]
    if isinstance(value, pulumi.Output):
        return pulumi.Output.secret(value)
    if not isinstance(value, Mapping):
        return value
    return {
        key: pulumi.Output.secret(member)
        if key in here
        else as_secret(member, below[key])
        if below.get(key)
        else member
        for key, member in value.items()
    }
