"""What a program reads from a resource: outputs by snake_case names, structures by both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, Self, TypeVar, overload

import pulumi

from ..core.privacy import similar

T = TypeVar("T")


class Member(Generic[T]):
    """A member of a structure, read as an attribute: None where nothing was declared."""

    def __init__(self, wire: str, structure: type[Structure] | None = None) -> None:
        self.wire = wire
        self.structure = structure

    @overload
    def __get__(self, structure: None, owner: type) -> Self: ...

    @overload
    def __get__(self, structure: Structure, owner: type) -> T | None: ...

    def __get__(self, structure: Structure | None, owner: type) -> Self | T | None:
        return self if structure is None else structure.get(self.wire)


class Structure(dict[str, Any]):
    """A nested output: a dict under the API's names, which also answers to snake_case.

    `identity["first_name"]`, `identity["firstName"]` and `identity.first_name` are one value. A
    member that was not declared is None; an unknown name is a KeyError.
    """

    _members: dict[str, Member[Any]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._members = {n: m for n, m in vars(cls).items() if isinstance(m, Member)}

    def __init__(self, values: Mapping[str, Any]) -> None:
        nested = {m.wire: m.structure for m in self._members.values()}
        super().__init__({k: structured(v, nested.get(k)) for k, v in values.items()})

    def __missing__(self, key: str) -> Any:
        wire = self._wire(key)
        if wire in self:
            return self[wire]
        if key in self._members or any(m.wire == key for m in self._members.values()):
            return None
        near = similar(str(key), self._members)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(self._members)}"
        raise KeyError(f"{type(self).__name__} has no member {key!r}: {hint}")

    def __contains__(self, key: object) -> bool:
        """Whether the member was declared, by either name."""
        return super().__contains__(self._wire(key))

    def get(self, key: str, default: Any = None) -> Any:
        """The member by either name, `default` where it was not declared."""
        return super().get(self._wire(key), default)

    def _wire(self, key: Any) -> Any:
        member = self._members.get(key)
        return key if member is None else member.wire


def structured(value: Any, structure: type[Structure] | None) -> Any:
    """A map, or the maps in a list, as structures; anything else (None, unknown) as it is."""
    if structure is None:
        return value
    if isinstance(value, list):
        return [structured(entry, structure) for entry in value]
    return structure(value) if isinstance(value, Mapping) else value


class ResourceOutput(Generic[T]):
    """An output of a resource as an attribute of its class: always there, None if not declared."""

    def __init__(self, wire: str, structure: type[Structure] | None = None) -> None:
        self.wire = wire
        self.structure = structure

    @overload
    def __get__(self, resource: None, owner: type) -> Self: ...

    @overload
    def __get__(self, resource: object, owner: type) -> pulumi.Output[T]: ...

    def __get__(self, resource: object | None, owner: type) -> Self | pulumi.Output[T]:
        if resource is None:
            return self
        output: pulumi.Output[Any] | None = vars(resource).get(self.wire)
        if output is None:
            return pulumi.Output.from_input(None)  # type: ignore[arg-type]
        if self.structure is None:
            return output
        # With unknown members too: what is known of a structure can be read at the preview.
        return output.apply(lambda v: structured(v, self.structure), run_with_unknowns=True)

    def __set__(self, resource: object, value: object) -> None:
        # The SDK keeps outputs under the same names beside this one, which must come first.
        raise AttributeError("outputs of a resource cannot be set")


def output_names(owner: type) -> list[str]:
    """The wire names of the outputs of a class."""
    members = [vars(base) for base in owner.__mro__]
    return sorted({o.wire for m in members for o in m.values() if isinstance(o, ResourceOutput)})
