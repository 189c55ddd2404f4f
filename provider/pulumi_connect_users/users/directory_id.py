"""`DirectoryUserId`: declared with an existing directory only; elsewhere Connect assigns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from ..model.attributes import program_path

if TYPE_CHECKING:
    from .rules import Draft

DIRECTORY_ID: Final = "directoryUserId"


def is_assigned(mode: object) -> bool:
    """Whether Connect gives every user an id of its own, unasked: it is never sent or compared.

    An identity management type that is not known decides nothing.
    """
    return mode == "CONNECT_MANAGED"


def is_declared(mode: object) -> bool:
    """Whether a program may say it: with SAML CreateUser refuses one (API reference)."""
    return mode == "EXISTING_DIRECTORY"


def left_to_connect(draft: Draft, warnings: list[str]) -> Draft:
    """The draft without an id that Connect assigns, be it written down or in an old state.

    One word is enough: when the user is made or taken over, and not at every preview after that.
    """
    if not is_assigned(draft.mode):
        return draft
    if draft.has(DIRECTORY_ID) and draft.old is None:
        warnings.append(
            f"{program_path((DIRECTORY_ID,))}: is assigned by Connect on an instance with "
            f"{draft.mode} identities, so this value is not used. Remove it."
        )
    old = None if draft.old is None else _without(draft.old)
    return replace(draft, values=_without(draft.values), bag=_without(draft.bag), old=old)


def without_assigned(user: Mapping[str, Any]) -> Mapping[str, Any]:
    """A user's inputs or outputs without an id that Connect assigns: states of old hold some."""
    return _without(user) if is_assigned(user.get("identityManagementType")) else user


def _without(bag: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in bag.items() if key != DIRECTORY_ID}
