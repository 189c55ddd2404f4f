"""Users: create, describe, list, delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import contact_handling, ids
from ..call import Call
from ..errors import duplicate, limit_exceeded
from ..records import tags, users
from ..records.users import User
from . import operation
from .references import ids_in, resource_in, user_in


@operation("CreateUser")
def create_user(call: Call) -> Mapping[str, Any]:
    """Store a user; its password has been checked and is kept nowhere."""
    params = call.params
    instance = call.instance
    name = params["Username"]
    if users.username_taken(call.tx, instance.id, name, call.now):
        call.regardless.append(lambda tx: users.met(tx, instance.id, name))
        raise duplicate("A user with the specified username already exists.")
    quota = call.quotas.get("users")
    if quota is not None and users.count(call.tx, instance.id) >= quota:
        raise limit_exceeded(f"The quota of {quota} users per instance is reached.")
    settings = contact_handling.initial()
    if params.get("PhoneConfig"):
        settings = contact_handling.with_phone_config(settings, params["PhoneConfig"])
    group = params.get("HierarchyGroupId")
    user = User(
        seq=0,
        instance_id=instance.id,
        id=ids.new_id(),
        username=name,
        routing_profile_id=resource_in(call, ids.ROUTING_PROFILE, params["RoutingProfileId"]).id,
        hierarchy_group_id=resource_in(call, ids.HIERARCHY_GROUP, group).id if group else None,
        modified=call.stamp,
        modified_region=call.region,
        proficiencies_modified=call.stamp,
        doc={
            "IdentityInfo": present(params.get("IdentityInfo") or {}),
            "DirectoryUserId": params.get("DirectoryUserId"),
            "SecurityProfileIds": ids_in(call, ids.SECURITY_PROFILE, params["SecurityProfileIds"]),
            "Channels": contact_handling.with_configs(settings, params),
        },
    )
    late = call.effects.get("late-visibility", {})
    hidden_until = call.now + late["seconds"] if "seconds" in late else 0
    users.insert(call.tx, user=user, hidden_until=hidden_until, hidden_calls=late.get("calls", 0))
    tags.put(call.tx, instance.id, user.id, params.get("Tags") or {})
    call.user_id = user.id
    return {"UserId": user.id, "UserArn": call.arn(ids.USER, user.id)}


@operation("DescribeUser")
def describe_user(call: Call) -> Mapping[str, Any]:
    """Everything about a user but its password, proficiencies and status."""
    user = user_in(call)
    return {
        "User": summary(call, user)
        | contact_handling.views(user.doc["Channels"])
        | {
            "IdentityInfo": user.doc["IdentityInfo"],
            "Tags": tags.get(call.tx, user.id),
            "LastModifiedTime": user.modified,
            "LastModifiedRegion": user.modified_region,
        }
    }


@operation("ListUsers")
def list_users(call: Call) -> Mapping[str, Any]:
    """Ids, usernames and (unless the controls say otherwise) the last change, by page."""
    after, size = call.page()
    rows = users.page(call.tx, call.instance.id, after, size + 1, call.now)
    users.overlooked(call.tx, call.instance.id)
    return {
        "UserSummaryList": [
            {
                "Id": row["id"],
                "Arn": call.arn(ids.USER, row["id"]),
                "Username": row["username"],
                **(call.modified(row) if call.lists_times else {}),
            }
            for row in rows[:size]
        ],
        "NextToken": call.next_token(rows[size - 1]["seq"]) if len(rows) > size else None,
    }


@operation("DeleteUser")
def delete_user(call: Call) -> Mapping[str, Any]:
    """Forget a user; its quick connects stay, as AWS warns (API reference, DeleteUser)."""
    user = user_in(call)
    users.delete(call.tx, user)
    late = call.effects.get("late-disappearance")
    if late is not None:
        until = call.now + late["seconds"] if "seconds" in late else 0
        users.linger(call.tx, user, until, late.get("calls", 0))
    return {}


def summary(call: Call, user: User) -> dict[str, Any]:
    """The members that DescribeUser and SearchUsers have in common."""
    return {
        "Id": user.id,
        "Arn": call.arn(ids.USER, user.id),
        "Username": user.username,
        "DirectoryUserId": _directory_user_id(call, user),
        "SecurityProfileIds": user.doc["SecurityProfileIds"],
        "RoutingProfileId": user.routing_profile_id,
        "HierarchyGroupId": user.hierarchy_group_id,
    }


def _directory_user_id(call: Call, user: User) -> str | None:
    """The id that was given, or the one that Connect's own directory has for every user."""
    given: str | None = user.doc["DirectoryUserId"]
    if given is None and call.instance.mode == "CONNECT_MANAGED":
        return ids.directory_user_id(user.id)
    return given


def present(identity: Mapping[str, Any]) -> dict[str, Any]:
    """Identity members that say something: an empty e-mail address or number is none."""
    return {name: value for name, value in identity.items() if value}
