"""Bad inputs, each beside the nearest good one: what check must refuse, and what it must not.

A case changes one attribute of a valid user of one identity mode. `bad` is refused at `path`,
`good` is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pulumi_connect_users.model.user import IdentityManagementType

MANAGED: IdentityManagementType = "CONNECT_MANAGED"
SAML: IdentityManagementType = "SAML"
DIRECTORY: IdentityManagementType = "EXISTING_DIRECTORY"
MODES = (MANAGED, SAML, DIRECTORY)
ABSENT = object()
"""Takes the attribute away."""


@dataclass(frozen=True)
class Case:
    """`attribute` is a wire path; `path` the program's spelling of the refused place."""

    name: str
    mode: IdentityManagementType
    attribute: str
    bad: Any
    good: Any
    path: str

    def __str__(self) -> str:
        return f"{self.mode}-{self.name}".replace(" ", "-")


def _each(
    mode: IdentityManagementType, attribute: str, path: str, good: Any, bad: dict[str, Any]
) -> Iterator[Case]:
    for name, value in bad.items():
        yield Case(f"{path} {name}", mode, attribute, value, good, path)


def _everywhere(attribute: str, path: str, good: Any, bad: dict[str, Any]) -> Iterator[Case]:
    for mode in MODES:
        yield from _each(mode, attribute, path, good, bad)


_USERNAMES = {
    "missing": ABSENT,
    "empty": "",
    "with a space": "mary major",
    "with a plus": "mary+major",
    "with a slash": "mary/major",
    "with a comma": "mary,major",
    "with an equals sign": "mary=major",
    "with an umlaut": "märy",
    "with a line break": "mary\nmajor",
    "with @ but no domain": "mary@",
    "with @ but no top level": "mary@example",
    "with @ first": "@example.com",
    "with two @": "m@ry@example.com",
    "of 101 characters": "m" * 101,
    "a number": 7.0,
    "a list": ["mary"],
}
_PASSWORDS = {
    "missing": ABSENT,
    "of 7 characters": "Passw0r",
    "of 65 characters": "Pa55" + "w" * 61,
    "without a digit": "PasswordWord",
    "without upper case": "passw0rdword",
    "without lower case": "PASSW0RDWORD",
    "with a space": "Passw0rd Word",
    "with a tab": "Passw0rd\tWord",
    "with a line break at the end": "Passw0rdWord\n",
    "empty": "",
    "a number": 12345678.0,
}
_NAMES = {
    "not NFC": "Zoe\u0308",
    "with a control character": "Ma\u0007ry",
    "with a bidirectional override": "Ma\u202ery",
    "a number": 5.0,
}
_PHONES = {
    "without plus": "15555550100",
    "with spaces": "+1 555 555 1212",
    "with a leading zero": "+05555551212",
    "with letters": "+1555CALLNOW",
    "of 17 digits": "+12345678901234567",
    "of one digit": "+1",
    "with an extension": "+15555551212x7",
    "empty": "",
}
_ADDRESSES = {
    "without @": "marym.example.com",
    "without domain": "marym@",
    "with a space": "mary major@example.com",
    "with two @": "mary@major@example.com",
    "with two dots": "marym@example..com",
    "empty": "",
}
_SECONDARY = _ADDRESSES | {
    "without top level": "marym@example",
    "too long": "m" * 260 + "@example.com",
}
del _SECONDARY["with two dots"]  # the documented pattern lets it pass
_LIMITS = {"negative": -1.0, "over 24 days": 2000001.0, "a fraction": 60.5, "a word": "soon"}
_DESK = {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"}
_SOFT = {"phoneType": "SOFT_PHONE"}
_ACW = "afterContactWorkConfigs"


def _acw(channel: str, seconds: Any) -> dict[str, Any]:
    return {
        "channel": channel,
        "afterContactWorkConfig": {"afterContactWorkTimeLimit": seconds},
    }


def _proficiency(
    name: Any = "language", value: Any = "Spanish", level: Any = 4.0
) -> dict[str, Any]:
    entry = {"attributeName": name, "attributeValue": value, "level": level}
    return {k: v for k, v in entry.items() if v is not ABSENT}


def _usernames() -> Iterator[Case]:
    yield from _everywhere("username", "username", "mary.major", _USERNAMES)
    for mode in (MODES[0], MODES[2]):
        yield from _each(mode, "username", "username", "m" * 20, {"of 21 characters": "m" * 21})
    yield from _each(
        SAML, "username", "username", "m" * 64, {"of 65 characters": "m" * 65, "of 1": "m"}
    )


def _identity() -> Iterator[Case]:
    yield from _each(MANAGED, "password", "password", "Passw0rdWord", _PASSWORDS)
    for mode in MODES[1:]:
        given = {"given": "Passw0rdWord"}
        yield from _each(mode, "password", "password", ABSENT, given)
    for member, name, limit in (("firstName", "first_name", 255), ("lastName", "last_name", 300)):
        wire, path = f"identityInfo.{member}", f"identity_info.{name}"
        too_long = {f"of {limit + 1} characters": "m" * (limit + 1)}
        yield from _everywhere(wire, path, "Mary", _NAMES | too_long)
        for mode in MODES[:2]:
            yield from _each(mode, wire, path, "Mary", {"missing": ABSENT, "empty": ""})
    yield from _each(
        MANAGED,
        "identityInfo.lastName",
        "identity_info.last_name",
        "m" * 256,
        {"of 257 characters": "m" * 257},
    )
    address = "marym@example.com"
    yield from _each(
        MANAGED,
        "identityInfo.email",
        "identity_info.email",
        address,
        _ADDRESSES | {"missing": ABSENT},
    )
    yield from _each(SAML, "identityInfo.email", "identity_info.email", ABSENT, {"given": address})
    secondary = "identityInfo.secondaryEmail"
    yield from _everywhere(secondary, "identity_info.secondary_email", address, _SECONDARY)
    mobile = "identityInfo.mobile"
    yield from _everywhere(mobile, "identity_info.mobile", "+15555551212", _PHONES)
    for mode in MODES[:2]:
        given = {"given": "S-1-5-21"}
        yield from _each(mode, "directoryUserId", "directory_user_id", ABSENT, given)
    yield from _each(DIRECTORY, "directoryUserId", "directory_user_id", "S-1-5-21", {"empty": ""})


def _phones() -> Iterator[Case]:
    wire, number = "phoneConfig", "phone_config.desk_phone_number"
    desk = {name: _DESK | {"deskPhoneNumber": bad} for name, bad in _PHONES.items()}
    yield from _each(MANAGED, wire, number, _DESK, desk)
    yield from _each(
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
    yield from _each(MANAGED, wire, "phone_config.phone_type", _SOFT, types)
    limits = {n: _SOFT | {"afterContactWorkTimeLimit": v} for n, v in _LIMITS.items()}
    longest = _SOFT | {"afterContactWorkTimeLimit": 2000000.0}
    yield from _each(MANAGED, wire, "phone_config.after_contact_work_time_limit", longest, limits)
    words = {"a word": _SOFT | {"autoAccept": "perhaps"}, "a number": _SOFT | {"autoAccept": 7.0}}
    yield from _each(MANAGED, wire, "phone_config.auto_accept", _SOFT | {"autoAccept": True}, words)
    words = {"a word": _SOFT | {"persistentConnection": "perhaps"}}
    yield from _each(
        MANAGED,
        wire,
        "phone_config.persistent_connection",
        _SOFT | {"persistentConnection": False},
        words,
    )
    yield from _each(MANAGED, wire, "phone_config", _SOFT, {"a word": "SOFT_PHONE"})


def _channels() -> Iterator[Case]:
    acw = "after_contact_work_configs[0].after_contact_work_config.after_contact_work_time_limit"
    good = [_acw("VOICE", 60.0)]
    yield from _each(MANAGED, _ACW, acw, good, {n: [_acw("VOICE", v)] for n, v in _LIMITS.items()})
    yield from _each(
        MANAGED, _ACW, acw, [_acw("CHAT", 5400.0)], {"chat over 90 minutes": [_acw("CHAT", 5401.0)]}
    )
    yield from _each(
        MANAGED,
        _ACW,
        "after_contact_work_configs[0].channel",
        good,
        {
            "unknown": [_acw("FAX", 60.0)],
            "missing": [{"afterContactWorkConfig": {"afterContactWorkTimeLimit": 1.0}}],
        },
    )
    yield from _each(
        MANAGED,
        _ACW,
        "after_contact_work_configs",
        good,
        {"a channel twice": [_acw("VOICE", 60.0), _acw("VOICE", 30.0)]},
    )
    yield from _each(
        MANAGED,
        _ACW,
        "after_contact_work_configs[0].after_contact_work_config",
        good,
        {"missing": [{"channel": "VOICE"}]},
    )
    callback = {"agentFirstCallbackAfterContactWorkConfig": {"afterContactWorkTimeLimit": 5.0}}
    yield from _each(
        MANAGED,
        _ACW,
        "after_contact_work_configs[0].agent_first_callback_after_contact_work_config",
        [_acw("VOICE", 60.0) | callback],
        {"for chat": [_acw("CHAT", 60.0) | callback]},
    )
    accept = {"channel": "VOICE", "autoAccept": True}
    yield from _each(
        MANAGED,
        "autoAcceptConfigs",
        "auto_accept_configs[0].auto_accept",
        [accept],
        {"missing": [{"channel": "VOICE"}], "a word": [accept | {"autoAccept": "perhaps"}]},
    )
    yield from _each(
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
        yield from _each(
            MANAGED,
            wire,
            f"{program}[0].channel",
            [{"channel": "VOICE", **setting}],
            {c: [{"channel": c, **setting}] for c in ("CHAT", "TASK", "EMAIL")},
        )
    phone = {"channel": "VOICE", "phoneType": "DESK_PHONE", "phoneNumber": "+15555551212"}
    numbers = {n: [phone | {"phoneNumber": bad}] for n, bad in _PHONES.items()}
    numbers["missing for a desk phone"] = [{"channel": "VOICE", "phoneType": "DESK_PHONE"}]
    numbers["given for a soft phone"] = [phone | {"phoneType": "SOFT_PHONE"}]
    where = "phone_number_configs[0].phone_number"
    yield from _each(MANAGED, "phoneNumberConfigs", where, [phone], numbers)
    mode = {"channel": "VOICE", "voiceEnhancementMode": "LOUD"}
    yield from _each(
        MANAGED,
        "voiceEnhancementConfigs",
        "voice_enhancement_configs[0].voice_enhancement_mode",
        [{"channel": "VOICE", "voiceEnhancementMode": "VOICE_ISOLATION"}],
        {"unknown": [mode]},
    )


def _access() -> Iterator[Case]:
    yield from _each(
        MANAGED,
        "routingProfile",
        "routing_profile",
        "Basic Routing Profile",
        {
            "missing": ABSENT,
            "misspelt": "Basic Routing Profil",
            "empty": "",
            "in lower case": "basic routing profile",
        },
    )
    yield from _each(
        MANAGED,
        "securityProfiles",
        "security_profiles",
        ["Agent"],
        {"missing": ABSENT, "twice": ["Agent", "Agent"], "eleven": [f"P{i}" for i in range(11)]},
    )
    yield from _each(
        MANAGED,
        "securityProfiles",
        "security_profiles[0]",
        ["Agent"],
        {"misspelt": ["Agnet"], "in lower case": ["agent"]},
    )
    yield from _each(
        MANAGED,
        "hierarchyGroup",
        "hierarchy_group",
        "AMER/West/Team 1",
        {"misspelt": "AMER/West/Team 7", "a wrong path": "EMEA/West/Team 1", "empty": ""},
    )


def _proficiencies() -> Iterator[Case]:
    wire, good = "proficiencies", [_proficiency()]
    for member, program in (
        ("attributeName", "attribute_name"),
        ("attributeValue", "attribute_value"),
        ("level", "level"),
    ):
        missing = {k: v for k, v in _proficiency().items() if k != member}
        where = f"proficiencies[0].{program}"
        yield from _each(MANAGED, wire, where, good, {"missing": [missing]})
    levels = {"zero": 0.0, "six": 6.0, "a half": 2.5, "a word": "fluent"}
    bad = {name: [_proficiency(level=value)] for name, value in levels.items()}
    yield from _each(MANAGED, wire, "proficiencies[0].level", good, bad)
    yield from _each(
        MANAGED,
        wire,
        "proficiencies[0].attribute_name",
        good,
        {
            "unknown": [_proficiency(name="tongue")],
            "empty": [_proficiency(name="")],
            "of 101 characters": [_proficiency(name="l" * 101)],
        },
    )
    yield from _each(
        MANAGED,
        wire,
        "proficiencies[0].attribute_value",
        good,
        {
            "unknown": [_proficiency(value="Klingon")],
            "in lower case": [_proficiency(value="spanish")],
            "empty": [_proficiency(value="")],
        },
    )
    twice = {"twice": [_proficiency(), _proficiency(level=2.0)]}
    yield from _each(MANAGED, wire, "proficiencies", good, twice)


def _tags_and_options() -> Iterator[Case]:
    good = {f"key{i}": "v" for i in range(48)}
    bad: dict[str, Any] = {
        "of 49": good | {"one": "more"},
        "with aws:": {"aws:team": "west"},
        "with AWS:": {"AWS:team": "west"},
        "with our prefix": {"pulumi-connect-users:stack": "mine"},
        "with an empty key": {"": "v"},
        "with a key of 129": {"k" * 129: "v"},
        "with a star in a key": {"te*am": "west"},
        "a list": ["west"],
    }
    yield from _each(MANAGED, "tags", "tags", good, bad)
    yield from _each(
        MANAGED, "tags", "tags.team", {"team": "v" * 256}, {"of 257": {"team": "v" * 257}}
    )
    yield from _each(MANAGED, "tags", "tags.team", {"team": "1"}, {"a number": {"team": 1.0}})
    yield from _each(
        MANAGED,
        "ignoreDrift",
        "ignore_drift[0]",
        ["routing_profile"],
        {"misspelt": ["routing_profil"], "unchangeable": ["username"], "empty": [""]},
    )
    yield from _each(
        MANAGED, "onDelete", "on_delete", "force", {"unknown": "explode", "a number": 1.0}
    )
    yield from _each(
        MANAGED, "onPasswordChange", "on_password_change", "ignore", {"unknown": "update"}
    )
    yield from _each(MANAGED, "adopt", "adopt", True, {"a word": "maybe"})
    yield from _each(MANAGED, "favouriteColour", "favouriteColour", ABSENT, {"given": "red"})


CASES: tuple[Case, ...] = (
    *_usernames(),
    *_identity(),
    *_phones(),
    *_channels(),
    *_access(),
    *_proficiencies(),
    *_tags_and_options(),
)
