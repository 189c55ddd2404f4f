"""The functions: look-ups, live data and roster files."""

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
_IDENTIFIED: Final = {
    "instanceArn": _INSTANCE_ARN,
    "username": described(TEXT, "The name to log in with."),
    "userArn": described(TEXT, "The user's ARN."),
    "userId": described(TEXT, "The user's id: the last part of the ARN."),
}
_NAMES: Final = tuple(reference.fact for reference in OF_USER)
_ALWAYS: Final = ("securityProfileIds", "tags", *_IDENTIFIED)
"""What is known of every user that is found."""
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
    details = object_type("A user as Amazon Connect has it.", _details(), _ALWAYS)
    return {**live, "UserDetails": details}


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


def _details() -> dict[str, Spec]:
    attributes = (a for a in top_level(Role.ATTRIBUTE) if not a.facts.secret)
    facts = (a for a in top_level(Role.FACT) if a.wire in _NAMES)
    return {**{a.wire: property_of(a) for a in (*attributes, *facts)}, **_IDENTIFIED}


def _get_user() -> Spec:
    return _function(
        "A user of an instance, with everything that Amazon Connect has of it. A user who does "
        "not exist is an error.",
        {
            "instanceArn": _INSTANCE,
            "username": described(TEXT, "The exact username; or give `userId`."),
            "userId": described(TEXT, "The user's id or ARN."),
        },
        ["instanceArn"],
        _details(),
        [*_ALWAYS, "proficiencies"],
    )


def _get_users() -> Spec:
    profile = "Name, id or ARN of a {} profile that the users have."
    return _function(
        "All users of an instance, or those who meet every condition. They come from SearchUsers, "
        "whose index may lag behind a change: without e-mail addresses, mobile numbers and "
        "proficiencies.",
        {
            "instanceArn": _INSTANCE,
            "routingProfile": described(TEXT, profile.format("routing")),
            "securityProfile": described(TEXT, profile.format("security")),
            "hierarchyGroup": described(
                TEXT, "Path (`AMER/West`), id or ARN of a group: its users and those below."
            ),
            "tags": described(map_of(TEXT), "Tags with the values that the users have."),
        },
        ["instanceArn"],
        {"users": described(list_of(ref("UserDetails")), "The users, by username.")},
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
        "exclude each other; without any of them all agents at work are returned.",
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
    settings = ref("UserSettings")
    return _function(
        "The users of a roster file (YAML, JSON or CSV), or of all in a folder, for `UserRoster`. "
        "Every mistake is reported with its line.",
        {
            "path": described(
                TEXT, "A `.yaml`, `.yml`, `.json`, `.csv` or `.tsv` file, or a folder of them."
            ),
            "defaults": described(settings, "What every user has unless the file says otherwise."),
            "teams": described(map_of(settings), "The same by team."),
        },
        ["path"],
        {"users": described(map_of(TEXT), "Each user by username, as one JSON text.")},
        ["users"],
    )
