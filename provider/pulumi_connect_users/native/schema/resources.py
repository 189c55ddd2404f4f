"""The three resources."""

from collections.abc import Mapping
from typing import Final

from ...core.user_resources import USER, USER_STATUS
from ...model.attributes import Attribute, top_level
from ...model.facts import Role
from .enums import OnRemove
from .shapes import (
    ANY,
    TEXT,
    Spec,
    described,
    list_of,
    map_of,
    object_type,
    property_of,
    ref,
    type_of,
)

READ_ONLY: Final = "Read-only: found by the provider, do not set it."
_DECLARABLE: Final = (
    "Declare it where a preview cannot ask Amazon Connect; otherwise it is found by the provider."
)
_IDENTITY: Final = "identityManagementType"
_IMPORT: Final = """\
## Import

A user is imported by its ARN, or by the instance's ARN and its username:

```sh
pulumi import connect-users:index:User mary \
arn:aws:connect:us-west-2:111122223333:instance/11111111-2222-4333-8444-555555555555/mary.major
```
"""
_TEAM: Final = described(TEXT, "One of the roster's teams.")
_RESOURCE_ARN: Final = "The user's ARN: the id of the resource."


def resources() -> dict[str, Spec]:
    """The resources by name."""
    return {"User": _user(), "UserRoster": _roster(), "UserStatus": _status()}


def roster_types() -> dict[str, Spec]:
    """The types of a roster's users."""
    settings = {
        a.wire: property_of(a)
        for a in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION, Role.ROSTER)
        if a.wire not in ("instanceArn", "username") and not a.facts.secret
    }
    return {
        "UserSettings": object_type("Settings that users share.", settings),
        "RosterUser": object_type("A user of a roster.", {"team": _TEAM, **settings}),
    }


def _managed(attribute: Attribute) -> Spec:
    """An attribute of the resource itself."""
    replaces = attribute.facts.change == "replace"
    return property_of(attribute) | ({"willReplaceOnChanges": True} if replaces else {})


def _resource(
    doc: str,
    inputs: Mapping[str, Spec],
    required_inputs: list[str],
    outputs: Mapping[str, Spec],
    required: list[str],
    alias: str | None = None,
) -> Spec:
    spec: Spec = {
        "description": doc,
        "inputProperties": inputs,
        "requiredInputs": required_inputs,
        "properties": outputs,
        "required": required,
    }
    return spec | ({"aliases": [{"type": alias}]} if alias else {})


def _user() -> Spec:
    facts = top_level(Role.FACT)
    managed = {a.wire: _managed(a) for a in top_level(Role.ATTRIBUTE, Role.OPTION)}
    names = {a.wire: property_of(a) for a in top_level(Role.NAME)}
    secret = {a.wire for a in top_level() if a.facts.secret}
    outputs = {
        **{name: spec for name, spec in managed.items() if name not in secret},
        **{a.wire: property_of(a) for a in (*facts, *top_level(Role.MARK))},
        "userArn": described(TEXT, _RESOURCE_ARN),
        "userId": described(TEXT, "The user's id: the last part of the ARN."),
    }
    return _resource(
        f"A user of an Amazon Connect instance: agent, supervisor or administrator.\n\n{_IMPORT}",
        {**managed, **names, **{a.wire: _fact(a) for a in facts}},
        ["instanceArn", "username"],
        outputs,
        ["instanceArn", "username", "userArn", "userId"],
        USER,
    )


def _fact(attribute: Attribute) -> Spec:
    note = _DECLARABLE if attribute.wire == _IDENTITY else READ_ONLY
    return described(property_of(attribute), f"{attribute.facts.doc} {note}")


def _roster() -> Spec:
    by_wire = {a.wire: a for a in top_level()}
    shared = {
        "instanceArn": _managed(by_wire["instanceArn"]),
        _IDENTITY: _fact(by_wire[_IDENTITY]),
        "released": described(
            list_of(TEXT),
            "Usernames that leave the roster without being deleted: for a `User` or another "
            "roster, which takes them over with `adopt`.",
        ),
        "onRemove": described(
            type_of(OnRemove),
            "What happens to users that leave otherwise: `delete` (default) or `retain`.",
        ),
    }
    labels = "For each username that is hidden, what stands for it, with a hash of its settings."
    settings = ref("UserSettings")
    inputs = {
        **shared,
        "labels": described(map_of(TEXT), f"{labels} {READ_ONLY}"),
        "users": described(
            map_of({"oneOf": [ref("RosterUser"), TEXT]}),
            "The users by username: settings, or texts that `readRoster` returned.",
        ),
        "defaults": described(
            settings, "What every user has unless the user or its team has another value."
        ),
        "teams": described(map_of(settings), "The same by team."),
        "passwords": {
            **described(
                map_of(TEXT),
                "Initial passwords by username (`CONNECT_MANAGED` only). No API changes them "
                "later.",
            ),
            "secret": True,
        },
    }
    outputs = {
        **shared,
        "users": described(map_of(TEXT), "Each user by username, as one canonical JSON text."),
        "userIds": described(map_of(TEXT), "The users' ids by username."),
        "labels": described(map_of(TEXT), labels),
        "ownership": property_of(by_wire["ownership"]),
    }
    return _resource(
        "Many users of one instance as one resource; each is checked, shown in previews, changed "
        "and marked individually.",
        inputs,
        ["instanceArn", "users"],
        outputs,
        ["instanceArn", "users", "userIds"],
    )


def _status() -> Spec:
    user_arn = {
        **described(TEXT, "The user, by ARN or as `INSTANCE:ID`; state holds the ARN."),
        "willReplaceOnChanges": True,
    }
    status = {
        "userArn": user_arn,
        "agentStatusId": described(TEXT, "Id or ARN of the status; or give `agentStatus`."),
        "triggers": described(list_of(ANY), "Any values; changing one sets the status again."),
        "enforce": described(
            {"type": "boolean"},
            "Whether a refresh reports another status as drift, so that the next `up` sets it "
            "again. An agent who is not at work has no status that could drift. Defaults to "
            "`false`.",
        ),
        "username": described(TEXT, "The username, for messages."),
    }
    facts = {
        "agentStatusName": "Name of the status.",
        "label": "Stands for a username that is hidden: a stem and a hash.",
    }
    inputs = {
        **status,
        "agentStatus": described(
            TEXT, "Name of the status: `Available`, `Offline`, or a custom one."
        ),
        "instanceArn": described(
            TEXT, "The user's instance: lets a preview that creates the user look up the status."
        ),
        **{name: described(TEXT, f"{doc} {READ_ONLY}") for name, doc in facts.items()},
    }
    return _resource(
        "An agent's status, set once when it is declared, changed or triggered. Agents change "
        "their status themselves, which is not drift unless `enforce` is set. During a contact it "
        "is the status that follows. Deleting the resource makes no call.",
        inputs,
        ["userArn"],
        {**status, **{name: described(TEXT, doc) for name, doc in facts.items()}},
        ["userArn", "agentStatusId"],
        USER_STATUS,
    )
