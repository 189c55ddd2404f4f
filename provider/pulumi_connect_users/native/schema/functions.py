"""The functions: look-ups, live data and roster files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...live_data.model import (
    ContactState,
    CurrentContact,
    CurrentStatus,
    CurrentUserData,
    HierarchyPath,
    Reference,
)
from ...model.attributes import top_level
from ...model.facts import Role
from ...model.references import OF_USER
from ...model.user import IdentityManagementType
from .shapes import (
    TEXT,
    Spec,
    described,
    list_of,
    map_of,
    object_type,
    property_of,
    ref,
    structure_of_dataclass,
    type_of,
)

_INSTANCE: Final = described(TEXT, "The instance, by ARN or id.")
_INSTANCE_ARN: Final = described(TEXT, "The instance's ARN.")
_USERNAME: Final = described(TEXT, "The username.")
_USER_ID: Final = described(TEXT, "The user's id.")
_USER: Final = {
    "username": _USERNAME,
    "userArn": described(TEXT, "The user's ARN."),
    "userId": _USER_ID,
}
_LIVE_DATA: Final[Mapping[type, Mapping[str, str]]] = {
    CurrentUserData: {
        "user": "The agent.",
        "routingProfile": "The agent's routing profile.",
        "hierarchyPath": "The groups above and of the agent.",
        "status": "The agent's status.",
        "availableSlotsByChannel": "Contacts that the agent could take, by channel.",
        "maxSlotsByChannel": "Contacts that the agent can have at once, by channel.",
        "activeSlotsByChannel": "Contacts that the agent has, by channel.",
        "contacts": "The contacts that the agent is offered, handles, or has just handled.",
        "nextStatus": "Name of the status that follows when the agent's contacts have ended.",
    },
    CurrentStatus: {
        "statusArn": "The status's ARN.",
        "statusName": "The status's name.",
        "statusStartTimestamp": "Since when (RFC 3339, UTC).",
    },
    CurrentContact: {
        "contactId": "The contact's id.",
        "channel": "How the customer reached the contact centre.",
        "initiationMethod": "How the contact began.",
        "agentContactState": "The state of the contact.",
        "stateStartTimestamp": "Since when (RFC 3339, UTC); on hold, since the connection.",
        "connectedToAgentTimestamp": "When the agent was connected (RFC 3339, UTC).",
        "queue": "The queue that the contact came from.",
    },
    HierarchyPath: {
        "levelOne": "The group at the top.",
        "levelTwo": "The group below it.",
        "levelThree": "The group below that.",
        "levelFour": "The group below that.",
        "levelFive": "The group below that.",
    },
    Reference: {"id": "The id.", "arn": "The ARN."},
}
"""Description of each member of live data, by its wire name."""


def functions() -> dict[str, Spec]:
    """The functions by name."""
    return {
        "getUser": _get_user(),
        "getUsers": _get_users(),
        "getInstance": _get_instance(),
        "getCurrentUserData": _get_current_user_data(),
        "readRoster": _read_roster(),
    }


def function_types() -> dict[str, Spec]:
    """The types of their results."""
    live = {kind.__name__: structure_of_dataclass(kind, docs) for kind, docs in _LIVE_DATA.items()}
    found = object_type("A user that was found.", _USER, _USER)
    return {**live, "FoundUser": found}


def _function(
    doc: str,
    inputs: Mapping[str, Spec],
    required_inputs: list[str],
    outputs: Mapping[str, Spec],
    required: list[str],
) -> Spec:
    return {
        "description": doc,
        "inputs": {"properties": inputs, "required": required_inputs},
        "outputs": {"properties": outputs, "required": required},
    }


def _get_user() -> Spec:
    attributes = {
        a.wire: property_of(a)
        for a in top_level(Role.ATTRIBUTE, Role.FACT)
        if not a.facts.secret and (a.facts.role is Role.ATTRIBUTE or a.wire in _FACTS_OF_USER)
    }
    return _function(
        "A user of an instance, with everything that Amazon Connect has of it.",
        {
            "instanceArn": _INSTANCE,
            "username": described(TEXT, "The exact username; or give `userId`."),
            "userId": described(TEXT, "The user's id or ARN."),
        },
        ["instanceArn"],
        {**attributes, **_USER},
        ["instanceArn", *_USER],
    )


_FACTS_OF_USER: Final = ("identityManagementType", *(reference.fact for reference in OF_USER))


def _get_users() -> Spec:
    return _function(
        "The users of an instance: all, or those that every filter lets through.",
        {
            "instanceArn": _INSTANCE,
            "routingProfile": described(TEXT, "Name or id of a routing profile."),
            "securityProfile": described(TEXT, "Name or id of a security profile."),
            "hierarchyGroup": described(TEXT, "Path or id of a hierarchy group."),
            "tags": described(map_of(TEXT), "Tags that the users have."),
        },
        ["instanceArn"],
        {"users": described(list_of(ref("FoundUser")), "The users, by username.")},
        ["users"],
    )


def _get_instance() -> Spec:
    names = {
        "routingProfileIds": "Ids of the routing profiles by name.",
        "securityProfileIds": "Ids of the security profiles by name.",
        "hierarchyGroupIds": "Ids of the hierarchy groups by path.",
        "agentStatusIds": "Ids of the agent statuses by name.",
        "queueIds": "Ids of the queues by name.",
    }
    facts = {
        "instanceArn": _INSTANCE_ARN,
        "instanceId": described(TEXT, "The instance's id."),
        "instanceAlias": described(TEXT, "The instance's alias."),
        "identityManagementType": described(
            type_of(IdentityManagementType), "How the instance manages identities."
        ),
    }
    return _function(
        "An instance: how it manages identities, and the ids of what users refer to by name.",
        {"instanceArn": _INSTANCE},
        ["instanceArn"],
        {**facts, **{name: described(map_of(TEXT), doc) for name, doc in names.items()}},
        ["instanceArn", "instanceId", "identityManagementType", *names],
    )


def _get_current_user_data() -> Spec:
    texts = list_of(TEXT)
    return _function(
        "The agents at work, with their status and contacts. A missing agent is not at work, as "
        "far as Amazon Connect knows. `queues`, `routingProfiles`, `agents` and `hierarchyGroup` "
        "exclude one another; without any of them all agents at work are returned.",
        {
            "instanceArn": _INSTANCE,
            "queues": described(texts, "Up to 100 names, ids or ARNs of queues."),
            "routingProfiles": described(texts, "Up to 100 names, ids or ARNs."),
            "agents": described(texts, "Up to 100 usernames, ids or ARNs of users."),
            "hierarchyGroup": described(
                TEXT, "Path (`AMER/West`), id or ARN of one group: its agents and those below."
            ),
            "contactStates": described(
                list_of(type_of(ContactState)),
                "Only agents who have a contact in one of these states, and only those contacts.",
            ),
        },
        ["instanceArn"],
        {"users": described(list_of(ref("CurrentUserData")), "The agents at work.")},
        ["users"],
    )


def _read_roster() -> Spec:
    return _function(
        "The users of a roster file (YAML or CSV), for `UserRoster`. Mistakes are reported with "
        "their places in the file.",
        {"path": described(TEXT, "The file, relative to the program's folder.")},
        ["path"],
        {"users": described(map_of(TEXT), "Each user by username, as one JSON text.")},
        ["users"],
    )
