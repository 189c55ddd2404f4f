"""Users: create, describe, list, delete."""

from .. import contact_handling, ids
from ..call import Call
from ..document import Document, Json, Members
from ..errors import duplicate, limit_exceeded
from ..records import tags, users
from ..records.users import User
from . import operation
from .paging import page_by_place
from .references import id_of, ids_of, user_of


@operation("CreateUser")
def create_user(call: Call) -> Members:
    """Store a user; its password has been checked and is kept nowhere."""
    params, instance = call.params, call.instance
    name = params.text("Username")
    if users.username_taken(call.tx, instance.id, name, call.now):
        call.regardless.append(lambda tx: users.met(tx, instance.id, name))
        raise duplicate("A user with the specified username already exists.")
    quota = call.quotas.get("users")
    if quota is not None and users.count(call.tx, instance.id) >= quota:
        raise limit_exceeded(f"The quota of {quota} users per instance is reached.")
    channels = contact_handling.initial()
    if params.part("PhoneConfig"):
        channels = contact_handling.with_phone_config(channels, params.part("PhoneConfig"))
    profiles = params.texts("SecurityProfileIds")
    user = User(
        seq=0,
        instance_id=instance.id,
        id=ids.new_id(),
        username=name,
        routing_profile_id=id_of(call, ids.ROUTING_PROFILE, "RoutingProfileId"),
        hierarchy_group_id=hierarchy_group_id(call),
        modified=call.stamp,
        modified_region=call.region,
        proficiencies_modified=call.stamp,
        doc=Document(
            IdentityInfo=identity_info(call),
            DirectoryUserId=params.get("DirectoryUserId"),
            SecurityProfileIds=ids_of(call, ids.SECURITY_PROFILE, profiles),
            Channels=contact_handling.with_configs(channels, params),
        ),
    )
    hidden_until, hidden_calls = _delay(call, "late-visibility")
    users.insert(call.tx, user=user, hidden_until=hidden_until, hidden_calls=hidden_calls)
    tags.put(call.tx, instance.id, user.id, call.params.part("Tags"))
    call.user_id = user.id
    return {"UserId": user.id, "UserArn": call.arn(ids.USER, user.id)}


@operation("DescribeUser")
def describe_user(call: Call) -> Members:
    """Everything about a user but its password, proficiencies and status."""
    user = user_of(call)
    return {
        "User": {
            **summary(call, user),
            **contact_handling.views(user.doc.part("Channels")),
            "IdentityInfo": user.doc["IdentityInfo"],
            "Tags": tags.get(call.tx, user.id),
            "LastModifiedTime": user.modified,
            "LastModifiedRegion": user.modified_region,
        }
    }


@operation("ListUsers")
def list_users(call: Call) -> Members:
    """Ids, usernames and (unless switched off) the last change, by page."""
    after, size = call.page()
    rows = users.page(call.tx, call.instance.id, after, size + 1, call.now)
    users.overlooked(call.tx, call.instance.id)
    return page_by_place(
        call,
        "UserSummaryList",
        rows,
        lambda row: int(row["seq"]),
        lambda row: {
            "Id": row["id"],
            "Arn": call.arn(ids.USER, row["id"]),
            "Username": row["username"],
            **(call.modified(row) if call.lists_times else {}),
        },
    )


@operation("DeleteUser")
def delete_user(call: Call) -> Members:
    """Delete a user; its quick connects stay, as AWS warns (API reference, DeleteUser)."""
    user = user_of(call)
    users.delete(call.tx, user)
    if "late-disappearance" in call.effects:
        users.linger(call.tx, user, *_delay(call, "late-disappearance"))
    return {}


def _delay(call: Call, effect: str) -> tuple[float, int]:
    """Until when, and for how many calls, an injected effect lasts."""
    rule = call.effects.get(effect, Document())
    return call.now + rule.number("seconds") if "seconds" in rule else 0, rule.whole("calls")


def summary(call: Call, user: User) -> dict[str, Json]:
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


def _directory_user_id(call: Call, user: User) -> Json:
    """The id that was given, or the one that Connect's own directory has for every user."""
    given = user.doc["DirectoryUserId"]
    if given is None and call.instance.identity_type == "CONNECT_MANAGED":
        return ids.directory_user_id(user.id)
    return given


def identity_info(call: Call) -> dict[str, Json]:
    """The request's IdentityInfo without empty members: they are absent e-mails and numbers."""
    identity = call.params.part("IdentityInfo")
    return {name: value for name, value in identity.items() if value}


def hierarchy_group_id(call: Call) -> str | None:
    """The id of the request's hierarchy group, which must exist; None where it has none."""
    given = call.params.text("HierarchyGroupId")
    return id_of(call, ids.HIERARCHY_GROUP, "HierarchyGroupId") if given else None
