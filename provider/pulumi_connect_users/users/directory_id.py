"""`DirectoryUserId`: declared with an existing directory only; elsewhere Connect assigns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from ..core.check_failure import Remarks
from ..model.attributes import program_path

if TYPE_CHECKING:
    from .declared_user import DeclaredUser

DIRECTORY_ID: Final = "directoryUserId"
V = TypeVar("V")


def is_assigned(identity_type: object) -> bool:
    """Whether Connect assigns an id to every user: then it is never sent or compared.

    An identity management type that is not known decides nothing.
    """
    return identity_type == "CONNECT_MANAGED"


def is_declared(identity_type: object) -> bool:
    """Whether a program may declare it: with SAML CreateUser refuses one (API reference)."""
    return identity_type == "EXISTING_DIRECTORY"


def left_to_connect(user: DeclaredUser) -> tuple[DeclaredUser, Remarks]:
    """The user without an id that Connect assigns, declared or in an old state.

    Warns once, when the user is created or adopted, and not at every preview after that.
    """
    if not is_assigned(user.identity_type):
        return user, Remarks()
    remarks = Remarks()
    if user.has(DIRECTORY_ID) and user.old_inputs is None:
        remarks = Remarks.warning(
            f"{program_path((DIRECTORY_ID,))}: is assigned by Connect on an instance with "
            f"{user.identity_type} identities, so this value is not used. Remove it."
        )
    old = user.old_inputs
    user = replace(
        user,
        values=_without(user.values),
        declared=_without(user.declared),
        old_inputs=old and replace(old, attributes=_without(old.attributes)),
    )
    return user, remarks


def without_assigned(user: Mapping[str, V]) -> Mapping[str, V]:
    """A user's inputs or outputs without an id that Connect assigns, which old states may hold."""
    return _without(user) if is_assigned(user.get("identityManagementType")) else user


def _without(properties: Mapping[str, V]) -> Mapping[str, V]:
    return {key: value for key, value in properties.items() if key != DIRECTORY_ID}
