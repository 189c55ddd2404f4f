"""How contacts reach a user: one setting for all channels, or one for each channel."""

from typing import Annotated, Literal

from pydantic import Field

from .base import WireModel
from .facts import UPDATE_CONFIG, UPDATE_PHONE, Facts
from .identity import E164, E164_FORM

PhoneType = Literal["SOFT_PHONE", "DESK_PHONE"]
Channel = Literal["VOICE", "CHAT", "TASK", "EMAIL"]
VoiceEnhancementMode = Literal["VOICE_ISOLATION", "NOISE_SUPPRESSION", "NONE"]

ACW_SECONDS = 2_000_000
"""Longest after-contact work (API reference, UserPhoneConfig); 0 means no limit."""

_Acw = Annotated[int | None, Field(ge=0, le=ACW_SECONDS)]


DESK_PHONE = ("phoneType", "DESK_PHONE")
"""With which a phone number can exist: a soft phone has none."""


def _setting(doc: str, per_channel: str) -> Facts:
    return Facts(doc=doc, calls=(UPDATE_PHONE, UPDATE_CONFIG), per_channel=per_channel)


def _member(doc: str, *, remedy: str | None = None) -> Facts:
    return Facts(doc=doc, calls=(UPDATE_CONFIG,), required=True, remedy=remedy)


_CALLBACK = Facts(
    doc="The same for agent-first callbacks; `VOICE` only.",
    calls=(UPDATE_CONFIG,),
    voice_only=True,
)


_CHANNEL = _member("`VOICE`, `CHAT`, `TASK` or `EMAIL`.")


class PhoneConfig(WireModel):
    """Phone settings that hold for all channels. Source: API reference, UserPhoneConfig."""

    phone_type: Annotated[
        PhoneType | None,
        _setting("`SOFT_PHONE` or `DESK_PHONE`.", "phoneNumberConfigs.phoneType"),
    ] = None
    auto_accept: Annotated[
        bool | None,
        _setting("Connect contacts to available agents at once.", "autoAcceptConfigs.autoAccept"),
    ] = None
    after_contact_work_time_limit: Annotated[
        _Acw,
        _setting(
            "After-contact work in seconds; 0 means no limit.",
            "afterContactWorkConfigs.afterContactWorkConfig.afterContactWorkTimeLimit",
        ),
    ] = None
    desk_phone_number: Annotated[
        str | None,
        Field(pattern=E164),
        Facts(
            doc="Number of the desk phone, E.164; only with `DESK_PHONE`.",
            calls=(UPDATE_PHONE, UPDATE_CONFIG),
            per_channel="phoneNumberConfigs.phoneNumber",
            needs=DESK_PHONE,
            form=E164_FORM,
            personal=True,
            clears=True,
        ),
    ] = None
    persistent_connection: Annotated[
        bool | None,
        _setting(
            "Keep the connection between calls.",
            "persistentConnectionConfigs.persistentConnection",
        ),
    ] = None


class AutoAcceptConfig(WireModel):
    """Auto-accept of one channel."""

    channel: Annotated[Channel | None, _CHANNEL] = None
    auto_accept: Annotated[
        bool | None, _member("Connect contacts to available agents at once.")
    ] = None
    agent_first_callback_auto_accept: Annotated[bool | None, _CALLBACK] = None


class AfterContactWorkConfig(WireModel):
    """A duration of after-contact work."""

    after_contact_work_time_limit: Annotated[
        _Acw,
        _member(
            "Seconds; 0 means no limit, chat ends after 5,400.",
            remedy="Give seconds; 0 means no limit.",
        ),
    ] = None


class AfterContactWorkConfigPerChannel(WireModel):
    """After-contact work of one channel."""

    channel: Annotated[Channel | None, _CHANNEL] = None
    after_contact_work_config: Annotated[
        AfterContactWorkConfig | None, _member("After-contact work of the channel.")
    ] = None
    agent_first_callback_after_contact_work_config: Annotated[
        AfterContactWorkConfig | None, _CALLBACK
    ] = None


class PhoneNumberConfig(WireModel):
    """Phone of one channel; Connect supports `VOICE` only."""

    channel: Annotated[Channel | None, _CHANNEL] = None
    phone_type: Annotated[PhoneType | None, _member("`SOFT_PHONE` or `DESK_PHONE`.")] = None
    phone_number: Annotated[
        str | None,
        Field(pattern=E164),
        Facts(
            doc="Number of the desk phone, E.164.",
            calls=(UPDATE_CONFIG,),
            needs=DESK_PHONE,
            form=E164_FORM,
            personal=True,
            clears=True,
        ),
    ] = None


class PersistentConnectionConfig(WireModel):
    """Persistent connection of one channel; Connect supports `VOICE` only."""

    channel: Annotated[Channel | None, _CHANNEL] = None
    persistent_connection: Annotated[bool | None, _member("Keep the connection between calls.")] = (
        None
    )


class VoiceEnhancementConfig(WireModel):
    """Voice enhancement of one channel; Connect supports `VOICE` only."""

    channel: Annotated[Channel | None, _CHANNEL] = None
    voice_enhancement_mode: Annotated[
        VoiceEnhancementMode | None,
        _member("`VOICE_ISOLATION`, `NOISE_SUPPRESSION` or `NONE`."),
    ] = None
