"""What the policy SDK passes to a rule, as subjects: read once for all rules of one request.

The SDK unpacks a resource again for each rule. It runs the rules of one request in the pack's
order, in one thread: a rule that is not behind the last one begins a new request.
"""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Final, Generic, TypeVar

from pulumi_policy import PolicyResource, ResourceValidationArgs, StackValidationArgs

from .adapters import stack_of, subjects_of
from .coverage import Coverage, Run
from .property_values import Properties, properties
from .subject import Resource, Stack, Subject

T = TypeVar("T")

_STACK: Final = "pulumi:pulumi:Stack"


class OncePerRequest(threading.local, Generic[T]):
    """Keeps what the first rule of a request has read, for the rules behind it."""

    def __init__(self) -> None:
        self._last = -1
        self._subject: str | None = None
        self._read: T | None = None

    def get(self, index: int, subject: str, read: Callable[[], T]) -> T:
        """What `read` returns to the pack's `index`th rule, or returned to an earlier one."""
        if self._read is None or index <= self._last or subject != self._subject:
            self._read = read()
        self._last, self._subject = index, subject
        return self._read

    def forget(self) -> None:
        """Forgets what was read: it may be about to change."""
        self._read = None


class Requests:
    """What the rules of one pack share: what they read, and could not evaluate; settings."""

    def __init__(self) -> None:
        self.coverage = Coverage()
        self.shared: Properties = {}
        """The settings of `connect-user-identity-known`."""
        self._resources: OncePerRequest[tuple[Subject, ...]] = OncePerRequest()
        self._stacks: OncePerRequest[Stack] = OncePerRequest()

    def subjects(self, index: int, args: ResourceValidationArgs) -> tuple[Subject, ...]:
        """What one resource holds, for a validation."""
        return self._resources.get(index, args.urn, lambda: subjects_of(_resource(args)))

    def subjects_to_change(self, args: ResourceValidationArgs) -> tuple[Subject, ...]:
        """What one resource holds, for a remediation: always as it is now."""
        self._resources.forget()
        return subjects_of(_resource(args))

    def stack(self, index: int, args: StackValidationArgs) -> Stack:
        """What a stack holds."""
        read = partial(stack_of, map(_stack_resource, args.resources))
        return self._stacks.get(index, "", read)

    def share(self, settings: Properties) -> None:
        """Takes the settings that are for all rules, when the engine configures the pack."""
        self.shared = settings

    def run(self, args: StackValidationArgs) -> Run:
        """What the rules of this pack could not evaluate in a stack."""
        found = [one for one in args.resources if one.resource_type == _STACK]
        stack = Resource(urn=found[0].urn if found else "", type=_STACK, bag={})
        # Components have no provider; the resources in them are evaluated.
        types = [one.resource_type for one in args.resources if one.provider is not None]
        return self.coverage.run(stack, types)


def _resource(args: ResourceValidationArgs) -> Resource:
    return _read(args.resource_type, args, {})


def _stack_resource(resource: PolicyResource) -> Resource:
    depends_on = {
        key: tuple(r.resource_type for r in resources)
        for key, resources in resource.property_dependencies.items()
    }
    return _read(resource.resource_type, resource, depends_on)


def _read(type_: str, held: Any, depends_on: dict[str, tuple[str, ...]]) -> Resource:
    return Resource(
        urn=held.urn,
        type=type_,
        # Only Connect's resources are worth unpacking.
        bag=properties(held.props) if "connect" in type_ else {},
        protect=bool(held.opts.protect),
        ignore_changes=tuple(held.opts.ignore_changes),
        depends_on=depends_on,
    )
