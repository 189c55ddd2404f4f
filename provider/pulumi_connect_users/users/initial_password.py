"""A first password: made up and kept before the user is made.

First the secret, then the user: a run that ends in between leaves a secret that the next run finds
by its name and uses. (The other way round it would leave a user whose password nobody knows.)
"""

from __future__ import annotations

import hashlib
import secrets
import string
from collections.abc import Callable, Mapping
from typing import Any, Final

from ..core.errors import ApiError, InvalidUser
from ..core.ownership import mark_of_inputs
from ..core.privacy import display_name
from ..model.initial_password import DEFAULT_LENGTH
from .ports import ConnectInstance

PREFIX: Final = "connect-users/"
_ALPHABETS: Final = (
    # Without characters that are mistaken for each other when they are read out.
    "".join(c for c in string.ascii_lowercase if c not in "lo"),
    "".join(c for c in string.ascii_uppercase if c not in "IO"),
    "23456789",
    "-_+=.:#%",
)
_RECOVERY_DAYS: Final = 30


def generate(length: int = DEFAULT_LENGTH) -> str:
    """A random password of every class of characters (API reference, CreateUser, Password)."""
    characters = [secrets.choice(alphabet) for alphabet in _ALPHABETS]
    everything = "".join(_ALPHABETS)
    characters += [secrets.choice(everything) for _ in range(length - len(characters))]
    secrets.SystemRandom().shuffle(characters)
    return "".join(characters)


def secret_name(inputs: Mapping[str, Any]) -> str | None:
    """The name of the user's secret: a hash of mark, instance and username; None without a mark.

    A name that state knows stays: renaming a resource changes its mark, and moves no secret.
    """
    known = inputs.get("initialPasswordSecret")
    if isinstance(known, str):
        return known
    mark = mark_of_inputs(inputs)
    if mark is None:
        return None
    parts = (mark.stack, mark.resource, str(inputs["instanceArn"]), str(inputs["username"]))
    return PREFIX + hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]


def first_password(inputs: Mapping[str, Any], connect: ConnectInstance) -> str | None:
    """The password for CreateUser, kept by now; None if the program asks for none."""
    asked = inputs.get("initialPassword")
    if not isinstance(asked, Mapping):
        return None
    length = int(asked.get("length") or DEFAULT_LENGTH)
    name, secret_store = secret_name(inputs), connect.secret_store
    if secret_store is None:
        connect.warn(
            f"{display_name(inputs.get('username'))}: "
            "the first password was made up and is kept nowhere: "
            "this is the embedded Connect, where nobody logs in"
        )
        return generate(length)
    if name is None:
        raise InvalidUser("initial_password needs the ownership mark: set connect:ownership to on.")
    key = asked.get("kmsKeyId")
    return secret_store.keep(name, str(inputs["username"]), lambda: generate(length), key)


def forget_password(state: Mapping[str, Any], connect: ConnectInstance) -> None:
    """Schedules the deletion of a deleted user's secret, if asked; a failure is only told."""
    _forget(state, connect, lambda: False)


def forget_password_of_absent(state: Mapping[str, Any], connect: ConnectInstance) -> None:
    """The same for a user who was gone already, unless one of that name has been made since.

    It would have the same secret: the name does not tell one user from the next.
    """
    _forget(state, connect, lambda: connect.find(str(state.get("username"))) is not None)


def _forget(
    state: Mapping[str, Any], connect: ConnectInstance, is_used: Callable[[], bool]
) -> None:
    asked, name, secret_store = (
        state.get("initialPassword"),
        secret_name(state),
        connect.secret_store,
    )
    if not isinstance(asked, Mapping) or asked.get("onUserDelete") != "schedule":
        return
    if secret_store is None or name is None:
        return
    try:
        if not is_used():
            secret_store.schedule(name, int(asked.get("recoveryDays") or _RECOVERY_DAYS))
    except ApiError as error:
        connect.warn(
            f"{display_name(state.get('username'))}: deleted, but its secret {name} is left: "
            f"{error}"
        )
