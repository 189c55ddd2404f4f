"""Creating, renaming and deleting an instance's resources, the same for every kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import ids
from ..call import Call
from ..errors import duplicate, limit_exceeded
from ..records import resources, tags
from ..records.resources import Resource


def create(
    call: Call,
    kind: str,
    name: str,
    doc: Mapping[str, Any],
    *,
    parent_id: str = "",
    quota: str = "",
    default_quota: int | None = None,
) -> str:
    """Store a new resource with the request's Tags and return its id.

    DuplicateResource or LimitExceeded otherwise.
    """
    instance = call.instance
    if resources.find_named(call.tx, instance.id, kind, name, parent_id):
        raise duplicate("A resource with the specified name already exists.")
    most = call.quotas.get(quota, default_quota)
    if most is not None and resources.count(call.tx, instance.id, kind) >= most:
        raise limit_exceeded(f"The quota of {most} per instance is reached.")
    resource_id = ids.new_id()
    resources.insert(
        call.tx,
        instance_id=instance.id,
        kind=kind,
        resource_id=resource_id,
        name=name,
        doc=dict(doc),
        modified=call.stamp,
        region=call.region,
        parent_id=parent_id,
    )
    tags.put(call.tx, instance.id, resource_id, call.params.get("Tags") or {})
    return resource_id


def change(
    call: Call, resource: Resource, *, name: str | None = None, doc: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    """Give a resource a new name or new members of its document (None takes one away).

    The answer is empty.
    """
    if name is not None and name != resource.name:
        taken = resources.find_named(
            call.tx, resource.instance_id, resource.kind, name, resource.parent_id
        )
        if taken:
            raise duplicate("A resource with the specified name already exists.")
    after = {
        key: value for key, value in (resource.doc | dict(doc or {})).items() if value is not None
    }
    resources.update(
        call.tx, resource, modified=call.stamp, region=call.region, name=name, doc=after
    )
    return {}


def chosen(params: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Those of the request's members that are given."""
    return {name: params[name] for name in names if params.get(name) is not None}
