"""Resolves the ids and ARNs in a request; answers as AWS does where one does not exist."""

from collections.abc import Iterable

from .. import ids
from ..call import Call
from ..errors import not_found
from ..records import resources, users
from ..records.resources import Resource
from ..records.users import User


def user_of(call: Call) -> User:
    """The user that `UserId` names (id or ARN), unless it is not visible yet."""
    user_id = call.id_of(ids.USER, call.params.text("UserId"))
    call.user_id = user_id or None
    user = users.find(call.tx, call.instance.id, user_id)
    if user is None or hidden(call, user.id):
        raise not_found("The specified user was not found.")
    return user


def hidden(call: Call, user_id: str) -> bool:
    """Whether a user that exists is not visible yet (late visibility); asking counts as a miss."""
    if not users.hidden(call.tx, user_id, call.now):
        return False
    call.regardless.append(lambda tx: users.missed(tx, user_id))
    return True


def resource_of(call: Call, kind: str, reference: str) -> Resource:
    """The resource of a kind that an id or ARN names."""
    resource = resources.find(call.tx, call.instance.id, kind, call.id_of(kind, reference))
    if resource is None:
        verb = "were" if kind == ids.HOURS_OF_OPERATION else "was"
        raise not_found(f"The specified {ids.NOUNS[kind]} {verb} not found.")
    return resource


def id_of(call: Call, kind: str, member: str) -> str:
    """The id of the existing resource that a member of the request names."""
    return resource_of(call, kind, call.params.text(member)).id


def ids_of(call: Call, kind: str, references: Iterable[str]) -> list[str]:
    """The ids of existing resources, in the given order and each once."""
    return list(dict.fromkeys(resource_of(call, kind, one).id for one in references))
