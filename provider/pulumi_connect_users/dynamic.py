"""The dynamic front end: Pulumi's calls of a dynamic provider become the engine's, and back.

State pickles the three classes at the end by reference: their paths are frozen permanently, and
they hold no fields (what a process learns is in `run`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from .core.errors import ConnectUsersError
from .core.ownership import mark_of_inputs
from .engine.engine_watch import watch
from .engine.messages import FrontEnd, Severity
from .engine.resource import decode, encode
from .engine.run import Run

if TYPE_CHECKING:
    from .core.properties import Properties, Value
    from .engine.resource import Kind, Resource

NAMESPACE: Final = "connect:"
FROM_RESOURCE: Final = "instanceFromResource"
"""An input of the resource classes for check alone: the instance's ARN is a resource's output."""
_PROVIDER: Final = "__provider"
_UNKNOWN: Final[Any] = pulumi.output.UNKNOWN
"""Pulumi's own object, which stands among a bag's values on the way to the engine."""


class _Provider(ResourceProvider):
    """Any of the three, by the kind of its resource."""

    serialize_as_secret_always = False
    kind: ClassVar[Kind]

    def configure(self, req: ConfigureRequest) -> None:
        """Keeps the stack's configuration for this process."""
        watch()
        # The SDK (3.272) has no way to ask which keys there are.
        keys = vars(req.config).get("_props", {})
        run.configure(
            lambda key: _text(req.config.get(NAMESPACE + key)),
            [key.removeprefix(NAMESPACE) for key in keys if key.startswith(NAMESPACE)],
        )

    def check(self, olds: Properties, news: Properties) -> CheckResult:
        """Judges the inputs.

        The property of a failure is empty: the engine prints the value of a named one, secret or
        not.
        """
        new = _decode(news)
        lenient = bool(new.pop(FROM_RESOURCE, False))
        checked = self._resource().check(_decode(olds), new, lenient=lenient)
        failures = [CheckFailure("", reason) for reason in checked.failures]
        return CheckResult(encode(new if failures else checked.inputs, _UNKNOWN), failures)

    def diff(self, _id: str, _olds: Properties, _news: Properties) -> DiffResult:
        """Compares old outputs with new inputs."""
        with _no_traceback():
            plan = self._resource().plan(_id, _decode(_olds), _decode(_news))
        return DiffResult(plan.changes, list(plan.replaces), None, plan.deletes_first)

    def create(self, props: Properties) -> CreateResult:
        """Creates the resource."""
        with _no_traceback():
            created = self._resource().create(_decode(props))
        return CreateResult(created.id, dict(created.outputs))

    def read(self, id_: str, props: Properties) -> ReadResult:
        """Reads the resource; without an id it was deleted."""
        with _no_traceback():
            actual = self._resource().read(id_, _decode(props))
        if actual is None:
            return ReadResult("", {})
        return ReadResult(id_, dict(actual.outputs), inputs=dict(actual.inputs))

    def update(self, _id: str, _olds: Properties, _news: Properties) -> UpdateResult:
        """Brings the resource from old outputs to new inputs."""
        with _no_traceback():
            outputs = self._resource().update(_id, _decode(_olds), _decode(_news))
        return UpdateResult(dict(outputs))

    def delete(self, _id: str, _props: Properties) -> None:
        """Deletes the resource."""
        with _no_traceback():
            self._resource().delete(_id, _decode(_props))

    def _resource(self) -> Resource:
        from .engine.catalog import resource_of

        return resource_of(self.kind, run)


class UserProvider(_Provider):
    """Manages one user of Amazon Connect. Frozen path; no fields."""

    kind = "user"


class UserBatchProvider(_Provider):
    """Manages a 64th of a roster's users. Frozen path; no fields."""

    kind = "roster batch"


class UserStatusProvider(_Provider):
    """Sets the status of one agent. Frozen path; no fields."""

    kind = "status"


def _decode(props: Properties) -> dict[str, Value]:
    own = {key: value for key, value in props.items() if key != _PROVIDER}
    bag = decode(own, _is_unknown)
    if mark := mark_of_inputs(bag):
        run.serve(mark.stack)
    return bag


def _is_unknown(value: Any) -> bool:
    return isinstance(value, pulumi.output.Unknown) or value == pulumi.runtime.rpc.UNKNOWN


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


@contextmanager
def _no_traceback() -> Iterator[None]:
    """Has our errors printed without a traceback.

    The SDK's server (3.272) prints the way through its code and ours, a dozen lines with the host's
    paths, above what there is to know. This is Python's own switch for that; other errors of the
    same process lose their way too, but only once there was one of these.
    """
    try:
        yield
    except ConnectUsersError:
        sys.tracebacklimit = 0
        raise


def _show(severity: Severity, text: str, _subject: str | None) -> None:
    (pulumi.log.warn if severity == "warning" else pulumi.log.info)(text)


FRONT_END: Final = FrontEnd(_show)
run: Final = Run(FRONT_END)
