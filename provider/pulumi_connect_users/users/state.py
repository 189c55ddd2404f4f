"""A user in state: its inputs, and what only Connect or an earlier run can say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from ..core.arns import last_part
from ..core.properties import Properties, text, texts
from ..core.unfinished import UNFINISHED
from .inputs import KnownInputs

LAST_MODIFIED: Final = "lastModifiedTime"
STATE_FORMAT: Final = "stateFormat"
FORMAT: Final = 1
"""The number of the current form, which is the first version's."""
_COMPUTED: Final = ("userArn", LAST_MODIFIED, STATE_FORMAT, UNFINISHED)


@dataclass(frozen=True, kw_only=True)
class UserState(KnownInputs):
    """The outputs of a user."""

    user_arn: str
    """The resource's id; it is not repeated among the outputs."""
    last_modified: str | None = None
    """When the user was last changed, as of our last write or read."""
    unfinished: tuple[str, ...] = ()
    """Why a create is incomplete; the next update clears it."""
    state_format: int | None = FORMAT
    """None in a state that the first version wrote."""

    @classmethod
    def decode(cls, properties: Properties) -> UserState:
        """From the wire form of outputs, with the resource's id as `userArn`."""
        inputs = {k: v for k, v in properties.items() if k not in _COMPUTED}
        number = properties.get(STATE_FORMAT)
        return replace(
            cls.of(KnownInputs.decode(inputs), text(properties.get("userArn")) or ""),
            last_modified=text(properties.get(LAST_MODIFIED)),
            unfinished=tuple(texts(properties.get(UNFINISHED))),
            state_format=number if isinstance(number, int) else None,
        )

    @classmethod
    def of(cls, inputs: KnownInputs, user_arn: str) -> UserState:
        """The outputs of a user with these inputs."""
        return UserState(
            attributes=inputs.attributes,
            instance_arn=inputs.instance_arn,
            username=inputs.username,
            identity_type=inputs.identity_type,
            mark=inputs.mark,
            user_arn=user_arn,
        )

    @property
    def subject(self) -> Properties:
        """The user as messages name it."""
        return {"username": self.username, "userArn": self.user_arn}

    @property
    def user_id(self) -> str:
        """What the ARN ends with."""
        return last_part(self.user_arn)

    @cached_property
    def outputs(self) -> Properties:
        """The wire form; `properties` is that of the inputs alone."""
        computed = {
            LAST_MODIFIED: self.last_modified,
            UNFINISHED: list(self.unfinished) or None,
            STATE_FORMAT: self.state_format,
        }
        return {**self.properties, **{k: v for k, v in computed.items() if v is not None}}
