"""Spares the policy SDK from unpacking one resource once for every rule.

For each rule, the SDK turns the resource's message into a dict, and that into a proxy, anew: with a
pack of this size most of what a user costs. The result rests on the message's bytes alone, and the
rules of this pack only read it, so that it serves all of them. Remediations, which write, get
their own.
"""

from __future__ import annotations

import threading
from types import ModuleType
from typing import Any, Final

import pulumi_policy.policy as sdk

_NAMES: Final = ("json_format", "deserialize_properties", "unknown_checking_proxy")
_KEPT: Final = 8
"""Messages: a request has one for the resource and one for its provider."""


class _UnpackingCache(threading.local):
    """What a thread has unpacked last."""

    def __init__(self, json_format: ModuleType, deserialize: Any, proxy: Any) -> None:
        self._json_format = json_format
        self._deserialize = deserialize
        self._proxy = proxy
        self._forget()

    def MessageToDict(self, message: Any) -> dict[str, Any]:  # noqa: N802 (protobuf's own name)
        """The message as a dict."""
        written = message.SerializeToString()
        made = self._dicts.get(written)
        if made is None:
            if len(self._dicts) >= _KEPT:
                self._forget()
            made = self._dicts[written] = self._json_format.MessageToDict(message)
            self._translated[id(made)] = made
        return made

    def deserialize_properties(self, props: Any, proxy_secrets: bool = False) -> Any:  # noqa: FBT001, FBT002 (the SDK's own signature)
        """The dict's values as Python's; with `proxy_secrets`, to be written to."""
        if proxy_secrets or id(props) not in self._translated:
            return self._deserialize(props, proxy_secrets)
        made = self._read.get(id(props))
        if made is None:
            made = self._read[id(props)] = self._deserialize(props)
            self._deserialized[id(made)] = made
        return made

    def unknown_checking_proxy(self, props: Any) -> Any:
        """The values behind the proxy that watches for unknown ones."""
        if id(props) not in self._deserialized:
            return self._proxy(props)
        made = self._proxies.get(id(props))
        if made is None:
            made = self._proxies[id(props)] = self._proxy(props)
        return made

    def _forget(self) -> None:
        self._dicts: dict[bytes, dict[str, Any]] = {}
        # What has an id here is held here too, so that no other object can get the id.
        self._translated: dict[int, Any] = {}
        self._deserialized: dict[int, Any] = {}
        self._read: dict[int, Any] = {}
        self._proxies: dict[int, Any] = {}


def cache_unpacking() -> bool:
    """Lets the SDK of this process unpack each resource once; tells whether it could.

    For the pack's own process only: rules of others may write to what they are shown. An SDK that
    is made differently is left as it is.
    """
    made = [getattr(sdk, name, None) for name in _NAMES]
    if not isinstance(made[0], ModuleType) or not all(callable(one) for one in made[1:]):
        return False
    unpacked = _UnpackingCache(made[0], made[1], made[2])
    for name, instead in zip(
        _NAMES,
        (unpacked, unpacked.deserialize_properties, unpacked.unknown_checking_proxy),
        strict=True,
    ):
        setattr(sdk, name, instead)
    return True
