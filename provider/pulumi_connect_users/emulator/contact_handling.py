"""A user's contact handling: PhoneConfig and the per-channel lists are two views of one thing.

AWS describes it only from outside (API reference, UpdateUserConfig and UpdateUserPhoneConfig):
UpdateUserPhoneConfig "applies the same ACW timeout to all channels", UpdateUserConfig sets values
per channel, and phone type, phone number, persistent connection and voice enhancement exist for
VOICE only. Kept here as one mapping, channel -> settings; what the documentation leaves open is
decided thus:

- PhoneConfig shows the VOICE channel; its AutoAccept is the soft phone's, that is VOICE's.
- UpdateUserPhoneConfig sets the whole structure: an absent member falls back to its default.
- UpdateUserConfig changes the channels it names and leaves the others as they are.
- Reads show every channel.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

CHANNELS = ("VOICE", "CHAT", "TASK", "EMAIL")
VOICE = "VOICE"

Channels = dict[str, dict[str, Any]]
"""Settings by channel: AutoAccept, Limit (seconds, 0 = without end), and what only VOICE has."""

LISTS = (
    "AutoAcceptConfigs",
    "AfterContactWorkConfigs",
    "PhoneNumberConfigs",
    "PersistentConnectionConfigs",
    "VoiceEnhancementConfigs",
)
"""The per-channel parameters of CreateUser and UpdateUserConfig."""


def initial() -> Channels:
    """The settings of a user about whom nothing was said."""
    settings: Channels = {channel: {"AutoAccept": False, "Limit": 0} for channel in CHANNELS}
    settings[VOICE] |= {"PhoneType": "SOFT_PHONE", "PersistentConnection": False}
    return settings


def with_phone_config(channels: Channels, phone: Mapping[str, Any]) -> Channels:
    """The settings after UpdateUserPhoneConfig."""
    after = copy.deepcopy(channels)
    for channel in CHANNELS:
        after[channel]["Limit"] = phone.get("AfterContactWorkTimeLimit", 0)
    voice = after[VOICE]
    voice["AutoAccept"] = phone.get("AutoAccept", False)
    voice["PhoneType"] = phone.get("PhoneType", "SOFT_PHONE")
    voice["PersistentConnection"] = phone.get("PersistentConnection", False)
    _set(voice, "PhoneNumber", phone.get("DeskPhoneNumber"))
    return after


def with_configs(channels: Channels, params: Mapping[str, Any]) -> Channels:
    """The settings after the per-channel lists of CreateUser or UpdateUserConfig."""
    after = copy.deepcopy(channels)
    for config in params.get("AutoAcceptConfigs") or ():
        channel = after[config["Channel"]]
        channel["AutoAccept"] = config["AutoAccept"]
        _set(channel, "CallbackAutoAccept", config.get("AgentFirstCallbackAutoAccept"))
    for config in params.get("AfterContactWorkConfigs") or ():
        channel = after[config["Channel"]]
        channel["Limit"] = config["AfterContactWorkConfig"].get("AfterContactWorkTimeLimit", 0)
        callback = config.get("AgentFirstCallbackAfterContactWorkConfig") or {}
        _set(channel, "CallbackLimit", callback.get("AfterContactWorkTimeLimit"))
    for config in params.get("PhoneNumberConfigs") or ():
        channel = after[config["Channel"]]
        channel["PhoneType"] = config["PhoneType"]
        _set(channel, "PhoneNumber", config.get("PhoneNumber"))
    for config in params.get("PersistentConnectionConfigs") or ():
        after[config["Channel"]]["PersistentConnection"] = config["PersistentConnection"]
    for config in params.get("VoiceEnhancementConfigs") or ():
        after[config["Channel"]]["VoiceEnhancementMode"] = config["VoiceEnhancementMode"]
    return after


def views(channels: Channels, *, limit_unit: int = 1) -> dict[str, Any]:
    """PhoneConfig and the five lists; time limits are multiplied by `limit_unit`."""
    voice = channels[VOICE]
    return {
        "PhoneConfig": _phone_config(voice, limit_unit),
        "AutoAcceptConfigs": [
            {"Channel": name, "AutoAccept": channel["AutoAccept"]}
            | _some("AgentFirstCallbackAutoAccept", channel.get("CallbackAutoAccept"))
            for name, channel in channels.items()
        ],
        "AfterContactWorkConfigs": [
            {"Channel": name, "AfterContactWorkConfig": _limit(channel["Limit"], limit_unit)}
            | _some(
                "AgentFirstCallbackAfterContactWorkConfig",
                _limit(channel["CallbackLimit"], limit_unit)
                if "CallbackLimit" in channel
                else None,
            )
            for name, channel in channels.items()
        ],
        "PhoneNumberConfigs": [
            {"Channel": VOICE, "PhoneType": voice["PhoneType"]}
            | _some("PhoneNumber", voice.get("PhoneNumber"))
        ],
        "PersistentConnectionConfigs": [
            {"Channel": VOICE, "PersistentConnection": voice["PersistentConnection"]}
        ],
        "VoiceEnhancementConfigs": [
            {"Channel": VOICE, "VoiceEnhancementMode": voice["VoiceEnhancementMode"]}
        ]
        if "VoiceEnhancementMode" in voice
        else [],
    }


def channels_of(configs: Sequence[Mapping[str, Any]] | None) -> list[str]:
    """The channels a per-channel list names, in its order."""
    return [str(config["Channel"]) for config in configs or ()]


def _phone_config(voice: Mapping[str, Any], limit_unit: int) -> dict[str, Any]:
    return {
        "PhoneType": voice["PhoneType"],
        "AutoAccept": voice["AutoAccept"],
        "AfterContactWorkTimeLimit": voice["Limit"] * limit_unit,
        "DeskPhoneNumber": voice.get("PhoneNumber", ""),
        "PersistentConnection": voice["PersistentConnection"],
    }


def _limit(seconds: int, unit: int) -> dict[str, int]:
    return {"AfterContactWorkTimeLimit": seconds * unit}


def _some(name: str, value: Any) -> dict[str, Any]:
    return {} if value is None else {name: value}


def _set(channel: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        channel.pop(name, None)
    else:
        channel[name] = value
