"""An agent's status as a resource: one PutUserStatus when something here changes, no other call.

Agents change their status themselves, so what a stack holds is a wish of that moment. Reading it
back as drift would report every coffee break; `enforce` asks for just that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..core.arns import last_part
from ..core.errors import AccessDenied, ApiError, InvalidRequest, NotFound
from ..core.privacy import display_name
from ..live_data.model import CurrentUserData
from .ports import ConnectInstance

_CALLED: Final = ("agentStatusId", "triggers")
"""What sets the status again when it changes."""
_STORED: Final = ("enforce",)
"""What changes in state alone."""
_ALREADY_SET: Final = "already in requested status"


@dataclass(frozen=True)
class StatusPlan:
    """What stands between two states."""

    calls: bool
    """Whether the status is set again."""
    replaces: tuple[str, ...]
    stores: bool

    @property
    def changes(self) -> bool:
        """Whether there is anything to do or to store."""
        return self.calls or bool(self.replaces) or self.stores


def plan(old: Mapping[str, Any], new: Mapping[str, Any]) -> StatusPlan:
    """From old outputs to new inputs; another user is another resource."""

    def differ(names: tuple[str, ...]) -> bool:
        return any((old.get(n) or None) != (new.get(n) or None) for n in names)

    replaces = ("userArn",) if differ(("userArn",)) else ()
    return StatusPlan(calls=differ(_CALLED), replaces=replaces, stores=differ(_STORED))


def set_status(user_id: str, status_id: str, connect: ConnectInstance) -> None:
    """One PutUserStatus; the status that the agent already has is done.

    Connect refuses that one; its message alone tells it from other refusals.
    """
    try:
        connect.call("PutUserStatus", UserId=user_id, AgentStatusId=status_id)
    except InvalidRequest as error:
        if _ALREADY_SET not in str(error).lower():
            raise


def put(inputs: Mapping[str, Any], connect: ConnectInstance) -> dict[str, Any]:
    """Sets the status; returns the outputs. During a contact it sets what comes after it.

    A user that was made a moment ago may take a while to be visible: that is waited out.
    """
    user_id, status_id = last_part(str(inputs["userArn"])), str(inputs["agentStatusId"])
    attempt = 0
    while True:
        attempt += 1
        try:
            set_status(user_id, status_id, connect)
            return dict(inputs)
        except NotFound as error:
            if not connect.pause(attempt):
                raise _told(error, inputs) from None
        except ApiError as error:
            raise _told(error, inputs) from None


def read(state: Mapping[str, Any], connect: Callable[[], ConnectInstance]) -> dict[str, Any]:
    """What a refresh reports: the live status with `enforce`, else the wish as it was.

    Absence from GetCurrentUserData means unknown (not at work, for example), never gone.
    """
    outputs = dict(state)
    if not state.get("enforce"):
        return outputs
    try:
        data = connect().activity(last_part(str(state["userArn"])))
    except NotFound:
        return outputs
    live = _drifted(data, state)
    if data is None or live is None:
        return outputs
    outputs["agentStatusId"] = live
    outputs.pop("agentStatusName", None)
    if data.status is not None and data.status.status_name:
        outputs["agentStatusName"] = data.status.status_name
    return outputs


def _drifted(data: CurrentUserData | None, state: Mapping[str, Any]) -> str | None:
    """The id of the live status if it is not the one that is wanted, at present or next."""
    if data is None or data.status is None:
        return None
    wanted = state.get("agentStatusName")
    if wanted and data.next_status == wanted:
        return None
    live = last_part(data.status.status_arn)
    return None if live == state.get("agentStatusId") else live


def _told(error: ApiError, inputs: Mapping[str, Any]) -> ApiError:
    """What the error means here, which its code alone does not say."""
    wanted = inputs.get("agentStatusName") or inputs["agentStatusId"]
    who = display_name(inputs["username"]) if inputs.get("username") else "the user"
    remedies: dict[type[ApiError], str] = {
        NotFound: f"{who} or the status {wanted} is gone. Run `pulumi refresh`, then `pulumi up`.",
        AccessDenied: "Allow connect:PutUserStatus on the user, the instance and the agent status.",
        InvalidRequest: f"Check that the status {wanted} is enabled in the instance.",
    }
    remedy = remedies.get(type(error), error.remedy)
    told = type(error)(
        f"{str(error).rstrip('.')}. {remedy}",
        operation=error.operation,
        request_id=error.request_id,
    )
    return told
