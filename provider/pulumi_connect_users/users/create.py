"""create: one CreateUser with everything it can carry, then what it cannot.

CreateUser has no idempotency token, so every way in which it can end is told apart: made, already
ours (its answer was lost, or the process was killed before the engine's checkpoint), somebody
else's, not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.arns import user_arn
from ..core.errors import (
    UNREACHABLE,
    ApiError,
    ConnectUsersError,
    Duplicate,
    InvalidRequest,
    InvalidUser,
    NotFound,
    NotOurs,
    OutcomeUnknown,
    QuotaExceeded,
    ServiceFailure,
)
from ..core.messages import error_message
from ..core.ownership import mark_of_inputs, mark_of_tags, whose
from ..core.privacy import display_name
from ..core.unfinished import UNFINISHED
from ..model.facts import ASSOCIATE_PROFICIENCIES
from .apply import ApplyContext, apply_plan
from .flex import create_parameters, expand, flatten_user
from .initial_password import first_password
from .last_modified import after_read, after_write
from .partial_user import PART, is_partial, left_to_others, missing_to_create
from .plan import plan
from .ports import ConnectInstance

_LOOKS = 4
"""How often an answer that is probably final is not believed."""


def create(inputs: Mapping[str, Any], connect: ConnectInstance) -> dict[str, Any]:
    """Makes the user, or adopts the one that is ours; returns the outputs.

    The outputs are the inputs with `userArn`: no read follows, since a user that was
    just made may not be visible for minutes (API reference, eventual consistency).
    """
    existing = _alive(inputs, connect) if inputs.get("adopt") else None
    try:
        if existing is None and is_partial(inputs):
            raise _nobody(inputs)
        made = existing or _create_user(inputs, connect)
    except ConnectUsersError:
        connect.outcomes.note_wanted(connect.instance_arn, str(inputs["username"]))
        raise
    if isinstance(made, str):
        done = _with_proficiencies(made, inputs, connect)
        return outputs(done, connect, made) | after_write(inputs, connect.written(made))
    return _adopt(made, inputs, connect)


def resume(user_id: str, inputs: Mapping[str, Any], connect: ConnectInstance) -> dict[str, Any]:
    """Finishes a user that an interrupted run has made; returns the outputs."""
    try:
        existing = connect.describe(user_id)
    except NotFound:
        return create(inputs, connect)
    if mark_of_tags(existing.get("Tags") or {}) != mark_of_inputs(inputs):
        return create(inputs, connect)
    return _adopt(existing, inputs, connect)


def outputs(inputs: Mapping[str, Any], connect: ConnectInstance, user_id: str) -> dict[str, Any]:
    """The inputs and what Connect gave: the outputs of a create or update."""
    return dict(inputs) | {"userArn": user_arn(connect.instance_arn, user_id)}


def _create_user(inputs: Mapping[str, Any], connect: ConnectInstance) -> str | Mapping[str, Any]:
    """The new user's id, or DescribeUser's answer for the user of this name that is ours."""
    parameters = create_parameters(inputs)
    password = first_password(inputs, connect)
    if password is not None:
        parameters["Password"] = password
    tags = dict(inputs.get("tags") or {})
    mark = mark_of_inputs(inputs)
    tags |= mark.tags() if mark else {}
    if tags:
        parameters["Tags"] = tags
    attempt, unanswered = 0, False
    while True:
        attempt += 1
        try:
            return str(connect.call("CreateUser", **parameters)["UserId"])
        except Duplicate:
            existing = _alive(inputs, connect)
            if existing is not None:
                return _ours(existing, inputs)
            # Either deleted a moment ago and still taken, or made and not visible yet.
            if not connect.pause(attempt):
                raise _invisible(inputs) from None
        except NotFound:
            # A profile or group that was made a moment ago, perhaps by this very program.
            if not connect.pause(attempt):
                raise
        except QuotaExceeded:
            # The user whose answer was lost may be the one that filled the quota.
            existing = _alive(inputs, connect) if unanswered else None
            if existing is None:
                raise
            return _ours(existing, inputs)
        except (OutcomeUnknown, ServiceFailure) as error:
            # It may have been made: asking again answers Duplicate, and the mark tells whose.
            unanswered = True
            if error.code == UNREACHABLE or not connect.pause(attempt):
                raise


def _with_proficiencies(
    user_id: str, inputs: Mapping[str, Any], connect: ConnectInstance
) -> Mapping[str, Any]:
    """The inputs as far as they came true, with why that is not all.

    The user exists: a failure now must not keep it out of state, where its removal from the program
    would leave it behind. What is missing is an update of the next `up`; this run fails.
    """
    try:
        _associate(user_id, inputs, connect)
    except ApiError as error:
        text = error_message(error, "completing", outputs(inputs, connect, user_id))
        reason = f"{text} The user exists without proficiencies; the next `pulumi up` adds them."
        done = {k: v for k, v in inputs.items() if k != "proficiencies"}
        return {**done, UNFINISHED: [reason]}
    return inputs


def _associate(user_id: str, inputs: Mapping[str, Any], connect: ConnectInstance) -> None:
    """What CreateUser cannot carry; a user that was just made may not be visible yet."""
    if not inputs.get("proficiencies"):
        return
    wanted = expand("proficiencies", inputs["proficiencies"])
    attempt = 0
    while True:
        attempt += 1
        try:
            connect.call(ASSOCIATE_PROFICIENCIES, UserId=user_id, UserProficiencies=wanted)
            return
        except (NotFound, InvalidRequest) as error:
            # AWS answers so too while a creation spreads; mostly it means what it says.
            late = error.code == "InvalidRequestException" and attempt < _LOOKS
            if not (late or isinstance(error, NotFound)) or not connect.pause(attempt):
                raise


def _alive(inputs: Mapping[str, Any], connect: ConnectInstance) -> Mapping[str, Any] | None:
    """The user of this name, None if none is visible or this process has deleted it."""
    existing = connect.find(str(inputs["username"]))
    return (
        None if existing is None or connect.outcomes.was_deleted(str(existing["Id"])) else existing
    )


def _nobody(inputs: Mapping[str, Any]) -> InvalidUser:
    needed = missing_to_create(inputs, inputs.get("identityManagementType"))
    return InvalidUser(
        f"adopting user {display_name(inputs['username'])}: "
        "no user of this name exists in this instance. "
        f"Correct the name, or give what a new user needs: {', '.join(needed)}."
    )


def _invisible(inputs: Mapping[str, Any]) -> Duplicate:
    return Duplicate(
        f"creating user {display_name(inputs['username'])}: Connect says that the username is "
        "taken, but "
        "no such user is visible. If it was deleted or created a moment ago, run again in a "
        "minute.",
        operation="CreateUser",
    )


def _ours(existing: Mapping[str, Any], inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    """The existing user, if it carries our mark or may be taken over; raises NotOurs."""
    theirs, mark = mark_of_tags(existing.get("Tags") or {}), mark_of_inputs(inputs)
    if inputs.get("adopt") or (mark is not None and theirs == mark):
        return existing
    subject = f"creating user {display_name(inputs['username'])}, {existing['Id']}"
    cause, remedy = whose(theirs, mark)
    raise NotOurs(f"{subject}: the username {cause}. {remedy}")


def _adopt(
    existing: Mapping[str, Any], inputs: Mapping[str, Any], connect: ConnectInstance
) -> dict[str, Any]:
    """Brings an existing user to the desired state and marks it as ours."""
    user_id = str(existing["Id"])
    username = display_name(inputs["username"])
    mark, theirs = mark_of_inputs(inputs), mark_of_tags(existing.get("Tags") or {})
    if theirs is not None and theirs != mark:
        same = mark is not None and theirs.stack == mark.stack
        former = "another resource of this stack" if same else f"the stack {theirs.stack}"
        connect.warn(f"{username}: taken over from {former}")
    proficiencies = connect.proficiencies(user_id) if inputs.get("proficiencies") else None
    before = flatten_user(existing, dict(inputs), proficiencies)
    if theirs is not None and mark is None:
        # Without ownership nobody's mark may stay, or the next delete would take it for theirs.
        before["ownership"] = theirs.text
    steps = plan(before, inputs)
    # What an adoption cannot keep the same: only the identity of a user in a directory.
    if steps.replaces:
        raise InvalidUser(
            f"adopting user {username}, {user_id}: its {' and '.join(steps.replaces)} differs, "
            "which no call changes. Give the value that the user has."
        )
    apply_plan(steps, ApplyContext(connect, existing, inputs))
    known = after_read(inputs, existing) | after_write(inputs, connect.written(user_id))
    known |= _part_of(existing, inputs, connect)
    return outputs(inputs, connect, user_id) | known


def _part_of(
    existing: Mapping[str, Any], inputs: Mapping[str, Any], connect: ConnectInstance
) -> dict[str, Any]:
    """What of a part others decide, where the preview could not look."""
    held = left_to_others(existing, inputs) if is_partial(inputs) else {}
    if not held or held == inputs[PART]:
        return {}
    return {PART: held, **connect.names_of({k: v for k, v in held.items() if v})}
