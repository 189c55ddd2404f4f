"""create: one CreateUser with everything it can carry, then what it cannot.

CreateUser has no idempotency token, so every way in which it can end is told apart: made, already
ours (its answer was lost, or the process was killed before the engine's checkpoint), somebody
else's, not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Duplicate, InvalidUser, NotOurs, OutcomeUnknown, ServiceFailure
from ..model.facts import ASSOCIATE_PROFICIENCIES
from .arns import user_arn
from .connect import Connect
from .flatten import create_parameters, expand, flatten_user
from .naming import shown
from .ownership import Mark, mark_of_inputs, mark_of_tags
from .plan import plan
from .steps import Target, carry_out


def create(inputs: Mapping[str, Any], connect: Connect) -> dict[str, Any]:
    """Makes the user, or adopts the one that is ours; returns the outputs.

    The outputs are the inputs with `userId` and `userArn`: no read follows, since a user that was
    just made may not be visible for minutes (API reference, eventual consistency).
    """
    if inputs.get("adopt"):
        existing = connect.find(str(inputs["username"]))
        if existing is not None:
            return _adopt(existing, inputs, connect)
    user_id = _create_user(inputs, connect)
    if user_id is None:
        return _adopt(_ours(inputs, connect), inputs, connect)
    if inputs.get("proficiencies"):
        wanted = expand("proficiencies", inputs["proficiencies"])
        connect.call(ASSOCIATE_PROFICIENCIES, UserId=user_id, UserProficiencies=wanted)
    return outputs(inputs, connect, user_id)


def outputs(inputs: Mapping[str, Any], connect: Connect, user_id: str) -> dict[str, Any]:
    """The inputs and what Connect gave: the outputs of a create or update."""
    return dict(inputs) | {"userId": user_id, "userArn": user_arn(connect.instance_arn, user_id)}


def _create_user(inputs: Mapping[str, Any], connect: Connect) -> str | None:
    """The new user's id; None if there is a user of this name who may be ours."""
    parameters = create_parameters(inputs)
    tags = dict(inputs.get("tags") or {})
    mark = mark_of_inputs(inputs)
    tags |= mark.tags() if mark else {}
    if tags:
        parameters["Tags"] = tags
    attempt = 0
    while True:
        attempt += 1
        try:
            return str(connect.call("CreateUser", **parameters)["UserId"])
        except Duplicate:
            if not _just_deleted(inputs, connect) or not connect.pause(attempt):
                return None
        except (OutcomeUnknown, ServiceFailure):
            # It may have been made: asking again answers Duplicate, and the mark tells whose.
            if not connect.pause(attempt):
                raise


def _just_deleted(inputs: Mapping[str, Any], connect: Connect) -> bool:
    """Whether the username is only still taken by a user that is already deleted."""
    existing = connect.find(str(inputs["username"]))
    return existing is None or connect.was_deleted(str(existing["Id"]))


def _ours(inputs: Mapping[str, Any], connect: Connect) -> Mapping[str, Any]:
    """The existing user of this name, if it carries our mark."""
    username = str(inputs["username"])
    existing = connect.find(username)
    subject = f"creating user {shown(username)}"
    if existing is None or connect.was_deleted(str(existing["Id"])):
        raise Duplicate(
            f"{subject}: Connect says that the username is taken, but no such user is visible. "
            "If it was deleted or created a moment ago, run again in a minute.",
            operation="CreateUser",
            code="DuplicateResourceException",
        )
    theirs, mark = mark_of_tags(existing.get("Tags") or {}), mark_of_inputs(inputs)
    if mark is not None and theirs == mark:
        return existing
    raise NotOurs(f"{subject}, {existing['Id']}: {_whose(theirs, mark)}")


def _whose(theirs: Mark | None, mark: Mark | None) -> str:
    if theirs is None:
        return (
            "the username is taken by a user that no stack manages. "
            "Take it over with adopt=True, or choose another username."
        )
    if mark is not None and theirs.stack == mark.stack:
        return (
            "the username is taken by another resource of this stack. "
            "Keep one resource for each username; after renaming a resource, give it an alias."
        )
    return (
        f"the username is taken by a user of the stack {theirs.stack}. "
        "Remove it there first, or take it over with adopt=True if that stack is gone."
    )


def _adopt(
    existing: Mapping[str, Any], inputs: Mapping[str, Any], connect: Connect
) -> dict[str, Any]:
    """Brings an existing user to the desired state and marks it as ours."""
    user_id = str(existing["Id"])
    username = shown(inputs["username"])
    mark, theirs = mark_of_inputs(inputs), mark_of_tags(existing.get("Tags") or {})
    if theirs is not None and mark is not None and theirs.stack != mark.stack:
        connect.warn(f"{username}: taken over from the stack {theirs.stack}")
    proficiencies = connect.proficiencies(user_id) if inputs.get("proficiencies") else None
    before = flatten_user(existing, dict(inputs), proficiencies)
    steps = plan(before, inputs)
    # What an adoption cannot keep the same: only the identity of a user in a directory.
    if steps.replaces:
        raise InvalidUser(
            f"adopting user {username}, {user_id}: its {' and '.join(steps.replaces)} differs, "
            "which no call changes. Give the value that the user has."
        )
    carry_out(steps, Target(connect, existing, inputs))
    return outputs(inputs, connect, user_id)
