"""The only code that imports pulumi.dynamic: Pulumi's calls become lifecycle's, and back.

State pickles these classes by reference: their import paths are frozen for ever, and they hold no
fields. What a process learns lives in `_Process`. The three share one module, however long, because
its name is a part of every state file.
"""

from __future__ import annotations

import re
import socket
import sys
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pulumi
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    Config,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from .codec import decode as _decode
from .codec import encode as _encode
from .errors import ConnectUsersError, EngineGone, InvalidUser, SettingsError
from .lifecycle.arns import last_part
from .lifecycle.fates import Fates

# Programs import this module for its class path only: what is slow to import waits for a call.
if TYPE_CHECKING:
    from .gateway.session import Session
    from .lifecycle.instance_users import InstanceUsers
    from .lifecycle.roster.work import Crew

_ADDRESS = re.compile(r"(?P<host>[\w.:\[\]-]+):(?P<port>\d{1,5})\Z")


class _Process:
    """What one provider process knows. The provider's threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._config: Config | None = None
        self._session: Session | SettingsError | None = None
        self._crew: Crew | None = None
        self.fates = Fates()

    def configure(self, config: Config) -> None:
        with self._lock:
            if self._config is None:
                self._config = config

    def session(self) -> Session:
        """The session, made on first use; raises the same SettingsError each time."""
        with self._lock:
            if self._session is None:
                try:
                    self._session = self._open()
                except SettingsError as error:
                    self._session = error
            if isinstance(self._session, SettingsError):
                raise self._session
            return self._session

    def crew(self) -> Crew:
        """The threads that work on the users of rosters, shared by all batches."""
        from concurrent.futures import ThreadPoolExecutor

        from .lifecycle.roster.work import WORKERS, Crew

        with self._lock:
            if self._crew is None:
                self._crew = Crew(ThreadPoolExecutor(WORKERS, "roster"), pulumi.log.info)
            return self._crew

    def _open(self) -> Session:
        from .gateway.session import Session
        from .gateway.settings import read_settings

        settings = read_settings(self._setting)
        if settings.is_local:
            pulumi.log.info(
                f"connect:endpoint is local: the embedded Connect in {settings.store}, not AWS"
            )
        return Session(
            settings,
            before_change=_require_engine,
            warn=pulumi.log.warn,
            inform=pulumi.log.info,
            fail=pulumi.log.error,
            fates=self.fates,
        )

    def _setting(self, key: str) -> str | None:
        value = self._config.get(f"connect:{key}") if self._config else None
        return None if value is None else str(value)


_process = _Process()


def _require_engine() -> None:
    """Raises EngineGone if the engine that started this process has ended.

    A provider outlives a killed CLI, and would go on as a second writer beside the next run. The
    engine's address is the process's last argument.
    """
    match = _ADDRESS.match(sys.argv[-1])
    if match is None:
        return
    try:
        address = (match["host"].strip("[]"), int(match["port"]))
        socket.create_connection(address, timeout=5).close()
    except OSError:
        raise EngineGone(
            "stopping: the Pulumi run that asked for this has ended. Run `pulumi up` again."
        ) from None


class _Provider(ResourceProvider):
    """What all of them do alike."""

    serialize_as_secret_always = False

    def configure(self, req: ConfigureRequest) -> None:
        """Keeps the stack's configuration for this process."""
        _process.configure(req.config)


def _refused(new: dict[str, Any], reasons: Iterable[object]) -> CheckResult:
    """What check answers where something is wrong.

    The property is empty: the engine prints the value of a named one, secret or not.
    """
    told = sorted({str(reason).strip() for reason in reasons})
    return CheckResult(_encode(new), [CheckFailure("", reason) for reason in told])


class UserProvider(_Provider):
    """Manages one user of Amazon Connect. Frozen path; no fields."""

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Judges the inputs; every failure at once, none of them holding a value."""
        from .lifecycle.check import check
        from .lifecycle.naming import shown

        old, new = _decode(olds), _decode(news)
        _process.fates.note_declared(old.get("ownership"))
        try:
            session = _process.session()
            settings = session.settings
            checked = check(
                old,
                new,
                session,
                strict=settings.strict,
                privileged=settings.privileged_profiles,
            )
        except ConnectUsersError as error:
            return _refused(new, [error])
        for warning in checked.warnings:
            pulumi.log.warn(f"{shown(new.get('username'))}: {warning}")
        if checked.failures:
            return _refused(new, checked.failures)
        return CheckResult(_encode(checked.inputs), [])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Compares old outputs with new inputs; facts and order never count."""
        from .lifecycle.naming import shown
        from .lifecycle.plan import plan

        old, new = _decode(_olds), _decode(_news)
        found = plan(old, new)
        user_id = [last_part(_id)]
        stay, leave = ([], user_id) if found.replaces else (user_id, [])
        _process.fates.note_plan(old.get("ownership"), stay, leave)
        if found.deletes_first:
            pulumi.log.warn(f"{shown(new.get('username'))}: {found.told}")
        return DiffResult(
            changes=found.changes,
            replaces=list(found.replaces),
            delete_before_replace=found.deletes_first,
        )

    def create(self, props: dict[str, Any]) -> CreateResult:
        """One CreateUser, or the adoption of the user that is ours."""
        inputs = _decode(props)
        with _told("creating", inputs):
            outputs = _users(inputs).create(inputs)
            _process.fates.note_made([last_part(outputs["userArn"])])
            return CreateResult(str(outputs["userArn"]), _without_id(outputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The user as it is; gone only if Connect says so while it shows its instance."""
        from .lifecycle.read import inputs_of

        state = _with_id(id_, props)
        with _told("reading", state):
            outputs = _users({"instanceArn": id_}).read(id_, state)
            if outputs is None:
                return ReadResult("", {})
            return ReadResult(id_, _without_id(outputs), inputs=inputs_of(outputs))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """One call for each changed group of attributes."""
        old, new = _with_id(_id, _olds), _decode(_news)
        with _told("updating", {**new, "userArn": _id}):
            outputs = _users({"instanceArn": _id}).update(_id, old, new)
            return UpdateResult(_without_id(outputs))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Deletes the user if it is still ours; absent is done."""
        state = _with_id(_id, _props)
        with _told("deleting", state):
            _users({"instanceArn": _id}).delete(_id, state)


class UserBatchProvider(_Provider):
    """Manages a 64th of a roster's users. Frozen path; no fields."""

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Judges each user; every failure at once, each naming its user."""
        from .lifecycle.roster.check import check_batch

        old, new = _decode(olds), _decode(news)
        _process.fates.note_declared(old.get("ownership"))
        try:
            session = _process.session()
            checked = check_batch(
                old,
                new,
                session,
                strict=session.settings.strict,
                guard=session.guard,
                privileged=session.settings.privileged_profiles,
            )
        except ConnectUsersError as error:
            return _refused(new, [error])
        for warning in checked.warnings:
            pulumi.log.warn(warning)
        if checked.failures:
            return _refused(new, checked.failures)
        return CheckResult(_encode(checked.inputs), [])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Compares user by user; facts and order never count."""
        from .lifecycle.roster.apply import plan_batch

        old = _decode(_olds)
        found = plan_batch(old, _decode(_news))
        _process.fates.note_plan(old.get("ownership"), found.stay, found.leave)
        return DiffResult(changes=found.changes, replaces=list(found.replaces))

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Makes or adopts each user."""
        from .lifecycle.roster.apply import create_batch

        inputs = _decode(props)
        with _told_of_batch("creating"):
            outputs = create_batch(inputs, _users(inputs), _process.crew())
            _process.fates.note_made(outputs["userIds"].values())
            return CreateResult(f"{outputs['instanceArn']}/user-batch/{uuid.uuid4()}", outputs)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The users as they are; gone only if all of them are."""
        from .lifecycle.roster.apply import read_batch
        from .lifecycle.roster.batch import inputs_of_batch

        with _told_of_batch("reading"):
            outputs = read_batch(_decode(props), _users({"instanceArn": id_}), _process.crew())
            if outputs is None:
                return ReadResult("", {})
            return ReadResult(id_, outputs, inputs=inputs_of_batch(outputs))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """The calls that each changed user needs, those first that leave."""
        from .lifecycle.roster.apply import update_batch

        new = _decode(_news)
        with _told_of_batch("updating"):
            users = _users({"instanceArn": _id})
            return UpdateResult(update_batch(_decode(_olds), new, users, _process.crew()))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Deletes each user that is still ours and not retained."""
        from .lifecycle.roster.apply import delete_batch

        with _told_of_batch("deleting"):
            delete_batch(_decode(_props), _users({"instanceArn": _id}), _process.crew())


class UserStatusProvider(_Provider):
    """Sets the status of one agent. Frozen path; no fields."""

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Judges the inputs and resolves the status's name."""
        from .lifecycle.live.status import check

        new = _decode(news)
        try:
            checked = check(_decode(olds), new, _process.session())
        except ConnectUsersError as error:
            return _refused(new, [error])
        if checked.failures:
            return _refused(new, checked.failures)
        return CheckResult(_encode(checked.inputs), [])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Another status or another trigger sets it again; another user is another resource."""
        from .lifecycle.live.status import plan

        found = plan(_decode(_olds), _decode(_news))
        return DiffResult(changes=found.changes, replaces=list(found.replaces))

    def create(self, props: dict[str, Any]) -> CreateResult:
        """One PutUserStatus."""
        inputs = _decode(props)
        return CreateResult(str(inputs["userArn"]), _put_status(inputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The live status with `enforce`; otherwise no call is made."""
        from .lifecycle.live.status import read

        state = _decode(props)
        with _told("reading the status of", _subject(state)):
            outputs = read(state, lambda: _users({"instanceArn": id_}).connect)
        return ReadResult(id_, outputs, inputs=outputs)

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """One PutUserStatus if status or triggers changed."""
        from .lifecycle.live.status import plan

        new = _decode(_news)
        calls = plan(_decode(_olds), new).calls
        return UpdateResult(_put_status(new) if calls else new)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Makes no call: a status cannot be taken back, only followed by another."""


def _put_status(inputs: dict[str, Any]) -> dict[str, Any]:
    from .lifecycle.live.status import put

    with _told("setting the status of", _subject(inputs)):
        return put(inputs, _users({"instanceArn": inputs["userArn"]}).connect)


def _subject(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The user whose status it is, for messages."""
    arn = str(inputs.get("userArn", ""))
    named = inputs.get("username")
    return {"username": named, "userArn": arn} if named else {"username": arn.rsplit("/", 1)[-1]}


def _with_id(user_arn: str, props: dict[str, Any]) -> dict[str, Any]:
    """A user's outputs as lifecycle has them; state holds the ARN once, as the resource's id."""
    return {**_decode(props), "userArn": user_arn}


def _without_id(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """A user's outputs as state has them."""
    return {k: v for k, v in outputs.items() if k != "userArn"}


def _users(inputs: Mapping[str, Any]) -> InstanceUsers:
    """The users of the instance that an ARN (of the instance, or of a user) names."""
    from .lifecycle.arns import parse_arn
    from .lifecycle.instance_users import InstanceUsers

    session = _process.session()
    arn = parse_arn(str(inputs.get("instanceArn", "")))
    if arn is None:
        raise InvalidUser("the state names no instance. Refresh the stack, or check the program.")
    bulk = partial(session.snapshot, arn.instance_arn)
    return InstanceUsers(
        session.connect(arn.instance_arn),
        session,
        session.settings.strict,
        bulk if session.settings.refresh == "bulk" else None,
    )


@contextmanager
def _told(doing: str, props: Mapping[str, Any]) -> Iterator[None]:
    """Errors as one line: doing, subject: cause. Remedy. Never a traceback through AWS's SDK."""
    from .lifecycle.telling import tell

    try:
        yield
    except ConnectUsersError as error:
        raise type(error)(tell(error, doing, props)) from None


@contextmanager
def _told_of_batch(doing: str) -> Iterator[None]:
    """Errors as one line that says what was done; the users in it are named already."""
    try:
        yield
    except ConnectUsersError as error:
        raise type(error)(f"{doing} users of a roster: {error}") from None
