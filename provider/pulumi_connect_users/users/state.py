"""A user in state: its inputs, and what only Connect or an earlier run can say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from ..core.arns import last_part
from ..core.messages import UNFINISHED
from ..core.properties import Properties, split, text, texts
from ..core.unknowns import get
from ..model.attributes import attributes
from .inputs import KnownInputs, UserInputs, ignored

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
            imported=inputs.imported,
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


NO_TIME: Final = datetime.fromtimestamp(0, UTC)
"""Stands for a time that is missing in an answer: earlier than any that is not."""
CONFIDENTIAL: Final = tuple(a.wire for a in attributes() if not a.facts.in_bulk)
"""Wire paths of what only DescribeUser returns."""


def confidential(managed: UserInputs) -> tuple[str, ...]:
    """Which of them the inputs or outputs declare, and do not leave to others."""
    left = ignored(managed.attributes)
    return tuple(
        wire
        for wire in CONFIDENTIAL
        if get(managed.attributes, split(wire)) is not None and wire not in left
    )


def as_text(time: datetime) -> str:
    """A time as state holds it: `2026-11-22T02:13:16Z`; texts compare as the times do."""
    return time.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def changed_since(state: UserState, modified: datetime | None) -> bool:
    """Whether others changed the user after our last write or read, as far as is known."""
    known = state.last_modified
    return known is None or modified is None or as_text(modified) > known


def after_write(managed: UserInputs, written: datetime | None) -> str | None:
    """The time after a write: the date of Connect's answer; None where it is of no use."""
    return as_text(written) if written and confidential(managed) else None


def after_update(
    old: UserState, new: UserInputs, before: datetime | None, written: datetime | None
) -> str | None:
    """The time after an update; `before` is the user's own, as read before the first call.

    What others had changed by then must not count as known because we wrote after it.
    """
    if written and not changed_since(old, before):
        return after_write(new, written)
    return old.last_modified if confidential(new) else None


def after_read(
    managed: UserInputs, modified: datetime | None, known: str | None = None
) -> str | None:
    """The time after a read; it never goes back from `known`, so that nothing seems to change."""
    if not confidential(managed):
        return None
    return max(as_text(modified or NO_TIME), known or "")
