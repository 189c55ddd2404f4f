"""What an operation works on: the request's parameters, a transaction, place and time."""

import base64
import hashlib
import json
import math
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from . import ids
from .document import Document
from .errors import invalid_parameter, not_found
from .records import instances
from .records.instances import Instance

AWS_QUOTAS = {
    "instances": 2,
    "users": 500,
    "securityProfiles": 100,
    "routingProfiles": 500,
    "hierarchyGroups": 500,
    "proficiencies": 10,
    "predefinedAttributes": 150,
    "quickConnects": 100,
    "queues": 50,
    "agentStatuses": 50,
}
"""Per instance but for instances, which are per Region (Administrator guide, service quotas)."""

_TOKEN_BYTES = 419
"""560 characters of Base64, a padding character included: as long as AWS's tokens."""
_TOKEN_START = b"\xfb\xef\xff"
"""`++//` in Base64: a client that does not encode a token in a URL fails here as on AWS."""
_HEAD_BYTES = len(_TOKEN_START) + 8


@dataclass
class Call:
    """One request on its way through an operation. `now` is the server's clock in seconds."""

    tx: sqlite3.Connection
    operation: str
    params: Document
    region: str
    now: float
    quotas: Mapping[str, int] = field(default_factory=dict)
    lists_times: bool = True
    """Whether ListUsers has LastModifiedTime."""
    effects: Mapping[str, Document] = field(default_factory=dict)
    """Injected consequences by fault kind: `late-visibility`, `late-disappearance`."""
    user_id: str | None = None
    """The user the call was about, for the log."""
    regardless: list[Callable[[sqlite3.Connection], None]] = field(default_factory=list)
    """What is written even if the call is refused: that a read has missed a hidden user."""

    @cached_property
    def stamp(self) -> float:
        """`now` as LastModifiedTime has it: whole milliseconds."""
        return math.floor(self.now * 1000) / 1000

    @cached_property
    def instance(self) -> Instance:
        """The instance that the request names by id or ARN; ResourceNotFoundException elsewhere."""
        reference = self.params.text("InstanceId")
        arn = ids.parse_arn(reference)
        instance = instances.find(self.tx, arn.instance if arn else reference)
        elsewhere = arn is not None and (arn.account != ids.ACCOUNT or arn.region != self.region)
        if instance is None or instance.region != self.region or elsewhere:
            raise not_found("The specified instance was not found in this account and Region.")
        return instance

    def arn(self, kind: str, resource_id: str) -> str:
        """The ARN of something in this call's instance."""
        return ids.resource_arn(self.instance.region, self.instance.id, kind, resource_id)

    def id_of(self, kind: str, reference: str) -> str:
        """The bare id in an id or ARN; of an ARN of elsewhere, an id that nothing has."""
        arn = ids.parse_arn(reference)
        if arn is None:
            return reference
        here = (ids.ACCOUNT, self.instance.region, self.instance.id, kind)
        return arn.id if (arn.account, arn.region, arn.instance, arn.kind) == here else ""

    def page(self, default: int = 100) -> tuple[int, int]:
        """(the sequence number to continue after, the page's size) of a list or search request."""
        token = self.params.text("NextToken")
        size = self.params.whole("MaxResults") or default
        if not token:
            return 0, size
        try:
            content = base64.b64decode(token, validate=True)
        except ValueError:
            raise invalid_parameter("The next token is not valid.") from None
        head, question = content[:_HEAD_BYTES], content[_HEAD_BYTES:]
        after = int.from_bytes(head[len(_TOKEN_START) :])
        if question != self._question or after >= 1 << 63:
            raise invalid_parameter("The next token is not valid for this request.")
        return after, size

    def next_token(self, after: int) -> str:
        """An opaque token that continues this very request after a sequence number."""
        return base64.b64encode(_TOKEN_START + after.to_bytes(8) + self._question).decode()

    @cached_property
    def _question(self) -> bytes:
        asked = {
            key: value
            for key, value in self.params.items()
            if key not in ("NextToken", "MaxResults")
        }
        text = json.dumps([self.operation, self.region, asked], sort_keys=True, default=str)
        return hashlib.shake_256(text.encode()).digest(_TOKEN_BYTES - _HEAD_BYTES)

    def modified(self, row: sqlite3.Row) -> dict[str, str | float]:
        """The two members that say when and where a row was last changed."""
        return {
            "LastModifiedTime": row["modified"],
            "LastModifiedRegion": row["modified_region"],
        }
