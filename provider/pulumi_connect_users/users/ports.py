"""Ports of `users` to Amazon Connect; `aws` implements them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..core.described_user import DescribedUser
from ..core.properties import Properties, Value
from ..live_data.model import CurrentUserData


class UserApi(Protocol):
    """The users of one instance, seen through one client.

    Each call raises one of `core.errors`; throttling is retried before that.
    """

    @property
    def instance_arn(self) -> str:
        """The instance's ARN."""

    def call(self, operation: str, **parameters: Value) -> Properties:
        """One API call with the instance filled in; a mutating one only while the run lives.

        Raises OutcomeUnknown if a call that must not be repeated got no answer.
        """

    def describe(self, user_id: str) -> DescribedUser:
        """By DescribeUser; raises NotFound."""

    def find(self, username: str) -> DescribedUser | None:
        """The user of exactly this username, None if none is visible."""

    def proficiencies(self, user_id: str) -> list[Properties]:
        """All of ListUserProficiencies."""

    def written(self, user_id: str) -> datetime | None:
        """The date of Connect's answer to this process's last change of the user, if any."""

    def security_profile(self, name: str) -> str | None:
        """The id of the security profile of a name, None if there is none."""

    def holders(self, security_profile: str) -> Mapping[str, str]:
        """By id the usernames of all that SearchUsers shows with a security profile (id)."""

    def names_of(self, ids: Properties) -> Properties:
        """The facts (names of profiles, path of the group) for the ids in a state."""


class LiveData(Protocol):
    """What a user does at the moment, and what leads to it: looked at before it is deleted."""

    def activity(self, user_id: str) -> CurrentUserData | None:
        """The agent's live data; None if the agent is not at work, as far as Connect knows."""

    def quick_connects(self, user_id: str) -> list[QuickConnect]:
        """The quick connects of type USER that lead to the user."""

    def offline_status(self) -> str:
        """The id of the instance's agent status of type OFFLINE."""


@dataclass(frozen=True)
class QuickConnect:
    """A quick connect that leads to a user."""

    id: str
    name: str


class Snapshot(Protocol):
    """The users of one stack in one instance, read in bulk once for a process."""

    def row(self, user_id: str) -> DescribedUser | None:
        """The user without confidential members; None if not shown."""

    def rows(self) -> Mapping[str, DescribedUser]:
        """All users of the stack by id, as `row` gives them; empty where they cannot be had."""

    def last_modified(self, user_id: str) -> datetime | None:
        """When the user was last changed, NO_TIME where the answer has no time.

        None where asking would cost more than DescribeUser.
        """

    def has(self, user_id: str, proficiencies: Sequence[Properties]) -> bool | None:
        """Whether the user has all of these (the API's members), each at its level.

        None where asking would cost more than ListUserProficiencies of this user.
        """


class SecretStore(Protocol):
    """Keeps initial passwords. Each call raises one of `core.errors`."""

    def keep(
        self, name: str, username: str, make: Callable[[], str], kms_key_id: str | None
    ) -> str:
        """Keeps a new password under a name, unless one is there; returns the one that is kept."""

    def schedule(self, name: str, days: int) -> None:
        """Deletes the secret in that many days; absent is success."""
