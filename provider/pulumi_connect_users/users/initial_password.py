"""An initial password: generated and kept before the user is created.

First the secret, then the user: a run that ends in between leaves a secret that the next run finds
by its name and uses. (The other way round it would leave a user whose password is lost.)
"""

import hashlib
import secrets
import string
from collections.abc import Callable, Mapping
from typing import Final

from ..core.errors import ApiError, InvalidUser
from ..core.ownership import OwnershipMark
from ..core.privacy import display_name
from ..core.properties import Properties, text
from ..model.initial_password import DEFAULT_LENGTH
from .inputs import KnownInputs
from .ports import UserApi
from .run_context import RunContext
from .state import UserState

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


def secret_name(mark: OwnershipMark, instance_arn: str, username: str) -> str:
    """The name of a new user's secret."""
    parts = (mark.stack, mark.resource, instance_arn, username)
    return PREFIX + hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]


def first_password(inputs: KnownInputs, run: RunContext) -> str | None:
    """The password for CreateUser, stored before it is returned; None without initialPassword."""
    options = _options(inputs)
    if options is None:
        return None
    length = _number(options, "length", DEFAULT_LENGTH)
    name, secret_store = _secret_name(inputs), run.secret_store
    if secret_store is None:
        run.warn(
            f"{display_name(inputs.username)}: its password is not stored: the embedded Connect "
            "has no login"
        )
        return generate(length)
    if name is None:
        raise InvalidUser("initial_password needs the ownership mark: set connect:ownership to on.")
    key = text(options.get("kmsKeyId"))
    return secret_store.keep(name, inputs.username, lambda: generate(length), key)


def forget_password(state: UserState, run: RunContext) -> None:
    """Schedules the deletion of a deleted user's secret, if asked; a failure is a warning."""
    _forget(state, run, lambda: False)


def forget_password_of_absent(state: UserState, api: UserApi, run: RunContext) -> None:
    """The same for a user who was gone already, unless one of that name has been created since.

    It would have the same secret: the name does not tell one user from the next.
    """
    _forget(state, run, lambda: api.find(state.username) is not None)


def _forget(state: UserState, run: RunContext, is_used: Callable[[], bool]) -> None:
    options, name, secret_store = _options(state), _secret_name(state), run.secret_store
    if options is None or options.get("onUserDelete") != "schedule":
        return
    if secret_store is None or name is None:
        return
    try:
        if not is_used():
            secret_store.schedule(name, _number(options, "recoveryDays", _RECOVERY_DAYS))
    except ApiError as error:
        run.warn(f"{display_name(state.username)}: deleted, but its secret {name} is left: {error}")


def _options(user: KnownInputs) -> Properties | None:
    options = user.attributes.get("initialPassword")
    return options if isinstance(options, Mapping) else None


def _number(options: Properties, member: str, default: int) -> int:
    value = options.get(member)
    return value if isinstance(value, int) else default


def _secret_name(user: KnownInputs) -> str | None:
    """The name in state: renaming a resource changes its mark, and moves no secret."""
    name = text(user.attributes.get("initialPasswordSecret"))
    if name or user.mark is None:
        return name
    return secret_name(user.mark, user.instance_arn, user.username)
