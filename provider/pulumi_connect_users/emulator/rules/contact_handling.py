"""How a user handles contacts, as one structure (PhoneConfig) or by channel."""

from collections.abc import Iterator

from .. import contact_handling
from ..call import Call
from ..errors import invalid_parameter, invalid_request
from . import rule

_CREATE = "API reference, CreateUser"
_LONGEST_SECONDS = 2_000_000
_CONFLICTS = (
    ("AutoAccept", "AutoAcceptConfigs"),
    ("AfterContactWorkTimeLimit", "AfterContactWorkConfigs"),
    ("PhoneType", "PhoneNumberConfigs"),
    ("DeskPhoneNumber", "PhoneNumberConfigs"),
    ("PersistentConnection", "PersistentConnectionConfigs"),
)
_VOICE_ONLY = ("PhoneNumberConfigs", "PersistentConnectionConfigs", "VoiceEnhancementConfigs")


@rule("CreateUser", source=_CREATE + " (introduction)")
def phone_config_conflicts_with_channel_lists(call: Call) -> None:
    """A member of PhoneConfig and its per-channel list cannot be set together."""
    phone = call.params.part("PhoneConfig")
    for member, configs in _CONFLICTS:
        if phone.get(member) is not None and call.params.get(configs):
            raise invalid_request(f"PhoneConfig.{member} conflicts with {configs}.")


@rule(
    "CreateUser",
    "UpdateUserPhoneConfig",
    "UpdateUserConfig",
    source="API reference, UserPhoneConfig and AfterContactWorkConfig",
)
def after_contact_work_ends(call: Call) -> None:
    """An after contact work time limit is at most 2,000,000 seconds (the model has no maximum)."""
    if any(limit > _LONGEST_SECONDS for limit in _limits(call)):
        raise invalid_parameter("AfterContactWorkTimeLimit must be at most 2,000,000 seconds.")


@rule(
    "CreateUser",
    "UpdateUserPhoneConfig",
    "UpdateUserConfig",
    source="Administrator guide, Configure agent settings (phone type)",
)
def desk_phone_has_a_number(call: Call) -> None:
    """A DESK_PHONE comes with its phone number."""
    phone = call.params.part("PhoneConfig")
    lacking = phone.text("PhoneType") == "DESK_PHONE" and not phone.get("DeskPhoneNumber")
    for config in call.params.parts("PhoneNumberConfigs"):
        lacking = lacking or (
            config.text("PhoneType") == "DESK_PHONE" and not config.get("PhoneNumber")
        )
    if lacking:
        raise invalid_parameter("A phone number is required for the phone type DESK_PHONE.")


@rule(
    "CreateUser",
    "UpdateUserConfig",
    source="API reference, PhoneNumberConfig, PersistentConnectionConfig, VoiceEnhancementConfig",
)
def phone_settings_are_for_voice_only(call: Call) -> None:
    """Phone number, persistent connection and voice enhancement support only the channel VOICE."""
    for name in _VOICE_ONLY:
        if set(contact_handling.channels_of(call.params.parts(name))) - {contact_handling.VOICE}:
            raise invalid_parameter(f"{name} supports only the channel VOICE.")


@rule(
    "CreateUser",
    "UpdateUserConfig",
    source="API reference, AutoAcceptConfig and AfterContactWorkConfigPerChannel",
)
def agent_first_callbacks_are_for_voice_only(call: Call) -> None:
    """Settings for agent-first callbacks apply to the channel VOICE only."""
    members = ("AgentFirstCallbackAutoAccept", "AgentFirstCallbackAfterContactWorkConfig")
    for name in ("AutoAcceptConfigs", "AfterContactWorkConfigs"):
        for config in call.params.parts(name):
            if config.text("Channel") != contact_handling.VOICE and any(
                config.get(member) is not None for member in members
            ):
                raise invalid_parameter("Agent-first callback settings apply to VOICE only.")


@rule("CreateUser", "UpdateUserConfig", source=_CREATE + " (settings for each channel)")
def each_channel_is_set_once(call: Call) -> None:
    """A per-channel list names no channel twice."""
    for name in contact_handling.LISTS:
        named = contact_handling.channels_of(call.params.parts(name))
        if len(named) != len(set(named)):
            raise invalid_parameter(f"{name} names a channel twice.")


def _limits(call: Call) -> Iterator[int]:
    phone = call.params.part("PhoneConfig")
    yield phone.whole("AfterContactWorkTimeLimit")
    for config in call.params.parts("AfterContactWorkConfigs"):
        for name in ("AfterContactWorkConfig", "AgentFirstCallbackAfterContactWorkConfig"):
            yield config.part(name).whole("AfterContactWorkTimeLimit")
