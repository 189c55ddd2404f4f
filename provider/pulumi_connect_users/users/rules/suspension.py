"""Suspension: a user that leaves is kept without rights."""

from collections.abc import Iterator
from typing import Final

from ...core.check_failure import Failure
from ...model.attributes import program_path
from ..declared_user import DeclaredUser
from .registry import CREATE_USER, refuse, rule

SUSPEND: Final = "suspend"


@rule("A suspended user keeps its username, so no other can replace it.", CREATE_USER, kind="ours")
def suspension_keeps_username(user: DeclaredUser) -> Iterator[Failure]:
    # What is deleted goes by the options in state.
    if (user.on_delete or user.old("onDelete")) != SUSPEND or {"username", "instanceArn"} & {
        *user.replaced
    }:
        return
    for wire in user.replaced:
        yield refuse(
            wire,
            "has changed, which replaces the user under the same username, but with "
            f'on_delete="{SUSPEND}" the user stays',
            f"Restore the old value, or first set {program_path(('onDelete',))} (or "
            "connect:onDelete, if that says so) to refuse in a `pulumi up` of its own.",
        )
