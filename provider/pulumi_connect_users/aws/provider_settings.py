"""Settings that a provider of pulumi-aws has too, with the same meaning: role, tags, accounts.

Source: Pulumi's Registry, AWS Classic, "Provider": `assumeRoles`, `defaultTags`,
`allowedAccountIds`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ..core.documents import read_json
from ..core.properties import Properties, Value
from ..model.references import SUSPENDED

_ROLE_ARN: Final = re.compile(r"arn:[a-z0-9-]+:iam::\d{12}:role/\S+")
_ACCOUNT: Final = re.compile(r"\d{12}")
_DURATION: Final = re.compile(r"(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?(?:(?P<seconds>\d+)s?)?")
_PARAMETERS: Final = {
    "externalId": "ExternalId",
    "sessionName": "RoleSessionName",
    "policy": "Policy",
    "sourceIdentity": "SourceIdentity",
}
"""Members that STS takes as they are, by its own names."""
_MEMBERS: Final = ("roleArn", "duration", *_PARAMETERS)
_SESSION_NAME: Final = "pulumi-connect-users"


@dataclass(frozen=True)
class AssumedRole:
    """The role whose credentials make all calls."""

    arn: str
    parameters: tuple[tuple[str, str | int], ...]
    """The other parameters of AssumeRole."""


def read_assumed_role(text: str | None, problems: list[str]) -> AssumedRole | None:
    """`connect:assumeRole`, a structure as JSON."""
    given = _structure(text, "assumeRole", problems)
    if not given:
        return None
    for name in sorted(given.keys() - _MEMBERS):
        problems.append(f"connect:assumeRole.{name}: unknown member. Known: {', '.join(_MEMBERS)}.")
    arn, duration = given.get("roleArn"), given.get("duration")
    if not isinstance(arn, str) or not _ROLE_ARN.fullmatch(arn):
        problems.append("connect:assumeRole.roleArn must be the ARN of an IAM role.")
    parameters: dict[str, str | int] = {"RoleSessionName": _SESSION_NAME}
    for name, parameter in _PARAMETERS.items():
        value = given.get(name)
        if isinstance(value, str) and value:
            parameters[parameter] = value
        elif value is not None:
            problems.append(f"connect:assumeRole.{name} must be a string.")
    if duration is not None:
        seconds = _seconds(duration)
        if not 900 <= seconds <= 43_200:
            problems.append("connect:assumeRole.duration must be 15m to 12h (`1h`, `30m`).")
        parameters["DurationSeconds"] = seconds
    return AssumedRole(str(arn), tuple(sorted(parameters.items())))


def read_profiles(text: str | None, problems: list[str]) -> dict[str, str]:
    """Profiles by account; Pulumi gives a structured value as JSON."""
    try:
        profiles = read_json(text) if text else {}
    except ValueError:
        profiles = None
    if not isinstance(profiles, dict) or not all(
        re.fullmatch(r"\d{12}", account) and isinstance(profile, str) and profile
        for account, profile in profiles.items()
    ):
        problems.append(
            "connect:profiles must hold a profile for each account (12 digits): "
            "`pulumi config set --path 'connect:profiles[\"111122223333\"]' PROFILE`."
        )
        return {}
    return profiles


def read_user_defaults(
    config: Callable[[str], str | None], on_delete: str | None, problems: list[str]
) -> Properties:
    """What users have that do not declare another value, by wire name."""
    tags = _read_default_tags(config("defaultTags"), problems)
    profiles = {key: given for key in SUSPENDED if (given := (config(key) or "").strip())}
    if on_delete == "suspend" and len(profiles) < len(SUSPENDED):
        needed = " and ".join(f"connect:{key}" for key in SUSPENDED)
        problems.append(f"to suspend every user, set {needed}.")
    return {**({"tags": tags} if tags else {}), **profiles}


def _read_default_tags(text: str | None, problems: list[str]) -> dict[str, str]:
    """`connect:defaultTags`, a structure with `tags` as JSON."""
    given = _structure(text, "defaultTags", problems)
    tags = given.get("tags", {})
    if given.keys() - {"tags"} or not isinstance(tags, Mapping):
        problems.append("connect:defaultTags must hold `tags` alone, a map of strings.")
        return {}
    texts = {key: value for key, value in tags.items() if isinstance(value, str)}
    if texts.keys() != tags.keys():
        problems.append("connect:defaultTags.tags must be a map of strings.")
    return texts


def read_account_ids(ids: tuple[str, ...], problems: list[str]) -> tuple[str, ...]:
    """`connect:allowedAccountIds`; none allows every account."""
    if not all(map(_ACCOUNT.fullmatch, ids)):
        problems.append("connect:allowedAccountIds must be a list of accounts (12 digits, quoted).")
    return ids


def _structure(text: str | None, key: str, problems: list[str]) -> Properties:
    if not text:
        return {}
    try:
        given = read_json(text)
    except ValueError:
        given = None
    if not isinstance(given, Mapping):
        problems.append(f"connect:{key} must be a structure: `pulumi config set --path`.")
        return {}
    return given


def _seconds(duration: Value) -> int:
    """Go's form of a duration, or whole seconds; 0 for anything else."""
    match = _DURATION.fullmatch(str(duration))
    if match is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds
