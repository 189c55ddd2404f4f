"""Routing profiles: which channels and queues an agent serves."""

from collections.abc import Iterable

from .. import ids
from ..call import Call
from ..document import Document, Json, Members
from ..errors import in_use, invalid_parameter
from ..records import users
from ..records.resources import Resource
from . import operation
from .crud import ResourceType, given, register, requested
from .paging import page_by_offset
from .references import id_of, resource_of
from .resource_search import COMMON_FIELDS

_QUEUES, _MANUAL = "QueueConfigs", "ManualAssignmentQueueConfigs"


def queue_ids(profile: Resource, *, default: bool = False, manual: bool = False) -> set[str]:
    """The queues a routing profile serves, and if asked those it refers to otherwise."""
    configs = [*profile.doc.parts(_QUEUES), *(profile.doc.parts(_MANUAL) if manual else ())]
    outbound = {profile.doc.text("DefaultOutboundQueueId")} if default else set()
    return {one.text("QueueId") for one in configs} | outbound


def _manual_queue_ids(profile: Resource) -> set[str]:
    return {one.text("QueueId") for one in profile.doc.parts(_MANUAL)}


def _document(call: Call) -> Members:
    return {
        "AgentAvailabilityTimer": "TIME_SINCE_LAST_ACTIVITY",
        **given(call),
        **_default_queue(call),
        _QUEUES: _configs(call, _QUEUES),
        _MANUAL: _configs(call, _MANUAL),
        "IsDefault": False,
    }


def _default_queue(call: Call, _: Resource | None = None) -> dict[str, str]:
    return {"DefaultOutboundQueueId": id_of(call, ids.QUEUE, "DefaultOutboundQueueId")}


def _details(call: Call, profile: Resource) -> Members:
    return {
        "InstanceId": call.instance.id,
        "NumberOfAssociatedQueues": len(queue_ids(profile)),
        "NumberOfAssociatedManualAssignmentQueues": len(_manual_queue_ids(profile)),
        "NumberOfAssociatedUsers": users.count_of_routing_profile(call.tx, profile.id),
    }


def _search_details(_: Call, profile: Resource) -> Members:
    """The queue ids, which DescribeRoutingProfile does not show, as AWS documents."""
    return {
        "AssociatedQueueIds": sorted(queue_ids(profile)),
        "AssociatedManualAssignmentQueueIds": sorted(_manual_queue_ids(profile)),
    }


def _added_queues(call: Call, profile: Resource) -> Members:
    """One that is there gets the new priority and delay."""
    return {
        name: _merged(profile.doc.parts(name), _configs(call, name)) for name in (_QUEUES, _MANUAL)
    }


def _changed_queues(call: Call, profile: Resource) -> Members:
    configs, current = _configs(call, _QUEUES), profile.doc.parts(_QUEUES)
    if {_key(one) for one in configs} - {_key(one) for one in current}:
        raise invalid_parameter("A queue is not associated with the routing profile.")
    return {_QUEUES: _merged(current, configs)}


def _remaining_queues(call: Call, profile: Resource) -> Members:
    members = {_QUEUES: "QueueReferences", _MANUAL: "ManualAssignmentQueueReferences"}
    doc: dict[str, Json] = {}
    for name, references in members.items():
        removed = {
            (call.id_of(ids.QUEUE, one.text("QueueId")), one.text("Channel"))
            for one in call.params.parts(references)
        }
        doc[name] = [one for one in profile.doc.parts(name) if _key(one) not in removed]
    return doc


def _check_deletion(call: Call, profile: Resource) -> None:
    user = users.holder(call.tx, call.instance.id, "routing_profile_id", profile.id)
    if user:
        raise in_use("The routing profile is assigned to a user.", "USER", user)


_TYPE = ResourceType(
    kind=ids.ROUTING_PROFILE,
    noun="RoutingProfile",
    quota="routingProfiles",
    document=_document,
    details=_details,
    search_details=_search_details,
    search_fields={
        **COMMON_FIELDS,
        "associatedqueueids": lambda _, profile: sorted(queue_ids(profile)),
    },
    updates={
        "AssociateRoutingProfileQueues": _added_queues,
        "DisassociateRoutingProfileQueues": _remaining_queues,
        "UpdateRoutingProfileQueues": _changed_queues,
        "UpdateRoutingProfileConcurrency": given,
        "UpdateRoutingProfileName": given,
        "UpdateRoutingProfileDefaultOutboundQueue": _default_queue,
        "UpdateRoutingProfileAgentAvailabilityTimer": given,
    },
    check_deletion=_check_deletion,
)
register(_TYPE)


@operation("ListRoutingProfileQueues")
def list_routing_profile_queues(call: Call) -> Members:
    """The queues a routing profile serves, by page."""
    return _queues(call, _QUEUES, "RoutingProfileQueueConfigSummaryList")


@operation("ListRoutingProfileManualAssignmentQueues")
def list_routing_profile_manual_assignment_queues(call: Call) -> Members:
    """The queues from which contacts may be picked by hand, by page."""
    return _queues(call, _MANUAL, "RoutingProfileManualAssignmentQueueConfigSummaryList")


def _queues(call: Call, configs: str, member: str) -> Members:
    profile = requested(call, _TYPE)
    listed: list[Json] = []
    for one in profile.doc.parts(configs):
        queue = resource_of(call, ids.QUEUE, one.text("QueueId"))
        listed.append({**one, "QueueArn": call.arn(ids.QUEUE, queue.id), "QueueName": queue.name})
    return {**page_by_offset(call, member, listed), **profile.changed}


def _configs(call: Call, member: str) -> list[Document]:
    """The request's queue configurations as a document holds them."""
    configs = []
    for one in call.params.parts(member):
        queue = one.part("QueueReference")
        queue_id = resource_of(call, ids.QUEUE, queue.text("QueueId")).id
        channel = queue.text("Channel")
        configs.append(Document(QueueId=queue_id, Channel=channel, **one.pick("Priority", "Delay")))
    return configs


def _merged(old: Iterable[Document], new: Iterable[Document]) -> list[Document]:
    return list({_key(one): one for one in (*old, *new)}.values())


def _key(config: Document) -> tuple[str, str]:
    return config.text("QueueId"), config.text("Channel")
