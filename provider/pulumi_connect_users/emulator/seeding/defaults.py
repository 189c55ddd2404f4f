"""The resources that AWS puts into a new instance.

Sources: Administrator guide, "Default security profiles", "Create a routing profile", "Create a
queue", "Add a custom agent status" (Available and Offline cannot be removed) and "Create predefined
attributes" (system attributes). The permissions are the ones that distinguish the four default
profiles, not AWS's whole and growing lists.
"""

import sqlite3

from .. import ids
from ..document import Document, Members
from ..records import resources
from ..records.instances import Instance
from . import documents

_AGENT = ("BasicAgentAccess", "OutboundCallAccess")
_QUALITY = ("AccessMetrics", "RealtimeContactLens.View", "ListenCallRecordings", "Users.View")
_MANAGER = (
    *_AGENT,
    *_QUALITY,
    *(f"Queues.{verb}" for verb in ("Create", "Edit", "View")),
    *(f"RoutingPolicies.{verb}" for verb in ("Create", "Edit", "View")),
    *(f"TransferDestinations.{verb}" for verb in ("Create", "Delete", "Edit", "View")),
    *(f"HoursOfOperation.{verb}" for verb in ("Create", "Delete", "Edit", "View")),
    "Users.Create",
    "Users.Edit",
)
_ADMIN = (
    *_MANAGER,
    "Users.Delete",
    "Users.EditPermission",
    *(f"SecurityProfiles.{verb}" for verb in ("Create", "Delete", "Edit", "View")),
    *(f"ContactFlows.{verb}" for verb in ("Create", "Delete", "Edit", "Publish", "View")),
)
SECURITY_PROFILES = {
    "Admin": _ADMIN,
    "Agent": _AGENT,
    "CallCenterManager": _MANAGER,
    "QualityAnalyst": _QUALITY,
}
ROUTING_PROFILE = "Basic Routing Profile"
QUEUE = "BasicQueue"
HOURS = "Basic Hours"
_SUBTYPES = ("Telephony", "WebRTC", "Chat", "SMS", "Apple", "WhatsApp", "Guide", "Task", "Email")


def add_defaults(tx: sqlite3.Connection, instance: Instance, now: float) -> None:
    """Put AWS's defaults into an empty instance, with ids derived from its id and the names."""

    def add(kind: str, name: str, doc: Members) -> str:
        resource_id = ids.seeded_id(instance.id, kind, name)
        resources.insert(tx, instance, kind, resource_id, name, doc, modified=now)
        return resource_id

    for name, permissions in SECURITY_PROFILES.items():
        add(ids.SECURITY_PROFILE, name, documents.security_profile(sorted(permissions)))
    hours = add(ids.HOURS_OF_OPERATION, HOURS, {})
    described = {"Description": "A simple, basic voice queue."}
    queue = add(ids.QUEUE, QUEUE, {**described, **documents.queue(hours)})
    routing_profile = documents.routing_profile(
        "A simple routing profile.",
        default_queue_id=queue,
        queue_ids=[queue],
        concurrency=Document(VOICE=1, CHAT=2, TASK=1),
        is_default=True,
    )
    add(ids.ROUTING_PROFILE, ROUTING_PROFILE, routing_profile)
    for order, (name, kind) in enumerate((("Available", "ROUTABLE"), ("Offline", "OFFLINE")), 1):
        add(ids.AGENT_STATUS, name, {"Type": kind, "State": "ENABLED", "DisplayOrder": order})
    subtypes = [f"connect:{one}" for one in _SUBTYPES]
    for name, values, fixed in (
        ("connect:Language", [], False),
        ("connect:Subtype", subtypes, True),
    ):
        doc = documents.predefined_attribute(values, read_only=fixed)
        add(ids.PREDEFINED_ATTRIBUTE, name, doc)
