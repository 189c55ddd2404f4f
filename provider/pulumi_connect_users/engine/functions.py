"""Functions that every front end offers: look-ups in Connect, and roster files.

Arguments and results are property bags in wire names. Each function raises a ConnectUsersError
whose text is the whole message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from ..aws.current_user_data import current_user_data
from ..aws.user_search import UserQuery, search_users
from ..core.arns import is_id, last_part
from ..core.errors import InvalidFilter, LookUpUnavailable, NotFound, SettingsError
from ..core.identifiers import Unresolved, bare_id
from ..core.lookups import Kind
from ..core.messages import in_one_line
from ..core.privacy import display_name, similar
from ..core.properties import Properties, Value, members
from ..live_data.query import LiveQuery
from ..live_data.wire import to_wire
from ..roster.files import read_roster as read_file
from ..roster.partition import canonical
from ..users.flex import program_names
from ..users.whole_user import ReadUser, read_whole_user, with_names
from .arguments import Arguments

if TYPE_CHECKING:
    from ..aws.instance import InstanceClient
    from ..aws.session import ConnectSession
    from ..core.described_user import DescribedUser
    from ..core.errors import ConnectUsersError
    from ..core.lookups import InstanceFacts
    from ..users.state import UserState
    from .messages import Message
    from .run import Run

Function = Callable[["Run", Properties], Properties]

_LISTED: Final = {
    "routingProfileIds": Kind.ROUTING_PROFILE,
    "securityProfileIds": Kind.SECURITY_PROFILE,
    "hierarchyGroupIds": Kind.HIERARCHY_GROUP,
    "agentStatusIds": Kind.AGENT_STATUS,
    "queueIds": Kind.QUEUE,
}
_NOT_OF_THE_USER: Final = ("identityManagementType", "ownership")


def get_user(run: Run, arguments: Properties) -> Properties:
    """One user with all that Connect has of it, by `username` or `userId`."""
    name = arguments.get("username") or arguments.get("userId")
    with run.log.boundary(_about(f"looking up user {display_name(name)}")):
        given = Arguments(arguments)
        instance_arn = given.required("instanceArn")
        username, user_id = given.text("username"), given.text("userId")
        given.done()
        if (username is None) == (user_id is None):
            raise InvalidFilter("give either username or user_id.")
        session, connect, instance = _seen(run, instance_arn)
        described = connect.find(username) if username else _by_id(user_id or "", connect)
        if described is None:
            raise _missing(username or "", session, instance.arn)
        return {"proficiencies": [], **_found(read_whole_user(described, connect, instance))}


def _by_id(user_id: str, connect: InstanceClient) -> DescribedUser:
    if not is_id(user_id.strip()):
        raise InvalidFilter("user_id is not an id or ARN. Pass a name as username.")
    try:
        return connect.describe(bare_id(user_id, Kind.USER, connect.instance_arn))
    except Unresolved as error:
        raise InvalidFilter(f"user_id {error}") from None
    except NotFound:
        raise NotFound("does not exist in this instance. Check the id and the instance.") from None


def _missing(username: str, session: ConnectSession, instance_arn: str) -> NotFound:
    try:
        near = similar(username, session.users(instance_arn).names.values(), 3)
    except LookUpUnavailable:
        near = []
    hint = f" Did you mean {' or '.join(map(display_name, near))}?" if near else ""
    return NotFound(
        f"does not exist in this instance.{hint} Usernames are case-sensitive, and one that was "
        "created a moment ago may need a minute."
    )


def get_users(run: Run, arguments: Properties) -> Properties:
    """The users who have something in common, as SearchUsers returns them, by username."""
    with run.log.boundary(_about("looking up users")):
        given = Arguments(arguments)
        instance_arn = given.required("instanceArn")
        query = UserQuery(
            routing_profile=given.text("routingProfile"),
            security_profile=given.text("securityProfile"),
            hierarchy_group=given.text("hierarchyGroup"),
            tags=given.tags("tags"),
        )
        given.done()
        session, connect, instance = _seen(run, instance_arn)
        users = [
            _found(with_names(ReadUser(described), connect, instance))
            for described in search_users(connect, query, session)
        ]
        return {"users": sorted(users, key=lambda user: str(user["username"]))}


def get_instance(run: Run, arguments: Properties) -> Properties:
    """The instance, and the ids of what is in it by name, listed again each time."""
    with run.log.boundary(_about(f"looking up instance {arguments.get('instanceArn')}")):
        given = Arguments(arguments)
        instance_arn = given.required("instanceArn")
        given.done()
        session, _, instance = _seen(run, instance_arn)
        ids = {}
        for member, kind in _LISTED.items():
            catalog = session.catalog(instance.arn, kind, fresh=True)
            ids[member] = dict(sorted((name, id_) for id_, name in catalog.names.items()))
        alias = {"instanceAlias": instance.alias} if instance.alias else {}
        return {
            "instanceArn": instance.arn,
            "instanceId": last_part(instance.arn),
            "identityManagementType": instance.identity_management_type,
            **alias,
            **ids,
        }


def get_current_user_data(run: Run, arguments: Properties) -> Properties:
    """The agents at work that match the filters."""
    with run.log.boundary(_about("reading live data")):
        given = Arguments(arguments)
        instance_arn = given.required("instanceArn")
        query = LiveQuery(
            queues=given.texts("queues"),
            routing_profiles=given.texts("routingProfiles"),
            agents=given.texts("agents"),
            hierarchy_group=given.text("hierarchyGroup"),
            contact_states=given.texts("contactStates"),
        )
        given.done()
        data = current_user_data(run.session(), instance_arn, query)
        return {"users": [to_wire(one) for one in data]}


def read_roster(run: Run, arguments: Properties) -> Properties:
    """The users of a roster file by username, each as the text that a native roster takes."""
    with run.log.boundary(_about("reading roster")):
        given = Arguments(arguments)
        path, defaults, teams = given.required("path"), given.maps("defaults"), given.maps("teams")
        given.done()
        users = read_file(
            path,
            defaults=program_names(defaults),
            teams={name: program_names(members(team)) for name, team in teams.items()},
        )
        for notice in users.take_notices():
            (run.log.warn if notice.level == "warning" else run.log.inform)(str(notice))
        return {"users": {name: canonical(user) for name, user in users.items()}}


FUNCTIONS: Final[Mapping[str, Function]] = {
    "getUser": get_user,
    "getUsers": get_users,
    "getInstance": get_instance,
    "getCurrentUserData": get_current_user_data,
    "readRoster": read_roster,
}
"""By the names that programs call them."""
PERSONAL: Final = frozenset({"getUser", "getUsers", "readRoster"})
"""Whose results hold personal data: secret with `connect:personalData: secret`."""


def _seen(run: Run, given: str) -> tuple[ConnectSession, InstanceClient, InstanceFacts]:
    """The instance, by one DescribeInstance for a process."""
    session = run.session()
    return session, session.connect(given), session.instance(given)


def _found(user: UserState) -> Properties:
    """A user without our mark, and without what state keeps for itself."""
    of_user = {k: v for k, v in user.properties.items() if k not in _NOT_OF_THE_USER}
    lists: dict[str, Value] = {"tags": {}, "securityProfileIds": []}
    return {**lists, **of_user, "userArn": user.user_arn, "userId": user.user_id}


def _about(doing: str) -> Message:
    """Messages of a function; what is wrong with the settings or a roster file is whole already."""

    def message(error: ConnectUsersError) -> str:
        is_whole = isinstance(error, SettingsError) or str(error).startswith(doing)
        return str(error) if is_whole else f"{doing}: {in_one_line(error)}"

    return message
