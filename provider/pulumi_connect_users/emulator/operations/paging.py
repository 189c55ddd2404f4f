"""Lists of an instance's resources, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..call import Call
from ..records import resources
from ..records.resources import Resource


def listing(
    call: Call,
    kind: str,
    member: str,
    summary: Callable[[Resource], Mapping[str, Any]],
    *,
    wanted: Callable[[Resource], bool] = lambda resource: True,
) -> Mapping[str, Any]:
    """The answer of a List operation: `member` holds the summaries of a kind's wanted resources."""
    after, size = call.page()
    found = [one for one in resources.page(call.tx, call.instance.id, kind, after) if wanted(one)]
    return {
        member: [summary(one) for one in found[:size]],
        "NextToken": call.next_token(found[size - 1].seq) if len(found) > size else None,
    }


def named(call: Call, resource: Resource) -> dict[str, Any]:
    """The members that most summaries consist of: Id, Arn, Name and the last change."""
    return {
        "Id": resource.id,
        "Arn": call.arn(resource.kind, resource.id),
        "Name": resource.name,
        **resource.changed,
    }
