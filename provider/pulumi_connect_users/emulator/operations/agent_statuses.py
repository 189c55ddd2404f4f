"""Agent statuses. There is no call to delete one, as on AWS: it can only be disabled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import ids
from ..call import Call
from ..faults.settings import AWS_QUOTAS
from ..records import resources, tags
from ..records.resources import Resource
from . import operation
from .crud import change, chosen, create
from .paging import listing, named
from .references import resource_in


@operation("CreateAgentStatus")
def create_agent_status(call: Call) -> Mapping[str, Any]:
    """Create a custom status, last in the display order unless told otherwise."""
    order = call.params.get("DisplayOrder", _last(call) + 1)
    doc = {
        **chosen(call.params, "Description", "State"),
        "DisplayOrder": order,
        "Type": "CUSTOM",
    }
    status_id = create(
        call,
        ids.AGENT_STATUS,
        call.params["Name"],
        doc,
        quota="agentStatuses",
        # Not adjustable: it holds whether quotas are asked for or not.
        default_quota=AWS_QUOTAS["agentStatuses"],
    )
    return {"AgentStatusId": status_id, "AgentStatusARN": call.arn(ids.AGENT_STATUS, status_id)}


@operation("DescribeAgentStatus")
def describe_agent_status(call: Call) -> Mapping[str, Any]:
    """A status."""
    return {"AgentStatus": described(call, _status(call))}


@operation("ListAgentStatuses")
def list_agent_statuses(call: Call) -> Mapping[str, Any]:
    """The statuses of the wanted types, by page."""
    types = set(call.params.get("AgentStatusTypes") or ("ROUTABLE", "CUSTOM", "OFFLINE"))
    return listing(
        call,
        ids.AGENT_STATUS,
        "AgentStatusSummaryList",
        lambda one: named(call, one) | {"Type": one.doc["Type"]},
        wanted=lambda one: one.doc["Type"] in types,
    )


@operation("UpdateAgentStatus")
def update_agent_status(call: Call) -> Mapping[str, Any]:
    """Change what is given; ResetOrderNumber takes the place in the display order away."""
    doc = chosen(call.params, "Description", "State", "DisplayOrder")
    if call.params.get("ResetOrderNumber"):
        doc["DisplayOrder"] = None
    return change(call, _status(call), name=call.params.get("Name"), doc=doc)


def described(call: Call, status: Resource) -> dict[str, Any]:
    """A status as DescribeAgentStatus and SearchAgentStatuses show it."""
    return {
        "AgentStatusARN": call.arn(ids.AGENT_STATUS, status.id),
        "AgentStatusId": status.id,
        "Name": status.name,
        **chosen(status.doc, "Description", "Type", "DisplayOrder", "State"),
        "Tags": tags.get(call.tx, status.id),
        **status.changed,
    }


def _status(call: Call) -> Resource:
    return resource_in(call, ids.AGENT_STATUS, call.params["AgentStatusId"])


def _last(call: Call) -> int:
    found = resources.page(call.tx, call.instance.id, ids.AGENT_STATUS)
    return max((int(one.doc.get("DisplayOrder", 0)) for one in found), default=0)
