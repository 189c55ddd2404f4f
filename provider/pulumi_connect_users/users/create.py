"""create: one CreateUser with everything it can carry, then the rest.

CreateUser has no idempotency token, so each of its outcomes is distinguished: created, ours already
(the response was lost, or the process was killed before the engine's checkpoint), someone else's,
unknown.
"""

from __future__ import annotations

from dataclasses import replace

from ..core.arns import user_arn
from ..core.described_user import DescribedUser
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
from ..core.ownership import whose
from ..core.privacy import display_name
from ..core.properties import Properties, Value, members
from ..model.facts import ASSOCIATE_PROFICIENCIES
from .apply import ApplyContext, apply_plan
from .flex import create_parameters, expand, flatten_user
from .initial_password import first_password
from .inputs import KnownInputs
from .partial_user import PART, left_to_others, missing_to_create
from .plan import plan
from .ports import UserApi
from .run_context import RunContext
from .state import UserState, after_read, after_write
from .suspend import reinstated
from .waiting import FEW, MOST, ONCE, retry


def create(inputs: KnownInputs, api: UserApi, run: RunContext) -> UserState:
    """Creates the user, or adopts the one that is ours.

    The outputs are the inputs with the user's ARN: no read follows, since a new user may not be
    visible for minutes (API reference, eventual consistency).
    """
    # Without `adopt`, check has found a user that this stack suspended.
    adopts = inputs.get("adopt") or inputs.get("adoption")
    existing = _find(inputs, api, run) if adopts else None
    try:
        if existing is None and inputs.is_partial:
            raise _no_user_to_adopt(inputs)
        user = _ours(existing, inputs) if existing else _create_user(inputs, api, run)
    except ConnectUsersError:
        run.outcomes.note_wanted(api.instance_arn, inputs.username)
        raise
    if isinstance(user, DescribedUser):
        return _adopt(user, inputs, api, run)
    return _completed(user_arn(api.instance_arn, user), inputs, api, run)


def resume(user_id: str, inputs: KnownInputs, api: UserApi, run: RunContext) -> UserState:
    """Completes a user that an interrupted run has created."""
    try:
        existing = api.describe(user_id)
    except NotFound:
        return create(inputs, api, run)
    if not _is_ours(existing, inputs):
        return create(inputs, api, run)
    return _adopt(existing, inputs, api, run)


def _create_user(inputs: KnownInputs, api: UserApi, run: RunContext) -> str | DescribedUser:
    """The new user's id, or the existing user of this name that is ours."""
    parameters = create_parameters(inputs)
    password = first_password(inputs, run)
    if password is not None:
        parameters["Password"] = password
    tags = {**members(inputs.get("tags")), **(inputs.mark.tags() if inputs.mark else {})}
    if tags:
        parameters["Tags"] = tags
    unanswered = False

    def attempt() -> str | DescribedUser:
        nonlocal unanswered
        try:
            return str(api.call("CreateUser", **parameters)["UserId"])
        except (OutcomeUnknown, ServiceFailure):
            # It may have been created: the next answer is Duplicate, and the mark says whose.
            unanswered = True
            raise
        except (Duplicate, QuotaExceeded) as error:
            # The user whose answer was lost may be the one that filled the quota.
            asks = unanswered or isinstance(error, Duplicate)
            existing = _find(inputs, api, run) if asks else None
            if existing is None:
                raise
            return _ours(existing, inputs)

    try:
        return retry(attempt, run, _attempts_to_create)
    except Duplicate:
        raise _invisible(inputs) from None


def _attempts_to_create(error: ApiError) -> int:
    # NotFound: a profile that was created a moment ago, perhaps by this program. Duplicate: a user
    # that was deleted a moment ago and keeps its name, or one that is not visible yet.
    passing = (NotFound, Duplicate, OutcomeUnknown, ServiceFailure)
    return MOST if isinstance(error, passing) and error.code != UNREACHABLE else ONCE


def _completed(arn: str, inputs: KnownInputs, api: UserApi, run: RunContext) -> UserState:
    """The new user with what CreateUser cannot carry, or the reason why it is incomplete.

    The user exists: a failure now must not keep it out of state, where its removal from the program
    would leave it behind. What is missing is an update of the next `up`; this run fails.
    """
    state = UserState.of(inputs, arn)
    run.admin_minimum.give(inputs)
    try:
        _associate(state, api, run)
    except ApiError as error:
        text = error_message(error, "completing", {**state.outputs, "userArn": arn})
        reason = f"{text} The user exists without proficiencies; the next `pulumi up` adds them."
        rest = {k: v for k, v in inputs.attributes.items() if k != "proficiencies"}
        state = replace(state, attributes=rest, unfinished=(reason,))
    return replace(state, last_modified=after_write(state, api.written(state.user_id)))


def _associate(state: UserState, api: UserApi, run: RunContext) -> None:
    if not state.get("proficiencies"):
        return
    entries: Value = expand("proficiencies", state.get("proficiencies"))
    retry(
        lambda: api.call(ASSOCIATE_PROFICIENCIES, UserId=state.user_id, UserProficiencies=entries),
        run,
        _attempts_to_associate,
    )


def _attempts_to_associate(error: ApiError) -> int:
    """A new user may not be visible yet; AWS also answers InvalidRequestException meanwhile."""
    if isinstance(error, NotFound):
        return MOST
    invisible = isinstance(error, InvalidRequest) and error.code == "InvalidRequestException"
    return FEW if invisible else ONCE


def _find(inputs: KnownInputs, api: UserApi, run: RunContext) -> DescribedUser | None:
    """The user of this name, None if none is visible or this process has deleted it."""
    existing = api.find(inputs.username)
    if existing is None or run.outcomes.was_deleted(existing.id):
        return None
    return existing


def _no_user_to_adopt(inputs: KnownInputs) -> InvalidUser:
    needed = missing_to_create(inputs.attributes, inputs.identity_type)
    return InvalidUser(
        f"adopting user {display_name(inputs.username)}: "
        "no user with this name exists in this instance. "
        f"Correct the name, or add what a new user needs: {', '.join(needed)}."
    )


def _invisible(inputs: KnownInputs) -> Duplicate:
    return Duplicate(
        f"creating user {display_name(inputs.username)}: the username is taken, but no such user "
        "is visible. If it was deleted or created a moment ago, run again in a minute.",
        operation="CreateUser",
    )


def _is_ours(existing: DescribedUser, inputs: KnownInputs) -> bool:
    return inputs.mark is not None and inputs.mark.is_on(existing.mark)


def _ours(existing: DescribedUser, inputs: KnownInputs) -> DescribedUser:
    """The existing user, if it has our mark or may be adopted or taken back; raises NotOurs."""
    if inputs.get("adopt") or _is_ours(existing, inputs):
        return existing
    if existing.is_suspended_by(inputs.mark):
        return existing
    subject = f"creating user {display_name(inputs.username)}, {existing.id}"
    cause, remedy = whose(existing.mark, inputs.mark)
    raise NotOurs(f"{subject}: the username {cause}. {remedy}")


def _adopt(
    existing: DescribedUser, inputs: KnownInputs, api: UserApi, run: RunContext
) -> UserState:
    """Brings an existing user to the desired state and marks it as ours."""
    username = display_name(inputs.username)
    mark, theirs = inputs.mark, existing.mark
    if existing.is_suspended_by(mark):
        if not inputs.get("adoption"):  # else check has said so
            run.inform(f"{username}: {reinstated(existing, inputs.identity_type)}")
    elif theirs is not None and not _is_ours(existing, inputs):
        run.warn(f"{username}: adopted from {theirs.owner_seen_by(mark)}")
    proficiencies = api.proficiencies(existing.id) if inputs.get("proficiencies") else None
    before = flatten_user(existing, inputs, proficiencies)
    if mark is None:
        # With ownership off no mark may stay, or the next delete would take the user for theirs.
        before = replace(before, mark=theirs)
    steps = plan(before, inputs)
    # What an adoption cannot keep the same: only the identity of a user in a directory.
    if steps.replaces:
        raise InvalidUser(
            f"adopting user {username}, {existing.id}: its {' and '.join(steps.replaces)} differs, "
            "and Connect cannot change it. Use the user's current value."
        )
    apply_plan(steps, ApplyContext(api, existing, inputs, run))
    run.admin_minimum.give(inputs)
    written = after_write(inputs, api.written(existing.id))
    state = UserState.of(inputs, user_arn(api.instance_arn, existing.id))
    modified = written or after_read(inputs, existing.last_modified)
    return replace(state.with_attributes(_part(existing, inputs, api)), last_modified=modified)


def _part(existing: DescribedUser, inputs: KnownInputs, api: UserApi) -> Properties:
    """What others decide about a part of a user, where the preview could not look."""
    if not inputs.is_partial:
        return {}
    part = left_to_others(existing, inputs)
    if not part or part == inputs.get(PART):
        return {}
    return {PART: part, **api.names_of({k: v for k, v in part.items() if v})}
