"""A user's proficiencies. They have a time of change of their own; the user's stays as it is."""

from collections.abc import Iterator

from ..call import AWS_QUOTAS, Call
from ..document import Json, Members
from ..errors import invalid_parameter, invalid_request
from ..records import proficiencies
from ..records.users import User
from . import operation
from .paging import page_by_offset
from .references import user_of


@operation("AssociateUserProficiencies")
def associate_user_proficiencies(call: Call) -> Members:
    """Add proficiencies; one that the user already has gets the new level."""
    user = user_of(call)
    for name, value, level in _requested(call):
        proficiencies.put(call.tx, user.id, name, value, level)
    quota = call.quotas.get("proficiencies", AWS_QUOTAS["proficiencies"])
    if len(proficiencies.all_of(call.tx, user.id)) > quota:
        # The operation models no LimitExceededException.
        raise invalid_request(f"The quota of {quota} proficiencies per agent is exceeded.")
    return _changed(call, user)


@operation("UpdateUserProficiencies")
def update_user_proficiencies(call: Call) -> Members:
    """Change levels of proficiencies the user has."""
    user = user_of(call)
    for name, value, level in _requested(call):
        _require(call, user, name, value)
        proficiencies.put(call.tx, user.id, name, value, level)
    return _changed(call, user)


@operation("DisassociateUserProficiencies")
def disassociate_user_proficiencies(call: Call) -> Members:
    """Remove proficiencies; one that the user does not have is refused."""
    user = user_of(call)
    for name, value, _ in _requested(call):
        _require(call, user, name, value)
        proficiencies.remove(call.tx, user.id, name, value)
    return _changed(call, user)


@operation("ListUserProficiencies")
def list_user_proficiencies(call: Call) -> Members:
    """A user's proficiencies in alphabetical order, by page."""
    user = user_of(call)
    listed: list[Json] = [
        {"AttributeName": row["name"], "AttributeValue": row["value"], "Level": row["level"]}
        for row in proficiencies.all_of(call.tx, user.id)
    ]
    return {
        **page_by_offset(call, "UserProficiencyList", listed),
        "LastModifiedTime": user.proficiencies_modified,
        "LastModifiedRegion": user.modified_region,
    }


def _requested(call: Call) -> Iterator[tuple[str, str, float]]:
    for one in call.params.parts("UserProficiencies"):
        yield one.text("AttributeName"), one.text("AttributeValue"), one.number("Level")


def _require(call: Call, user: User, name: str, value: str) -> None:
    if not proficiencies.has(call.tx, user.id, name, value):
        raise invalid_parameter(f"The user has no proficiency {name}: {value}.")


def _changed(call: Call, user: User) -> Members:
    proficiencies.touch(call.tx, user.id, call.stamp)
    return {}
