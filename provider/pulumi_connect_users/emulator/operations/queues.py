"""Queues: the standard ones, and in lists the one that every agent has."""

from .. import ids
from ..call import Call
from ..document import Json, Members
from ..errors import in_use
from ..records import resources, users
from ..records.resources import Resource
from . import operation
from .crud import ResourceType, given, register, summary
from .paging import page_by_place
from .references import id_of
from .routing_profiles import queue_ids

_AGENTS_AFTER = 1 << 40
"""Agents' queues come after the standard ones: their place in a list is this and the user's."""


def _hours(call: Call, _: Resource | None = None) -> dict[str, str]:
    return {"HoursOfOperationId": id_of(call, ids.HOURS_OF_OPERATION, "HoursOfOperationId")}


def _document(call: Call) -> Members:
    return {**given(call), **_hours(call), "Status": "ENABLED", "QueueType": "STANDARD"}


def _check_deletion(call: Call, queue: Resource) -> None:
    for profile in resources.page(call.tx, call.instance.id, ids.ROUTING_PROFILE):
        if queue.id in queue_ids(profile, default=True, manual=True):
            raise in_use("The queue is used by a routing profile.", "INSTANCE", profile.id)
    for quick in resources.page(call.tx, call.instance.id, ids.QUICK_CONNECT):
        if quick.doc.part("QuickConnectConfig").part("QueueConfig").text("QueueId") == queue.id:
            raise in_use("The queue is used by a quick connect.", "INSTANCE", quick.id)


register(
    ResourceType(
        kind=ids.QUEUE,
        noun="Queue",
        quota="queues",
        document=_document,
        updates={
            "UpdateQueueName": given,
            "UpdateQueueStatus": given,
            "UpdateQueueMaxContacts": lambda call, _: {
                "MaxContacts": call.params.get("MaxContacts")
            },
            "UpdateQueueHoursOfOperation": _hours,
            "UpdateQueueOutboundCallerConfig": given,
        },
        check_deletion=_check_deletion,
    )
)


@operation("ListQueues")
def list_queues(call: Call) -> Members:
    """Standard queues, then one for each agent, by page; an agent's queue has the user's id."""
    types = call.params.texts("QueueTypes") or ["STANDARD", "AGENT"]
    after, size = call.page()
    rows: list[tuple[int, dict[str, Json]]] = []
    if "STANDARD" in types:
        for queue in resources.page(call.tx, call.instance.id, ids.QUEUE, after, size + 1):
            rows.append((queue.seq, summary(call, queue) | {"QueueType": "STANDARD"}))
    if "AGENT" in types and len(rows) <= size:
        place = max(0, after - _AGENTS_AFTER)
        missing = size + 1 - len(rows)
        for row in users.page(call.tx, call.instance.id, place, missing, call.now):
            agent: dict[str, Json] = {
                "Id": row["id"],
                "Arn": call.arn(ids.QUEUE, f"agent/{row['id']}"),
                "QueueType": "AGENT",
                **call.modified(row),
            }
            rows.append((_AGENTS_AFTER + row["seq"], agent))
    return page_by_place(call, "QueueSummaryList", rows, lambda row: row[0], lambda row: row[1])
