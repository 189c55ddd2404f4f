"""A user's inputs in types: decoded once where the engine hands them over, encoded once back.

A value is known, `UNKNOWN` (at a preview only) or None (not declared): three types.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self, cast

from ..core.errors import InvalidUser
from ..core.ownership import OwnershipMark, mark_of_inputs
from ..core.properties import Properties, Value, split
from ..core.unknowns import UNKNOWN, Unknown, get

if TYPE_CHECKING:
    # Programs import this module with dynamic's classes: pydantic waits for a call.
    from ..model.user import IdentityManagementType

_FIELDS: Final = ("instanceArn", "username", "identityManagementType", "ownership")


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

    @classmethod
    def decode(cls, properties: Properties) -> UserInputs:
        """From the wire form, which check or `state_format` has validated."""
        return UserInputs(
            attributes={k: v for k, v in properties.items() if k not in _FIELDS},
            instance_arn=_text(properties.get("instanceArn")),
            username=_text(properties.get("username")),
            # As DescribeInstance returned it, or as the model accepted it.
            identity_type=cast(
                "IdentityManagementType | None", properties.get("identityManagementType")
            ),
            mark=UNKNOWN if properties.get("ownership") is UNKNOWN else mark_of_inputs(properties),
        )

    @cached_property
    def properties(self) -> Properties:
        """The wire form."""
        mark = self.mark.text if isinstance(self.mark, OwnershipMark) else self.mark
        fields = (self.instance_arn, self.username, self.identity_type, mark)
        declared = {k: v for k, v in zip(_FIELDS, fields, strict=True) if v is not None}
        return {**self.attributes, **declared}

    def get(self, path: str) -> Value:
        """The value at a wire path, UNKNOWN below an unknown one, None if it is not declared."""
        return get(self.properties, split(path))

    def with_attributes(self, attributes: Properties) -> Self:
        """The same with more attributes, or others."""
        return replace(self, attributes={**self.attributes, **attributes})

    def known(self) -> KnownInputs:
        """The same in an `up`; raises InvalidUser if it does not identify a user."""
        if not (isinstance(self.instance_arn, str) and isinstance(self.username, str)):
            raise InvalidUser("instanceArn or username is missing. Refresh the stack, or fix it.")
        if isinstance(self.mark, Unknown):
            raise InvalidUser("its ownership mark is not known. Run again.")
        return KnownInputs(
            attributes=self.attributes,
            instance_arn=self.instance_arn,
            username=self.username,
            identity_type=self.identity_type,
            mark=self.mark,
        )


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
