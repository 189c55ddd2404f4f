"""One instance through one client: what `users` needs of Amazon Connect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from ..core.arns import last_part
from ..core.described_user import DescribedUser
from ..core.errors import NotFound
from ..core.lookups import Kind
from ..core.properties import Properties
from ..users.run_context import RunContext
from .api import ApiClient, is_read
from .live_data import LiveDataClient
from .name_catalogs import NameCatalogs
from .pagination import PROFICIENCIES, SEARCHED_USERS, plain, rows
from .snapshot import SEARCH_PAGE, exact, with_mark_of

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import UserSearchSummaryTypeDef

_WITHOUT_INSTANCE = ("TagResource", "UntagResource", "ListTagsForResource")


class InstanceClient:
    """Implements `users.ports.UserApi`; has the instance's live data and the run beside it."""

    def __init__(
        self, api: ApiClient, instance_arn: str, catalogs: NameCatalogs, run: RunContext
    ) -> None:
        self._api = api
        self.instance_arn = instance_arn
        self._instance_id = last_part(instance_arn)
        self._catalogs = catalogs
        self.names_of = catalogs.names_of
        self.live_data = LiveDataClient(self.call)
        self.run = run
        self._written: dict[str, datetime] = {}

    def call(self, operation: str, **parameters: object) -> Any:
        """One API call, with the instance filled in; the answer is boto3's."""
        if operation not in _WITHOUT_INSTANCE:
            parameters = {"InstanceId": self._instance_id, **parameters}
        answer = self._api.call(operation, **parameters)
        if not is_read(operation):
            user_id = parameters.get("UserId") or answer.get("UserId")
            user_id = user_id or last_part(str(parameters.get("resourceArn", "")))
            if user_id and (date := _date(answer)):
                self._written[str(user_id)] = date
        return answer

    def written(self, user_id: str) -> datetime | None:
        """The date of Connect's answer to this process's last change of the user, if any."""
        return self._written.get(user_id)

    def describe(self, user_id: str) -> DescribedUser:
        """By DescribeUser; raises NotFound."""
        return DescribedUser.decode(self.call("DescribeUser", UserId=user_id)["User"])

    def proficiencies(self, user_id: str) -> list[Properties]:
        """All pages of ListUserProficiencies."""
        return [
            plain(row) for row in rows(self.call, PROFICIENCIES, UserId=user_id, MaxResults=100)
        ]

    def marked(self, stack: str) -> Iterator[UserSearchSummaryTypeDef]:
        """SearchUsers' rows of the users that carry a stack's mark: 500 a call."""
        mark = with_mark_of(stack)
        return rows(self.call, SEARCHED_USERS, SearchFilter=mark, MaxResults=SEARCH_PAGE)

    def count_marked(self, stack: str) -> int:
        """How many users carry a stack's mark, by one SearchUsers."""
        answer = self.call("SearchUsers", SearchFilter=with_mark_of(stack), MaxResults=1)
        return int(answer.get("ApproximateTotalCount", 0))

    def security_profile(self, name: str) -> str | None:
        """The id of the security profile of a name, None if there is none."""
        return next(iter(self._catalogs.catalog(Kind.SECURITY_PROFILE).ids_of(name)), None)

    def holders(self, security_profile: str) -> Mapping[str, str]:
        """By id the usernames of all that SearchUsers shows with a profile: 500 a call."""
        criteria = exact("SecurityProfileId", security_profile)
        found = rows(self.call, SEARCHED_USERS, SearchCriteria=criteria, MaxResults=SEARCH_PAGE)
        return {row["Id"]: row.get("Username", "") for row in found}

    def find(self, username: str) -> DescribedUser | None:
        """By SearchUsers, whose index may lag, confirmed by DescribeUser; case-sensitive."""
        criteria = exact("Username", username)
        for row in rows(self.call, SEARCHED_USERS, SearchCriteria=criteria, MaxResults=100):
            if row.get("Username") != username:
                continue
            try:
                return self.describe(row["Id"])
            except NotFound:
                continue
        return None


def _date(answer: Mapping[str, Any]) -> datetime | None:
    """When an answer was given, to the second; None where the endpoint gives no date."""
    text = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date", "")
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else None
