"""The only code that implements pulumi.dynamic: Pulumi's calls become the core's, and back.

State pickles these classes by reference: their import paths are frozen for ever, and they hold no
fields (what a process learns is in `run`). The three share one module because its name is a
part of every state file.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pulumi.dynamic import (
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from .core.arns import last_part
from .core.errors import ConnectUsersError
from .engine.diagnostics import batch_error_boundary, check_result, error_boundary
from .engine.properties import decode as _decode
from .engine.properties import encode as _encode
from .engine.run import run, warn
from .engine.stored_state import (
    batch_state,
    status_state,
    subject_of_status,
    user_state,
    without_id,
)
from .resources.late_instance import FROM_RESOURCE
from .users.state_format import with_format, without_format

if TYPE_CHECKING:
    from .core.check_failure import Finding

# Programs import this module for its class path only: what is slow to import waits for a call.


class _Provider(ResourceProvider):
    """What all of them do alike."""

    serialize_as_secret_always = False

    def configure(self, req: ConfigureRequest) -> None:
        """Keeps the stack's configuration for this process."""
        run.configure(req.config)


class UserProvider(_Provider):
    """Manages one user of Amazon Connect. Frozen path; no fields."""

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Judges the inputs; every failure at once, none of them holding a value."""
        from .core.privacy import display_name
        from .users.check import check

        new = _decode(news)
        late = new.pop(FROM_RESOURCE, False)
        try:
            old = user_state(olds, "checking")
            run.outcomes.note_declared(old.get("ownership"))
            session = run.session()
            settings = session.settings
            checked = check(
                old,
                new,
                session,
                strict=settings.strict and not late,
                privileged=settings.privileged_profiles,
                claims=run.claims,
                similar_usernames=run.similar_usernames,
            )
        except ConnectUsersError as error:
            return check_result(new, [error])
        for warning in checked.warnings:
            warn(f"{display_name(new.get('username'))}: {warning}")
        _warn_of_rules((new.get("username"), finding) for finding in checked.rule_warnings)
        beyond = session.deletion_limit.foresee_replacement(old, checked.inputs)
        if failures := [*checked.failures, *([beyond] if beyond else [])]:
            return check_result(new, failures)
        return CheckResult(_encode(checked.inputs), [])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Compares old outputs with new inputs; facts and order never count."""
        from .core.privacy import display_name
        from .users.plan import plan

        old, new = user_state(_olds, "comparing", _id), _decode(_news)
        found = plan(old, new)
        user_id = [last_part(_id)]
        stay, leave = ([], user_id) if found.replaces else (user_id, [])
        run.outcomes.note_plan(old.get("ownership"), stay, leave)
        if found.deletes_first:
            warn(f"{display_name(new.get('username'))}: {found.told}")
        return DiffResult(
            changes=found.changes,
            replaces=list(found.replaces),
            delete_before_replace=found.deletes_first,
        )

    def create(self, props: dict[str, Any]) -> CreateResult:
        """One CreateUser, or the adoption of the user that is ours."""
        inputs = _decode(props)
        with error_boundary("creating", inputs):
            outputs = run.users(inputs.get("instanceArn")).create(inputs)
            run.outcomes.note_made([last_part(outputs["userArn"])])
            return CreateResult(str(outputs["userArn"]), with_format(without_id(outputs)))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The user as it is; gone only if Connect says so while it shows its instance."""
        from .users.read import inputs_of

        state = user_state(props, "reading", id_)
        with error_boundary("reading", state):
            outputs = run.users(id_).read(id_, state)
            if outputs is None:
                return ReadResult("", {})
            return ReadResult(id_, without_id(outputs), inputs=inputs_of(outputs))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """One call for each changed group of attributes."""
        old, new = user_state(_olds, "updating", _id), _decode(_news)
        with error_boundary("updating", {**new, "userArn": _id}):
            outputs = run.users(_id).update(_id, old, new)
            return UpdateResult(with_format(without_id(outputs)))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Deletes the user if it is still ours; absent is done."""
        state = user_state(_props, "deleting", _id)
        with error_boundary("deleting", state):
            run.users(_id).delete(_id, state)


class UserBatchProvider(_Provider):
    """Manages a 64th of a roster's users. Frozen path; no fields."""

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Judges each user; every failure at once, each naming its user."""
        from .roster.check import check_batch

        new = _decode(news)
        late = new.pop(FROM_RESOURCE, False)
        try:
            old = batch_state(olds, "checking")
            run.outcomes.note_declared(old.get("ownership"))
            session = run.session()
            checked = check_batch(
                old,
                new,
                session,
                strict=session.settings.strict and not late,
                deletion_limit=session.deletion_limit,
                privileged=session.settings.privileged_profiles,
                claims=run.claims,
                similar_usernames=run.similar_usernames,
            )
        except ConnectUsersError as error:
            return check_result(new, [error])
        for warning in checked.warnings:
            warn(warning)
        _warn_of_rules(checked.rule_warnings)
        if checked.failures:
            return check_result(new, checked.failures)
        return CheckResult(_encode(checked.inputs), [])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Compares user by user; facts and order never count."""
        from .roster.apply import plan_batch

        old = batch_state(_olds, "comparing")
        found = plan_batch(old, _decode(_news))
        run.outcomes.note_plan(old.get("ownership"), found.stay, found.leave)
        return DiffResult(changes=found.changes, replaces=list(found.replaces))

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Makes or adopts each user."""
        from .roster.apply import create_batch

        inputs = _decode(props)
        with batch_error_boundary("creating"):
            outputs = create_batch(inputs, run.users(inputs.get("instanceArn")), run.workers())
            run.outcomes.note_made(outputs["userIds"].values())
            id_ = f"{outputs['instanceArn']}/user-batch/{uuid.uuid4()}"
            return CreateResult(id_, with_format(outputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The users as they are; gone only if all of them are."""
        from .roster.apply import read_batch
        from .roster.batch import inputs_of_batch

        state = batch_state(props, "reading")
        with batch_error_boundary("reading"):
            outputs = read_batch(state, run.users(id_), run.workers())
            if outputs is None:
                return ReadResult("", {})
            return ReadResult(id_, outputs, inputs=inputs_of_batch(outputs))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """The calls that each changed user needs, those first that leave."""
        from .roster.apply import update_batch

        old, new = batch_state(_olds, "updating"), _decode(_news)
        with batch_error_boundary("updating"):
            users = run.users(_id)
            return UpdateResult(with_format(update_batch(old, new, users, run.workers())))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Deletes each user that is still ours and not retained."""
        from .roster.apply import delete_batch

        state = batch_state(_props, "deleting")
        with batch_error_boundary("deleting"):
            delete_batch(state, run.users(_id), run.workers())


class UserStatusProvider(_Provider):
    """Sets the status of one agent. Frozen path; no fields."""

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Judges the inputs and resolves the status's name."""
        from .users.status_check import check

        new = _decode(news)
        try:
            checked = check(status_state(olds, "checking"), new, run.session())
        except ConnectUsersError as error:
            return check_result(new, [error])
        if checked.failures:
            return check_result(new, checked.failures)
        return CheckResult(_encode(checked.inputs), [])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Another status or another trigger sets it again; another user is another resource."""
        from .users.status import plan

        found = plan(status_state(_olds, "comparing"), _decode(_news))
        return DiffResult(changes=found.changes, replaces=list(found.replaces))

    def create(self, props: dict[str, Any]) -> CreateResult:
        """One PutUserStatus."""
        inputs = _decode(props)
        return CreateResult(str(inputs["userArn"]), with_format(_put_status(inputs)))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The live status with `enforce`; otherwise no call is made."""
        from .users.status import read

        state = status_state(props, "reading")
        with error_boundary("reading the status of", subject_of_status(state)):
            outputs = read(state, lambda: run.users(id_).connect)
        return ReadResult(id_, outputs, inputs=without_format(outputs))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """One PutUserStatus if status or triggers changed."""
        from .users.status import plan

        new = _decode(_news)
        calls = plan(status_state(_olds, "updating"), new).calls
        return UpdateResult(with_format(_put_status(new) if calls else new))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Makes no call: a status cannot be taken back, only followed by another."""
        status_state(_props, "deleting")


def _warn_of_rules(found: Iterable[tuple[object, Finding]]) -> None:
    for line in run.rule_warnings.lines(found):
        warn(line)


def _put_status(inputs: dict[str, Any]) -> dict[str, Any]:
    from .users.status import put

    with error_boundary("setting the status of", subject_of_status(inputs)):
        return put(inputs, run.users(inputs["userArn"]).connect)
