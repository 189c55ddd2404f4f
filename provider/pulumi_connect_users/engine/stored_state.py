"""What state holds, in the form that `users` knows; every other form is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..users.state_format import state_of_batch, state_of_status, state_of_user
from .diagnostics import batch_error_boundary, error_boundary
from .properties import decode


def subject_of_status(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The user whose status it is, for messages."""
    arn = str(inputs.get("userArn", ""))
    named = inputs.get("username")
    return {"username": named, "userArn": arn} if named else {"username": arn.rsplit("/", 1)[-1]}


def user_state(props: dict[str, Any], doing: str, user_arn: str = "") -> dict[str, Any]:
    """A user's outputs as `users` has them; state holds the ARN once, as the resource's id."""
    state = decode(props) | ({"userArn": user_arn} if user_arn else {})
    with error_boundary(doing, state):
        return state_of_user(state)


def batch_state(props: dict[str, Any], doing: str) -> dict[str, Any]:
    """A batch's outputs as `users` has them; to check, the engine gives its inputs."""
    with batch_error_boundary(doing):
        return state_of_batch(decode(props), outputs=doing != "checking")


def status_state(props: dict[str, Any], doing: str) -> dict[str, Any]:
    """A status's outputs as `users` has them."""
    state = decode(props)
    with error_boundary(f"{doing} the status of", subject_of_status(state)):
        return state_of_status(state)


def without_id(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """A user's outputs as state has them."""
    return {k: v for k, v in outputs.items() if k != "userArn"}
