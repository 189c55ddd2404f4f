"""Queues: the standard ones, and in lists the one that every agent has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import ids
from ..call import Call
from ..errors import in_use, not_found
from ..records import resources, tags, users
from ..records.resources import Resource
from . import operation
from .crud import change, chosen, create
from .paging import named
from .references import resource_in

_SHOWN = (
    "Description",
    "OutboundCallerConfig",
    "OutboundEmailConfig",
    "HoursOfOperationId",
    "MaxContacts",
    "Status",
)
_AGENTS_AFTER = 1 << 40
"""Agents' queues come after the standard ones: their place in a list is this and the user's."""


@operation("CreateQueue")
def create_queue(call: Call) -> Mapping[str, Any]:
    """Create a standard queue with hours of operation that exist."""
    doc = {
        **chosen(call.params, *_SHOWN),
        "HoursOfOperationId": _hours(call),
        "Status": "ENABLED",
        "QueueType": "STANDARD",
    }
    queue_id = create(call, ids.QUEUE, call.params["Name"], doc, quota="queues")
    return {"QueueId": queue_id, "QueueArn": call.arn(ids.QUEUE, queue_id)}


@operation("DescribeQueue")
def describe_queue(call: Call) -> Mapping[str, Any]:
    """A standard queue."""
    return {"Queue": described(call, _queue(call))}


@operation("ListQueues")
def list_queues(call: Call) -> Mapping[str, Any]:
    """Standard queues, then one for each agent, by page; an agent's queue has the user's id."""
    types = set(call.params.get("QueueTypes") or ("STANDARD", "AGENT"))
    after, size = call.page()
    rows: list[tuple[int, dict[str, Any]]] = []
    if "STANDARD" in types:
        for queue in resources.page(call.tx, call.instance.id, ids.QUEUE, after, size + 1):
            rows.append((queue.seq, named(call, queue) | {"QueueType": "STANDARD"}))
    if "AGENT" in types and len(rows) <= size:
        place = max(0, after - _AGENTS_AFTER)
        wanted = size + 1 - len(rows)
        for row in users.page(call.tx, call.instance.id, place, wanted, call.now):
            summary = {
                "Id": row["id"],
                "Arn": call.arn(ids.QUEUE, f"agent/{row['id']}"),
                "QueueType": "AGENT",
                **call.modified(row),
            }
            rows.append((_AGENTS_AFTER + row["seq"], summary))
    return {
        "QueueSummaryList": [summary for _, summary in rows[:size]],
        "NextToken": call.next_token(rows[size - 1][0]) if len(rows) > size else None,
    }


@operation("UpdateQueueName")
def update_queue_name(call: Call) -> Mapping[str, Any]:
    """Change name and description, those that are given."""
    doc = chosen(call.params, "Description")
    return change(call, _queue(call), name=call.params.get("Name"), doc=doc)


@operation("UpdateQueueStatus")
def update_queue_status(call: Call) -> Mapping[str, Any]:
    """Enable or disable a queue."""
    return change(call, _queue(call), doc=chosen(call.params, "Status"))


@operation("UpdateQueueMaxContacts")
def update_queue_max_contacts(call: Call) -> Mapping[str, Any]:
    """Limit a queue, or lift its limit where none is given."""
    return change(call, _queue(call), doc={"MaxContacts": call.params.get("MaxContacts")})


@operation("UpdateQueueHoursOfOperation")
def update_queue_hours_of_operation(call: Call) -> Mapping[str, Any]:
    """Give a queue other hours of operation."""
    return change(call, _queue(call), doc={"HoursOfOperationId": _hours(call)})


@operation("UpdateQueueOutboundCallerConfig")
def update_queue_outbound_caller_config(call: Call) -> Mapping[str, Any]:
    """Replace how outbound calls from a queue look."""
    return change(call, _queue(call), doc=chosen(call.params, "OutboundCallerConfig"))


@operation("DeleteQueue")
def delete_queue(call: Call) -> Mapping[str, Any]:
    """Delete a queue that no routing profile and no quick connect refers to."""
    queue = _queue(call)
    for profile in resources.page(call.tx, call.instance.id, ids.ROUTING_PROFILE):
        configs = profile.doc["QueueConfigs"] + profile.doc["ManualAssignmentQueueConfigs"]
        served = {config["QueueId"] for config in configs}
        if queue.id in served | {profile.doc["DefaultOutboundQueueId"]}:
            raise in_use("The queue is used by a routing profile.", "INSTANCE", profile.id)
    for quick in resources.page(call.tx, call.instance.id, ids.QUICK_CONNECT):
        if quick.doc["QuickConnectConfig"].get("QueueConfig", {}).get("QueueId") == queue.id:
            raise in_use("The queue is used by a quick connect.", "INSTANCE", quick.id)
    resources.delete(call.tx, queue)
    return {}


def described(call: Call, queue: Resource) -> dict[str, Any]:
    """A queue as DescribeQueue and SearchQueues show it."""
    return {
        "Name": queue.name,
        "QueueArn": call.arn(ids.QUEUE, queue.id),
        "QueueId": queue.id,
        **chosen(queue.doc, *_SHOWN),
        "Tags": tags.get(call.tx, queue.id),
        **queue.changed,
    }


def _queue(call: Call) -> Resource:
    return resource_in(call, ids.QUEUE, call.params["QueueId"])


def _hours(call: Call) -> str:
    reference = call.id_of(ids.HOURS_OF_OPERATION, call.params["HoursOfOperationId"])
    kind = ids.HOURS_OF_OPERATION
    if resources.find(call.tx, call.instance.id, kind, reference) is None:
        raise not_found("The specified hours of operation were not found.")
    return reference
