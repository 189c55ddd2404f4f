"""The form of outputs in state, and its number. Pure.

What an `up` creates or updates gets the number as an output; a state without one has the form of
the first version. Adding an output keeps the number; a form that older code would misread raises
it. What is read beside the present form: the mark as a map, `{stack, resource}`, whose hash has 20
hexadecimal digits (states from before the first version; their ids beside the ARN are dropped).
Every other form is refused: read as something else, it would make users strangers' or forget them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from ..core.errors import UnknownState
from ..core.ownership import mark_of_inputs

STATE_FORMAT: Final = "stateFormat"
FORMAT: Final = 1
"""The number of the present form, which is the first version's."""

_MARK: Final = re.compile(r".+#(?:[a-z2-7]{8}|[0-9a-f]{20})", re.DOTALL)
_WAY_OUT: Final = (
    "Nothing was changed or forgotten. Use the version of pulumi-connect-users that wrote it, or "
    "go back to an earlier state (`pulumi stack import`). Otherwise release the resource with "
    "`pulumi state delete`, which keeps the users in Connect, and take them over with adopt=True."
)


def with_format(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs of a create or update, with the number of their form."""
    return {**outputs, STATE_FORMAT: FORMAT}


def without_format(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The same without it, as inputs are."""
    return {k: v for k, v in outputs.items() if k != STATE_FORMAT}


def state_of_user(state: Mapping[str, Any]) -> dict[str, Any]:
    """A user's outputs or inputs in the present form; raises UnknownState."""
    return _read(state, lambda: _wrong_texts(state, "username", "instanceArn"))


def state_of_batch(state: Mapping[str, Any], *, outputs: bool = True) -> dict[str, Any]:
    """The same for a batch of a roster; inputs have no ids."""
    return _read(state, lambda: _wrong_in_batch(state, outputs=outputs))


def state_of_status(state: Mapping[str, Any]) -> dict[str, Any]:
    """The same for an agent's status."""
    return _read(state, lambda: _wrong_texts(state, "userArn", "agentStatusId"))


def _read(state: Mapping[str, Any], wrong: Callable[[], Iterator[str]]) -> dict[str, Any]:
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
    if unknown := [*wrong(), *([] if _is_known_mark(state) else ["ownership"])]:
        raise _unknown(unknown)
    return {**state, "ownership": mark.text} if mark else dict(state)


def _unknown(keys: list[str]) -> UnknownState:
    return UnknownState(
        f"its state has a form that this version of pulumi-connect-users does not know (see "
        f"{', '.join(keys)}). {_WAY_OUT}"
    )


def _is_known_mark(state: Mapping[str, Any]) -> bool:
    mark = mark_of_inputs(state)
    return "ownership" not in state if mark is None else bool(_MARK.fullmatch(mark.text))


def _wrong_texts(state: Mapping[str, Any], *keys: str) -> Iterator[str]:
    return (key for key in keys if not (isinstance(state.get(key), str) and state[key]))


def _wrong_in_batch(state: Mapping[str, Any], *, outputs: bool) -> Iterator[str]:
    users = state.get("users", {})
    if not isinstance(users, Mapping) or not all(map(_is_text_of_user, users.values())):
        yield "users"
        return
    if users:
        yield from _wrong_texts(state, "instanceArn")
    for key in ("userIds", "lastModifiedTimes", "passwords"):
        held = state.get(key, {})
        texts = isinstance(held, Mapping) and all(isinstance(v, str) for v in held.values())
        if not texts or (key == "userIds" and outputs and set(users) - set(held)):
            yield key


def _is_text_of_user(text: object) -> bool:
    """Whether it is the JSON text of an object."""
    try:
        return isinstance(text, str) and isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
