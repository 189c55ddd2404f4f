"""People in IAM Identity Center: the members of some groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from botocore.config import Config
from botocore.exceptions import BotoCoreError

from ..core.errors import NotFound, SettingsError
from ..core.people import Person
from ..core.properties import Properties, members, structures, text
from ..core.run_hooks import SILENT, RunHooks
from .api import ApiClient
from .clients import session_of
from .pagination import Listing, plain, rows
from .rate_limit import RateLimiter

_PER_SECOND: Final = 10.0
"""Half of the rate that all callers of an Identity Center share (its user guide, quotas)."""
_CONFIG: Final = Config(
    # One attempt on the wire: `ApiClient` decides what is retried.
    connect_timeout=5,
    read_timeout=20,
    retries={"total_max_attempts": 1, "mode": "standard"},
)
_PAGE: Final = 100
_MEMBERSHIPS: Final[Listing[Properties]] = Listing("ListGroupMemberships", "GroupMemberships")
_USERS: Final[Listing[Properties]] = Listing("ListUsers", "Users")


class IdentityStore:
    """One identity store, `d-...`; reads only."""

    def __init__(
        self,
        identity_store_id: str,
        *,
        region: str | None = None,
        profile: str | None = None,
        hooks: RunHooks = SILENT,
    ) -> None:
        """Raises SettingsError where there is no Region, or no such profile."""
        session = session_of(profile)
        if not (region or session.region_name):
            raise SettingsError(
                "reading the identity store: no Region. Give --region, Identity Center's own."
            )
        try:
            client = session.client("identitystore", region_name=region, config=_CONFIG)
        except (BotoCoreError, ValueError) as error:
            raise SettingsError(
                f"reading the identity store: {error} Correct --region or the profile."
            ) from None
        api = ApiClient(
            client,
            RateLimiter(_PER_SECOND),
            scope=f"identitystore|{identity_store_id}",
            hooks=hooks,
        )
        self._api = api
        self._store = {"IdentityStoreId": identity_store_id}

    def members(self, groups: Iterable[str]) -> tuple[list[Person], list[str]]:
        """Everyone in these groups, by user name, and the names of groups that do not exist.

        A group's members are those that Identity Center itself has: groups in groups count where
        the directory sends them so. Raises ApiError.
        """
        of_member: dict[str, set[str]] = {}
        missing = []
        for group in groups:
            group_id = self._group_id(group)
            if group_id is None:
                missing.append(group)
                continue
            listed = rows(
                self._api.call, _MEMBERSHIPS, **self._store, GroupId=group_id, MaxResults=_PAGE
            )
            for membership in listed:
                if member := text(members(membership["MemberId"]).get("UserId")):
                    of_member.setdefault(member, set()).add(group)
        people = self._people(of_member)
        return sorted(people, key=lambda person: person.user_name), missing

    def _group_id(self, name: str) -> str | None:
        unique = {"UniqueAttribute": {"AttributePath": "displayName", "AttributeValue": name}}
        try:
            answer = self._api.call("GetGroupId", **self._store, AlternateIdentifier=unique)
        except NotFound as error:
            if "STORE" in str(error).upper():
                raise
            return None
        return str(answer["GroupId"])

    def _people(self, groups: Mapping[str, set[str]]) -> list[Person]:
        """Pages of everyone while that takes fewer calls, the rest one by one."""
        people: dict[str, Person] = {}
        listed = rows(self._api.call, _USERS, **self._store, MaxResults=_PAGE)
        for seen, row in enumerate(listed, 1):
            if (user_id := str(row["UserId"])) in groups:
                people[user_id] = person_of(row, groups[user_id])
            if len(people) == len(groups) or seen > _PAGE * len(groups):
                break
        for user_id in groups.keys() - people.keys():
            try:
                row = plain(self._api.call("DescribeUser", **self._store, UserId=user_id))
            except NotFound:
                continue  # deleted a moment ago
            people[user_id] = person_of(row, groups[user_id])
        return list(people.values())


def person_of(row: Properties, groups: Iterable[str]) -> Person:
    """A user of the identity store; one without a status is enabled."""
    name = members(row.get("Name"))
    # The primary address first.
    emails = sorted(structures(row.get("Emails")), key=lambda email: not email.get("Primary"))
    ids = structures(row.get("ExternalIds"))
    phones = [
        phone
        for phone in structures(row.get("PhoneNumbers"))
        if (text(phone.get("Type")) or "").lower() == "mobile"
    ]
    return Person(
        user_name=text(row.get("UserName")) or "",
        email=_first(emails, "Value"),
        external_id=_first(ids, "Id"),
        given_name=text(name.get("GivenName")) or "",
        family_name=text(name.get("FamilyName")) or "",
        mobile=_first(phones, "Value"),
        active=row.get("UserStatus") != "DISABLED",
        groups=frozenset(groups),
    )


def _first(entries: Sequence[Properties], member: str) -> str:
    return text(entries[0].get(member)) or "" if entries else ""
