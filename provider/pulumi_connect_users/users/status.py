"""An agent's status as a resource: one PutUserStatus when something here changes, no other call.

Agents change their status themselves, so a stack holds what was wanted at that moment. Reading it
back as drift would report every coffee break; `enforce` asks for just that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from ..core.arns import last_part
from ..core.errors import AccessDenied, ApiError, InvalidRequest, NotFound
from ..core.privacy import display_name
from ..core.properties import Properties, text
from ..live_data.model import CurrentUserData
from .ports import LiveData, UserApi
from .run_context import RunContext
from .waiting import MOST, ONCE, retry

_ALREADY_SET: Final = "already in requested status"
_FIELDS: Final = ("userArn", "agentStatusId", "agentStatusName", "username")


@dataclass(frozen=True, kw_only=True)
class UserStatus:
    """The inputs of a status, known: in an `up`, and in state."""

    user_arn: str
    status_id: str
    status_name: str | None = None
    username: str | None = None
    """For messages: the user of this program, or none."""
    attributes: Properties
    """The rest by wire name: `triggers`, `enforce`, facts."""

    @classmethod
    def decode(cls, properties: Properties) -> UserStatus:
        """From the wire form."""
        return cls(
            user_arn=text(properties.get("userArn")) or "",
            status_id=text(properties.get("agentStatusId")) or "",
            status_name=text(properties.get("agentStatusName")),
            username=text(properties.get("username")),
            attributes={k: v for k, v in properties.items() if k not in _FIELDS},
        )

    @property
    def properties(self) -> Properties:
        """The wire form."""
        fields = (self.user_arn, self.status_id, self.status_name, self.username)
        held = {k: v for k, v in zip(_FIELDS, fields, strict=True) if v}
        return {**self.attributes, **held}


@dataclass(frozen=True)
class StatusPlan:
    """The difference between old outputs and new inputs."""

    changed: tuple[str, ...]
    """Wire names of what differs."""
    replaces: tuple[str, ...]

    @property
    def calls(self) -> bool:
        """Whether the status is set again."""
        return any(name != "enforce" for name in self.changed)

    @property
    def changes(self) -> bool:
        """Whether there is anything to do or to store."""
        return bool(self.changed or self.replaces)


def plan(old: UserStatus, new: Properties) -> StatusPlan:
    """From old outputs to new inputs, which may be unknown; another user is another resource."""

    def differing(*names: str) -> tuple[str, ...]:
        return tuple(n for n in names if (before.get(n) or None) != (new.get(n) or None))

    before = old.properties
    return StatusPlan(differing("agentStatusId", "triggers", "enforce"), differing("userArn"))


def set_status(user_id: str, status_id: str, api: UserApi) -> None:
    """One PutUserStatus; the status that the agent already has is success.

    Connect refuses that one; only its message distinguishes it from other refusals.
    """
    try:
        api.call("PutUserStatus", UserId=user_id, AgentStatusId=status_id)
    except InvalidRequest as error:
        if _ALREADY_SET not in str(error).lower():
            raise


def put(status: UserStatus, api: UserApi, run: RunContext) -> None:
    """Sets the status. During a contact it sets what comes after it.

    A new user may not be visible for a while: that is waited out.
    """
    user_id = last_part(status.user_arn)
    try:
        retry(
            lambda: set_status(user_id, status.status_id, api),
            run,
            lambda error: MOST if isinstance(error, NotFound) else ONCE,
        )
    except ApiError as error:
        raise _explained(error, status) from None


def read(status: UserStatus, live_data: Callable[[], LiveData]) -> UserStatus:
    """What a refresh reports: the live status with `enforce`, else the declared one.

    Absence from GetCurrentUserData means unknown (not at work, for example), never gone.
    """
    if not status.attributes.get("enforce"):
        return status
    try:
        data = live_data().activity(last_part(status.user_arn))
    except NotFound:
        return status
    return status if data is None else _drifted(data, status)


def _drifted(data: CurrentUserData, status: UserStatus) -> UserStatus:
    """The live status, unless it is the declared one, or the agent takes that next."""
    if data.status is None or (status.status_name and data.next_status == status.status_name):
        return status
    live = last_part(data.status.status_arn)
    if live == status.status_id:
        return status
    return replace(status, status_id=live, status_name=data.status.status_name or None)


def _explained(error: ApiError, status: UserStatus) -> ApiError:
    """The error with what it means here, which its code alone does not say."""
    wanted = status.status_name or status.status_id
    user = display_name(status.username) if status.username else "the user"
    remedies: dict[type[ApiError], str] = {
        NotFound: f"{user} or the status {wanted} does not exist. Run `pulumi refresh`, then `up`.",
        AccessDenied: "Allow connect:PutUserStatus on the user, the instance and the agent status.",
        InvalidRequest: f"Check that the status {wanted} is enabled in the instance.",
    }
    remedy = remedies.get(type(error), error.remedy)
    return type(error)(
        f"{str(error).rstrip('.')}. {remedy}",
        operation=error.operation,
        request_id=error.request_id,
    )
