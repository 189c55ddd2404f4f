"""Amazon Connect's ARNs: `arn:PARTITION:connect:REGION:ACCOUNT:instance/ID[/KIND/ID]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LOCAL_ACCOUNT: Final = "000000000000"
"""The account of the embedded Connect; AWS has none of this number."""

_ARN = re.compile(
    r"arn:(?P<partition>[a-z0-9-]+):connect:(?P<region>[a-z0-9-]+):(?P<account>\d{12})"
    r":instance/(?P<instance>[^/\s]{1,100})(?:/(?P<kind>[a-z-]+)/(?P<id>[^/\s]+))?\Z"
)


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
    """The parts, or None if the text is no ARN of Amazon Connect."""
    match = _ARN.match(text)
    return Arn(**{k: v or "" for k, v in match.groupdict().items()}) if match else None


def user_arn(instance_arn: str, user_id: str) -> str:
    """The ARN of a user of an instance."""
    return f"{instance_arn}/agent/{user_id}"


def last_part(id_or_arn: str) -> str:
    """The id in an ARN, or the id itself."""
    return id_or_arn.rsplit("/", 1)[-1]
