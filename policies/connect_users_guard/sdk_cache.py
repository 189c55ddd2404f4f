"""Caches what the policy SDK unpacks, so that it unpacks a resource once for all rules.

For each rule, the SDK turns the resource's message into a dict, and that into a proxy, again: with
a pack of this size, most of what a user costs. The result depends on the message's bytes only, and
rules only read it, so it serves all of them. Remediations, which write, get their own.
"""

import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final, TypeAlias

import pulumi_policy.policy as sdk
from google.protobuf.message import Message as ProtobufMessage

_NAMES: Final = ("json_format", "deserialize_properties", "unknown_checking_proxy")
_KEPT: Final = 8
"""Messages: a request has one for the resource and one for its provider."""


Message: TypeAlias = dict[str, Any]
Unpack: TypeAlias = Callable[..., object]


class _UnpackingCache(threading.local):
    """What a thread has unpacked last."""

    def __init__(self, json_format: ModuleType, deserialize: Unpack, proxy: Unpack) -> None:
        self._json_format = json_format
        self._deserialize = deserialize
        self._proxy = proxy
        self._forget()

    def MessageToDict(self, message: ProtobufMessage) -> Message:  # noqa: N802 (protobuf's own name)
        """The message as a dict."""
        written = message.SerializeToString()
        made = self._dicts.get(written)
        if made is None:
            if len(self._dicts) >= _KEPT:
                self._forget()
            made = self._dicts[written] = self._json_format.MessageToDict(message)
            self._translated[id(made)] = made
        return made

    def deserialize_properties(self, props: object, proxy_secrets: bool = False) -> object:  # noqa: FBT001, FBT002 (the SDK's own signature)
        """The dict's values as Python's; with `proxy_secrets`, to be written to."""
        if proxy_secrets or id(props) not in self._translated:
            return self._deserialize(props, proxy_secrets)
        made = self._read.get(id(props))
        if made is None:
            made = self._read[id(props)] = self._deserialize(props)
            self._deserialized[id(made)] = made
        return made

    def unknown_checking_proxy(self, props: object) -> object:
        """The values behind the proxy that watches for unknown ones."""
        if id(props) not in self._deserialized:
            return self._proxy(props)
        made = self._proxies.get(id(props))
        if made is None:
            made = self._proxies[id(props)] = self._proxy(props)
        return made

    def _forget(self) -> None:
        self._dicts: dict[bytes, Message] = {}
        # What has an id here is held here too, so that no other object can get the id.
        self._translated: dict[int, object] = {}
        self._deserialized: dict[int, object] = {}
        self._read: dict[int, object] = {}
        self._proxies: dict[int, object] = {}


def cache_unpacking() -> bool:
    """Makes the SDK of this process unpack each resource once; returns whether it could.

    For the pack's own process only: other packs' rules may write to what they get. An SDK of a
    different make is left as it is.
    """
    json_format, deserialize, proxy = (getattr(sdk, name, None) for name in _NAMES)
    if not (isinstance(json_format, ModuleType) and callable(deserialize) and callable(proxy)):
        return False
    unpacked = _UnpackingCache(json_format, deserialize, proxy)
    for name, instead in zip(
        _NAMES,
        (unpacked, unpacked.deserialize_properties, unpacked.unknown_checking_proxy),
        strict=True,
    ):
        setattr(sdk, name, instead)
    return True
