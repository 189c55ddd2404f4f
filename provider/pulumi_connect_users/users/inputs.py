"""A user's inputs in types: decoded once where the engine hands them over, encoded once back.

A value is known, `UNKNOWN` (at a preview only) or None (not declared): three types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Self, cast

from ..core.errors import InvalidUser
from ..core.ownership import FORMER, OwnershipMark, mark_of_inputs
from ..core.properties import Properties, Value, split, texts
from ..core.unknowns import UNKNOWN, Unknown, get
from ..core.user_resources import PART
from ..model.attributes import attributes, by_program, by_wire, in_lists
from ..model.facts import Role
from ..model.references import OF_USER
from ..model.user import IdentityManagementType

_FIELDS: Final = ("instanceArn", "username", "identityManagementType", "ownership", FORMER)
IMPORTED: Final = "imported"
"""Marks an imported user until the first update, whose program declares what it manages."""
_NOT_ATTRIBUTES: Final = (*_FIELDS, IMPORTED)


@dataclass(frozen=True, kw_only=True)
class UserInputs:
    """A user as check leaves it: what the program declares, resolved and normalized."""

    attributes: Properties
    """Attributes, options and facts by wire name, without the fields below."""
    instance_arn: str | Unknown | None = None
    username: str | Unknown | None = None
    identity_type: IdentityManagementType | None = None
    """None where no look-up was possible."""
    mark: OwnershipMark | Unknown | None = None
    """Which resource manages the user; None with ownership off."""
    imported: bool = False
    """Whether it holds all there is, and no program has declared a part of it yet."""

    @classmethod
    def decode(cls, properties: Properties) -> UserInputs:
        """From the wire form, which check or `state_format` has validated."""
        return UserInputs(
            attributes={k: v for k, v in properties.items() if k not in _NOT_ATTRIBUTES},
            instance_arn=_text(properties.get("instanceArn")),
            username=_text(properties.get("username")),
            # As DescribeInstance returned it, or as the model accepted it.
            identity_type=cast(
                "IdentityManagementType | None", properties.get("identityManagementType")
            ),
            mark=UNKNOWN if properties.get("ownership") is UNKNOWN else mark_of_inputs(properties),
            imported=properties.get(IMPORTED) is True,
        )

    @cached_property
    def properties(self) -> Properties:
        """The wire form."""
        own = self.mark
        mark, former = (own.text, own.former) if isinstance(own, OwnershipMark) else (own, None)
        fields = (self.instance_arn, self.username, self.identity_type, mark, former)
        declared = {k: v for k, v in zip(_FIELDS, fields, strict=True) if v is not None}
        return {**self.attributes, **declared, **({IMPORTED: True} if self.imported else {})}

    def get(self, path: str) -> Value:
        """The value at a wire path, UNKNOWN below an unknown one, None if it is not declared."""
        return get(self.properties, split(path))

    @property
    def is_partial(self) -> bool:
        """Whether only a part of the user is declared, see `partial_user`."""
        return PART in self.attributes

    def with_attributes(self, attributes: Properties) -> Self:
        """The same with more attributes, or others."""
        return replace(self, attributes={**self.attributes, **attributes}) if attributes else self

    def known(self) -> KnownInputs:
        """The same in an `up`; raises InvalidUser if it does not identify a user."""
        if not (isinstance(self.instance_arn, str) and isinstance(self.username, str)):
            raise InvalidUser(
                "instanceArn or username is missing. Correct the program, or refresh the stack."
            )
        if isinstance(self.mark, Unknown):
            raise InvalidUser("its ownership mark is not known. Run again.")
        return KnownInputs(
            attributes=self.attributes,
            instance_arn=self.instance_arn,
            username=self.username,
            identity_type=self.identity_type,
            mark=self.mark,
            imported=self.imported,
        )

    def declared_by(self, program: Properties) -> Self:
        """What of an imported user a program declares: the rest was never managed."""
        if not self.imported:
            return self
        names = {reference.id: reference.name for reference in OF_USER}
        kept: dict[str, Value] = {}
        for key, value in self.attributes.items():
            wanted = program.get(key, program.get(names.get(key, key)))
            if isinstance(value, Mapping) and isinstance(wanted, Mapping):
                value = {name: member for name, member in value.items() if name in wanted}
            if wanted is not None:
                kept[key] = value
        return replace(self, attributes=kept, imported=False)


@dataclass(frozen=True, kw_only=True)
class KnownInputs(UserInputs):
    """The inputs of an `up`, and those in state: nothing is unknown."""

    instance_arn: str
    username: str
    mark: OwnershipMark | None = None

    @classmethod
    def decode(cls, properties: Properties) -> KnownInputs:
        """From the wire form; raises InvalidUser if it does not identify a user."""
        return UserInputs.decode(properties).known()


def _text(value: Value) -> str | Unknown | None:
    return value if isinstance(value, str) or value is UNKNOWN else None


_ALIASES = {by_wire()[reference.name].program: reference.id for reference in OF_USER}

IGNORABLE: Final[Mapping[str, str]] = {
    a.program: a.wire
    for a in attributes()
    if a.facts.role is Role.ATTRIBUTE and a.facts.change == "update" and a.wire not in in_lists()
} | _ALIASES
"""Names that `ignore_drift` takes, as a Python program writes them, with their wire paths."""
IGNORED: Final[Mapping[str, str]] = {
    **{by_program()[name].wire: path for name, path in IGNORABLE.items()},
    **IGNORABLE,
}
"""The same with the names of other languages: `identityInfo.email`."""


def ignored(managed: Properties) -> frozenset[str]:
    """The wire paths that inputs or outputs leave to others; a structure stands for its members.

    A member that needs another one is left to others with it. Names that a preview does not know
    yet leave nothing to others so far.
    """
    paths = {IGNORED[name] for name in texts(managed.get("ignoreDrift")) if name in IGNORED}
    if not paths:
        return frozenset()
    paths |= {a.wire for a in attributes() if any(a.wire.startswith(p + ".") for p in paths)}
    needing = {
        a.wire
        for a in attributes()
        if a.facts.needs and ".".join((*a.path[:-1], a.facts.needs[0])) in paths
    }
    return frozenset(paths | needing)
