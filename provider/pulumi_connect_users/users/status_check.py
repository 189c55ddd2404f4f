"""check of an agent's status: from a program's words to a user and a status, or to why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..core.arns import Arn, instance_and_id, parse_arn, user_arn
from ..core.errors import ApiError, LookUpUnavailable, SettingsError
from ..core.identifiers import Resolver, Unresolved, not_looked_up
from ..core.lookups import Kind, Lookups
from ..core.messages import in_one_line
from ..core.privacy import label_fact
from ..core.unknowns import UNKNOWN, is_unknown, without_none

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


@dataclass
class CheckedStatus:
    """Inputs for the engine, and every reason why they cannot be."""

    inputs: dict[str, Any] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def check(old: Mapping[str, Any] | None, new: Mapping[str, Any], lookups: Lookups) -> CheckedStatus:
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


def _unknown_names(bag: Mapping[str, Any], result: CheckedStatus) -> None:
    for name in sorted(set(bag) - set(_KNOWN)):
        result.failures.append(
            f"{name}: unknown argument. Known: user, agent_status, agent_status_id, triggers, "
            "enforce."
        )


def _user(
    bag: Mapping[str, Any], old: Mapping[str, Any], lookups: Lookups, result: CheckedStatus
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
    pair: tuple[str, str], old: Mapping[str, Any], lookups: Lookups, result: CheckedStatus
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
    user: Any, bag: Mapping[str, Any], lookups: Lookups, result: CheckedStatus
) -> str | None:
    """The instance's ARN: from the user's, or as the user of this program tells it at preview."""
    if is_unknown(user):
        given = bag.get("instanceArn")
        return given if isinstance(given, str) and given.startswith("arn:") else None
    parsed = parse_arn(str(user))
    return None if parsed is None else _seen(parsed, lookups, result)


def _seen(arn: Arn, lookups: Lookups, result: CheckedStatus) -> str | None:
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
    lookups: Lookups,
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
    lookups: Lookups,
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
