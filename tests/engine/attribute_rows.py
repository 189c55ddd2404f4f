"""One row for each attribute of a user: two values, and what setting, changing and clearing do.

An attribute of the model without a row fails a test. A value is Python text in a program.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CREATE = ("CreateUser",)
_CONFIG = ("UpdateUserConfig",)
_IDENTITY = ("UpdateUserIdentityInfo",)
_PHONE = ("UpdateUserPhoneConfig",)
_REPLACED = ("CreateUser", "DeleteUser")
_NO_CALL = "Connect cannot clear it"
_NO_REMOVAL = "which Connect cannot remove"
_MISSING = "is missing"

Outcome = tuple[str, ...] | str
"""The mutating calls, or a part of the refusal's text."""


@dataclass(frozen=True)
class Row:
    """An attribute through its life. `clear` is the program without it."""

    attribute: str
    first: Any
    second: Any
    change: Outcome
    clear: Outcome
    create: tuple[str, ...] = CREATE
    arguments: Mapping[str, Any] | None = None
    """What the user has besides, instead of the base's: dotted paths; None takes one away."""
    cleared: Mapping[str, Any] | None = None
    """What a program that clears the attribute changes besides."""
    instance: str = "MANAGED"

    @property
    def name(self) -> str:
        """The row's user."""
        digest = zlib.crc32(self.attribute.encode())
        return f"{self.attribute.rsplit('.', 1)[-1][:10]}-{digest:08x}"


_SOFT = {"phone_config.phone_type": "SOFT_PHONE"}
_DESK = {"phone_config.phone_type": "DESK_PHONE", "phone_config.desk_phone_number": "+15555551212"}
_ACCEPT = {"auto_accept_configs.0.channel": "VOICE", "auto_accept_configs.0.auto_accept": True}
_LIMIT = "after_contact_work_time_limit"
_WORK = {
    "after_contact_work_configs.0.channel": "VOICE",
    f"after_contact_work_configs.0.after_contact_work_config.{_LIMIT}": 60,
}
_NUMBER = {
    "phone_number_configs.0.channel": "VOICE",
    "phone_number_configs.0.phone_type": "DESK_PHONE",
    "phone_number_configs.0.phone_number": "+15555551212",
}
_KEPT = {
    "persistent_connection_configs.0.channel": "VOICE",
    "persistent_connection_configs.0.persistent_connection": True,
}
_VOICE = {
    "voice_enhancement_configs.0.channel": "VOICE",
    "voice_enhancement_configs.0.voice_enhancement_mode": "NONE",
}
_SKILL = {
    "proficiencies.0.attribute_name": "language",
    "proficiencies.0.attribute_value": "Spanish",
    "proficiencies.0.level": 4,
}
_SKILLED = ("CreateUser", "AssociateUserProficiencies")
_MOVED = ("DisassociateUserProficiencies", "AssociateUserProficiencies")


def _identity(member: str, first: str, second: str, clear: str) -> Row:
    return Row(f"identity_info.{member}", first, second, _IDENTITY, clear)


def _phone(member: str, first: Any, second: Any) -> Row:
    arguments = {} if member == "phone_type" else _SOFT
    return Row(f"phone_config.{member}", first, second, _PHONE, _NO_CALL, arguments=arguments)


def _channel(attribute: str, base: Mapping[str, Any]) -> Row:
    """The first entry's channel: another one is another entry, and the first cannot go."""
    path = f"{attribute}.0.channel"
    return Row(path, "VOICE", "CHAT", _NO_REMOVAL, _MISSING, arguments=base)


ROWS = (
    # What identifies a user: a change is another user.
    Row("instance", "MANAGED", "SECOND", _REPLACED, "needs instance"),
    Row("username", "row-username", "row-usermane", _REPLACED, "needs username"),
    Row(
        "directory_user_id",
        "d-1",
        "d-2",
        ("DeleteUser", "CreateUser"),
        _NO_CALL,
        instance="DIRECTORY",
        arguments={"identity_info": None, "password": None},
    ),
    # Names and addresses.
    _identity("first_name", "Mary", "Maria", _NO_CALL),
    _identity("last_name", "Major", "Stiles", _NO_CALL),
    _identity("email", "marym@example.com", "marys@example.com", _NO_CALL),
    _identity("secondary_email", "mary@example.org", "maria@example.org", _NO_CALL),
    _identity("mobile", "+15555550100", "+15555550101", _NO_CALL),
    # Phone, for all channels.
    Row("phone_config.phone_type", "SOFT_PHONE", "DESK_PHONE", _PHONE, _NO_CALL, arguments={}),
    _phone("auto_accept", True, False),
    _phone("after_contact_work_time_limit", 60, 30),
    _phone("persistent_connection", True, False),
    Row(
        "phone_config.desk_phone_number",
        "+15555551212",
        "+15555551213",
        _PHONE,
        _PHONE,
        arguments={"phone_config.phone_type": "DESK_PHONE"},
        cleared=_SOFT,
    ),
    # Phone, channel by channel.
    _channel("auto_accept_configs", _ACCEPT),
    Row("auto_accept_configs.0.auto_accept", True, False, _CONFIG, _MISSING, arguments=_ACCEPT),
    Row(
        "auto_accept_configs.0.agent_first_callback_auto_accept",
        True,
        False,
        _CONFIG,
        _NO_CALL,
        arguments=_ACCEPT,
    ),
    _channel("after_contact_work_configs", _WORK),
    Row(
        f"after_contact_work_configs.0.after_contact_work_config.{_LIMIT}",
        60,
        30,
        _CONFIG,
        _MISSING,
        arguments=_WORK,
    ),
    Row(
        "after_contact_work_configs.0.agent_first_callback_after_contact_work_config." + _LIMIT,
        60,
        30,
        _CONFIG,
        _NO_CALL,
        arguments=_WORK,
    ),
    Row(
        "phone_number_configs.0.channel",
        "VOICE",
        "CHAT",
        "Connect supports VOICE only",
        _MISSING,
        arguments=_NUMBER,
    ),
    Row(
        "phone_number_configs.0.phone_type",
        "SOFT_PHONE",
        "DESK_PHONE",
        "is missing, and a DESK_PHONE needs it",
        _MISSING,
        arguments={**_NUMBER, "phone_number_configs.0.phone_number": None},
    ),
    Row(
        "phone_number_configs.0.phone_number",
        "+15555551212",
        "+15555551213",
        _CONFIG,
        _CONFIG,
        arguments=_NUMBER,
        cleared={"phone_number_configs.0.phone_type": "SOFT_PHONE"},
    ),
    Row(
        "persistent_connection_configs.0.channel",
        "VOICE",
        "TASK",
        "Connect supports VOICE only",
        _MISSING,
        arguments=_KEPT,
    ),
    Row(
        "persistent_connection_configs.0.persistent_connection",
        True,
        False,
        _CONFIG,
        _MISSING,
        arguments=_KEPT,
    ),
    Row(
        "voice_enhancement_configs.0.channel",
        "VOICE",
        "EMAIL",
        "Connect supports VOICE only",
        _MISSING,
        arguments=_VOICE,
    ),
    Row(
        "voice_enhancement_configs.0.voice_enhancement_mode",
        "NOISE_SUPPRESSION",
        "VOICE_ISOLATION",
        _CONFIG,
        _MISSING,
        arguments=_VOICE,
    ),
    # Lists of entries as wholes.
    *(
        Row(attribute, None, None, (), _NO_CALL, arguments=base)
        for attribute, base in (
            ("auto_accept_configs", _ACCEPT),
            ("after_contact_work_configs", _WORK),
            ("phone_number_configs", _NUMBER),
            ("persistent_connection_configs", _KEPT),
            ("voice_enhancement_configs", _VOICE),
        )
    ),
    # Where a user works, and what it may do.
    Row(
        "routing_profile",
        "Basic Routing Profile",
        "Second Profile",
        ("UpdateUserRoutingProfile",),
        _NO_CALL,
    ),
    Row(
        "routing_profile_id",
        "{Basic Routing Profile}",
        "{Second Profile}",
        ("UpdateUserRoutingProfile",),
        _NO_CALL,
        arguments={"routing_profile": None},
    ),
    Row(
        "security_profiles",
        ["Agent"],
        ["Agent", "QualityAnalyst"],
        ("UpdateUserSecurityProfiles",),
        _NO_CALL,
    ),
    Row(
        "security_profile_ids",
        ["{Agent}"],
        ["{QualityAnalyst}"],
        ("UpdateUserSecurityProfiles",),
        _NO_CALL,
        arguments={"security_profiles": None},
    ),
    Row(
        "hierarchy_group",
        "AMER/West/Team 1",
        "EMEA/Dublin/Team 4",
        ("UpdateUserHierarchy",),
        ("UpdateUserHierarchy",),
    ),
    Row(
        "hierarchy_group_id",
        "{Team 1}",
        "{Team 2}",
        ("UpdateUserHierarchy",),
        ("UpdateUserHierarchy",),
    ),
    # Proficiencies, managed per name and value.
    Row(
        "proficiencies",
        None,
        None,
        (),
        ("DisassociateUserProficiencies",),
        create=_SKILLED,
        arguments=_SKILL,
    ),
    Row(
        "proficiencies.0.attribute_name",
        "language",
        "skill",
        _MOVED,
        _MISSING,
        create=_SKILLED,
        arguments=_SKILL,
    ),
    Row(
        "proficiencies.0.attribute_value",
        "Spanish",
        "French",
        _MOVED,
        _MISSING,
        create=_SKILLED,
        arguments=_SKILL,
    ),
    Row(
        "proficiencies.0.level",
        4,
        5,
        ("UpdateUserProficiencies",),
        _MISSING,
        create=_SKILLED,
        arguments=_SKILL,
    ),
    Row(
        "tags",
        {"Cost_Center": "42", "team": "one"},
        {"Cost_Center": "43", "site": "west"},
        ("TagResource", "UntagResource"),
        ("UntagResource",),
    ),
    # How this project treats the user: in state alone.
    Row("adopt", True, False, (), ()),
    Row("on_password_change", "ignore", "replace", (), ()),
    Row("ignore_drift", ["routing_profile"], ["tags"], (), ()),
    Row("on_delete", "force", "wait", (), ()),
    Row("delete_wait_seconds", 120, 240, (), (), arguments={"on_delete": "wait"}),
    Row("delete_quick_connects", True, False, (), ()),
    Row("suspended_security_profile", "Agent", "QualityAnalyst", (), ()),
    Row("suspended_routing_profile", "Basic Routing Profile", "Second Profile", (), ()),
)

ELSEWHERE = {
    "password": "test_changed_password_is_refused_replaced_or_ignored",
    "identity_info": "its members have rows",
    "phone_config": "its members have rows",
    "after_contact_work_configs.after_contact_work_config": "its member has a row",
    "after_contact_work_configs.agent_first_callback_after_contact_work_config": (
        "its member has a row"
    ),
    **dict.fromkeys(
        (
            "grants",
            *(f"grants.{name}" for name in ("security_profile", "security_profile_id", "until")),
            *(f"grants.{name}" for name in ("starts", "reason")),
        ),
        "test_in_time",
    ),
    # A secret in AWS Secrets Manager, not a part of the user: test_initial_password.
    "initial_password": "test_initial_password",
    "initial_password.kms_key_id": "test_initial_password",
    "initial_password.length": "test_initial_password",
    "initial_password.on_user_delete": "test_initial_password",
    "initial_password.recovery_days": "test_initial_password",
}
"""Attributes that no row of the table can show, and where they are shown."""
