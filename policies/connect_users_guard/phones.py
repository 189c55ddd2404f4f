"""The phones and the after-contact work of a user, for all channels or for each one."""

from collections.abc import Iterator
from dataclasses import dataclass

from .absent import MISSING, UNKNOWN, Value
from .edit import Path
from .property_values import Properties, Property, get
from .subject import UserView


@dataclass(frozen=True)
class Phone:
    """A phone: its kind (`SOFT_PHONE`, `DESK_PHONE`), its number and where that stands."""

    kind: Value[str]
    number: Value[str]
    number_path: Path


@dataclass(frozen=True)
class AfterContactWork:
    """A duration of after-contact work in seconds, for a channel (None: for all)."""

    seconds: Value[int]
    channel: str | None
    path: Path


def phones_of(user: UserView) -> Iterator[Phone]:
    """Every phone of the user, known or not."""
    if user.get("phoneConfig") is not MISSING:
        yield Phone(
            user.text("phoneConfig.phoneType"),
            user.text("phoneConfig.deskPhoneNumber"),
            ("phoneConfig", "deskPhoneNumber"),
        )
    entries = user.entries("phoneNumberConfigs")
    if entries is UNKNOWN:
        yield Phone(UNKNOWN, UNKNOWN, ("phoneNumberConfigs",))
    for index, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        yield Phone(
            _text(entry, "phoneType"),
            _text(entry, "phoneNumber"),
            ("phoneNumberConfigs", index, "phoneNumber"),
        )


_LIMIT = "afterContactWorkTimeLimit"


def after_contact_work_of(user: UserView) -> Iterator[AfterContactWork]:
    """Every duration of after-contact work that is set, known or not."""
    seconds = _whole(user.get(f"phoneConfig.{_LIMIT}"))
    if seconds is not MISSING:
        yield AfterContactWork(seconds, None, ("phoneConfig", _LIMIT))
    entries = user.entries("afterContactWorkConfigs")
    if entries is UNKNOWN:
        yield AfterContactWork(UNKNOWN, None, ("afterContactWorkConfigs",))
    for index, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        channel = entry.get("channel")
        for member in ("afterContactWorkConfig", "agentFirstCallbackAfterContactWorkConfig"):
            seconds = _whole(get(entry, f"{member}.{_LIMIT}"))
            # aws-native can switch it off for a channel; no duration counts there.
            if seconds is not MISSING and get(entry, f"{member}.afterContactWorkMode") != "OFF":
                yield AfterContactWork(
                    seconds,
                    channel if isinstance(channel, str) else None,
                    ("afterContactWorkConfigs", index, member, _LIMIT),
                )


def _text(entry: Properties, key: str) -> Value[str]:
    value = get(entry, key)
    return value if value is MISSING or isinstance(value, str) else UNKNOWN


def _whole(value: Property) -> Value[int]:
    if value is MISSING:
        return MISSING
    return value if isinstance(value, int) and not isinstance(value, bool) else UNKNOWN
