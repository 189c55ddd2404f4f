"""Routing profiles: which channels and queues an agent serves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .. import ids
from ..call import Call
from ..errors import in_use, invalid_parameter
from ..records import resources, tags, users
from ..records.resources import Resource
from . import operation
from .crud import change, chosen, create
from .paging import listing, named
from .references import resource_in

_QUEUES, _MANUAL = "QueueConfigs", "ManualAssignmentQueueConfigs"


@operation("CreateRoutingProfile")
def create_routing_profile(call: Call) -> Mapping[str, Any]:
    """Create a routing profile."""
    params = call.params
    doc = {
        **chosen(params, "Description", "MediaConcurrencies"),
        "DefaultOutboundQueueId": resource_in(call, ids.QUEUE, params["DefaultOutboundQueueId"]).id,
        _QUEUES: _flat(call, params.get(_QUEUES) or ()),
        _MANUAL: _flat(call, params.get(_MANUAL) or ()),
        "AgentAvailabilityTimer": params.get("AgentAvailabilityTimer", "TIME_SINCE_LAST_ACTIVITY"),
        "IsDefault": False,
    }
    profile_id = create(call, ids.ROUTING_PROFILE, params["Name"], doc, quota="routingProfiles")
    return {
        "RoutingProfileId": profile_id,
        "RoutingProfileArn": call.arn(ids.ROUTING_PROFILE, profile_id),
    }


@operation("DescribeRoutingProfile")
def describe_routing_profile(call: Call) -> Mapping[str, Any]:
    """A routing profile, without the queue ids that only the search shows, as AWS documents."""
    return {"RoutingProfile": described(call, _profile(call))}


@operation("ListRoutingProfiles")
def list_routing_profiles(call: Call) -> Mapping[str, Any]:
    """The instance's routing profiles, by page."""
    return listing(
        call, ids.ROUTING_PROFILE, "RoutingProfileSummaryList", lambda one: named(call, one)
    )


@operation("ListRoutingProfileQueues")
def list_routing_profile_queues(call: Call) -> Mapping[str, Any]:
    """The queues a routing profile serves, by page."""
    return _queues(call, _QUEUES, "RoutingProfileQueueConfigSummaryList")


@operation("ListRoutingProfileManualAssignmentQueues")
def list_routing_profile_manual_assignment_queues(call: Call) -> Mapping[str, Any]:
    """The queues from which contacts may be picked by hand, by page."""
    return _queues(call, _MANUAL, "RoutingProfileManualAssignmentQueueConfigSummaryList")


@operation("AssociateRoutingProfileQueues")
def associate_routing_profile_queues(call: Call) -> Mapping[str, Any]:
    """Add queues; one that is there gets the new priority and delay."""
    profile = _profile(call)
    doc = {
        name: _merged(profile.doc[name], _flat(call, call.params.get(name) or ()))
        for name in (_QUEUES, _MANUAL)
    }
    return change(call, profile, doc=doc)


@operation("DisassociateRoutingProfileQueues")
def disassociate_routing_profile_queues(call: Call) -> Mapping[str, Any]:
    """Take queues away."""
    profile = _profile(call)
    doc = {}
    for name, references in (
        (_QUEUES, "QueueReferences"),
        (_MANUAL, "ManualAssignmentQueueReferences"),
    ):
        gone = {
            (call.id_of(ids.QUEUE, one["QueueId"]), one["Channel"])
            for one in call.params.get(references) or ()
        }
        doc[name] = [one for one in profile.doc[name] if _key(one) not in gone]
    return change(call, profile, doc=doc)


@operation("UpdateRoutingProfileQueues")
def update_routing_profile_queues(call: Call) -> Mapping[str, Any]:
    """Change priority and delay of queues the profile has."""
    profile = _profile(call)
    new = _flat(call, call.params[_QUEUES])
    present = {_key(one) for one in profile.doc[_QUEUES]}
    if any(_key(one) not in present for one in new):
        raise invalid_parameter("A queue is not associated with the routing profile.")
    return change(call, profile, doc={_QUEUES: _merged(profile.doc[_QUEUES], new)})


@operation("UpdateRoutingProfileConcurrency")
def update_routing_profile_concurrency(call: Call) -> Mapping[str, Any]:
    """Replace the channels and how many contacts of each an agent has at once."""
    return change(call, _profile(call), doc=chosen(call.params, "MediaConcurrencies"))


@operation("UpdateRoutingProfileName")
def update_routing_profile_name(call: Call) -> Mapping[str, Any]:
    """Change name and description, those that are given."""
    doc = chosen(call.params, "Description")
    return change(call, _profile(call), name=call.params.get("Name"), doc=doc)


@operation("UpdateRoutingProfileDefaultOutboundQueue")
def update_routing_profile_default_outbound_queue(call: Call) -> Mapping[str, Any]:
    """Change the queue of outbound calls."""
    profile = _profile(call)
    queue = resource_in(call, ids.QUEUE, call.params["DefaultOutboundQueueId"])
    return change(call, profile, doc={"DefaultOutboundQueueId": queue.id})


@operation("UpdateRoutingProfileAgentAvailabilityTimer")
def update_routing_profile_agent_availability_timer(call: Call) -> Mapping[str, Any]:
    """Change what an agent's place in the routing order is computed from."""
    return change(call, _profile(call), doc=chosen(call.params, "AgentAvailabilityTimer"))


@operation("DeleteRoutingProfile")
def delete_routing_profile(call: Call) -> Mapping[str, Any]:
    """Delete a routing profile that no user has."""
    profile = _profile(call)
    user = users.holders(call.tx, call.instance.id, "routing_profile_id", profile.id)
    if user:
        raise in_use("The routing profile is assigned to a user.", "USER", user)
    resources.delete(call.tx, profile)
    return {}


def described(call: Call, profile: Resource) -> dict[str, Any]:
    """A profile as DescribeRoutingProfile shows it."""
    return {
        "InstanceId": call.instance.id,
        "Name": profile.name,
        "RoutingProfileArn": call.arn(ids.ROUTING_PROFILE, profile.id),
        "RoutingProfileId": profile.id,
        **chosen(
            profile.doc,
            "Description",
            "MediaConcurrencies",
            "DefaultOutboundQueueId",
            "AgentAvailabilityTimer",
            "IsDefault",
        ),
        "Tags": tags.get(call.tx, profile.id),
        "NumberOfAssociatedQueues": len(queue_ids(profile)),
        "NumberOfAssociatedManualAssignmentQueues": len(
            {one["QueueId"] for one in profile.doc[_MANUAL]}
        ),
        "NumberOfAssociatedUsers": users.count_of_routing_profile(call.tx, profile.id),
        **profile.changed,
    }


def searched(call: Call, profile: Resource) -> dict[str, Any]:
    """A profile as SearchRoutingProfiles shows it."""
    return described(call, profile) | {
        "AssociatedQueueIds": sorted(queue_ids(profile)),
        "AssociatedManualAssignmentQueueIds": sorted(
            {one["QueueId"] for one in profile.doc[_MANUAL]}
        ),
    }


def queue_ids(profile: Resource) -> set[str]:
    """The queues a routing profile serves."""
    return {one["QueueId"] for one in profile.doc[_QUEUES]}


def _profile(call: Call) -> Resource:
    return resource_in(call, ids.ROUTING_PROFILE, call.params["RoutingProfileId"])


def _queues(call: Call, configs: str, member: str) -> Mapping[str, Any]:
    profile = _profile(call)
    after, size = call.page()
    found = profile.doc[configs]
    queues = resources.by_id(
        call.tx, call.instance.id, ids.QUEUE, (one["QueueId"] for one in found)
    )
    return {
        member: [
            one
            | {
                "QueueArn": call.arn(ids.QUEUE, one["QueueId"]),
                "QueueName": queues[one["QueueId"]].name,
            }
            for one in found[after : after + size]
        ],
        "NextToken": call.next_token(after + size) if len(found) > after + size else None,
        **profile.changed,
    }


def _flat(call: Call, configs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "QueueId": resource_in(call, ids.QUEUE, one["QueueReference"]["QueueId"]).id,
            "Channel": one["QueueReference"]["Channel"],
            **chosen(one, "Priority", "Delay"),
        }
        for one in configs
    ]


def _merged(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(({_key(one): one for one in old} | {_key(one): one for one in new}).values())


def _key(config: Mapping[str, Any]) -> tuple[str, str]:
    return config["QueueId"], config["Channel"]
