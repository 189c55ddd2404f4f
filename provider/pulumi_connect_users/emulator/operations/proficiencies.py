"""A user's proficiencies. They have a time of change of their own; the user's stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..call import Call
from ..errors import invalid_parameter, invalid_request
from ..faults.settings import AWS_QUOTAS
from ..records import proficiencies
from ..records.users import User
from . import operation
from .references import user_in


@operation("AssociateUserProficiencies")
def associate_user_proficiencies(call: Call) -> Mapping[str, Any]:
    """Add proficiencies; one that the user already has gets the new level."""
    user = user_in(call)
    for one in call.params["UserProficiencies"]:
        proficiencies.put(
            call.tx, user.id, one["AttributeName"], one["AttributeValue"], one["Level"]
        )
    most = call.quotas.get("proficiencies", AWS_QUOTAS["proficiencies"])
    if len(proficiencies.page(call.tx, user.id, 0, -1)) > most:
        # The operation models no LimitExceededException.
        raise invalid_request(f"The quota of {most} proficiencies per agent is exceeded.")
    return _changed(call, user)


@operation("UpdateUserProficiencies")
def update_user_proficiencies(call: Call) -> Mapping[str, Any]:
    """Change levels of proficiencies the user has."""
    user = user_in(call)
    for one in call.params["UserProficiencies"]:
        name, value = one["AttributeName"], one["AttributeValue"]
        if not proficiencies.has(call.tx, user.id, name, value):
            raise invalid_parameter(f"The user has no proficiency {name}: {value}.")
        proficiencies.put(call.tx, user.id, name, value, one["Level"])
    return _changed(call, user)


@operation("DisassociateUserProficiencies")
def disassociate_user_proficiencies(call: Call) -> Mapping[str, Any]:
    """Take proficiencies away; one that the user does not have is refused."""
    user = user_in(call)
    for one in call.params["UserProficiencies"]:
        name, value = one["AttributeName"], one["AttributeValue"]
        if not proficiencies.has(call.tx, user.id, name, value):
            raise invalid_parameter(f"The user has no proficiency {name}: {value}.")
        proficiencies.remove(call.tx, user.id, name, value)
    return _changed(call, user)


@operation("ListUserProficiencies")
def list_user_proficiencies(call: Call) -> Mapping[str, Any]:
    """A user's proficiencies in alphabetical order, by page."""
    user = user_in(call)
    after, size = call.page()
    rows = proficiencies.page(call.tx, user.id, after, size + 1)
    return {
        "UserProficiencyList": [
            {"AttributeName": row["name"], "AttributeValue": row["value"], "Level": row["level"]}
            for row in rows[:size]
        ],
        "NextToken": call.next_token(after + size) if len(rows) > size else None,
        "LastModifiedTime": user.proficiencies_modified,
        "LastModifiedRegion": user.modified_region,
    }


def _changed(call: Call, user: User) -> Mapping[str, Any]:
    proficiencies.touch(call.tx, user.id, call.stamp)
    return {}
