"""One instance through one client: what `users` needs of Amazon Connect."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from ..core.arns import last_part
from ..core.described_user import DescribedUser
from ..core.errors import AccessDenied, LookUpUnavailable, NotFound, ServiceFailure
from ..core.lookups import REFERENCES, Kind
from ..core.properties import Properties, texts
from ..live_data.model import CurrentUserData, flatten
from ..users.deletion_limit import DeletionLimit
from ..users.run.user_outcomes import UserOutcomes
from .api import ApiClient, is_read
from .clients import session_of
from .name_catalogs import NameCatalogs
from .pagination import CURRENT_USER_DATA, PROFICIENCIES, SEARCHED_USERS, plain, rows
from .quick_connects import QuickConnects
from .secrets_manager import ENDPOINT_VARIABLE, SecretsManager
from .settings import Settings
from .snapshot import SEARCH_PAGE, exact, with_mark_of

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import UserDataFiltersTypeDef, UserSearchSummaryTypeDef

_WITHOUT_INSTANCE = ("TagResource", "UntagResource", "ListTagsForResource")
_ATTEMPTS = 7
"""With pauses of 1, 2, 4 ... 32 seconds: a minute for what is not visible or not gone yet."""


class InstanceClient:
    """Implements `users.ports.ConnectInstance`."""

    def __init__(
        self,
        api: ApiClient,
        instance_arn: str,
        catalogs: NameCatalogs,
        settings: Settings,
        outcomes: UserOutcomes,
        deletion_limit: DeletionLimit,
    ) -> None:
        """`outcomes` and `deletion_limit` are the process's."""
        self._api = api
        self.instance_arn = instance_arn
        self._instance_id = last_part(instance_arn)
        self._catalogs = catalogs
        self._settings = settings
        self.outcomes = outcomes
        self.deletion_limit = deletion_limit
        self.on_delete = settings.on_delete
        self.privileged_profiles = settings.privileged_profiles
        self.warn = api.hooks.warn
        self.inform = api.hooks.inform
        # The embedded Connect is consistent at once, unless a fault says otherwise.
        self._pause_seconds = 0.05 if settings.is_local else 1.0
        self._written: dict[str, datetime] = {}
        quick_connects = QuickConnects(self.call)
        self.quick_connects = quick_connects.quick_connects
        self.offline_status = quick_connects.offline_status
        region, account = instance_arn.split(":")[3:5]
        session = partial(session_of, settings.profile_for(account), settings.role)
        self._secrets = SecretsManager(session, region, api.hooks.before_change)

    @property
    def secret_store(self) -> SecretsManager | None:
        """Secrets Manager of the Region; beside the embedded Connect only with an endpoint."""
        emulated = self._settings.is_emulated and not os.environ.get(ENDPOINT_VARIABLE)
        return None if emulated else self._secrets

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

    def names_of(self, ids: Properties) -> dict[str, str | list[str]]:
        """The facts for the ids in a state, as far as they can be looked up."""
        facts: dict[str, str | list[str]] = {}
        for kind, reference in REFERENCES.items():
            if reference.id not in ids:
                continue
            given = ids[reference.id]
            names = self._names(kind, texts(given) if reference.many else texts([given]))
            if names:
                facts[reference.fact] = names if reference.many else names[0]
        return facts

    def _names(self, kind: Kind, ids: Sequence[str]) -> list[str]:
        """The name of each id, none if one of them has none; a miss lists again."""
        try:
            for fresh in (False, True):
                names = self._catalogs.catalog(kind, fresh=fresh).names
                if all(one in names for one in ids):
                    return [names[one] for one in ids]
        except (AccessDenied, LookUpUnavailable, ServiceFailure):
            pass
        return []

    def pause(self, attempt: int) -> bool:
        """Sleeps twice as long each time; False after the last attempt."""
        if attempt >= _ATTEMPTS:
            return False
        time.sleep(self._pause_seconds * 2 ** (attempt - 1))
        return True

    def activity(self, user_id: str) -> CurrentUserData | None:
        """The agent's live data."""
        data = self.at_work({"Agents": [user_id]})
        return next((one for one in data if one.user.id == user_id), None)

    def at_work(self, filters: UserDataFiltersTypeDef) -> Iterator[CurrentUserData]:
        """All of GetCurrentUserData, 100 a page; botocore has no paginator for it."""
        return map(flatten, rows(self.call, CURRENT_USER_DATA, Filters=filters, MaxResults=100))

    def ticks(self, seconds: float) -> Iterator[float]:
        """Seconds passed; two looks for each first pause of `pause` (2 s on AWS)."""
        begin = time.monotonic()
        while True:
            passed = time.monotonic() - begin
            yield min(passed, seconds)
            if passed >= seconds:
                return
            time.sleep(min(2 * self._pause_seconds, seconds - passed))
            self._api.hooks.before_change()


def _date(answer: Mapping[str, Any]) -> datetime | None:
    """When an answer was given, to the second; None where the endpoint gives no date."""
    text = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date", "")
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else None
