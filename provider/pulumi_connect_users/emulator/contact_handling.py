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

from collections.abc import Sequence

from .document import Document, Json

CHANNELS = ("VOICE", "CHAT", "TASK", "EMAIL")
VOICE = "VOICE"

LISTS = (
    "AutoAcceptConfigs",
    "AfterContactWorkConfigs",
    "PhoneNumberConfigs",
    "PersistentConnectionConfigs",
    "VoiceEnhancementConfigs",
)
"""The per-channel parameters of CreateUser and UpdateUserConfig."""

# Below, `channels` holds settings by channel: AutoAccept, Limit (seconds, 0 = no limit), and what
# only VOICE has.


def initial() -> Document:
    """The channels of a user with every setting at its default."""
    channels = {name: Document(AutoAccept=False, Limit=0) for name in CHANNELS}
    channels[VOICE].update(PhoneType="SOFT_PHONE", PersistentConnection=False)
    return Document(channels)


def with_phone_config(channels: Document, phone: Document) -> Document:
    """The channels after UpdateUserPhoneConfig."""
    limit = phone.whole("AfterContactWorkTimeLimit")
    after = {channel: {**channels.part(channel), "Limit": limit} for channel in CHANNELS}
    after[VOICE] |= {
        "AutoAccept": phone.flag("AutoAccept"),
        "PhoneType": phone.text("PhoneType") or "SOFT_PHONE",
        "PersistentConnection": phone.flag("PersistentConnection"),
        "PhoneNumber": phone.get("DeskPhoneNumber"),
    }
    return _without_absent(after)


def with_configs(channels: Document, params: Document) -> Document:
    """The channels after the per-channel lists of CreateUser or UpdateUserConfig."""
    after: dict[str, dict[str, Json]] = {name: dict(channels.part(name)) for name in channels}

    def change(config: Document, **settings: Json) -> None:
        after[config.text("Channel")].update(settings)

    for config in params.parts("AutoAcceptConfigs"):
        change(
            config,
            AutoAccept=config.flag("AutoAccept"),
            CallbackAutoAccept=config.get("AgentFirstCallbackAutoAccept"),
        )
    for config in params.parts("AfterContactWorkConfigs"):
        callback = config.part("AgentFirstCallbackAfterContactWorkConfig")
        change(
            config,
            Limit=config.part("AfterContactWorkConfig").whole("AfterContactWorkTimeLimit"),
            CallbackLimit=callback.get("AfterContactWorkTimeLimit"),
        )
    for config in params.parts("PhoneNumberConfigs"):
        number = config.get("PhoneNumber")
        change(config, PhoneType=config.text("PhoneType"), PhoneNumber=number)
    for name in ("PersistentConnection", "VoiceEnhancementMode"):
        for config in params.parts(f"{name.removesuffix('Mode')}Configs"):
            change(config, **{name: config[name]})
    return _without_absent(after)


def views(channels: Document, *, limit_unit: int = 1) -> dict[str, Json]:
    """PhoneConfig and the five lists; time limits are multiplied by `limit_unit`."""
    voice = channels.part(VOICE)
    limit = voice.whole("Limit") * limit_unit
    enhancement = voice.get("VoiceEnhancementMode")
    return {
        "PhoneConfig": {
            "PhoneType": voice["PhoneType"],
            "AutoAccept": voice["AutoAccept"],
            "AfterContactWorkTimeLimit": limit,
            "DeskPhoneNumber": voice.text("PhoneNumber"),
            "PersistentConnection": voice["PersistentConnection"],
        },
        "AutoAcceptConfigs": [
            {
                "Channel": name,
                "AutoAccept": channels.part(name)["AutoAccept"],
                "AgentFirstCallbackAutoAccept": channels.part(name).get("CallbackAutoAccept"),
            }
            for name in channels
        ],
        "AfterContactWorkConfigs": [
            {
                "Channel": name,
                "AfterContactWorkConfig": _limit(channels.part(name), "Limit", limit_unit),
                "AgentFirstCallbackAfterContactWorkConfig": _limit(
                    channels.part(name), "CallbackLimit", limit_unit
                ),
            }
            for name in channels
        ],
        "PhoneNumberConfigs": [
            {
                "Channel": VOICE,
                "PhoneType": voice["PhoneType"],
                "PhoneNumber": voice.get("PhoneNumber"),
            }
        ],
        "PersistentConnectionConfigs": [
            {"Channel": VOICE, "PersistentConnection": voice["PersistentConnection"]}
        ],
        "VoiceEnhancementConfigs": [{"Channel": VOICE, "VoiceEnhancementMode": enhancement}]
        if enhancement
        else [],
    }


def channels_of(configs: Sequence[Document]) -> list[str]:
    """The channels a per-channel list names, in its order."""
    return [config.text("Channel") for config in configs]


def _limit(channel: Document, name: str, unit: int) -> dict[str, int] | None:
    return {"AfterContactWorkTimeLimit": channel.whole(name) * unit} if name in channel else None


def _without_absent(channels: dict[str, dict[str, Json]]) -> Document:
    return Document(
        {
            name: {key: value for key, value in channel.items() if value is not None}
            for name, channel in channels.items()
        }
    )
