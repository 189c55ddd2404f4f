"""An in-memory twin of Amazon Connect behind the core's ports; contract tests hold it to `aws`."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid4, uuid5

from pulumi_connect_users.core.arns import last_part, user_arn
from pulumi_connect_users.core.described_user import DescribedUser
from pulumi_connect_users.core.errors import ApiError, Duplicate, InvalidRequest, NotFound
from pulumi_connect_users.core.lookups import REFERENCES, Kind
from pulumi_connect_users.core.ownership import MOST_TAGS
from pulumi_connect_users.core.properties import Properties
from pulumi_connect_users.core.security_profile import SecurityProfile
from pulumi_connect_users.emulator.seeding.defaults import SECURITY_PROFILES
from pulumi_connect_users.live_data.model import CurrentUserData
from pulumi_connect_users.users.ports import QuickConnect
from tests.support.programs import MANAGED_ARN

_NAMES: Final[dict[Kind, list[str]]] = {
    Kind.ROUTING_PROFILE: ["Basic Routing Profile", "Suspended"],
    Kind.SECURITY_PROFILE: ["Admin", "Agent", "CallCenterManager", "QualityAnalyst", "Suspended"],
    Kind.HIERARCHY_GROUP: ["AMER/West/Team 1", "AMER/West/Team 2", "AMER/East/Team 3"],
    Kind.AGENT_STATUS: ["Available", "Offline"],
    Kind.QUEUE: ["BasicQueue"],
}
_CHANNELS = ("VOICE", "CHAT", "TASK", "EMAIL")
_READS = ("Describe", "List", "Search", "Get")
_SETS = ("UpdateUserIdentityInfo", "UpdateUserRoutingProfile", "UpdateUserSecurityProfiles")
_SHOWN = ("PhoneNumber", "AutoAccept", "AfterContactWork", "PersistentConnection")
"""What PhoneConfig shows of VOICE."""
Json = dict[str, Any]


@dataclass
class _Fault:
    operation: str
    error: ApiError
    times: int
    after: bool


class Twin:
    """Implements `UserApi` and `LiveData` for one instance.

    Structures are whole, lists of channels are by channel, tags are merged, as in Connect.
    """

    def __init__(self, instance_arn: str = MANAGED_ARN) -> None:
        self.instance_arn = instance_arn
        self.described: dict[str, Json] = {}
        """DescribeUser's answers, by id."""
        self.skills: dict[str, dict[tuple[str, str], Json]] = {}
        self.names = {
            kind: {str(uuid5(NAMESPACE_OID, kind.value + name)): name for name in names}
            for kind, names in _NAMES.items()
        }
        self.profiles = {
            i: SecurityProfile(i, name, frozenset(SECURITY_PROFILES.get(name, ())))
            for i, name in self.names[Kind.SECURITY_PROFILE].items()
        }
        self.data: dict[str, CurrentUserData] = {}
        self.leading: list[tuple[str, QuickConnect]] = []
        """Quick connects, each with the user that it leads to."""
        self.before_change: Callable[[], None] = lambda: None
        self._log: list[str] = []
        self.refused: list[str] = []
        """Changes that Connect itself refused."""
        self._changed: dict[str, datetime] = {}
        self._statuses: dict[str, str] = {}
        self.faults: list[_Fault] = []
        self._now = datetime(2026, 1, 1, tzinfo=UTC)

    def mark(self) -> None:
        """Forgets the requests so far."""
        self._log.clear()

    def calls(self) -> list[str]:
        """Every operation since the mark."""
        return list(self._log)

    def changes(self) -> list[str]:
        """The operations since the mark that change something."""
        return [one for one in self._log if not one.startswith(_READS)]

    def fail(
        self, operation: str, error: ApiError, *, times: int = 99, after: bool = False
    ) -> None:
        """Answers the next calls with an error; `after` the change was made, if asked."""
        self.faults.append(_Fault(operation, error, times, after))

    def id_of(self, kind: Kind, name: str) -> str:
        """The id of the profile, group or status of a name."""
        return next(i for i, known in self.names[kind].items() if known == name)

    def add_profile(self, name: str, *permissions: str, **more: Any) -> str:
        """A security profile that someone creates; returns the id."""
        profile_id = str(uuid4())
        self.names[Kind.SECURITY_PROFILE][profile_id] = name
        profile = SecurityProfile(profile_id, name, frozenset(permissions), **more)
        self.profiles[profile_id] = profile
        return profile_id

    def add(self, username: str = "mary.major", **more: Any) -> str:
        """A user that someone creates in the console; returns the id."""
        user = {
            "Username": username,
            "IdentityInfo": {"FirstName": "Mary", "LastName": "Roe", "Email": "mary@example.org"},
            "RoutingProfileId": self.id_of(Kind.ROUTING_PROFILE, "Basic Routing Profile"),
            "SecurityProfileIds": [self.id_of(Kind.SECURITY_PROFILE, "Agent")],
        }
        return str(self.change("CreateUser", **user | more)["UserId"])

    def change(self, operation: str, **parameters: Any) -> Json:
        """A call of someone else: neither logged nor failing."""
        self._now += timedelta(seconds=1)
        answer = self._answer(operation, dict(parameters))
        if user := self.described.get(self._subject(parameters, answer)):
            user["LastModifiedTime"] = self._now
        return answer

    def call(self, operation: str, **parameters: Any) -> Json:
        """See `UserApi`."""
        if not operation.startswith(_READS):
            self.before_change()
        self._log.append(operation)
        fault = next((one for one in self.faults if one.operation == operation), None)
        if fault is not None:
            fault.times -= 1
            if not fault.times:
                self.faults.remove(fault)
            if fault.after:
                self.change(operation, **parameters)
            raise fault.error
        if operation.startswith(_READS):
            return self._answer(operation, parameters)
        try:
            answer = self.change(operation, **parameters)
        except ApiError:
            self.refused.append(operation)
            raise
        self._changed[self._subject(parameters, answer)] = self._now
        return answer

    @staticmethod
    def _subject(parameters: Json, answer: Json) -> str:
        """The id of the user that a call was about."""
        arn = parameters.get("resourceArn", "")
        return str(parameters.get("UserId") or answer.get("UserId") or last_part(arn))

    def describe(self, user_id: str) -> DescribedUser:
        """See `UserApi`."""
        return DescribedUser.decode(self.call("DescribeUser", UserId=user_id)["User"])

    def find(self, username: str) -> DescribedUser | None:
        """See `UserApi`."""
        ids = self.call("SearchUsers", Username=username)["Users"]
        try:
            return self.describe(ids[0]) if ids else None
        except NotFound:
            return None

    def proficiencies(self, user_id: str) -> list[Properties]:
        """See `UserApi`."""
        return list(self.call("ListUserProficiencies", UserId=user_id)["UserProficiencyList"])

    def written(self, user_id: str) -> datetime | None:
        """See `UserApi`."""
        return self._changed.get(user_id)

    def security_profile(self, name: str) -> str | None:
        """See `UserApi`."""
        self.call("ListSecurityProfiles")
        names = self.names[Kind.SECURITY_PROFILE]
        return next((one for one, known in names.items() if known == name), None)

    def holders(self, security_profile: str) -> dict[str, str]:
        """See `UserApi`."""
        ids = self.call("SearchUsers", SecurityProfileId=security_profile)["Users"]
        return {one: self.described[one]["Username"] for one in ids}

    def names_of(self, ids: Properties) -> Properties:
        """See `UserApi`."""
        facts: Json = {}
        for kind, reference in REFERENCES.items():
            given, names = ids.get(reference.id), self.names[kind]
            if isinstance(given, list) and given and all(one in names for one in given):
                facts[reference.fact] = [names[str(one)] for one in given]
            elif isinstance(given, str) and given in names:
                facts[reference.fact] = names[given]
        return facts

    def activity(self, user_id: str) -> CurrentUserData | None:
        """See `LiveData`."""
        self.call("GetCurrentUserData")
        return self.data.get(user_id)

    def quick_connects(self, user_id: str) -> list[QuickConnect]:
        """See `LiveData`."""
        self.call("SearchQuickConnects")
        return [quick for leads_to, quick in self.leading if leads_to == user_id]

    def offline_status(self) -> str:
        """See `LiveData`."""
        return self.id_of(Kind.AGENT_STATUS, "Offline")

    def _answer(self, operation: str, given: Json) -> Json:
        """The answer of one call, made."""
        match operation:
            case "CreateUser":
                return {"UserId": self._create(**given)}
            case "SearchUsers":
                return {"Users": [u["Id"] for u in self.described.values() if _found(u, **given)]}
            case "ListSecurityProfiles":
                pass
            case "TagResource" | "UntagResource":
                self._tag(self._user(last_part(given.pop("resourceArn"))), **given)
            case "DeleteQuickConnect":
                self.leading = [one for one in self.leading if one[1].id != given["QuickConnectId"]]
            case "GetCurrentUserData" | "SearchQuickConnects" | "DescribeSecurityProfile":
                pass
            case "ListSecurityProfilePermissions":
                return {"Permissions": self._permissions(given["SecurityProfileId"])}
            case "ListRoutingProfileQueues":
                name = self.names[Kind.ROUTING_PROFILE][given["RoutingProfileId"]]
                queues = [] if name == "Suspended" else [{"QueueName": "BasicQueue"}]
                return {"RoutingProfileQueueConfigSummaryList": queues}
            case _:
                return self._answer_of_user(operation, **given)
        return {}

    def _answer_of_user(self, operation: str, UserId: str, **given: Any) -> Json:  # noqa: N803
        user, skills = self._user(UserId), self.skills[UserId]
        match operation:
            case "DescribeUser":
                return {"User": deepcopy(user)}
            case "ListUserProficiencies":
                return {"UserProficiencyList": list(skills.values())}
            case "DeleteUser":
                del self.described[UserId]
            case "PutUserStatus":
                if self._statuses.get(UserId) == given["AgentStatusId"]:
                    raise InvalidRequest("User already in requested status")
                self._statuses[UserId] = given["AgentStatusId"]
            case "UpdateUserConfig":
                _put_channels(user, given)
            case "UpdateUserPhoneConfig":
                _put_phone(user, given["PhoneConfig"])
            case "UpdateUserHierarchy":
                user["HierarchyGroupId"] = given.get("HierarchyGroupId")
            case _ if operation in _SETS:
                user |= given
            case _:
                for one in given["UserProficiencies"]:
                    key = (one["AttributeName"], one["AttributeValue"])
                    if key not in skills and not operation.startswith("Associate"):
                        raise InvalidRequest("The user has no such proficiency.")
                    skills[key] = one
                    if operation.startswith("Disassociate"):
                        del skills[key]
        return {}

    def _permissions(self, profile_id: str) -> list[str]:
        if profile_id not in self.profiles:
            raise NotFound("no such profile", code="ResourceNotFoundException")
        return sorted(self.profiles[profile_id].permissions or ())

    def _user(self, user_id: str) -> Json:
        if user_id not in self.described:
            raise NotFound("no such user", code="ResourceNotFoundException")
        return self.described[user_id]

    def _create(self, *, Password: str = "", Tags: Json | None = None, **given: Any) -> str:  # noqa: N803
        if any(user["Username"] == given["Username"] for user in self.described.values()):
            raise Duplicate("the username is taken", code="DuplicateResourceException")
        if given["RoutingProfileId"] not in self.names[Kind.ROUTING_PROFILE]:
            raise NotFound("no such routing profile", code="ResourceNotFoundException")
        user_id = str(uuid4())
        arn = user_arn(self.instance_arn, user_id)
        user: Json = {"Id": user_id, "Arn": arn, "Tags": Tags or {}}
        user["AutoAcceptConfigs"] = [{"Channel": c, "AutoAccept": False} for c in _CHANNELS]
        self.described[user_id], self.skills[user_id] = user, {}
        _put_phone(user, given.get("PhoneConfig", {}))
        _put_channels(user, {k: given.pop(k) for k in list(given) if k.endswith("Configs")})
        user |= {k: v for k, v in given.items() if k != "PhoneConfig"}
        return user_id

    @staticmethod
    def _tag(user: Json, tags: Json | None = None, tagKeys: Iterable[str] = ()) -> None:  # noqa: N803
        merged = {k: v for k, v in {**user["Tags"], **(tags or {})}.items() if k not in tagKeys}
        if len(merged) > MOST_TAGS:
            raise InvalidRequest("too many tags")
        user["Tags"] = merged


def _found(user: Json, Username: str = "", SecurityProfileId: str = "") -> bool:  # noqa: N803
    return Username in ("", user["Username"]) and (
        SecurityProfileId in ("", *user["SecurityProfileIds"])
    )


def _put_phone(user: Json, phone: Json) -> None:
    """Sets the whole structure, and with it every channel."""
    limit = {"AfterContactWorkTimeLimit": phone.get("AfterContactWorkTimeLimit", 0)}
    kind, number = phone.get("PhoneType", "SOFT_PHONE"), phone.get("DeskPhoneNumber", "")
    lists = {
        "AutoAcceptConfigs": [{"Channel": "VOICE", "AutoAccept": phone.get("AutoAccept", False)}],
        "AfterContactWorkConfigs": [
            {"Channel": channel, "AfterContactWorkConfig": limit} for channel in _CHANNELS
        ],
        "PhoneNumberConfigs": [{"Channel": "VOICE", "PhoneType": kind, "PhoneNumber": number}],
        "PersistentConnectionConfigs": [
            {"Channel": "VOICE", "PersistentConnection": phone.get("PersistentConnection", False)}
        ],
    }
    _put_channels(user, lists)


def _put_channels(user: Json, lists: Json) -> None:
    """Replaces the entries of channels; PhoneConfig shows the VOICE channel."""
    for name, entries in lists.items():
        by_channel = {entry["Channel"]: entry for entry in (*user.get(name, ()), *entries)}
        user[name] = list(by_channel.values())
    voice = {k: v for name in _SHOWN for k, v in user[f"{name}Configs"][0].items()}
    user["PhoneConfig"] = {
        **{name: voice[name] for name in ("PhoneType", "AutoAccept", "PersistentConnection")},
        **voice["AfterContactWorkConfig"],
        "DeskPhoneNumber": voice.get("PhoneNumber", ""),
    }
