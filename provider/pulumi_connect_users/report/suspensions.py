"""Which users a preview suspends and takes back, as `users.delete` and `users.create` do. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from ..core.user_resources import OWN_USERS, ROSTERS
from ..users.rules.suspension import SUSPEND
from .input.property_values import PropertyValue, mapping
from .user_changes import UserChange, Wire

_NOTHING: Final[Wire] = {}


def with_suspensions(
    changes: Iterable[UserChange], config: Mapping[str, str], on_delete: str | None
) -> list[UserChange]:
    """The changes, those marked whose old user stays in Connect without rights.

    `on_delete` overrides the stack's configuration, which overrides each user's own.
    """
    return [
        replace(change, suspends=True)
        if _leaves(change) and (on_delete or _on_delete(change, config)) == SUSPEND
        else change
        for change in changes
    ]


def _leaves(change: UserChange) -> bool:
    old, new = change.old or _NOTHING, change.new or _NOTHING
    # A replacement under the same username is refused at check.
    other = any(old.get(key) != new.get(key) for key in ("username", "instanceArn"))
    own = change.type in (*OWN_USERS, *ROSTERS)
    return own and (change.op == "delete" or (change.op == "replace" and other))


def _on_delete(change: UserChange, config: Mapping[str, str]) -> PropertyValue:
    package = change.type.partition(":")[0]
    namespace = package if package == "connect-users" else "connect"
    return config.get(f"{namespace}:onDelete") or (change.old or _NOTHING).get("onDelete")


def is_reinstated(change: UserChange) -> bool:
    """Whether the stack takes back a user that it suspended."""
    adoption = mapping((change.new or _NOTHING).get("adoption"))
    return change.op == "create" and adoption.get("suspended") is not None
