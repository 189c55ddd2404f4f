"""Property bags between Pulumi's terms and lifecycle's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

_PROVIDER = "__provider"


def decode(props: Mapping[str, Any] | None) -> dict[str, Any]:
    """A property bag in the core's terms."""
    from ..core.unknowns import UNKNOWN, without_none

    def known(value: Any) -> Any:
        if isinstance(value, pulumi.output.Unknown) or value == pulumi.runtime.rpc.UNKNOWN:
            return UNKNOWN
        if isinstance(value, Mapping):
            return {k: known(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [known(v) for v in value]
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value

    bag = {k: known(v) for k, v in (props or {}).items() if k != _PROVIDER}
    decoded: dict[str, Any] = without_none(bag)
    return decoded


def encode(value: Any) -> Any:
    """The same in Pulumi's terms."""
    from ..core.unknowns import UNKNOWN

    if value is UNKNOWN:
        return pulumi.output.UNKNOWN
    if isinstance(value, Mapping):
        return {k: encode(v) for k, v in value.items()}
    if isinstance(value, list):
        return [encode(v) for v in value]
    return value
