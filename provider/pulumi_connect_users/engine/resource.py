"""The protocol that users, rosters and statuses implement for every front end.

Property bags are in the core's terms. A method raises a ConnectUsersError whose text is the whole
message; only `check` returns it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from ..core.properties import Properties, Value
from ..core.unknowns import UNKNOWN

Kind = Literal["user", "roster", "roster batch", "status"]


@dataclass(frozen=True)
class Checked:
    """The inputs to go on with, and why that is refused."""

    inputs: Properties
    failures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What stands between old outputs and new inputs."""

    changes: bool
    replaces: tuple[str, ...] = ()
    """Properties whose change makes another resource."""
    deletes_first: bool = False
    """Whether the old resource has to go before the new one is created."""
    changed: tuple[tuple[str, ...], ...] = ()
    """Where everything is that differs, as members from the bag down; `replaces` is left out."""


@dataclass(frozen=True)
class Created:
    """A new resource."""

    id: str
    outputs: Properties


@dataclass(frozen=True)
class Actual:
    """A resource as it is in Connect."""

    outputs: Properties
    inputs: Properties
    """The inputs that would lead to these outputs."""


@dataclass(frozen=True)
class Found:
    """An existing resource that no state describes yet."""

    id: str
    actual: Actual


class Resource(Protocol):
    """One kind of resource in one run."""

    def check(self, old: Properties, new: Properties, *, lenient: bool = False) -> Checked:
        """Judges the inputs and resolves names; every failure at once, none holding a value.

        Args:
            old: The inputs of the existing resource, empty for a new one.
            new: The inputs of the program.
            lenient: Whether rules that AWS only documents may not refuse, strict or not.
        """

    def plan(self, id_: str, old: Properties, new: Properties) -> Plan:
        """Compares old outputs with new inputs. Makes no call."""

    def create(self, inputs: Properties) -> Created:
        """Creates the resource, or adopts what an interrupted run has created."""

    def read(self, id_: str, state: Properties) -> Actual | None:
        """Reads the resource; None only if Connect says that it was deleted."""

    def find(self, given: str) -> Found | None:
        """Reads all there is of a resource, by the id that a person gave; None if it is absent."""

    def update(self, id_: str, old: Properties, new: Properties) -> Properties:
        """Makes the calls between old outputs and new inputs; returns the new outputs."""

    def delete(self, id_: str, state: Properties) -> None:
        """Deletes the resource if it is still ours; absent is success."""


def decode(props: Properties, is_unknown: Callable[[Value], bool]) -> dict[str, Value]:
    """A bag in the core's terms: unknown values are UNKNOWN, None is absent, 60.0 is 60.

    Args:
        props: The bag as the front end has it.
        is_unknown: Whether a value is what the front end has for unknown ones.
    """

    def decoded(value: Value) -> Value:
        if is_unknown(value):
            return UNKNOWN
        if isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            return members(value)
        if isinstance(value, list | tuple):
            return [decoded(entry) for entry in value if entry is not None]
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value

    def members(bag: Properties) -> dict[str, Value]:
        return {key: decoded(value) for key, value in bag.items() if value is not None}

    return members(props)


def encode(props: Properties, unknown: Value) -> dict[str, Value]:
    """A bag in the front end's terms, with `unknown` in place of UNKNOWN."""

    def value_of(value: Value) -> Value:
        if value is UNKNOWN:
            return unknown
        if isinstance(value, Mapping):
            return encode(value, unknown)
        if isinstance(value, list):
            return [value_of(entry) for entry in value]
        return value

    return {key: value_of(value) for key, value in props.items()}
