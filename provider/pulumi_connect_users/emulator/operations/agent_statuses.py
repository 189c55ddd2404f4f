"""Agent statuses. There is no call to delete one, as on AWS: it can only be disabled."""

from .. import ids
from ..call import Call
from ..document import Members
from ..records import resources
from ..records.resources import Resource
from .crud import ResourceType, given, register
from .resource_search import COMMON_FIELDS, member_values


def _document(call: Call) -> Members:
    """Last in the display order by default."""
    statuses = resources.page(call.tx, call.instance.id, ids.AGENT_STATUS)
    last = max((one.doc.whole("DisplayOrder") for one in statuses), default=0)
    return {"DisplayOrder": last + 1, **given(call), "Type": "CUSTOM"}


def _changes(call: Call, _: Resource) -> Members:
    """What is given; ResetOrderNumber removes the place in the display order."""
    reset = {"DisplayOrder": None} if call.params.flag("ResetOrderNumber") else {}
    return {**call.params.pick("Description", "State", "DisplayOrder"), **reset}


register(
    ResourceType(
        kind=ids.AGENT_STATUS,
        noun="AgentStatus",
        quota="agentStatuses",
        quota_is_fixed=True,
        document=_document,
        updates={"UpdateAgentStatus": _changes},
        check_deletion=None,
        search_fields={
            **COMMON_FIELDS,
            "state": member_values("State"),
            "type": member_values("Type"),
            "displayorder": member_values("DisplayOrder"),
        },
    )
)
