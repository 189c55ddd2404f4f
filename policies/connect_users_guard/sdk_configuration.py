"""Lets policies read their settings when the engine configures the pack.

The SDK keeps a configuration until a policy runs, and gives it its own settings only. What one
rule's settings say for all rules is needed before that: remediations run before any validation.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pulumi_policy.policy as sdk
from google.protobuf.json_format import MessageToDict
from pulumi_policy import Policy

_SERVICER: Final = "_PolicyAnalyzerServicer"
_POLICIES: Final = f"{_SERVICER}__policies"
_READER: Final = "read_settings"
"""The attribute of a policy that wants its settings early."""

Reader = Callable[[Mapping[str, Any]], None]


def read_early(policy: Policy, read: Reader) -> None:
    """Passes the policy's settings to `read` as soon as the engine sends them."""
    setattr(policy, _READER, read)
    servicer: Any = getattr(sdk, _SERVICER, None)
    configure = getattr(servicer, "Configure", None)
    if callable(configure) and not getattr(configure, _READER, False):
        servicer.Configure = _reading(configure)


def _reading(configure: Callable[..., object]) -> Callable[..., object]:
    def configure_and_read(servicer: object, request: Any, context: object) -> object:
        answer = configure(servicer, request, context)
        for policy in getattr(servicer, _POLICIES, ()):
            read: Reader | None = getattr(policy, _READER, None)
            if read is not None:
                given = request.policyConfig
                read(MessageToDict(given[policy.name].properties) if policy.name in given else {})
        return answer

    setattr(configure_and_read, _READER, True)
    return configure_and_read
