"""What deletions and replacements permanently take away."""

from collections.abc import Iterator
from typing import Final

from .user_changes import UserChange

# Sources: API reference, DeleteUser; Administrator guide, "Delete users from your instance".
_DELETED: Final = (
    "the login and the user id, permanently: a user created again gets a new id",
    "quick connects to this user: they remain in the instance, but reach no one",
)
_REPLACED: Final = ("the user id: quick connects and whatever else stores it stop working",)
_PASSWORD_LOST: Final = "the current password: the new user starts with the declared one"  # noqa: S105
_GAP: Final = "the login, briefly: the old user is deleted before the new one is created"


def losses(change: UserChange) -> Iterator[str]:
    """What one change takes away; a suspension nothing that its end does not give back."""
    if change.kind != "user":
        return
    if change.op == "delete" and not change.suspends:
        yield from _DELETED
    elif change.op == "replace":
        yield from _REPLACED
        if (change.new or {}).get("password") is not None:
            yield _PASSWORD_LOST
        if change.deletes_first:
            yield _GAP
