"""Resource types that the rules know: how each is read, and written by a remediation."""

from collections.abc import Iterable, Mapping

from ..subject import Resource, Stack, Subject
from . import aws, dynamic
from .adapter import Adapter

ADAPTERS: Mapping[str, Adapter] = {
    adapter.type: adapter for adapter in (*dynamic.ADAPTERS, *aws.ADAPTERS)
}


def subjects_of(resource: Resource) -> tuple[Subject, ...]:
    """What a resource holds for the rules: none, one, or every user of a roster."""
    adapter = ADAPTERS.get(resource.type)
    return () if adapter is None else adapter.read(resource)


def stack_of(resources: Iterable[Resource]) -> Stack:
    """All that the resources of a stack hold for the rules."""
    return Stack.of([s for resource in resources for s in subjects_of(resource)])
