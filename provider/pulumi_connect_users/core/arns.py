"""Identifiers of Amazon Connect.

ARNs (`arn:PARTITION:connect:REGION:ACCOUNT:instance/ID[/KIND/ID]`), and `INSTANCE:ID`: the `id` of
`aws.connect.RoutingProfile`, `SecurityProfile`, `UserHierarchyGroup`, `Queue`, `User`.
"""

import re
from dataclasses import dataclass
from typing import Final

LOCAL_ACCOUNT: Final = "000000000000"
"""The account of the embedded Connect; AWS does not use this number."""

_ARN = re.compile(
    r"arn:(?P<partition>[a-z0-9-]+):connect:(?P<region>[a-z0-9-]+):(?P<account>\d{12})"
    r":instance/(?P<instance>[^/\s]{1,100})(?:/(?P<kind>[a-z-]+)/(?P<id>[^/\s]+))?\Z"
)

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_BARE = re.compile(rf"{_UUID}\Z", re.IGNORECASE)
_PAIR = re.compile(rf"(?P<instance>{_UUID}):(?P<id>[^:/\s]+)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Arn:
    """The parts of a Connect ARN; `kind` and `id` are empty for an instance."""

    partition: str
    region: str
    account: str
    instance: str
    kind: str = ""
    id: str = ""

    @property
    def instance_arn(self) -> str:
        """The instance's own ARN."""
        return f"arn:{self.partition}:connect:{self.region}:{self.account}:instance/{self.instance}"

    @property
    def is_local(self) -> bool:
        """Whether it belongs to the embedded Connect."""
        return self.account == LOCAL_ACCOUNT


def parse_arn(text: str) -> Arn | None:
    """The parts, or None if the text is not an ARN of Amazon Connect."""
    match = _ARN.match(text)
    return Arn(**{k: v or "" for k, v in match.groupdict().items()}) if match else None


def user_arn(instance_arn: str, user_id: str) -> str:
    """The ARN of a user of an instance."""
    return f"{instance_arn}/agent/{user_id}"


def is_uuid(text: str) -> bool:
    """Whether it has the form of a bare id; an alias or a name may hold as many dashes."""
    return _BARE.match(text) is not None


def instance_and_id(text: str) -> tuple[str, str] | None:
    """The two halves of `INSTANCE:ID`, or None if the text has the wrong format."""
    match = _PAIR.match(text)
    return (match["instance"], match["id"]) if match else None


def is_id(text: str) -> bool:
    """Whether it has one of the forms of an id, of whatever kind."""
    return text.startswith("arn:") or is_uuid(text) or instance_and_id(text) is not None


def last_part(identifier: str) -> str:
    """The id in an ARN or `INSTANCE:ID`, or the id itself."""
    pair = instance_and_id(identifier)
    return pair[1] if pair else identifier.rsplit("/", 1)[-1]
