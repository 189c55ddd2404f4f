"""What apply needs of Amazon Connect; `aws` provides it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..core.described_user import DescribedUser
from ..core.properties import Properties, Value
from ..live_data.model import CurrentUserData
from .run.deletion_limit import DeletionLimit
from .run.user_outcomes import UserOutcomes
from .secret_store import SecretStore


@dataclass(frozen=True)
class QuickConnect:
    """A quick connect that leads to a user."""

    id: str
    name: str


class ConnectInstance(Protocol):
    """One instance of Amazon Connect, seen through one client.

    Every call raises one of `errors`; throttling is waited out before it comes to that.
    """

    @property
    def instance_arn(self) -> str:
        """The instance's ARN."""
        ...

    def call(self, operation: str, **parameters: Value) -> Properties:
        """One API call with the instance filled in; a mutating one only while the run lives.

        Raises OutcomeUnknown if a call that must not be made twice got no answer.
        """
        ...

    def describe(self, user_id: str) -> DescribedUser:
        """By DescribeUser; raises NotFound."""
        ...

    def proficiencies(self, user_id: str) -> list[Properties]:
        """All of ListUserProficiencies."""
        ...

    def find(self, username: str) -> DescribedUser | None:
        """The user of exactly this name, None if none is visible."""
        ...

    def names_of(self, state: Properties) -> Properties:
        """The facts (names of profiles, path of the group) for the ids in a state."""
        ...

    @property
    def outcomes(self) -> UserOutcomes:
        """What became of users in this process."""
        ...

    def written(self, user_id: str) -> datetime | None:
        """The date of Connect's answer to this process's last change of the user, if any."""
        ...

    def pause(self, attempt: int) -> bool:
        """Waits before another attempt (the first is 1); False when the time for it is over."""
        ...

    def warn(self, text: str) -> None:
        """Tells the person who runs Pulumi one line."""
        ...

    def inform(self, text: str) -> None:
        """Tells the person who runs Pulumi how something goes on."""
        ...

    @property
    def secret_store(self) -> SecretStore | None:
        """Where first passwords are kept; None where there is no such place."""
        ...

    # What a departure asks ---------------------------------------------------------------------

    @property
    def deletion_limit(self) -> DeletionLimit:
        """The deletions of this run."""
        ...

    @property
    def on_delete(self) -> str | None:
        """`connect:onDelete`: what counts for every user while it is set."""
        ...

    @property
    def privileged_profiles(self) -> Collection[str]:
        """Names of the security profiles whose users never go silently."""
        ...

    def activity(self, user_id: str) -> CurrentUserData | None:
        """What the agent does at the moment; None if not at work, as far as Connect tells."""
        ...

    def offline_status(self) -> str:
        """The id of the instance's agent status of type OFFLINE."""
        ...

    def quick_connects(self, user_id: str) -> list[QuickConnect]:
        """The quick connects of type USER that lead to the user."""
        ...

    def ticks(self, seconds: float) -> Iterator[float]:
        """The seconds that have passed, again and again until `seconds` have, sleeping between.

        Raises EngineGone when the run has ended meanwhile.
        """
        ...
