"""Agents at work: PutUserStatus and GetCurrentUserData."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from .. import ids
from ..call import Call
from ..document import Document, Json, Members
from ..errors import invalid_request
from ..records import activity, resources, users
from ..records.activity import Contact
from ..records.resources import Resource
from ..records.users import User
from ..rules.organisation import LEVELS
from . import operation
from .crud import reference
from .hierarchy import path
from .paging import page_by_place
from .references import ids_of, resource_of, user_of
from .routing_profiles import queue_ids

_ALONE = "ROUTE_CURRENT_CHANNEL_ONLY"


@operation("PutUserStatus")
def put_user_status(call: Call) -> Members:
    """Set a status that the agent has not yet: now, or after the contact being handled."""
    user = user_of(call)
    status = resource_of(call, ids.AGENT_STATUS, call.params.text("AgentStatusId"))
    if status.doc.text("State") != "ENABLED":
        raise invalid_request("The agent status is disabled.")
    present = activity.presence(call.tx, user.id)
    if present and status.id == (present.next_status_id or present.status_id):
        raise invalid_request("User already in requested status")
    if present and activity.contacts(call.tx, user.id):
        activity.set_next_status(call.tx, user.id, status.id)
    else:
        activity.set_status(call.tx, user.id, status.id, call.now)
    return {}


@operation("GetCurrentUserData")
def get_current_user_data(call: Call) -> Members:
    """What the agents do who are at work: an agent who is offline and without contact is not."""
    filters = call.params.part("Filters")
    states = filters.part("ContactFilter").texts("ContactStates")
    statuses = {one.id: one for one in resources.page(call.tx, call.instance.id, ids.AGENT_STATUS)}
    profiles = {
        one.id: one for one in resources.page(call.tx, call.instance.id, ids.ROUTING_PROFILE)
    }
    listed = []
    for user in _filtered(call, filters, profiles):
        contacts = activity.contacts(call.tx, user.id)
        shown = [one for one in contacts if not states or one.state in states]
        profile = profiles[user.routing_profile_id]
        if shown or not states:
            data = _user_data(call, user, contacts, statuses, profile)
            if data is not None:
                listed.append((user.seq, {**data, "Contacts": [_contact(call, c) for c in shown]}))
    return {
        **page_by_place(call, "UserDataList", listed, lambda one: one[0], lambda one: one[1]),
        "ApproximateTotalCount": len(listed),
    }


def _user_data(
    call: Call,
    user: User,
    contacts: Sequence[Contact],
    statuses: Mapping[str, Resource],
    profile: Resource,
) -> dict[str, Json] | None:
    """What one agent does; None if not at work."""
    present = activity.presence(call.tx, user.id)
    if present is None:
        return None
    status = statuses[present.status_id]
    idle = status.doc.text("Type") == "OFFLINE" and not contacts
    if idle or users.hidden(call.tx, user.id, call.now):
        return None
    following = statuses.get(present.next_status_id or "")
    return {
        "User": reference(call, ids.USER, user.id),
        "RoutingProfile": reference(call, ids.ROUTING_PROFILE, user.routing_profile_id),
        "HierarchyPath": _hierarchy_path(call, user),
        "Status": {
            "StatusStartTimestamp": present.since,
            "StatusArn": call.arn(ids.AGENT_STATUS, status.id),
            "StatusName": status.name,
        },
        **_slots(profile, contacts, status),
        "NextStatus": following.name if following else None,
    }


def _filtered(call: Call, filters: Document, profiles: Mapping[str, Resource]) -> Iterable[User]:
    """The logged-in users that the filter lets through, in the order of their creation."""
    values: dict[str, tuple[str, Callable[[User], set[str]]]] = {
        "Queues": (ids.QUEUE, lambda user: queue_ids(profiles[user.routing_profile_id])),
        "RoutingProfiles": (ids.ROUTING_PROFILE, lambda user: {user.routing_profile_id}),
        "UserHierarchyGroups": (
            ids.HIERARCHY_GROUP,
            lambda user: {one.id for one in _groups(call, user)},
        ),
    }
    checks = [
        (set(ids_of(call, kind, filters.texts(name))), value)
        for name, (kind, value) in values.items()
        if filters.texts(name)
    ]
    if filters.texts("Agents"):
        # Unlike the others, an agent that does not exist is not an error.
        agents = {call.id_of(ids.USER, one) for one in filters.texts("Agents")}
        checks.append((agents, lambda user: {user.id}))
    for user in users.logged_in(call.tx, call.instance.id):
        if all(allowed & value(user) for allowed, value in checks):
            yield user


def _slots(
    profile: Resource, contacts: Iterable[Contact], status: Resource
) -> dict[str, dict[str, int]]:
    """Slots by channel: most, taken, and free given the status and the other channels."""
    most: dict[str, int] = {}
    alone: set[str] = set()
    for one in profile.doc.parts("MediaConcurrencies"):
        channel = one.text("Channel")
        most[channel] = one.whole("Concurrency", 1)
        if one.part("CrossChannelBehavior").get("BehaviorType", _ALONE) == _ALONE:
            alone.add(channel)
    active = dict.fromkeys(most, 0)
    for contact in contacts:
        if contact.state in activity.BUSY or contact.state == "ENDED":
            active[contact.channel] = active.get(contact.channel, 0) + 1
    routable = status.doc.text("Type") == "ROUTABLE"
    occupied = {channel for channel, taken in active.items() if taken}

    def free(channel: str) -> int:
        blocked = any(other in alone for other in occupied - {channel})
        return max(0, most[channel] - active[channel]) if routable and not blocked else 0

    return {
        "MaxSlotsByChannel": most,
        "ActiveSlotsByChannel": active,
        "AvailableSlotsByChannel": {channel: free(channel) for channel in most},
    }


def _contact(call: Call, contact: Contact) -> dict[str, Json]:
    # On hold, the time stays that of the connection (API reference, AgentContactReference).
    held = contact.state == "CONNECTED_ONHOLD" and contact.connected is not None
    return {
        "ContactId": contact.id,
        "Channel": contact.channel,
        "InitiationMethod": contact.initiation,
        "AgentContactState": contact.state,
        "StateStartTimestamp": contact.connected if held else contact.since,
        "ConnectedToAgentTimestamp": contact.connected,
        "Queue": reference(call, ids.QUEUE, contact.queue_id),
    }


def _groups(call: Call, user: User) -> list[Resource]:
    if user.hierarchy_group_id is None:
        return []
    group = resources.find(call.tx, call.instance.id, ids.HIERARCHY_GROUP, user.hierarchy_group_id)
    return path(call, group) if group else []


def _hierarchy_path(call: Call, user: User) -> dict[str, dict[str, str]] | None:
    groups = _groups(call, user)
    return {
        level: reference(call, ids.HIERARCHY_GROUP, group.id)
        for level, group in zip(LEVELS, groups, strict=False)
    } or None
