"""The form of outputs in state, and its number. Pure.

What an `up` creates or updates gets the number as an output; a state without one has the form of
the first version. Adding an output keeps the number; a form that older code would misread raises
it. One older form is read too: the mark as a map, `{stack, resource}`, whose hash has 20
hexadecimal digits (states from before the first version; their ids beside the ARN are dropped).
Every other form is refused: misread, it would make users someone else's or forget them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..core.errors import UnknownState
from ..core.ownership import mark_of_inputs
from ..core.properties import Properties, Value, members
from .inputs import KnownInputs
from .state import FORMAT, STATE_FORMAT, UserState

_MARK: Final = re.compile(r".+#(?:[a-z2-7]{8}|[0-9a-f]{20})", re.DOTALL)
_WAY_OUT: Final = (
    "Nothing was changed or forgotten. Use the version of pulumi-connect-users that wrote it, or "
    "go back to an earlier state (`pulumi stack import`). Otherwise release the resource with "
    "`pulumi state delete`, which keeps the users in Connect, and adopt them with adopt=True."
)


def with_format(outputs: Properties) -> Properties:
    """The outputs of a create or update, with the number of their form."""
    return {**outputs, STATE_FORMAT: FORMAT}


def without_format(outputs: Properties) -> Properties:
    """The same without it, as inputs are."""
    return {k: v for k, v in outputs.items() if k != STATE_FORMAT}


def inputs_of_user(properties: Properties) -> KnownInputs | None:
    """The inputs of a user in state, None of a new one; raises UnknownState."""
    current = _current(properties, _wrong_texts(properties, "username", "instanceArn"))
    return KnownInputs.decode(current) if current else None


def state_of_user(properties: Properties, user_arn: str) -> UserState:
    """The state of a user from its outputs; raises UnknownState."""
    held = {**properties, "userArn": user_arn}
    return UserState.decode(_current(held, _wrong_texts(held, "username", "instanceArn")))


def state_of_batch(state: Properties, *, outputs: bool = True) -> Properties:
    """The outputs of a batch in the current form; inputs have no ids. Raises UnknownState."""
    return _current(state, _wrong_in_batch(state, outputs=outputs))


def state_of_status(state: Properties) -> Properties:
    """The outputs of an agent's status; raises UnknownState."""
    return _current(state, _wrong_texts(state, "userArn", "agentStatusId"))


def _current(state: Properties, wrong: Iterable[str]) -> Properties:
    """The state with its mark as text. An empty one is that of a new resource."""
    if not state:
        return {}
    number = state.get(STATE_FORMAT, FORMAT)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise _unknown([STATE_FORMAT])
    if number > FORMAT:
        raise UnknownState(
            f"its state has format {number}, and this version of pulumi-connect-users reads up to "
            f"{FORMAT}. Nothing was changed or forgotten. Upgrade the package, then run again."
        )
    mark = mark_of_inputs(state)
    if unknown := [*wrong, *([] if _is_known_mark(state) else ["ownership"])]:
        raise _unknown(unknown)
    return {**state, "ownership": mark.text} if mark else state


def _unknown(keys: list[str]) -> UnknownState:
    return UnknownState(
        f"this version cannot read the format of its state (see {', '.join(keys)}). {_WAY_OUT}"
    )


def _is_known_mark(state: Properties) -> bool:
    mark = mark_of_inputs(state)
    return "ownership" not in state if mark is None else bool(_MARK.fullmatch(mark.text))


def _wrong_texts(state: Properties, *keys: str) -> Iterator[str]:
    return (key for key in keys if not (isinstance(state.get(key), str) and state[key]))


def _wrong_in_batch(state: Properties, *, outputs: bool) -> Iterator[str]:
    users = state.get("users", {})
    if not isinstance(users, Mapping) or not all(map(_is_text_of_user, users.values())):
        yield "users"
        return
    if users:
        yield from _wrong_texts(state, "instanceArn")
    for key in ("userIds", "lastModifiedTimes", "passwords"):
        held = state.get(key, {})
        texts = isinstance(held, Mapping) and all(isinstance(v, str) for v in held.values())
        if not texts or (key == "userIds" and outputs and set(users) - set(members(held))):
            yield key


def _is_text_of_user(text: Value) -> bool:
    """Whether it is the JSON text of an object."""
    try:
        return isinstance(text, str) and isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
