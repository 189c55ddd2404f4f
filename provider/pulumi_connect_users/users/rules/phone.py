"""Phones, after-contact work and channels."""

from collections import Counter
from collections.abc import Iterator, Mapping

from ...core.check_failure import Failure
from ...core.properties import Properties
from ...core.unknowns import UNKNOWN, Path, get
from ...model.attributes import by_wire, members_of, top_level
from ..declared_user import DeclaredUser
from .registry import CREATE_USER, PHONE_CONFIG, UPDATE_CONFIG, refuse, rule

CHANNEL_LISTS = tuple(a.wire for a in top_level() if a.facts.key == ("channel",))
_CHAT_ACW = 5400


@rule("A desk phone needs its number.", PHONE_CONFIG)
def desk_phone_needs_number(user: DeclaredUser) -> Iterator[Failure]:
    is_desk_phone = user.get("phoneConfig.phoneType") == "DESK_PHONE"
    number = "phoneConfig.deskPhoneNumber"
    if is_desk_phone and user.absent(number) and not _has_desk_phone(user, without=number):
        yield refuse(
            "phoneConfig.deskPhoneNumber",
            "is missing, and a DESK_PHONE needs it",
            "Give an E.164 number (+15555551212), or use SOFT_PHONE.",
        )
    for path, entry in user.entries("phoneNumberConfigs"):
        if entry.get("phoneType") == "DESK_PHONE" and entry.get("phoneNumber") is None:
            yield refuse(
                (*path, "phoneNumber"),
                "is missing, and a DESK_PHONE needs it",
                "Give an E.164 number (+15555551212), or use SOFT_PHONE.",
            )


@rule("A desk phone number requires a desk phone.", PHONE_CONFIG, kind="ours")
def number_needs_desk_phone(user: DeclaredUser) -> Iterator[Failure]:
    has_number = user.has("phoneConfig.deskPhoneNumber")
    phone_type = user.get("phoneConfig.phoneType")
    is_open = user.absent("phoneConfig.phoneType") and not _has_desk_phone(
        user, without="phoneConfig.phoneType"
    )
    if has_number and (phone_type == "SOFT_PHONE" or is_open):
        yield refuse(
            "phoneConfig.deskPhoneNumber",
            "is given, but the phone is not a DESK_PHONE",
            'Remove it, or set phone_type="DESK_PHONE".',
        )
    for path, entry in user.entries("phoneNumberConfigs"):
        if entry.get("phoneType") == "SOFT_PHONE" and entry.get("phoneNumber") is not None:
            yield refuse(
                (*path, "phoneNumber"),
                "is given, but the phone is not a DESK_PHONE",
                'Remove it, or set phone_type="DESK_PHONE".',
            )


def _has_desk_phone(user: DeclaredUser, *, without: str) -> bool:
    """Whether the user has one whose type or number (`without`) the program leaves to others."""
    if user.old_inputs is not None and not user.replaces:
        declared = (user.old("phoneConfig.deskPhoneNumber"), user.old("phoneConfig.phoneType"))
        is_one = declared[0] is not None or declared[1] == "DESK_PHONE"
        return is_one and user.old(without) is None
    return bool(user.existing and user.existing.get("PhoneConfig.PhoneType") == "DESK_PHONE")


@rule("A setting for all channels excludes the same setting for each channel.", CREATE_USER)
def one_level_of_settings(user: DeclaredUser) -> Iterator[Failure]:
    for member in members_of("phoneConfig"):
        by_channel = member.channel_list
        if by_channel and user.has(member.wire) and user.has(by_channel):
            yield refuse(
                member.path,
                f"is given for all channels and in {by_wire()[by_channel].program} too",
                "Keep one of the two; AWS recommends the per-channel one.",
            )


@rule("A channel appears in a list once, and every entry names its channel.", UPDATE_CONFIG)
def one_entry_a_channel(user: DeclaredUser) -> Iterator[Failure]:
    for path in CHANNEL_LISTS:
        entries = list(user.entries(path))
        for where, entry in entries:
            if entry.get("channel") is None and f"{path}.channel" not in user.refused:
                yield refuse((*where, "channel"), "is missing", "Give VOICE, CHAT, TASK or EMAIL.")
        channels = Counter(
            e.get("channel") for _, e in entries if isinstance(e.get("channel"), str)
        )
        for channel, count in channels.items():
            if count > 1:
                yield refuse(
                    path, f"names the channel {channel} {count} times", "Keep one entry of it."
                )


@rule("Every entry of a per-channel list has its setting.", UPDATE_CONFIG)
def channel_setting_required(user: DeclaredUser) -> Iterator[Failure]:
    for path in CHANNEL_LISTS:
        for where, entry in user.entries(path):
            yield from _incomplete(user, path, where, entry)


def _incomplete(user: DeclaredUser, wire: str, where: Path, entry: Properties) -> Iterator[Failure]:
    for member in members_of(wire):
        value, here = entry.get(member.name), (*where, member.name)
        # The channel has a rule of its own.
        required = member.facts.required and member.name != "channel"
        if value is None and required and member.wire not in user.refused:
            yield refuse(here, "is missing", member.facts.remedy or "Give it, or remove the entry.")
        elif isinstance(value, Mapping):
            yield from _incomplete(user, member.wire, here, value)


@rule("Phone, persistent connection and voice enhancement exist for VOICE only.", UPDATE_CONFIG)
def voice_only_lists(user: DeclaredUser) -> Iterator[Failure]:
    for path in CHANNEL_LISTS:
        if not by_wire()[path].facts.voice_only:
            continue
        for where, entry in user.entries(path):
            if entry.get("channel") in ("CHAT", "TASK", "EMAIL"):
                yield refuse(
                    (*where, "channel"),
                    f"is {entry['channel']}, but Connect supports VOICE only here",
                    "Remove the entry, or name VOICE.",
                )


@rule("Agent-first callbacks exist for VOICE only.", UPDATE_CONFIG)
def callbacks_are_voice(user: DeclaredUser) -> Iterator[Failure]:
    callbacks = [m for path in CHANNEL_LISTS for m in members_of(path) if m.facts.voice_only]
    for member in callbacks:
        for where, entry in user.entries(member.path[0]):
            channel = entry.get("channel")
            if entry.get(member.name) is not None and channel in ("CHAT", "TASK", "EMAIL"):
                yield refuse(
                    (*where, member.name),
                    f"is given for {channel}, but agent-first callbacks are VOICE only",
                    "Remove it from this entry.",
                )


@rule(
    "After-contact work of a chat ends after 5,400 seconds.",
    UPDATE_CONFIG,
    kind="documented",
)
def chat_acw(user: DeclaredUser) -> Iterator[Failure]:
    for path, entry in user.entries("afterContactWorkConfigs"):
        limit = get(entry, ("afterContactWorkConfig", "afterContactWorkTimeLimit"))
        if limit is UNKNOWN or not isinstance(limit, int | float):
            continue
        if entry.get("channel") == "CHAT" and limit > _CHAT_ACW:
            yield refuse(
                (*path, "afterContactWorkConfig", "afterContactWorkTimeLimit"),
                f"is longer than the {_CHAT_ACW:,} seconds after which it ends for chats",
                f"Give {_CHAT_ACW} or less.",
            )
