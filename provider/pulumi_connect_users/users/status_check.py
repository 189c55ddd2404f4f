"""check of an agent's status: from what a program declares to a user and a status, or why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..core.arns import instance_and_id, parse_arn, user_arn
from ..core.errors import ApiError, LookUpUnavailable, SettingsError
from ..core.identifiers import Resolver, Unresolved, not_looked_up
from ..core.lookups import Kind, Lookups
from ..core.messages import in_one_line
from ..core.privacy import label_fact
from ..core.properties import Properties, Value
from ..core.unknowns import UNKNOWN, Unknown, is_unknown, without_none
from .status import UserStatus

_STATUS: Final = {"agentStatus": "agent_status", "agentStatusId": "agent_status_id"}
_ARGUMENTS: Final = {
    *_STATUS,
    "userArn",
    "instanceArn",
    "username",
    "agentStatusName",
    "triggers",
    "enforce",
}


@dataclass(frozen=True)
class CheckedStatus:
    """Inputs for the engine, and every reason why they are refused."""

    inputs: Properties
    failures: list[str]


def check(old: UserStatus, new: Properties, lookups: Lookups) -> CheckedStatus:
    """Judges inputs (UNKNOWN where a preview cannot know) and resolves the status.

    `old` is empty for a new resource.
    """
    declared = without_none(new)
    failures = [*_unknown_arguments(declared), *_malformed_options(declared)]
    inputs: dict[str, Value] = {k: declared[k] for k in ("username", "triggers") if k in declared}
    inputs |= label_fact(declared.get("username"))
    if declared.get("enforce", False):
        inputs["enforce"] = declared["enforce"]
    user: str | Unknown | None = None
    instance: str | None = None
    try:
        user = inputs["userArn"] = _user(declared.get("userArn"), old, lookups)
        instance = _instance(user, declared, lookups)
    except (Unresolved, ApiError, SettingsError) as error:
        failures.append(in_one_line(error))
    try:
        resolver = Resolver(instance, lookups) if instance else None
        inputs |= _status(declared, old, user, resolver)
    except Unresolved as error:
        failures.append(str(error))
    return CheckedStatus(inputs, failures)


def _unknown_arguments(declared: Properties) -> Iterator[str]:
    for name in sorted(set(declared) - _ARGUMENTS):
        yield (f"{name}: unknown argument. Known: user, agent_status(_id), triggers, enforce.")


def _malformed_options(declared: Properties) -> Iterator[str]:
    triggers, enforce = declared.get("triggers", []), declared.get("enforce", False)
    if not isinstance(triggers, list | Unknown):
        yield "triggers: must be a list. Write triggers=[...]."
    if not isinstance(enforce, bool | Unknown):
        yield "enforce: must be true or false. Correct it."


def _user(given: Value, old: UserStatus, lookups: Lookups) -> str | Unknown:
    """The user's ARN; that of `INSTANCE:ID` is looked up."""
    if given is None:
        raise Unresolved("user: is missing", "Give user= (a User) or user_arn=.")
    if isinstance(given, Unknown):
        return given
    arn = str(given).strip()
    if pair := instance_and_id(arn):
        return _arn_of(pair, old, lookups)
    parsed = parse_arn(arn)
    if parsed is None or parsed.kind != "agent":
        raise Unresolved(
            "user_arn: is not the ARN of a user",
            "Give arn:aws:connect:REGION:ACCOUNT:instance/ID/agent/ID, or user= (a User).",
        )
    return arn


def _arn_of(pair: tuple[str, str], old: UserStatus, lookups: Lookups) -> str:
    instance, user_id = pair
    if old.user_arn.endswith(user_arn(f"/{instance}", user_id)):
        return old.user_arn
    try:
        return user_arn(lookups.instance(instance).arn, user_id)
    except LookUpUnavailable as error:
        reason = not_looked_up(error, "the ARN")
        raise Unresolved(f"user_arn: {reason.cause}", reason.remedy) from None


def _instance(user: str | Unknown, declared: Properties, lookups: Lookups) -> str | None:
    """The instance's ARN: the user's, or as the user of this program declares it at preview."""
    if isinstance(user, Unknown):
        given = declared.get("instanceArn")
        return given if isinstance(given, str) and given.startswith("arn:") else None
    arn = parse_arn(user)
    if arn is None:
        return None
    try:
        return lookups.instance(arn.instance_arn).arn
    except LookUpUnavailable:
        return arn.instance_arn


def _status(
    declared: Properties, old: UserStatus, user: str | Unknown | None, resolver: Resolver | None
) -> Properties:
    """The status's id and name; neither where the user was refused."""
    given = [key for key in _STATUS if declared.get(key) is not None]
    if len(given) != 1:
        cause = "exclude each other" if given else "one of them is required"
        raise Unresolved(
            f"agent_status and agent_status_id: {cause}",
            'Give one: agent_status="Available", or the id of a status.',
        )
    (key,) = given
    value = declared[key]
    if is_unknown(value):
        return {"agentStatusId": UNKNOWN}
    if resolver is None and is_unknown(user):
        named: Properties = {"agentStatusName": value} if key == "agentStatus" else {}
        return {"agentStatusId": UNKNOWN, **named}
    if not isinstance(value, str) or not value.strip():
        cause = "is empty" if isinstance(value, str) else "must be a string"
        raise Unresolved(f"{_STATUS[key]}: {cause}", "Give agent_status or agent_status_id.")
    if resolver is None:
        return {}
    # A refresh with `enforce` changes id and name together, so they always belong together.
    is_old = key == "agentStatus" and old.status_name == value.strip()
    try:
        return _resolved(value.strip(), old.status_id if is_old else None, resolver)
    except Unresolved as error:
        raise Unresolved(f"{_STATUS[key]}: {error.cause}", error.remedy) from None


def _resolved(value: str, old_id: str | None, resolver: Resolver) -> Properties:
    """The status's id and name; where it cannot be looked up, the id that the last run found."""
    try:
        status_id = resolver.by_either(Kind.AGENT_STATUS, value)
    except Unresolved as error:
        if old_id and isinstance(error.__cause__, LookUpUnavailable):
            return {"agentStatusId": old_id, "agentStatusName": value}
        raise
    try:
        status_id, name = resolver.by_id(Kind.AGENT_STATUS, status_id)
    except LookUpUnavailable:
        return {"agentStatusId": status_id}
    return {"agentStatusId": status_id, "agentStatusName": name}
