"""An agent's status as a resource: one PutUserStatus when something here changes, no other call.

Agents change their status themselves, so what a stack holds is a wish of that moment. Reading it
back as drift would report every coffee break; `enforce` asks for just that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ...errors import (
    AccessDenied,
    ApiError,
    InvalidRequest,
    LookUpUnavailable,
    NotFound,
    SettingsError,
)
from ..arns import Arn, instance_and_id, last_part, parse_arn, user_arn
from ..bag import UNKNOWN, is_unknown, without_none
from ..connect import Connect
from ..identifiers import Resolver, Unresolved, not_looked_up
from ..lookups import Kind, LookUps
from ..naming import label_fact, shown
from ..telling import in_one_line
from .data import CurrentUserData

_KNOWN: Final = (
    "userArn",
    "instanceArn",
    "username",
    "agentStatus",
    "agentStatusId",
    "agentStatusName",
    "triggers",
    "enforce",
)
_CALLED: Final = ("agentStatusId", "triggers")
"""What sets the status again when it changes."""
_STORED: Final = ("enforce",)
"""What changes in state alone."""
_ALREADY_SET: Final = "already in requested status"


@dataclass
class CheckedStatus:
    """Inputs for the engine, and every reason why they cannot be."""

    inputs: dict[str, Any] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


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


def check(old: Mapping[str, Any] | None, new: Mapping[str, Any], lookups: LookUps) -> CheckedStatus:
    """Judges a bag of inputs (UNKNOWN where a preview cannot know) and resolves the status."""
    bag = without_none(new)
    result = CheckedStatus()
    _unknown_names(bag, result)
    user = _user(bag, old or {}, lookups, result)
    instance = _instance(user, bag, lookups, result)
    inputs = {k: bag[k] for k in ("username", "triggers") if k in bag}
    inputs |= {} if user is None else {"userArn": user}
    inputs |= label_fact(bag.get("username"))
    inputs |= _status(bag, old or {}, instance, lookups, result)
    if not isinstance(bag.get("triggers", []), list) and not is_unknown(bag["triggers"]):
        result.failures.append("triggers: must be a list. Write triggers=[...].")
    enforce = bag.get("enforce", False)
    if not isinstance(enforce, bool) and not is_unknown(enforce):
        result.failures.append("enforce: must be true or false. Correct it.")
    if enforce:
        inputs["enforce"] = enforce
    result.inputs = inputs
    return result


def plan(old: Mapping[str, Any], new: Mapping[str, Any]) -> StatusPlan:
    """From old outputs to new inputs; another user is another resource."""

    def differ(names: tuple[str, ...]) -> bool:
        return any((old.get(n) or None) != (new.get(n) or None) for n in names)

    replaces = ("userArn",) if differ(("userArn",)) else ()
    return StatusPlan(calls=differ(_CALLED), replaces=replaces, stores=differ(_STORED))


def set_status(user_id: str, status_id: str, connect: Connect) -> None:
    """One PutUserStatus; the status that the agent already has is done.

    Connect refuses that one; its message alone tells it from other refusals.
    """
    try:
        connect.call("PutUserStatus", UserId=user_id, AgentStatusId=status_id)
    except InvalidRequest as error:
        if _ALREADY_SET not in str(error).lower():
            raise


def put(inputs: Mapping[str, Any], connect: Connect) -> dict[str, Any]:
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


def read(state: Mapping[str, Any], connect: Callable[[], Connect]) -> dict[str, Any]:
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


def _unknown_names(bag: Mapping[str, Any], result: CheckedStatus) -> None:
    for name in sorted(set(bag) - set(_KNOWN)):
        result.failures.append(
            f"{name}: is no attribute. Known: user, agent_status, agent_status_id, triggers, "
            "enforce."
        )


def _user(
    bag: Mapping[str, Any], old: Mapping[str, Any], lookups: LookUps, result: CheckedStatus
) -> Any:
    """The user's ARN, UNKNOWN, or None where it was refused; of `INSTANCE:ID` it is made."""
    given = bag.get("userArn")
    if given is None:
        result.failures.append("user: is missing. Give user= (a User) or user_arn=.")
        return None
    if is_unknown(given):
        return UNKNOWN
    given = str(given).strip()
    pair = instance_and_id(given)
    if pair is not None:
        return _arn_of(pair, old, lookups, result)
    parsed = parse_arn(given)
    if parsed is None or parsed.kind != "agent":
        result.failures.append(
            "user_arn: is not the ARN of a user. Give "
            "arn:aws:connect:REGION:ACCOUNT:instance/ID/agent/ID, or user= (a User)."
        )
        return None
    return given


def _arn_of(
    pair: tuple[str, str], old: Mapping[str, Any], lookups: LookUps, result: CheckedStatus
) -> str | None:
    instance, user_id = pair
    known = str(old.get("userArn"))
    if known.endswith(user_arn(f"/{instance}", user_id)):
        return known
    try:
        return user_arn(lookups.instance(instance).arn, user_id)
    except LookUpUnavailable as error:
        result.failures.append(f"user_arn: {not_looked_up(error, 'the ARN')}")
    except (ApiError, SettingsError) as error:
        result.failures.append(in_one_line(error))
    return None


def _instance(
    user: Any, bag: Mapping[str, Any], lookups: LookUps, result: CheckedStatus
) -> str | None:
    """The instance's ARN: from the user's, or as the user of this program tells it at preview."""
    if is_unknown(user):
        given = bag.get("instanceArn")
        return given if isinstance(given, str) and given.startswith("arn:") else None
    parsed = parse_arn(str(user))
    return None if parsed is None else _seen(parsed, lookups, result)


def _seen(arn: Arn, lookups: LookUps, result: CheckedStatus) -> str | None:
    try:
        return lookups.instance(arn.instance_arn).arn
    except LookUpUnavailable:
        return arn.instance_arn
    except SettingsError as error:
        result.failures.append(str(error))
        return None


def _status(
    bag: Mapping[str, Any],
    old: Mapping[str, Any],
    instance: str | None,
    lookups: LookUps,
    result: CheckedStatus,
) -> dict[str, Any]:
    given = [(k, n) for k, n in _NAMES if bag.get(k) is not None]
    if len(given) != 1:
        cause = "exclude one another" if given else "one of them is needed"
        result.failures.append(
            f"agent_status and agent_status_id: {cause}. "
            'Give one: agent_status="Available", or the id of a status.'
        )
        return {}
    key, name = given[0]
    value = bag[key]
    if is_unknown(value) or (instance is None and not result.failures):
        known = {} if is_unknown(value) or key != "agentStatus" else {"agentStatusName": value}
        return {"agentStatusId": UNKNOWN, **known}
    if not isinstance(value, str) or not value.strip():
        cause = "is empty" if isinstance(value, str) else "must be a text"
        result.failures.append(f"{name}: {cause}. Give agent_status or agent_status_id.")
        return {}
    if instance is None:
        return {}
    return _resolved(key, name, value.strip(), old, instance, lookups, result)


_NAMES: Final = (("agentStatus", "agent_status"), ("agentStatusId", "agent_status_id"))


def _resolved(
    key: str,
    name: str,
    value: str,
    old: Mapping[str, Any],
    instance: str,
    lookups: LookUps,
    result: CheckedStatus,
) -> dict[str, Any]:
    """The status's id and name; where it cannot be looked up, what the last run knew."""
    # A refresh with `enforce` changes id and name together, so they always belong together.
    same = key == "agentStatus" and old.get("agentStatusName") == value
    remembered = old.get("agentStatusId") if same else None
    resolver = Resolver(instance, lookups)
    try:
        found = resolver.by_either(Kind.AGENT_STATUS, value)
    except Unresolved as error:
        if isinstance(remembered, str) and isinstance(error.__cause__, LookUpUnavailable):
            return {"agentStatusId": remembered, "agentStatusName": value}
        result.failures.append(f"{name}: {error}")
        return {}
    try:
        found, called = resolver.by_id(Kind.AGENT_STATUS, found)
    except LookUpUnavailable:
        return {"agentStatusId": found}
    except Unresolved as error:
        result.failures.append(f"{name}: {error}")
        return {}
    return {"agentStatusId": found, "agentStatusName": called}


def _told(error: ApiError, inputs: Mapping[str, Any]) -> ApiError:
    """What the error means here, which its code alone does not say."""
    wanted = inputs.get("agentStatusName") or inputs["agentStatusId"]
    who = shown(inputs["username"]) if inputs.get("username") else "the user"
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
