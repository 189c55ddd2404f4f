"""Bad phone settings and per-channel settings, each beside the nearest good one."""

from collections.abc import Iterator
from typing import Any

from tests.support.bad_case import MANAGED, Case, each

PHONES = {
    "without plus": "15555550100",
    "with spaces": "+1 555 555 1212",
    "with a leading zero": "+05555551212",
    "with letters": "+1555CALLNOW",
    "of 17 digits": "+12345678901234567",
    "of one digit": "+1",
    "with an extension": "+15555551212x7",
    "empty": "",
}
"""What is no E.164 number."""
_LIMITS = {"negative": -1.0, "over 24 days": 2000001.0, "a fraction": 60.5, "a word": "soon"}
_DESK = {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"}
_SOFT = {"phoneType": "SOFT_PHONE"}
_ACW = "afterContactWorkConfigs"


def _acw(channel: str, seconds: Any) -> dict[str, Any]:
    return {"channel": channel, "afterContactWorkConfig": {"afterContactWorkTimeLimit": seconds}}


def phones() -> Iterator[Case]:
    """Settings for all channels."""
    wire, number = "phoneConfig", "phone_config.desk_phone_number"
    desk = {name: _DESK | {"deskPhoneNumber": bad} for name, bad in PHONES.items()}
    yield from each(MANAGED, wire, number, _DESK, desk)
    yield from each(
        MANAGED,
        wire,
        number,
        _DESK,
        {
            "missing for a desk phone": {"phoneType": "DESK_PHONE"},
            "given for a soft phone": _SOFT | {"deskPhoneNumber": "+15555551212"},
            "given without a type": {"deskPhoneNumber": "+15555551212"},
        },
    )
    types = {"in lower case": {"phoneType": "soft_phone"}, "unknown": {"phoneType": "MOBILE"}}
    yield from each(MANAGED, wire, "phone_config.phone_type", _SOFT, types)
    limits = {n: _SOFT | {"afterContactWorkTimeLimit": v} for n, v in _LIMITS.items()}
    longest = _SOFT | {"afterContactWorkTimeLimit": 2000000.0}
    yield from each(MANAGED, wire, "phone_config.after_contact_work_time_limit", longest, limits)
    words = {"a word": _SOFT | {"autoAccept": "perhaps"}, "a number": _SOFT | {"autoAccept": 7.0}}
    yield from each(MANAGED, wire, "phone_config.auto_accept", _SOFT | {"autoAccept": True}, words)
    words = {"a word": _SOFT | {"persistentConnection": "perhaps"}}
    yield from each(
        MANAGED,
        wire,
        "phone_config.persistent_connection",
        _SOFT | {"persistentConnection": False},
        words,
    )
    yield from each(MANAGED, wire, "phone_config", _SOFT, {"a word": "SOFT_PHONE"})


def channels() -> Iterator[Case]:
    """Settings for each channel."""
    acw = "after_contact_work_configs[0].after_contact_work_config.after_contact_work_time_limit"
    good = [_acw("VOICE", 60.0)]
    yield from each(MANAGED, _ACW, acw, good, {n: [_acw("VOICE", v)] for n, v in _LIMITS.items()})
    yield from each(
        MANAGED, _ACW, acw, [_acw("CHAT", 5400.0)], {"chat over 90 minutes": [_acw("CHAT", 5401.0)]}
    )
    yield from each(
        MANAGED,
        _ACW,
        "after_contact_work_configs[0].channel",
        good,
        {
            "unknown": [_acw("FAX", 60.0)],
            "missing": [{"afterContactWorkConfig": {"afterContactWorkTimeLimit": 1.0}}],
        },
    )
    yield from each(
        MANAGED,
        _ACW,
        "after_contact_work_configs",
        good,
        {"a channel twice": [_acw("VOICE", 60.0), _acw("VOICE", 30.0)]},
    )
    yield from each(
        MANAGED,
        _ACW,
        "after_contact_work_configs[0].after_contact_work_config",
        good,
        {"missing": [{"channel": "VOICE"}]},
    )
    callback = {"agentFirstCallbackAfterContactWorkConfig": {"afterContactWorkTimeLimit": 5.0}}
    yield from each(
        MANAGED,
        _ACW,
        "after_contact_work_configs[0].agent_first_callback_after_contact_work_config",
        [_acw("VOICE", 60.0) | callback],
        {"for chat": [_acw("CHAT", 60.0) | callback]},
    )
    accept = {"channel": "VOICE", "autoAccept": True}
    yield from each(
        MANAGED,
        "autoAcceptConfigs",
        "auto_accept_configs[0].auto_accept",
        [accept],
        {"missing": [{"channel": "VOICE"}], "a word": [accept | {"autoAccept": "perhaps"}]},
    )
    yield from each(
        MANAGED,
        "autoAcceptConfigs",
        "auto_accept_configs[0].agent_first_callback_auto_accept",
        [accept | {"agentFirstCallbackAutoAccept": True}],
        {"for a task": [accept | {"channel": "TASK", "agentFirstCallbackAutoAccept": True}]},
    )
    for wire, program, setting in (
        ("phoneNumberConfigs", "phone_number_configs", {"phoneType": "SOFT_PHONE"}),
        (
            "persistentConnectionConfigs",
            "persistent_connection_configs",
            {"persistentConnection": True},
        ),
        ("voiceEnhancementConfigs", "voice_enhancement_configs", {"voiceEnhancementMode": "NONE"}),
    ):
        yield from each(
            MANAGED,
            wire,
            f"{program}[0].channel",
            [{"channel": "VOICE", **setting}],
            {c: [{"channel": c, **setting}] for c in ("CHAT", "TASK", "EMAIL")},
        )
    phone = {"channel": "VOICE", "phoneType": "DESK_PHONE", "phoneNumber": "+15555551212"}
    numbers = {n: [phone | {"phoneNumber": bad}] for n, bad in PHONES.items()}
    numbers["missing for a desk phone"] = [{"channel": "VOICE", "phoneType": "DESK_PHONE"}]
    numbers["given for a soft phone"] = [phone | {"phoneType": "SOFT_PHONE"}]
    where = "phone_number_configs[0].phone_number"
    yield from each(MANAGED, "phoneNumberConfigs", where, [phone], numbers)
    mode = {"channel": "VOICE", "voiceEnhancementMode": "LOUD"}
    yield from each(
        MANAGED,
        "voiceEnhancementConfigs",
        "voice_enhancement_configs[0].voice_enhancement_mode",
        [{"channel": "VOICE", "voiceEnhancementMode": "VOICE_ISOLATION"}],
        {"unknown": [mode]},
    )
